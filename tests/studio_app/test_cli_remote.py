"""`starcut generate --engine` by a service, and `starcut jobs`: in the book before it is sent, gone on with after a kill."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import cv2
import numpy as np
import pytest

from tests.fakes.providers import FakeProviders
from tests.planning.planner.segments.test_groups import asked

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.media


def started(home: Path, fakes: FakeProviders, *words: str) -> subprocess.Popen[str]:
    (home / "config").mkdir(exist_ok=True)
    (home / "config" / "settings.json").write_text(
        json.dumps({"engine_addresses": {"runway": fakes.base("runway")}, "cap_month_hard": 1.0})
    )
    surroundings = {**os.environ, "STARCUT_HOME": str(home), "RUNWAYML_API_SECRET": "good-key"}
    command = [sys.executable, "-m", "studio_app", *words]
    return subprocess.Popen(
        command, cwd=ROOT, env=surroundings, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def said(process: subprocess.Popen[str]) -> tuple[int, str]:
    out, error = process.communicate(timeout=90)
    return process.returncode, out + error


@pytest.mark.slow
def test_a_clip_of_a_service_survives_a_kill_and_a_cap_holds(fakes: FakeProviders, tmp_path: Path) -> None:
    target = tmp_path / "lake.mp4"
    words = ("generate", "a lake", "--duration", "2", "--engine", "runway/gen4.5", "-o", str(target))
    process = started(tmp_path, fakes, *words)
    until = time.monotonic() + 30
    while not any(one.asked for one in fakes.ledger.jobs.values()) and time.monotonic() < until:
        time.sleep(0.05)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    for job in fakes.ledger.jobs.values():
        job.prompt += " #quick"
    assert not target.exists()
    code, text = said(started(tmp_path, fakes, "jobs", "--go-on"))
    assert (code, fakes.ledger.count()) == (0, 1), text
    assert target.exists()
    code, text = said(started(tmp_path, fakes, "jobs", "--json"))
    assert [one["state"] for one in json.loads(text)["jobs"]] == ["done"]
    assert "good-key" not in text
    code, text = said(
        started(
            tmp_path, fakes, "generate", "a sea", "--duration", "9", "--engine", "runway", "-o", f"{tmp_path}/b.mp4"
        )
    )
    assert (code, "over the budget" in text, fakes.ledger.count()) == (1, True, 1), text


@pytest.mark.slow
def test_segments_survive_a_kill_and_the_same_request_fetches_them(fakes: FakeProviders, tmp_path: Path) -> None:
    cv2.imwrite(str(tmp_path / "a.png"), np.full((90, 160, 3), 120, np.uint8))
    (tmp_path / "request.json").write_text(json.dumps(asked((1, 1), (2, 1), duration_per_segment=2.0)))
    words = ("segments", f"{tmp_path}/request.json", "--engine", "runway/gen4_turbo", "--wait", "0", "--json")
    process = started(tmp_path, fakes, *words)
    until = time.monotonic() + 30
    while sum(one.asked > 0 for one in fakes.ledger.jobs.values()) < 2 and time.monotonic() < until:
        time.sleep(0.05)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    for job in fakes.ledger.jobs.values():
        job.prompt += " #quick"
    code, text = said(started(tmp_path, fakes, *words))
    assert (code, fakes.ledger.count()) == (0, 2), text
    assert len(json.loads(text.strip().splitlines()[-1])["video_segments"]) == 2
    assert (tmp_path / "demo" / "e1" / "segment_2_1.mp4").exists()

"""An export in a process of its own does what its job is told to."""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from collections.abc import Collection
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from engines.errors import ExportError
from studio_app.cli.orders import GO_ON, PAUSE, Orders
from studio_app.services import export_process
from studio_app.services.export_process import Pace, can_be_raised, export_in_process
from studio_app.services.export_target import sole_writer, unclaimed
from studio_app.services.giving_way import LOW
from studio_app.services.jobs import Job, Jobs
from timeline.items import Clip, GeneratorSource
from timeline.media import Library
from timeline.project import Project, Saved
from timeline.sequence import Sequence
from timeline.time import RationalTime, TimeRange
from timeline.track import Track, TrackKind


def titles(seconds: int) -> Saved:
    """A film that takes some seconds to write."""
    clip = Clip(GeneratorSource("title", {"text": "On hold"}), TimeRange(RationalTime(0), RationalTime(seconds)))
    sequence = Sequence("Main", width=1280, height=720, rate=Fraction(25), tracks=(Track(TrackKind.TEXT, (clip,)),))
    return Saved(replace(Project("Titles"), sequences=(sequence,)), Library())


def children_cpu(but: Collection[int] = ()) -> tuple[list[int], float]:
    """Our child processes without those named in `but`, and the CPU seconds they have taken so far."""
    found: list[int] = []
    ticks = 0
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(fields[1]) == os.getpid() and int(entry.name) not in but:
                found.append(int(entry.name))
                ticks += int(fields[11]) + int(fields[12])
    return found, ticks / os.sysconf("SC_CLK_TCK")


def test_an_export_sent_to_a_name_that_is_being_written_gets_a_number_no_file_has(tmp_path: Path) -> None:
    jobs = Jobs(start_thread=lambda _name, _run: threading.Thread())
    target = tmp_path / "film.mp4"
    assert unclaimed(target, jobs.all) == target
    target.write_bytes(b"an older film")
    assert unclaimed(target, jobs.all) == target  # the dialog said that it will be replaced
    jobs.submit("film.mp4", lambda _: None, kind="export", subject=str(target))
    (tmp_path / "film 2.mp4").write_bytes(b"not ours")
    assert unclaimed(target, jobs.all) == tmp_path / "film 3.mp4"


def test_a_second_export_to_the_same_file_is_refused_while_the_first_writes_it(tmp_path: Path) -> None:
    target = tmp_path / "film.mp4"
    job = Jobs().submit("film.mp4", lambda _: None)
    with sole_writer(target), pytest.raises(ExportError, match="being written by another export"):
        export_in_process(titles(1), [], target, job)
    with sole_writer(target):
        pass  # free again


@pytest.mark.skipif(sys.platform == "win32", reason="no signals there")
def test_an_export_that_the_system_ended_is_told_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        export_process, "own_command", lambda: [sys.executable, "-c", "import os; os.kill(os.getpid(), 9)"]
    )
    job = Jobs().submit("film.mp4", lambda _: None)
    with pytest.raises(ExportError, match="ended from outside; the system may be short of memory"):
        export_in_process(titles(1), [], tmp_path / "film.mp4", job)


@pytest.mark.media
@pytest.mark.slow
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_a_paused_export_leaves_the_processor_and_then_goes_on_to_the_last_frame(tmp_path: Path) -> None:
    others = children_cpu()[0]  # the probe's process of tests before
    jobs = Jobs()
    target = tmp_path / "film.mp4"
    job = jobs.submit("film", lambda job: export_in_process(titles(30), [], target, job), kind="export")
    wait(lambda: (job.fraction or 0) > 0.02)
    jobs.hold(job)
    time.sleep(1.0)  # what is between the stages is still encoded
    stood, before = job.fraction, children_cpu(others)
    time.sleep(1.0)
    assert len(before[0]) == 1
    assert children_cpu(others)[1] - before[1] < 0.1
    assert job.fraction == stood
    job.set_low(True)
    jobs.go_on(job)
    wait(lambda: job.fraction != stood)
    wait(lambda: all(os.getpriority(os.PRIO_PROCESS, thread) >= 19 for thread in threads(before[0][0])))
    wait(lambda: job.is_over, 60)
    assert job.error is None
    assert target.is_file()
    jobs.close()


def test_a_process_that_crashes_while_leaving_has_delivered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = tmp_path / "crash.py"
    script.write_text(
        "import json, os, sys\n"
        "target = sys.argv[sys.argv.index('-o') + 1]\n"
        "if 'late' in target:\n"
        "    open(target, 'w').write('film')\n"
        "    print(json.dumps({'event': 'done', 'file': target}), flush=True)\n"
        "os.abort()\n"
    )
    monkeypatch.setattr(export_process, "own_command", lambda: [sys.executable, str(script)])
    jobs = Jobs()
    for name, is_delivered in (("late.mp4", True), ("early.mp4", False)):
        target = tmp_path / name
        job = jobs.submit(name, lambda job, target=target: export_in_process(titles(1), [], target, job), kind="export")
        wait(lambda job=job: job.is_over)
        assert (job.error is None) is is_delivered
        assert target.exists() is is_delivered
    jobs.close()


def threads(process: int) -> list[int]:
    return [int(entry.name) for entry in Path(f"/proc/{process}/task").iterdir()]


def wait(done: object, seconds: float = 20) -> None:
    assert callable(done)
    until = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < until
        time.sleep(0.02)


def test_orders_pause_go_on_and_give_way_and_the_end_of_the_input_stops_out_of_a_pause() -> None:
    read, write = os.pipe()
    stop = threading.Event()
    ways: list[str] = []
    orders = Orders(stop, ways.append)
    orders.listen(os.fdopen(read, encoding="utf-8"))
    with os.fdopen(write, "w", encoding="utf-8") as line:
        line.write(f"{LOW}\nnonsense\n{PAUSE}\n")
        line.flush()
        wait(lambda: ways == [LOW])
        worker = threading.Thread(target=orders.wait, daemon=True)
        worker.start()
        worker.join(0.3)
        assert worker.is_alive()
        line.write(f"{GO_ON}\n")
        line.flush()
        worker.join(5)
        assert not worker.is_alive()
        line.write(f"{PAUSE}\n")
    orders.wait()
    assert stop.wait(5)


def test_the_pace_is_that_of_the_last_seconds_at_work() -> None:
    pace = Pace()
    assert pace.at(0.0, 0) is None
    for second in range(1, 11):
        slow = pace.at(second, second * 10)
    assert slow == pytest.approx(10)
    for second in range(11, 21):
        quick = pace.at(second, 100 + (second - 10) * 30)
    assert quick == pytest.approx(30)


def test_a_job_tells_frames_and_speed_as_they_are_shown() -> None:
    from studio_app.services.export_process import _take

    job, pace = Job("film", "export", "", lambda _: None), Pace()
    for done in (1, 1242):
        job.started_at = time.monotonic() - done / 31
        _take(json.dumps({"event": "progress", "done": done, "total": 2004}), job, pace)
    assert job.note == "Frame 1\u2009242 of 2\u2009004, 31 fps"
    slow, pace = Job("film", "export", "", lambda _: None), Pace()
    for done in (1, 11):
        slow.started_at = time.monotonic() - done * 2
        _take(json.dumps({"event": "progress", "done": done, "total": 20}), slow, pace)
    assert slow.note == "Frame 11 of 20, 0.5 fps"


@pytest.mark.parametrize(("system", "answer"), [("win32", True), ("darwin", False)])
def test_only_where_the_system_lets_a_process_come_back_up_is_it_offered(
    system: str, answer: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", system)
    monkeypatch.delattr("resource.RLIMIT_NICE", raising=False)  # macOS has no such limit
    assert can_be_raised() is answer

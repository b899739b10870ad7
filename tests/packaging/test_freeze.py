"""The one-folder build: made once, then used without Python, without our sources and without a screen."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from engines.generate.registry import visible_engines

ROOT = Path(__file__).resolve().parents[2]
BOARD = """
title: Frozen
target_resolution: 320x180
scenes:
  - {description: A calm sea at dawn, duration: 1}
  - {description: Snowy mountains at noon, duration: 1, transition: dissolve, transition_duration: 0.5}
"""

pytestmark = [pytest.mark.slow, pytest.mark.media, pytest.mark.timeout(600)]


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("build")
    subprocess.run(
        [sys.executable, str(ROOT / "packaging" / "freeze.py"), "-o", str(folder)], check=True, capture_output=True
    )
    return folder / "starcut" / ("starcut.exe" if os.name == "nt" else "starcut")


def run(program: Path, folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Start the program with no Python on the path."""
    environment = {"STARCUT_HOME": str(folder / "home"), "HOME": str(folder), "PATH": os.defpath, "LANG": "C.UTF-8"}
    return subprocess.run(
        [str(program), *words], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


def test_the_build_lists_its_engines_effects_and_formats(program: Path, tmp_path: Path) -> None:
    result = run(program, tmp_path, "engines", "--json")
    assert result.returncode == 0, result.stderr
    assert [row["id"] for row in json.loads(result.stdout)["engines"]] == list(visible_engines())


def test_the_build_produces_a_film(program: Path, tmp_path: Path) -> None:
    (tmp_path / "board.yaml").write_text(BOARD, "utf-8")
    result = run(program, tmp_path, "produce", "board.yaml", "-o", "film", "--json")
    assert result.returncode == 0, result.stderr
    done = json.loads(result.stdout.splitlines()[-1])
    assert done["frames"] == 36
    assert all(Path(path).stat().st_size > 0 for path in done["files"])


def test_the_build_draws_its_window(program: Path, tmp_path: Path) -> None:
    result = run(program, tmp_path, "screens", "-o", "screens", "--scale", "1", "--only", "edit,start")
    assert result.returncode == 0, result.stderr
    names = {path.name for path in (tmp_path / "screens").glob("*.png")}
    assert names == {"edit.png", "start.png"}

"""A program that was killed leaves half films; the next one that opens the project deletes those, and nothing else."""

from __future__ import annotations

import os
import time
from pathlib import Path

from engines.play.audio_sink import WallClockSink
from studio_app.services.jobs import run_now
from studio_app.services.paths import user_paths
from studio_app.session.session import Session


def half(folder: Path, name: str, age: float) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"half")
    os.utime(path, (time.time() - age,) * 2)
    return path


def test_half_films_of_a_run_that_was_killed_go_when_their_project_is_opened(tmp_path: Path) -> None:
    session = Session(user_paths(), WallClockSink(), run_now)
    session.files.new("Film")
    path = session.files.save(tmp_path / "film.starcut")
    folder = session.files.take_folder
    session.files.close()
    session.document.close()
    gone = [
        half(folder, "harbour_night_take_2.mp4.part", 600),
        half(folder, ".film.3f2a99c1.part", 600),
        half(folder, "keyframes/frame_1.png.part", 600),
    ]
    kept = [
        half(folder, "being_written.mp4.part", 0),
        half(folder, "shot_take_1.mp4.gen_123.part", 600),  # a download that goes on
        half(folder, "notes.part", 600),
        half(folder, "shot_take_1.mp4", 600),
        half(tmp_path, "beside.mp4.part", 600),  # not our folder
    ]
    session.files.open(path)
    end = time.monotonic() + 10
    while any(one.exists() for one in gone):
        assert time.monotonic() < end, "they were not deleted"
        time.sleep(0.01)
    assert all(one.exists() for one in kept)
    session.close()

"""The benchmark media: made once by the peers' script, kept in the user's cache."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from studio_app.services.paths import user_paths
from tests.benchmarks.base import Bench, BenchError

LAST_MADE = "g30.mp4"


def ready_media(bench: Bench) -> Path:
    """The folder of the media, made if it is not there. BenchError tells what is needed."""
    folder = Path(os.environ.get("STARCUT_BENCH_MEDIA") or user_paths().cache / "benchmark")
    if not (folder / LAST_MADE).is_file():
        _make(bench, folder)
    return folder


def _make(bench: Bench, folder: Path) -> None:
    script = bench.shared_file("gen_media.sh")
    if shutil.which("ffmpeg") is None:
        raise BenchError("The benchmark media are made by ffmpeg, which is not installed.")
    if subprocess.run(["python3", "-c", "import PIL"], check=False, capture_output=True).returncode != 0:
        raise BenchError("The benchmark media need a python3 with Pillow on the path: pip install Pillow.")
    bench.say(f"Making the benchmark media once in {folder}: some minutes, 350 MB ...")
    part = folder.with_name(folder.name + ".part")
    part.mkdir(parents=True, exist_ok=True)
    made = subprocess.run(["sh", str(script), str(part), "24"], check=False, capture_output=True, text=True)
    if made.returncode != 0:
        raise BenchError(f"The benchmark media could not be made: {(made.stderr.strip().splitlines() or ['?'])[-1]}")
    folder.mkdir(parents=True, exist_ok=True)
    for file in sorted(part.iterdir(), key=lambda one: one.name == LAST_MADE):
        file.replace(folder / file.name)
    part.rmdir()

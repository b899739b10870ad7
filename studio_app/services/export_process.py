"""An export runs in a process of its own, by the command line's code: no stutter, and a crash of it is not ours."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from pathlib import Path

from engines.errors import ExportError
from studio_app.services.jobs import Job
from timeline.atomic import part_of
from timeline.project import Saved
from timeline.project_file import save

STOP_SECONDS = 8.0


def own_command() -> list[str]:
    """How to start this program again: the frozen executable, or this Python with our module."""
    return [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "studio_app"]


def export_in_process(saved: Saved, arguments: Sequence[str], target: Path, job: Job) -> Path:
    """Write `saved` to a temporary file and run `starcut render` on it. Raises ExportError or Cancelled; leaves no half file."""
    with tempfile.TemporaryDirectory(prefix="starcut-export-") as folder:
        project = Path(folder) / "project.starcut"
        save(project, saved)
        command = [*own_command(), "render", str(project), "-o", str(target), "--json", "--stop-on-eof", *arguments]
        with subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8"
        ) as process:
            watcher = threading.Thread(target=_stop_on_cancel, args=(process, job), daemon=True)
            watcher.start()
            errors: list[str] = []
            reader = threading.Thread(target=lambda: errors.extend(process.stderr or ()), daemon=True)
            reader.start()
            for line in process.stdout or ():
                _take(line, job)
            code = process.wait()
            reader.join(2)
            watcher.join(STOP_SECONDS + 2)
    if code != 0:
        part_of(target).unlink(missing_ok=True)  # a process that was killed, or crashed, could not tidy up
        job.check()
        sentence = next((line.strip() for line in reversed(errors) if line.strip()), "")
        raise ExportError(sentence or f"The export stopped with code {code}. Nothing was written.", "".join(errors))
    return target


def _take(line: str, job: Job) -> None:
    try:
        facts = json.loads(line)
    except ValueError:
        return
    if isinstance(facts, dict) and facts.get("event") == "progress" and facts.get("total"):
        job.progress(
            facts["done"] / facts["total"], f"Frame {facts['done']} of {facts['total']}, {facts.get('fps', 0):.0f} fps"
        )


def _stop_on_cancel(process: subprocess.Popen[str], job: Job) -> None:
    while process.poll() is None:
        if job.is_cancel_asked:
            if process.stdin:
                process.stdin.close()  # the child takes the end of its input as the wish to stop, on every system
            try:
                process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
            return
        try:
            process.wait(0.1)
        except subprocess.TimeoutExpired:
            continue
    if process.stdin and not process.stdin.closed:
        process.stdin.close()

"""An export runs in a process of its own, by the command line's code: no stutter, and a crash of it is not ours."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import threading
import time
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from engines.errors import ExportError
from studio_app.services.export_target import sole_writer
from studio_app.services.job import Job
from timeline.atomic import part_of
from timeline.errors import Cancelled
from timeline.project import Saved
from timeline.project_file import save

STOP_SECONDS = 3.0
"""Then it is killed; what it has written is taken away either way."""
_LOOK_SECONDS = 0.1
_PACE_SECONDS = 5.0
_LEAST_NICE_RIGHT = 10
"""Of 40: the right to be as nice as 10, which a normal export is (see `cli.orders`)."""


def own_command() -> list[str]:
    """How to start this program again: the frozen executable, or this Python with our module."""
    return [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "studio_app"]


def export_in_process(saved: Saved, arguments: Sequence[str], target: Path, job: Job) -> Path:
    """Write `saved` to a temporary file and run `starcut render` on it. Raises ExportError or Cancelled; leaves no half file.

    The process follows the job: it pauses, goes on, gives way and stops as the job is told to.
    """
    with sole_writer(target), tempfile.TemporaryDirectory(prefix="starcut-export-") as folder:
        project = Path(folder) / "project.starcut"
        save(project, saved)
        command = [*own_command(), "render", str(project), "-o", str(target), "--json", "--stop-on-eof", *arguments]
        with subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8"
        ) as process:
            watcher = threading.Thread(target=_lead, args=(process, job), daemon=True)
            watcher.start()
            errors: list[str] = []
            reader = threading.Thread(target=lambda: errors.extend(process.stderr or ()), daemon=True)
            reader.start()
            pace = Pace()
            is_done = False
            for line in process.stdout or ():
                is_done = _take(line, job, pace) or is_done
            code = process.wait()
            reader.join(2)
            watcher.join(STOP_SECONDS + 2)
    if code != 0 and not is_done:  # who crashes while leaving has delivered all the same
        part_of(target).unlink(missing_ok=True)  # a process that was killed, or crashed, could not tidy up
        if job.is_cancel_asked:
            raise Cancelled
        sentence = next((line.strip() for line in reversed(errors) if line.strip()), "")
        raise ExportError(sentence or _ended(code), "".join(errors))
    return target


def _ended(code: int) -> str:
    """A sentence for a process that went without a word. Below 0: a signal ended it, as a system short of memory does."""
    if code < 0:
        return "The export was ended from outside; the system may be short of memory. Nothing was written."
    return f"The export stopped with code {code}. Nothing was written."


def can_be_raised() -> bool:
    """Whether a process that has given way may come back up: Linux allows that to few, macOS to none, Windows to all."""
    if sys.platform == "win32":
        return True
    import resource

    right = getattr(resource, "RLIMIT_NICE", None)  # Linux alone knows it
    return right is not None and resource.getrlimit(right)[0] >= _LEAST_NICE_RIGHT


class Pace:
    """Frames a second of late, by the time the job was at work: a pause makes nothing slower."""

    def __init__(self) -> None:
        self._seen: deque[tuple[float, int]] = deque()

    def at(self, spent: float, done: int) -> float | None:
        """The pace when `done` frames were there after `spent` seconds of work; None while it cannot be told."""
        self._seen.append((spent, done))
        while len(self._seen) > 2 and spent - self._seen[0][0] > _PACE_SECONDS:
            self._seen.popleft()
        seconds, frames = spent - self._seen[0][0], done - self._seen[0][1]
        return frames / seconds if seconds > 0.4 and frames > 0 else None


def _take(line: str, job: Job, pace: Pace) -> bool:
    """Pass on what the process says; True when it says that the file is finished and was read back."""
    try:
        facts = json.loads(line)
    except ValueError:
        return False
    if not isinstance(facts, dict):
        return False
    if facts.get("event") == "done":
        job.outcome = _outcome(facts.get("smart"))
        return True
    if facts.get("event") == "progress" and facts.get("total"):
        done, total = facts["done"], facts["total"]
        fps = pace.at(job.seconds_spent, done)
        # Groups of three digits, parted by thin spaces, as everywhere on the screen.
        note = f"Frame {done:,} of {total:,}".replace(",", "\u2009")
        job.progress(
            done / total, note + (f", {fps:.0f} fps" if fps and fps >= 1 else f", {fps:.1f} fps" if fps else "")
        )
    return False


def _outcome(smart: object) -> str:
    """What smart render did, for the finished job."""
    if not isinstance(smart, dict):
        return ""
    if smart.get("fallback"):
        return f"All rendered: {smart['fallback']}"
    return f"Verified, {smart['percent']} copied" if smart.get("copied") else ""


def _lead(process: subprocess.Popen[str], job: Job) -> None:
    """Tell the process what the job was told, until it ends."""
    told: dict[str, str] = {"hold": "go on", "way": "normal"}
    stop_before = 0.0
    while process.poll() is None:
        if job.is_cancel_asked and not stop_before:
            stop_before = time.monotonic() + STOP_SECONDS
            _hang_up(process)  # the child takes the end of its input as the wish to stop, on every system
        elif stop_before and time.monotonic() > stop_before:
            process.kill()
            return
        elif not stop_before:
            _tell(process, told, hold="pause" if job.is_on_hold else "go on", way="low" if job.is_low else "normal")
        with suppress(subprocess.TimeoutExpired):
            process.wait(_LOOK_SECONDS)
    _hang_up(process)


def _tell(process: subprocess.Popen[str], told: dict[str, str], **orders: str) -> None:
    for name, order in orders.items():
        if told[name] != order and process.stdin is not None:
            told[name] = order
            with suppress(OSError, ValueError):  # it has just ended
                process.stdin.write(order + "\n")
                process.stdin.flush()


def _hang_up(process: subprocess.Popen[str]) -> None:
    if process.stdin is not None and not process.stdin.closed:
        with suppress(OSError):
            process.stdin.close()

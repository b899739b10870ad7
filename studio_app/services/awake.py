"""The computer does not fall asleep over an export or a generation. Where a system cannot be asked, nothing is said."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import suppress
from typing import Protocol

from studio_app.services.jobs import Jobs
from studio_app.services.settings import SettingsStore

KINDS = ("export", "generate", "evolve")
_KEEP = 0x80000000 | 0x00000001
"""ES_CONTINUOUS | ES_SYSTEM_REQUIRED of Windows: the screen may go dark, the machine stays up."""
_LET = 0x80000000


class Inhibitor(Protocol):
    """One way to ask the system not to sleep. Both are called on the main thread, and never raise."""

    def hold(self, why: str) -> None:
        """Ask for it; `why` is shown by systems that list who asks."""

    def release(self) -> None:
        """Take it back; harmless when nothing was asked."""


class Awake:
    """Holds the inhibitor as long as such a job is at work; not while all of them are on hold."""

    def __init__(self, jobs: Jobs, settings: SettingsStore, inhibitor: Inhibitor) -> None:
        self._jobs, self._settings, self._inhibitor = jobs, settings, inhibitor
        self.is_held = False
        self._subscription = jobs.changed.connect(lambda _: self.look())

    def look(self) -> None:
        """Agree with the jobs and the settings as they are now."""
        at_work = [job for job in self._jobs.running if job.kind in KINDS]
        wanted = bool(at_work) and self._settings.values.keep_awake
        if wanted and not self.is_held:
            self._inhibitor.hold(f"{at_work[0].label} is being made")
        elif self.is_held and not wanted:
            self._inhibitor.release()
        self.is_held = wanted

    def close(self) -> None:
        """Let the system sleep again, whatever still runs."""
        self._subscription.close()
        if self.is_held:
            self._inhibitor.release()
            self.is_held = False


class NoInhibitor:
    """For systems that cannot be asked, and for tests."""

    def hold(self, why: str) -> None:
        """Nothing."""

    def release(self) -> None:
        """Nothing."""


class Caffeinate:
    """macOS: a process that keeps the machine up; it ends with us too, if we crash."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def hold(self, why: str) -> None:
        """Start it."""
        with suppress(OSError):
            self._process = subprocess.Popen(["/usr/bin/caffeinate", "-i", "-w", str(os.getpid())])

    def release(self) -> None:
        """End it."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait()
            self._process = None


class ExecutionState:
    """Windows: a state of the calling thread, which is the main thread; it ends with us too."""

    def hold(self, why: str) -> None:
        """Ask for it."""
        self._set(_KEEP)

    def release(self) -> None:
        """Take it back."""
        self._set(_LET)

    def _set(self, state: int) -> None:
        if sys.platform == "win32":
            import ctypes

            ctypes.windll.kernel32.SetThreadExecutionState(state)


def system_inhibitor() -> Inhibitor:
    """What this system has without a window. Linux is asked over D-Bus, which the window brings (`ui.qt.awake`)."""
    kinds: dict[str, type[Caffeinate] | type[ExecutionState]] = {"darwin": Caffeinate, "win32": ExecutionState}
    kind = kinds.get(sys.platform)
    return kind() if kind is not None else NoInhibitor()

"""Processes of ours that work beside the window give way to it: it plays and is edited in while they run."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path

LOW, NORMAL = "low", "normal"
_NICE = {NORMAL: 10, LOW: 19}
_CLASSES = {NORMAL: 0x4000, LOW: 0x40}
"""BELOW_NORMAL_PRIORITY_CLASS and IDLE_PRIORITY_CLASS of Windows."""


def give_way_as(how: str) -> None:
    """Let this process give way: `normal` a little, `low` to everything. What the system refuses stays as it is.

    Linux counts each thread for itself. It lets few come back up, macOS nobody (see `export_process.can_be_raised`).
    """
    if sys.platform == "win32":
        import ctypes

        kernel = ctypes.windll.kernel32
        kernel.SetPriorityClass(kernel.GetCurrentProcess(), _CLASSES[how])
        return
    for thread in _threads():
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, thread, _NICE[how])


def _threads() -> list[int]:
    try:
        return [int(entry.name) for entry in Path("/proc/self/task").iterdir()]
    except OSError:  # not Linux: the process is one
        return [0]

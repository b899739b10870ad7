"""What the window tells its export while it runs, by lines on the standard input: the same on every system.

`pause` and `go on`; `low` and `normal` for how much it gives way; the end of the input means stop.
"""

from __future__ import annotations

import contextlib
import os
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TextIO

PAUSE, GO_ON, LOW, NORMAL = "pause", "go on", "low", "normal"
_NICE = {NORMAL: 10, LOW: 19}
"""Below the window always: it plays and is edited in while this runs."""
_CLASSES = {NORMAL: 0x4000, LOW: 0x40}
"""BELOW_NORMAL_PRIORITY_CLASS and IDLE_PRIORITY_CLASS of Windows."""


class Orders:
    """Takes orders until the input ends; `wait` returns when the work may go on."""

    def __init__(self, stop: threading.Event, give_way: Callable[[str], None] | None = None) -> None:
        self._stop = stop
        self._give_way = give_way or give_way_as
        self._free = threading.Event()
        self._free.set()

    def listen(self, lines: TextIO) -> None:
        """Take orders from `lines` on a thread of its own."""
        threading.Thread(target=self._listen, args=(lines,), name="orders", daemon=True).start()

    def wait(self) -> None:
        """Wait while the work is paused. An order to stop ends the wait too."""
        while not self._free.wait(0.2) and not self._stop.is_set():
            continue

    def _listen(self, lines: TextIO) -> None:
        with contextlib.suppress(OSError, ValueError):  # a broken pipe is the end too
            for line in lines:
                self._obey(line.strip())
        self._stop.set()
        self._free.set()

    def _obey(self, order: str) -> None:
        if order == PAUSE:
            self._free.clear()
        elif order == GO_ON:
            self._free.set()
        elif order in _NICE:
            self._give_way(order)


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

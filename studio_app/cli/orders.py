"""What the window tells its export while it runs, by lines on the standard input: the same on every system.

`pause` and `go on`; `low` and `normal` for how much it gives way; the end of the input means stop.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable
from typing import TextIO

from studio_app.services.giving_way import LOW, NORMAL, give_way_as

PAUSE, GO_ON = "pause", "go on"


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
        elif order in (LOW, NORMAL):
            self._give_way(order)

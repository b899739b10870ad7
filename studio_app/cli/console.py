"""What a command says: a progress bar for people, JSON lines for programs, one sentence on failure."""

from __future__ import annotations

import json
import sys
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from studio_app.cli.orders import Orders
from timeline.errors import Cancelled

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

JSON_HELP = "tell facts as lines of JSON on standard output"


class Console:
    """Speaks for one command; `check` raises Cancelled when it is to stop."""

    def __init__(self, *, as_json: bool, stop: threading.Event, orders: Orders | None = None) -> None:
        self.as_json = as_json
        self._stop = stop
        self._orders = orders
        self._bar: Progress | None = None
        self._tasks: dict[str, TaskID] = {}
        self._told: dict[str, float] = {}
        self._lock = threading.Lock()

    def check(self) -> None:
        """Raise Cancelled when Ctrl+C or a kill asked for it; wait while the window wants a pause. Any thread."""
        if self._orders is not None:
            self._orders.wait()
        if self._stop.is_set():
            raise Cancelled

    def say(self, text: str, **facts: Any) -> None:
        """A line for people, or its facts for programs."""
        if self.as_json:
            self._json({"event": "said", "text": text, **facts})
        else:
            target = self._bar.console.print if self._bar else None
            if target:
                target(text, highlight=False, markup=False)
            else:
                print(text)  # noqa: T201 - this is the program's output

    def result(self, facts: dict[str, Any], text: str) -> None:
        """The outcome: JSON on its own, or text."""
        if self.as_json:
            self._json(facts)
        else:
            self.say(text)

    def progress(self, what: str, fraction: float, **facts: Any) -> None:
        """How far one named piece of the work is, 0..1. Safe from any thread."""
        with self._lock:
            now = time.monotonic()
            if fraction < 1 and now - self._told.get(what, 0) < 0.1:
                return
            self._told[what] = now
            if self.as_json:
                self._json({"event": "progress", "what": what, "fraction": round(fraction, 4), **facts})
                return
            if self._bar is None:
                self._bar = _bar()
                self._bar.start()
            if what not in self._tasks:
                self._tasks[what] = self._bar.add_task(what, total=1.0)
            self._bar.update(self._tasks[what], completed=min(fraction, 1.0))

    def fail(self, sentence: str) -> None:
        """What went wrong, on stderr: one sentence, and in a log nothing else."""
        if self._bar is not None and not self._bar.console.is_terminal:
            self._bar.live.transient = True  # a file gets the bars when they are put away; these have nothing to say
        self.close()
        print(sentence, file=sys.stderr)  # noqa: T201 - this is the program's output

    def close(self) -> None:
        """Put the bar away."""
        if self._bar is not None:
            self._bar.stop()
            self._bar = None

    def _json(self, facts: dict[str, Any]) -> None:
        """One line of pure ASCII: the same bytes whatever the encoding of the pipe."""
        print(json.dumps(facts), flush=True)  # noqa: T201 - this is the program's output


def _bar() -> Progress:
    from rich.console import Console as RichConsole  # late: few runs show a bar, and the window is one of the others
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TimeRemainingColumn(),
        console=RichConsole(stderr=True),
        transient=False,
    )


@dataclass(frozen=True)
class Piece:
    """One named piece of a command's work, as a job that reports to its console."""

    name: str
    console: Console

    def check(self) -> None:
        """Raise Cancelled when the command is to stop."""
        self.console.check()

    def progress(self, fraction: float, note: str = "") -> None:
        """How far it is, 0..1; the bar has no room for notes."""
        self.console.progress(self.name, fraction)

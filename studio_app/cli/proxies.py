"""starcut proxies: the process in which the window measures films and makes their proxies. Not for people.

It reads one JSON line for each thing to do and answers in JSON lines: `{"do": "measure" | "make", …}` ends with `cost`,
`made` or `failed`; `{"do": "pause" | "go" | "stop"}` are about the work at hand. It ends with its input, so it never outlives
the window, and it runs below everything else.
"""

from __future__ import annotations

import argparse
import json
import queue
import sys
import threading
import time
from pathlib import Path
from typing import Any

from engines.errors import MediaError
from engines.media.proxy import make_proxy
from engines.media.scrub_cost import scrub_cost
from studio_app.cli.console import Console
from studio_app.services.giving_way import NORMAL, give_way_as
from timeline.codec import decode_as
from timeline.errors import Cancelled
from timeline.media import Media

_TELL_SECONDS = 0.2


def add(commands: Any) -> None:
    """The command's words; it is not listed in the help."""
    commands.add_parser("proxies").set_defaults(run=run)


def run(options: argparse.Namespace, console: Console) -> int:
    """Work until the input ends."""
    give_way_as(NORMAL)
    _Server().run()
    return 0


class _Server:
    def __init__(self) -> None:
        self._wanted: queue.Queue[dict[str, Any] | None] = queue.Queue()
        self._go, self._stop = threading.Event(), threading.Event()
        self._go.set()
        self._told = 0.0

    def run(self) -> None:
        """One thing after another."""
        threading.Thread(target=self._listen, daemon=True).start()
        while (wish := self._wanted.get()) is not None:
            try:
                self._answer(**self._done(wish))
            except Cancelled:
                self._answer(failed="", stopped=True)
            except MediaError as error:
                self._answer(failed=error.message, detail=error.detail, kind=type(error).__name__)
            except (KeyError, TypeError, ValueError) as error:
                self._answer(failed=f"This film cannot be described to another process: {error}.", detail=repr(error))

    def _done(self, wish: dict[str, Any]) -> dict[str, Any]:
        media = decode_as(Media, wish["media"])
        if wish["do"] == "measure":
            return {"cost": scrub_cost(media, wish["side"], check=self._check)}
        make_proxy(media, Path(wish["path"]), wish["side"], check=self._check, progress=self._progress)
        return {"made": wish["path"]}

    def _listen(self) -> None:
        for line in sys.stdin:
            wish = json.loads(line)
            if wish["do"] == "pause":
                self._go.clear()
            elif wish["do"] == "go":
                self._go.set()
            elif wish["do"] == "stop":
                self._stop.set()
            else:
                self._stop.clear()
                self._wanted.put(wish)
        self._stop.set()
        self._wanted.put(None)

    def _check(self) -> None:
        while not self._stop.is_set() and not self._go.wait(_TELL_SECONDS):
            pass
        if self._stop.is_set():
            raise Cancelled

    def _progress(self, fraction: float) -> None:
        now = time.monotonic()
        if now - self._told > _TELL_SECONDS:
            self._told = now
            self._answer(progress=fraction)

    @staticmethod
    def _answer(**facts: Any) -> None:
        try:
            print(json.dumps(facts), flush=True)  # noqa: T201  # the answer is the output
        except BrokenPipeError:
            raise Cancelled from None

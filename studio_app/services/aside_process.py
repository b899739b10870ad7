"""The process that does heavy work beside the window (see `aside`): one piece at a time, until nobody asks for a while."""

from __future__ import annotations

import multiprocessing
import signal
import threading
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import Any

from studio_app.services.giving_way import NORMAL, give_way_as
from timeline.errors import Cancelled, StudioError

IDLE_SECONDS = 30.0
"""Who is not asked anything for so long ends: it holds a hundred megabytes of libraries."""
_ORDERS_SECONDS = 0.05
_TELL_SECONDS = 0.2


class AsideError(StudioError):
    """The work failed in a way nobody foresaw, or ended the process that did it."""


def serve_work(line: Connection) -> None:
    """Answer each `(work, arguments)` with what came of it; it ends with the line, so it does not outlive who asks."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C in a terminal is meant for the asker, who ends the line
    give_way_as(NORMAL)  # the window comes first
    multiprocessing.current_process().daemon = (
        False  # it may start some of its own: one that draws on a graphics device
    )
    with suppress(EOFError, OSError):
        while line.poll(IDLE_SECONDS):
            wish = line.recv()
            if isinstance(wish, tuple):  # an order is about what is through already
                line.send(("begun", None))
                _answer(line, _done(wish, _AsideJob(line)))


def _done(wish: tuple[Callable[..., Any], tuple[object, ...]], job: _AsideJob) -> tuple[str, Any]:
    work, arguments = wish
    try:
        return "done", work(*arguments, job)
    except StudioError as error:
        return "failed", error
    except Exception as error:  # noqa: BLE001  # the fence of this process: the asker gets a sentence, not silence
        return "failed", AsideError(f"It failed: {type(error).__name__}: {error}", traceback.format_exc())


def _answer(line: Connection, answer: tuple[str, Any]) -> None:
    try:
        line.send(answer)
    except OSError:
        raise
    except Exception as error:  # noqa: BLE001  # the same fence: what cannot be sent is told
        line.send(("failed", AsideError(f"What was made cannot be handed over: {error}", traceback.format_exc())))


class _AsideJob:
    """What the work reports to. It may ask from any of its threads."""

    def __init__(self, line: Connection) -> None:
        self._line = line
        self._lock = threading.Lock()
        self._is_stopped = False
        self._looked_at = self._told_at = 0.0
        self._told = ""

    def check(self) -> None:
        """Raise Cancelled when the asker says so, or is gone; wait while the asker's job is on hold."""
        with self._lock:
            if not self._is_stopped and time.monotonic() - self._looked_at > _ORDERS_SECONDS:
                self._take_orders()
                self._looked_at = time.monotonic()
            if self._is_stopped:
                raise Cancelled

    def _take_orders(self) -> None:
        waits = False
        try:
            while waits or self._line.poll():
                order = self._line.recv()
                waits = order == "wait"
                if order == "stop":
                    break
            else:
                return
        except (EOFError, OSError):
            pass
        self._is_stopped = True

    def progress(self, fraction: float, note: str = "") -> None:
        """Tell how far it is, now and then; at once where something else is done."""
        with self._lock:
            now = time.monotonic()
            if now - self._told_at < _TELL_SECONDS and note == self._told:
                return
            self._told_at, self._told = now, note
            with suppress(OSError):  # `check` tells that nobody is there
                self._line.send(("progress", (fraction, note)))

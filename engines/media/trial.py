"""A file is decoded by a process of its own before this one decodes it: a codec that crashes takes that process along.

Nothing is tried until a process says so (`guard_with`): the window's does, and those that may die do not.
"""

from __future__ import annotations

import logging
import signal
import threading
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path

from engines.errors import MediaError
from engines.media.content_hash import content_hash
from engines.media.samples import decode_samples
from engines.media.spawned import Worker, Workers
from timeline.atomic import write_atomically

log = logging.getLogger(__name__)

LIMIT_SECONDS = 15.0
"""A file whose samples take longer hangs: they are done in a third of a second, in some seconds on a slow share."""
IDLE_SECONDS = 20.0
"""A worker that nobody asks anything ends: it holds the codec libraries."""
VERSION = 1
"""Of the samples and of the libraries' use: another one tries all files anew."""
_GOOD, _BAD = b"good", b"bad"
_State = tuple[int, int]


class UnsafeMediaError(MediaError):
    """The file crashes or blocks the process that decodes it; it is not opened here."""


class Trials:
    """What came of trying files, kept in `folder` by what is in them. Any thread may ask.

    `makes` False: nothing is tried, but what another process found bad is refused (an export). Files below `ours` are
    of our own making and not tried.
    """

    def __init__(
        self,
        folder: Path,
        ours: Path | None = None,
        *,
        makes: bool = True,
        limit: float = LIMIT_SECONDS,
        serve: Callable[[Connection], None] | None = None,
    ) -> None:
        self._folder, self._ours, self._makes, self._limit = folder, ours, makes, limit
        self._workers = Workers("trial", serve or serve_samples)
        self._known: dict[str, tuple[_State, str]] = {}
        """By path: size and time of the file, and why it is refused ("" if it is not)."""
        self._turns: dict[str, threading.Lock] = {}
        """One for each file that is being tried: who asks for the same meanwhile waits for what came of it."""
        self._lock = threading.Lock()
        self._closed = False

    def make_sure(self, path: str) -> None:
        """Return if a file may be decoded here; try it first if that is not known. Raises UnsafeMediaError.

        At once for what is known. A file that is not there or cannot be read is left to who opens it.
        """
        if self._ours is not None and Path(path).is_relative_to(self._ours):
            return
        try:
            status = Path(path).stat()
        except OSError:
            return
        state = (status.st_size, status.st_mtime_ns)
        known = self._known.get(path)
        if known is None or known[0] != state:
            with self._lock:
                turn = self._turns.setdefault(path, threading.Lock())
            with turn:
                known = self._known.get(path)  # somebody else may have asked the same meanwhile
                if known is None or known[0] != state:
                    known = self._known[path] = (state, self._found_out(path))
            with self._lock:
                self._turns.pop(path, None)
        if known[1]:
            raise UnsafeMediaError(known[1], path)

    def close(self) -> None:
        """End the workers, also those at work; nothing is tried any more."""
        self._closed = True
        self._workers.kill()
        self._workers.end()

    def _found_out(self, path: str) -> str:
        """Why a file is refused; "" if it is not."""
        try:
            record = self._folder / f"{content_hash(path)}.{VERSION}"
            verdict = record.read_bytes()
        except MediaError:
            return ""
        except OSError:
            verdict = b""
        if verdict == _GOOD:
            return ""
        if not self._makes:
            return _crashes(path) if verdict == _BAD else ""
        with self._workers.one() as worker:
            why = self._tried(path, worker)  # a bad one, too: it may have been the machine's fault
        if not self._closed:
            self._keep(record, _BAD if why else _GOOD)
        return why

    def _tried(self, path: str, worker: Worker) -> str:
        for _ in range(2):
            try:
                if self._closed:
                    raise OSError("closed")
                line = worker.line()
                line.send(path)
            except (OSError, EOFError):  # it had just ended by itself
                worker.end()
                continue
            try:
                if line.poll(self._limit):
                    line.recv()
                    return ""
                why = f"“{Path(path).name}” makes the decoder hang and is not shown. Convert it with another program."
            except (EOFError, OSError):
                why = _crashes(path)
            worker.end()
            return "" if self._closed else why
        log.error("no process to try %s in", path)
        return ""

    def _keep(self, record: Path, verdict: bytes) -> None:
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            write_atomically(record, verdict)
        except OSError as error:
            log.info("what came of a trial could not be kept: %s", error)


_guards: list[Trials] = []


def guard_with(trials: Trials | None) -> None:
    """From now on all files that this process decodes are made sure of; None: not any more."""
    _guards[:] = [trials] if trials is not None else []


def make_sure(path: str) -> None:
    """Return if this process may decode a file. Raises UnsafeMediaError."""
    for trials in _guards:
        trials.make_sure(path)


def serve_samples(line: Connection) -> None:
    """The worker: decodes samples of each path it is given, and answers when it has outlived them."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    while line.poll(IDLE_SECONDS):
        try:
            path = line.recv()
        except (EOFError, OSError):
            return
        with suppress(Exception):  # what is raised here is raised again, and told, where the file is used
            decode_samples(path)
        line.send(True)


def _crashes(path: str) -> str:
    return f"“{Path(path).name}” makes the decoder crash and is not shown. Convert it with another program."

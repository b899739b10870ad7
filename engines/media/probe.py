"""What a file is, found out in a process of its own: a damaged file must not kill the editor."""

from __future__ import annotations

import atexit
import signal
from collections.abc import Callable
from fractions import Fraction
from functools import cache
from multiprocessing.connection import Connection
from pathlib import Path

from engines.errors import MediaError
from engines.media.inspection import probe_here
from engines.media.spawned import Workers
from timeline.media import Media

__all__ = ["Prober", "probe", "probe_here"]

TIMEOUT = 30.0
"""Seconds a file may take before its process is ended."""


def probe(path: str | Path, rate: Fraction | None = None) -> Media:
    """Describe the file at `path`, or an image sequence (`shot_%04d.png` at `rate`). Raises MediaError. Any thread may ask."""
    return _shared_prober().probe(path, rate)


class Prober:
    """Keeps some worker processes and gives each a file to look at; a new one takes over when one dies.

    As many files are looked at side by side as there are threads that ask, `AT_ONCE` at most.
    """

    def __init__(self, timeout: float = TIMEOUT, serve: Callable[[Connection], None] | None = None) -> None:
        self._timeout = timeout
        self._workers = Workers("probe", serve or _serve)

    def probe(self, path: str | Path, rate: Fraction | None = None) -> Media:
        """Describe a file. Raises MediaError, also when the file kills or blocks the worker."""
        file = Path(path).absolute()  # the worker stands in a folder of its own
        name = file.name
        with self._workers.one() as worker:
            line = worker.line()
            try:
                line.send((str(file), rate))
                if not line.poll(self._timeout):
                    worker.end()
                    raise MediaError(f"“{name}” was given up: reading it took longer than {self._timeout:g} seconds.")
                answer = line.recv()
            except (EOFError, OSError) as error:
                worker.end()
                raise MediaError(f"“{name}” is so damaged that it cannot be read.", f"{path}: {error!r}") from error
        if isinstance(answer, Media):
            return answer
        message, detail = answer
        raise MediaError(message, detail)

    def close(self) -> None:
        """End the workers. The next `probe` starts another."""
        self._workers.end()


@cache
def _shared_prober() -> Prober:
    prober = Prober()
    atexit.register(prober.close)
    return prober


def _serve(line: Connection) -> None:
    """The worker: answers each path with a Media, or with the sentence and detail of what went wrong."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C in a terminal is meant for the asker, who ends the line
    while True:
        try:
            path, rate = line.recv()
        except (EOFError, KeyboardInterrupt):
            return
        try:
            answer: Media | tuple[str, str] = probe_here(path, rate)
        except MediaError as error:
            answer = (error.message, error.detail)
        except Exception as error:  # noqa: BLE001  # the fence of this process: the asker gets a sentence, not silence
            answer = (f"“{Path(path).name}” cannot be read.", repr(error))
        line.send(answer)

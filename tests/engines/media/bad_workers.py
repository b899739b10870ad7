"""Probe workers that do what a damaged file can make a real one do. Run in a process of their own."""

from __future__ import annotations

import os
import signal
import time
from multiprocessing.connection import Connection

from engines.media.probe import _serve


def crash_on_bad(line: Connection) -> None:
    """Dies of a broken memory access when the file is called `bad…`, else works."""
    path, rate = line.recv()
    if "bad" in str(path):
        os.kill(os.getpid(), getattr(signal, "SIGSEGV", signal.SIGTERM))
    _answer(line, path, rate)


def hang(line: Connection) -> None:
    """Never answers."""
    line.recv()
    time.sleep(60)


def _answer(line: Connection, path: str, rate: object) -> None:
    from engines.media.inspection import probe_here

    line.send(probe_here(path))
    _serve(line)

"""Probe workers that do what a damaged file can make a real one do. Run in a process of their own."""

from __future__ import annotations

import os
import signal
import time
from multiprocessing.connection import Connection
from pathlib import Path

from engines.media import trial
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


MARK = b"this kills the decoder"
SLOW = b"this blocks the decoder"


def crash_on_mark(line: Connection) -> None:
    """The worker of trials with a codec that breaks memory in files that end with MARK, and never returns from SLOW."""
    genuine = trial.decode_samples

    def decode(path: str) -> int:
        data = Path(path).read_bytes()
        if data.endswith(MARK):
            os.kill(os.getpid(), getattr(signal, "SIGSEGV", signal.SIGTERM))
        if data.endswith(SLOW):
            time.sleep(60)
        return genuine(path)

    trial.decode_samples = decode
    trial.serve_samples(line)


def crash_always(line: Connection) -> None:
    """Dies of each file."""
    line.recv()
    os.abort()

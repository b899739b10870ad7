"""What the tests of `aside` have done by processes: functions of a module that is quick to import."""

from __future__ import annotations

import os
import time
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from engines.errors import EngineError
from engines.generate.base import JobLike


def whose(said: Any, job: JobLike) -> tuple[Any, int]:
    job.progress(0.5, "Halfway")
    return said, os.getpid()


def refused(job: JobLike) -> None:
    raise EngineError("There is no such film.", "as the file says", retryable=True)


def broken(job: JobLike) -> None:
    raise ValueError("of all things")


def unsendable(job: JobLike) -> Any:
    return lambda: None


def dies_until(marks: str, times: int, job: JobLike) -> int:
    """Ends its process so many times, then answers how often it did. One mark for each time, in a folder."""
    done = len(list(Path(marks).iterdir()))
    if done < times:
        (Path(marks) / str(done)).touch()
        os._exit(9)
    return done


def waits(job: JobLike) -> int:
    """Until it is told to stop."""
    job.progress(0.1, "Waiting")
    while True:
        job.check()
        time.sleep(0.02)


def counts(into: str, job: JobLike) -> None:
    """One more dot in a file each time it may go on, until it is told to stop."""
    while True:
        job.check()
        with Path(into).open("a") as file:
            file.write(".")
        job.progress(0.1, "Counting")
        time.sleep(0.02)


def rests(job: JobLike) -> None:
    """Long enough for what counts to count."""
    time.sleep(0.1)


def is_deaf(job: JobLike) -> None:
    """Never asks whether to stop."""
    job.progress(0.1, "Deaf")
    time.sleep(600)


def leaves_at_once(line: Connection) -> None:
    """A process that cannot do anything."""


def talks_nonsense(line: Connection) -> None:
    """A process that does not keep to what is agreed."""
    while True:
        line.recv()
        line.send_bytes(b"nonsense")

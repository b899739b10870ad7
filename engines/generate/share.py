"""A part of long work tells how far the whole is."""

from __future__ import annotations

from engines.generate.base import JobLike


class Share:
    """A stretch of a job's progress, from `first` on and `length` long (of 1). `which` part it is stands before what it says."""

    def __init__(self, job: JobLike, first: float, length: float, which: str = "") -> None:
        self._job, self._first, self._length, self._which = job, first, length, which
        self.check = job.check

    def progress(self, fraction: float, note: str = "") -> None:
        """Say how far this part is."""
        self._job.progress(self._first + self._length * fraction, ", ".join(one for one in (self._which, note) if one))


class Quiet:
    """A job that is only asked whether to stop: how far this is is nothing to be told."""

    def __init__(self, job: JobLike) -> None:
        self.check = job.check

    def progress(self, fraction: float, note: str = "") -> None:
        """Say nothing."""

"""A part of long work tells how far the whole is."""

from __future__ import annotations

from engines.generate.base import JobLike


class Share:
    """A stretch of a job's progress, from `first` on and `length` long (of 1). `note`: what is said where the part says nothing."""

    def __init__(self, job: JobLike, first: float, length: float, note: str = "") -> None:
        self._job, self._first, self._length, self._note = job, first, length, note
        self.check = job.check

    def progress(self, fraction: float, note: str = "") -> None:
        """Say how far this part is."""
        self._job.progress(self._first + self._length * fraction, note or self._note)

"""The file an export writes is its own: two that were sent to one name neither mix their bytes nor replace each other."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from engines.errors import ExportError
from studio_app.services.job import Job

_writing: set[Path] = set()
_lock = threading.Lock()


def unclaimed(target: Path, jobs: Iterable[Job]) -> Path:
    """`target`, or where an export that is not over yet writes it, the first of `name 2`, `name 3` that is free.

    A file that is only on disk may be replaced, as the user was told; a numbered name takes no file away from anybody.
    """
    claimed = {Path(job.subject) for job in jobs if job.kind == "export" and not job.is_over}
    free, number = target, 2
    while free in claimed or (free != target and free.exists()):
        free = target.with_name(f"{target.stem} {number}{target.suffix}")
        number += 1
    return free


@contextmanager
def sole_writer(target: Path) -> Iterator[None]:
    """Hold `target` while it is written. Raises ExportError where this program is writing it already."""
    with _lock:
        if target in _writing:
            raise ExportError(f"{target.name} is being written by another export. Wait until that one is done.")
        _writing.add(target)
    try:
        yield
    finally:
        with _lock:
            _writing.discard(target)

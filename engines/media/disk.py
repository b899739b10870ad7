"""Files that are there wholly or not at all, and room for them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex

from engines.errors import ExportError

_RESERVE = 50_000_000
"""Bytes left free beside what a file needs."""


def free_bytes(path: Path) -> int:
    """Room on the disk that holds `path`, or will hold it."""
    folder = next((parent for parent in (path, *path.parents) if parent.exists()), Path("/"))
    return shutil.disk_usage(folder).free


def check_room(path: Path, needed: int) -> None:
    """Raise ExportError when a file of `needed` bytes does not fit beside `path`."""
    free = free_bytes(path)
    if free < needed + _RESERVE:
        raise ExportError(
            f"The disk has {_amount(free)} left, but “{path.name}” needs about {_amount(needed)}. "
            "Free some space or choose another folder."
        )


def part_of(path: Path) -> Path:
    """Where a file is made before it takes its name: beside it, hence on the same disk, `film.mp4.part`."""
    return path.with_name(path.name + ".part")


def finished(part: Path, final: Path) -> None:
    """Give a finished file its name, replacing what had it; the name outlasts a power cut. Raises OSError."""
    with part.open("rb") as file:
        os.fsync(file.fileno())
    part.replace(final)
    _sync_folder(final.parent)


@contextmanager
def cache_file(final: Path) -> Iterator[Path]:
    """A name of its own to write a cache file under; it takes the place of `final` at the end, or vanishes on an error."""
    final.parent.mkdir(parents=True, exist_ok=True)
    part = final.with_name(f".{final.name}.{token_hex(4)}.part")
    try:
        yield part
        part.replace(final)
    finally:
        part.unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    """Make a rename last; systems without open folders do so by themselves."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _amount(count: int) -> str:
    if count >= 10**9:
        return f"{count / 10**9:.1f} GB"
    return f"{max(0, count) / 10**6:.0f} MB"

"""Writing a file wholly or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from secrets import token_hex


def part_of(path: Path) -> Path:
    """The name a file has until it is whole: `film.mp4.part`."""
    return path.with_name(f"{path.name}.part")


@contextmanager
def whole_file(path: Path, *, part: Path | None = None, lasting: bool = True) -> Iterator[Path]:
    """Gives the name to write to (`part_of`, if none is given); it becomes `path` when the block ends well.

    On any error, and when the work is cancelled, it is deleted and what was at `path` stays. `lasting` flushes it to the
    disk before, so that a crash at any moment leaves the old file or the new one. Raises OSError.
    """
    part = part or part_of(path)
    try:
        yield part
        if lasting:
            with part.open("rb+") as file:
                os.fsync(file.fileno())
        with suppress(OSError):
            part.chmod(path.stat().st_mode & 0o777)
        part.replace(path)
        if lasting:
            _sync_folder(path.parent)
    finally:
        part.unlink(missing_ok=True)


def whole_file_of_many(path: Path, *, lasting: bool = True) -> AbstractContextManager[Path]:
    """As `whole_file`, for a file that several threads or programs may write at the same time: the last one stays."""
    return whole_file(path, part=path.with_name(f".{path.name}.{token_hex(4)}.part"), lasting=lasting)


def write_atomically(path: Path, data: bytes) -> None:
    """Write a small file wholly or not at all, whoever else does so at the same time. Raises OSError."""
    with whole_file_of_many(path) as part:
        part.write_bytes(data)


def _sync_folder(folder: Path) -> None:
    """Make the rename itself last. Windows cannot open folders, and needs no such thing."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(handle)
    except OSError:
        pass  # some network file systems refuse; the file itself is safe
    finally:
        os.close(handle)

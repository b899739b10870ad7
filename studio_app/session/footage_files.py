"""Which files of folders are worth a look: by their names, as deep as folders go."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

LOOKED_AT_ANYWAY = 20
"""As many files as this are looked at whatever they are called; of more, only those that end like media."""
ROW_FROM = 5
"""So many pictures of a folder that are numbered without a hole are one sequence."""
_NUMBERED = re.compile(r"(.*?)(\d+)(\.[^.]+)")
_PICTURES = frozenset(".png .jpg .jpeg .jpe .webp .tif .tiff .bmp .tga .exr .dpx .jp2".split())
SUFFIXES = frozenset(
    ".mp4 .mov .m4v .mkv .webm .avi .mpg .mpeg .mts .m2ts .ts .mxf .wmv .flv .3gp .ogv .vob .dv .y4m .gif .wav .mp3 .flac .m4a "
    ".aac .ogg .oga .opus .aif .aiff .wma .ac3 .mka .caf .png .jpg .jpeg .jpe .webp .tif .tiff .bmp .tga .avif .heic .exr .dpx "
    ".jp2 .ppm .pgm".split()
)
"""What footage is called."""
SOUND_SUFFIXES = frozenset(".wav .mp3 .flac .m4a .aac .ogg .oga .opus .aif .aiff .wma .ac3 .mka .caf".split())
"""Of these, what has sound and no picture."""


@dataclass(frozen=True)
class FoundFile:
    """A file to be looked at, and the folders of the pool it goes into, outermost first.

    Of an image sequence `path` is its pattern, `shot_%04d.png`, and `row` its files.
    """

    path: Path
    folders: tuple[str, ...] = ()
    row: tuple[Path, ...] = ()


def found_files(paths: Sequence[Path], root: Path | None = None) -> Iterator[FoundFile]:
    """Files as they are; of folders all that is in them, sorted, however deep. Hidden ones are left out.

    Numbered pictures of a folder are one sequence (`as_rows`).
    """
    for path in paths:
        if not path.is_dir():
            yield FoundFile(path, _folders(path.parent, root.parent) if root is not None else ())
            continue
        for folder, below, names in os.walk(path):
            below[:] = sorted(name for name in below if not name.startswith("."))
            here = Path(folder)
            home = _folders(here, (root or path).absolute().parent)
            for name, row in as_rows(sorted(name for name in names if not name.startswith("."))):
                yield FoundFile(here / name, home, tuple(here / one for one in row))


def as_rows(names: Sequence[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Names of one folder as they are, but for pictures that are numbered on and on: those are one pattern with all its names."""
    rows: dict[tuple[str, str, int], dict[int, str]] = {}
    for name in names:
        match = _NUMBERED.fullmatch(name)
        if match is not None and match[3].lower() in _PICTURES:
            width = len(match[2]) if match[2].startswith("0") or len(match[2]) > 1 else 0
            rows.setdefault((match[1], match[3], width), {})[int(match[2])] = name
    whole = {
        name: (f"{head}%{f'0{width}' if width else ''}d{tail}", tuple(row[number] for number in sorted(row)))
        for (head, tail, width), row in rows.items()
        if len(row) >= ROW_FROM and max(row) - min(row) == len(row) - 1 and "%" not in head
        for name in row.values()
    }
    told: set[str] = set()
    for name in names:
        pattern, row = whole.get(name, (name, ()))
        if pattern not in told:
            told.add(pattern)
            yield pattern, row


def _folders(folder: Path, since: Path) -> tuple[str, ...]:
    with suppress(ValueError):
        return folder.absolute().relative_to(since.absolute()).parts
    return ()


def is_footage(path: Path) -> bool:
    """Whether a file is called like media."""
    return path.suffix.lower() in SUFFIXES


def is_sound(path: Path) -> bool:
    """Whether a file is called like sound without a picture."""
    return path.suffix.lower() in SOUND_SUFFIXES


def may_be_media(file: FoundFile, asked: int) -> bool:
    """Whether a file is worth a look, when so many were asked for."""
    return is_footage(file.path) or (not file.folders and asked <= LOOKED_AT_ANYWAY)


def modified(path: Path) -> str:
    """When a file was last written, in UTC; of the pattern of a sequence nothing."""
    with suppress(OSError, ValueError, OverflowError):
        return datetime.fromtimestamp(path.stat().st_mtime, UTC).isoformat(timespec="seconds")
    return ""


def footage_in(path: Path) -> list[Path]:
    """The footage of a folder, however deep; a file is itself."""
    return [one.path for one in found_files([path]) if not path.is_dir() or is_footage(one.path)]

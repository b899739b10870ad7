"""The file that a command is to write: refused in one sentence before any work is done."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from engines.errors import ExportError
from timeline.project import Saved

_LONGEST_NAME = 220
"""Bytes of a file name: most disks allow 255, and the unfinished file has a longer one."""


def target_file(name: str, suffixes: Sequence[str], inputs: Iterable[Path | str] = ()) -> Path:
    """`name` as a path that may be written: a file of one of `suffixes`, in a folder that is there, none of `inputs`.

    What is there already stays untouched until the new file is whole. Raises ExportError.
    """
    path = Path(name)
    if "\0" in name or not path.name or path.is_dir():
        raise ExportError(f"“{name}” is not the name of a file. Name one, like film{suffixes[0]}.")
    if path.suffix.lower() not in suffixes:
        raise ExportError(f"“{path.name}” does not say what to write. End its name with {_or(suffixes)}.")
    if len(os.fsencode(path.name)) > _LONGEST_NAME:
        raise ExportError(f"The name “{path.name[:40]}…” is too long for a file. Choose a shorter one.")
    if not path.parent.is_dir():
        raise ExportError(f"There is no folder “{path.parent}”. Make it first, or choose another.")
    if not os.access(path.parent, os.W_OK):
        raise ExportError(f"“{path.name}” may not be written in “{path.parent}”. Choose another folder.")
    if path.exists() and not path.is_file():
        raise ExportError(f"“{path}” is a device, not a file. Choose another name.")
    if path.exists() and not os.access(path, os.W_OK):
        raise ExportError(f"“{path}” is write-protected. Choose another name.")
    if any(_is_same(path, Path(one)) for one in inputs):
        raise ExportError(f"“{path.name}” is what this is made from and would be lost. Choose another name.")
    return path


def inputs_of(saved: Saved, project: Path | str) -> tuple[Path | str, ...]:
    """The files that making something of a project reads."""
    return (project, *(media.path for media in saved.library.media.values()))


def _is_same(target: Path, given: Path) -> bool:
    try:
        return target.samefile(given)
    except OSError:  # one of them is not there
        return False


def _or(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"

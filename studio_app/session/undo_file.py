"""Undo that survives save and reopen: the last steps of a project, kept with the user's data by the project's id.

A file counts only for the project it was written with: the state it calls the present one must equal the one opened.
A damaged or foreign file is ignored; nothing but the steps is lost.
"""

from __future__ import annotations

import json
import logging
import zlib
from pathlib import Path
from typing import Any, Final

from timeline.atomic import write_atomically
from timeline.history import State
from timeline.plain_values import Wrong
from timeline.project import Project
from timeline.shared_values import pack, unpack

log = logging.getLogger(__name__)

MOST_STEPS: Final = 200
MOST_BYTES: Final = 8 << 20
MOST_UNPACKED: Final = 256 << 20
MOST_FILES: Final = 50
_VERSION: Final = 1


def write_steps(folder: Path, states: tuple[State, ...], place: int) -> None:
    """Write the states around the present one, as many as may be kept. What fails is logged: undo is not the project."""
    project = states[place].project
    target = _file(folder, project.id)
    try:
        if len(states) < 2:
            return  # what is there counts only for the state it was written with, which this may still be
        most = MOST_STEPS
        data = _packed(states, place, most)
        while len(data) > MOST_BYTES and most > 1:
            most //= 2
            data = _packed(states, place, most)
        folder.mkdir(parents=True, exist_ok=True)
        write_atomically(target, data)
        _tidy(folder)
    except (OSError, TypeError, ValueError) as error:
        log.warning("undo steps could not be kept: %s", error)


def read_steps(folder: Path, project: Project) -> tuple[tuple[State, ...], int] | None:
    """The states kept for a project just opened and the place of the present one; None where there are none for it."""
    path = _file(folder, project.id)
    try:
        if path.stat().st_size > MOST_BYTES:
            return None
        data: Any = json.loads(_unzipped(path.read_bytes()))
        if data["starcut_undo"] != _VERSION:
            return None
        place, labels = data["place"], [str(one) for one in data["labels"]]
        projects = unpack(data["packed"], project)
        if len(labels) != len(projects) or not isinstance(place, int) or not 0 <= place < len(projects):
            return None
        if projects[place] is not project:
            return None
    except FileNotFoundError:
        return None
    except (OSError, Wrong, ValueError, KeyError, TypeError, RecursionError, zlib.error, MemoryError) as error:
        log.info("undo steps in %s are not read: %s", path.name, error)
        return None
    return tuple(State(label, one) for label, one in zip(labels, projects, strict=True)), place


def _packed(states: tuple[State, ...], place: int, most: int) -> bytes:
    """As many of the steps before as may be kept, and of those undone what is left over."""
    first = max(0, place - most)
    last = min(len(states) - 1, max(place, first + most))
    kept = states[first : last + 1]
    data = {
        "starcut_undo": _VERSION,
        "place": place - first,
        "labels": [one.label for one in kept],
        "packed": pack(one.project for one in kept),
    }
    return zlib.compress(json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode(), 4)


def _unzipped(data: bytes) -> bytes:
    """At most so much: a few bytes can claim to be gigabytes."""
    reader = zlib.decompressobj()
    text = reader.decompress(data, MOST_UNPACKED)
    if reader.unconsumed_tail or not reader.eof:
        raise ValueError("too large, or cut off")
    return text


def _file(folder: Path, project_id: str) -> Path:
    name = "".join(one for one in project_id if one.isalnum() or one in "-_")[:64]
    return folder / f"{name or 'project'}.undo"


def _tidy(folder: Path) -> None:
    files = sorted(folder.glob("*.undo"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in files[MOST_FILES:]:
        path.unlink(missing_ok=True)

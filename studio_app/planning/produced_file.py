"""The project file of a produced film: never written over what a person has made of it."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from timeline.codec import encode
from timeline.errors import ProjectFileError
from timeline.media import Library
from timeline.project import Project, Saved
from timeline.project_file import load, save

_MARK = "produced"
"""Where a project file says what the run that wrote it has left: edited since, or not."""


def save_produced(path: Path, project: Project, library: Library) -> list[str]:
    """Save the project of a run; one that a person has edited since the last run is kept beside it, and a note says so."""
    notes = []
    if path.exists() and not _is_untouched(path):
        number, kept = 1, path.with_name("film_edited.starcut")
        while kept.exists():
            number += 1
            kept = path.with_name(f"film_edited_{number}.starcut")
        path.replace(kept)
        notes.append(f"film.starcut had been edited; it is kept as {kept.name}.")
    save(path, Saved(project, library, {_MARK: _digest(project)}))
    return notes


def _is_untouched(path: Path) -> bool:
    """Whether a project file is as a run has left it."""
    try:
        saved = load(path)
    except ProjectFileError:
        return False
    return saved.extra.get(_MARK) == _digest(saved.project)


def _digest(project: Project) -> str:
    return hashlib.blake2b(json.dumps(encode(project), sort_keys=True).encode(), digest_size=8).hexdigest()

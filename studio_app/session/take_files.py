"""Where new takes are written: names that are free, in a folder that is there."""

from __future__ import annotations

from itertools import count
from pathlib import Path

from engines.errors import EngineError


def free_target(folder: Path, stem: str, number: int, suffix: str = ".mp4") -> Path:
    """A name no file has: another copy of this project may have takes of the same shot, and takes are never overwritten."""
    return next(path for each in count(number) if not (path := folder / f"{stem}{each}{suffix}").exists())


def make_folder(folder: Path) -> None:
    """The folder, made if need be. Raises EngineError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise EngineError(
            f"Takes cannot be kept in “{folder}”: {error.strerror}. Save the project in another folder."
        ) from error


def slug(name: str) -> str:
    """A name as the beginning of a file's."""
    words = "".join(char if char.isalnum() else " " for char in name).split()
    return "_".join(words[:5]).lower()[:40] or "shot"

"""Load and save `.starcut`: readable JSON with a version, wholly or not at all.

    {"starcut": 1, "project": {...}, "library": {"media": [...], "takes": [...]}}

A file of an older version is brought up to date by `timeline.migrations`; one of a newer version is refused. What a newer
minor release added is kept in `extra` and written back. Media are found by their absolute path, else by the one
relative to the project file, else they stay offline under the absolute path.
"""

from __future__ import annotations

import contextlib
import errno
import glob
import json
import math
import os
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path, PurePath
from typing import Any, NoReturn, TypeVar, cast

from timeline.atomic import write_atomically
from timeline.codec import decode_as, encode
from timeline.edits import tidied
from timeline.errors import ProjectFileError
from timeline.limits import MAX_FILE_BYTES, MAX_JSON_OBJECTS, MAX_JSON_VALUES
from timeline.media import Library, Media, MediaKind, Take
from timeline.migrations import migrated
from timeline.plain_values import Wrong, foreign
from timeline.project import Project, Saved

VERSION = 1
SUFFIX = ".starcut"
T = TypeVar("T", Media, Take)
_STALE_SECONDS = 3600
_MOST_DIGITS = 400
_KNOWN = {"starcut", "project", "library"}


def load(path: Path | str) -> Saved:
    """Read a project file. Raises ProjectFileError with a sentence that names the file and the place in it."""
    path = Path(path)
    data = _parsed(path, _read(path))
    version = data.get("starcut")
    if not isinstance(version, int) or isinstance(version, bool) or version < 0:
        raise ProjectFileError(f"{_quoted(path)} is not a Starcut project.")
    if version > VERSION:
        raise ProjectFileError(
            f"{_quoted(path)} was made by a newer Starcut (file version {version}; this one reads up to {VERSION}). "
            "Update Starcut to open it."
        )
    try:
        return _decoded(migrated(data, version, VERSION), path.absolute().parent)
    except Wrong as error:
        where = f" at {error.where}" if error.where else ""
        raise ProjectFileError(f"{_quoted(path)} is damaged{where}: {error.reason}.") from error
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError, OverflowError) as error:
        raise ProjectFileError(f"{_quoted(path)} is damaged and cannot be read.", repr(error)) from error


def save(path: Path | str, saved: Saved) -> None:
    """Write a project file. A crash at any moment leaves the file as it was, or the new one. Raises ProjectFileError."""
    path = Path(path)
    data = to_bytes(saved, path.absolute().parent)
    try:
        write_atomically(path.resolve(), data)
        _sweep(path.resolve())
    except OSError as error:
        raise ProjectFileError(f"{_quoted(path)} cannot be saved: {_reason(error, path)}", repr(error)) from error


def to_bytes(saved: Saved, folder: Path) -> bytes:
    """The text of a project file in `folder`; the same project always gives the same bytes."""
    library = saved.library
    data = {
        "starcut": VERSION,
        "project": encode(saved.project),
        "library": {
            "media": [_with_relative_path(media, folder) for media in library.media.values()],
            "takes": [encode(take) for take in library.takes.values()],
            **encode(library.extra),
        },
        **encode(saved.extra),
    }
    text = json.dumps(data, indent=1, ensure_ascii=False, allow_nan=False) + "\n"
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError:  # a file name that is not Unicode: Python keeps its bytes as lone surrogates
        return (json.dumps(data, indent=1, allow_nan=False) + "\n").encode("ascii")


def _sweep(path: Path) -> None:
    """Remove what a save that was killed left beside the file."""
    for part in path.parent.glob(f".{glob.escape(path.name)}.*.part"):
        with contextlib.suppress(OSError):
            if part.stat().st_mtime < time.time() - _STALE_SECONDS:
                part.unlink()


# --- text -----------------------------------------------------------------------------------------------------------


def _read(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise IsADirectoryError(path)
        size = path.stat().st_size
        if size > MAX_FILE_BYTES:
            raise ProjectFileError(
                f"{_quoted(path)} has {size // 2**20} MiB; a Starcut project has at most {MAX_FILE_BYTES // 2**20}."
            )
        with path.open("rb") as file:
            data = file.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        raise ProjectFileError(f"{_quoted(path)} cannot be opened: {_reason(error, path)}", repr(error)) from error
    if not data.strip():
        raise ProjectFileError(f"{_quoted(path)} is empty.")
    objects = data.count(b"{") + data.count(b"[")
    if len(data) > MAX_FILE_BYTES or objects > MAX_JSON_OBJECTS or data.count(b",") > MAX_JSON_VALUES:
        raise ProjectFileError(f"{_quoted(path)} holds more than any Starcut project can.")
    return data


def _parsed(path: Path, data: bytes) -> dict[str, Any]:
    try:
        text = data.decode("utf-8-sig")
        value = json.loads(text, parse_constant=_no_number, parse_float=_finite, parse_int=_whole)
    except UnicodeDecodeError as error:
        raise ProjectFileError(f"{_quoted(path)} is not a Starcut project: it is not text.") from error
    except json.JSONDecodeError as error:
        cut_off = "is cut off" if error.pos >= len(text.rstrip()) - 1 or "Unterminated" in error.msg else "is damaged"
        raise ProjectFileError(f"{_quoted(path)} {cut_off} at line {error.lineno}, column {error.colno}.") from error
    except RecursionError as error:
        raise ProjectFileError(f"{_quoted(path)} is damaged: its values are nested too deep.") from error
    except ValueError as error:
        raise ProjectFileError(f"{_quoted(path)} is damaged: {error}.") from error
    if not isinstance(value, dict):
        raise ProjectFileError(f"{_quoted(path)} is not a Starcut project.")
    return value


def _quoted(path: Path) -> str:
    """What to call a file in a sentence; the whole path of one without a name, such as “/”."""
    return f"“{path.name or path}”"


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a number a project can hold")


def _finite(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise ValueError(f"{text[:40]} is too large a number")
    return value


def _whole(text: str) -> int:
    if len(text) > _MOST_DIGITS:
        raise ValueError(f"{text[:12]}… is too large a number")
    return int(text)


def _reason(error: OSError, path: Path) -> str:
    if isinstance(error, FileNotFoundError):
        return "it is not there." if path.parent.is_dir() else f"the folder “{path.parent}” is not there."
    if isinstance(error, IsADirectoryError):
        return "it is a folder."
    if isinstance(error, PermissionError) or error.errno == errno.EROFS:
        return "you have no permission for it."
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return "the disk is full."
    return f"{error.strerror or 'the disk refused'}."


# --- values ---------------------------------------------------------------------------------------------------------


def _decoded(data: Mapping[str, Any], folder: Path) -> Saved:
    try:
        project = decode_as(Project, data.get("project"))
    except Wrong as error:
        error.place.insert(0, "project")
        raise
    try:
        library = _library(data.get("library", {}), folder)
    except Wrong as error:
        error.place.insert(0, "library")
        raise
    extra = {name: foreign(value) for name, value in data.items() if name not in _KNOWN}
    return Saved(_in_order(project), library, extra)


def _library(data: Any, folder: Path) -> Library:
    if not isinstance(data, dict):
        raise Wrong("a library is expected here")
    return Library(
        _by_id(data, "media", lambda value: _found(value, folder)),
        _by_id(data, "takes", lambda value: cast(Take, decode_as(Take, value))),
        {name: foreign(value) for name, value in data.items() if name not in ("media", "takes")},
    )


def _by_id(data: Mapping[str, Any], name: str, read: Callable[[Any], T]) -> dict[str, T]:
    row = data.get(name, [])
    if not isinstance(row, list):
        raise Wrong("a list is expected here", name)
    found: dict[str, T] = {}
    for index, value in enumerate(row):
        try:
            one = read(value)
            if one.id in found:
                raise Wrong(f"two of the same id: “{one.id}”")
        except Wrong as error:
            error.place[:0] = [name, index]
            raise
        found[one.id] = one
    return found


def _in_order(project: Project) -> Project:
    """Neighbouring gaps merged and transitions without clips dropped, as every edit leaves it; itself when it is so."""
    for sequence in project.sequences:
        tracks = tuple(tidied(track, track) for track in sequence.tracks)
        if any(new is not old for new, old in zip(tracks, sequence.tracks, strict=True)):
            project = project.with_sequence(replace(sequence, tracks=tracks))
    return project


# --- paths ----------------------------------------------------------------------------------------------------------


def _with_relative_path(media: Media, folder: Path) -> dict[str, Any]:
    data: dict[str, Any] = encode(media)
    try:
        relative = os.path.relpath(media.path, folder) if PurePath(media.path).is_absolute() else media.path
    except ValueError:  # another drive
        return data
    return {"path": media.path, "relative_path": Path(relative).as_posix(), **data}


def _found(value: Any, folder: Path) -> Media:
    relative = value.get("relative_path") if isinstance(value, dict) else None
    if relative is not None:
        if not isinstance(relative, str) or "\0" in relative:
            raise Wrong("a path is expected here", "relative_path")
        value = {name: one for name, one in value.items() if name != "relative_path"}
    media: Media = decode_as(Media, value)
    if PurePath(media.path).is_absolute() and is_there(media.path, media.kind):
        return media
    for candidate in (relative, media.path):
        if candidate and not PurePath(candidate).is_absolute():
            path = os.path.normpath(folder / candidate)
            if is_there(path, media.kind):
                return replace(media, path=path)
    return media


def is_there(path: str, kind: MediaKind) -> bool:
    """Whether a file is there (a device or a pipe is none); of an image sequence, its folder."""
    place = Path(path)
    try:
        return place.parent.is_dir() if kind is MediaKind.IMAGE_SEQUENCE else place.is_file()
    except OSError:
        return False

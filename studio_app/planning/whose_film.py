"""The project that knows how a film file was made."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from engines.media.content_hash import content_hash
from timeline.errors import ProjectFileError
from timeline.project import Saved
from timeline.project_file import SUFFIX, load

_MOST_PROJECTS = 50
"""A folder of many projects is not searched for ever."""


def project_of(film: Path, others: Iterable[Path] = ()) -> tuple[Path, Saved, str] | None:
    """The project whose library has a film, and its media id there: one beside it, one folder up or among `others`; None: none.

    It is known by its place, else by its content: takes may have been moved. Raises MediaError for a film that cannot be read.
    """
    film = film.absolute()
    digest = content_hash(film)
    found = None
    for path in dict.fromkeys((*_near(film), *others)):
        try:
            saved = load(path)
        except ProjectFileError:
            continue
        for media in saved.library.media.values():
            if _is_same(Path(media.path), film):
                return path, saved, media.id
            if found is None and media.content_hash == digest:
                found = (path, saved, media.id)
    return found


def _near(film: Path) -> list[Path]:
    folders = [film.parent, film.parent.parent]
    named = [one.with_suffix(SUFFIX) for one in (film.parent, film) if one.with_suffix(SUFFIX).is_file()]
    others = (path for folder in folders for path in sorted(folder.glob(f"*{SUFFIX}")))
    return list(dict.fromkeys((*named, *others)))[:_MOST_PROJECTS]


def _is_same(path: Path, film: Path) -> bool:
    try:
        return path.samefile(film)
    except OSError:
        return False

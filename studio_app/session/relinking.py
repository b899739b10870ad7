"""Missing media found again: by the file a user points at, and by name and content in its folder."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from engines.errors import MediaError
from engines.media.content_hash import content_hash
from engines.media.probe import probe
from studio_app.services.jobs import Job, Jobs
from studio_app.session.document import Document
from timeline.errors import Cancelled, StudioError
from timeline.media import Media
from timeline.time import FrameRate, RationalTime

MOST_FILES = 100_000
"""A folder is searched as far as this."""


class Relinking:
    """Points media of the library at other files. Main thread only; the searching is done by a job."""

    def __init__(
        self, document: Document, jobs: Jobs, rate: Callable[[], FrameRate], tell: Callable[[str, bool], None]
    ) -> None:
        self._document, self._jobs, self._rate, self._tell = document, jobs, rate, tell

    def start(self, wanted: Sequence[Media], where: Path) -> Job | None:
        """Look for media: `where` is a folder to search, or the file of the first one (the others are searched beside it)."""
        if not wanted:
            return None
        rate = self._rate()

        def work(job: Job) -> tuple[list[Media], str]:
            found, problem = [], ""
            rest = list(wanted)
            if not where.is_dir():
                first = rest.pop(0)
                try:
                    found.append(stand_in(first, probe(where, rate)))
                except MediaError as error:
                    problem = error.message
            found += search(rest, where if where.is_dir() else where.parent, job)
            return found, problem

        def done(result: tuple[list[Media], str]) -> None:
            found, problem = result
            if found:
                self._document.add_media(found)
            if problem:
                self._tell(problem, True)
            self._tell(_outcome(wanted, found), not found)

        def failed(error: StudioError) -> None:
            if not isinstance(error, Cancelled):
                self._tell(error.message, True)

        return self._jobs.submit(f"Look for {_named(wanted)}", work, done, failed, kind="import")


def stand_in(old: Media, new: Media) -> Media:
    """A file in place of another: the same content under its new path, or another file that is long enough.

    Raises MediaError with a sentence when clips of the old one would have no picture or no sound any more.
    """
    if old.content_hash and (new.content_hash, new.file_size) == (old.content_hash, old.file_size):
        return replace(old, path=new.path)
    lacks = "picture" if old.has_video and not new.has_video else "sound" if old.has_audio and not new.has_audio else ""
    if lacks:
        raise MediaError(f"“{new.name}” has no {lacks}; it cannot stand for “{old.name}”.")
    frame = RationalTime(1) / (old.rate or RationalTime(25).fraction)
    if not old.is_endless and (new.is_endless or new.duration + frame < old.duration):
        raise MediaError(f"“{new.name}” is shorter than “{old.name}” was; clips would run beyond its end.")
    return replace(new, id=old.id, name=old.name, extra=old.extra)


def search(wanted: Sequence[Media], folder: Path, job: Job) -> list[Media]:
    """Those of `wanted` that lie somewhere in a folder under their old names, with their old content."""
    by_name: dict[str, list[Media]] = {}
    for one in wanted:
        by_name.setdefault(Path(one.path).name, []).append(one)
    found: dict[str, Media] = {}
    seen = 0
    for here, below, names in os.walk(folder):
        below[:] = sorted(name for name in below if not name.startswith("."))
        job.check()
        seen += len(names)
        for name in by_name.keys() & set(names):
            path = Path(here, name)
            with suppress(MediaError, OSError):
                facts = (path.stat().st_size, content_hash(path))
                for one in by_name[name]:
                    if (one.file_size, one.content_hash) == facts:
                        found.setdefault(one.id, replace(one, path=str(path.absolute())))
        if len(found) == len(wanted) or seen > MOST_FILES:
            break
    return list(found.values())


def _named(media: Sequence[Media]) -> str:
    return f"“{media[0].name}”" if len(media) == 1 else f"{len(media)} missing files"


def _outcome(wanted: Sequence[Media], found: Sequence[Media]) -> str:
    if not found:
        return f"{'It is' if len(wanted) == 1 else 'None of them are'} not there: {_named(wanted)} stays missing."
    if len(wanted) == 1:
        return f"“{found[0].name}” is there again."
    return f"{len(found)} of {len(wanted)} missing files are there again."

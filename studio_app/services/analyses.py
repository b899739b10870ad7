"""What is known of clips: read from disk by a worker; measured by a job, when asked."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path

from engines.analyse.analysis import Analysis
from engines.analyse.measures.colour import Colour
from engines.analyse.measures.composition import Composition
from engines.analyse.measures.consistency import Consistency
from engines.analyse.measures.cuts import Cuts
from engines.analyse.measures.graphics import Graphics
from engines.analyse.measures.motion import Motion
from engines.analyse.measures.sound import Sound
from engines.analyse.store import Measure, analysed, analysis_path, stored
from engines.errors import MediaError
from studio_app.services.jobs import Job, Jobs, Post, StartThread
from studio_app.services.media_cache import _Asked
from timeline.errors import StudioError
from timeline.media import Media

__all__ = [
    "KIND",
    "Analyses",
    "Analysis",
    "Colour",
    "Composition",
    "Consistency",
    "Cuts",
    "Graphics",
    "Motion",
    "Sound",
]

KIND = "analyse"
"""Of the jobs that measure."""
_MOST = 500


def _untold(_size: int) -> None:
    """Nobody keeps a budget: tests."""


class Analyses(_Asked[Analysis]):
    """Figures of clips. `arrived` tells the id of a medium whose figures are there now, or of which there are none."""

    def __init__(
        self,
        post: Post,
        start_thread: StartThread,
        jobs: Jobs,
        cache: Path,
        grew: Callable[[int], None] = _untold,
        measure: Measure = analysed,
    ) -> None:
        super().__init__(post, start_thread, "analyses", _MOST, grew)
        self._jobs, self._cache, self._measure = jobs, cache, measure
        self._failures: dict[str, str] = {}
        self._taken: OrderedDict[tuple[str, str], Analysis] = OrderedDict()
        """What was measured here: a look at the disk that was under way then would come back with nothing."""

    def get(self, media: Media) -> Analysis | None:
        """The figures of a medium; None for now (then `arrived` tells), or because it was not measured yet: see `measure`."""
        key = _key(media)
        return self._taken.get(key) or self._ask(key, media.id, lambda: self._read(media))

    def is_looked_up(self, media: Media) -> bool:
        """Whether it is known if there are figures."""
        key = _key(media)
        return key in self._taken or key in self._known

    def job_of(self, media: Media) -> Job | None:
        """The job that measures a medium now."""
        return next(
            (one for one in self._jobs.all if one.kind == KIND and one.subject == media.id and not one.is_over), None
        )

    def failure_of(self, media: Media) -> str:
        """Why it could not be measured when that was tried last; empty where it was not."""
        return self._failures.get(media.id, "")

    def measure(self, media: Media) -> Job:
        """Measure a medium in a job, unless one is at it."""
        if (running := self.job_of(media)) is not None:
            return running
        self._failures.pop(media.id, None)

        def failed(error: StudioError) -> None:
            self._failures[media.id] = error.message
            self.arrived.emit(media.id)

        def done(found: Analysis) -> None:
            self.take(media, found)

        return self._jobs.submit(
            media.name or Path(media.path).name,
            lambda job: self._measure(media, self._cache, job),
            done,
            failed,
            kind=KIND,
            subject=media.id,
        )

    def take(self, media: Media, found: Analysis) -> None:
        """Figures that somebody has just measured. Main thread."""
        self._taken[_key(media)] = found
        while len(self._taken) > _MOST:
            self._taken.popitem(last=False)
        self._budgeted(analysis_path(media, self._cache))
        self.arrived.emit(media.id)

    def _read(self, media: Media) -> Analysis:
        found = stored(media, self._cache)
        if found is None:
            raise MediaError(f"“{media.name}” was not measured yet.")
        self._budgeted(analysis_path(media, self._cache))
        return found


def _key(media: Media) -> tuple[str, str]:
    return (media.path, media.content_hash)

"""The frames on either side of a cut while it is moved: drawn on a thread of their own, the latest request first."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from effects.paint import ensure_qt
from engines.render.renderer import Renderer
from engines.render.to_rgb import bgra
from studio_app.services.jobs import Post, StartThread
from studio_app.services.latest import Latest
from timeline.items import Clip
from timeline.media import Library
from timeline.project import Project
from timeline.sequence import Sequence
from timeline.time import RationalTime
from timeline.track import Track, TrackKind

log = logging.getLogger(__name__)
_SEQUENCE_ID = "trim picture"
Picture = NDArray[np.uint8]
"""(h, w, 4) uint8 B, G, R, x."""


@dataclass(frozen=True)
class Wanted:
    """A frame of one clip alone, `since_start` (record time) behind its start, in the look of `sequence`."""

    project: Project
    library: Library
    sequence: Sequence
    clip: Clip
    since_start: RationalTime
    size: tuple[int, int]


Then = Callable[[tuple[Picture | None, ...]], object]


class TrimPictures:
    """Draws a few frames at a time. Files stay open from the first request until `rest`."""

    def __init__(self, post: Post, start_thread: StartThread, make_renderer: Callable[[], Renderer]) -> None:
        self._post, self._make_renderer = post, make_renderer
        self._latest = Latest("trim pictures", start_thread)
        self._renderer: Renderer | None = None

    def ask(self, wanted: tuple[Wanted | None, ...], then: Then) -> None:
        """Draw these; `then` gets them on the main thread, None for None and for what cannot be drawn."""

        def work() -> None:
            made = tuple(None if one is None else self._drawn(one) for one in wanted)
            self._post(lambda: _hand_over(then, made))

        self._latest.ask(work)

    def rest(self) -> None:
        """Nothing is trimmed any more: close the files."""
        self._latest.ask(self._let_go)

    def close(self, timeout: float = 5.0) -> None:
        """Close the files and end the thread, waited for so many seconds at most."""
        self._latest.ask(self._let_go)
        self._latest.finish(timeout)

    def _drawn(self, one: Wanted) -> Picture | None:
        if self._renderer is None:
            ensure_qt()
            self._renderer = self._make_renderer()
        track = Track(TrackKind.VIDEO, (one.clip,))
        alone = replace(one.sequence, tracks=(track,), markers=(), id=_SEQUENCE_ID)
        project = Project(sequences=(alone, *one.project.sequences))
        try:
            frame = self._renderer.frame(project, one.library, alone.id, one.since_start, one.size)
        except Exception:  # render fence: see docs/architecture.md, section 10
            log.exception("a frame beside a cut could not be drawn")
            return None
        return bgra(frame)

    def _let_go(self) -> None:
        renderer, self._renderer = self._renderer, None
        if renderer is not None:
            renderer.close()


def _hand_over(then: Then, made: tuple[Picture | None, ...]) -> None:
    then(made)

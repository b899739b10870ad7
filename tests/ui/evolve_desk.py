"""A desk with two clips and three tiny operations, for the workspace Evolve."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import ClassVar

import numpy as np
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from effects.frame import Frame
from effects.params import param
from engines.evolve.base import Edit, Film, Making, Operation, Piece, SourceClip
from engines.evolve.registry import operations
from studio_app.session import evolve_looks, evolve_offers
from studio_app.session.session import Session
from tests.engines.evolve.footage import camera_clip
from timeline.items import Clip, MediaSource
from timeline.media import Media
from timeline.time import ZERO, RationalTime, TimeRange
from timeline.track import Track, TrackKind

RATE = Fraction(24)


class Lift(Operation):
    """Make the picture lighter. It knows nothing of light."""

    title = "Lift"
    strength: float = param(0.5, ge=0, le=1, label="Intensity")

    def film(self, sources: Sequence[SourceClip], how: Making) -> Film:
        source, more = sources[0], round(100 * self.strength) + how.seed % 7

        def frame(index: int) -> Frame:
            luma, *rest = source.frame(index).planes
            return Frame((np.clip(luma.astype(np.int16) + more, 16, 235).astype(np.uint8), *rest))

        return Film(source.count, frame, source.size, source.rate, source.samples(), (("Light", f"+{more}"),))


class Pair(Operation):
    """One clip after the other."""

    title = "Pair"
    sources: ClassVar[tuple[int, int]] = (2, 2)

    def film(self, sources: Sequence[SourceClip], how: Making) -> Film:
        first, second = sources
        count = first.count + second.count

        def frame(index: int) -> Frame:
            return first.frame(index) if index < first.count else second.frame(index - first.count)

        return Film(count, frame, first.size, first.rate, None)

    def edit(self, sources: Sequence[SourceClip], how: Making) -> Edit:
        pieces, at = [], ZERO
        for number, one in enumerate(sources):
            length = RationalTime.from_frames(one.count, one.rate)
            pieces.append(Piece(number, ZERO, length, at))
            at += length
        return Edit(tuple(pieces), (), sum(one.count for one in sources), sources[0].rate)


class Slow(Operation):
    """Never ends by itself."""

    title = "Slow"

    def film(self, sources: Sequence[SourceClip], how: Making) -> Film:
        source = sources[0]

        def frame(index: int) -> Frame:
            for _ in range(0 if how.draft else 2000):
                how.job.check()
                QTest.qSleep(5)
            return source.frame(index)

        return Film(source.count, frame, source.size, source.rate, None)


def few_operations() -> Iterator[None]:
    """Only those three, until the generator goes on."""
    registry = operations()
    tiny = {"vary.lift": Lift, "remix.pair": Pair, "mutate.slow": Slow}
    object.__setattr__(registry, "classes", tiny)  # a value, but for this test
    caches = (evolve_offers._offer, evolve_looks.shipped)
    for one in caches:
        one.cache_clear()
    yield
    for one in (*caches, operations):
        one.cache_clear()


def until(done: Callable[[], object], seconds: float = 30) -> None:
    for _ in range(int(seconds * 100)):
        QApplication.processEvents()
        if done():
            return
        QTest.qWait(10)
    raise AssertionError("it did not come to that in time")


def stand(session: Session, shot_id: str | None = None) -> tuple[Media, Media]:
    """Two clips in the pool and on the timeline."""
    media = []
    for name, scene, key in (("Meadow", "meadow", "a"), ("Street", "street", "b")):
        made = camera_clip((96, 54), RATE, 0.5, noise=0, shake=0, scene=scene).media()
        media.append(replace(made, name=name, id=key))
    session.document.add_media(media)
    clips = tuple(
        Clip(MediaSource(one.id), TimeRange(ZERO, RationalTime(1, 2)), name=one.name, id=f"clip {one.id}")
        for one in media
    )
    project = session.document.project
    sequence = replace(project.sequences[0], rate=RATE, tracks=(Track(TrackKind.VIDEO, clips, name="Picture"),))
    saved = replace(session.document.saved, project=replace(project, sequences=(sequence,)))
    session.document.replace(saved, None)
    return media[0], media[1]


def ready(session: Session) -> None:
    until(lambda: not session.evolving.makers.has_open)

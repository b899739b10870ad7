"""A second of a scene, drawn small and measured as it is drawn: nothing is encoded, no file is made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from types import MappingProxyType

from effects.frame import Frame
from engines.analyse.analysis import Analysis
from engines.analyse.base import Clip, Picture
from engines.analyse.registry import measures
from engines.generate.base import JobLike
from engines.generate.procedural.draw.joined import Joined
from engines.generate.procedural.draw.scene import Scene
from engines.generate.procedural.grow.film import Film, film_of
from engines.generate.procedural.spec import SceneSpec
from timeline.media import Media, MediaKind
from timeline.time import RationalTime

SIZE = (256, 144)
SECONDS = 1.0
EVERY = 2
"""Every so many frames one is drawn and looked at."""
_MEASURES = ("colour", "consistency", "graphics", "motion")


def trial_of(spec: SceneSpec, job: JobLike) -> Film | None:
    """The figures of a scene's first second. Raises Cancelled between two frames."""
    small = replace(spec, width=SIZE[0], height=SIZE[1], seconds=min(spec.seconds, SECONDS))
    drawn = Joined(small, *SIZE, lambda part, moment: Scene(part, *SIZE, 1.0, moment))
    rate = float(small.rate)
    moments = range(0, max(2 * EVERY, round(small.seconds * rate)), EVERY)
    return _measured([(at, at / rate) for at in moments], drawn.frame, small, rate / EVERY, job)


def _measured(
    moments: list[tuple[int, float]],
    frame: Callable[[int, float], Frame],
    spec: SceneSpec,
    rate: float,
    job: JobLike,
) -> Film | None:
    length = RationalTime.from_seconds(spec.seconds, spec.rate)
    media = Media("", MediaKind.VIDEO, duration=length, width=SIZE[0], height=SIZE[1], rate=spec.rate, has_video=True)
    clip = Clip(media, spec.seconds, rate, whole=True)
    chosen = {name: kind(clip) for name, kind in measures().classes.items() if name in _MEASURES}
    for number, (index, seconds) in enumerate(moments):
        job.check()
        picture = Picture(frame(index, seconds), index, seconds, number)
        for one in chosen.values():
            one.look(picture)
    found = {name: figures for name, one in chosen.items() if (figures := one.found()) is not None}
    return film_of(Analysis("trial", seconds=spec.seconds, rate=float(Fraction(rate)), figures=MappingProxyType(found)))

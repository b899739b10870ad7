"""Ambience: every file of `ambience/` is one; the scene chooses which are heard, how loud, and they loop without a seam."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from engines.generate.procedural.compose.brief import Picture
from engines.generate.procedural.compose.paper import seeded
from engines.generate.procedural.compose.waves import Sound, fast_size

_PERIOD_SECONDS = 24.0
_LEVEL = 0.022
"""Root mean square of ambience beside music, before mastering."""
_OUTDOORS_DEFAULT = "wind"
_INDOORS = (
    "room",
    "office",
    "stage",
    "cafe",
    "kitchen",
    "bedroom",
    "apartment",
    "studio",
    "interior",
    "factory",
    "subway",
)


@dataclass(frozen=True)
class Ambience:
    """A sound of a place. `make(count, rate, rng)`: (count, 2) float32, rms about 1, its end joining its start.

    A scene calls for it by its weather, a feature, or its setting (with `times`, only at those); `level` is how loud it
    is beside others. `words` name it.
    """

    make: Callable[[int, int, np.random.Generator], Sound]
    settings: tuple[str, ...] = ()
    weathers: tuple[str, ...] = ()
    times: tuple[str, ...] = ()
    features: tuple[str, ...] = ()
    level: float = 1.0
    words: tuple[str, ...] = ()


@cache
def ambiences() -> Mapping[str, Ambience]:
    """All of `ambience/`, by id."""
    from engines.generate.procedural.compose import ambience as package

    names = sorted(info.name for info in pkgutil.iter_modules(package.__path__) if not info.name.startswith("_"))
    return {name: importlib.import_module(f"{package.__name__}.{name}").AMBIENCE for name in names}


def ambiences_for(picture: Picture) -> dict[str, float]:
    """Which ambiences a scene has, and how loud (1 is usual). Somewhere is never silent: wind outdoors, a room indoors."""
    found: dict[str, float] = {}
    for name, one in ambiences().items():
        by_place = picture.setting in one.settings and (not one.times or picture.time in one.times)
        by_feature = bool(picture.features & {*one.features, *one.words})
        if picture.weather in one.weathers:
            found[name] = one.level * (0.45 if picture.setting in _INDOORS else 1.0)
        elif by_place or by_feature:
            found[name] = one.level
    if not found:
        found["room" if picture.setting in _INDOORS else _OUTDOORS_DEFAULT] = 0.6
    return found


def bed_for(picture: Picture, seed: int, count: int, rate: int) -> LoopedBed:
    """The ambience of a scene for `count` samples. In a loop its period divides the whole."""
    longest = round(_PERIOD_SECONDS * rate)
    if picture.loops:
        turns = max(1, round(count / longest))
        period = count // turns if count % turns == 0 else count
    else:
        period = fast_size(max(rate // 2, min(count, longest)))
    layers = []
    for name, level in ambiences_for(picture).items():
        made = ambiences()[name].make(period, rate, seeded("ambience", name, seed))
        layers.append(made * np.float32(_LEVEL * level))
    return LoopedBed(layers)


class LoopedBed:
    """Layers of one period each, going round and round."""

    def __init__(self, layers: Sequence[Sound]) -> None:
        self._period: Sound = np.asarray(np.sum(layers, axis=0), np.float32)

    def block(self, start: int, count: int) -> Sound:
        """Samples [start, start + count), (count, 2)."""
        size = len(self._period)
        places = (start % size + np.arange(count)) % size
        heard: Sound = self._period[places]
        return heard

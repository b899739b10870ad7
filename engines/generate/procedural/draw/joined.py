"""A whole film of a scene: its parts drawn one after another, led into each other, with its words over them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

import cv2
import numpy as np

from effects.frame import Frame, Plane
from engines.generate.procedural.draw.titles import Titles
from engines.generate.procedural.scene.plan import parts_of, seen_at
from engines.generate.procedural.spec import SceneSpec

_BLACK = (16, 128, 128)


class Drawn(Protocol):
    """What can be asked for any of its frames."""

    def frame(self, index: int, seconds: float) -> Frame:
        """The picture at a time from the start; `index` chooses the grain."""


Make = Callable[[SceneSpec, float | None], Drawn]


class Joined:
    """A film of a SceneSpec. `make` bakes one part, for all moments or a single one; no more than the two seen together are kept.

    `only`: the one moment of the film that will be asked for.
    """

    def __init__(self, spec: SceneSpec, width: int, height: int, make: Make, only: float | None = None) -> None:
        self.parts = parts_of(spec)
        self._make, self._only = make, only
        self._made: dict[int, Drawn] = {}
        self._titles = Titles(spec, width, height)

    def frame(self, index: int, seconds: float) -> Frame:
        """The picture at a time from the start; the same whatever was asked for before."""
        seen = seen_at(self.parts, seconds)
        for part in [one for one in self._made if one not in (seen.part, seen.coming)]:
            del self._made[part]
        picture = self._picture(seen.part, index, seconds)
        if seen.coming != seen.part and seen.amount > 0:
            way = self.parts[seen.coming].transition
            picture = led(picture, self._picture(seen.coming, index, seconds), seen.amount, way)
        return self._titles.over(picture, seconds)

    def _picture(self, part: int, index: int, seconds: float) -> Frame:
        if part not in self._made:
            moment = None if self._only is None else self._only - self.parts[part].offset
            self._made[part] = self._make(self.parts[part].scene, moment)
        return self._made[part].frame(index, seconds - self.parts[part].offset)


def led(a: Frame, b: Frame, amount: float, transition: str) -> Frame:
    """From picture `a` to `b`, `amount` 0..1 of the way: a dissolve, a fade through black, or a wipe from the left."""
    if transition == "fade":
        base, share = (a, 1 - 2 * amount) if amount < 0.5 else (b, 2 * amount - 1)
        planes = [
            _mixed(np.full_like(plane, level), plane, share) for plane, level in zip(base.planes, _BLACK, strict=True)
        ]
        return Frame(tuple(planes))
    if transition == "wipe":
        return Frame(tuple(_wiped(x, y, amount) for x, y in zip(a.planes, b.planes, strict=True)))
    eased = amount * amount * (3 - 2 * amount)
    return Frame(tuple(_mixed(x, y, eased) for x, y in zip(a.planes, b.planes, strict=True)))


def _mixed(a: Plane, b: Plane, amount: float) -> Plane:
    return np.asarray(cv2.addWeighted(a, 1 - amount, b, amount, 0), np.uint8)


def _wiped(a: Plane, b: Plane, amount: float) -> Plane:
    """The new picture comes from the left behind an edge as soft as a twentieth of the width."""
    width = a.shape[1]
    soft = max(1.0, width / 20)
    at = (np.arange(width) + 0.5 - amount * (width + 2 * soft) + soft) / soft
    old = np.clip(at * 0.5 + 0.5, 0, 1).astype(np.float32)[None, :]
    return np.asarray(np.rint(a * old + b * (1 - old)), np.float32).astype(np.uint8)

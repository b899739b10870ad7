"""The stage: what every setting builds its layers on."""

from __future__ import annotations

import math
import zlib
from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from engines.generate.procedural.draw.camera import Camera
from engines.generate.procedural.draw.layers import Layer, Plate
from engines.generate.procedural.draw.sheet import Sheet, to_yuva
from engines.generate.procedural.draw.window import Window, pick
from engines.generate.procedural.spec import SceneSpec

if TYPE_CHECKING:
    from engines.generate.procedural.draw.keeping import Keeper
    from engines.generate.procedural.draw.placing import Ground


class Stage:
    """A scene being built: gives out windows that are just large enough for the camera's path, takes layers far to near."""

    def __init__(self, spec: SceneSpec, width: int, height: int, fine: float = 1.25, only: float | None = None) -> None:
        self.spec, self.light, self.size = spec, spec.light, (width, height)
        self.aspect = width / height
        self.camera = Camera(spec.camera, spec.seconds, self.aspect, spec.horizon, only, spec.loop, spec.parallax)
        self.layers: list[Layer] = []
        self.grade = spec.grade.matrix() @ hue_turned(spec.look_of_it.hue * min(1.0, spec.look_amount))
        self.walkers = False  # whether people walk unless they are told to stand
        self.lamplight = 0.0  # how much of the light on subjects comes from lamps around them
        self.medium = "air"  # what is all around: air, water, space
        self.snowy = spec.weather == "snow" or "winter" in spec.features  # whether snow lies
        self.keeper: Keeper | None = None  # what has painted plates of this scene, or keeps them
        self.placed: set[int] = set()  # which subjects of the scene have found their place
        self.ground: Ground | None = None  # the ground offered last, and how many layers lay behind it
        self.ground_layer = 0
        self.sky_layers = 0  # how many layers the sky is
        self.water: float | None = None  # the far shore of the water offered
        self._fine = 1.0 if self.camera.is_still or height > 1440 else fine

    @property
    def horizon(self) -> float:
        """Height of the horizon, y in scene units."""
        return self.spec.horizon

    @property
    def half_width(self) -> float:
        """Right border of the frame, x in scene units."""
        return self.aspect / 2

    @property
    def overlap(self) -> float:
        """Seconds at the end of a loop in which its beginning comes in over it; 0 without a loop. Then times go below 0."""
        return min(1.0, self.spec.seconds / 3) if self.spec.loop else 0.0

    @property
    def narrow(self) -> float:
        """1 in a wide frame, smaller in a portrait one: multiply sizes of things that must not touch the borders."""
        return min(1.0, 0.42 + 0.4 * self.aspect)

    def seed(self, name: str) -> int:
        """A seed of its own for each named part."""
        return (self.spec.seed * 1_000_003 + zlib.crc32(name.encode())) & 0x7FFFFFFF

    def pick(self, name: str, *key: int) -> float:
        """A number in [0, 1) for a named part."""
        return pick(self.seed(name), *key)

    def rate(self, radians: float) -> float:
        """Radians a second for something that goes round and round: in a loop the nearest that comes to whole turns."""
        if not self.spec.loop or radians == 0:
            return radians
        turns = radians * self.spec.seconds / math.tau
        return math.copysign(max(1, round(abs(turns))), turns) * math.tau / self.spec.seconds

    def has(self, feature: str) -> bool:
        """Whether the words asked for a feature."""
        return feature in self.spec.features

    @property
    def wind(self) -> float:
        """How strongly the wind blows: 1 on a quiet day."""
        blown = {"storm": 2.4, "snow": 1.2, "rain": 1.3, "fog": 0.5}
        return blown.get(self.spec.weather, 1.0) * (0.4 + 0.6 * self.spec.life) * self.spec.wind

    @property
    def breeze(self) -> float:
        """Which way the wind blows in this scene: 1 to the right, -1 to the left."""
        return 1.0 if self.pick("wind") > 0.5 else -1.0

    def window(
        self,
        near: float,
        top: float = -9.0,
        bottom: float = 9.0,
        *,
        upright: bool = True,
        drift: tuple[float, float] = (0.0, 0.0),
        margin: float = 0.0,
        coarse: float = 1.0,
    ) -> Window:
        """The part of a layer that will be seen, between two heights, with room for its own drift."""
        x0, y0, x1, y1 = self.camera.needed(near, upright)
        drift = self._capped(drift)
        before = self.overlap
        for way in (drift[0] * self.spec.seconds, -drift[0] * before):
            x0, x1 = x0 - max(way, 0), x1 - min(way, 0)
        for way in (drift[1] * self.spec.seconds, -drift[1] * before):
            y0, y1 = y0 - max(way, 0), y1 - min(way, 0)
        x0, x1 = x0 - margin, x1 + margin
        y0, y1 = max(y0, top), min(y1, bottom)
        largest = self.camera.largest(near, upright)
        # Where a layer is enlarged on the way, it is fine enough at first as it is; finer it would flicker there.
        fine = max(1.0, self._fine * math.sqrt(self.camera.smallest(near, upright) / largest))
        scale = self.size[1] * min(largest * fine, 2.0) / coarse
        return Window.around(x0, y0, x1, max(y1, y0 + 8 / scale), scale)

    def plate(
        self,
        sheet: Sheet,
        near: float,
        *,
        upright: bool = True,
        drift: tuple[float, float] = (0.0, 0.0),
        sway: Callable[[float], float] | None = None,
        pulse: Callable[[float], float] | None = None,
        fills_width: bool = True,
        graded: bool = True,
    ) -> Plate:
        """Finish a sheet into a layer and put it before all that are there."""
        data = to_yuva(sheet, self.grade, self.spec.seed & 0xFFFF)
        made = Plate(data, sheet.window, near, upright, self._capped(drift), sway, pulse, fills_width)
        self.layers.append(made)
        return made

    def _capped(self, drift: tuple[float, float]) -> tuple[float, float]:
        """A drift that crosses a few frames at most: plates of long films must not grow without end."""
        most = 4.0 / self.spec.seconds
        return (min(most, max(-most, drift[0])), min(most, max(-most, drift[1])))

    def add(self, layer: Layer) -> None:
        """Put a layer before all that are there."""
        self.layers.append(layer)


def hue_turned(degrees: float) -> NDArray[np.float64]:
    """A 4x4 matrix on RGBA that turns all hues and keeps the luma."""
    whole = np.eye(4)
    if degrees:
        angle = math.radians(degrees)
        turn = np.eye(3)
        turn[1:, 1:] = [[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]]
        there = np.array([[0.2126, 0.7152, 0.0722], [-0.1146, -0.3854, 0.5], [0.5, -0.4542, -0.0458]])
        whole[:3, :3] = np.linalg.inv(there) @ turn @ there
    return whole

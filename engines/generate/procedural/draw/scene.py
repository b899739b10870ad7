"""A scene that can be drawn at any moment."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from effects.frame import Frame
from engines.generate.procedural.draw.finish import Finish
from engines.generate.procedural.draw.layers import Canvas, draw_all, frozen
from engines.generate.procedural.draw.settings import (
    abstract,
    city,
    desert,
    forest,
    geometric,
    meadow,
    mountains,
    night_sky,
    road,
    room,
    sea,
    space,
    street,
    underwater,
    village,
)
from engines.generate.procedural.draw.stage import Stage
from engines.generate.procedural.draw.weather import falling_for, flash_at
from engines.generate.procedural.spec import SceneSpec

SETTINGS: Mapping[str, Callable[[Stage], None]] = MappingProxyType(
    {
        "sea": sea.build,
        "mountains": mountains.build,
        "forest": forest.build,
        "city": city.build,
        "street": street.build,
        "space": space.build,
        "night_sky": night_sky.build,
        "abstract": abstract.build,
        "geometric": geometric.build,
        "desert": desert.build,
        "meadow": meadow.build,
        "underwater": underwater.build,
        "room": room.build,
        "village": village.build,
        "road": road.build,
    }
)
"""Setting to the function that furnishes its stage."""


class Scene:
    """A SceneSpec baked for one frame size. Use from one thread; the same spec and size give the same pixels.

    `fine` is how many plate pixels come on a frame pixel. `only` one moment will be drawn: its plates are smaller.
    """

    def __init__(self, spec: SceneSpec, width: int, height: int, fine: float = 1.25, only: float | None = None) -> None:
        self.spec = spec
        stage = Stage(spec, width, height, fine, only)
        SETTINGS[spec.setting](stage)
        self._camera = stage.camera
        self._canvas = Canvas(width, height, stage.camera)
        self._layers = stage.layers
        if stage.camera.is_still:
            self._layers = frozen(stage.layers, self._canvas, stage.camera.view(0.0))
        grade = spec.grade
        self._finish = Finish(width, height, stage.seed("grain"), grade.grain, grade.vignette, falling_for(stage))

    def frame(self, index: int, seconds: float) -> Frame:
        """The picture at a time from the start; `index` chooses the grain."""
        draw_all(self._layers, self._canvas, self._camera.view(seconds), seconds)
        return self._finish.frame(self._canvas, index, seconds, flash_at(self.spec, seconds))

"""A scene that can be drawn at any moment."""

from __future__ import annotations

from effects.frame import Frame
from engines.generate.procedural.draw.finish import Finish
from engines.generate.procedural.draw.layers import Canvas, draw_all, frozen
from engines.generate.procedural.draw.setting import settings
from engines.generate.procedural.draw.stage import Stage
from engines.generate.procedural.draw.weather import falling_for, flash_at
from engines.generate.procedural.spec import SceneSpec


class Scene:
    """A SceneSpec baked for one frame size. Use from one thread; the same spec and size give the same pixels.

    `fine` is how many plate pixels come on a frame pixel. `only` one moment will be drawn: its plates are smaller.
    """

    def __init__(self, spec: SceneSpec, width: int, height: int, fine: float = 1.25, only: float | None = None) -> None:
        self.spec = spec
        stage = Stage(spec, width, height, fine, only)
        settings()[spec.setting].build(stage)
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

"""A scene that can be drawn at any moment."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np

from effects.frame import Frame
from engines.generate.procedural.draw.camera import Camera
from engines.generate.procedural.draw.cast import own_lights, place_rest
from engines.generate.procedural.draw.finish import Finish
from engines.generate.procedural.draw.focus import defocus
from engines.generate.procedural.draw.keeping import Keeper
from engines.generate.procedural.draw.layers import Bytes, Canvas, Layer, draw_all, frozen
from engines.generate.procedural.draw.setting import settings
from engines.generate.procedural.draw.shafts import add_shafts
from engines.generate.procedural.draw.stage import Stage
from engines.generate.procedural.draw.styled import style
from engines.generate.procedural.draw.weather import add_weather, falling_for, flash_at
from engines.generate.procedural.spec import SceneSpec

_SHUTTER = 1 / 48
"""Seconds that a picture is exposed: what a whipping camera smears."""
_ON_TWOS = 12


class Scene:
    """A SceneSpec baked for one frame size. Use from one thread; the same spec and size give the same pixels.

    A frame depends on its time alone, not on what was drawn before: any part of a film can be drawn by itself. `fine` is how
    many plate pixels come on a frame pixel. `only` one moment will be drawn: its plates are smaller.
    `canvas` makes what it is drawn on; without it that is the processor's own. `keep_in` is a folder for painted plates.
    """

    def __init__(
        self,
        spec: SceneSpec,
        width: int,
        height: int,
        fine: float = 1.25,
        only: float | None = None,
        canvas: Callable[[int, int, Camera], Canvas] = Canvas,
        keep_in: Path | None = None,
    ) -> None:
        self.spec, self._size = spec, (width, height)
        stage = furnished(spec, width, height, fine, only, keep_in)
        self._camera, self._overlap = stage.camera, stage.overlap
        self._canvas = canvas(*stage.camera.canvas_size(width, height), stage.camera)
        self._layers: list[Layer] = stage.layers
        if stage.camera.is_still and not self._canvas.is_gpu:
            self._layers = frozen(stage.layers, self._canvas, stage.camera.view(0.0))
        falling = falling_for(stage)
        if spec.loop:
            falling = tuple(fall.looped(spec.seconds) for fall in falling)
        look = spec.look_of_it
        self._hold = spec.pictures
        self._finish = Finish(width, height, stage.seed("grain"), spec.grade, look, spec.look_amount, falling)
        self._last: tuple[float, float] | None = None

    def frame(self, index: int, seconds: float) -> Frame:
        """The picture at a time from the start; `index` chooses the grain."""
        held, drawn = seconds, index
        if self._hold and self._hold < self.spec.rate:
            drawn = int(seconds * self._hold + 1e-6)
            held = drawn / self._hold
        # Drawn on twos the camera goes on in every frame; what is moved by hand stands still with it.
        picture = self._picture(seconds if self._hold >= _ON_TWOS else held, held)
        return self._finish.frame(picture, index, held, flash_at(self.spec, held), drawn=drawn)

    def _picture(self, camera: float, world: float) -> Bytes:
        """The canvas at a moment of the camera and of the world; near the end of a loop its beginning comes in over it."""
        since = camera - (self.spec.seconds - self._overlap)
        if not self._overlap or since <= 0:
            return self._at(camera, world)
        part = min(1.0, since / self._overlap)
        share = part * part * (3 - 2 * part)
        early = self._at(camera - self.spec.seconds, world - self.spec.seconds).copy()
        return np.asarray(cv2.addWeighted(self._at(camera, world), 1 - share, early, share, 0), np.uint8)

    def _at(self, camera: float, world: float) -> Bytes:
        view = self._camera.view(camera)
        moment = (0.0 if self._camera.is_still else camera, world)
        if moment != self._last:
            draw_all(self._layers, self._canvas, view, self.spec.clock(world) if world >= 0 else world)
            self._last = moment
        picture = self._canvas.picture
        smear = self._smear(camera)
        if smear > 1:
            picture = np.asarray(cv2.blur(picture, (smear, 1), borderType=cv2.BORDER_REPLICATE), np.uint8)
        if self._camera.turns:
            picture = turned(picture, view.turn, self._size)
        return picture

    def _smear(self, seconds: float) -> int:
        if self._camera.path.motion != "whip_pan":
            return 0
        a, b = (self._camera.view(seconds + step).pan_x for step in (-_SHUTTER / 2, _SHUTTER / 2))
        return int(abs(b - a) * self._size[1]) // 2 * 2 + 1


def furnished(
    spec: SceneSpec,
    width: int,
    height: int,
    fine: float = 1.25,
    only: float | None = None,
    keep_in: Path | None = None,
) -> Stage:
    """The stage of a scene with all its layers, ready to be drawn; painted plates are kept in the folder `keep_in`."""
    stage = Stage(spec, width, height, fine, only)
    if only is None:
        stage.keeper = Keeper.of(keep_in, spec, width, height, fine)
    own_lights(stage)
    settings()[spec.setting].build(stage)
    add_weather(stage)
    place_rest(stage)
    if stage.keeper is not None:
        stage.keeper.finish()
        stage.keeper = None
    add_shafts(stage, spec.shafts)
    style(stage)
    defocus(stage.layers, spec.depth_of_field, spec.focus, height)
    return stage


def turned(picture: Bytes, angle: float, size: tuple[int, int]) -> Bytes:
    """The middle of a picture, `size` large, turned clockwise by `angle` (radians)."""
    height, width = picture.shape[:2]
    cos, sin = float(np.cos(angle)), float(np.sin(angle))
    cx, cy, ox, oy = (width - 1) / 2, (height - 1) / 2, (size[0] - 1) / 2, (size[1] - 1) / 2
    move = np.array([[cos, -sin, ox - cos * cx + sin * cy], [sin, cos, oy - sin * cx - cos * cy]])
    return np.asarray(
        cv2.warpAffine(picture, move, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE), np.uint8
    )

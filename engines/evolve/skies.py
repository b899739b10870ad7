"""Skies to stand above footage: painted by the embedded engine for a time of day and a weather, moved with the camera."""

from __future__ import annotations

import cv2
import numpy as np

from effects.filtering import gaussian
from engines.evolve.base import SourceClip
from engines.evolve.camera_way import CameraWay
from engines.evolve.clip_maps import ClipMaps, spread
from engines.evolve.deep import Deep, enlarged, mixed
from engines.generate.procedural.draw.layers import Canvas, draw_all
from engines.generate.procedural.draw.sky import add_clouds, add_sky
from engines.generate.procedural.draw.stage import Stage
from engines.generate.procedural.scene.parts import Sky
from engines.generate.procedural.spec import SceneSpec

ROOM = 1.35
"""How much larger than the picture a sky is painted: a camera that pans looks at another part of it."""
_LARGEST = 960
"""Pixels across in which it is painted at most: a sky is soft."""
_KEPT_CLOUDS = 0.55
"""Of the footage's own clouds, in what replaces them."""


def scene_for(
    size: tuple[int, int],
    *,
    time: str,
    weather: str,
    seed: int,
    horizon: float = 0.1,
    sun_x: float = 0.2,
    seconds: float = 5.0,
    amount: float = 1.0,
    stars: float = 1.0,
    disc: float = 1.0,
    setting: str = "meadow",
) -> SceneSpec:
    """A scene of the embedded engine of which only sky, light and weather are wanted."""
    return SceneSpec(
        setting,
        time=time,
        weather=weather,
        weather_amount=amount,
        horizon=min(0.45, max(-0.45, horizon)),
        sun_x=sun_x,
        seconds=max(seconds, 0.04),
        width=size[0],
        height=size[1],
        seed=seed,
        sky=Sky(stars=stars, sun_size=disc),
    )


class PaintedSky:
    """A sky over a clip. `over` lays it above the estimated skyline; `share` of the clip is found to be sky."""

    def __init__(self, clip: SourceClip, maps: ClipMaps, way: CameraWay, spec: SceneSpec) -> None:
        self._clip, self._maps, self._way = clip, maps, way
        still = maps.still("sky")
        self.share = float(still.mean())
        """How much of the picture is sky, 0..1."""
        self._painted = _painted(clip.size, spec) if self.share > 0.002 else None

    def over(self, deep: Deep, index: int, amount: float, brightness: float = 1.0) -> Deep:
        """`amount` (0..1) of the painted sky where the clip's frame `index` shows sky; some of its own clouds stay."""
        if self._painted is None or amount <= 0:
            return deep
        matte = self._maps.sky_matte(index)
        painted = self._seen(index)
        own = self._maps.small(index)[0]
        soft = gaussian(own, own.shape[1] * 0.08)
        ratio = np.clip((own + np.float32(0.05)) / (soft + np.float32(0.05)), 0.78, 1.3)
        ratio = 1 + (ratio - 1) * np.float32(_KEPT_CLOUDS)
        y = cv2.multiply(painted.y, enlarged(np.asarray(ratio * np.float32(brightness), np.float32), painted.y.shape))
        new = Deep(np.asarray(y, np.float32), painted.u * np.float32(brightness), painted.v * np.float32(brightness))
        return mixed(deep, new, matte * np.float32(amount))

    def _seen(self, index: int) -> Deep:
        """The part of the painted sky that the camera looks at."""
        assert self._painted is not None  # noqa: S101 - for the type checker
        width, height = self._clip.size
        x, y = self._way.at(index)
        grow = self._painted.y.shape[1] / (width * ROOM)
        # The painted sky is larger on all sides: its middle is the picture's where the shot begins.
        left = (ROOM - 1) / 2 * width - x * width
        top = (ROOM - 1) / 2 * height - y * height
        planes = []
        for plane, step in ((self._painted.y, 1), (self._painted.u, 2), (self._painted.v, 2)):
            by = grow * step
            move = np.array([[by, 0, left * grow + by / 2 - 0.5], [0, by, top * grow + by / 2 - 0.5]])
            size = (width // step, height // step)
            flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
            planes.append(
                np.asarray(cv2.warpAffine(plane, move, size, flags=flags, borderMode=cv2.BORDER_REFLECT), np.float32)
            )
        return Deep(*planes)


def horizon_of(maps: ClipMaps) -> float:
    """Where the sky ends, from the middle of the picture down in its heights; 0.1 where no sky was found."""
    still = maps.still("sky")
    if float(still.mean()) < 0.01:
        return 0.1
    rows = still.max(axis=1) if float(still.mean()) < 0.06 else np.percentile(still, 75, axis=1)
    ends = np.flatnonzero(rows > 0.5)
    # Houses and woods hide the horizon: it is not up there where the sky ends.
    return max(0.0, float((ends[-1] + 1) / len(rows) - 0.5)) if len(ends) else 0.1


def _painted(size: tuple[int, int], spec: SceneSpec) -> Deep:
    """The engine's sky, clouds and stars, as they are at one moment, in float."""
    shrink = min(1.0, _LARGEST / (size[0] * ROOM))
    width = max(32, round(size[0] * ROOM * shrink / 2) * 2)
    height = max(32, round(width * size[1] / size[0] / 2) * 2)
    stage = Stage(spec, width, height, fine=1.0, only=0.0)
    add_sky(stage)
    add_clouds(stage)
    canvas = Canvas(width, height, stage.camera)
    draw_all(stage.layers, canvas, stage.camera.view(0.0), 0.0)
    y, u, v = (np.asarray(canvas.picture[..., i], np.float32) for i in range(3))
    # What was painted in 8 bits is softened a little: its own steps must not show in a slow slope.
    return Deep(
        np.asarray(cv2.GaussianBlur((y - 16) / np.float32(219), (0, 0), 0.6), np.float32),
        np.asarray(cv2.GaussianBlur((u - 128) / np.float32(224), (0, 0), 1.5), np.float32),
        np.asarray(cv2.GaussianBlur((v - 128) / np.float32(224), (0, 0), 1.5), np.float32),
    )


def ground_luma(maps: ClipMaps, clip: SourceClip) -> float:
    """Mean level (display, 0..1) of what is not sky, over the clip."""
    values = []
    for index in spread(clip.count, 5):
        y = maps.small(index)[0]
        rest = 1 - maps.still("sky", 3)
        values.append(float((y * rest).sum() / max(float(rest.sum()), 1e-3)))
    return float(np.mean(values))

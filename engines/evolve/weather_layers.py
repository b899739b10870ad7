"""The embedded engine's rain and snow over footage: farther layers behind what is near, all of them going with the camera."""

from __future__ import annotations

import cv2
import numpy as np

from effects.seeds import stream
from engines.evolve.base import SourceClip
from engines.evolve.camera_way import CameraWay
from engines.evolve.clip_maps import ClipMaps
from engines.evolve.deep import Deep, Field, enlarged
from engines.generate.procedural.draw.finish import Falling
from engines.generate.procedural.draw.stage import Stage
from engines.generate.procedural.draw.weather import falling_for
from engines.generate.procedural.spec import SceneSpec
from timeline.time import ZERO

_FARTHEST = 0.42
"""How near a thing must be to hide the farthest layer; each nearer layer needs more, the nearest falls before everything."""
_ALONG = (0.35, 0.9)
"""How far the farthest and the nearest layer go along with the picture when the camera turns."""


class FallingOver:
    """What falls in a scene, over a clip of any size."""

    def __init__(self, clip: SourceClip, maps: ClipMaps, way: CameraWay, spec: SceneSpec, strength: float) -> None:
        self._clip, self._maps, self._way, self._strength = clip, maps, way, strength
        width, height = clip.size
        self._layers = falling_for(Stage(spec, width, height, fine=1.0, only=0.0))

    def over(self, deep: Deep, index: int) -> Deep:
        """The picture with what falls at frame `index`; luma alone is lightened, what is white already stays."""
        if not self._layers:
            return deep
        seconds = float(index / self._clip.rate)
        x, y = self._way.at(index)
        near = self._maps.near(index)
        total: Field | None = None
        for number, layer in enumerate(self._layers):
            share = number / max(1, len(self._layers) - 1)
            along = _ALONG[0] + (_ALONG[1] - _ALONG[0]) * share
            shown = fallen(layer, self._clip.size, seconds, (x * along, y * along))
            if share < 1:
                level = _FARTHEST + (1.05 - _FARTHEST) * share
                hidden = np.clip((near - np.float32(level - 0.12)) / np.float32(0.24), 0, 1)
                open_ = enlarged(np.asarray(1 - hidden, np.float32), shown.shape)
                shown = np.asarray(cv2.multiply(shown, open_), np.float32)
            total = shown if total is None else np.asarray(cv2.add(total, shown), np.float32)
        assert total is not None  # noqa: S101 - for the type checker
        # Against a bright sky drops are seen darker, if at all; against dark ground as light.
        room = cv2.subtract(0.95, deep.y)  # type: ignore[call-overload]
        light = cv2.multiply(total, room, scale=self._strength * _VISIBLE)
        return Deep(np.asarray(cv2.add(deep.y, light), np.float32), deep.u, deep.v)


_VISIBLE = 2.1
"""The engine's layers are made for its own dark scenes; footage is brighter."""


def fallen(layer: Falling, size: tuple[int, int], seconds: float, moved: tuple[float, float]) -> Field:
    """The layer's tile as it lies over the picture at a moment, 0..1."""
    width, height = size
    tile = layer.tile
    side = tile.shape[0]
    fallen = (layer.offset + seconds * layer.speed) * side
    sideways = fallen * layer.slant + layer.wobble * side * np.sin(seconds * layer.wobble_rate + layer.offset * 7)
    shift = (int(fallen + moved[1] * height) % side, int(sideways + moved[0] * width) % side)
    rolled = np.roll(tile, shift, (0, 1))
    across, down = -(-width // side), -(-height // side)
    wide = np.tile(rolled, (down, across))[:height, :width] if (across, down) != (1, 1) else rolled[:height, :width]
    return np.asarray(wide, np.float32) * np.float32(1 / 219)


class FogBanks:
    """Drifting unevenness of fog, 0.6 to 1.4 about 1: two sheets of noise that pass each other."""

    def __init__(self, seed: int, way: CameraWay, clip: SourceClip) -> None:
        rng = stream(seed, "fog", ZERO)
        self._sheets = [_cloudy(rng) for _ in range(2)]
        self._way, self._clip = way, clip

    def at(self, index: int, shape: tuple[int, ...]) -> Field:
        """The map for a frame, of a small map's `shape`."""
        seconds = float(index / self._clip.rate)
        x, y = self._way.at(index)
        total = np.zeros(shape[:2], np.float32)
        for number, sheet in enumerate(self._sheets):
            drift = (0.03 + 0.02 * number) * seconds * (1 if number else -1)
            side = sheet.shape[0]
            grow = side / 2 / shape[1]
            left, top = ((drift - x) * shape[1] * grow) % side, (-y * shape[0] * grow) % side
            move = np.array([[grow, 0, left], [0, grow * 1.6, top]])
            flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
            total += np.asarray(
                cv2.warpAffine(sheet, move, (shape[1], shape[0]), flags=flags, borderMode=cv2.BORDER_WRAP), np.float32
            )
        return np.asarray(1 + 0.4 * np.clip(total, -1, 1), np.float32)


def _cloudy(rng: np.random.Generator) -> Field:
    """(256, 256) noise of about -0.5..0.5 whose borders join."""
    total = np.zeros((256, 256), np.float32)
    for cells, weight in ((4, 1.0), (8, 0.5), (16, 0.25)):
        coarse = rng.random((cells, cells)).astype(np.float32) - np.float32(0.5)
        around = np.pad(coarse, 2, mode="wrap")
        step = 256 // cells
        large = cv2.resize(around, None, fx=step, fy=step, interpolation=cv2.INTER_CUBIC)
        total += np.float32(weight) * large[2 * step : 2 * step + 256, 2 * step : 2 * step + 256]
    return total

"""Rays of light through haze: what is bright, drawn out away from a source (a radial blur), and a fan where nothing is bright."""

from __future__ import annotations

import cv2
import numpy as np

from engines.evolve.base import SourceClip
from engines.evolve.camera_way import CameraWay
from engines.evolve.clip_maps import ClipMaps
from engines.evolve.deep import Field
from engines.generate.procedural.draw.window import noise_at

_STEPS = 5
"""Each step draws everything twice as far out."""
_ABOVE = -0.12
"""The source stands above the picture where no bright sky tells otherwise, in its heights."""


class RaysOfLight:
    """Rays over a clip, anchored in the scene. `side` -1 or 1 is where they come from, `turn` 0..1 makes another fan."""

    def __init__(self, clip: SourceClip, maps: ClipMaps, way: CameraWay, side: float, turn: float) -> None:
        self._clip, self._maps, self._way, self._turn = clip, maps, way, turn
        self._source = self._found(side)

    def at(self, index: int) -> Field:
        """How much light is in the air at frame `index`, 0..1, (h, w) small."""
        y = self._maps.small(index)[0]
        height, width = y.shape
        moved = self._way.at(index)
        source = ((self._source[0] + moved[0]) * width, (self._source[1] + moved[1]) * height)
        bright = np.clip((y - np.float32(0.62)) / np.float32(0.3), 0, 1)
        # Near things stand in the light's way; nothing near shines through the haze behind it.
        bright = bright * (1 - self._maps.near(index)) + np.float32(0.5) * self._maps.sky(index) * bright
        drawn = np.asarray(cv2.GaussianBlur(bright, (0, 0), width * 0.004), np.float32)
        for step in range(_STEPS):
            near = 1 - 0.42 * 2.0 ** -(step + 1)
            move = np.array([[near, 0, source[0] * (1 - near)], [0, near, source[1] * (1 - near)]])
            flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
            out = cv2.warpAffine(drawn, move, (width, height), flags=flags, borderMode=cv2.BORDER_REPLICATE)
            drawn = np.asarray(0.5 * (drawn + out), np.float32)
        return self._shaped(drawn, source, float(index / self._clip.rate))

    def _shaped(self, drawn: Field, source: tuple[float, float], seconds: float) -> Field:
        height, width = drawn.shape
        xs = np.arange(width, dtype=np.float32)[None, :] - np.float32(source[0])
        ys = np.arange(height, dtype=np.float32)[:, None] - np.float32(source[1])
        angle = np.arctan2(xs, ys)
        seed = int(self._turn * 9973)
        fan = noise_at(angle + np.float32(0.012 * seconds), 7.0, seed, 2) * 0.6
        fan = fan + noise_at(angle - np.float32(0.02 * seconds), 19.0, seed + 1, 2) * 0.4
        fan = np.clip((fan - np.float32(0.38)) / np.float32(0.34), 0, 1)
        away = np.sqrt(xs * xs + ys * ys) / np.float32(width)
        fall = np.exp(-((away / np.float32(0.75)) ** 2))
        made = (0.75 * drawn * (0.45 + 0.75 * fan) + 0.34 * fan) * fall
        return np.asarray(cv2.GaussianBlur(np.asarray(made, np.float32), (0, 0), 1.2), np.float32)

    def _found(self, side: float) -> tuple[float, float]:
        """In the brightest part of the sky if there is much of one, else above the upper corner."""
        sky = self._maps.still("sky", 3)
        if float(sky.mean()) < 0.08:
            return (0.5 + 0.42 * side, _ABOVE)
        y = cv2.GaussianBlur(self._maps.small(self._clip.count // 2)[0], (0, 0), sky.shape[1] * 0.05)
        place = int(np.argmax(y * sky + np.float32(0.05 * side) * np.linspace(-1, 1, sky.shape[1], dtype=np.float32)))
        column = place % sky.shape[1]
        # A source within the picture would make a star of its rays.
        return ((column + 0.5) / sky.shape[1] * 1.2 - 0.1, _ABOVE - 0.1)

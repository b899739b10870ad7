"""A film from one picture: it begins as the picture itself, then the camera moves through its guessed depth.

Near parts travel farther than far ones, light breathes over it, and rain, snow or fog come when the words ask for them.
"""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np

from effects.frame import Frame
from engines.generate.procedural.draw.camera import Camera, View
from engines.generate.procedural.draw.depth import guessed_depth
from engines.generate.procedural.draw.finish import Finish
from engines.generate.procedural.draw.layers import Bytes, Canvas
from engines.generate.procedural.draw.stage import Stage
from engines.generate.procedural.draw.weather import falling_for, flash_at
from engines.generate.procedural.draw.window import Field, Window, noise
from engines.generate.procedural.scene.looks import LOOKS
from engines.generate.procedural.spec import SceneSpec
from engines.media.probe import probe
from engines.media.reader import open_video
from timeline.time import ZERO

_MIDDLE = 0.45
"""The depth that stands still while the rest shifts about it."""
_OUTWARD = 0.4
"""Of a way that leads out of the picture: there is nothing beyond its border but its own mirror image."""
_TURNED = 0.4
"""Of a turn: the corners come from within the picture, so that a whole one would show little of it."""
_ARRIVES_SECONDS = 0.8
"""What falls over the picture comes by and by: the first frame is the picture."""


class ReferenceScene:
    """A picture (or the first frame of a film) that fills the frame at all times, its own proportions kept.

    Use from one thread. Raises MediaError for what cannot be read.
    """

    def __init__(self, spec: SceneSpec, path: Path, width: int, height: int) -> None:
        self.spec = spec
        stage = Stage(spec, width, height)
        self._camera = Camera(spec.camera, spec.seconds, width / height, 0.0, loop=spec.loop, depth=spec.parallax)
        self._aspect = width / height
        self._canvas = Canvas(width, height, self._camera)
        self._picture = _covering(_packed(path), width, height)
        luma, u, v = (np.ascontiguousarray(self._picture[..., i]) for i in range(3))
        # Counted from what stands still, so that half of the parallax goes either way.
        self._near = guessed_depth(luma, u, v) - np.float32(_MIDDLE)
        self._xs = np.arange(width, dtype=np.float32)[None, :] + np.zeros((height, 1), np.float32)
        self._ys = np.arange(height, dtype=np.float32)[:, None] + np.zeros((1, width), np.float32)
        self._start = self._camera.view(0.0)
        self._light = _light(luma)
        self._fog = _fog(stage) if spec.weather == "fog" else None
        grade = replace(spec.grade, grain=0.0, vignette=0.0)
        self._finish = Finish(width, height, spec.seed & 0xFFFF, grade, LOOKS["natural"], 0.0, falling_for(stage))

    def frame(self, index: int, seconds: float) -> Frame:
        """The picture at a time from the start."""
        self._move(self._camera.view(seconds))
        part = 1.0 if self.spec.loop else min(1.0, max(0.0, seconds / _ARRIVES_SECONDS))
        arrived = part * part * (3 - 2 * part)
        if self._fog is not None and arrived:
            self._drift(seconds, arrived)
        self._breathe(seconds)
        return self._finish.frame(self._canvas.data, index, seconds, flash_at(self.spec, seconds) * arrived, arrived)

    def _move(self, view: View) -> None:
        """Sample the picture where the camera sees it: the lens as a whole, travel by depth."""
        start, height = self._start, self._canvas.height
        grown = view.zoom / start.zoom
        travel = (1 + view.dolly) / (1 + start.dolly) - 1
        pan = np.array([view.pan_x - start.pan_x, view.pan_y - start.pan_y])
        shift = np.array([view.truck - start.truck, start.rise - view.rise])
        if grown < 1:
            grown = 1 - (1 - grown) * _OUTWARD
        if travel < 0:
            travel *= _OUTWARD
        pan, shift = pan * 0.6, shift * 0.18
        # As much closer as keeps the borders out of sight.
        half = np.array([self._aspect / 2, 0.5])
        out = np.abs(pan) + np.abs(shift) * 0.5
        angle = view.roll - start.roll + (view.turn - start.turn) * _TURNED
        grown *= (1 + float((out / half).max())) * (math.cos(angle) + self._aspect * abs(math.sin(angle)))
        cos, sin = math.cos(angle) / grown, math.sin(angle) / grown
        cx, cy = (self._canvas.width - 1) / 2, (height - 1) / 2
        px, py = pan * height
        x0, y0 = cx - cos * (cx + px) - sin * (cy + py), cy + sin * (cx + px) - cos * (cy + py)
        at_x = cv2.addWeighted(self._xs, cos, self._near, float(shift[0]) * height, x0)
        at_y = cv2.addWeighted(self._ys, cos, self._near, float(shift[1]) * height, y0)
        if sin:
            at_x = cv2.scaleAdd(self._ys, sin, at_x)
            at_y = cv2.scaleAdd(self._xs, -sin, at_y)
        if travel:
            # Travel enlarges the near more than the far.
            amount = -travel * 0.5
            at_x = cv2.add(at_x, cv2.multiply(self._near + np.float32(_MIDDLE), at_x - np.float32(cx), scale=amount))
            at_y = cv2.add(at_y, cv2.multiply(self._near + np.float32(_MIDDLE), at_y - np.float32(cy), scale=amount))
        cv2.remap(self._picture, at_x, at_y, cv2.INTER_LINEAR, dst=self._canvas.data, borderMode=cv2.BORDER_REFLECT_101)

    def _breathe(self, seconds: float) -> None:
        """Light that swells and fades a little, more where the picture is bright; none at the start."""
        period = 5.2
        if self.spec.loop:
            period = self.spec.seconds / max(1, round(self.spec.seconds / period))
        swell = 0.055 * self.spec.life * math.sin(math.tau * seconds / period)
        if abs(swell) < 1e-4:
            return
        luma = cv2.extractChannel(self._canvas.data, 0)
        lit = cv2.multiply(luma, self._light, scale=abs(swell) / 255)
        changed = cv2.add(luma, lit) if swell > 0 else cv2.subtract(luma, lit)
        cv2.insertChannel(changed, self._canvas.data, 0)

    def _drift(self, seconds: float, arrived: float) -> None:
        assert self._fog is not None  # noqa: S101 - for the type checker
        height, width = self._canvas.height, self._canvas.width
        way = int(seconds * 0.03 * self.spec.life * height) % width
        part = self._fog[:, way : way + width]
        alpha = cv2.convertScaleAbs(part, alpha=arrived)
        luma = cv2.extractChannel(self._canvas.data, 0)
        kept = cv2.multiply(luma, cv2.bitwise_not(alpha), scale=1 / 255)
        cv2.insertChannel(cv2.add(kept, cv2.convertScaleAbs(alpha, alpha=0.8)), self._canvas.data, 0)


def _covering(picture: Bytes, width: int, height: int) -> Bytes:
    """The middle of a picture at exactly the frame's size: cut where its proportions differ, never stretched."""
    tall, wide = picture.shape[:2]
    scale = max(width / wide, height / tall)
    keep_w, keep_h = min(wide, round(width / scale)), min(tall, round(height / scale))
    x, y = (wide - keep_w) // 2, (tall - keep_h) // 2
    cut = picture[y : y + keep_h, x : x + keep_w]
    if cut.shape[:2] == (height, width):
        return np.ascontiguousarray(cut)
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    return np.ascontiguousarray(cv2.resize(cut, (width, height), interpolation=how), np.uint8)


def _light(luma: Bytes) -> Bytes:
    """Where light breathes most: round what is bright, as 0..255."""
    small = cv2.resize(luma, (64, 36), interpolation=cv2.INTER_AREA).astype(np.float32)
    soft = cv2.GaussianBlur(small, (0, 0), 5.0)
    low, high = float(soft.min()), float(soft.max())
    spread = 90 + 165 * (soft - low) / max(1.0, high - low)
    large = cv2.resize(spread, (luma.shape[1], luma.shape[0]), interpolation=cv2.INTER_LINEAR)
    return np.clip(large, 0, 255).astype(np.uint8)


def _fog(stage: Stage) -> Bytes:
    """Banks of fog twice as wide as the frame, the same at both ends, thicker below; opacity as 0..255."""
    width, height = stage.size
    window = Window(0.0, -0.5, max(4, width // 4), max(4, height // 4), height / 4)
    body = noise(window, 1.3, 3.2, stage.seed("fog"), 4)
    across = np.linspace(0, 1, window.width, dtype=np.float32)[None, :]
    # Blended with itself so that its right border meets its left.
    body = body * (1 - across) + np.roll(body, window.width // 2, axis=1) * across
    fade = 0.25 + 0.75 * np.linspace(0, 1, window.height, dtype=np.float32)[:, None]
    alpha: Field = np.clip((body - 0.25) * 1.3, 0, 1) * fade * 190
    large = cv2.resize(alpha.astype(np.float32), (width, height), interpolation=cv2.INTER_LINEAR)
    return np.tile(np.clip(large, 0, 255).astype(np.uint8), (1, 2))


def _packed(path: Path) -> Bytes:
    """The first frame of a file as YUVA bytes at full chroma, over black where it is clear. Raises MediaError."""
    media = probe(str(path))
    reader = open_video(media)
    try:
        frame = reader.frame_at(ZERO)
    finally:
        reader.close()
    luma, u, v = frame.planes[:3]
    size = (luma.shape[1], luma.shape[0])
    planes = [luma, *(cv2.resize(plane, size, interpolation=cv2.INTER_LINEAR) for plane in (u, v))]
    alpha = frame.alpha
    if alpha is not None:
        planes = [
            np.rint(neutral + (plane.astype(np.float32) - neutral) * (alpha / np.float32(255))).astype(np.uint8)
            for plane, neutral in zip(planes, (16, 128, 128), strict=True)
        ]
    return np.asarray(cv2.merge([*planes, np.full_like(luma, 255)]), np.uint8)

"""Flowing colour: low waves bent by low waves, lit like silk."""

from __future__ import annotations

import math

import cv2
import numpy as np
from numpy.typing import NDArray

from engines.generate.procedural.draw.camera import View, inverse
from engines.generate.procedural.draw.layers import Bytes, Canvas, Layer
from engines.generate.procedural.draw.setting import Setting, listed
from engines.generate.procedural.draw.sheet import Sheet, to_yuva
from engines.generate.procedural.draw.stage import Stage
from engines.generate.procedural.draw.window import Field, Window, hash01, smoothstep
from engines.generate.procedural.palette import Colour, colour, lift, mix, ramp

_SCHEMES = (
    "1B1440 4A2A8A B03A8E F0706A FFC27A FFF3D6",
    "06283A 0E5A6E 1FA0A0 7AD8C0 F2F0C8 FFC98A",
    "14213D 2C4A8A 6E7BD0 C8A0E0 FFC8D8 FFF4E8",
    "2A0E1E 7A1E3A D8453A FF8A3C FFD072 FFF6DA",
)


def scheme_of(stage: Stage) -> tuple[Colour, ...]:
    """The palette of the words, else one by the mood and the seed; darker by night."""
    own = stage.spec.palette_stops
    if own:
        stops = (*own, mix(own[-1], (1, 1, 1), 0.45))
    else:
        stops = tuple(colour(code) for code in _SCHEMES[int(stage.pick("scheme") * len(_SCHEMES))].split())
    shift = {"night": -0.16, "dusk": -0.07, "day": 0.0, "morning": 0.03}.get(stage.spec.time, 0.0)
    return tuple(lift(stop, shift) for stop in stops)


def along(x: Field, y: Field, way: str) -> Field:
    """How far a place lies along a way (horizontal, vertical, radial; angled and diagonal: across both), in frame heights."""
    if way == "horizontal":
        return x + np.float32(0) * y
    if way == "radial":
        return np.asarray(np.sqrt(x * x + y * y), np.float32)
    if way in ("angled", "diagonal"):
        return np.asarray((x + y) * np.float32(0.72), np.float32)
    return y + np.float32(0) * x


def colour_index(value: Field) -> NDArray[np.uint16]:
    """Place in the table of 1024 colours. The modulo of a float just below 0 rounds up to 1024 itself: that is 0 again."""
    return np.mod(value * 230 + 60, 1024).astype(np.uint16) & np.uint16(1023)


class Silk(Layer):
    """The whole picture, computed anew for each frame at a quarter of the size; smooth, so nothing is lost."""

    is_still = False

    def __init__(self, stage: Stage, stops: tuple[Colour, ...]) -> None:
        self._life = 0.22 * stage.spec.life
        self._gradient, self._way = stage.spec.gradient, stage.spec.direction
        self._rolls = stage.spec.motion == "wave"
        seed = stage.seed("silk")
        self._waves: list[tuple[float, float, float, float]] = []
        for i in range(10):
            a, b, c = (float(hash01(i, k, seed)) for k in range(3))
            angle = 2 * math.pi * (i / 10 + 0.08 * a)
            k = (1.5, 1.9, 2.4, 3.0, 3.7, 2.1, 2.9, 1.2, 4.6, 5.6)[i]
            self._waves.append(
                (math.cos(angle) * k, math.sin(angle) * k, b * 6.28, (0.7 + 0.6 * c) * (1 if i % 2 else -1))
            )
        table = ramp((*stops, *stops[-2:0:-1], stops[0]), 1024)
        window = Window(0, 0, 1024, 1, 1024)
        bright = Sheet(window, np.concatenate([table, np.ones((1024, 1), np.float32)], axis=1)[None])
        self._table: Bytes = to_yuva(bright, stage.grade)
        self._sharp = 4

    def draw(self, canvas: Canvas, view: View, seconds: float, hidden_from: int) -> None:
        """Compute and enlarge."""
        width, height = canvas.width // self._sharp + 2, canvas.height // self._sharp + 2
        back = inverse(canvas.camera.matrix(view, 0.55))
        px = ((np.arange(width, dtype=np.float32) + 0.5) * self._sharp / canvas.height - canvas.camera.aspect / 2)[
            None, :
        ]
        py = ((np.arange(height, dtype=np.float32) + 0.5) * self._sharp / canvas.height - 0.5)[:, None]
        x = (back[0, 0] * px + back[0, 1] * py + back[0, 2]).astype(np.float32)
        y = (back[1, 0] * px + back[1, 1] * py + back[1, 2]).astype(np.float32)
        value = self._led(self._field(x, y, seconds), x, y, seconds)
        gx, gy = cv2.Sobel(value, cv2.CV_32F, 1, 0, scale=0.125), cv2.Sobel(value, cv2.CV_32F, 0, 1, scale=0.125)
        k = np.float32(height / 5.0)
        normal = 1 / np.sqrt(1 + (gx * gx + gy * gy) * k * k)
        facing = (-gx * np.float32(0.55) - gy * np.float32(0.75)) * k * normal
        picture = self._table[0][colour_index(value)]
        shade = np.clip(0.84 + 0.3 * facing, 0.5, 1.12)
        gleam = smoothstep(0.55, 0.98, facing) * np.float32(70)
        luma = np.clip((picture[..., 0].astype(np.float32) - 16) * shade + 16 + gleam, 16, 235)
        picture[..., 0] = luma.astype(np.uint8)
        large = cv2.resize(picture, (width * self._sharp, height * self._sharp), interpolation=cv2.INTER_CUBIC)
        canvas.data[:] = large[: canvas.height, : canvas.width]

    def _field(self, x: Field, y: Field, seconds: float) -> Field:
        """Waves bent by waves, twice."""
        t = seconds * self._life
        w = self._waves

        def wave(i: int, u: Field, v: Field) -> Field:
            kx, ky, phase, rate = w[i]
            return np.asarray(
                np.sin(u * np.float32(kx) + v * np.float32(ky) + np.float32(phase + rate * t * 2.2)), np.float32
            )

        qx = wave(0, x, y) + 0.6 * wave(1, x, y)
        qy = wave(2, x, y) + 0.6 * wave(3, x, y)
        ax, ay = x + qx * np.float32(0.42), y + qy * np.float32(0.42)
        rx = wave(4, ax, ay) + 0.5 * wave(8, ax, ay)
        ry = wave(5, ax, ay) + 0.5 * wave(9, ax, ay)
        bx, by = ax + rx * np.float32(0.3), ay + ry * np.float32(0.3)
        return np.asarray(wave(6, bx, by) + wave(7, bx, by) * np.float32(0.8) + qx * np.float32(0.5), np.float32)

    def _led(self, value: Field, x: Field, y: Field, seconds: float) -> Field:
        """The waves with what was asked of them: colours that run along a gradient, a way to go, a swell."""
        t = np.float32(seconds * self._life)
        if self._gradient:
            value = value * np.float32(0.4) + along(x, y, self._gradient) * np.float32(2.4)
        if self._way not in ("", "none"):
            value = value + along(x, y, self._way) * np.float32(0.9) - t * np.float32(4.0)
        if self._rolls:
            value = value + np.sin(y * np.float32(5.0) + x - t * np.float32(6.0)) * np.float32(0.55)
        return np.asarray(value, np.float32)

    def covers_from(self, canvas: Canvas, view: View, seconds: float) -> int:
        """Everything."""
        return 0


def build(stage: Stage) -> None:
    """One layer that is the whole picture."""
    stage.add(Silk(stage, scheme_of(stage)))


SETTING = Setting(
    build=build,
    words=listed(
        "abstract, fluid, liquid, ink, marble, swirl, silk, gradient, texture, flowing, smoke, paint, colour "
        "field, color field, lava lamp"
    ),
    horizon=0.0,
    usual_time="day",
    always_alive=True,
    is_sheltered=True,
    keeps_time=True,
)

"""What a film is shown on: rough paper, woven canvas, or worn film with its dust and scratches."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from engines.generate.procedural.draw.window import Window, hash01, noise, pick

Bytes = NDArray[np.uint8]


@dataclass(frozen=True, eq=False)
class Texture:
    """A light and shade of the ground for one frame size; `worn` is how much dust comes and goes over it, 0..1."""

    ground: Bytes | None
    worn: float
    seed: int

    @staticmethod
    def of(name: str, amount: float, width: int, height: int, seed: int) -> Texture | None:
        """The texture of a name; None for none."""
        if amount <= 0 or name not in ("paper", "canvas", "film"):
            return None
        if name == "film":
            return Texture(None, min(1.0, amount), seed)
        rough = _paper(width, height, seed) if name == "paper" else _canvas(width, height, seed)
        shade = 255 * (1 - amount * np.clip(0.2 * rough, 0, 1))
        return Texture(np.rint(shade).astype(np.uint8), 0.0, seed)

    def lay(self, luma: Bytes, drawn: int) -> None:
        """Shade a picture by it, in place; `drawn` numbers the pictures, since dust is another on each."""
        if self.ground is not None:
            cv2.multiply(luma, self.ground, dst=luma, scale=1 / 255)
        if self.worn:
            self._wear(luma, drawn)

    def _wear(self, luma: Bytes, drawn: int) -> None:
        height, width = luma.shape
        for k in range(5):
            roll = [pick(self.seed, drawn, k, part) for part in range(5)]
            if roll[0] > 0.42 * self.worn:
                continue
            x, y = round(roll[1] * width), round(roll[2] * height)
            size = max(1, round((0.0008 + 0.0022 * roll[3] ** 3) * height))
            cv2.circle(luma, (x, y), size, 60 if roll[4] < 0.7 else 215, -1, cv2.LINE_AA)
        # A scratch stays for half a second or so.
        cell = drawn // 11
        if pick(self.seed, cell, 91) < 0.3 * self.worn:
            x = round((pick(self.seed, cell, 92) + 0.002 * (pick(self.seed, drawn, 93) - 0.5)) * (width - 1))
            line = luma[:, x : x + 1]
            cv2.add(line, 34, dst=line)  # type: ignore[call-overload]


def _paper(width: int, height: int, seed: int) -> NDArray[np.float32]:
    window = Window(0.0, 0.0, width, height, height)
    grain = hash01(np.arange(width)[None, :], np.arange(height)[:, None], seed + 41).astype(np.float32)
    fine = cv2.GaussianBlur(grain, (0, 0), max(0.8, height / 700))
    fine = (fine - float(fine.mean())) / max(1e-6, float(fine.std()))
    fibres = noise(window, 90.0, 30.0, seed + 42, 2) + noise(window, 30.0, 90.0, seed + 43, 2) - 1.0
    clouds = noise(window, 3.0, 3.0, seed + 44, 3) - 0.5
    return np.asarray(0.35 + 0.14 * fine + 0.45 * fibres + 0.3 * clouds, np.float32)


def _canvas(width: int, height: int, seed: int) -> NDArray[np.float32]:
    window = Window(0.0, 0.0, width, height, height)
    step = np.float32(2 * np.pi * 110)
    weave = np.maximum(np.sin(window.xs() * step), np.sin(window.ys() * step))
    return np.asarray(0.5 - 0.4 * weave + 0.6 * (noise(window, 60.0, 60.0, seed + 45, 2) - 0.5), np.float32)

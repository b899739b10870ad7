"""Graphics: edges, texture, gradients, and how busy the picture is."""

from __future__ import annotations

from typing import ClassVar, Literal

import cv2
import numpy as np
from numpy.typing import NDArray

from engines.analyse.base import Clip, Figures, Measure, Picture, figure

_EDGE = 0.06
"""Change of luma over a pixel that is an edge."""
_BLOCK = 8
_ALIVE = 0.02
"""Standard deviation of luma inside a block that is not empty."""
_FLAT = 1e-6


class Graphics(Figures):
    """The drawing of a clip's pictures. All are means over the moments that were looked at, measured 256 pixels wide."""

    edge_density: float = figure("Share of pixels that lie on an edge.")
    texture: float = figure("Mean standard deviation of luma inside blocks of 8 pixels: fine detail.")
    spatial_variance: float = figure("Variance of luma over the whole picture.")
    gradient_strength: float = figure("Mean change of luma over a pixel, 0..1.")
    gradient_direction: float | None = figure(
        "Which way luma changes most: 0 across (upright stripes), 90 up and down; none where there is no such way.", "°"
    )
    gradient_order: float = figure("How much the changes agree on that way, 0..1.")
    busyness: float = figure("Share of the picture in which something is drawn.")


class GraphicsMeasure(Measure[Graphics]):
    """Graphics."""

    label: ClassVar[str] = "Graphics"
    needs: ClassVar[Literal["every", "some", "pair", "sound"]] = "some"
    figures: ClassVar[type[Figures]] = Graphics

    def __init__(self, clip: Clip) -> None:
        super().__init__(clip)
        self._rows: list[tuple[float, ...]] = []
        self._tensor = np.zeros(3)

    def look(self, picture: Picture) -> None:
        """Gradients and blocks of one picture."""
        grey = picture.grey
        # Sobel's kernel, divided so that a ramp of one level a pixel gives one.
        across, down = cv2.Sobel(grey, cv2.CV_32F, 1, 0) / 8, cv2.Sobel(grey, cv2.CV_32F, 0, 1) / 8
        strength = cv2.magnitude(across, down)
        blocks = _block_deviation(grey)
        self._rows.append(
            (
                float(np.mean(strength > _EDGE)),
                float(blocks.mean()),
                float(grey.var()),
                float(strength.mean()),
                float(np.mean(blocks > _ALIVE)),
            )
        )
        self._tensor += [float(np.mean(one)) for one in (across * across, down * down, across * down)]

    def found(self) -> Graphics | None:
        """Means."""
        if not self._rows:
            return None
        edges, texture, variance, strength, busy = (round(float(one), 6) for one in np.mean(self._rows, axis=0))
        xx, yy, xy = self._tensor / len(self._rows)
        order = 0.0 if xx + yy < _FLAT else float(np.hypot(xx - yy, 2 * xy) / (xx + yy))
        way = float(np.degrees(np.arctan2(2 * xy, xx - yy)) / 2 % 180)
        return Graphics(
            edge_density=edges,
            texture=texture,
            spatial_variance=variance,
            gradient_strength=strength,
            gradient_direction=round(way, 1) if order > 0.05 else None,
            gradient_order=round(order, 4),
            busyness=busy,
        )


def _block_deviation(grey: NDArray[np.float32]) -> NDArray[np.float32]:
    """Standard deviation inside each whole block; of a picture smaller than one, of all of it."""
    height, width = (side // _BLOCK * _BLOCK for side in grey.shape)
    if not height or not width:
        return np.array([[grey.std()]], np.float32)
    blocks = grey[:height, :width].reshape(height // _BLOCK, _BLOCK, width // _BLOCK, _BLOCK)
    return np.asarray(blocks.std(axis=(1, 3)), np.float32)

"""Composition: where the weight of the picture lies, and how its sides relate."""

from __future__ import annotations

from typing import ClassVar, Literal

import cv2
import numpy as np
from numpy.typing import NDArray

from engines.analyse.base import Clip, Figures, Measure, Picture, figure

_EMPTY = 1e-4
_REACH = 0.12
"""How near (in picture heights or widths) counts as on a third."""


class Composition(Figures):
    """How a clip's pictures are composed. Weight is what stands out from the picture's mean colour."""

    mass_x: float = figure("Where the weight's middle lies, 0 left to 1 right.")
    mass_y: float = figure("The same, 0 top to 1 bottom.")
    balance_x: float = figure("Light to the right minus light to the left, -1..1.")
    balance_y: float = figure("Light below minus light above, -1..1.")
    thirds: float = figure(
        "Weight about the four points of the thirds, against an even spread: 1 is even, above it more."
    )
    symmetry: float = figure("How alike the left and the right side are, 0..1.")
    symmetry_down: float = figure("How alike the upper and the lower half are, 0..1.")


class CompositionMeasure(Measure[Composition]):
    """Composition."""

    label: ClassVar[str] = "Composition"
    needs: ClassVar[Literal["every", "some", "pair", "sound"]] = "some"
    figures: ClassVar[type[Figures]] = Composition

    def __init__(self, clip: Clip) -> None:
        super().__init__(clip)
        self._rows: list[tuple[float, ...]] = []

    def look(self, picture: Picture) -> None:
        """Weights of one picture."""
        lab, luma = picture.lab, np.clip(picture.grey, 0, 1)
        weight = _weight(lab)
        height, width = weight.shape
        x, y = (np.arange(width) + 0.5) / width, (np.arange(height) + 0.5) / height
        across, down = weight.sum(axis=0), weight.sum(axis=1)
        self._rows.append(
            (
                float(across @ x),
                float(down @ y),
                _balance(luma),
                _balance(luma.T),
                _on_thirds(weight, x, y),
                _alike(luma, luma[:, ::-1]),
                _alike(luma, luma[::-1]),
            )
        )

    def found(self) -> Composition | None:
        """Means."""
        if not self._rows:
            return None
        values = [round(float(one), 5) for one in np.mean(self._rows, axis=0)]
        return Composition(**dict(zip(Composition.model_fields, values, strict=True)))


def _weight(lab: NDArray[np.float64]) -> NDArray[np.float64]:
    """What stands out, as shares that sum to 1; an even picture weighs the same everywhere."""
    off = np.linalg.norm(lab - np.median(lab.reshape(-1, 3), axis=0), axis=2) ** 2
    total = float(off.sum())
    even = np.full(off.shape, 1 / off.size)
    return even if total < _EMPTY * off.size * 0.01 else np.asarray(off / total)


def _balance(luma: NDArray[np.float32]) -> float:
    """The second half of the columns against the first; a middle one belongs to neither."""
    half = luma.shape[1] // 2
    first, second = float(luma[:, :half].sum()), float(luma[:, luma.shape[1] - half :].sum())
    return 0.0 if first + second < _EMPTY else (second - first) / (second + first)


def _on_thirds(weight: NDArray[np.float64], x: NDArray[np.float64], y: NDArray[np.float64]) -> float:
    near_x = np.minimum(np.abs(x - 1 / 3), np.abs(x - 2 / 3))[None]
    near_y = np.minimum(np.abs(y - 1 / 3), np.abs(y - 2 / 3))[:, None]
    near = (near_x**2 + near_y**2) < _REACH**2
    return float(weight[near].sum() / max(float(near.mean()), 1e-9))


def _alike(one: NDArray[np.float32], other: NDArray[np.float32]) -> float:
    """Correlation of softened pictures, what runs against each other as 0; flat ones are alike."""
    a, b = (cv2.GaussianBlur(np.ascontiguousarray(side), (0, 0), 2).ravel() for side in (one, other))
    a, b = a - a.mean(), b - b.mean()
    scale = float(np.sqrt((a @ a) * (b @ b)))
    return 1.0 if scale < _EMPTY * a.size else max(0.0, float(a @ b) / scale)

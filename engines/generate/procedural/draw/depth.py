"""How near each part of a picture is, guessed from the picture alone, without a model.

What speaks for near: low in the frame, sharp, contrasty, unlike the picture's border. What speaks for far: smooth and bright
and joined to the upper border, as a sky is. The guess follows the picture's own edges, so that things move as one.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from engines.generate.procedural.draw.window import Field, smoothstep

_SIDE = 256
"""Longer side of what is looked at: depth needs no detail."""


def guessed_depth(luma: NDArray[np.uint8], u: NDArray[np.uint8], v: NDArray[np.uint8]) -> Field:
    """Nearness 0 (far) to 1, (h, w) float32 of luma's size. Planes of one size, 8 bit."""
    height, width = luma.shape
    shrink = min(1.0, _SIDE / max(height, width))
    size = (max(8, round(width * shrink)), max(8, round(height * shrink)))
    small = [_shrunk(plane, size) for plane in (luma, u, v)]
    rows = np.linspace(0, 1, size[1], dtype=np.float32)[:, None]
    sharp = _spread(_detail(small[0]), size[0] * 0.04)
    sky = _sky(small[0], sharp)
    alone = _unlike_border(small)
    near = 0.55 * rows**1.3 + 0.2 * _levelled(sharp) + 0.3 * _levelled(alone) * (0.4 + 0.6 * rows)
    smooth = _levelled(_guided(near * (1 - 0.85 * sky), small[0], max(3, size[0] // 20)))
    full = cv2.resize(smooth, (width, height), interpolation=cv2.INTER_LINEAR)
    return np.asarray(np.clip(full, 0, 1), np.float32)


def _shrunk(plane: NDArray[np.uint8], size: tuple[int, int]) -> Field:
    return np.asarray(cv2.resize(plane, size, interpolation=cv2.INTER_AREA), np.float32) / np.float32(255)


def _detail(luma: Field) -> Field:
    return np.asarray(np.abs(cv2.Laplacian(luma.astype(np.float32), cv2.CV_32F, ksize=3)), np.float32)


def _spread(field: Field, sigma: float) -> Field:
    return np.asarray(cv2.GaussianBlur(field, (0, 0), max(0.8, sigma)), np.float32)


def _levelled(field: Field) -> Field:
    """Stretched so that nearly all of it lies in 0..1."""
    low, high = (float(v) for v in np.percentile(field, (2, 98)))
    if high - low < 1e-4:
        return np.full_like(field, 0.5)
    return np.asarray(np.clip((field - low) / (high - low), 0, 1), np.float32)


def _sky(luma: Field, sharp: Field) -> Field:
    """The smooth part that hangs together with the upper border, softened."""
    smooth = (sharp < max(0.012, float(np.median(sharp)) * 0.6)) & (luma > 0.25)
    mask = np.zeros((luma.shape[0] + 2, luma.shape[1] + 2), np.uint8)
    field = np.ascontiguousarray(smooth.astype(np.uint8))
    for x in range(0, luma.shape[1], max(1, luma.shape[1] // 32)):
        if field[0, x] == 1:
            cv2.floodFill(field, mask, (x, 0), 2)
    found = (field == 2).astype(np.float32)
    if found.mean() > 0.92:  # a plain picture has no sky
        return np.zeros_like(found)
    return _spread(found, luma.shape[1] * 0.012)


def _unlike_border(planes: list[Field]) -> Field:
    """How far each place's colour is from what lies at the left, right and upper border."""
    total = np.zeros_like(planes[0])
    for weight, plane in zip((1.0, 2.0, 2.0), planes, strict=True):
        edge = np.concatenate([plane[:, :3].ravel(), plane[:, -3:].ravel(), plane[:3].ravel()])
        off = np.abs(plane - np.median(edge)) - np.abs(edge - np.median(edge)).mean()
        total += np.float32(weight) * np.clip(off, 0, None)
    return _spread(smoothstep(0.0, 0.5, total), planes[0].shape[1] * 0.03)


def _guided(field: Field, guide: Field, radius: int, eps: float = 2e-3) -> Field:
    """The field smoothed along the guide's edges (He, Sun, Tang: Guided Image Filtering, 2010)."""
    side = (2 * radius + 1, 2 * radius + 1)

    def mean(value: Field) -> Field:
        return np.asarray(cv2.blur(np.asarray(value, np.float32), side, borderType=cv2.BORDER_REFLECT), np.float32)

    guide_mean, field_mean = mean(guide), mean(field)
    slope = (mean(guide * field) - guide_mean * field_mean) / (mean(guide * guide) - guide_mean**2 + eps)
    offset = field_mean - slope * guide_mean
    return np.asarray(mean(slope) * guide + mean(offset), np.float32)

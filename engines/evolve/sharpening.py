"""Detail brought out without halos, and local contrast."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np

from effects.filtering import Grid
from effects.frame import Frame, Plane
from effects.video.sharpen import Sharpen
from timeline.time import ZERO

MOST_HALO = 10
"""Levels by which a sharpened edge may go beyond what is round it."""
_WINDOW = np.ones((3, 3), np.uint8)


def sharpened(frame: Frame, amount: float, noise: float, *, halo: float = MOST_HALO) -> Frame:
    """Edges and fine detail by `amount` 0..1; differences that `noise` (deviation in levels) explains are left alone.

    An edge never goes further than `halo * amount` levels beyond the lightest and darkest pixel beside it.
    """
    if amount <= 0:
        return frame
    fine = max(0.8, 1.1 * frame.height / 720)
    # twice: fine detail wholly, and the edges of forms half as much
    crisp = Sharpen(amount=1.6 * amount, radius=fine, threshold=min(1.2 * noise, 20)).render(frame, ZERO)
    crisp = Sharpen(amount=0.5 * amount, radius=2.6 * fine, threshold=min(1.2 * noise, 20)).render(crisp, ZERO)
    return replace(frame, planes=(held(crisp.planes[0], frame.planes[0], halo * amount), *frame.planes[1:]))


def held(changed: Plane, luma: Plane, room: float) -> Plane:
    """The changed luma kept within what lies next to each pixel of the old, and `room` levels beyond."""
    least = cv2.subtract(cv2.erode(luma, _WINDOW), room)  # type: ignore[call-overload]
    most = cv2.add(cv2.dilate(luma, _WINDOW), room)  # type: ignore[call-overload]
    return np.asarray(cv2.min(cv2.max(changed, least), most), np.uint8)


def clarified(frame: Frame, amount: float) -> Frame:
    """Local contrast by `amount` 0..1: what differs from an edge-keeping mean of its surroundings differs more, mostly in
    the middle tones. Edges themselves stay, so that nothing glows."""
    luma = frame.planes[0]
    if amount <= 0 or min(luma.shape) < 16:
        return frame
    step = max(1, round(frame.height / 270))
    size = (max(1, frame.width // step), max(1, frame.height // step))
    small = cv2.resize(luma, size, interpolation=cv2.INTER_AREA).astype(np.float32)
    detail = small - _even(small, 12, 500.0)
    middle = 1 - np.abs(small - 120) / 135
    added = cv2.resize(detail * np.clip(middle, 0.1, 1), (frame.width, frame.height), interpolation=cv2.INTER_LINEAR)
    changed = cv2.add(luma, added * np.float32(0.75 * amount), dtype=cv2.CV_8U)
    return replace(frame, planes=(np.asarray(changed, np.uint8), *frame.planes[1:]))


def _even(plane: Grid, reach: int, power: float) -> Grid:
    """The guided filter with the picture as its own guide: K. He, J. Sun, X. Tang, "Guided image filtering", 2010."""
    window = (2 * reach + 1,) * 2
    mean = cv2.blur(plane, window)
    spread = np.maximum(cv2.blur(plane * plane, window) - mean * mean, 0)
    slope = spread / (spread + power)
    return np.asarray(cv2.blur(slope, window) * plane + cv2.blur(mean - slope * mean, window))

"""Pictures as a bad cable, a worn tape or a damaged file shows them; `level` 0..1 is how broken, `unit` pixels per pixel of 1280."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np

from effects.filtering import Grid
from effects.frame import Frame, Plane
from effects.video.glitch import Glitch, Kind
from timeline.time import RationalTime

_BLOCK = 16


def torn(frame: Frame, at: RationalTime, level: float, unit: float, seed: int, draw: np.random.Generator) -> Frame:
    """A digital link: torn rows, parted colours, blocks in the wrong colours."""
    frame = Glitch(strength=level, kind=Kind.DIGITAL, rate=10, seed=seed).render(frame, at)
    side = max(4, round(2 * _BLOCK * unit) // 4 * 4)
    planes = [plane.copy() for plane in frame.planes[:3]]
    for _ in range(round(9 * level)):
        wide, high = side * int(draw.integers(2, 9)), side * int(draw.integers(1, 3))
        x = int(draw.integers(0, max(1, frame.width // side))) * side
        y = int(draw.integers(0, max(1, frame.height // side))) * side
        kind = draw.integers(3)
        luma, chroma = (
            (slice(y, y + high), slice(x, x + wide)),
            (slice(y // 2, (y + high) // 2), slice(x // 2, (x + wide) // 2)),
        )
        if kind == 0:  # colours swapped
            planes[1][chroma], planes[2][chroma] = planes[2][chroma].copy(), planes[1][chroma].copy()
        elif kind == 1:  # few levels
            planes[0][luma] = planes[0][luma] // 48 * 48 + 24
        else:  # inverted light
            planes[0][luma] = 251 - np.clip(planes[0][luma], 16, 235)
    return replace(frame, planes=tuple(planes))


def taped(frame: Frame, at: RationalTime, level: float, unit: float, seed: int, draw: np.random.Generator) -> Frame:
    """A worn tape: swaying lines, colour that bleeds to the right, noise in streaks, lost lines, the heads' switch at the foot."""
    frame = Glitch(strength=min(1.0, 0.9 * level), kind=Kind.ANALOG, rate=24, seed=seed).render(frame, at)
    y: Grid
    y, u, v = (plane.astype(np.float32) for plane in frame.planes[:3])
    height, width = y.shape
    y = cv2.GaussianBlur(y, (0, 0), sigmaX=0.3 + 1.5 * level * unit, sigmaY=0.2)
    late = 5 * level * unit
    u, v = (_late(cv2.GaussianBlur(one, (0, 0), sigmaX=0.3 + 9 * level * unit, sigmaY=0.3), late) for one in (u, v))
    lines = max(2, round(height / max(1.0, 2 * unit)))
    streaks = draw.standard_normal((lines, max(2, round(width / (7 * max(unit, 0.3))))), np.float32)
    y = y + cv2.resize(streaks, (width, height), interpolation=cv2.INTER_LINEAR) * np.float32(11 * level)
    spots = draw.standard_normal((lines // 2, max(2, width // 24)), np.float32)
    cast = cv2.resize(spots, (u.shape[1], u.shape[0]), interpolation=cv2.INTER_LINEAR) * np.float32(9 * level)
    u, v = u + cast, v - cast
    for _ in range(int(draw.poisson(2.5 * level))):  # the tape lost its coat here
        row, start = int(draw.integers(0, height)), int(draw.integers(0, width))
        length, high = round(float(draw.uniform(0.04, 0.3)) * width), max(1, round(1.5 * unit))
        fade = np.linspace(1, 0, length, dtype=np.float32)[: width - start]
        streak = (slice(row, row + high), slice(start, start + length))
        y[streak] = y[streak] + 150 * level * fade
    foot = round(height * 0.022 * min(1.0, 1.6 * level))
    if foot:
        push = round(width * (0.05 + 0.05 * float(draw.random())))
        y[-foot:] = np.roll(y[-foot:], push, axis=1) + draw.standard_normal((foot, width), np.float32) * 30
        u[len(u) - foot // 2 :], v[len(v) - foot // 2 :] = 128, 128
    return replace(frame, planes=(_legal(y), _legal(u), _legal(v)))


def damaged(frame: Frame, at: RationalTime, level: float, unit: float, seed: int, draw: np.random.Generator) -> Frame:
    """A damaged file: blocks from elsewhere, and slices that go wrong at one block and stay so to their end."""
    frame = Glitch(strength=level, kind=Kind.CORRUPTION, rate=8, seed=seed).render(frame, at)
    side = max(4, round(_BLOCK * unit) // 4 * 4)
    rows = max(1, frame.height // side)
    planes = [plane.astype(np.int16) for plane in frame.planes[:3]]
    for _ in range(1 + round(6 * level)):
        row, high = int(draw.integers(0, rows)) * side, side * int(draw.integers(1, 4))
        start = int(draw.integers(0, max(1, frame.width // side))) * side
        slip = side * int(draw.integers(-6, 7))
        shifts = draw.normal(0, 34, 3)
        lost = draw.random() < 0.25
        for number, plane in enumerate(planes):
            step = 1 if number == 0 else 2
            part = (slice(row // step, (row + high) // step), slice(start // step, None))
            if lost:  # nothing was decoded: the grey, or green, of an empty buffer
                plane[part] = (plane[part] // 4 + 60, 60, 60)[number] if number == 0 else 84
            else:
                plane[part] = np.roll(plane[part], slip // step, axis=1) + int(shifts[number] * level)
    return replace(frame, planes=tuple(_legal(plane) for plane in planes))


def _late(plane: Grid, by: float) -> Grid:
    matrix = np.array([[1.0, 0, by / 2], [0, 1.0, 0]])
    size = (plane.shape[1], plane.shape[0])
    return np.asarray(cv2.warpAffine(plane, matrix, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE))


def _legal(plane: Grid) -> Plane:
    return np.asarray(np.clip(plane, 16, 240), np.uint8)

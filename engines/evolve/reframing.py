"""Where the subject of a clip is, and a calm way of a frame about it: measured, smoothed both ways, never faster than a hand pans."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from effects.filtering import gaussian
from engines.evolve.base import Making, SourceClip
from engines.evolve.camera_way import CameraWay
from engines.evolve.clip_maps import ClipMaps
from engines.evolve.deep import Field

Points = NDArray[np.float64]
"""(n, 2): right and down as shares of the picture."""

_LOOKS = 6.0
"""Looks a second."""
_CUT = 24.0
"""Mean difference of luma levels (of the picture about 5 % of it wide) from which a frame begins another shot."""
_SMOOTH = 0.7
"""Seconds over which the way is smoothed, before and after."""
_FASTEST = 0.16
"""Picture widths a second that the frame may travel."""


@dataclass(frozen=True, eq=False)
class Shot:
    """Frames first..last of one shot, and its subject in each."""

    first: int
    last: int
    subject: Points
    skin: bool
    """Whether skin was found there: the eyes of a person then want the upper third."""
    weight: Field
    """What draws the eye in the shot, over all of it."""
    box: Points
    """(n, 4): about the subject in each frame, left, top, right, bottom."""


def shots_of(clip: SourceClip, how: Making) -> tuple[Shot, ...]:
    """The clip's shots with the way of the subject in each. Looks at the whole clip, telling the job."""
    maps, way = ClipMaps(clip, draft=True), CameraWay(clip, still=how.draft)
    bounds = _bounds(clip, how)
    return tuple(_shot(clip, maps, way, a, b - 1) for a, b in pairwise(bounds))


def _bounds(clip: SourceClip, how: Making) -> list[int]:
    bounds = [0]
    last = None
    for index in range(clip.count):
        now = clip.small(index, 64).astype(np.int16)
        if last is not None and now.shape == last.shape and float(np.abs(now - last).mean()) > _CUT:
            bounds.append(index)
        last = now
        if index % 24 == 0:
            how.job.check()
            how.job.progress(index / clip.count, "Looking for the subject")
    return [*bounds, clip.count]


def _shot(clip: SourceClip, maps: ClipMaps, way: CameraWay, first: int, last: int) -> Shot:
    step = max(1, round(float(clip.rate) / _LOOKS))
    looks = sorted({*range(first, last + 1, step), last})
    heats = [_heat(maps, way, index, min(index + step, last)) for index in looks]
    # What draws the eye through all of the shot is its subject; a passing gleam is not.
    lasting = np.mean(heats, axis=0)
    found: list[tuple[float, float]] = []
    skins: list[float] = []
    for index, heat in zip(looks, heats, strict=True):
        both = np.asarray(heat * (0.35 + 0.65 * lasting / max(float(lasting.max()), 1e-6)), np.float32)
        found.append(_peak(both, found[-1] if found else None))
        skins.append(float(maps.skin(index).mean()))
    points = _calm(np.array(found), looks, first, last, float(clip.rate), clip.size[1] / clip.size[0])
    box = points[:, [0, 1, 0, 1]] + np.array(_reach(heats, found))[None]
    return Shot(first, last, points, float(np.mean(skins)) > 0.004, np.asarray(lasting, np.float32), box)


def _reach(heats: list[Field], found: list[tuple[float, float]]) -> tuple[float, float, float, float]:
    """How far the subject reaches from its middle to the left, up, right and down: the mean over the looks."""
    reaches = []
    for heat, (x, y) in zip(heats, found, strict=True):
        height, width = heat.shape
        row, column = min(int(y * height), height - 1), min(int(x * width), width - 1)
        strong = heat > 0.35 * float(heat[row, column])
        ways = (strong[row, :column][::-1], strong[:row, column][::-1], strong[row, column:], strong[row:, column])
        runs = [len(way) if way.all() else int(np.argmin(way)) for way in ways]
        reaches.append((-runs[0] / width, -runs[1] / height, runs[2] / width, runs[3] / height))
    left, top, right, bottom = np.clip(np.mean(reaches, axis=0), -0.3, 0.3)
    return (float(left), float(top) - 0.03, float(right), float(bottom))


def _heat(maps: ClipMaps, way: CameraWay, index: int, later: int) -> Field:
    """What draws the eye, what moves by itself most of all; less at the borders of the picture, where it is cut off."""
    drawing = maps.drawing(index)
    height, width = drawing.shape
    moving = _moving(maps, way, index, later)
    xs, ys = np.linspace(-1, 1, width, dtype=np.float32)[None, :], np.linspace(-1, 1, height, dtype=np.float32)[:, None]
    inner = (1 - 0.6 * np.abs(xs) ** 3) * (1 - 0.6 * np.abs(ys) ** 3)
    look, move = _spread(drawing**2, width), _spread(moving, width)
    # What moves by itself is the subject, unless nearly everything does.
    share = float((moving > 0.2).mean())
    told = min(1.0, share / 0.002) * max(0.0, 1 - share / 0.45)
    return np.asarray((look + np.float32(2.5 * told) * move) * inner, np.float32)


def _spread(field: Field, width: int) -> Field:
    """Softened, and as much in all whatever it is."""
    return np.asarray(gaussian(field, width * 0.05) / np.float32(max(float(field.mean()), 1e-4)), np.float32)


def _moving(maps: ClipMaps, way: CameraWay, index: int, later: int) -> Field:
    """What differs some frames later, the camera's own move taken out, 0..1."""
    before, after = maps.small(index)[0], maps.small(later)[0]
    height, width = before.shape
    (x, y), (later_x, later_y) = way.at(index), way.at(later)
    move = np.array([[1, 0, (later_x - x) * width], [0, 1, (later_y - y) * height]])
    there = cv2.warpAffine(before, move, (width, height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    off = cv2.GaussianBlur(cv2.absdiff(np.asarray(there, np.float32), after), (0, 0), width * 0.015)
    # Noise and what trembles everywhere is no motion.
    return np.asarray(
        np.clip((off - np.float32(2 * float(np.median(off)) + 0.01)) / np.float32(0.12), 0, 1), np.float32
    )


def _peak(heat: Field, before: tuple[float, float] | None) -> tuple[float, float]:
    """The middle of the strongest place; near the one before where two are alike."""
    height, width = heat.shape
    field = heat
    if before is not None:
        xs = (np.arange(width) + 0.5) / width - before[0]
        ys = (np.arange(height) + 0.5) / height - before[1]
        field = heat * (0.55 + 0.45 * np.exp(-(xs[None, :] ** 2 + ys[:, None] ** 2) / 0.03)).astype(np.float32)
    row, column = divmod(int(np.argmax(field)), width)
    xs, ys = np.arange(width) + 0.5, np.arange(height) + 0.5
    for _ in range(4):
        near = np.exp(
            -(((xs - column - 0.5)[None, :] / (0.12 * width)) ** 2) - ((ys - row - 0.5)[:, None] / (0.16 * height)) ** 2
        )
        weight = field * near
        total = max(float(weight.sum()), 1e-9)
        column, row = (
            float((weight * xs[None, :]).sum() / total) - 0.5,
            float((weight * ys[:, None]).sum() / total) - 0.5,
        )
    return ((column + 0.5) / width, (row + 0.5) / height)


def _calm(found: Points, looks: list[int], first: int, last: int, rate: float, tall: float) -> Points:
    """A place for each frame: without outliers, smoothed over about a second, no faster than a calm pan."""
    if len(found) >= 3:
        middle = found.copy()
        for index in range(1, len(found) - 1):
            middle[index] = np.median(found[index - 1 : index + 2], axis=0)
        found = middle
    frames = np.arange(first, last + 1)
    points = np.stack([np.interp(frames, looks, found[:, axis]) for axis in range(2)], axis=1)
    sigma = _SMOOTH * rate
    reach = min(round(2.5 * sigma), 4 * len(points))
    taps = np.exp(-0.5 * (np.arange(-reach, reach + 1) / sigma) ** 2)
    taps /= taps.sum()
    for axis in range(2):
        around = np.pad(points[:, axis], reach, mode="edge")
        points[:, axis] = np.convolve(around, taps, "valid")
    most = _FASTEST / rate
    for order in (range(1, len(points)), range(len(points) - 2, -1, -1)):
        for index in order:
            near = points[index - (1 if order.step > 0 else -1)]
            step = (points[index] - near) * (1.0, tall)
            length = float(np.hypot(*step))
            if length > most:
                points[index] = near + (points[index] - near) * (most / length)
    return points

"""Look-up tables of colours in `.cube` files (Adobe Cube LUT Specification 1.0), made ready for YUV pictures."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any, Final, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from effects.colour import RGB_TO_YUV, YUV_TO_RGB, chroma_of, full_of
from effects.frame import Plane
from timeline.errors import StudioError

_LARGEST_FILE: Final = 40_000_000
_SIDES: Final = {1: (2, 65_536), 3: (2, 129)}
_BITS: Final = 7
"""Of each of Y, U and V that the table of differences tells apart; the rest of a level passes through."""
_SIDE: Final = 1 << _BITS


class LutError(StudioError):
    """A table that cannot be used, in a sentence."""


class Cube(NamedTuple):
    """`levels`: (n, n, n, 3) by blue, green, red, or (n, 3) with `is_curve`; `low` and `high`: the inputs of its ends."""

    levels: NDArray[np.float32]
    low: NDArray[np.float32]
    high: NDArray[np.float32]
    is_curve: bool


def read_cube(path: Path) -> Cube:
    """Read a `.cube` file. Raises LutError with a sentence."""
    try:
        if path.stat().st_size > _LARGEST_FILE:
            raise LutError(f"“{path.name}” is too large for a table of colours.")
        text = path.read_text("utf-8", errors="replace")
    except OSError as error:
        raise LutError(f"The table of colours “{path.name}” cannot be read: {error.strerror or error}.") from error
    return _parsed(text, path.name)


def _parsed(text: str, name: str) -> Cube:
    sizes: dict[int, int] = {}
    ends: dict[str, list[float]] = {"DOMAIN_MIN": [0.0] * 3, "DOMAIN_MAX": [1.0] * 3}
    numbers: list[str] = []
    try:
        for line in text.splitlines():
            first, _, rest = line.strip().partition(" ")
            if not first or first.startswith("#"):
                continue
            if first in ("LUT_1D_SIZE", "LUT_3D_SIZE"):
                sizes[int(first[4])] = int(rest)
            elif first in ends:
                ends[first] = [float(one) for one in rest.split()]
            elif first.endswith("INPUT_RANGE"):
                low, high = (float(one) for one in rest.split())
                ends = {"DOMAIN_MIN": [low] * 3, "DOMAIN_MAX": [high] * 3}
            elif first[0] in "+-.0123456789":
                numbers.append(line)
        with np.errstate(over="ignore"):  # what is beyond float is refused below
            values = np.array(" ".join(numbers).split(), np.float32)
    except ValueError as error:
        raise LutError(f"“{name}” is not a table of colours (.cube): it has lines that cannot be read.") from error
    return _checked(sizes, ends, values, name)


def _checked(sizes: dict[int, int], ends: dict[str, list[float]], values: NDArray[np.float32], name: str) -> Cube:
    if len(sizes) != 1:
        raise LutError(f"“{name}” is not a table of colours (.cube): it does not say how large its table is.")
    ((kind, side),) = sizes.items()
    if not _SIDES[kind][0] <= side <= _SIDES[kind][1]:
        raise LutError(f"“{name}” has a table of {side}; from {_SIDES[kind][0]} to {_SIDES[kind][1]} can be used.")
    if values.size != 3 * side**kind:
        raise LutError(f"“{name}” should have {side**kind} colours and has {values.size // 3}.")
    low, high = (np.array(ends[key], np.float32) for key in ("DOMAIN_MIN", "DOMAIN_MAX"))
    if low.size != 3 or high.size != 3 or not np.all(high > low) or not np.isfinite(values).all():
        raise LutError(f"“{name}” has a range or colours that cannot be used.")
    return Cube(values.reshape(*(side,) * kind, 3), low, high, kind == 1)


def looked_up(cube: Cube, rgb: NDArray[np.float32]) -> NDArray[np.float32]:
    """Colours (h, w, 3) of 0..1 through a table, linearly between its entries."""
    side = cube.levels.shape[0]
    place = np.clip((rgb - cube.low) / (cube.high - cube.low), 0, 1) * np.float32(side - 1)
    if cube.is_curve:
        steps = np.arange(side)
        channels = [np.interp(place[..., index], steps, cube.levels[:, index]) for index in range(3)]
        return np.dstack(channels).astype(np.float32)
    # the slices of blue stand one below the other; remap mixes red and green, two slices are mixed by blue
    sheet = np.ascontiguousarray(cube.levels.reshape(side * side, side, 3))
    red, green, blue = (np.ascontiguousarray(place[..., index]) for index in range(3))
    below = np.minimum(np.floor(blue), np.float32(side - 2))
    first, second = (
        cv2.remap(sheet, red, green + (below + step) * side, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        for step in (np.float32(0), np.float32(1))
    )
    share = (blue - below)[..., None]
    return np.asarray(first + (second - first) * share, np.float32)


class YuvTable(NamedTuple):
    """What a table of colours adds to Y, U and V: (2^21,) each, by the upper bits of Y, U and V."""

    luma: NDArray[np.int16]
    chroma: tuple[NDArray[np.int16], NDArray[np.int16]]

    def on(self, planes: tuple[Plane, ...]) -> tuple[Plane, ...]:
        """Y, U and V of a picture through the table."""
        y, u, v = planes
        full = _numbers(y, full_of(u, y.shape[1], y.shape[0]), full_of(v, y.shape[1], y.shape[0]))
        small = _numbers(chroma_of(y), u, v)
        return (
            _added(y, self.luma, full),
            *(_added(plane, one, small) for plane, one in zip((u, v), self.chroma, strict=True)),
        )


def _added(plane: Plane, differences: NDArray[np.int16], numbers: NDArray[np.int32]) -> Plane:
    return np.asarray(cv2.add(plane, np.take(differences, numbers), dtype=cv2.CV_8U), np.uint8)


def _numbers(y: Plane, u: Plane, v: Plane) -> NDArray[np.int32]:
    parts: list[Any] = [
        cv2.LUT(plane, (np.arange(256, dtype=np.int32) >> (8 - _BITS)) << (_BITS * place))
        for plane, place in ((y, 2), (u, 1), (v, 0))
    ]
    return np.asarray(cv2.add(cv2.add(parts[0], parts[1]), parts[2]), np.int32)


@lru_cache(maxsize=4)
def yuv_table(path: Path, changed: int, size: int) -> YuvTable | str:
    """The table in a file, or why it cannot be used; `changed` and `size` tell a newer version of it."""
    try:
        cube = read_cube(path)
    except LutError as error:
        return error.message
    middle = (np.arange(_SIDE, dtype=np.float32) * 2 + 0.5)[:, None]
    pairs = np.stack(np.meshgrid(middle[:, 0], middle[:, 0], indexing="ij"), -1).reshape(1, -1, 2)
    results = np.empty((3, _SIDE, _SIDE * _SIDE), np.int16)
    for index, level in enumerate(middle[:, 0]):  # one luma at a time: the whole would take 200 MB
        yuv = np.dstack([np.full((1, _SIDE * _SIDE, 1), level, np.float32), pairs])
        rgb = np.clip(np.asarray(cv2.transform(yuv, YUV_TO_RGB)) / 255, 0, 1).astype(np.float32)
        graded = np.clip(looked_up(cube, rgb.reshape(_SIDE, _SIDE, 3)), 0, 1).reshape(1, -1, 3)
        # against the colour that can be shown: what lies outside of RGB is brought in by as much
        new = np.asarray(cv2.transform(graded * np.float32(255), RGB_TO_YUV))
        results[:, index] = np.rint(np.moveaxis(new - yuv, 2, 0)[:, 0])
    luma, u, v = (np.ascontiguousarray(one.reshape(-1)) for one in results)
    return YuvTable(luma, (u, v))

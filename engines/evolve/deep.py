"""A picture in float while it is being relit: nothing is rounded between steps, and the last one is dithered."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from effects.colour import RGB_TO_YUV, chroma_of
from effects.frame import Frame
from engines.errors import EngineError

Field = NDArray[np.float32]
Rgb = tuple[float, float, float]

GAMMA = 2.2
"""Of the picture's levels: light that is twice as strong stands 2 ** (1 / GAMMA) times as high."""
_TILE = 256
_UNIT = np.array([255 / 219, 255 / 224, 255 / 224])
_MATRIX = RGB_TO_YUV[:, :3] * _UNIT[:, None]
"""R, G, B 0..1 to y, u, v of `Deep`."""


@dataclass(frozen=True, eq=False)
class Deep:
    """`y` (h, w) 0 black to 1 white, `u` and `v` (h/2, w/2) about 0: display levels of BT.709, float32. Steps give new ones."""

    y: Field
    u: Field
    v: Field


def deep_of(frame: Frame) -> Deep:
    """The planes of an opaque YUV frame in float. Raises EngineError for less than 4 x 4 pixels."""
    if min(frame.size) < 4:
        raise EngineError(
            f"The picture is only {frame.width} x {frame.height} pixels; 4 x 4 are the least for new light."
        )
    y, u, v = (np.asarray(plane, np.float32) for plane in frame.planes[:3])
    return Deep(
        np.asarray(cv2.addWeighted(y, 1 / 219, y, 0, -16 / 219), np.float32),
        np.asarray(cv2.addWeighted(u, 1 / 224, u, 0, -128 / 224), np.float32),
        np.asarray(cv2.addWeighted(v, 1 / 224, v, 0, -128 / 224), np.float32),
    )


def frame_of(deep: Deep, index: int) -> Frame:
    """Eight bits again. Noise below one level, another in each frame, keeps slow slopes from showing steps."""
    planes = []
    for number, (plane, scale, zero) in enumerate(((deep.y, 219, 16), (deep.u, 224, 128), (deep.v, 224, 128))):
        noise = _dither(plane.shape[1], plane.shape[0], (index * 7 + number * 3) % 32)
        levels = cv2.scaleAdd(plane, float(scale), noise)
        low, high = (16, 235) if number == 0 else (16, 240)
        made = cv2.convertScaleAbs(cv2.max(levels, float(low - zero)), alpha=1, beta=zero)  # type: ignore[call-overload]
        planes.append(np.asarray(cv2.min(made, float(high)), np.uint8))  # type: ignore[call-overload]
    return Frame(tuple(planes))


@lru_cache(maxsize=96)
def _dither(width: int, height: int, turn: int) -> Field:
    """Triangular noise of one level, the same tile laid from another place for each turn."""
    rng = np.random.default_rng([11, turn])
    tile = (rng.random((_TILE, _TILE)) + rng.random((_TILE, _TILE)) - 1).astype(np.float32) * np.float32(0.5)
    return np.ascontiguousarray(np.tile(tile, (-(-height // _TILE), -(-width // _TILE)))[:height, :width])


def yuv_of_rgb(colour: Rgb) -> tuple[float, float, float]:
    """y, u and v of a colour 0..1."""
    y, u, v = (float(one) for one in _MATRIX @ np.array(colour))
    return (y, u, v)


def _quartered(soft: Field) -> Field:
    """A soft map on the chroma grid, half a pixel off its samples: a third of the work, and unseen."""
    height, width = soft.shape
    size = ((width + 1) // 2, (height + 1) // 2)
    return np.asarray(cv2.resize(soft, size, interpolation=cv2.INTER_LINEAR), np.float32)


def seen_stops(stops: float, level: float, low: float, high: float = 1.0) -> float:
    """An exposure in stops, less of it where a clip of that mean level (display, 0..1) would come below `low` or above `high`."""
    if stops < 0:
        return min(0.0, max(stops, GAMMA * float(np.log2(low / max(level, 0.02)))))
    return max(0.0, min(stops, GAMMA * float(np.log2(high / max(level, 0.02)))))


def powered(gains: Rgb, power: float) -> Rgb:
    """Gains of light to a power: 1 / GAMMA makes gains of display levels of them, a strength below 1 a part of their change."""
    return (gains[0] ** power, gains[1] ** power, gains[2] ** power)


def halved_map(full: Field) -> Field:
    """A map of the picture's size on its chroma grid."""
    return np.asarray(chroma_of(full), np.float32)


def lit(deep: Deep, gain: Field | float) -> Deep:
    """Every colour times `gain` (display levels), one number or a map; what would burn out is rolled off."""
    if isinstance(gain, float):
        return rolled(Deep(deep.y * np.float32(gain), deep.u * np.float32(gain), deep.v * np.float32(gain)))
    small = _quartered(gain)
    return rolled(
        Deep(_f(cv2.multiply(deep.y, gain)), _f(cv2.multiply(deep.u, small)), _f(cv2.multiply(deep.v, small)))
    )


def rolled(deep: Deep, knee: float = 0.86) -> Deep:
    """Lights above the knee come closer and closer to white instead of being cut; their colour pales with them."""
    over = cv2.max(cv2.subtract(deep.y, knee), 0.0)  # type: ignore[call-overload]
    if not cv2.countNonZero(np.ascontiguousarray(over[::4, ::4])):
        return deep
    room = 1 - knee
    # over - room * (over / (over + room)) is what is taken away
    kept = cv2.divide(over, cv2.add(over, room), scale=room)  # type: ignore[call-overload]
    y = cv2.add(cv2.subtract(deep.y, over), kept)
    # Colour pales as far as its luma was held back; just above the knee not at all.
    share = halved_map(_f(cv2.divide(cv2.add(kept, 0.02), cv2.add(over, 0.02))))  # type: ignore[call-overload]
    return Deep(_f(y), _f(cv2.multiply(deep.u, share)), _f(cv2.multiply(deep.v, share)))


def cast(deep: Deep, gains: Rgb) -> Deep:
    """Red, green and blue each by a gain of its own (display levels): light of another colour, as through a filter."""
    there = _MATRIX @ np.diag(gains) @ np.linalg.inv(_MATRIX)
    size = (deep.y.shape[1], deep.y.shape[0])
    small = halved_map(deep.y)
    y = cv2.addWeighted(deep.y, there[0, 0], _large(deep.u, size), there[0, 1], 0)
    y = cv2.scaleAdd(_large(deep.v, size), float(there[0, 2]), y)
    u = cv2.addWeighted(deep.u, there[1, 1], deep.v, there[1, 2], 0)
    v = cv2.addWeighted(deep.v, there[2, 2], deep.u, there[2, 1], 0)
    return Deep(_f(y), _f(cv2.scaleAdd(small, float(there[1, 0]), u)), _f(cv2.scaleAdd(small, float(there[2, 0]), v)))


def coloured(deep: Deep, saturation: float | Field) -> Deep:
    """Colourfulness by a factor, one number or a map on the chroma grid."""
    if isinstance(saturation, float):
        return Deep(deep.y, deep.u * np.float32(saturation), deep.v * np.float32(saturation))
    return Deep(deep.y, _f(cv2.multiply(deep.u, saturation)), _f(cv2.multiply(deep.v, saturation)))


def toned(deep: Deep, curve: NDArray[np.float64]) -> Deep:
    """Luma along a curve: levels for 0..1 in even steps, 1025 or so; chroma follows its luma half the way."""
    at = cv2.min(cv2.max(deep.y, 0.0), 1.0)  # type: ignore[call-overload]
    y = _along(_f(at), curve.astype(np.float32))
    small_old, small_new = halved_map(_f(at)), halved_map(y)
    ratio = cv2.divide(small_new + np.float32(0.03), small_old + np.float32(0.03))
    follow = np.sqrt(np.clip(ratio, 0.25, 2.5), dtype=np.float32)
    return Deep(y, deep.u * follow, deep.v * follow)


def _along(level: Field, curve: Field) -> Field:
    """Linear between the curve's points: 1024 of them as a table on 16 bits leave no steps in 8."""
    place = cv2.multiply(level, float(len(curve) - 1), dtype=cv2.CV_32F)  # type: ignore[call-overload]
    index = np.asarray(place, np.float32).astype(np.int32)
    slope = np.append(np.diff(curve), np.float32(0)).astype(np.float32)
    part = cv2.subtract(place, index.astype(np.float32))
    return _f(cv2.add(curve[index], cv2.multiply(slope[index], part)))


def mixed(one: Deep, other: Deep, share: Field | float) -> Deep:
    """`share` of the other over the one: a number, or a map of the picture's size."""
    if isinstance(share, float):
        pairs = ((one.y, other.y), (one.u, other.u), (one.v, other.v))
        y, u, v = (_f(cv2.addWeighted(a, 1 - share, b, share, 0)) for a, b in pairs)
        return Deep(y, u, v)
    small = _quartered(share)
    return Deep(_toward(one.y, other.y, share), _toward(one.u, other.u, small), _toward(one.v, other.v, small))


def _toward(one: Field, other: Field, share: Field) -> Field:
    return _f(cv2.add(one, cv2.multiply(cv2.subtract(other, one), share)))


def veiled(deep: Deep, colour: Rgb, share: Field) -> Deep:
    """A plain colour (display levels) over the picture, as much of it as the map (picture's size) says."""
    y, u, v = yuv_of_rgb(colour)
    small = _quartered(share)
    return Deep(_over(deep.y, y, share), _over(deep.u, u, small), _over(deep.v, v, small))


def _over(plane: Field, level: float, share: Field) -> Field:
    return _f(cv2.add(plane, cv2.multiply(cv2.subtract(level, plane), share)))  # type: ignore[call-overload]


def shone(deep: Deep, colour: Rgb, light: Field) -> Deep:
    """Light of a colour added (map of the picture's size, 1 would be white); the brighter a place, the less room it has."""
    y, u, v = yuv_of_rgb(colour)
    room = cv2.multiply(cv2.max(cv2.subtract(1.0, deep.y), 0.0), light)  # type: ignore[call-overload]
    small = _quartered(_f(room))
    return Deep(
        _f(cv2.scaleAdd(room, y, deep.y)), _f(cv2.scaleAdd(small, u, deep.u)), _f(cv2.scaleAdd(small, v, deep.v))
    )


def s_curve(contrast: float, pivot: float = 0.45, lift: float = 0.0) -> NDArray[np.float64]:
    """A curve for `toned`: `contrast` above 0 harder, below 0 flatter about the pivot; `lift` raises black."""
    level = np.linspace(0, 1, 1025)
    power = 2.0**contrast
    low, high = level / pivot, (1 - level) / (1 - pivot)
    bent = np.where(level < pivot, pivot * np.clip(low, 0, 1) ** power, 1 - (1 - pivot) * np.clip(high, 0, 1) ** power)
    return np.asarray(lift + (1 - lift) * bent, np.float64)


def _large(small: Field, size: tuple[int, int]) -> Field:
    return _f(cv2.resize(small, size, interpolation=cv2.INTER_LINEAR))


def enlarged(small: Field, shape: tuple[int, ...]) -> Field:
    """A small map at a picture's size."""
    return _large(small, (shape[1], shape[0]))


def _f(array: object) -> Field:
    return np.asarray(array, np.float32)

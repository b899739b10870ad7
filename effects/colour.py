"""Colours as text, and the way between RGB and the renderer's YUV (BT.709, limited range, chroma sited left as in H.264).

cv2's own YUV conversions are BT.601 and are not used. Weights: ITU-R BT.709-6, section 3.
"""

from __future__ import annotations

from typing import Annotated, Any, Final, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray
from pydantic import AfterValidator

from effects.frame import Frame, Layout, Plane

_KR, _KG, _KB = 0.2126, 0.7152, 0.0722

_TO_YUV: Final = (
    np.array(
        [
            [219 * _KR, 219 * _KG, 219 * _KB],
            [-112 * _KR / (1 - _KB), -112 * _KG / (1 - _KB), 112.0],
            [112.0, -112 * _KG / (1 - _KR), -112 * _KB / (1 - _KR)],
        ]
    )
    / 255
)
_OFFSET: Final = np.array([[16.0], [128.0], [128.0]])
_TO_RGB: Final = np.linalg.inv(_TO_YUV)

RGB_TO_YUV: Final = np.hstack([_TO_YUV, _OFFSET])
"""(3, 4) for `cv2.transform`: R, G, B 0..255 to Y 16..235, U, V 16..240."""
YUV_TO_RGB: Final = np.hstack([_TO_RGB, -_TO_RGB @ _OFFSET])
"""(3, 4) for `cv2.transform`: the way back."""
_RGBA_TO_YUV: Final = np.hstack([_TO_YUV, _OFFSET / 255])
"""(3, 4): premultiplied RGBA to premultiplied YUV; the offsets weigh with alpha."""


class Rgba(NamedTuple):
    """A colour, 0..255 each, not premultiplied."""

    red: int
    green: int
    blue: int
    alpha: int = 255


def parse_colour(text: str) -> Rgba:
    """Read `#rgb`, `#rrggbb` or `#rrggbbaa`. Raises ValueError with a plain sentence."""
    digits = text.strip().removeprefix("#")
    if len(digits) in (3, 4):
        digits = "".join(digit * 2 for digit in digits)
    if len(digits) not in (6, 8) or any(digit not in "0123456789abcdefABCDEF" for digit in digits):
        raise ValueError(f'"{text[:40]}" is not a colour; write it as #rrggbb or #rrggbbaa')
    return Rgba(*bytes.fromhex(digits))


def _checked(text: str) -> str:
    parse_colour(text)
    return text


Colour = Annotated[str, AfterValidator(_checked)]
"""A parameter that holds a colour as text (`#rrggbb` or `#rrggbbaa`)."""


def yuv_of_colour(colour: Rgba) -> tuple[int, int, int]:
    """Y, U and V of a colour; its alpha is not looked at."""
    y, u, v = RGB_TO_YUV @ np.array([colour.red, colour.green, colour.blue, 1.0])
    return (round(float(y)), round(float(u)), round(float(v)))


def chroma_of(full: NDArray[Any]) -> NDArray[Any]:
    """Bring a picture-sized plane to chroma size, at the chroma's own places: 1-2-1 along x, mean of two along y.

    (h, w) or (h, w, n) to (ceil(h/2), ceil(w/2)[, n]); keeps its dtype (uint8 or float32).
    """
    height, width = full.shape[:2]
    if height % 2 or width % 2:
        full = np.asarray(cv2.copyMakeBorder(full, 0, height % 2, 0, width % 2, cv2.BORDER_REPLICATE))
    rows = cv2.addWeighted(full[::2], 0.5, full[1::2], 0.5, 0)  # INTER_AREA takes ten times as long
    return np.ascontiguousarray(cv2.GaussianBlur(rows, (3, 1), 0, borderType=cv2.BORDER_REPLICATE)[:, ::2])


def full_of(chroma: NDArray[np.uint8], width: int, height: int) -> NDArray[np.uint8]:
    """Bring a chroma plane to picture size, linearly from where its samples lie."""
    rows = cv2.resize(chroma, (chroma.shape[1], chroma.shape[0] * 2), interpolation=cv2.INTER_LINEAR)
    right = cv2.copyMakeBorder(rows[:, 1:], 0, 0, 0, 1, cv2.BORDER_REPLICATE) if rows.shape[1] > 1 else rows
    wide = np.empty((rows.shape[0], rows.shape[1] * 2), chroma.dtype)
    wide[:, ::2] = rows
    wide[:, 1::2] = cv2.addWeighted(rows, 0.5, right, 0.5, 0)
    return wide[:height, :width]


def rgb_of(frame: Frame) -> NDArray[np.uint8]:
    """The colours of a YUV frame as (h, w, 3) uint8 RGB, not premultiplied; its alpha is left out."""
    if frame.layout is Layout.RGBA:
        return straight_rgb(frame.planes[0])
    y, u, v = frame.planes[:3]
    if y.size == 0:
        return np.zeros((*y.shape, 3), np.uint8)
    size = frame.size
    return _bytes(cv2.transform(cv2.merge([y, full_of(u, *size), full_of(v, *size)]), YUV_TO_RGB))


def yuv_of(rgb: NDArray[np.uint8], *, origin: tuple[int, int] = (0, 0), scale: float = 1.0) -> Frame:
    """An opaque YUV frame of (h, w, 3) uint8 RGB."""
    y, u, v = cv2.split(cv2.transform(rgb, RGB_TO_YUV))
    return Frame((_bytes(y), chroma_of(_bytes(u)), chroma_of(_bytes(v))), origin=origin, scale=scale)


def yuva_of(frame: Frame) -> Frame:
    """A premultiplied RGBA frame as YUV420 with an alpha plane (none where it is wholly opaque).

    The origin of the result is even, so that its chroma lies on the canvas's; a transparent row or column is
    added where need be. The result is kept with the frame: asking twice is free. A YUV frame comes back as it is.
    """
    if frame.layout is Layout.YUV420:
        return frame
    known: Frame | None = frame.derived.get("yuva")
    if known is None:
        known = frame.derived["yuva"] = _to_yuva(frame)
    return known


def _to_yuva(frame: Frame) -> Frame:
    rgba, (x, y) = frame.planes[0], frame.origin
    if rgba.size == 0:
        return Frame((np.zeros((0, 0), np.uint8),) * 4, scale=frame.scale)
    if x % 2 or y % 2:
        rgba = _bytes(cv2.copyMakeBorder(rgba, y % 2, 0, x % 2, 0, cv2.BORDER_CONSTANT, value=(0, 0, 0, 0)))
        x, y = x - x % 2, y - y % 2
    alpha = np.ascontiguousarray(rgba[..., 3])
    luma, u, v = cv2.split(cv2.transform(rgba, _RGBA_TO_YUV))
    if int(alpha.min()) == 255:
        return Frame((_bytes(luma), chroma_of(_bytes(u)), chroma_of(_bytes(v))), origin=(x, y), scale=frame.scale)
    # colour weighs with its alpha when four pixels become one, so that nothing bleeds in from transparent ones
    weight = chroma_of(alpha.astype(np.float32))
    planes = [_bytes(cv2.divide(luma, alpha, scale=255))]
    for chroma in (u, v):
        mixed = cv2.divide(chroma_of(chroma.astype(np.float32)), weight, scale=255)
        mixed[weight == 0] = 128
        planes.append(_bytes(cv2.convertScaleAbs(mixed)))
    return Frame((*planes, alpha), origin=(x, y), scale=frame.scale)


def straight_rgb(rgba: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """(h, w, 4) premultiplied to (h, w, 3) colours; black where nothing is."""
    alpha = cv2.merge([np.ascontiguousarray(rgba[..., 3])] * 3)
    return _bytes(cv2.divide(np.ascontiguousarray(rgba[..., :3]), alpha, scale=255))


def _bytes(array: NDArray[Any]) -> Plane:
    """The same array, as the type checker should know it; cv2's stubs are vague."""
    return np.asarray(array, np.uint8)

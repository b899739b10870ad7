"""Depth of field: what lies before or behind the focus is softened once, when it is painted; a frame costs no more for it."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np

from engines.generate.procedural.draw.layers import Bytes, Layer, Plate, Pose, Sprites
from engines.generate.procedural.draw.poses import treated
from engines.generate.procedural.draw.window import Window

_BLUR = 0.016
"""Spread in frame heights of what lies a whole depth away from the focus, for an amount of 1."""
_LEAST_PX = 0.6
_COARSE_PX = 3.0
"""What is softened by more is kept with half the pixels."""


def defocus(layers: list[Layer], amount: float, focus: float, height: int) -> None:
    """Soften plates and sprites in place by their distance from `focus` (near, 0..1). `height` is the frame's, in pixels."""
    if amount <= 0:
        return
    for layer in layers:
        spread = amount * _BLUR * abs(layer.near - focus)
        if spread * height < _LEAST_PX:
            continue
        if isinstance(layer, Plate):
            fills = layer.fills_width and layer.data.size > 0
            layer.repaint(*softened(layer.data, layer.window, spread, fills))
        elif isinstance(layer, Sprites) and layer.poses:
            # Poses are in units of the sprite's size.
            size = max((place.size for place in layer.placements(0.0)), default=0.2)
            layer.poses = treated(layer.poses, _softener(spread / max(size, 0.01)))


def _softener(spread: float) -> Callable[[Pose], Pose]:
    return lambda one: Pose(*softened(one.data, one.window, spread, False))


def softened(data: Bytes, window: Window, spread: float, fills: bool) -> tuple[Bytes, Window]:
    """A picture blurred by `spread` (its own units), with room for what spills over. `fills`: it goes on beyond its sides."""
    if not data.size:
        return data, window
    sigma = spread * window.scale
    if sigma > _COARSE_PX and min(data.shape[:2]) > 16:
        height, width = max(4, data.shape[0] // 2), max(4, data.shape[1] // 2)
        scale = window.scale / 2
        data = np.asarray(
            cv2.warpAffine(
                data,
                np.array([[0.5, 0, -0.25], [0, 0.5, -0.25]]),
                (width, height),
                flags=cv2.INTER_LINEAR,
                borderMode=cv2.BORDER_REPLICATE,
            ),
            np.uint8,
        )
        window = Window(window.x, window.y, width, height, scale)
        sigma /= 2
    pad = int(np.ceil(sigma * 2.5)) + 1
    solid_top, solid_foot = int(data[0, :, 3].min()) == 255, int(data[-1, :, 3].min()) > 0
    top = 0 if fills and solid_top else pad
    foot = 0 if fills and solid_foot else pad
    side = 0 if fills else pad
    room = cv2.copyMakeBorder(data, top, foot, side, side, cv2.BORDER_CONSTANT, value=(0, 0, 0, 0))
    soft = cv2.GaussianBlur(room, (0, 0), sigma, borderType=cv2.BORDER_REPLICATE)
    moved = Window(
        window.x - side / window.scale,
        window.y - top / window.scale,
        room.shape[1],
        room.shape[0],
        window.scale,
    )
    return np.ascontiguousarray(soft, np.uint8), moved

"""Camera motions over a picture that stands still: it is laid larger than the canvas and moved under it."""

from __future__ import annotations

from timeline.curve import Curve, Interpolation, Keyframe
from timeline.items import EffectUse
from timeline.time import ZERO, RationalTime

_LARGE = 116.0
_ROOM = (_LARGE - 100) / 200
"""How far the picture may be moved either way, as part of the canvas, before a border shows."""
_WAYS = {  # scale at the start and the end; where the picture goes from and to, as parts of the canvas
    "pan_left": (_LARGE, _LARGE, (-_ROOM, 0.0), (_ROOM, 0.0)),
    "pan_right": (_LARGE, _LARGE, (_ROOM, 0.0), (-_ROOM, 0.0)),
    "tilt_up": (_LARGE, _LARGE, (0.0, -_ROOM), (0.0, _ROOM)),
    "tilt_down": (_LARGE, _LARGE, (0.0, _ROOM), (0.0, -_ROOM)),
    "zoom_in": (100.0, _LARGE, (0.0, 0.0), (0.0, 0.0)),
    "zoom_out": (_LARGE, 100.0, (0.0, 0.0), (0.0, 0.0)),
}
_ALIKE = {  # a flat picture has no depth: what needs some is the nearest motion that needs none
    "dolly_in": "zoom_in",
    "dolly_out": "zoom_out",
    "orbit_left": "pan_left",
    "orbit_right": "pan_right",
    "crane_up": "tilt_up",
    "crane_down": "tilt_down",
}


def still_motion(motion: str, length: RationalTime, size: tuple[int, int]) -> tuple[EffectUse, ...]:
    """The transform that makes a camera motion of a shot's length over a still, on a canvas of `size`; none for `static`."""
    way = _WAYS.get(_ALIKE.get(motion, motion))
    if way is None or length <= ZERO:
        return ()
    first, last, start, end = way
    values = {
        "fit": "fill",
        "scale": _eased(first, last, length),
        "position_x": _eased(start[0] * size[0], end[0] * size[0], length),
        "position_y": _eased(start[1] * size[1], end[1] * size[1], length),
    }
    return (EffectUse("transform", values),)


def _eased(first: float, last: float, length: RationalTime) -> float | Curve:
    if first == last:
        return first
    return Curve((Keyframe(ZERO, first, Interpolation.EASE), Keyframe(length, last)))

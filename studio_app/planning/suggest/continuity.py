"""How well one clip follows another: the last picture of the one beside the first of the other."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, hypot
from typing import Final

import numpy as np

from engines.analyse.edges import Edge

WEIGHTS: Final = (0.4, 0.3, 0.3)
"""Colour, motion, composition."""
_COLOUR, _FOCUS = 0.15, 0.25
"""OKLab distance, and picture sides, at which likeness fell to a third."""
_STILL = 0.02
"""Widths a second below which nothing goes anywhere."""
_SAME = 0.012
_NEAR, _FAR = 0.7, 0.35


@dataclass(frozen=True)
class Continuity:
    """`score` 0..1 out of colour, motion and composition, each 0..1, and what an editor would say of them."""

    score: float
    colour: float
    motion: float
    composition: float
    reasons: tuple[str, ...]


def continuity(last: Edge, first: Edge) -> Continuity:
    """Of a cut from `last` to `first`."""
    apart = float(np.mean(np.linalg.norm(last.cells - first.cells, axis=2)))
    colour = exp(-apart / _COLOUR)
    motion = _motion(last, first)
    jump = hypot(last.focus[0] - first.focus[0], last.focus[1] - first.focus[1])
    composition = exp(-jump / _FOCUS)
    score = sum(weight * one for weight, one in zip(WEIGHTS, (colour, motion, composition), strict=True))
    reasons = (_colour_words(colour, apart), _motion_words(last, first), _focus_words(composition, jump))
    return Continuity(min(1.0, score), colour, motion, composition, tuple(one for one in reasons if one))


def _motion(last: Edge, first: Edge) -> float:
    """1 where both go the same way as fast, 0 where they go against each other or one stands; 0.5 where one is not known."""
    if last.moves is None or first.moves is None:
        return 0.5
    (ax, ay), (bx, by) = last.moves, first.moves
    way = hypot(ax - bx, ay - by) / (hypot(ax, ay) + hypot(bx, by) + _STILL)
    pace = abs(last.speed - first.speed) / (last.speed + first.speed + _STILL)
    return max(0.0, 1 - 0.7 * way - 0.3 * pace)


def direction(edge: Edge) -> str:
    """`left`, `right`, `up`, `down`; empty where it stands or nothing is known."""
    if edge.moves is None or hypot(*edge.moves) < _STILL:
        return ""
    x, y = edge.moves
    if abs(x) >= abs(y):
        return "right" if x > 0 else "left"
    return "down" if y > 0 else "up"


def _colour_words(colour: float, apart: float) -> str:
    if apart < _SAME:
        return "nearly the same picture: it may look like a jump"
    return "colours near" if colour > _NEAR else "colours apart" if colour < _FAR else "colours a step apart"


def _motion_words(last: Edge, first: Edge) -> str:
    if last.moves is None or first.moves is None:
        return ""
    a, b = direction(last), direction(first)
    if not a and not b:
        return "both stand still"
    if a == b:
        return f"both go {a}"
    if {a, b} in ({"left", "right"}, {"up", "down"}):
        return f"from {a} to {b}: the direction flips"
    return f"goes {a}, then {b}" if a and b else f"goes {a}, then stands" if a else f"stands, then goes {b}"


def _focus_words(composition: float, jump: float) -> str:
    if composition > _NEAR:
        return "the eye stays where it is"
    return f"the eye has to jump {round(jump * 100)} % of the picture" if composition < _FAR else ""

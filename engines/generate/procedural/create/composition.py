"""Where things stand in the frame: thirds, balance, symmetry; and what is beside, before and behind what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from engines.generate.procedural.draw.subject_kind import subject_kinds
from engines.generate.procedural.draw.window import pick
from engines.generate.procedural.intent import Relation
from engines.generate.procedural.scene.parts import Subject

THIRD = 1 / 6
"""A third's line in frame widths from the middle."""


@dataclass(frozen=True)
class Frame:
    """`side` of the hero (-1 left, 1 right, 0 the middle), where the sun stands, how far the horizon is moved down."""

    side: float
    hero_x: float
    sun_x: float
    horizon: float


def composed(balance: str, symmetry: str, seed: int, portrait: bool) -> Frame:
    """The frame for a balance and a symmetry: usually hero and sun on opposite thirds, so that they hold each other."""
    side = -1.0 if pick(seed, 11) > 0.5 else 1.0
    if balance in ("left_heavy", "right_heavy"):
        side = -1.0 if balance == "left_heavy" else 1.0
    sun = -side * (0.14 + 0.1 * pick(seed, 12)) * (0.7 if portrait else 1.0)
    hero = side * 0.19
    if balance in ("left_heavy", "right_heavy"):
        hero, sun = side * 0.24, sun * 1.2
    if symmetry == "bilateral":
        hero, sun, side = 0.0, 0.0, 0.0
    elif symmetry == "asymmetric":
        hero, sun = side * 0.3, sun * 0.5
    horizon = {"top_heavy": -0.11, "bottom_heavy": 0.09}.get(balance, 0.0)
    return Frame(side, hero, sun, horizon)


def spread(frame: Frame, balance: str, count: int) -> tuple[float, ...]:
    """Places for `count` subjects, frame widths from the middle: the hero, then what answers it."""
    side, hero = frame.side, frame.hero_x
    if side == 0.0:  # mirrored about the middle
        row = [0.0]
        for step in range(1, count // 2 + 1):
            row += [-0.2 * step, 0.2 * step]
        row = row if count % 2 else [-0.14, 0.14, *(x * 1.6 for x in row[1:])]
        return tuple(max(-0.42, min(0.42, x)) for x in row[:count])
    if balance in ("left_heavy", "right_heavy"):
        row = [hero, hero * 0.4, hero * 1.5, side * 0.02, hero * 1.1]
    else:
        row = [hero, -side * 0.1, side * 0.33, -side * 0.34, 0.02]
    return tuple(row[min(index, len(row) - 1)] for index in range(count))


def related(subjects: Sequence[Subject], relations: Sequence[Relation], sun_x: float) -> tuple[Subject, ...]:
    """The subjects moved so that each relation to another subject, the sun or the frame can be seen."""
    placed, kinds = list(subjects), subject_kinds()
    for index, word, other in relations:
        if not isinstance(index, int) or not 0 <= index < len(placed) or word not in _PLACED:
            continue
        one = placed[index]
        anchor = placed[other] if isinstance(other, int) and 0 <= other < len(placed) and other != index else None
        dx, dnear, lift = _PLACED[word]
        if other == "frame":
            dx *= 1.4
        x, near = (anchor.x, anchor.near) if anchor is not None else (sun_x if other == "sun" else 0.0, one.near)
        if word == "beside" and x > 0.1:
            dx = -dx
        # Before or behind a place as a whole, nothing moves sideways.
        lift = lift if kinds[one.name].ground in _LIFTED and (anchor is not None or other == "frame") else 0.0
        stays = anchor is None and other not in ("sun", "frame") and word not in ("left_of", "right_of")
        placed[index] = replace(
            one,
            x=one.x if stays else max(-0.42, min(0.42, x + dx)),
            near=max(0.05, min(0.95, near + dnear)),
            lift=max(-1.0, min(1.0, one.lift + lift)),
        )
    return tuple(placed)


def sun_by(
    relations: Sequence[Relation], frame: Frame, subjects: Sequence[Subject], ridge: float, height: float
) -> tuple[float, float]:
    """Where relations put the sun or moon: its x, and how much higher than its usual `height` it stands, in frame heights.

    Behind something it stands just over its upper end; `ridge` is how high the place itself rises over the horizon.
    """
    x, lift = frame.sun_x, 0.0
    for one, word, other in relations:
        if one != "sun":
            continue
        if word in ("left_of", "right_of"):
            x = -0.28 if word == "left_of" else 0.28
        elif word == "behind" and isinstance(other, int) and other < len(subjects):
            x = subjects[other].x
        elif word == "behind":
            lift = ridge - height
        elif word in ("above", "below"):
            lift = 0.12 if word == "above" else -0.12
    return x, max(-0.3, min(0.5, lift))


_LIFTED = ("flies", "hangs", "swims", "falls")
"""What is above something else is higher only if it does not stand or float; above a place it is anyway."""
_PLACED = {
    "in_front_of": (0.03, 0.25, 0.0),
    "behind": (0.04, -0.25, 0.0),
    "left_of": (-0.2, 0.0, 0.0),
    "right_of": (0.2, 0.0, 0.0),
    "beside": (0.13, 0.0, 0.0),
    "above": (0.0, 0.0, 0.22),
    "below": (0.0, 0.0, -0.16),
    "inside": (0.0, 0.02, 0.0),
    "between": (0.0, 0.0, 0.0),
}
"""What each relation adds: x in frame widths, depth, height in frame heights."""

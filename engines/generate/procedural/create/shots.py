"""Several shots in one film: how many, how long, which sizes and moves, and what leads from one into the next."""

from __future__ import annotations

from itertools import cycle

from engines.generate.procedural.create.genres import Genre
from engines.generate.procedural.draw.window import pick
from engines.generate.procedural.scene.parts import ShotPart

SEVERAL_FROM = 6.0
"""Seconds: a shorter film is one shot."""
SHORTEST = 3.0
_USUAL = 3.4
_THIRDS = (0.85, 1.1, 0.9)
"""Pace in the first, middle and last third of a long film."""
_LONG = 30.0
_MOST = 24
_SHORTEST_FADE, _LONGEST_FADE, _FADE = 0.12, 0.5, 0.22
_MOVES = {
    "wide": ("dolly_in", "pan_left", "pan_right", "crane_down"),
    "medium": ("static", "dolly_in", "truck_left", "truck_right"),
    "close": ("static", "zoom_in", "truck_left", "truck_right"),
}


def shots_for(genre: Genre, seconds: float, pace: float, seed: int, camera: str = "") -> tuple[ShotPart, ...]:
    """The shots of a film of this genre; none where it is to be one shot. `camera`: the move that every shot shall have."""
    if seconds < SEVERAL_FROM or len(genre.shots) < 2:
        return ()
    lengths = _lengths(seconds, max(SHORTEST, _USUAL / pace))
    made: list[ShotPart] = []
    at = 0.0
    turn = cycle(genre.shots)
    for index, length in enumerate(lengths):
        size = next(turn)
        if made and made[-1].size == size:  # two of one size in a row would be a jump
            size = next(turn)
        moves = _MOVES[size]
        motion = camera or moves[int(pick(seed & 0xFFFF, 61, index) * len(moves))]
        fade = 0.0 if genre.transition == "cut" else min(_LONGEST_FADE, max(_SHORTEST_FADE, _FADE * length))
        made.append(ShotPart(at / seconds, size, motion, genre.transition if index else "cut", fade if index else 0.0))
        at += length
    return tuple(made)


def _lengths(seconds: float, usual: float) -> list[float]:
    """Lengths that fill the film, none under the shortest; long films begin calmly, hurry and calm down again."""
    count = max(1, min(_MOST, int(seconds / SHORTEST), round(seconds / usual)))
    if seconds >= SEVERAL_FROM:
        count = max(2, count)
    if seconds < _LONG:
        return [seconds / count] * count
    lengths = _by_thirds(seconds, count)
    while min(lengths) < SHORTEST:
        count -= 1
        lengths = _by_thirds(seconds, count)
    return lengths


def _by_thirds(seconds: float, count: int) -> list[float]:
    paces = [_THIRDS[min(2, int(3 * (n + 0.5) / count))] for n in range(count)]
    whole = sum(1 / pace for pace in paces)
    return [seconds / pace / whole for pace in paces]

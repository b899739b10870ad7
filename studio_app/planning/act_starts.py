"""Where the acts of a storyboard in three acts begin, by their shares of its running time, and when each shot is seen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from studio_app.planning.assemble import passages, shot_length
from studio_app.planning.narrative.structures import STRUCTURES
from timeline.storyboard import Storyboard
from timeline.time import ZERO, RationalTime

_LEAST_SHOTS = 3


@dataclass(frozen=True)
class Act:
    """Shots that stand together: `count` of them from place `first` on, and how long they are in the cut. `name` in English."""

    name: str
    first: int
    count: int
    length: RationalTime


def shot_starts(board: Storyboard) -> tuple[RationalTime, ...]:
    """When each shot begins to be the one that is seen, in the cut; and at the end how long the cut is."""
    ways = passages(board)
    at, found = ZERO, [ZERO]
    for index, shot in enumerate(board.shots):
        tail = ways[index + 1].after if index + 1 < len(ways) else ZERO
        at = at + shot_length(shot, board) - ways[index].before - tail
        found.append(at)
    return tuple(found)


def acts_in(board: Storyboard) -> tuple[Act, ...]:
    """The acts in order; none where the storyboard has no acts."""
    opens = act_starts(board)
    firsts = [place for place, shot in enumerate(board.shots) if shot.id in opens]
    if not firsts:
        return ()
    starts = shot_starts(board)
    return tuple(
        Act(opens[board.shots[first].id], first, after - first, starts[after] - starts[first])
        for first, after in zip(firsts, [*firsts[1:], len(board.shots)], strict=True)
    )


def act_starts(board: Storyboard) -> Mapping[str, str]:
    """The name of an act by the shot that opens it: the first whose middle lies in it. Empty without acts."""
    structure = STRUCTURES.get(board.narrative_structure)
    if structure is None or len(board.shots) < _LEAST_SHOTS:
        return {}
    total = sum(shot.duration.fraction for shot in board.shots)
    found: dict[str, str] = {}
    at = total * 0
    for shot in board.shots:
        middle = (at + shot.duration.fraction / 2) / total
        act = max(n for n, start in enumerate(structure.bounds[:-1]) if middle >= start)
        name = structure.beats[act].name
        if name not in found.values():
            found[shot.id] = name
        at += shot.duration.fraction
    return found

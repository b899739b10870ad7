"""Where the acts of a storyboard in three acts begin, by their shares of its running time."""

from __future__ import annotations

from collections.abc import Mapping

from studio_app.planning.narrative.structures import STRUCTURES
from timeline.storyboard import Storyboard

_LEAST_SHOTS = 3


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

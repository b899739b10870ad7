"""A few sentences become a storyboard: one shot each, and several views of each where the film shall be longer."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from typing import Any

from studio_app.planning.planner.lengths import shares
from studio_app.planning.planner.plan import Brief, planned
from studio_app.planning.planner.words import shots_in
from studio_app.planning.storyboard_file import parse_storyboard
from timeline.storyboard import Shot, Storyboard
from timeline.time import RationalTime

VIEW_SECONDS = 6
"""About how long one view is held before the next."""
SHORTEST_SECONDS = 2
VIEWS = (
    ("Wide view: ", "crane_up"),
    ("", "dolly_in"),
    ("Close: ", "pan_right"),
    ("", "orbit_left"),
    ("Close: ", "zoom_in"),
    ("Wide view: ", "pan_left"),
)
"""How the views of one sentence differ: shot size and camera, from establishing to detail and back."""
_END = re.compile(r"(?<=[.!?])\s+")


def storyboard_of(text: str, seconds: int = 0, **wishes: Any) -> Storyboard:
    """`seconds` is the length of the whole (0: five seconds a sentence); `wishes` are fields of the storyboard.

    Text with `<SHOT 1>` is laid out as it says. Raises StoryboardError when there are no words.
    """
    if shots_in(text)[1]:
        size = {name: wishes[name] for name in ("width", "height", "rate", "title") if name in wishes}
        brief = Brief(
            text, seconds=Fraction(seconds) if seconds else None, style=wishes.get("global_style", ""), **size
        )
        return planned(brief).board
    sentences = [part.strip() for line in text.splitlines() for part in _END.split(line) if part.strip()]
    board = replace(parse_storyboard("\n\n".join(sentences), ".txt", "the sentence"), **wishes)
    if not seconds:
        return board
    views = max(1, round(seconds / (VIEW_SECONDS * len(board.shots))))
    shots = [view for shot in board.shots for view in _views(shot, views)]
    least = RationalTime(SHORTEST_SECONDS).nearest_frame(board.rate)
    total = max(RationalTime(seconds).nearest_frame(board.rate), least * len(shots))
    frames = shares([Fraction(1)] * len(shots), total, least)
    lengths = [RationalTime.from_frames(one, board.rate) for one in frames]
    return replace(board, shots=tuple(replace(shot, duration=one) for shot, one in zip(shots, lengths, strict=True)))


def _views(shot: Shot, count: int) -> list[Shot]:
    if count == 1:
        return [shot]
    result = []
    for number in range(count):
        size, camera = VIEWS[number % len(VIEWS)]
        description = f"{size}{shot.description[:1].lower() if size else shot.description[:1]}{shot.description[1:]}"
        view = replace(shot, id=f"{shot.id}-{number + 1}", description=description, camera_motion=camera)
        result.append(view)
    return result

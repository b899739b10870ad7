"""The camera of a shot: "static" that was chosen, against "static" that every shot begins with, where its words may name a move.

Projects always kept "static" for both. What was chosen is marked beside it, so that what was saved before means what it meant.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from timeline.storyboard import Shot

STILL: Final = "static"
CHOSEN: Final = "camera_chosen"
"""In a shot's `extra`: its static camera was chosen."""


def chosen_camera(shot: Shot) -> str:
    """The camera motion that was chosen, one of the thirteen; empty where none was, and the words decide."""
    return shot.camera_motion if shot.camera_motion != STILL or shot.extra.get(CHOSEN) is True else ""


def with_camera(shot: Shot, motion: str) -> dict[str, Any]:
    """What of a shot changes when its camera is chosen; empty: the words decide from now on."""
    kept = {key: one for key, one in shot.extra.items() if key != CHOSEN}
    return {"camera_motion": motion or STILL, "extra": {**kept, CHOSEN: True} if motion == STILL else kept}


def filmed(shot: Shot, motion: str) -> Shot:
    """The shot with a camera that was chosen."""
    return replace(shot, **with_camera(shot, motion))

"""What reading and writing scene graphs and timelines share."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from studio_app.planning.planner.words import CAMERAS
from timeline.storyboard import CAMERA_MOTIONS
from timeline.time import FrameRate

KEPT: Final = "scene_graph"
"""Where a shot keeps what a storyboard has no place for."""
SIZE: Final = (1080, 1920)
RATE: Final = FrameRate(30)
"""What such films are by custom; a scene graph says neither."""
TEXT_SIZE: Final = 48.0
CORNERS: Final = {
    "center": (50.0, 50.0),
    "top-left": (20.0, 10.0),
    "top-right": (80.0, 10.0),
    "bottom-left": (20.0, 90.0),
    "bottom-right": (80.0, 90.0),
}
MOTION_OF: Final = {
    "ken_burns_zoom": "zoom_in",
    "ken_burns_pan": "pan_right",
    "slow_zoom_in": "dolly_in",
    "slow_zoom_out": "zoom_out",
    "static": "static",
}
EFFECT_OF: Final = {
    **{motion: effect for effect, motion in MOTION_OF.items()},
    "pan_left": "ken_burns_pan",
    "dolly_out": "slow_zoom_out",
}


@dataclass
class Notes:
    """What is not the same on the other side, each thing once."""

    said: list[str] = field(default_factory=list)

    def say(self, sentence: str) -> None:
        """Note it."""
        if sentence not in self.said:
            self.said.append(sentence)


def camera_of(effect: str | None, words: str | None) -> str:
    """The camera motion of a scene: its effect's, else the one its words name; empty where they name none."""
    if effect is not None:
        return MOTION_OF[effect]
    said = " ".join((words or "").casefold().replace("_", " ").split())
    if (name := said.replace(" ", "_")) in CAMERA_MOTIONS:
        return name
    return CAMERAS.get(said, "")

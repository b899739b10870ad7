"""What transitions are called here and in the JSON of other planners. Their fade mixes two pictures; ours goes through a colour."""

from __future__ import annotations

from typing import Final

from studio_app.planning.planner.graph import Passage
from studio_app.planning.planner.reel import Kind

OURS_OF: Final[dict[str, str]] = {
    "cut": "cut",
    "fade": "dissolve",
    "fade_black": "fade",
    "swipe_left": "slide",
    "swipe_right": "wipe",
    "wipe_right": "wipe",
    "wipe_left": "wipe",
    "zoom_in": "zoom",
    "dissolve": "dissolve",
    "pixelize": "dissolve",
}
EXACT: Final = ("cut", "fade", "fade_black", "swipe_left", "swipe_right", "zoom_in", "dissolve", "wipe_right")
"""Of theirs, those that are the same here."""
GRAPH_OF: Final[dict[str, Passage]] = {
    "cut": "cut",
    "dissolve": "fade",
    "fade": "fade_black",
    "slide": "swipe_left",
    "wipe": "swipe_right",
}
"""Ours as a scene graph has them; the others are a fade."""
REEL_OF: Final[dict[str, Kind]] = {**GRAPH_OF, "wipe": "wipe_right", "zoom": "zoom_in"}
"""Ours as a timeline has them; the others are a fade."""

"""What kind of film a storyboard is, and the preset it was made by: who is asked for its shots goes by both."""

from __future__ import annotations

from typing import Final

from engines.generate.routing import PRESET_ENGINES, Kind
from studio_app.planning.planner.graph_words import KEPT
from timeline.storyboard import Shot, Storyboard

KIND: Final = "kind"
"""In the `extra` of a storyboard, and in its file: `reel` for scenes of a reel; without it, shots of a film."""
PRESET: Final = "preset"
"""In the `extra` of a storyboard or a shot, and in files: the preset it goes by."""
REEL: Final = Kind.REEL.value
KINDS: Final = (Kind.FILM.value, Kind.REEL.value)
PRESETS: Final = tuple(PRESET_ENGINES)


def kind_of(board: Storyboard | None, shot: Shot) -> Kind:
    """Scenes that came as a scene graph are scenes of a reel, too."""
    is_reel = (board is not None and board.extra.get(KIND) == REEL) or KEPT in shot.extra
    return Kind.REEL if is_reel else Kind.FILM


def preset_of(board: Storyboard | None, shot: Shot) -> str:
    """The shot's own, else its storyboard's; empty where there is none."""
    return str(shot.extra.get(PRESET) or (board.extra.get(PRESET) if board is not None else "") or "")

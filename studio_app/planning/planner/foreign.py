"""What is planned from: plain text, and JSON of other planners (scene graph, timeline), which has a version and ours has not."""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

from studio_app.planning.planner.graph import parsed_graph
from studio_app.planning.planner.graph_in import board_of
from studio_app.planning.planner.reel import parsed_reel
from studio_app.planning.planner.reel_board import board_of_reel
from timeline.errors import StoryboardError
from timeline.storyboard import Storyboard
from timeline.time import RationalTime

MOST_TEXT = 200_000
"""Characters of a text that is planned from."""


def read_plain(path: Path) -> str:
    """A text file. Raises StoryboardError in one sentence."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise StoryboardError(f"{path.name} is not UTF-8 text; save it as UTF-8.") from error
    except OSError as error:
        raise StoryboardError(f"“{path}” cannot be read: {error.strerror}.") from error
    if len(text) > MOST_TEXT:
        raise StoryboardError(f"{path.name} is longer than {MOST_TEXT} characters; plan a part of it.")
    return text


def foreign_board(text: str, name: str, folder: Path | None) -> tuple[Storyboard, tuple[str, ...]] | None:
    """The storyboard of such a text and what it does not show; None for any other text. Raises ContractError."""
    try:
        plain = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(plain, dict) or "version" not in plain:
        return None
    title = Path(name).stem.replace("_", " ").strip().capitalize()
    if "timeline" in plain or "tracks" in plain:
        board, notes = board_of_reel(parsed_reel(text, name), folder, title)
    else:
        board, notes = board_of(parsed_graph(text, name), folder, title)
    return in_whole_frames(board), notes


def in_whole_frames(board: Storyboard) -> Storyboard:
    """The board whose scenes are whole frames, and together as near to what they were as frames can be."""
    exact = [shot.duration.fraction * board.rate for shot in board.shots]
    frames = [int(one) for one in exact]
    short = round(sum(exact, Fraction(0))) - sum(frames)
    for index in sorted(range(len(exact)), key=lambda one: (frames[one] - exact[one], one))[:short]:
        frames[index] += 1
    lengths = [RationalTime.from_frames(max(1, one), board.rate) for one in frames]
    return replace(
        board, shots=tuple(replace(shot, duration=one) for shot, one in zip(board.shots, lengths, strict=True))
    )

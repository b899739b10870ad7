"""A storyboard of the window as a file: for Starcut again, or as a scene graph for other planners."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from studio_app.planning.planner.contract import as_json
from studio_app.planning.planner.graph_out import graph_of
from studio_app.planning.storyboard_file import write_storyboard
from timeline.atomic import write_atomically
from timeline.errors import StoryboardError
from timeline.media import Library
from timeline.storyboard import Shot, Storyboard


def export_board(board: Storyboard, library: Library, path: Path) -> tuple[str, ...]:
    """Write it by the name of the file: `.json` is a scene graph 2.0, all else YAML. Returns what the file cannot hold.

    Shots that a file of the pool stands for name it by its path. Raises StoryboardError.
    """
    board = replace(board, shots=tuple(_with_path(shot, library) for shot in board.shots))
    if path.suffix.lower() != ".json":
        write_storyboard(board, path)
        return ()
    graph, notes = graph_of(board, path.resolve().parent)
    try:
        write_atomically(path, as_json(graph).encode())
    except OSError as error:
        raise StoryboardError(f'The storyboard "{path}" cannot be written: {error.strerror}.') from error
    return notes


def _with_path(shot: Shot, library: Library) -> Shot:
    media = library.media.get(shot.media_id or "")
    return shot if media is None or shot.image_reference else replace(shot, image_reference=media.path)

"""What the storyboard's panel, actions and dialogs share: which one is meant, which shots, several changed at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from studio_app.session.session import Session
from timeline.command import Batch
from timeline.commands.edit_shot import EditShot
from timeline.storyboard import Shot, Storyboard


def board_of(session: Session) -> Storyboard | None:
    """The storyboard on screen: the first one."""
    boards = session.document.project.storyboards if session.document.is_open else ()
    return boards[0] if boards else None


def chosen_shots(session: Session) -> list[Shot]:
    """The chosen shots in the order of the storyboard."""
    board, chosen = board_of(session), set(session.selection.shots.ids)
    return [shot for shot in board.shots if shot.id in chosen] if board is not None else []


def change_shots(
    session: Session, shot_ids: Iterable[str], changes: Mapping[str, Any], name: str = "Change shots"
) -> bool:
    """Set the same fields of several shots in one step; a slider's steps merge into one."""
    board = board_of(session)
    commands = tuple(EditShot(board.id, one, changes) for one in shot_ids if board.shot(one)) if board else ()
    if not commands:
        return False
    return session.document.do(commands[0] if len(commands) == 1 else Batch(commands, name))

"""A shot that is longer than its engine makes: joined parts, a shorter place, or another engine; each says what it costs."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from studio_app.planning.request import request_for
from studio_app.session.joined_parts import JOINED, TooLong
from timeline.command import Batch, Command
from timeline.commands.delete_items import DeleteItems
from timeline.commands.edit_shot import EditShot
from timeline.commands.trim_clip import TrimClip
from timeline.errors import EditRefused
from timeline.filling import waits_for
from timeline.query import clips_of_shot
from timeline.storyboard import Shot, Storyboard
from timeline.time import RationalTime

if TYPE_CHECKING:
    from studio_app.session.session import Session


def too_long(session: Session, board: Storyboard, shot: Shot, engine: str | None = None) -> TooLong | None:
    """What can be done about a shot that is too long for the engine it asks for; None where it is not."""
    planner = session.desk.planner(session.document.project.id)
    return planner.too_long(shot, request_for(board, shot), shot.engine if engine is None else engine)


def home_of(session: Session, shot_id: str) -> tuple[Storyboard, Shot] | None:
    """A shot and its board."""
    boards = session.document.project.storyboards
    return next(((board, shot) for board in boards if (shot := board.shot(shot_id)) is not None), None)


def with_joined(shot: Shot) -> Shot:
    """The shot, which may be made in joined parts."""
    return replace(shot, extra={**shot.extra, JOINED: True})


def join_parts(session: Session, shot_id: str, engine: str) -> None:
    """Let a shot be made in joined parts, and send it."""
    found = home_of(session, shot_id)
    if found is None:
        raise EditRefused("This shot is gone.")
    board, shot = found
    if not shot.extra.get(JOINED):
        session.document.do_alone(EditShot(board.id, shot.id, {"extra": with_joined(shot).extra}))
    session.generation.generate([shot_id], engine)


def trim_shot(session: Session, shot_id: str, seconds: float) -> bool:
    """Make a shot, and the places that wait for it, as short as its engine makes it: one step. What stood behind stays."""
    found = home_of(session, shot_id)
    if found is None:
        raise EditRefused("This shot is gone.")
    board, shot = found
    commands: list[Command] = [EditShot(board.id, shot.id, {"duration": cut_to(seconds, board)})]
    for sequence, clip in clips_of_shot(session.document.project, shot_id):
        end = RationalTime.from_frames(cut_to(seconds, board).frames(sequence.rate), sequence.rate)
        if not waits_for(clip, shot_id) or clip.source_range.end <= end:
            continue
        if clip.source_range.start >= end:
            commands.append(DeleteItems(sequence.id, (clip.id,)))  # cut apart: nothing is made for this piece
        else:
            over = (clip.source_range.end - end) / abs(clip.speed)
            commands.append(TrimClip(sequence.id, clip.id, "out", -over.snapped(sequence.rate)))
    return session.document.do_alone(Batch(tuple(commands), f"Trim to {seconds:g} s"))


def cut_to(seconds: float, board: Storyboard) -> RationalTime:
    """The longest whole number of frames within so many seconds."""
    return RationalTime.from_frames(RationalTime.parse(f"{seconds:.3f}").frames(board.rate), board.rate)

"""A place that waits may have been made longer than its shot: what is asked for then covers all that is to be seen of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from studio_app.planning.assemble import shot_length
from studio_app.session.document import Document
from timeline.command import Batch
from timeline.commands.edit_shot import EditShot
from timeline.filling import waits_for
from timeline.project import Project
from timeline.query import clips_of_shot
from timeline.storyboard import Shot, Storyboard
from timeline.time import RationalTime


def covering(project: Project, board: Storyboard, shot: Shot) -> Shot:
    """The shot as long as the places that wait for it show of it, in whole frames of its board; never shorter than it is."""
    length = asked = shot_length(shot, board)
    for sequence, clip in clips_of_shot(project, shot.id):
        frame = RationalTime.from_frames(1, sequence.rate)
        if waits_for(clip, shot.id) and clip.source_range.end - asked >= frame * abs(clip.speed):
            length = max(length, clip.source_range.end)
    if length == asked:
        return shot
    frames = length.frames(board.rate) + (not length.is_on_frame(board.rate))
    return replace(shot, duration=RationalTime.from_frames(frames, board.rate))


def cover_places(document: Document, shot_ids: Iterable[str]) -> None:
    """Make shots as long as their places, as one step; nothing where they all reach."""
    changes, project = [], document.project
    for shot_id in shot_ids:
        board = next((one for one in project.storyboards if one.shot(shot_id) is not None), None)
        shot = board.shot(shot_id) if board is not None else None
        if board is not None and shot is not None and (new := covering(project, board, shot)) is not shot:
            changes.append(EditShot(board.id, shot_id, {"duration": new.duration}))
    if changes:
        document.do_alone(Batch(tuple(changes), "Make shots as long as their places"))

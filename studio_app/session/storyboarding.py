"""What the storyboard's panel, actions and dialogs share: which one is meant, which shots, how one begins."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from studio_app.session.session import Session
from timeline.command import Batch
from timeline.commands.add_shot import AddShot
from timeline.commands.set_storyboard import SetStoryboard
from timeline.items import Clip
from timeline.storyboard import Shot, Storyboard


def board_of(session: Session) -> Storyboard | None:
    """The storyboard on screen: the first one."""
    boards = session.document.project.storyboards if session.document.is_open else ()
    return boards[0] if boards else None


def chosen_shots(session: Session) -> list[Shot]:
    """The chosen shots in the order of the storyboard."""
    board, chosen = board_of(session), set(session.selection.shots.ids)
    return [shot for shot in board.shots if shot.id in chosen] if board is not None else []


def stand_on_timeline(session: Session, board: Storyboard) -> None:
    """Open the sequence the shots stand in, or make one, and say which it is and what stands in it."""
    there = {one.id for one in session.document.project.sequences}
    sequence_id = session.generation.place(board)
    session.transport.set_sequence(sequence_id)
    sequence = next(one for one in session.document.project.sequences if one.id == sequence_id)
    standing = {clip.shot_id for track in sequence.tracks for clip in track.items if isinstance(clip, Clip)}
    if sequence_id in there:
        said = f"The shots stand in the sequence “{sequence.name}” already: it is open now."
        if missing := sum(shot.id not in standing for shot in board.shots):
            said += f" {missing} of {len(board.shots)} shots are not in it: drag their cards there."
    else:
        made = sum(session.generation.media_for(shot) is not None for shot in board.shots)
        said = f"New sequence “{sequence.name}”: {made} of {len(board.shots)} shots with a picture"
        said += ", the rest as placeholders." if made < len(board.shots) else "."
    face = session.face
    if face is not None:
        session.offer(said, "Show timeline", lambda: face.show("panel", "timeline"))


def begin_from(session: Session, board: Storyboard, may_close: Callable[[], bool]) -> None:
    """Take a storyboard as the beginning: into the open project while its own is empty, else as a new project."""
    own = board_of(session)
    if own is not None and not own.shots and not session.sequence.duration:
        kept = ("id", "extra", "shots")
        changes = {name: value for name, value in vars(board).items() if name not in kept}
        shots = (AddShot(own.id, shot) for shot in board.shots)
        session.document.seal()
        session.document.do(Batch((SetStoryboard(own.id, changes), *shots), "New from template"))
        return
    if session.document.is_open and not may_close():
        return
    start_from(session, board)


def start_from(session: Session, board: Storyboard) -> None:
    """A new project with this storyboard, in its size and rate."""
    session.files.new(board.title or "Untitled", board.width, board.height, board.rate)
    empty = session.document.project.storyboards[0]
    project = replace(session.document.project, storyboards=(replace(board, id=empty.id),))
    session.document.replace(replace(session.document.saved, project=project), None, is_saved=False)

"""The storyboard's shots: add, remove, generate, stand on the timeline."""

from __future__ import annotations

from studio_app.actions.registry import action
from studio_app.session.session import Session
from studio_app.session.storyboarding import stand_on_timeline
from timeline.command import Batch
from timeline.commands.add_shot import AddShot
from timeline.commands.edit_shot import EditShot
from timeline.commands.remove_shot import RemoveShot
from timeline.errors import EditRefused
from timeline.storyboard import Shot, Storyboard


def board_of(session: Session) -> Storyboard | None:
    """The storyboard on screen: the first one."""
    boards = session.document.project.storyboards
    return boards[0] if boards else None


def has_shots(session: Session) -> bool:
    """Whether shots are selected."""
    return bool(session.selection.shots.ids)


def can_generate(session: Session) -> bool:
    """Whether a shot is still without a picture."""
    board = board_of(session)
    return board is not None and bool(session.generation.missing(board))


def has_running(session: Session) -> bool:
    """Whether shots are being made."""
    return any(job.kind == "generate" and not job.is_over for job in session.jobs.all)


@action("shot.add", "Add shot", menu="shot", icon="plus", enabled=lambda s: board_of(s) is not None)
def add(session: Session) -> None:
    """Add a shot behind the selected one, or at the end."""
    board = board_of(session)
    if board is None:
        return
    lead = session.selection.shots.lead
    index = next((n + 1 for n, one in enumerate(board.shots) if one.id == lead), len(board.shots))
    shot = Shot("")
    if session.document.do(AddShot(board.id, shot, index)):
        session.selection.shots.set([shot.id])


@action("shot.remove", "Remove shots", "Delete", "Backspace", menu="shot", enabled=has_shots, scope="storyboard")
def remove(session: Session) -> None:
    """Take the selected shots out of the storyboard; their takes stay in the pool."""
    board = board_of(session)
    if board is not None:
        commands = tuple(RemoveShot(board.id, one) for one in session.selection.shots.ids if board.shot(one))
        session.document.do(Batch(commands, "Remove shots") if len(commands) > 1 else commands[0])


@action("shot.generate_all", "Generate missing shots", menu="shot", group=1, icon="sparkles", enabled=can_generate)
def generate_all(session: Session) -> None:
    """Stand every shot on the timeline and make the pictures that are missing."""
    board = board_of(session)
    if board is None:
        return
    undescribed = [
        one for one in session.generation.missing(board) if not (board.shot(one) or Shot("")).description.strip()
    ]
    if undescribed:
        session.selection.shots.set(undescribed)
        raise EditRefused("A shot has no description yet. Say what is to be seen, then generate.")
    session.transport.set_sequence(session.generation.place(board))
    session.generation.generate(session.generation.missing(board))


@action(
    "shot.generate", "Generate another take", "Ctrl+Return", menu="shot", group=1, icon="sparkles", enabled=has_shots
)
def generate(session: Session) -> None:
    """Make one more take of each selected shot."""
    session.generation.generate(session.selection.shots.ids)


def has_scene(session: Session) -> bool:
    """Whether the shot chosen last can be shown as a scene."""
    shot = session.document.project.shot(session.selection.shots.lead or "")
    return shot is not None and bool(shot.scene or shot.description.strip()) and shot.media_id is None


@action("shot.edit_scene", "Edit scene…", menu="shot", group=1, icon="sliders-horizontal", enabled=has_scene)
def edit_scene(session: Session) -> None:
    """Change what the embedded engine draws: place, light, subjects, camera, look."""
    if session.face is not None:
        session.face.show("scene", session.selection.shots.lead or "")


def has_take_scene(session: Session) -> bool:
    """Whether the take in use of the shot chosen last names the scene it was drawn from, and the shot has another."""
    lead = session.selection.shots.lead or ""
    shot = session.document.project.shot(lead)
    scene = session.generation.scene_of_take(lead) if shot is not None else {}
    return shot is not None and bool(scene) and scene != shot.scene


@action("shot.keep_take_scene", "Keep the scene of its take", menu="shot", group=1, enabled=has_take_scene)
def keep_take_scene(session: Session) -> None:
    """Make the scene of the take in use the shot's own: its next take is the same film, until something is changed."""
    board, lead = board_of(session), session.selection.shots.lead or ""
    if board is not None:
        session.document.do(EditShot(board.id, lead, {"scene": session.generation.scene_of_take(lead)}))


@action("shot.cancel_all", "Cancel generation", menu="shot", group=1, icon="x", enabled=has_running)
def cancel_all(session: Session) -> None:
    """Stop every shot that is being made; finished takes stay."""
    for job in session.jobs.all:
        if job.kind == "generate":
            job.cancel()


@action("shot.place", "Stand on timeline", menu="shot", group=2, enabled=lambda s: board_of(s) is not None)
def place(session: Session) -> None:
    """Make a sequence of the storyboard: takes where there are some, placeholders where not."""
    board = board_of(session)
    if board is not None and board.shots:
        stand_on_timeline(session, board)

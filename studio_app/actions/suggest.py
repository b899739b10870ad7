"""Suggestions: takes, neighbours, what is missing, what is there twice. What is found stands in the narrative panel."""

from __future__ import annotations

from studio_app.actions.registry import action
from studio_app.session import suggest_lacks, suggest_target, suggesting
from studio_app.session.session import Session


def has_target(session: Session) -> bool:
    """Whether a clip, a shot or a file is chosen or under the playhead."""
    return suggest_target.target_of(session) is not None


def has_shots(session: Session) -> bool:
    """Whether there is a storyboard with shots."""
    return any(board.shots for board in session.document.project.storyboards)


def has_media(session: Session) -> bool:
    """Whether the pool has files."""
    return len(session.document.library.media) > 1


def _show(session: Session) -> None:
    if session.face is not None:
        session.face.show("narrative")


@action("suggest.take", "Suggest a take", menu="shot", group=4, icon="wand-sparkles", enabled=has_target)
def take(session: Session) -> None:
    """Find the unused takes and files that are nearest to the selected shot."""
    suggesting.suggest_take(session)
    _show(session)


@action("suggest.before", "Find what goes before", menu="shot", group=4, enabled=has_target)
def before(session: Session) -> None:
    """Find the clips whose last frame leads best to the first of this one: by colour, motion and composition."""
    suggesting.find_neighbour(session, after=False)
    _show(session)


@action("suggest.after", "Find what goes after", menu="shot", group=4, enabled=has_target)
def after(session: Session) -> None:
    """Find the clips whose first frame follows the last of this one best: by colour, motion and composition."""
    suggesting.find_neighbour(session, after=True)
    _show(session)


@action("suggest.missing", "What is missing", menu="shot", group=4, enabled=has_shots)
def missing(session: Session) -> None:
    """Say what the storyboard lacks: takes, a wide shot, a close-up, parts of acts, a second camera."""
    suggest_lacks.find_missing(session)
    _show(session)


@action("suggest.duplicates", "Find duplicates", menu="file", group=2, enabled=has_media)
def duplicates(session: Session) -> None:
    """Find clips of the pool that are there twice, and say which to keep."""
    suggest_lacks.find_duplicates(session)
    _show(session)

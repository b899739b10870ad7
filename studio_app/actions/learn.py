"""Thumbs for takes, and the looks that were found."""

from __future__ import annotations

from studio_app.actions.registry import action
from studio_app.session.learnt import film_of, thumb_of, toggle_thumb
from studio_app.session.session import Session
from timeline.commands.set_learnt import SetLearnt


def has_film(session: Session) -> bool:
    """Whether the shot chosen last has a take in use that is in the log."""
    return bool(film_of(session, session.selection.shots.lead or ""))


def is_up(session: Session) -> bool:
    """Whether it has a thumb up."""
    return thumb_of(session, session.selection.shots.lead or "") == "up"


def is_down(session: Session) -> bool:
    """Whether it has a thumb down."""
    return thumb_of(session, session.selection.shots.lead or "") == "down"


@action("learn.thumb_up", "Take is good", menu="shot", group=3, icon="thumb-up", enabled=has_film, checked=is_up)
def thumb_up(session: Session) -> None:
    """Remember that the take in use is good; its look is kept among the looks found."""
    toggle_thumb(session, film_of(session, session.selection.shots.lead or ""), "up")


@action(
    "learn.thumb_down", "Take is no good", menu="shot", group=3, icon="thumb-down", enabled=has_film, checked=is_down
)
def thumb_down(session: Session) -> None:
    """Remember that the take in use is no good; nothing is deleted."""
    toggle_thumb(session, film_of(session, session.selection.shots.lead or ""), "down")


@action("learn.looks", "Looks…", menu="shot", group=3, icon="palette", enabled=lambda s: s.face is not None)
def looks(session: Session) -> None:
    """Show the looks that were found, and what may be learnt."""
    if session.face is not None:
        session.face.show("preferences", "Looks")


@action("learn.use", "Use what was learnt", menu="shot", group=3, checked=lambda s: s.document.project.uses_learnt)
def use(session: Session) -> None:
    """Make takes of this project with the changes you accepted, or without."""
    session.document.do(SetLearnt(not session.document.project.uses_learnt))

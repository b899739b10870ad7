"""What does not fit in length is told with its ways out: a take that is too short for its clip, a shot its engine cannot make."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from timeline.filling import waits_for
from timeline.query import clips_of_shot

if TYPE_CHECKING:
    from studio_app.session.session import Session


def offer_ways(session: Session) -> None:
    """Ask from now on; the window shows the ways when the user wants to see them."""
    session.generation.short.connect(partial(_offer_short, session))
    session.generation.too_long.connect(partial(_offer_parts, session))


def _offer_short(session: Session, shot_id: str, media_id: str) -> None:
    """A take does not reach from end to end of the place that waits for it: slower, held or trimmed is the user's choice."""
    places = clips_of_shot(session.document.project, shot_id)
    found = next(((sequence, clip) for sequence, clip in places if waits_for(clip, shot_id)), None)
    if found is not None:
        name, about = session.document.library.media[media_id].name, f"{found[0].id} {found[1].id} {media_id}"
        show = partial(_show, session, "take_too_short", about)
        session.offer(f"“{name}” is too short for its place.", "Choose what happens", show)


def _offer_parts(session: Session, shot_id: str, engine: str) -> None:
    """A shot is longer than its engine makes: joined parts, a shorter shot or another engine is the user's choice."""
    name = shot.description if (shot := session.document.project.shot(shot_id)) is not None else ""
    show = partial(_show, session, "too_long", f"{shot_id} {engine}")
    session.offer(f"“{name[:40]}” is longer than its engine makes. Nothing was sent.", "Choose what happens", show)


def _show(session: Session, what: str, about: str) -> None:
    if session.face is not None:
        session.face.show(what, about)

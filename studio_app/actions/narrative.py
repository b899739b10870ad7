"""Dramatic structure: the story of the scenes that are meant, and their order as a new sequence."""

from __future__ import annotations

from studio_app.actions.registry import action
from studio_app.planning.narrative.structures import STRUCTURES
from studio_app.session import scenes_meant
from studio_app.session.session import Session
from timeline.track import TrackKind


def has_scenes(session: Session) -> bool:
    """Whether there is something a story can be told of."""
    chosen = len(session.selection.media) + len(session.selection.shots)
    rows = (track.clip_count for track in session.sequence.tracks if track.kind is TrackKind.VIDEO)
    return bool(chosen) or any(rows) or any(board.shots for board in session.document.project.storyboards)


def _order(session: Session, structure_id: str) -> None:
    scenes_meant.order(session, STRUCTURES[structure_id])
    if session.face is not None:
        session.face.show("narrative")


@action("narrative.look", "Dramatic structure", menu="sequence", group=7, icon="activity", enabled=has_scenes)
def look(session: Session) -> None:
    """Hold the chosen scenes, else the whole cut, against a structure: acts, tension, better orders."""
    scenes_meant.look(session)
    if session.face is not None:
        session.face.show("narrative")


@action("narrative.order_three_acts", "Order as three acts", menu="sequence", group=7, enabled=has_scenes)
def order_three_acts(session: Session) -> None:
    """A new sequence of the chosen scenes: setup, confrontation, resolution. Nothing that is there changes."""
    _order(session, "three_act")


@action("narrative.order_five_acts", "Order as five acts", menu="sequence", group=7, enabled=has_scenes)
def order_five_acts(session: Session) -> None:
    """A new sequence of the chosen scenes that rises to a climax in its middle and falls from there."""
    _order(session, "five_act")


@action("narrative.order_heros_journey", "Order as a hero’s journey", menu="sequence", group=7, enabled=has_scenes)
def order_heros_journey(session: Session) -> None:
    """A new sequence of the chosen scenes: ordinary world, call, ordeal, reward, return."""
    _order(session, "hero_journey")


@action("narrative.order_save_the_cat", "Order as Save the Cat", menu="sequence", group=7, enabled=has_scenes)
def order_save_the_cat(session: Session) -> None:
    """A new sequence of the chosen scenes by the fifteen beats of a screenplay."""
    _order(session, "save_the_cat")

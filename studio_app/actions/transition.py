"""Default transitions: on the selected or the nearest edit, over the cut or on one side of it."""

from __future__ import annotations

from studio_app.actions.registry import action
from studio_app.session.applying import CROSSFADE, default_transition, lay_transitions, meant_cuts
from studio_app.session.session import Session
from timeline.fitting import Align


@action("clip.transition", "Video transition", "Ctrl+D", menu="clip", group=7)
def transition(session: Session) -> None:
    """Lay the default transition over the selected or nearest edit of the picture."""
    _add(session, "centre", sound=False)


@action("clip.audio_transition", "Audio transition", "Ctrl+Shift+D", menu="clip", group=7)
def audio_transition(session: Session) -> None:
    """Lay a crossfade over the selected or nearest edit of the sound."""
    _add(session, "centre", sound=True)


@action("clip.transition_from_cut", "Video transition from the cut on", menu="clip", group=7)
def transition_from_cut(session: Session) -> None:
    """Lay the default transition so that it begins at the selected or nearest edit."""
    _add(session, "start", sound=False)


@action("clip.transition_to_cut", "Video transition up to the cut", menu="clip", group=7)
def transition_to_cut(session: Session) -> None:
    """Lay the default transition so that it ends at the selected or nearest edit."""
    _add(session, "end", sound=False)


def _add(session: Session, align: Align, *, sound: bool) -> None:
    effect = CROSSFADE if sound else default_transition(session)
    note = lay_transitions(session, meant_cuts(session, sound=sound), effect, align)
    if note:
        session.tell(note)

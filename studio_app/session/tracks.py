"""What the switches of a track header set, and which of them are steps of the cut."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from studio_app.session.session import Session
from timeline.commands.set_track import SetTrack

NO_STEP = frozenset(("locked", "sync_lock"))
"""How tracks are worked on, not what they show: undo goes past it, as in Premiere."""


def set_track(session: Session, track_id: str, changes: Mapping[str, Any]) -> bool:
    """Set fields of a track of the active sequence; False when that was refused."""
    command = SetTrack(session.sequence_id, track_id, changes)
    return session.document.amend(command) if set(changes) <= NO_STEP else session.document.do(command)

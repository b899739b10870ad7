"""What an edit by key means: the selected clips, else those under the playhead on the targeted tracks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.errors import EditRefused
from timeline.items import Clip
from timeline.query import together_ids
from timeline.track import Track

if TYPE_CHECKING:
    from studio_app.session.session import Session


def selected_clips(session: Session) -> list[Clip]:
    """The selected clips of the active sequence, in order of choice."""
    sequence = session.sequence
    return [clip for one in session.selection.item_ids if (clip := sequence.clip(one)) is not None]


def has_items(session: Session) -> bool:
    """Whether something on the timeline is selected."""
    return bool(session.selection.item_ids)


def has_clips(session: Session) -> bool:
    """Whether a clip is selected."""
    sequence = session.sequence
    return any(sequence.clip(one) is not None for one in session.selection.item_ids)


def together(session: Session) -> tuple[str, ...]:
    """Ids of the selected clips with their groups and links; none of a locked track."""
    sequence = session.sequence
    locked = {clip.id for track in sequence.tracks if track.locked for clip, _ in track.clips()}
    ids = together_ids(sequence, (clip.id for clip in selected_clips(session)))
    return tuple(one for one in ids if one not in locked)


def under_playhead(session: Session, *, anywhere: bool = False) -> list[tuple[Track, Clip]]:
    """The clips under the playhead on targeted tracks (`anywhere`: on all) that are not locked, in the order of the tracks."""
    time = session.transport.time
    tracks = session.sequence.tracks if anywhere else session.targets.open
    found = []
    for track in tracks:
        item = track.item_at(time)
        if isinstance(item, Clip) and not track.locked:
            found.append((track, item))
    return found


def selected_under_playhead(session: Session) -> list[tuple[Track, Clip]]:
    """The selected clips under the playhead."""
    items = session.selection.items
    return [(track, clip) for track, clip in under_playhead(session, anywhere=True) if clip.id in items]


def meant_clips(session: Session) -> list[tuple[Track, Clip]]:
    """The selected clips under the playhead; where none is, those on the targeted tracks. Raises EditRefused for none.

    What was selected a while ago elsewhere does not stand in the way of a hand that cuts at the playhead.
    """
    found = selected_under_playhead(session) or under_playhead(session)
    if not found:
        raise EditRefused("There is no clip under the playhead on the targeted tracks.")
    return found

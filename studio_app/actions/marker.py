"""Markers of the sequence and of clips."""

from __future__ import annotations

from studio_app.actions.registry import action
from studio_app.session.chosen import selected_under_playhead
from studio_app.session.session import Session
from timeline.command import Batch
from timeline.commands.add_marker import AddMarker
from timeline.commands.remove_marker import RemoveMarker
from timeline.errors import EditRefused
from timeline.items import Marker
from timeline.markers import clip_marker_times, marker_at
from timeline.query import range_of
from timeline.time import RationalTime


def _times(session: Session) -> list[RationalTime]:
    """Where markers stand: those of the sequence, and of the selected clips those that are seen."""
    times = [one.time for one in session.sequence.markers]
    times += [at for at, _ in clip_marker_times(session.sequence, session.selection.item_ids)]
    return sorted(times)


@action("sequence.add_marker", "Add marker", "M", menu="marker", group=2, icon="flag")
def add_marker(session: Session) -> None:
    """Put a marker at the playhead, on the selected clip there, else on the sequence; on a marker: open it."""
    time, held = session.transport.time, selected_under_playhead(session)
    there = marker_at(session.sequence, time, session.selection.item_ids)
    if there is not None:
        if session.face is not None:
            session.face.show("timeline", there.id)
        return
    if not held:
        session.document.do(AddMarker(session.sequence_id, Marker(time)))
        return
    clip = held[0][1]
    where = range_of(session.sequence, clip.id)
    if where is not None:
        at = clip.running_time(time - where.start)
        session.document.do(AddMarker(session.sequence_id, Marker(at), clip.id))


@action(
    "sequence.add_range_marker",
    "Add marker from in to out",
    menu="marker",
    group=2,
    enabled=lambda s: s.transport.marked_range is not None,
)
def add_range_marker(session: Session) -> None:
    """Put a marker on the sequence that lasts from in to out."""
    marked = session.transport.marked_range
    if marked is not None:
        session.document.do(AddMarker(session.sequence_id, Marker(marked.start, duration=marked.duration)))


@action("sequence.next_marker", "Next marker", "Shift+M", menu="marker", group=2)
def next_marker(session: Session) -> None:
    """Move the playhead to the next marker."""
    later = [time for time in _times(session) if time > session.transport.time]
    if later:
        session.transport.set_time(later[0])


@action("sequence.previous_marker", "Previous marker", "Ctrl+Shift+M", menu="marker", group=2)
def previous_marker(session: Session) -> None:
    """Move the playhead to the marker before."""
    earlier = [time for time in _times(session) if time < session.transport.time]
    if earlier:
        session.transport.set_time(earlier[-1])


@action("sequence.delete_marker", "Delete marker", "Ctrl+Shift+Delete", menu="marker", group=2)
def delete_marker(session: Session) -> None:
    """Remove the marker at the playhead, else the one of the sequence before it."""
    time = session.transport.time
    here = marker_at(session.sequence, time, session.selection.item_ids)
    before = [one for one in session.sequence.markers if one.time <= time]
    gone = here or max(before, key=lambda one: one.time, default=None)
    if gone is None:
        raise EditRefused("There is no marker at the playhead or before it.")
    session.document.do(RemoveMarker(session.sequence_id, gone.id))


@action(
    "sequence.delete_markers",
    "Delete all markers",
    menu="marker",
    group=2,
    enabled=lambda s: bool(s.sequence.markers),
)
def delete_markers(session: Session) -> None:
    """Remove every marker of the sequence; those of clips stay."""
    gone = tuple(RemoveMarker(session.sequence_id, one.id) for one in session.sequence.markers)
    session.document.do(Batch(gone, "Delete markers"))


@action("marker.delete", "Delete chosen markers", "Delete", "Backspace", scope="markers")
def delete_chosen(session: Session) -> None:
    """Remove the markers chosen in the list."""
    gone = tuple(RemoveMarker(session.sequence_id, one) for one in session.selection.markers.ids)
    if gone:
        session.document.do(gone[0] if len(gone) == 1 else Batch(gone, "Delete markers"))

"""Marks, markers, lift and extract, tracks."""

from __future__ import annotations

from studio_app.actions.registry import action
from studio_app.session.session import Session
from timeline.commands.add_marker import AddMarker
from timeline.commands.add_track import AddTrack
from timeline.commands.extract_range import ExtractRange
from timeline.commands.lift_range import LiftRange
from timeline.commands.remove_marker import RemoveMarker
from timeline.errors import EditRefused
from timeline.items import Clip, Marker
from timeline.query import range_of
from timeline.time import TimeRange
from timeline.track import Track, TrackKind


def has_marks(session: Session) -> bool:
    """Whether a range is marked."""
    return session.transport.marked_range is not None


@action("sequence.mark_in", "Mark in", "I", menu="sequence")
def mark_in(session: Session) -> None:
    """Start the marked range here."""
    session.transport.mark("in")


@action("sequence.mark_out", "Mark out", "O", menu="sequence")
def mark_out(session: Session) -> None:
    """End the marked range with the frame under the playhead."""
    session.transport.mark("out")


@action("sequence.go_in", "Go to in", "Shift+I", menu="sequence", enabled=lambda s: s.transport.mark_in is not None)
def go_in(session: Session) -> None:
    """Move the playhead to mark in."""
    if session.transport.mark_in is not None:
        session.transport.set_time(session.transport.mark_in)


@action("sequence.go_out", "Go to out", "Shift+O", menu="sequence", enabled=lambda s: s.transport.mark_out is not None)
def go_out(session: Session) -> None:
    """Move the playhead to the last marked frame."""
    if session.transport.mark_out is not None:
        session.transport.set_time(session.transport.mark_out - session.sequence.frame)


@action("sequence.clear_in", "Clear in", "Alt+I", enabled=has_marks)
def clear_in(session: Session) -> None:
    """Take mark in away."""
    session.transport.set_marks(None, session.transport.mark_out)


@action("sequence.clear_out", "Clear out", "Alt+O", enabled=has_marks)
def clear_out(session: Session) -> None:
    """Take mark out away."""
    session.transport.set_marks(session.transport.mark_in, None)


@action("sequence.clear_marks", "Clear in and out", "Alt+X", menu="sequence", enabled=has_marks)
def clear_marks(session: Session) -> None:
    """Take both marks away."""
    session.transport.set_marks(None, None)


@action("sequence.mark_clip", "Mark clip", "X", menu="sequence")
def mark_clip(session: Session) -> None:
    """Mark the range of the clip under the playhead."""
    for track in session.sequence.tracks:
        index = track.index_at(session.transport.time)
        if index is not None and isinstance(track.items[index], Clip):
            where = track.range_of(index)
            session.transport.set_marks(where.start, where.end)
            return


@action(
    "sequence.mark_selection",
    "Mark selection",
    "Shift+A",
    menu="sequence",
    enabled=lambda s: bool(s.selection.item_ids),
)
def mark_selection(session: Session) -> None:
    """Mark from the first to the last selected clip."""
    ranges = [where for one in session.selection.item_ids if (where := range_of(session.sequence, one))]
    if ranges:
        session.transport.set_marks(min(one.start for one in ranges), max(one.end for one in ranges))


def _marked(session: Session) -> TimeRange:
    marked = session.transport.marked_range
    if marked is None:
        raise EditRefused("Mark a range first: I marks in, O marks out.")
    return marked


@action("sequence.lift", "Lift", ";", "Ctrl+Backspace", menu="sequence", group=1, enabled=has_marks)
def lift(session: Session) -> None:
    """Remove what lies from in to out and leave a gap."""
    session.document.do(LiftRange(session.sequence_id, _marked(session)))


@action("sequence.extract", "Extract", "'", "Ctrl+Delete", menu="sequence", group=1, enabled=has_marks)
def extract(session: Session) -> None:
    """Remove what lies from in to out and close the gap."""
    marked = _marked(session)
    if session.document.do(ExtractRange(session.sequence_id, marked)):
        session.transport.set_marks(None, None)
        session.transport.set_time(marked.start)


@action("sequence.add_marker", "Add marker", "M", menu="sequence", group=2, icon="flag")
def add_marker(session: Session) -> None:
    """Put a marker at the playhead."""
    time = session.transport.time
    if any(one.time == time for one in session.sequence.markers):
        return
    session.document.do(AddMarker(session.sequence_id, Marker(time)))


@action("sequence.next_marker", "Next marker", "Shift+M", menu="sequence", group=2)
def next_marker(session: Session) -> None:
    """Move the playhead to the next marker."""
    later = sorted(one.time for one in session.sequence.markers if one.time > session.transport.time)
    if later:
        session.transport.set_time(later[0])


@action("sequence.previous_marker", "Previous marker", "Ctrl+Shift+M", menu="sequence", group=2)
def previous_marker(session: Session) -> None:
    """Move the playhead to the marker before."""
    earlier = sorted(one.time for one in session.sequence.markers if one.time < session.transport.time)
    if earlier:
        session.transport.set_time(earlier[-1])


@action("sequence.delete_marker", "Delete marker", "Ctrl+Shift+Delete", menu="sequence", group=2)
def delete_marker(session: Session) -> None:
    """Remove the marker at the playhead, else the one before it."""
    here = [one for one in session.sequence.markers if one.time <= session.transport.time]
    if here:
        session.document.do(RemoveMarker(session.sequence_id, max(here, key=lambda one: one.time).id))


def _add_track(session: Session, kind: TrackKind, name: str) -> None:
    tracks = session.sequence.tracks
    pictures = [index for index, track in enumerate(tracks) if not track.is_audio]
    index = len(tracks) if kind is TrackKind.AUDIO else (pictures[-1] + 1 if pictures else 0)
    session.document.do(AddTrack(session.sequence_id, Track(kind, name=name), index))


@action("sequence.add_video_track", "Add video track", menu="sequence", group=3)
def add_video_track(session: Session) -> None:
    """A new picture track on top."""
    _add_track(session, TrackKind.VIDEO, "")


@action("sequence.add_audio_track", "Add audio track", menu="sequence", group=3)
def add_audio_track(session: Session) -> None:
    """A new sound track at the bottom."""
    _add_track(session, TrackKind.AUDIO, "")


@action("sequence.add_text_track", "Add title track", menu="sequence", group=3)
def add_text_track(session: Session) -> None:
    """A new track for titles on top."""
    _add_track(session, TrackKind.TEXT, "Titles")


@action(
    "sequence.snapping",
    "Snapping",
    "S",
    menu="sequence",
    group=4,
    icon="magnet",
    checked=lambda s: s.settings.values.snapping,
)
def snapping(session: Session) -> None:
    """Let drags catch at edits, markers and the playhead."""
    session.choose("snapping", not session.settings.values.snapping)

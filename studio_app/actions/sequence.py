"""Marks, lift and extract, gaps, tracks."""

from __future__ import annotations

from studio_app.actions.registry import action
from studio_app.session.chosen import meant_clips
from studio_app.session.session import Session
from timeline.command import Batch, Command
from timeline.commands.add_track import AddTrack
from timeline.commands.extract_range import ExtractRange
from timeline.commands.lift_range import LiftRange
from timeline.commands.move_track import MoveTrack
from timeline.commands.remove_track import RemoveTrack
from timeline.commands.ripple_delete import RippleDelete
from timeline.errors import EditRefused
from timeline.items import Gap
from timeline.query import range_of, track_label
from timeline.time import ZERO, TimeRange
from timeline.track import Track, TrackKind


def has_marks(session: Session) -> bool:
    """Whether a range of the sequence is marked."""
    return session.transport.marked_range is not None


def is_marked(session: Session) -> bool:
    """Whether the focused viewer has a mark."""
    return session.active.mark_in is not None or session.active.mark_out is not None


@action("sequence.mark_in", "Mark in", "I", menu="marker", group=1)
def mark_in(session: Session) -> None:
    """Start the marked range here."""
    session.active.mark("in")


@action("sequence.mark_out", "Mark out", "O", menu="marker", group=1)
def mark_out(session: Session) -> None:
    """End the marked range with the frame under the playhead."""
    session.active.mark("out")


@action("sequence.go_in", "Go to in", "Shift+I", menu="marker", group=1, enabled=lambda s: s.active.mark_in is not None)
def go_in(session: Session) -> None:
    """Move the playhead to mark in."""
    if session.active.mark_in is not None:
        session.active.set_time(session.active.mark_in)


@action(
    "sequence.go_out", "Go to out", "Shift+O", menu="marker", group=1, enabled=lambda s: s.active.mark_out is not None
)
def go_out(session: Session) -> None:
    """Move the playhead to the last marked frame."""
    if session.active.mark_out is not None:
        session.active.set_time(session.active.mark_out - session.active.sequence.frame)


@action("sequence.clear_in", "Clear in", "Alt+I", enabled=is_marked)
def clear_in(session: Session) -> None:
    """Take mark in away."""
    session.active.set_marks(None, session.active.mark_out)


@action("sequence.clear_out", "Clear out", "Alt+O", enabled=is_marked)
def clear_out(session: Session) -> None:
    """Take mark out away."""
    session.active.set_marks(session.active.mark_in, None)


@action("sequence.clear_marks", "Clear in and out", "Alt+X", menu="marker", group=1, enabled=is_marked)
def clear_marks(session: Session) -> None:
    """Take both marks away."""
    session.active.set_marks(None, None)


@action("sequence.mark_clip", "Mark clip", "X", menu="marker", group=1)
def mark_clip(session: Session) -> None:
    """Mark the range of the clip under the playhead: the selected one, else that of the lowest targeted track; all of a source."""
    if session.monitor == "source":
        session.active.set_marks(ZERO, session.active.end)
        return
    _, clip = meant_clips(session)[0]
    where = range_of(session.sequence, clip.id)
    if where is not None:
        session.transport.set_marks(where.start, where.end)


@action(
    "sequence.mark_selection",
    "Mark selection",
    "Shift+A",
    menu="marker",
    group=1,
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


def _targeted(session: Session) -> tuple[str, ...]:
    tracks = session.targets.open
    if not tracks:
        raise EditRefused("No unlocked track is targeted. Click the chip of a track header to target it.")
    return tuple(track.id for track in tracks)


@action("sequence.lift", "Lift", ";", "Ctrl+Backspace", menu="sequence", group=1, enabled=has_marks)
def lift(session: Session) -> None:
    """Remove what lies from in to out on the targeted tracks and leave a gap."""
    session.document.do(LiftRange(session.sequence_id, _marked(session), _targeted(session)))


@action("sequence.extract", "Extract", "'", "Ctrl+Delete", menu="sequence", group=1, enabled=has_marks)
def extract(session: Session) -> None:
    """Remove what lies from in to out on the targeted tracks and close the gap; the tracks in sync come up too."""
    marked = _marked(session)
    if session.document.do(ExtractRange(session.sequence_id, marked, _targeted(session))):
        session.transport.set_marks(None, None)
        session.transport.set_time(marked.start)


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


def _lead_track(session: Session) -> Track | None:
    """The track of the clip selected last, else the highest targeted one of the picture, else the first of sound."""
    sequence = session.sequence
    held = [track for one in session.selection.item_ids if (track := sequence.track_holding(one)) is not None]
    targeted = [track for track in sequence.tracks if track.id in session.targets.ids]
    return next(iter([*held[::-1], *targeted[::-1]]), None)


def _move_track(session: Session, up: int) -> None:
    track, tracks = _lead_track(session), session.sequence.tracks
    if track is None:
        raise EditRefused("Select a clip on the track that is to move, or target the track.")
    side = [one for one in tracks if one.is_audio == track.is_audio]
    place = side.index(track) + (-up if track.is_audio else up)
    if not 0 <= place < len(side):
        raise EditRefused(f"{track_label(session.sequence, track)} is already the outermost track there.")
    others = [one for one in tracks if one is not track]
    beyond = others.index(side[place])
    index = beyond + 1 if side.index(track) < place else beyond
    session.document.do(MoveTrack(session.sequence_id, track.id, index))


@action("sequence.track_up", "Move track up", menu="sequence", group=3)
def track_up(session: Session) -> None:
    """Move the track of the selected clip, else the targeted one, above its neighbour."""
    _move_track(session, 1)


@action("sequence.track_down", "Move track down", menu="sequence", group=3)
def track_down(session: Session) -> None:
    """Move the track of the selected clip, else the targeted one, below its neighbour."""
    _move_track(session, -1)


@action("sequence.remove_empty_tracks", "Remove empty tracks", menu="sequence", group=3)
def remove_empty_tracks(session: Session) -> None:
    """Remove the unlocked tracks nothing stands on; one of picture and one of sound stay."""
    gone: list[Command] = []
    for sound in (False, True):
        side = [track for track in session.sequence.tracks if track.is_audio is sound]
        empty = [track for track in side if not track.items and not track.locked]
        gone += [RemoveTrack(session.sequence_id, one.id) for one in (empty if len(empty) < len(side) else empty[1:])]
    if not gone:
        raise EditRefused("There is no empty track to remove.")
    session.document.do(Batch(tuple(gone), "Remove empty tracks"))


@action("sequence.close_gap", "Close gap", menu="sequence", group=1)
def close_gap(session: Session) -> None:
    """Close the gap under the playhead on the targeted tracks; what follows comes up on all tracks in sync."""
    time = session.transport.time
    gaps = [item.id for track in session.targets.open if isinstance(item := track.item_at(time), Gap)]
    if not gaps:
        raise EditRefused("There is no gap under the playhead on the targeted tracks.")
    session.document.do(RippleDelete(session.sequence_id, tuple(gaps)))


@action(
    "sequence.compose_music",
    "Compose music…",
    menu="sequence",
    group=5,
    icon="music",
    enabled=lambda s: s.sequence.duration > ZERO,
)
def compose_music(session: Session) -> None:
    """Make music for the sequence or its marked range: by mood, genre and tempo, with strokes on the cuts."""
    if session.face is not None:
        session.face.show("music")


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

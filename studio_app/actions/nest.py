"""Sequences: within each other, new ones, copies."""

from __future__ import annotations

from dataclasses import replace

from studio_app.actions.registry import action
from studio_app.session.chosen import has_clips, selected_clips, together
from studio_app.session.session import Session
from timeline.commands.add_sequence import AddSequence
from timeline.commands.decompose_nests import DecomposeNests
from timeline.commands.make_nest import MakeNest
from timeline.commands.remove_sequence import RemoveSequence
from timeline.commands.set_sequence import SetSequence
from timeline.copying import copied_sequence, free_name
from timeline.items import Clip, SequenceSource, new_id
from timeline.nesting import nested_in, seen_from
from timeline.query import linked_ids, range_of
from timeline.sequence import Sequence
from timeline.time import ZERO
from timeline.track import Track, TrackKind


def _nest(session: Session) -> Clip | None:
    """The selected nest, else the topmost one under the playhead."""
    for clip in selected_clips(session):
        if isinstance(clip.source, SequenceSource):
            return clip
    for track in reversed(session.sequence.picture_tracks()):
        item = track.item_at(session.transport.time)
        if isinstance(item, Clip) and isinstance(item.source, SequenceSource):
            return item
    return None


@action("clip.nest", "Nest", menu="clip", group=9, icon="layers", enabled=has_clips)
def nest(session: Session) -> None:
    """Put the selected clips into a sequence of their own, shown as one clip."""
    names = {one.name for one in session.document.project.sequences}
    number = next(n for n in range(1, len(names) + 2) if f"Nested sequence {n:02}" not in names)
    command = MakeNest(session.sequence_id, together(session), f"Nested sequence {number:02}")
    if session.document.do(command):
        there = (one for one in (command.picture_id, command.sound_id) if session.sequence.clip(one) is not None)
        session.selection.items.set(there)


@action("clip.decompose", "Decompose nest", menu="clip", group=9, enabled=lambda s: bool(_chosen_nests(s)))
def decompose(session: Session) -> None:
    """Put the clips of the selected nest in its place; the sequence stays in the media pool."""
    before = {clip.id for track in session.sequence.tracks for clip, _ in track.clips()}
    if session.document.do(DecomposeNests(session.sequence_id, _chosen_nests(session))):
        new = (clip.id for track in session.sequence.tracks for clip, _ in track.clips() if clip.id not in before)
        session.selection.items.set(new)


def _chosen_nests(session: Session) -> tuple[str, ...]:
    """Ids of the selected nests and of their linked pictures or sounds."""
    sequence = session.sequence
    chosen = (clip.id for clip in selected_clips(session) if isinstance(clip.source, SequenceSource))
    found = (sequence.clip(one) for one in linked_ids(sequence, chosen))
    return tuple(clip.id for clip in found if clip is not None and isinstance(clip.source, SequenceSource))


@action("clip.open_nest", "Open nest", menu="clip", group=9, enabled=lambda s: _nest(s) is not None)
def open_nest(session: Session) -> None:
    """Edit the sequence that the selected clip shows, at the same frame."""
    clip = _nest(session)
    inner = None if clip is None else nested_in(session.document.project, clip)
    if clip is None or inner is None:
        return
    where = range_of(session.sequence, clip.id)
    time = session.transport.time
    at = clip.source_time(time - where.start) if where is not None and where.contains(time) else ZERO
    session.selection.items.clear()
    session.transport.set_sequence(inner.id)
    session.transport.set_time(at)


def _outer(session: Session) -> tuple[Sequence, Track, int] | None:
    """Where the active sequence is shown: in the first sequence, by the first clip that shows it."""
    for sequence in session.document.project.sequences:
        for track in sequence.tracks:
            if session.sequence_id in track.nested_ids:
                for index, item in enumerate(track.items):
                    if isinstance(item, Clip) and item.source == SequenceSource(session.sequence_id):
                        return sequence, track, index
    return None


@action("sequence.outer", "Back to outer sequence", menu="sequence", group=6, enabled=lambda s: _outer(s) is not None)
def outer(session: Session) -> None:
    """Edit the sequence that shows this one, at the same frame."""
    found = _outer(session)
    if found is None:
        return
    sequence, track, index = found
    clip, where = track.items[index], track.range_of(index)
    shown = seen_from(clip, where, session.transport.time, sequence.rate) if isinstance(clip, Clip) else None
    session.selection.items.clear()
    session.transport.set_sequence(sequence.id)
    session.transport.set_time(where.start if shown is None else shown)


@action("sequence.new", "New sequence", menu="sequence", group=6)
def new_sequence(session: Session) -> None:
    """A new, empty sequence in the format of this one."""
    like = session.sequence
    tracks = (Track(TrackKind.VIDEO), Track(TrackKind.AUDIO))
    new = replace(like, name=_free_name(session, "Sequence"), tracks=tracks, markers=(), id=new_id(), extra={})
    if session.document.do(AddSequence(new)):
        session.transport.set_sequence(new.id)


@action("sequence.duplicate", "Duplicate sequence", menu="sequence", group=6)
def duplicate_sequence(session: Session) -> None:
    """A copy of this sequence, to try something else in."""
    new = copied_sequence(session.sequence, _free_name(session, session.sequence.name))
    if session.document.do(AddSequence(new)):
        session.transport.set_sequence(new.id)


@action("sequence.rename", "Rename sequence…", menu="sequence", group=6)
def rename_sequence(session: Session) -> None:
    """Give this sequence another name."""
    name = session.face.ask_text("Rename sequence", "Name", session.sequence.name) if session.face is not None else None
    if name:
        session.document.do(SetSequence(session.sequence_id, {"name": name}))


@action(
    "sequence.remove",
    "Remove sequence",
    menu="sequence",
    group=6,
    enabled=lambda s: len(s.document.project.sequences) > 1,
)
def remove_sequence(session: Session) -> None:
    """Remove this sequence with all that stands on it; refused while another shows it."""
    session.document.do(RemoveSequence(session.sequence_id))


def _free_name(session: Session, name: str) -> str:
    return free_name({one.name for one in session.document.project.sequences}, name)

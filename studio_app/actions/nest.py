"""Sequences within sequences."""

from __future__ import annotations

from studio_app.actions.registry import action
from studio_app.session.chosen import has_clips, selected_clips, together
from studio_app.session.session import Session
from timeline.commands.make_nest import MakeNest
from timeline.items import Clip, SequenceSource
from timeline.nesting import nested_in
from timeline.query import range_of
from timeline.time import ZERO


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

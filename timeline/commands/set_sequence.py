"""Set properties of a sequence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from timeline.checks import changed, free_track, sequence_of
from timeline.command import Command
from timeline.edits import resized, tidied
from timeline.errors import EditRefused
from timeline.items import Clip, Item
from timeline.media import Library
from timeline.project import Project
from timeline.query import handles, whole_frames
from timeline.sequence import Sequence
from timeline.time import ZERO, FrameRate, RationalTime
from timeline.timecode import can_drop, format_timecode, parse_timecode
from timeline.track import Track


@dataclass(frozen=True)
class SetSequence(Command):
    """Set fields of a sequence: name, width, height, rate, drop_frame, start_timecode, sample_rate.

    At another rate every edge moves to the nearest new frame; refused when that would leave nothing of a clip.
    """

    sequence_id: str
    changes: Mapping[str, Any]
    label: ClassVar[str] = "Change sequence"

    def apply(self, project: Project, library: Library) -> Project:
        """The project with the fields set."""
        old = sequence_of(project, self.sequence_id)
        new = changed(old, self.changes, ("id", "tracks", "markers"))
        if new is old:
            return project
        if new.rate != old.rate:
            new = _conformed(old, new, project, library, keep_start="start_timecode" in self.changes)
        return project.with_sequence(new)


def _conformed(old: Sequence, new: Sequence, project: Project, library: Library, *, keep_start: bool) -> Sequence:
    """Tracks and markers on the frames of the new rate; the start timecode reads as before."""
    rate = new.rate
    new = replace(new, drop_frame=new.drop_frame and can_drop(rate))
    start = new.start_timecode.snapped(rate)
    if not keep_start:
        text = format_timecode(old.start_timecode, old.rate, old.drop_frame)
        try:
            start = parse_timecode(text, rate, new.drop_frame)
        except ValueError:  # a number the new rate does not have
            start = old.start_timecode.snapped(rate)
    return replace(
        new,
        start_timecode=start,
        tracks=tuple(_track(old, new, track, project, library) for track in old.tracks),
        markers=tuple(replace(marker, time=marker.time.snapped(rate)) for marker in old.markers),
    )


def _track(old: Sequence, new: Sequence, track: Track, project: Project, library: Library) -> Track:
    rate = new.rate
    edges = [time.snapped(rate) for time in track.starts]
    for place, item in enumerate(track.items):
        if isinstance(item, Clip) and (whole := _whole_at(item, old, rate, project, library)) is not None:
            _reach(edges, track, place, edges[place] + whole)
    items = tuple(_item(item, end - start) for item, start, end in zip(track.items, edges, edges[1:], strict=False))
    transitions = tuple(
        replace(one, before=one.before.snapped(rate), after=one.after.snapped(rate)) for one in track.transitions
    )
    result = tidied(replace(track, items=items, transitions=transitions), track)
    if result is not track:
        free_track(old, track.id)
    return result


def _whole_at(clip: Clip, old: Sequence, rate: FrameRate, project: Project, library: Library) -> RationalTime | None:
    """How long a clip is that shows its source to the end, as far as whole frames did: at the new rate more may fit."""
    spare = handles(clip, library, project)[1]
    return whole_frames(clip.duration + spare, rate) if spare is not None and ZERO < spare < old.frame else None


def _reach(edges: list[RationalTime], track: Track, place: int, end: RationalTime) -> None:
    """Let a clip end later, where nothing or a gap stands behind it."""
    behind = track.items[place + 1] if place + 1 < len(track.items) else None
    if behind is None:
        edges[place + 1] = max(edges[place + 1], end)
    elif not isinstance(behind, Clip):
        edges[place + 1] = min(max(edges[place + 1], end), edges[place + 2])


def _item(item: Item, duration: RationalTime) -> Item:
    if duration == item.duration:
        return item
    if not isinstance(item, Clip):
        return replace(item, duration=duration)
    if not duration:
        raise EditRefused(f"“{item.name or 'A clip'}” is shorter than half a frame at the new rate.")
    return resized(item, tail=duration - item.duration)

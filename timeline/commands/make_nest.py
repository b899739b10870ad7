"""Put clips into a sequence of their own, shown as one clip."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import ClassVar

from timeline.checks import (
    LocatedClip,
    Tracks,
    free_clip,
    not_too_deep,
    one_more_sequence,
    sequence_of,
    some,
    valid,
)
from timeline.command import Command
from timeline.edits import overwritten, tidied, without
from timeline.errors import EditRefused
from timeline.items import Clip, Gap, Item, SequenceSource, new_id
from timeline.media import Library
from timeline.nesting import levels_within
from timeline.project import Project
from timeline.query import source_name, timecode_at, track_label
from timeline.sequence import Sequence
from timeline.time import ZERO, TimeRange
from timeline.track import BlendMode, Track


@dataclass(frozen=True)
class MakeNest(Command):
    """Move clips into a new sequence, and show that one in their place. `| A | B | C |  ->  | A |  nest  |`

    A picture clip goes where the lowest of the pictures was, a sound clip where the first of the sounds was; they are linked. The
    clips keep their tracks, distances, transitions between them and ids. Refused when another clip lies among them on those two
    tracks. The new clips have the ids `picture_id` and `sound_id`.
    """

    sequence_id: str
    clip_ids: tuple[str, ...]
    name: str = "Nested sequence"
    nest_id: str = field(default_factory=new_id)
    picture_id: str = field(default_factory=new_id)
    sound_id: str = field(default_factory=new_id)
    label: ClassVar[str] = "Nest"

    def apply(self, project: Project, library: Library) -> Project:
        """The project with the new sequence and the clips that show it."""
        sequence = sequence_of(project, self.sequence_id)
        one_more_sequence(project)
        found = [free_clip(sequence, clip_id) for clip_id in some(self.clip_ids)]
        within = {one.clip.source.sequence_id for one in found if isinstance(one.clip.source, SequenceSource)}
        not_too_deep(project, sequence, 1 + levels_within(project, within))
        where = TimeRange.between(min(one.range.start for one in found), max(one.range.end for one in found))
        tracks, ids = Tracks(project, sequence), {one.clip.id for one in found}
        used = [track for track in sequence.tracks if any(one.track is track for one in found)]
        outer = [next((t for t in used if t.is_audio is sound), None) for sound in (False, True)]
        nest = replace(
            sequence,
            name=self.name,
            id=self.nest_id,
            tracks=tuple(_inner(track, ids, where, found, plain=track in outer) for track in used),
            start_timecode=ZERO,
            markers=(),
            extra={},
        )
        for track in used:
            tracks[track.id] = without(track, ids)
        link = new_id() if None not in outer else None
        for track_, clip_id in zip(outer, (self.picture_id, self.sound_id), strict=True):
            if track_ is not None:
                _is_free(sequence, tracks[track_.id], where, library)
                clip = Clip(
                    SequenceSource(nest.id), TimeRange(ZERO, where.duration), name=self.name, link=link, id=clip_id
                )
                tracks[track_.id] = overwritten(tracks[track_.id], where.start, clip, tracks.links)
        return replace(tracks.done(), sequences=(*tracks.done().sequences, valid(nest)))


def _inner(track: Track, ids: set[str], where: TimeRange, found: list[LocatedClip], *, plain: bool) -> Track:
    """A track of the new sequence. The one on which the nest stands keeps its own levels and look outside."""
    items: list[Item] = []
    end = where.start
    for one in sorted((one for one in found if one.track is track), key=lambda one: one.range.start):
        if one.range.start > end:
            items.append(Gap(one.range.start - end))
        items.append(one.clip)
        end = one.range.end
    inside = {None, *ids}
    transitions = tuple(one for one in track.transitions if {one.left_id, one.right_id} <= inside)
    new = replace(track, id=new_id(), items=tuple(items), transitions=transitions, extra={})
    if plain:
        new = replace(
            new, opacity=1.0, blend=BlendMode.NORMAL, volume=1.0, pan=0.0, effects=(), muted=False, solo=False
        )
    return tidied(new)


def _is_free(sequence: Sequence, track: Track, where: TimeRange, library: Library) -> None:
    for clip, place in track.clips():
        if place.overlaps(where):
            raise EditRefused(
                f"“{source_name(clip, library)}” at {timecode_at(sequence, place.start)} on {track_label(sequence, track)} "
                "lies among these clips. Select it too, or move it away first."
            )

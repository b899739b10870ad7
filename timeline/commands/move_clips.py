"""Move or copy clips to other places and tracks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from timeline.checks import (
    LocatedClip,
    Tracks,
    free_clip,
    free_track,
    place,
    ripple_tracks,
    sequence_of,
    some,
    suits,
    track_of,
)
from timeline.command import Command
from timeline.edits import copies, inserted, laid, without
from timeline.errors import EditRefused
from timeline.items import Clip, Gap
from timeline.media import Library
from timeline.project import Project
from timeline.query import track_label
from timeline.sequence import Sequence
from timeline.time import RationalTime
from timeline.track import Track


@dataclass(frozen=True)
class MoveClips(Command):
    """Lift all the clips, then lay them down at their new places. `| A | B |  ->  |   | B | A |`

    `moves` are (clip id, track id, new start). They cover what is there, or with `insert` push everything from the first
    new start on, on the tracks they go to and on all with sync lock that are not locked. Clips that were dragged together
    keep their distances. With `copy` the old ones stay and the new ones get new ids (and links among themselves).
    """

    sequence_id: str
    moves: tuple[tuple[str, str, RationalTime], ...]
    insert: bool = False
    copy: bool = False
    label: ClassVar[str] = "Move"

    def apply(self, project: Project, library: Library) -> Project:
        """The project with the clips moved."""
        sequence = sequence_of(project, self.sequence_id)
        if len(some(clip_id for clip_id, _, _ in self.moves)) != len(self.moves) and not self.copy:
            raise EditRefused("A clip cannot move to two places at once.")
        tracks = Tracks(project, sequence)
        found = [self._found(sequence, clip_id) for clip_id, _, _ in self.moves]
        targets = [(track_id, place(sequence, start)) for _, track_id, start in self.moves]
        for (clip, track, _, _), (track_id, _) in zip(found, targets, strict=True):
            target = free_track(sequence, track_id)
            _same_kind(sequence, track, target)
            suits(sequence, target, clip, library, project)
        clips = tuple(one.clip for one in found)
        if self.copy:
            clips = copies(clips)
        else:
            for track_id in {one.track.id for one in found}:
                tracks[track_id] = without(tracks[track_id], (clip.id for clip in clips))
        _no_collision(clips, targets)
        if self.insert:
            _make_room(tracks, clips, targets)
        rows: dict[str, list[tuple[RationalTime, Clip]]] = {}
        for clip, (track_id, start) in zip(clips, targets, strict=True):
            rows.setdefault(track_id, []).append((start, clip))
        for track_id, row in rows.items():
            tracks[track_id] = laid(tracks[track_id], row, tracks.links)
        return tracks.done()

    def _found(self, sequence: Sequence, clip_id: str) -> LocatedClip:
        """A clip may be copied from a locked track, not moved."""
        track = sequence.track_holding(clip_id)
        if self.copy and track is not None and track.locked:
            index, clip = track.index_of(clip_id), sequence.clip(clip_id)
            if index is not None and clip is not None:
                return LocatedClip(clip, track_of(sequence, track.id), track.range_of(index), index)
        return free_clip(sequence, clip_id)


def _same_kind(sequence: Sequence, source: Track, target: Track) -> None:
    if source.is_audio != target.is_audio:
        what = "Sound cannot go on the picture track" if source.is_audio else "A picture cannot go on the audio track"
        raise EditRefused(f"{what} {track_label(sequence, target)}.")


def _no_collision(clips: tuple[Clip, ...], targets: list[tuple[str, RationalTime]]) -> None:
    ends: dict[str, RationalTime] = {}
    for (track_id, start), clip in sorted(zip(targets, clips, strict=True), key=lambda pair: pair[0]):
        if track_id in ends and start < ends[track_id]:
            raise EditRefused("Two of these clips would lie on each other.")
        ends[track_id] = start + clip.duration


def _make_room(tracks: Tracks, clips: tuple[Clip, ...], targets: list[tuple[str, RationalTime]]) -> None:
    at = min(start for _, start in targets)
    end = max(start + clip.duration for (_, start), clip in zip(targets, clips, strict=True))
    used = {track_id for track_id, _ in targets}
    in_sync = {track.id for track in ripple_tracks(tracks.sequence, None)}
    for track in tracks.sequence.tracks:
        if track.id in used | in_sync:
            tracks[track.id] = inserted(tracks[track.id], at, (Gap(end - at),), tracks.links)

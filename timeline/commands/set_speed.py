"""Play clips faster, slower or backwards."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import ClassVar

from timeline.checks import LocatedClip, Tracks, free_clip, ripple_tracks, rippled, sequence_of, some
from timeline.command import Command
from timeline.edits import exchanged, first_from, overwritten, settled, without
from timeline.errors import EditRefused
from timeline.items import Clip, Item
from timeline.limits import FASTEST_EDIT, SLOWEST_EDIT
from timeline.media import Library
from timeline.project import Project
from timeline.query import available_range, source_name
from timeline.time import ZERO, RationalTime, TimeRange


@dataclass(frozen=True)
class SetSpeed(Command):
    """Set the speed (2 is twice as fast, negative plays backwards). The clip shows the same source in more or less time.

    The new length is rounded to whole frames. A faster clip leaves a gap, a slower one grows into the gap behind it and
    loses at its end what does not fit. With `ripple` it takes the time it needs and all that follows moves, on all tracks
    with sync lock that are not locked.
    """

    sequence_id: str
    clip_ids: tuple[str, ...]
    speed: Fraction
    ripple: bool = False
    label: ClassVar[str] = "Change speed"

    def apply(self, project: Project, library: Library) -> Project:
        """The project with the clips at their new speed."""
        sequence = sequence_of(project, self.sequence_id)
        if not SLOWEST_EDIT <= abs(self.speed) <= FASTEST_EDIT:
            raise EditRefused(f"A speed lies between 1 and {FASTEST_EDIT * 100} percent, forwards or backwards.")
        speed = self.speed.limit_denominator(1_000_000)
        found = [free_clip(sequence, clip_id) for clip_id in some(self.clip_ids)]
        found = [one for one in found if one.clip.speed != speed]
        tracks = Tracks(project, sequence)
        if self.ripple:
            _rippled(tracks, found, speed, library)
        else:
            turned: dict[str, dict[str, tuple[Item, ...]]] = {}
            for clip, track, where, _ in found:
                room = _room_behind(tracks, track.id, where)
                new = _at_speed(tracks, clip, speed, room, library)
                if new.duration == where.duration:  # as when it is reversed: it stays in its place
                    turned.setdefault(track.id, {})[clip.id] = (new,)
                    continue
                tracks[track.id] = overwritten(without(tracks[track.id], (clip.id,)), where.start, new, tracks.links)
            for track_id, row in turned.items():
                tracks[track_id] = exchanged(tracks[track_id], row)
        return tracks.done()


def _rippled(tracks: Tracks, found: list[LocatedClip], speed: Fraction, library: Library) -> None:
    """The clips of one place (picture and its sound) move what follows together, the last place first."""
    sequence = tracks.sequence
    places: dict[tuple[RationalTime, RationalTime], list[LocatedClip]] = {}
    for one in found:
        places.setdefault((one.range.start, one.range.end), []).append(one)
    for (_, end), group in sorted(places.items(), key=lambda place: place[0], reverse=True):
        news = [(one, _at_speed(tracks, one.clip, speed, None, library)) for one in group]
        by = news[0][1].duration - group[0].clip.duration
        for one, new in news:
            tracks[one.track.id] = exchanged(tracks[one.track.id], {one.clip.id: (new,)})
        own = {one.track.id for one in group}
        for track in ripple_tracks(sequence, None):
            if track.id not in own:
                tracks[track.id] = rippled(sequence, tracks[track.id], end, by, library)


def _room_behind(tracks: Tracks, track_id: str, where: TimeRange) -> RationalTime | None:
    track = tracks[track_id]
    index = first_from(track, where.end)
    return None if index is None else track.starts[index] - where.start


def _at_speed(tracks: Tracks, clip: Clip, speed: Fraction, room: RationalTime | None, library: Library) -> Clip:
    """The clip at another speed, in whole frames, not longer than `room`; from the first instant it shows."""
    rate, fast = tracks.sequence.rate, abs(speed)
    if abs(clip.speed) == fast and clip.duration.is_on_frame(rate):  # turned round, it shows what it showed
        return replace(clip, speed=speed)
    wanted = max(1, (clip.source_range.duration / fast).nearest_frame(rate))
    if room is not None:
        wanted = min(wanted, room.frames(rate))
    whole = available_range(clip, library, tracks.project)
    for frames in _tries(wanted):
        length = RationalTime.from_frames(frames, rate) * fast
        start = clip.source_range.start if speed > 0 else clip.source_range.end - length
        source = TimeRange(start, length)
        if whole is None or (start >= ZERO and source.end <= max(whole.end, clip.source_range.end)):
            return settled(replace(clip, speed=speed, source_range=source))
    raise EditRefused(f"“{source_name(clip, library)}” is too short to be played this fast.")


def _tries(frames: int) -> Iterable[int]:
    """Rounding up may ask for more than the media holds; a frame less does not."""
    return (frames, frames - 1) if frames > 1 else (frames,)

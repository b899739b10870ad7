"""Hold a frame still."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from timeline.checks import Tracks, free_clip, on_frame, place, ripple_tracks, sequence_of, with_clip
from timeline.command import Command
from timeline.edits import inserted, settled
from timeline.errors import EditRefused
from timeline.items import Clip, Gap, Item, new_id
from timeline.media import Library
from timeline.project import Project
from timeline.time import ZERO, RationalTime, TimeRange


@dataclass(frozen=True)
class FreezeFrame(Command):
    """Hold the frame that a picture clip shows at `at`. `|   A   |  ->  | A |#A#| A |`, or all of it: `|#A#|`

    With `hold` the clip is cut there, the held frame of that length put in and what follows pushed, on all tracks in sync
    (None: all with sync lock that are not locked), which are cut as by an insert; a sound pauses. Without `hold` the clip
    itself stands still and nothing moves; its speed and its range are kept for the day it runs again.
    """

    sequence_id: str
    clip_id: str
    at: RationalTime
    hold: RationalTime | None = None
    ripple_track_ids: tuple[str, ...] | None = None
    label: ClassVar[str] = "Freeze frame"

    def apply(self, project: Project, library: Library) -> Project:
        """The project with the frame held."""
        sequence = sequence_of(project, self.sequence_id)
        found = free_clip(sequence, self.clip_id)
        clip, at = found.clip, place(sequence, self.at)
        if found.track.is_audio:
            raise EditRefused("A sound cannot be frozen; select its picture.")
        if not found.range.contains(at):
            raise EditRefused("Put the playhead on the frame of this clip that is to be held.")
        instant = clip.source_time(at - found.range.start)
        if self.hold is None:
            return with_clip(project, sequence, found, replace(clip, freeze=instant))
        on_frame(sequence, self.hold)
        if self.hold < sequence.frame:
            raise EditRefused("A frame is held for one frame or more.")
        tracks = Tracks(project, sequence)
        for track in ripple_tracks(sequence, self.ripple_track_ids):
            tracks[track.id] = inserted(track, at, (Gap(self.hold),), tracks.links)
        held: tuple[Item, ...] = (_held(clip, instant, at - found.range.start, self.hold),)
        tracks[found.track.id] = inserted(found.track, at, held, tracks.links)
        return tracks.done()


def _held(clip: Clip, instant: RationalTime, since_start: RationalTime, hold: RationalTime) -> Clip:
    """The frame as a clip of its own with the look of the whole; not linked, for it has no sound."""
    length, now = hold * abs(clip.speed), clip.running_time(since_start)
    source = TimeRange(now if clip.speed > 0 else now - length, length)
    return settled(
        replace(
            clip, source_range=source, freeze=instant, fade_in=ZERO, fade_out=ZERO, markers=(), link=None, id=new_id()
        )
    )

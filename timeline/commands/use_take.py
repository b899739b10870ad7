"""Show another take of its shot in a clip, also one that is shorter than the clip."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import ClassVar, Literal

from timeline.checks import LocatedClip, Tracks, free_clip, sequence_of, some, suits, with_tracks
from timeline.command import Command
from timeline.edits import exchanged, part, settled, shifted, split
from timeline.errors import EditRefused
from timeline.filling import filled
from timeline.items import Clip, Gap, MediaSource
from timeline.limits import SLOWEST_EDIT
from timeline.media import Library, Media
from timeline.project import Project
from timeline.query import frames_text, media_name
from timeline.take_sound import had_sound, sound_clips, with_sound, without_clips
from timeline.time import ZERO, RationalTime, TimeRange

Short = Literal["", "slow", "hold", "trim"]


@dataclass(frozen=True)
class UseTake(Command):
    """Show a file in clips. Place, length, speed, effects, fades and links stay; what the file has more are handles.

    The sound goes with the picture: what is linked and sounded the old file sounds the new one, under a picture that was
    silent it comes onto a free track, and where the new one has none a gap is left.

    `short` says what is done where the file is too short; empty: it is refused. `slow`: it plays slower and lasts as long.
    `hold`: its last frame stands for what is missing, as a clip of its own. `trim`: the clip ends with it, and leaves a gap.
    """

    sequence_id: str
    clip_ids: tuple[str, ...]
    media_id: str
    short: Short = ""
    label: ClassVar[str] = "Use take"

    def apply(self, project: Project, library: Library) -> Project:
        """The project with the take in the clips."""
        sequence = sequence_of(project, self.sequence_id)
        media = library.media.get(self.media_id)
        if media is None:
            raise EditRefused("This take is no longer in the media pool.")
        asked = [free_clip(sequence, one) for one in some(self.clip_ids)]
        pictures = [one.clip for one in asked if not one.track.is_audio]
        sounds = [one for clip in pictures for one in sound_clips(sequence, clip)]
        tracks = Tracks(project, sequence)
        for clip_id in dict.fromkeys((*self.clip_ids, *(sounds if media.has_audio else ()))):
            found = free_clip(sequence, clip_id)
            clip = replace(found.clip, source=MediaSource(media.id), freeze=None)
            if found.track.is_audio and not media.has_audio and clip_id in sounds:
                continue
            suits(sequence, found.track, clip, library, project)
            self._put_in(tracks, found, clip, media)
        changed = sequence_of(tracks.done(), sequence.id)
        if not media.has_audio:
            changed = without_clips(changed, sounds)
        new = with_sound(changed, [one.id for one in pictures if not had_sound(one, library)], media)
        return with_tracks(project, sequence, new.tracks)

    def _put_in(self, tracks: Tracks, found: LocatedClip, clip: Clip, media: Media) -> None:
        track, frame, rate = tracks[found.track.id], tracks.sequence.frame, tracks.sequence.rate
        whole = filled(clip, media, frame)
        if whole is not None:
            tracks[track.id] = exchanged(track, {clip.id: (whole,)})
            return
        if self.short == "slow":
            tracks[track.id] = exchanged(track, {clip.id: (_slower(clip, media),)})
            return
        start = shifted(clip, -clip.source_range.start)
        length = RationalTime.from_frames((media.duration / abs(clip.speed)).frames(rate), rate)
        if self.short not in ("hold", "trim") or length < frame:
            need = clip.duration
            raise EditRefused(
                f"“{media_name(media)}” is too short for this clip: it has {frames_text(length, rate)}, "
                f"{frames_text(need, rate)} are needed."
            )
        if clip.speed < 0:  # it begins with its end: what is missing is missing behind
            over = clip.source_range.duration - length * abs(clip.speed)
            start = shifted(start, -over)
        if self.short == "trim":
            shown = _inside(part(start, ZERO, length), media)
            tracks[track.id] = exchanged(track, {clip.id: (shown, Gap(clip.duration - length))})
            return
        cut = found.range.start + length
        row = split(exchanged(track, {clip.id: (start,)}), cut, tracks.links)
        first, held = row.clip(clip.id), row.item_at(cut)
        if first is None or not isinstance(held, Clip):
            raise EditRefused("The last frame of this take cannot be held here.")
        step = frame * abs(clip.speed)
        last = max(ZERO, media.duration - step / 2) if clip.speed > 0 else step
        still = replace(held, freeze=last, link=None, fade_in=ZERO)
        tracks[track.id] = exchanged(row, {first.id: (_inside(first, media),), held.id: (settled(still),)})


def _slower(clip: Clip, media: Media) -> Clip:
    """All of a file over the length the clip has."""
    fast = Fraction(media.duration / clip.duration) if clip.duration > ZERO else Fraction(1)
    if fast < SLOWEST_EDIT:
        raise EditRefused(f"“{media_name(media)}” would play at {float(fast) * 100:.4g} percent; the slowest is 1.")
    new = shifted(clip, -clip.source_range.start)
    whole = TimeRange(ZERO, clip.duration * fast)
    return settled(replace(new, source_range=whole, speed=fast if clip.speed > 0 else -fast))


def _inside(clip: Clip, media: Media) -> Clip:
    """Less than a frame that a file lacks does not count."""
    low = clip.source_range.start
    return shifted(clip, -low) if low < ZERO else clip

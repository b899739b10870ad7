"""How a file comes into a clip that is already cut: place, length, effects, fades and links stay, the source begins where it did."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from timeline.edits import shifted
from timeline.items import Clip, MediaSource, Placeholder
from timeline.media import Media
from timeline.time import ZERO, RationalTime


def lacking(clip: Clip, media: Media, frame: RationalTime) -> RationalTime:
    """How much (source time) a file is too short for all of a clip, wherever in the file it begins; 0: it fits.

    `frame` is one of the sequence: less than one may be missing.
    """
    if media.is_endless or media.duration <= ZERO:
        return ZERO
    over = clip.source_range.duration - media.duration
    return over if over >= frame * abs(clip.speed) else ZERO


def overrun(clip: Clip, media: Media, frame: RationalTime) -> RationalTime:
    """How far (source time) a clip reaches behind a file's end; 0 where that is less than a frame."""
    if media.is_endless or media.duration <= ZERO:
        return ZERO
    over = clip.source_range.end - media.duration
    return over if over >= frame * abs(clip.speed) else ZERO


def filled(clip: Clip, media: Media, frame: RationalTime) -> Clip | None:
    """The clip showing a file from where its source range starts; if that does not reach far enough, as late as it does.

    None: the file is too short for the clip.
    """
    found = replace(clip, source=MediaSource(media.id))
    over = overrun(clip, media, frame)
    if not over:
        return found
    if lacking(clip, media, frame):
        return None
    return shifted(found, -min(over, clip.source_range.start))


def landed(clips: Iterable[Clip], media: Media, frame: RationalTime) -> dict[str, Clip]:
    """The pieces of one placeholder, by their ids, showing a file; those it does not reach into are left out.

    Pieces that were cut apart go on showing what follows one another: they are moved in the file together or not at all.
    """
    pieces = tuple(clips)
    if not pieces:
        return {}
    over = max(overrun(one, media, frame) for one in pieces)
    by = min(over, min(one.source_range.start for one in pieces))
    moved = ((one, shifted(one, -by) if by else one) for one in pieces)
    return {one.id: replace(new, source=MediaSource(media.id)) for one, new in moved if not overrun(new, media, frame)}


def waits_for(clip: Clip, shot_id: str) -> bool:
    """Whether a clip is the placeholder of a shot."""
    return isinstance(clip.source, Placeholder) and clip.source.shot_id == shot_id

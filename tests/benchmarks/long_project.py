"""Projects of any number of clips over the benchmark media, saved as files."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

from engines.media.probe import probe
from timeline.items import Clip, MediaSource
from timeline.media import Library, Media
from timeline.project import Project, Saved
from timeline.project_file import save
from timeline.sequence import Sequence
from timeline.time import RationalTime, TimeRange
from timeline.track import Track, TrackKind

RATE = Fraction(30)
TRACKS = 10
CLIP_FRAMES = 30


def write_project(target: Path, footage: Path, clips: int, tracks: int = TRACKS, sound: Path | None = None) -> Saved:
    """A project of one-second clips of one file: half of the tracks picture, half sound, linked by pairs.

    `sound`: a file of its own for the tracks of sound.
    """
    media = probe(footage, RATE)
    heard = probe(sound, RATE) if sound is not None else media
    each = clips // tracks
    pictures = tuple(_track(media, TrackKind.VIDEO, number, each) for number in range(tracks // 2))
    sounds = tuple(_track(heard, TrackKind.AUDIO, number, each) for number in range(tracks - tracks // 2))
    sequence = Sequence(name="Long", rate=RATE, tracks=pictures + sounds, id="long")
    saved = Saved(Project(name="Long", sequences=(sequence,), id="long"), Library({media.id: media, heard.id: heard}))
    save(target, saved)
    return saved


def _track(media: Media, kind: TrackKind, number: int, clips: int) -> Track:
    """Each clip begins elsewhere in the file, with frames to spare at both ends."""
    length = RationalTime.from_frames(CLIP_FRAMES, RATE)
    room = media.duration.frames(RATE) - 3 * CLIP_FRAMES
    row = tuple(
        Clip(
            MediaSource(media.id),
            TimeRange(RationalTime.from_frames(CLIP_FRAMES + place * 37 % room, RATE), length),
            name=media.name,
            link=f"l{number}-{place}",
            id=f"{kind.value[0]}{number}-{place}",
        )
        for place in range(clips)
    )
    return Track(kind, row, name=f"{kind.value.title()} {number + 1}", id=f"{kind.value[0]}{number}")

"""The benchmark timeline (bench/timeline.py of the peers) as a Starcut project, and its pictures beside another film's."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import av
import numpy as np

from engines.media.probe import probe
from timeline.items import Clip, EffectUse, Gap, Item, MediaSource, Transition
from timeline.media import Library, Media
from timeline.project import Project, Saved
from timeline.project_file import save
from timeline.sequence import Sequence
from timeline.time import RationalTime, TimeRange
from timeline.track import Track, TrackKind

RATE = Fraction(30)
LENGTH, OVERLAP = 150, 30
SIZE = (1920, 1080)
STEP = LENGTH - OVERLAP
COLOUR = {"brightness": 0.05, "contrast": 1.1, "saturation": 1.2}
MUSIC_GAIN = 10 ** (-12 / 20)


def write_timeline(target: Path, media: Path, clips: int = 8, *, project_id: str = "bench") -> Saved:
    """Save the timeline of so many clips to `target`; beyond 8 it goes on in the same way."""
    films = {letter: probe(media / f"{letter}.mp4", RATE) for letter in "abcd"}
    title, music = probe(media / "title.png", RATE), probe(media / "music.wav", RATE)
    starts = starts_of(clips)
    sources = [films["abcd"[place % 4]] for place in range(clips)]
    total = STEP * clips + OVERLAP
    titled = [place for place in range(clips) if place % 4 == 1]
    tracks = (
        _pictures(sources, starts),
        Track(
            TrackKind.OVERLAY,
            _spread([_still(title, place, place == clips - 1) for place in titled], titled),
            name="Titles",
            id="t",
        ),
        *(_sounds(sources, starts, first) for first in (0, 1)),
        Track(TrackKind.AUDIO, _music(music, total), name="Music", volume=MUSIC_GAIN, id="m"),
    )
    sequence = Sequence(name="Benchmark", width=SIZE[0], height=SIZE[1], rate=RATE, tracks=tracks, id=project_id)
    library = Library().with_media(*films.values(), title, music)
    saved = Saved(Project(name="Benchmark", sequences=(sequence,), id=project_id), library)
    save(target, saved)
    return saved


def starts_of(clips: int) -> list[int]:
    """The first frame of its file that each clip shows."""
    return [60 if place % 8 < 4 else 360 for place in range(clips)]


def write_plain(target: Path, film: Path, frames: int) -> Saved:
    """Save a project of the first frames of one file, with its sound, and nothing done to them."""
    media = probe(film, RATE)
    clip = Clip(MediaSource(media.id), TimeRange(_at(0), _at(frames)))
    tracks = (
        Track(TrackKind.VIDEO, (replace(clip, id="p"),), id="v"),
        Track(TrackKind.AUDIO, (replace(clip, id="s"),), id="a"),
    )
    sequence = Sequence(name="Plain", width=media.width, height=media.height, rate=RATE, tracks=tracks, id="plain")
    saved = Saved(Project(name="Plain", sequences=(sequence,), id="plain"), Library({media.id: media}))
    save(target, saved)
    return saved


def luma_psnr(film: Path, other: Path) -> list[float]:
    """dB of each frame's luma against the other film's; 100 where they are the same. As many as the shorter one has."""
    with av.open(str(film)) as ours, av.open(str(other)) as theirs:
        for container in (ours, theirs):
            container.streams.video[0].thread_type = "AUTO"
        found = []
        for a, b in zip(ours.decode(video=0), theirs.decode(video=0), strict=False):
            luma = [np.frombuffer(one.planes[0], np.uint8) for one in (a, b)]  # type: ignore[call-overload]
            error = np.subtract(luma[0], luma[1], dtype=np.int16).astype(np.float32)
            mean = float(np.square(error).mean())
            found.append(100.0 if mean == 0 else 10 * float(np.log10(255 * 255 / mean)))
    return found


def _at(frames: int) -> RationalTime:
    return RationalTime.from_frames(frames, RATE)


def _pictures(sources: list[Media], starts: list[int]) -> Track:
    """One track; each dissolve lies half before and half behind its cut, over the handles."""
    half, last = OVERLAP // 2, len(sources) - 1
    row = []
    for place, (media, start) in enumerate(zip(sources, starts, strict=True)):
        head, tail = (half if place else 0), (half if place < last else 0)
        effects = (EffectUse("color_correct", COLOUR),) if place % 2 == 0 else ()
        span = TimeRange(_at(start + head), _at(LENGTH - head - tail))
        row.append(Clip(MediaSource(media.id), span, effects=effects, id=f"v{place}"))
    dissolves = tuple(
        Transition("dissolve", f"v{place}", f"v{place + 1}", _at(half), _at(half)) for place in range(last)
    )
    return Track(TrackKind.VIDEO, tuple(row), dissolves, name="Pictures", id="v")


def _still(title: Media, place: int, is_last: bool) -> Clip:
    """The title lies over all of its clip and goes with it in the dissolves at its ends."""
    fades = {"fade_in": _at(OVERLAP), "fade_out": _at(0 if is_last else OVERLAP)}
    return Clip(MediaSource(title.id), TimeRange(_at(0), _at(LENGTH)), id=f"t{place}", **fades)


def _sounds(sources: list[Media], starts: list[int], first: int) -> Track:
    """Every other clip's sound, led in and out in straight lines as the peers do it."""
    last = len(sources) - 1
    places = list(range(first, len(sources), 2))
    row = []
    for place in places:
        span = TimeRange(_at(starts[place]), _at(LENGTH))
        ends = {"fade_in": _at(OVERLAP if place else 0), "fade_out": _at(OVERLAP if place < last else 0)}
        row.append(Clip(MediaSource(sources[place].id), span, id=f"s{place}", **ends))
    return Track(TrackKind.AUDIO, _spread(row, places), name=f"Sound {first + 1}", id=f"a{first}")


def _spread(clips: list[Clip], places: list[int]) -> tuple[Item, ...]:
    """The clips where their places on the timeline are, with gaps between them."""
    row: list[Item] = []
    at = 0
    for clip, place in zip(clips, places, strict=True):
        if STEP * place > at:
            row.append(Gap(_at(STEP * place - at)))
        row.append(clip)
        at = STEP * place + LENGTH
    return tuple(row)


def _music(music: Media, total: int) -> tuple[Item, ...]:
    whole = music.duration.frames(RATE)
    return tuple(
        Clip(MediaSource(music.id), TimeRange(_at(0), _at(min(whole, total - at))), id=f"m{at}")
        for at in range(0, total, whole)
    )

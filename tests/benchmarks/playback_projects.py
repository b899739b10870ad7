"""What is played: layers with a title and dissolves, and a film of two hundred short clips with a counter in each frame."""

from __future__ import annotations

import os
import shutil
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

from engines.media.probe import probe
from timeline.curve import Curve, Value
from timeline.items import Clip, EffectUse, GeneratorSource, MediaSource, Transition
from timeline.media import Library, Media
from timeline.project import Project, Saved
from timeline.sequence import Sequence
from timeline.time import RationalTime, TimeRange
from timeline.track import Track, TrackKind

RATE = Fraction(30)
SIZE = (1920, 1080)
FILES, CLIPS, CLIP_FRAMES = 20, 200, 30
COUNTER_FRAMES = 900
_BITS, _BLOCK = 16, 48
FILMS = ("a.mp4", "b.mp4", "c.mp4", "d.mp4")
_SHOT_FRAMES, _DISSOLVE_FRAMES = 150, 24


def time_of(frames: int) -> RationalTime:
    """Frames of the benchmark's rate as a time."""
    return RationalTime.from_frames(frames, RATE)


def layers(media: Path, count: int, seconds: int) -> Saved:
    """`count` films over each other, the lowest full and cut by dissolves, the others small in the corners; a title; music."""
    films = [probe(media / name, RATE) for name in FILMS]
    music = probe(media / "music.wav", RATE)
    frames = seconds * int(RATE)
    tracks = [_dissolving(films, frames)]
    tracks += [_corner(films[number % len(films)], number, frames) for number in range(1, count)]
    title = Clip(GeneratorSource("title", {"text": "Playback"}), TimeRange(time_of(0), time_of(frames)), id="title")
    tracks.append(Track(TrackKind.TEXT, (title,), name="Title"))
    tracks.append(Track(TrackKind.AUDIO, tuple(_repeated(music, frames, "m")), name="Music"))
    return _saved(tuple(tracks), [*films, music])


def many_cuts(folder: Path, clips: int) -> Saved:
    """One-second clips, each out of another file than the last and from the middle of a group of 250 pictures."""
    films = [probe(path, RATE) for path in counter_films(folder)]
    row = tuple(
        Clip(
            MediaSource(films[place * 7 % FILES].id),
            TimeRange(time_of(first_frame(place)), time_of(CLIP_FRAMES)),
            name=f"{place}",
            id=f"c{place}",
        )
        for place in range(clips)
    )
    return _saved((Track(TrackKind.VIDEO, row, name="Cuts"),), films)


def first_frame(place: int) -> int:
    """The source frame a clip of `many_cuts` begins with."""
    return (90 + place * 137) % (COUNTER_FRAMES - CLIP_FRAMES)


def counter_films(folder: Path) -> list[Path]:
    """Twenty films of 30 seconds, 1080p30, a key frame each 250; made once: one is encoded, the others are it by other names."""
    first = folder / "counter_0.mp4"
    if not first.is_file():
        part = folder / "counter.part.mp4"
        _encode_counter(folder / "a.mp4", part)
        part.replace(first)
    films = [first]
    for number in range(1, FILES):
        film = folder / f"counter_{number}.mp4"
        if not film.is_file():
            try:
                os.link(first, film)
            except OSError:
                shutil.copyfile(first, film)
        films.append(film)
    return films


def counter_in(bgra: NDArray[np.uint8]) -> int:
    """The number burnt into a picture of any size."""
    scale = bgra.shape[1] / SIZE[0]
    y = round(1.5 * _BLOCK * scale)
    places = [round((1.5 + bit) * _BLOCK * scale) for bit in range(_BITS)]
    return sum(1 << bit for bit, x in enumerate(places) if bgra[y, x, 1] > 127)


def _encode_counter(source: Path, target: Path) -> None:
    with av.open(str(source)) as reading, av.open(str(target), "w") as writing:
        stream = writing.add_stream("libx264", rate=30)
        stream.width, stream.height = SIZE
        stream.pix_fmt = "yuv420p"
        stream.options = {"preset": "veryfast", "crf": "23", "g": "250", "keyint_min": "250", "sc_threshold": "0"}
        stream.codec_context.thread_type = "FRAME"
        written = 0
        while written < COUNTER_FRAMES:
            reading.seek(0)
            for frame in reading.decode(video=0):
                if written == COUNTER_FRAMES:
                    break
                planes = frame.to_ndarray(format="yuv420p")
                planes[_BLOCK : 2 * _BLOCK, _BLOCK : (1 + _BITS) * _BLOCK] = 16
                for bit in range(_BITS):
                    if written >> bit & 1:
                        planes[_BLOCK : 2 * _BLOCK, (1 + bit) * _BLOCK : (2 + bit) * _BLOCK] = 235
                # the chroma of the blocks is neutral: rows below the luma, two of them a row of the array
                chroma = planes[SIZE[1] :].reshape(2, SIZE[1] // 2, SIZE[0] // 2)
                chroma[:, _BLOCK // 2 : _BLOCK, _BLOCK // 2 : (1 + _BITS) * _BLOCK // 2] = 128
                made = av.VideoFrame.from_ndarray(planes, format="yuv420p")
                made.pts, made.pict_type = written, 0
                writing.mux(stream.encode(made))
                written += 1
        writing.mux(stream.encode(None))


def _dissolving(films: list[Media], frames: int) -> Track:
    clips: list[Clip] = []
    transitions: list[Transition] = []
    at = 0
    while at < frames:
        film, place = films[len(clips) % 2], len(clips)
        length = min(_SHOT_FRAMES, frames - at)
        start = 30 + place * 61 % (film.duration.frames(RATE) - _SHOT_FRAMES - 60)
        clips.append(Clip(MediaSource(film.id), TimeRange(time_of(start), time_of(length)), id=f"v{place}"))
        if place:
            half = time_of(_DISSOLVE_FRAMES // 2)
            transitions.append(Transition("dissolve", f"v{place - 1}", f"v{place}", half, half))
        at += length
    return Track(TrackKind.VIDEO, tuple(clips), tuple(transitions), name="Film")


def _corner(film: Media, number: int, frames: int) -> Track:
    x, y = ((450.0, -240.0), (450.0, 240.0), (-450.0, 240.0))[number % 3]
    place: dict[str, Value | Curve] = {"scale": 40.0, "position_x": x, "position_y": y}
    clips = tuple(
        Clip(one.source, one.source_range, effects=(EffectUse("transform", place),), id=one.id)
        for one in _repeated(film, frames, f"l{number}-")
    )
    return Track(TrackKind.VIDEO, clips, name=f"Layer {number + 1}")


def _repeated(media: Media, frames: int, name: str) -> list[Clip]:
    whole = media.duration.frames(RATE) - 1
    clips: list[Clip] = []
    while frames > 0:
        length = min(frames, whole)
        clips.append(Clip(MediaSource(media.id), TimeRange(time_of(0), time_of(length)), id=f"{name}{len(clips)}"))
        frames -= length
    return clips


def _saved(tracks: tuple[Track, ...], media: list[Media]) -> Saved:
    sequence = Sequence(name="Played", width=SIZE[0], height=SIZE[1], rate=RATE, tracks=tracks, id="played")
    library = Library({one.id: one for one in media})
    return Saved(Project(name="Played", sequences=(sequence,), id="played"), library)

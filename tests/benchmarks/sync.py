"""Picture and sound after an hour: thirty sources of unlike rates and clocks on one timeline, exported, flash against beep."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from statistics import median

import av
import numpy as np
from numpy.typing import NDArray

from engines.export.mp4 import export_mp4
from engines.export.presets import Mp4Preset
from engines.media.conversion import plane_views
from engines.media.inspection import probe_here
from tests.benchmarks.base import Bench, BenchError, Row, at_most
from tests.exactness.counted import HZ, SIZE, is_flash, make_counted, onsets
from timeline.items import Clip, MediaSource
from timeline.media import Library, Media
from timeline.project import Project
from timeline.sequence import Sequence
from timeline.time import RationalTime, TimeRange
from timeline.track import Track, TrackKind

FloatArray = NDArray[np.float64]
RATE = Fraction(30000, 1001)
RATES = (
    Fraction(24000, 1001),
    Fraction(25),
    Fraction(30000, 1001),
    Fraction(50),
    Fraction(60000, 1001),
    Fraction(30),
    None,  # a telephone's: it varies
)
SOUNDS = (("aac", 48000), ("aac", 44100), ("pcm_s16le", 48000), ("pcm_s16le", 44100))
SOURCES, MINUTES, QUICK_MINUTES = 30, 60, 3
SOURCE_SECONDS = 40
FRAME_MS = round(float(1 / RATE * 1000), 1)
SOUND_LIMIT_MS = 20.0
FLASH_SECONDS = Fraction(1, 12)
"""Longer than a frame of the film, so that none is missed."""


def run(bench: Bench) -> Iterator[Row]:
    """Flash to beep at the start, in the middle and at the end of the film, the worst of each twentieth of it."""
    minutes = QUICK_MINUTES if bench.quick else MINUTES
    bench.say(f"  making {SOURCES} sources ...")
    sources = list(_sources(bench.work))
    bench.say(f"  exporting {minutes} minutes ...")
    film = bench.work / "sync.mp4"
    sequence = _sequence(sources, minutes)
    known = Library({media.id: media for media in sources})
    export_mp4(
        Project(sequences=(sequence,)), known, sequence.id, film, Mp4Preset(label="Sync", description="", quality=28)
    )
    flashes, heard = _flashes_and_beeps(film)
    wanted = _wanted(sequence, {media.id: media for media in sources})
    length = sequence.duration.to_seconds()
    label = f"{minutes} min, {SOURCES} sources:"
    for name, share in (("start", 0.0), ("middle", 0.475), ("end", 0.95)):
        part = [at for at in wanted if share * length <= at <= (share + 0.05) * length]
        apart = [_nearest(heard, flash) - flash for flash in (_nearest(flashes, at) for at in part)]
        yield at_most(f"{label} flash to beep at the {name}", max(map(abs, apart)) * 1000, "ms", FRAME_MS)
    late = [(_nearest(flashes, at) - at) * 1000 for at in wanted]
    yield at_most(f"{label} flash against the edit, worst of {len(wanted)}", max(map(abs, late)), "ms", FRAME_MS)
    strays = [(_nearest(heard, at) - at) * 1000 for at in wanted]
    yield at_most(f"{label} beep against the edit, worst", max(map(abs, strays)), "ms", SOUND_LIMIT_MS)
    drift = median(strays[-len(strays) // 5 :]) - median(strays[: len(strays) // 5])
    yield at_most(f"{label} drift of the sound", abs(drift), "ms", 1.0)


def _nearest(times: FloatArray, at: float) -> float:
    return float(times[np.abs(times - at).argmin()])


def _sources(folder: Path) -> Iterator[Media]:
    for index in range(SOURCES):
        rate, (codec, hz) = RATES[index % len(RATES)], SOUNDS[index % len(SOUNDS)]
        times = None
        if rate is None:
            steps = random.Random(index).choices((20, 33, 34, 41, 60), k=SOURCE_SECONDS * 30)
            times = tuple(int(time) for time in np.cumsum([0, *steps]) if time < SOURCE_SECONDS * 1000)
        count = len(times) if times else int(SOURCE_SECONDS * (rate or 0))
        shown = [Fraction(time, 1000) for time in times] if times else [n / (rate or 1) for n in range(count)]
        path = folder / f"source_{index:02}.{'mp4' if codec == 'aac' else 'mov'}"
        make_counted(
            path,
            rate or Fraction(30),
            count,
            gop=60,
            sound_codec=codec,
            sound_rate=hz,
            times=times,
            flash_seconds=FLASH_SECONDS,
        )
        seconds = range(1, SOURCE_SECONDS)
        flashes = [float(next(at for at in shown if at >= second)) for second in seconds if second <= shown[-1]]
        yield replace(probe_here(path), extra={"flashes": flashes})


def _sequence(sources: list[Media], minutes: int) -> Sequence:
    """Stretches of 2 to 30 seconds from anywhere in the sources, picture and sound together, as long as asked."""
    chance = random.Random(60)
    clips: list[Clip] = []
    left = int(minutes * 60 * RATE)
    while left > 0:
        media = sources[len(clips) % len(sources)]
        room = media.duration.frames(RATE) - 1
        count = min(left, chance.randint(int(2 * RATE), int(30 * RATE)))
        start = RationalTime.from_frames(chance.randrange(room - count), RATE)
        clips.append(Clip(MediaSource(media.id), TimeRange(start, RationalTime.from_frames(count, RATE))))
        left -= count
    tracks = (Track(TrackKind.VIDEO, tuple(clips)), Track(TrackKind.AUDIO, tuple(clips)))
    return Sequence(width=SIZE[0], height=SIZE[1], rate=RATE, tracks=tracks)


def _wanted(sequence: Sequence, known: dict[str, Media]) -> list[float]:
    """When a flash and its beep begin on the timeline, in seconds: those well inside a clip."""
    margin, found = 0.15, []
    for clip, where in sequence.tracks[0].clips():
        assert isinstance(clip.source, MediaSource)
        start, end = clip.source_range.start.to_seconds(), clip.source_range.end.to_seconds()
        starts = known[clip.source.media_id].extra["flashes"]
        found += [where.start.to_seconds() + at - start for at in starts if start + margin < at < end - margin]
    return found


def _flashes_and_beeps(film: Path) -> tuple[FloatArray, FloatArray]:
    """When flashes begin to be seen and beeps to be heard in a film, in seconds."""
    flashes: list[float] = []
    sound: list[NDArray[np.float32]] = []
    began, lit = Fraction(0), False
    with av.open(str(film)) as container:
        for frame in container.decode(container.streams.video[0], container.streams.audio[0]):
            time = Fraction(frame.pts or 0) * Fraction(frame.time_base or 1)
            if isinstance(frame, av.VideoFrame):
                shines = is_flash(plane_views(frame)[0])
                if shines and not lit:
                    flashes.append(float(time))
                lit = shines
            elif isinstance(frame, av.AudioFrame):
                began = began if sound else time
                sound.append(frame.to_ndarray()[0].astype(np.float32))
    heard = onsets(np.concatenate(sound))
    if not flashes or not heard:
        raise BenchError("The film neither flashes nor beeps.")
    return np.array(flashes), np.array(heard) / HZ + float(began)

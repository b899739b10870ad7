"""Picture and sound after an hour: thirty sources of unlike rates and clocks on one timeline, exported, flash against beep."""

from __future__ import annotations

import random
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from statistics import median

import av
import numpy as np

from engines.export.mp4 import export_mp4
from engines.export.presets import Mp4Preset
from engines.media.inspection import probe_here
from tests.benchmarks.base import Bench, BenchError, Row, at_most
from tests.exactness.counted import HZ, SIZE, is_flash, make_counted, onsets
from timeline.items import Clip, MediaSource
from timeline.media import Library, Media
from timeline.project import Project
from timeline.sequence import Sequence
from timeline.time import RationalTime, TimeRange
from timeline.track import Track, TrackKind

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
LIMIT_MS = float(min(1 / RATE, Fraction(20, 1000)) * 1000)


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
    apart = _apart(film)
    expected = len(_seconds_inside(sequence))
    if len(apart) < expected * 0.9:
        raise BenchError(f"Only {len(apart)} of {expected} flashes with their beep were found in the film.")
    length = sequence.duration.to_seconds()
    for name, share in (("start", 0.0), ("middle", 0.475), ("end", 0.95)):
        part = [one for at, one in apart if share * length <= at <= (share + 0.05) * length]
        if not part:
            raise BenchError(f"There is no flash at the {name} of the film.")
        yield at_most(
            f"{minutes} minutes, 30 sources: flash to beep at the {name}", max(map(abs, part)), "ms", LIMIT_MS
        )
    worst = max(abs(one) for _, one in apart)
    yield at_most(f"{minutes} minutes, 30 sources: worst of {len(apart)} flashes", worst, "ms", LIMIT_MS)
    first, last = (median(one for at, one in apart if low <= at / length <= low + 0.2) for low in (0.0, 0.8))
    yield at_most(f"{minutes} minutes, 30 sources: drift from start to end", abs(last - first), "ms", 2.0)


def _sources(folder: Path) -> Iterator[Media]:
    for index in range(SOURCES):
        rate, (codec, hz) = RATES[index % len(RATES)], SOUNDS[index % len(SOUNDS)]
        times = None
        if rate is None:
            steps = random.Random(index).choices((20, 33, 34, 41, 60), k=SOURCE_SECONDS * 30)
            times = tuple(int(time) for time in np.cumsum([0, *steps]) if time < SOURCE_SECONDS * 1000)
        count = len(times) if times else int(SOURCE_SECONDS * (rate or 0))
        name = f"source_{index:02}.{'mp4' if codec == 'aac' else 'mov'}"
        yield probe_here(
            make_counted(
                folder / name, rate or Fraction(30), count, gop=60, sound_codec=codec, sound_rate=hz, times=times
            )
        )


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


def _seconds_inside(sequence: Sequence) -> list[Fraction]:
    """The record times at which a second of a source begins well inside a clip."""
    margin, found = Fraction(1, 10), []
    for clip, where in sequence.tracks[0].clips():
        start, end = clip.source_range.start.fraction, clip.source_range.end.fraction
        second = -(-(start + margin) // 1)
        while second < end - margin:
            found.append(where.start.fraction + second - start)
            second += 1
    return found


def _apart(film: Path) -> list[tuple[float, float]]:
    """For each flash that begins and has a beep within 150 ms: when (s), and by how many ms the beep comes before it."""
    flashes: list[float] = []
    sound: list[np.ndarray[tuple[int, ...], np.dtype[np.float32]]] = []
    began, lit = Fraction(0), False
    with av.open(str(film)) as container:
        picture, tone = container.streams.video[0], container.streams.audio[0]
        for frame in container.decode(picture, tone):
            time = Fraction(frame.pts or 0) * Fraction(frame.time_base or 1)
            if isinstance(frame, av.VideoFrame):
                plane = frame.planes[0]
                shines = is_flash(
                    np.frombuffer(plane, np.uint8).reshape(plane.height, plane.line_size)[:, : plane.width]
                )
                if shines and not lit:
                    flashes.append(float(time))
                lit = shines
            elif isinstance(frame, av.AudioFrame):
                began = time if not sound else began
                sound.append(frame.to_ndarray()[0].astype(np.float32))
    heard = np.array([float(began) + at / HZ for at in onsets(np.concatenate(sound))])
    pairs = ((flash, heard[np.abs(heard - flash).argmin()] - flash) for flash in flashes) if len(heard) else ()
    return [(flash, float(apart) * 1000) for flash, apart in pairs if abs(apart) < 0.15]

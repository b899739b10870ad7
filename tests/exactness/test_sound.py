"""Cuts are not heard, and what is heard while playing is what the export writes."""

from __future__ import annotations

import random
import threading
import time
import wave
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from engines.export.wav import export_wav
from engines.media.inspection import probe_here
from engines.play.audio_sink import AudioCallback
from engines.play.player import Player
from tests.engines.media.footage import make_sound, tone
from timeline.curve import Curve, Interpolation, Keyframe
from timeline.items import Clip, Gap, Item, MediaSource, Transition
from timeline.media import Library, Media
from timeline.project import Project
from timeline.sequence import Sequence
from timeline.time import RationalTime, TimeRange
from timeline.track import Track, TrackKind

pytestmark = pytest.mark.media

HZ = 48000
RATE = Fraction(30000, 1001)
PITCH = 220
MINUS_60_DB = 1e-3
MINUS_90_DB = 10 ** (-90 / 20)


@pytest.fixture(scope="session")
def sounds(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Media]:
    folder = tmp_path_factory.mktemp("sounds")
    wave_form = 0.5 * np.sin(2 * np.pi * PITCH * np.arange(HZ * 20) / HZ)
    sine = np.stack([wave_form, wave_form], axis=1).astype(np.float32)
    files = {
        "sine": make_sound(folder / "sine.wav", "pcm_f32le", sine),
        "aac": make_sound(folder / "aac.m4a", "aac", tone(8, 44100), 44100),
        "mono": make_sound(folder / "mono.flac", "flac", tone(8, 48000, 1), 48000, "mono"),
    }
    return {name: probe_here(path) for name, path in files.items()}


def piece(media: Media, start: int, count: int, **changes: object) -> Clip:
    where = TimeRange(RationalTime.from_frames(start, RATE), RationalTime.from_frames(count, RATE))
    return Clip(MediaSource(media.id), where, **changes)  # type: ignore[arg-type]  # keywords of a clip


def exported(path: Path, sequence: Sequence, known: dict[str, Media]) -> NDArray[np.float64]:
    library = Library({media.id: media for media in known.values()})
    export_wav(Project(sequences=(sequence,)), library, sequence.id, path)
    with wave.open(str(path)) as file:
        data = np.frombuffer(file.readframes(file.getnframes()), "<i2")
    return data.reshape(-1, 2) / 32767


def steps(sound: NDArray[np.float64]) -> NDArray[np.float64]:
    """What each sample strays from the sine that the two before it belong to: a pure sine gives none."""
    bend = 2 * np.cos(2 * np.pi * PITCH / HZ)
    return np.abs(sound[2:] - bend * sound[1:-1] + sound[:-2])


def test_a_sine_cut_two_hundred_times_does_not_click(tmp_path: Path, sounds: dict[str, Media]) -> None:
    chance = random.Random(200)
    items: list[Item] = []
    for _ in range(200):
        count = chance.randint(1, 9)
        items.append(piece(sounds["sine"], chance.randrange(1, 580), count))
        if chance.random() < 0.2:
            items.append(Gap(RationalTime.from_frames(chance.randint(1, 3), RATE)))
    sequence = Sequence(rate=RATE, tracks=(Track(TrackKind.AUDIO, tuple(items)),))
    heard = exported(tmp_path / "sine.wav", sequence, sounds)[:, 0]
    assert np.abs(heard).max() > 0.49
    assert steps(heard).max() < MINUS_60_DB
    touched = np.zeros(len(heard), bool)
    for start in sequence.tracks[0].starts:
        at = start.samples(HZ)
        touched[max(0, at - 144) : at + 144] = True
    loud = np.convolve(np.abs(heard), np.ones(240) / 240, "same") > 0.28
    assert (loud | touched | (np.abs(heard) < 1e-4)).mean() > 0.97, "the ramps reach no further than 3 ms"


class HandedOver:
    """A device that takes what is ready as soon as it is ready."""

    latency = 0.0

    def __init__(self) -> None:
        self.callback: AudioCallback | None = None
        self.is_running = threading.Event()

    def open(self, sample_rate: int, callback: AudioCallback) -> None:
        self.callback = callback

    def start(self) -> None:
        self.is_running.set()

    def stop(self) -> None:
        self.is_running.clear()

    def close(self) -> None:
        self.is_running.clear()


@pytest.fixture
def player() -> Iterator[Player]:
    sink = HandedOver()
    made = Player(sink, lambda frame: None)
    yield made
    made.close()


def played(player: Player, sequence: Sequence, known: dict[str, Media], count: int) -> NDArray[np.float32]:
    """The first `count` samples that the player hands to its device."""
    sink = player._sink
    assert isinstance(sink, HandedOver)
    player.set_size((32, 18))
    library = Library({media.id: media for media in known.values()})
    player.set_project(Project(sequences=(sequence,)), library, sequence.id)
    player.play()
    parts: list[NDArray[np.float32]] = []
    until = time.monotonic() + 30
    while sum(map(len, parts)) < count:
        assert time.monotonic() < until, "the player hands nothing over"
        run = player._deck.run
        assert run is not None, "it stopped early"
        if not sink.is_running.is_set() or not run.is_ready or run.ring.waiting < 480:
            time.sleep(0.001)
            continue
        out = np.full((480, 2), np.nan, np.float32)
        assert sink.callback is not None
        sink.callback(out, 0.0)
        parts.append(out)
    return np.concatenate(parts)[:count]


def test_what_is_played_is_what_is_exported(tmp_path: Path, player: Player, sounds: dict[str, Media]) -> None:
    volume = Curve(
        (
            Keyframe(RationalTime(1), 0.2),
            Keyframe(RationalTime(3), 0.9, Interpolation.EASE),
            Keyframe(RationalTime(4), 0.4),
        )
    )
    change = Transition("crossfade", "x", "y", RationalTime.from_frames(6, RATE), RationalTime.from_frames(5, RATE))
    first = Track(
        TrackKind.AUDIO,
        (
            piece(sounds["aac"], 20, 40, id="x", volume=volume, fade_in=RationalTime(1, 3)),
            piece(sounds["mono"], 50, 31, id="y", pan=-0.4),
            piece(sounds["aac"], 100, 30, speed=Fraction(3, 2)),
            piece(sounds["mono"], 90, 20, speed=Fraction(-1)),
        ),
        (change,),
        volume=0.7,
    )
    second = Track(TrackKind.AUDIO, (Gap(RationalTime.from_frames(7, RATE)), piece(sounds["sine"], 3, 85, volume=0.5)))
    sequence = Sequence(rate=RATE, tracks=(first, second))
    heard = exported(tmp_path / "mix.wav", sequence, sounds)
    live = played(player, sequence, sounds, len(heard) - 2400)
    assert np.abs(live).max() < 1, "nothing is cut off at full scale, so the two may be compared"
    assert np.abs(live - heard[: len(live)]).max() < MINUS_90_DB

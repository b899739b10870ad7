"""The embedded composer: a stereo music bed for a mood, exactly as long as asked, the same for the same seed."""

from __future__ import annotations

import math
import wave
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from hashlib import blake2b
from itertools import pairwise
from pathlib import Path
from typing import Final

import numpy as np

from engines.errors import EngineError
from engines.generate.procedural import compose_sound as sound
from engines.generate.procedural.compose_moods import nearest_mood
from engines.generate.procedural.compose_plan import BEATS_PER_BAR, Passage, Piece, Section, plan_piece
from engines.generate.procedural.compose_sound import Sound
from engines.media.loudness import block_powers, integrated
from timeline.atomic import whole_file

LOUDNESS: Final = -16.0
"""LUFS of the whole piece."""
CEILING: Final = 10 ** (-1.5 / 20)
MAX_SECONDS: Final = 4 * 3600
_KNEE: Final = 0.62
_MEASURED_SECONDS: Final = 150.0
_TAIL_SECONDS: Final = 2.0


@dataclass(frozen=True)
class Score:
    """Music and what is known of it. `samples` is (n, 2) float32; `beats` are seconds, for cutting to."""

    samples: Sound
    sample_rate: int
    mood: str
    bpm: float
    beats: tuple[float, ...]
    sections: tuple[Section, ...]


def compose(mood: str, duration_seconds: float, seed: int, sample_rate: int = 48000) -> Score:
    """Music for a mood (any word; the nearest known mood is taken), `round(duration * rate)` samples long.

    About -16 LUFS, true peak below -1 dBFS, silent at both ends. Holds it all in memory: 23 MB a minute; for pieces of
    many minutes use `compose_blocks` or `compose_file`. Raises EngineError for impossible lengths.
    """
    piece, mood_id = _piece(mood, duration_seconds, seed)
    count = max(1, round(duration_seconds * sample_rate))
    samples = np.zeros((count, 2), np.float32)
    at = 0
    for block in _finished(piece, sample_rate):
        samples[at : at + block.shape[0]] = block
        at += block.shape[0]
    return Score(samples, sample_rate, mood_id, piece.bpm, piece.beats, piece.sections)


def compose_blocks(mood: str, duration_seconds: float, seed: int, sample_rate: int = 48000) -> Iterator[Sound]:
    """The same samples as `compose` in blocks of some seconds; memory does not grow with the length."""
    yield from _finished(_piece(mood, duration_seconds, seed)[0], sample_rate)


def compose_file(
    path: Path,
    mood: str,
    duration_seconds: float,
    seed: int,
    sample_rate: int = 48000,
    check: Callable[[], None] = lambda: None,
) -> Piece:
    """Write the music as a 24-bit WAV file; `check` is called between blocks and may raise to cancel.

    The file appears only when it is complete. Raises EngineError.
    """
    piece, _ = _piece(mood, duration_seconds, seed)
    try:
        with whole_file(path) as part, part.open("wb") as raw, closing(wave.open(raw, "wb")) as file:
            file.setnchannels(2)
            file.setsampwidth(3)
            file.setframerate(sample_rate)
            for block in _finished(piece, sample_rate):
                check()
                words = np.round(np.clip(block, -1, 1) * (2**23 - 1)).astype("<i4").reshape(-1, 1)
                file.writeframes(words.view(np.uint8)[:, :3].tobytes())
    except OSError as error:
        raise EngineError(f'The music "{path}" cannot be written: {error.strerror}.') from error
    return piece


def _piece(mood: str, seconds: float, seed: int) -> tuple[Piece, str]:
    if not 0 < seconds <= MAX_SECONDS:
        raise EngineError(f"Music can be up to {MAX_SECONDS // 3600} hours long, not {seconds:g} seconds.")
    mood_id = nearest_mood(mood)
    key = blake2b(f"{mood_id}:{seed}".encode(), digest_size=8).digest()
    return plan_piece(mood_id, seconds, np.random.default_rng(int.from_bytes(key, "big"))), mood_id


def _finished(piece: Piece, rate: int) -> Iterator[Sound]:
    """Mixed blocks at the right loudness, faded at both ends, cut to the exact length."""
    count = max(1, round(piece.seconds * rate))
    gain = _gain(piece, rate)
    fade_in = min(count // 4, round(0.03 * rate))
    fade_out = min(count // 3, round(min(3.0, 0.2 * piece.seconds) * rate))
    at = 0
    for block in _mixed(piece, rate):
        block = _limited(block[: count - at] * gain)
        places = np.arange(at, at + block.shape[0])
        if at < fade_in:
            block *= _eased(places / max(1, fade_in))
        if at + block.shape[0] > count - fade_out:
            block *= _eased((count - 1 - places) / max(1, fade_out))
        at += block.shape[0]
        yield block


def _eased(place: np.typing.NDArray[np.float64]) -> Sound:
    return (0.5 - 0.5 * np.cos(np.pi * np.clip(place, 0, 1))).astype(np.float32)[:, None]


def _limited(samples: Sound) -> Sound:
    """Rounds off what is louder than the knee so that nothing passes the ceiling."""
    over = np.abs(samples) - _KNEE
    if not np.any(over > 0):
        return samples
    room = CEILING - _KNEE
    bent = np.sign(samples) * (_KNEE + room * np.tanh(np.maximum(over, 0) / room))
    return np.where(over > 0, bent, samples).astype(np.float32)


def _gain(piece: Piece, rate: int) -> np.float32:
    """What brings the piece to its loudness; a long one is measured on its first arcs, which the others resemble."""
    powers, heard = [], 0.0
    for block in _mixed(piece, rate):
        powers.append(block_powers(block, rate))
        heard += block.shape[0] / rate
        if heard > _MEASURED_SECONDS:
            break
    level = integrated(np.concatenate(powers))
    return np.float32(10 ** (min(30.0, LOUDNESS - level) / 20) if math.isfinite(level) else 1.0)


def _mixed(piece: Piece, rate: int) -> Iterator[Sound]:
    """The raw mix, one passage after the other; the last block rings on until the end of the piece."""
    count = max(1, round(piece.seconds * rate))
    step = 60.0 * rate / piece.bpm
    borders = [round(passage.start_beat * step) for passage in piece.passages] + [count]
    longest = max(end - start for start, end in pairwise(borders))
    band = _Band(piece, rate, longest)
    for passage, start, end in zip(piece.passages, borders, borders[1:], strict=False):
        if end > start:
            yield band.play(passage, end - start)


class _Band:
    """Plays passages into a bus that carries what rings on; one after the other."""

    def __init__(self, piece: Piece, rate: int, longest: int) -> None:
        self.piece, self.mood, self.rate = piece, piece.mood, rate
        self.step = 60.0 * rate / piece.bpm  # samples of a beat
        self.tail = round(_TAIL_SECONDS * rate)
        self.dry = np.zeros((longest + self.tail, 2), np.float32)
        self.send = np.zeros((longest + self.tail, 2), np.float32)
        self.reverb = sound.Reverb(rate, 1.2 + 2.0 * self.mood.space, longest)
        self._pads: dict[tuple[tuple[int, ...], int], tuple[Sound, Sound]] = {}

    def play(self, passage: Passage, count: int) -> Sound:
        """`count` samples from the start of a passage."""
        self._pad(passage, count)
        self._bass(passage, count)
        self._plucks(passage, count)
        self._melody(passage, count)
        self._drums(passage, count)
        mixed = self.dry[:count] + self.reverb.process(self.send[:count]) * np.float32(0.7 * self.mood.space)
        for bus in (self.dry, self.send):
            bus[:-count] = bus[count:].copy()
            bus[-count:] = 0
        return mixed

    def _add(self, at: float, samples: Sound, gain: float, send: float, pan: float = 0.0) -> None:
        """Place a sound `at` samples from the start of the passage."""
        start = round(at)
        end = min(start + samples.shape[0], self.dry.shape[0])
        if end <= start:
            return
        if samples.ndim == 1:
            sides = np.array([math.cos((pan + 1) * math.pi / 4), math.sin((pan + 1) * math.pi / 4)], np.float32)
            samples = samples[: end - start, None] * (sides * np.float32(1.2))
        heard = samples[: end - start] * np.float32(gain)
        self.dry[start:end] += heard
        self.send[start:end] += heard * np.float32(send)

    def _pad(self, passage: Passage, count: int) -> None:
        key = (passage.voicing, count)
        if key not in self._pads:
            if len(self._pads) >= 12:
                self._pads.pop(next(iter(self._pads)))
            attack, release = min(round(0.5 * self.rate), count // 3), round(0.9 * self.rate)
            self._pads[key] = sound.pad(
                passage.voicing, count + release, self.mood.brightness, self.rate, attack, release
            )
        soft, bright = self._pads[key]
        mixed = soft + bright * np.float32(0.25 + 0.75 * passage.intensity)
        if self._kicks(passage):
            mixed = mixed * self._ducked(mixed.shape[0], count)
        self._add(0, mixed, 0.42 + 0.18 * passage.intensity, 0.8)

    def _ducked(self, size: int, count: int) -> Sound:
        """Room for the drum: the pads give way at each beat."""
        since = np.arange(size) % self.step / self.rate
        depth = 0.45 * self.mood.drive
        shape = 1 - depth * np.exp(-since * 9)
        shape[count:] = 1
        return shape.astype(np.float32)[:, None]

    def _bass(self, passage: Passage, count: int) -> None:
        if passage.intensity < 0.3:
            return
        drive = self.mood.drive
        every = 0.5 if drive >= 0.6 and passage.intensity > 0.7 else (2.0 if drive > 0 else float(BEATS_PER_BAR))
        length = round(min(every * self.step, count) + 0.1 * self.rate)
        for index in range(max(1, math.ceil(passage.beats / every - 0.01))):
            if index * every * self.step < count:
                accent = 1.0 if index * every % 2 == 0 else 0.75
                tone = sound.bass(passage.root, length, self.rate, drive)
                self._add(index * every * self.step, tone, 0.29 * accent * (0.6 + 0.4 * passage.intensity), 0.12)

    def _plucks(self, passage: Passage, count: int) -> None:
        pattern = self.piece.plucks[passage.intensity > 0.7]
        size = BEATS_PER_BAR / len(pattern.steps)
        notes = [*passage.voicing, *(note + 12 for note in passage.voicing)]
        total = math.floor(passage.beats / size + 1e-6)
        for index in range(total):
            step = pattern.steps[index % len(pattern.steps)]
            at = index * size * self.step
            sparse = passage.section in ("intro", "end") and index % 4
            if step < 0 or sparse or at >= count:
                continue
            note = notes[step % len(notes)] + 12
            tone = sound.pluck(note, self.mood.brightness, self.rate)
            gain = 0.19 * pattern.accents[index % len(pattern.steps)] * (0.55 + 0.45 * passage.intensity)
            side = 0.5 if index % 2 else -0.5
            self._add(at, tone, gain, 0.9, side)
            self._add(at + 0.75 * self.step, tone, gain * 0.35 * (0.4 + self.mood.space), 0.9, -side)

    def _melody(self, passage: Passage, count: int) -> None:
        if passage.section != "main" or self.mood.motion < 0.35:
            return
        scale = sorted({(self.mood.tonic + tone) % 12 for tone in self.mood.scale})
        for start, length, steps in self.piece.melody:
            if (start + length) * self.step > count + 1:
                continue
            note = _stepped(passage.voicing[-1] + 12, steps, scale)
            tone = sound.lead(note, round(length * self.step + 0.15 * self.rate), self.rate)
            self._add(start * self.step, tone, 0.1, 1.0, 0.15)

    def _kicks(self, passage: Passage) -> bool:
        return self.mood.drive >= 0.25 and passage.intensity > 0.5

    def _drums(self, passage: Passage, count: int) -> None:
        power = self.mood.drive * passage.intensity
        if not self._kicks(passage):
            return
        kick = sound.kick(self.rate)
        hat = sound.brush(self.rate, 0.06, 6500, 14000, 21)
        clap = sound.brush(self.rate, 0.16, 900, 6000, 22)
        whole = math.floor(passage.beats + 1e-6)
        for beat in range(whole):
            at = beat * self.step
            if self.mood.drive >= 0.5 or beat % 2 == 0:
                self._add(at, kick, 0.5 + 0.3 * power, 0.04)
            if power > 0.42 and beat % 2:
                self._add(at, clap, 0.07 + 0.08 * power, 0.5)
            for part in (0.5,) if power < 0.65 else (0.25, 0.5, 0.75):
                if at + part * self.step < count:
                    self._add(at + part * self.step, hat, (0.075 if part == 0.5 else 0.04) * (0.5 + power), 0.15)


def _stepped(note: int, steps: int, scale: list[int]) -> int:
    """A note `steps` up or down the scale."""
    direction = 1 if steps > 0 else -1
    for _ in range(abs(steps)):
        note += direction
        while note % 12 not in scale:
            note += direction
    return note

"""The band: plays notes into stems, block after block, with room, ducking and stereo places."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Protocol

import numpy as np

from engines.generate.procedural.compose import voices
from engines.generate.procedural.compose.drums import DRUMS, drum
from engines.generate.procedural.compose.effect import effect_sound
from engines.generate.procedural.compose.grooves import GROOVES
from engines.generate.procedural.compose.moods import Mood
from engines.generate.procedural.compose.notes import Note
from engines.generate.procedural.compose.waves import Reverb, Sound, ramp

BLOCK = 1 << 17
_DUCKED = ("chords", "bass", "melody")
_KICKS = ("kick", "punch")
_LONGEST_TAIL = 3.2
_STEREO = math.sqrt(0.5)


class Instruments(Protocol):
    """Something that plays notes other than the built-in voices: a sound font."""

    def sound(self, note: Note, count: int, rate: int) -> Sound | None:
        """The note held for `count` samples, (n, 2); None: play it on a built-in voice."""


class Bed(Protocol):
    """Something that sounds all the time: ambience."""

    def block(self, start: int, count: int) -> Sound:
        """Its samples [start, start + count), (count, 2)."""


class Band:
    """Plays a piece once. `split` keeps the stems apart (a room for each); else they come out as one `mix`."""

    def __init__(
        self,
        notes: Sequence[Note],
        mood: Mood,
        rate: int,
        *,
        split: bool,
        bed: Bed | None = None,
        font: Instruments | None = None,
    ) -> None:
        self._notes, self._mood, self._rate = notes, mood, rate
        self._split, self._bed, self._font = split, bed, font
        longest = max((note.seconds for note in notes), default=0.0)
        self._room = BLOCK + round((longest + _LONGEST_TAIL) * rate)
        self._groups = ("drums", "bass", "chords", "melody", "effects") if split else ("dry", "ducked")
        self._dry = {group: np.zeros((self._room, 2), np.float32) for group in self._groups}
        self._send = {group: np.zeros((self._room, 2), np.float32) for group in self._groups}
        rooms = self._groups if split else ("mix",)
        self._reverbs = {name: Reverb(rate, 1.2 + 2.0 * mood.space, BLOCK) for name in rooms}
        self._wet = np.float32(0.25 + 0.55 * mood.space)
        self._kicks = np.array([note.start * rate for note in notes if note.voice in _KICKS])
        self._next = 0

    def blocks(self, count: int) -> Iterator[dict[str, Sound]]:
        """`count` samples in blocks: by stem when split, else {"mix": …}."""
        for start in range(0, count, BLOCK):
            size = min(BLOCK, count - start)
            self._play(start, start + BLOCK)
            made = self._split_block(start) if self._split else {"mix": self._mixed_block(start)}
            if self._bed is not None:
                bed = self._bed.block(start, size)
                if self._split:
                    made["ambience"] = bed
                else:
                    made["mix"][:size] += bed
            elif self._split:
                made["ambience"] = np.zeros((size, 2), np.float32)
            yield {name: sound[:size] for name, sound in made.items()}

    def _play(self, start: int, end: int) -> None:
        for bus in (*self._dry.values(), *self._send.values()):
            bus[:-BLOCK] = bus[BLOCK:].copy()
            bus[-BLOCK:] = 0
        if start == 0:
            for bus in (*self._dry.values(), *self._send.values()):
                bus[:] = 0
        while self._next < len(self._notes) and self._notes[self._next].start * self._rate < end:
            note = self._notes[self._next]
            self._add(note, round(note.start * self._rate) - start)
            self._next += 1

    def _add(self, note: Note, at: int) -> None:
        group = note.stem if self._split else "ducked" if note.stem in _DUCKED else "dry"
        sound = self._sound(note)
        gain = np.float32(note.gain * (1.0 if note.voice in ("pad", "strings") else note.velocity))
        at = max(0, at)
        sound = sound[: self._room - at]
        if sound.ndim == 1:
            angle = (note.pan + 1) * math.pi / 4
            heard = sound[:, None] * np.array([math.cos(angle), math.sin(angle)], np.float32) * gain
        elif note.pan:
            heard = sound * (
                np.array([min(1.0, 1 - note.pan), min(1.0, 1 + note.pan)], np.float32) * gain * np.float32(_STEREO)
            )
        else:
            heard = sound * (gain * np.float32(_STEREO))
        self._dry[group][at : at + len(heard)] += heard
        if note.send:
            self._send[group][at : at + len(heard)] += heard * np.float32(note.send)

    def _sound(self, note: Note) -> Sound:
        count = round(note.seconds * self._rate)
        if self._font is not None and (played := self._font.sound(note, count, self._rate)) is not None:
            return played
        layer = min(3, int(note.velocity * 4))
        if note.voice in ("pad", "strings"):
            bright = round(100 * self._mood.brightness)
            return voices.pad(note.pitches, count, bright, layer, self._rate, note.voice == "strings")
        if note.stem == "effects":
            return effect_sound(note.voice, self._rate, note.pitches[0] if note.pitches else 0)
        if note.voice in DRUMS:
            return drum(note.voice, self._rate, count if note.voice == "riser" else 0)
        grain = self._rate // 100
        return voices.VOICES[note.voice](note.pitches[0], max(grain, round(count / grain) * grain), layer, self._rate)

    def _duck(self, start: int) -> Sound | None:
        """How loud chords, bass and melody are over a block: they give way where the bass drum strikes."""
        depth = GROOVES[self._mood.groove].pumps
        near = self._kicks[(self._kicks > start - self._rate) & (self._kicks < start + BLOCK)]
        if not depth or not near.size:
            return None
        fall, back = round(0.006 * self._rate), round(0.34 * self._rate)
        kernel = np.concatenate([ramp(fall), ramp(back)[::-1]])
        taken = np.zeros(BLOCK, np.float32)
        for kick in near:
            first = round(kick) - fall // 2 - start
            low, high = max(0, first), min(BLOCK, first + kernel.size)
            if high > low:
                np.maximum(taken[low:high], kernel[low - first : high - first], out=taken[low:high])
        return (1 - np.float32(depth) * taken)[:, None]

    def _mixed_block(self, start: int) -> Sound:
        duck = self._duck(start)
        dry, send = self._dry["ducked"][:BLOCK], self._send["ducked"][:BLOCK]
        if duck is not None:
            dry, send = dry * duck, send * duck
        wet = self._reverbs["mix"].process(send + self._send["dry"][:BLOCK])
        return dry + self._dry["dry"][:BLOCK] + wet * self._wet

    def _split_block(self, start: int) -> dict[str, Sound]:
        duck = self._duck(start)
        made = {}
        for group in self._groups:
            dry, send = self._dry[group][:BLOCK], self._send[group][:BLOCK]
            if duck is not None and group in _DUCKED:
                dry, send = dry * duck, send * duck
            made[group] = dry + self._reverbs[group].process(send) * self._wet
        return made

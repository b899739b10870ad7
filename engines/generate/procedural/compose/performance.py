"""One performance: what is heard for a brief, mastered, in blocks. Short pieces are held in memory, long ones played twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain
from typing import Final

import numpy as np

from engines.errors import EngineError
from engines.generate.procedural.compose import master
from engines.generate.procedural.compose.band import BLOCK, Band
from engines.generate.procedural.compose.bed import LoopedBed, bed_for
from engines.generate.procedural.compose.brief import AMBIENCE_LUFS, MUSIC_LUFS, MusicBrief, Picture, Presence
from engines.generate.procedural.compose.effect import effect_notes
from engines.generate.procedural.compose.notes import STEMS, Note
from engines.generate.procedural.compose.paper import write_piece
from engines.generate.procedural.compose.sound_font import font_for
from engines.generate.procedural.compose.waves import Sound
from engines.media.loudness import block_powers

MAX_SECONDS: Final = 4 * 3600
MAX_LOOP_SECONDS: Final = 600
_IN_MEMORY_SECONDS: Final = 240.0
_MEASURED_SECONDS: Final = 150.0
_TAIL_SECONDS: Final = 4.5
_MAKE_UPS: Final = 3
_CLOSE: Final = 0.01
_EFFECTS_PEAK: Final = 10 ** (-6 / 20)

Block = dict[str, Sound]


class Performance:
    """What is played. `blocks` may be asked for once or more often and is the same each time."""

    def __init__(self, brief: MusicBrief, seconds: float, picture: Picture, rate: int, split: bool) -> None:
        longest = MAX_LOOP_SECONDS if picture.loops else MAX_SECONDS
        if not 0 < seconds <= longest:
            told = f"{longest // 3600} hours" if longest >= 3600 else f"{longest // 60} minutes"
            what = "Music that loops" if picture.loops else "Music"
            raise EngineError(f"{what} can be up to {told} long, not {seconds:g} seconds.")
        if not 8000 <= rate <= 192000:
            raise EngineError(f"Sound has 8000 to 192000 samples a second, not {rate}.")
        self.brief, self.picture, self.rate, self._split = brief, picture, rate, split
        self.count = max(1, round(seconds * rate))
        self.piece = write_piece(brief, seconds, picture)
        notes: list[Note] = list(self.piece.notes) if brief.presence.has_music else []
        if brief.presence.has_effects:
            notes += effect_notes(picture, seconds)
        self._notes = sorted(notes, key=lambda note: (note.start, note.stem, note.voice, note.pitches))
        self._bed = bed_for(picture, brief.seed, self.count, rate) if brief.presence.has_ambience else None
        self._font = font_for(brief.sound_font, rate) if brief.sound_font else None

    def blocks(self, check: Callable[[], None] = lambda: None) -> Iterator[Block]:
        """Mastered blocks: `mix`, or the stems. `check` may raise to cancel."""
        if not self._notes and self._bed is None:
            yield from self._silence()
        elif self.count <= _IN_MEMORY_SECONDS * self.rate or self.picture.loops:
            yield from self._from_memory(check)
        else:
            yield from self._streamed(check)

    def _band(self, bed: LoopedBed | None) -> Band:
        return Band(self._notes, self.piece.mood, self.rate, split=self._split, bed=bed, font=self._font)

    def _silence(self) -> Iterator[Block]:
        for start in range(0, self.count, BLOCK):
            size = min(BLOCK, self.count - start)
            yield {name: np.zeros((size, 2), np.float32) for name in (STEMS if self._split else ("mix",))}

    def _from_memory(self, check: Callable[[], None]) -> Iterator[Block]:
        whole = self._played(check)
        size = -(-self.count // master.CHUNK) * master.CHUNK
        mix = _padded(_added(whole), size)
        gain, knots = self._mastered(master.chunk_peaks(mix), block_powers(mix[: self.count], self.rate))
        gains = master.sample_gains(knots)[: self.count] * np.float32(gain)
        for start in range(0, self.count, BLOCK):
            block = {name: sound[start : start + BLOCK] * gains[start : start + BLOCK] for name, sound in whole.items()}
            yield self._faded(block, start)

    def _mastered(self, peaks: Sound, powers: np.typing.NDArray[np.float64]) -> tuple[float, Sound]:
        """Gain and limiter that bring a piece to its loudness: what the limiter takes away is made up for."""
        gain, target, fade = self._first_gain(powers, peaks), self._target(), self._fade_knots(peaks.size)
        knots = master.whole_gains(peaks * np.float32(gain), self.rate, self.picture.loops)
        for _ in range(_MAKE_UPS if target is not None else 0):
            again = master.gain_to(master.limited_powers(powers, knots * fade, self.rate) * gain**2, target or 0.0)
            if abs(again - 1) < _CLOSE:
                break
            gain *= min(again, 1.4)
            knots = master.whole_gains(peaks * np.float32(gain), self.rate, self.picture.loops)
        return gain, knots

    def _played(self, check: Callable[[], None]) -> Block:
        """The whole raw piece; of a loop what rings on after its end is laid over its start."""
        tail = round(_TAIL_SECONDS * self.rate) if self.picture.loops else 0
        parts = []
        for block in self._band(None).blocks(self.count + tail):
            check()
            parts.append(block)
        whole = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
        if self.picture.loops:
            whole = {name: _wrapped(sound, self.count) for name, sound in whole.items()}
        if self._bed is not None:
            whole["ambience" if self._split else "mix"] += self._bed.block(0, self.count)
        return whole

    def _streamed(self, check: Callable[[], None]) -> Iterator[Block]:
        gain = self._measured_gain(check)
        limiter = master.Limiter(self.rate)
        ahead = master.AHEAD * master.CHUNK
        start = 0
        previous: Block | None = None
        for block in chain(self._band(self._bed).blocks(self.count), [None]):
            check()
            if previous is not None:
                size = len(_first(previous))
                chunks = -(-size // master.CHUNK)
                following = _added(block)[:ahead] if block is not None else np.zeros((0, 2), np.float32)
                heard = np.concatenate([_added(previous), following])
                peaks = master.chunk_peaks(_padded(heard, (chunks + master.AHEAD) * master.CHUNK)) * np.float32(gain)
                gains = master.sample_gains(limiter.knots(peaks, chunks))[:size] * np.float32(gain)
                yield self._faded({name: sound * gains for name, sound in previous.items()}, start)
                start += size
            previous = block

    def _measured_gain(self, check: Callable[[], None]) -> float:
        """From the first arcs of a long piece, which the others resemble."""
        powers, peak, heard = [], 0.0, 0
        for block in self._band(self._bed).blocks(min(self.count, round(_MEASURED_SECONDS * self.rate))):
            check()
            mix = _added(block)
            powers.append(block_powers(mix, self.rate))
            peak = max(peak, float(np.abs(mix).max(initial=0.0)))
            heard += len(mix)
        return self._first_gain(np.concatenate(powers), np.array([peak], np.float32))

    def _target(self) -> float | None:
        """LUFS to be reached; None: as it is."""
        if self.brief.presence is Presence.SFX:
            return None
        if self.brief.presence is Presence.AMBIENT:
            return AMBIENCE_LUFS + self.brief.loudness - MUSIC_LUFS
        return self.brief.loudness

    def _first_gain(self, powers: np.typing.NDArray[np.float64], peaks: Sound) -> float:
        target = self._target()
        if target is None:
            return min(1.0, _EFFECTS_PEAK / max(float(peaks.max(initial=0.0)), 1e-9))
        return master.gain_to(powers, target)

    def _fades(self) -> tuple[int, int]:
        if self.picture.loops:
            return 0, 0
        seconds = self.count / self.rate
        longest = 3.0 if self.brief.presence.has_music else 0.6
        return min(self.count // 4, round(0.03 * self.rate)), min(
            self.count // 3, round(min(longest, 0.2 * seconds) * self.rate)
        )

    def _fade_knots(self, chunks: int) -> Sound:
        """The fades, at the borders of chunks."""
        ends = np.ones((chunks + 1, 1), np.float32)
        rise, fall = (size / master.CHUNK for size in self._fades())
        return master.faded(ends, 0, chunks + 1, round(rise), round(fall))[:, 0]

    def _faded(self, block: Block, start: int) -> Block:
        rise, fall = self._fades()
        return {name: master.faded(sound, start, self.count, rise, fall) for name, sound in block.items()}


def _first(block: Block) -> Sound:
    return next(iter(block.values()))


def _added(block: Block) -> Sound:
    """The mix of a block."""
    if "mix" in block:
        return block["mix"]
    total = np.zeros_like(_first(block))
    for name in STEMS:
        total += block[name]
    return total


def _padded(sound: Sound, size: int) -> Sound:
    return sound if len(sound) == size else np.pad(sound, ((0, size - len(sound)), (0, 0)))


def _wrapped(sound: Sound, count: int) -> Sound:
    """What lies after `count` samples, laid over the start, as often as needed."""
    made = sound[:count].copy()
    for start in range(count, len(sound), count):
        rest = sound[start : start + count]
        made[: len(rest)] += rest
    return made

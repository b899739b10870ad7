"""A General MIDI sound font in place of the built-in instruments, by the optional library tinysoundfont."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import numpy as np

from engines.errors import EngineError
from engines.generate.procedural.compose.notes import Note
from engines.generate.procedural.compose.waves import Sound, envelope

_PROGRAMS = {
    "pad": 89, "strings": 48, "pluck": 24, "piano": 0, "keys": 4, "bell": 8, "marimba": 12, "acid": 38, "strings_short": 48, "flute": 73,
    "low": 42, "horn": 60, "saw": 81, "bass": 32, "bass_pluck": 33, "bass_saw": 38,
}  # fmt: skip
"""General MIDI programs (from 0) that stand for our instruments."""
_KEYS = {
    "kick": 36, "punch": 35, "boom": 35, "heart": 35, "taiko": 41, "tom": 45, "snare": 38, "clap": 39, "hat": 42, "open": 46, "shaker": 70,
    "tick": 75, "rim": 37, "snap": 39, "brush": 82, "ride": 51, "crash": 49,
}  # fmt: skip
"""Keys of the General MIDI drum set; sweeps and effects stay built in."""
_DRUM_CHANNEL, _DRUM_BANK = 9, 128
_GRAIN = 480
_MOST_KEPT = 256
_RELEASE_SECONDS = 1.2
_LOUD = 0.9
FOLDERS = (
    "/usr/share/sounds/sf2",
    "/usr/share/soundfonts",
    "/usr/local/share/soundfonts",
    "~/.local/share/soundfonts",
    "~/Library/Audio/Sounds/Banks",
)


def installed_fonts() -> tuple[Path, ...]:
    """Sound fonts in the usual folders of the system, by name."""
    return tuple(sorted(file for folder in FOLDERS for file in Path(folder).expanduser().glob("*.sf2")))


@lru_cache(maxsize=2)
def font_for(path: str, rate: int) -> SoundFont:
    """The sound font of a file, kept. Raises EngineError when the file or the library is missing or cannot be read."""
    return SoundFont(Path(path).expanduser(), rate)


class SoundFont:
    """Plays single notes of a sound font."""

    def __init__(self, path: Path, rate: int) -> None:
        try:
            import tinysoundfont
        except ImportError as error:
            raise EngineError(
                "Playing on a sound font needs the package tinysoundfont; install it, or leave the sound font empty."
            ) from error
        if not path.is_file():
            raise EngineError(f'The sound font "{path}" was not found; choose another.')
        self._synth = tinysoundfont.Synth(samplerate=rate, gain=0)
        try:
            self._font = self._synth.sfload(str(path))
        except Exception as error:
            raise EngineError(f'"{path.name}" is no sound font that can be read; choose another.') from error
        self._kept: dict[tuple[str, tuple[int, ...], int, int], Sound] = {}

    def sound(self, note: Note, count: int, rate: int) -> Sound | None:
        """The note held for `count` samples and let go, (n, 2); None for what the font has no place for."""
        keys: tuple[int, ...]
        if note.voice in _KEYS:
            channel, program, keys = _DRUM_CHANNEL, 0, (_KEYS[note.voice],)
        elif note.voice in _PROGRAMS:
            channel, program, keys = 0, _PROGRAMS[note.voice], note.pitches
        else:
            return None
        if not self._has(channel, program):
            return None
        held = max(count, rate // 10)
        layer = 1 + min(3, int(note.velocity * 4))
        key = (note.voice, keys, held // _GRAIN, layer)
        if key not in self._kept:
            if len(self._kept) >= _MOST_KEPT:
                self._kept.pop(next(iter(self._kept)))
            self._kept[key] = self._played(channel, keys, held // _GRAIN * _GRAIN, 31 * layer, rate)
        return self._kept[key]

    def _has(self, channel: int, program: int) -> bool:
        """Choose an instrument for the next notes; False where the font has none."""
        is_drums = channel == _DRUM_CHANNEL
        if self._synth.sfpreset_name(self._font, _DRUM_BANK if is_drums else 0, program) is None:
            return False
        self._synth.program_select(channel, self._font, 0, program, is_drums)
        return True

    def _played(self, channel: int, keys: tuple[int, ...], held: int, velocity: int, rate: int) -> Sound:
        for key in keys:
            self._synth.noteon(channel, key, velocity)
        first = self._generated(held)
        for key in keys:
            self._synth.noteoff(channel, key)
        made = np.concatenate([first, self._generated(round(_RELEASE_SECONDS * rate))])
        self._synth.sounds_off(channel)
        self._generated(rate // 10)  # what is still dying away must not stand in the next note
        ends: Sound = made * envelope(len(made), 0, rate // 4)[:, None] * np.float32(_LOUD)
        return ends

    def _generated(self, count: int) -> Sound:
        return np.frombuffer(bytes(self._synth.generate(count)), np.float32).reshape(-1, 2).copy()

"""From a brief to samples: write the piece, play it, bring it to its loudness, cut it to the exact length."""

from __future__ import annotations

import wave
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from engines.errors import EngineError
from engines.generate.procedural.compose.brief import MusicBrief, Picture
from engines.generate.procedural.compose.form import Section
from engines.generate.procedural.compose.notes import STEMS
from engines.generate.procedural.compose.paper import Piece
from engines.generate.procedural.compose.performance import Performance
from engines.generate.procedural.compose.waves import Sound
from timeline.atomic import whole_file


@dataclass(frozen=True)
class Score:
    """Music and what is known of it. `samples` is (n, 2) float32; `beats` are seconds, for cutting to.

    `stems`: by name, as long as the mix and adding up to it; empty unless asked for.
    """

    samples: Sound
    sample_rate: int
    mood: str
    bpm: float
    beats: tuple[float, ...]
    sections: tuple[Section, ...]
    stems: Mapping[str, Sound] = field(default_factory=dict)


def compose(
    brief: MusicBrief,
    duration_seconds: float,
    picture: Picture | None = None,
    sample_rate: int = 48000,
    *,
    stems: bool = False,
) -> Score:
    """Music for a brief, `round(duration * rate)` samples long; the same arguments give the same samples.

    At the brief's loudness, true peak below -1 dBFS, silent at both ends (a loop joins itself instead). Holds it all in
    memory: 23 MB a minute; for pieces of many minutes use `compose_blocks` or `compose_file`. Raises EngineError.
    """
    performance = Performance(brief, duration_seconds, picture or Picture(), sample_rate, stems)
    blocks = list(performance.blocks())
    whole = {name: np.concatenate([block[name] for block in blocks]) for name in blocks[0]}
    piece = performance.piece
    mix = _sum(whole) if stems else whole["mix"]
    return Score(mix, sample_rate, piece.mood_id, piece.bpm, piece.beats, piece.sections, whole if stems else {})


def compose_blocks(
    brief: MusicBrief, duration_seconds: float, picture: Picture | None = None, sample_rate: int = 48000
) -> Iterator[Sound]:
    """The same samples as `compose` in blocks of some seconds; for a long piece memory does not grow with the length."""
    for block in Performance(brief, duration_seconds, picture or Picture(), sample_rate, False).blocks():
        yield block["mix"]


def compose_file(
    path: Path,
    brief: MusicBrief,
    duration_seconds: float,
    picture: Picture | None = None,
    sample_rate: int = 48000,
    check: Callable[[], None] = lambda: None,
    stems: Path | None = None,
    progress: Callable[[float], None] = lambda fraction: None,
) -> Piece:
    """Write the music as a 24-bit WAV file, and its stems into the folder `stems` as `<stem>.wav`.

    `check` is called between blocks and may raise to cancel. Files appear only when they are complete. Raises EngineError.
    """
    performance = Performance(brief, duration_seconds, picture or Picture(), sample_rate, stems is not None)
    try:
        with ExitStack() as stack:
            targets = {"mix": path}
            if stems is not None:
                stems.mkdir(parents=True, exist_ok=True)
                targets |= {name: stems / f"{name}.wav" for name in STEMS}
            files = {name: stack.enter_context(_wav(target, sample_rate)) for name, target in targets.items()}
            done = 0
            for block in performance.blocks(check):
                check()
                for name, file in files.items():
                    sound = block[name] if name in block else _sum(block)
                    _write(file, sound)
                done += len(next(iter(block.values())))
                progress(done / performance.count)
    except BaseException as error:
        if stems is not None:
            with suppress(OSError):
                stems.rmdir()  # only if nothing is in it
        if not isinstance(error, OSError):
            raise
        raise EngineError(f'The music "{path}" cannot be written: {error.strerror}.') from error
    return performance.piece


def _sum(stems: Mapping[str, Sound]) -> Sound:
    """All stems together, always added in the same order."""
    total = np.zeros_like(stems[STEMS[0]])
    for name in STEMS:
        total += stems[name]
    return total


@contextmanager
def _wav(path: Path, rate: int) -> Iterator[wave.Wave_write]:
    """A 24-bit stereo WAV file that appears when it is whole."""
    with whole_file(path) as part, part.open("wb") as raw, closing(wave.open(raw, "wb")) as file:
        file.setnchannels(2)
        file.setsampwidth(3)
        file.setframerate(rate)
        yield file


def _write(file: wave.Wave_write, block: Sound) -> None:
    words = np.round(np.clip(block, -1, 1) * (2**23 - 1)).astype("<i4").reshape(-1, 1)
    file.writeframes(words.view(np.uint8)[:, :3].tobytes())

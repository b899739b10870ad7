"""Whether a film is as it was wanted: a judgement by its figures, with its reasons in sentences. Nothing is thrown away by it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from effects.oklab import to_oklab
from engines.analyse.analysis import Analysis
from engines.analyse.measures.colour import Colour
from engines.analyse.measures.consistency import Consistency
from engines.analyse.measures.graphics import Graphics
from engines.analyse.measures.motion import Motion
from engines.analyse.measures.sound import Sound
from engines.analyse.swatches import distance_to

FLICKER = 0.006
"""Jump of the mean luma to and fro. Starcut's own films: 0.0007 at most; 1.5 of 255 levels are seen."""
CLIPPED_LIGHT, CLIPPED_DARK = 0.4, 0.85
BLACK = 0.9
EMPTY_BUSY, EMPTY_CONTRAST = 0.02, 0.02
STILL_LEVEL, STILL_CHANGE = 0.0025, 0.0008
OFF_PALETTE = 0.15
SILENT, QUIET_LUFS = 0.9, -50.0


@dataclass(frozen=True)
class Wanted:
    """What was asked for, as far as it can be checked. `palettes`: codes by name, one of which it should have."""

    motion: bool = False
    flashes: bool = False
    palettes: Mapping[str, str] = field(default_factory=dict)
    sound: bool = False


@dataclass(frozen=True)
class Reason:
    """One thing that is wrong: what kind, and a sentence."""

    kind: str
    sentence: str


@dataclass(frozen=True)
class Quality:
    """The judgement; good without reasons."""

    reasons: tuple[Reason, ...] = ()

    @property
    def good(self) -> bool:
        """Whether nothing was found."""
        return not self.reasons

    @property
    def sentence(self) -> str:
        """All of it, for people."""
        return " ".join(one.sentence for one in self.reasons) or "No fault was found."

    def as_plain(self) -> dict[str, Any]:
        """For the facts of a take."""
        return {"good": self.good, "reasons": [one.kind for one in self.reasons], "sentence": self.sentence}


def judge(analysis: Analysis, wanted: Wanted | None = None) -> Quality:
    """What is wrong with a film; what could not be measured is not wrong."""
    asked = wanted or Wanted()
    found = [*_picture(analysis), *_over_time(analysis, asked), *_colours(analysis, asked), *_sound(analysis, asked)]
    return Quality(tuple(found))


def _picture(analysis: Analysis) -> Iterator[Reason]:
    colour, graphics, over = analysis.get(Colour), analysis.get(Graphics), analysis.get(Consistency)
    if colour is None or graphics is None:
        return
    if over is not None and over.black >= BLACK:
        yield Reason("empty", "The picture is black.")
    elif graphics.busyness < EMPTY_BUSY and colour.contrast < EMPTY_CONTRAST:
        yield Reason("empty", "The picture is empty: one colour all over.")
    elif colour.clipped_light > CLIPPED_LIGHT:
        yield Reason("clipped", f"{colour.clipped_light:.0%} of the picture is blown out to white.")
    elif colour.clipped_dark > CLIPPED_DARK:
        yield Reason("clipped", f"{colour.clipped_dark:.0%} of the picture is black.")


def _over_time(analysis: Analysis, wanted: Wanted) -> Iterator[Reason]:
    over, motion = analysis.get(Consistency), analysis.get(Motion)
    if over is not None and over.flicker > FLICKER and not wanted.flashes:
        yield Reason(
            "flicker", f"The picture flickers: its brightness jumps by {over.flicker:.1%} from frame to frame."
        )
    if wanted.motion and motion is not None and motion.level < STILL_LEVEL and motion.change < STILL_CHANGE:
        yield Reason("static", "The picture stands still, though motion was asked for.")


def _colours(analysis: Analysis, wanted: Wanted) -> Iterator[Reason]:
    colour = analysis.get(Colour)
    if colour is None or not wanted.palettes:
        return
    swatches = [
        (to_oklab(np.frombuffer(bytes.fromhex(one.colour[1:]), np.uint8) / 255), one.share) for one in colour.swatches
    ]
    found = {name: distance_to(swatches, codes) for name, codes in wanted.palettes.items()}
    best = min(found, key=lambda name: found[name])
    if found[best] > OFF_PALETTE:
        yield Reason("off-palette", f"The colours are not those of the palette {best.replace('_', ' ')}.")


def _sound(analysis: Analysis, wanted: Wanted) -> Iterator[Reason]:
    if not wanted.sound:
        return
    sound = analysis.get(Sound)
    if sound is None or sound.silence >= SILENT or sound.loudness is None or sound.loudness < QUIET_LUFS:
        yield Reason("silent", "It is silent, though sound was asked for.")

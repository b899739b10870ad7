"""Another mood."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType
from typing import ClassVar

import cv2
import numpy as np

from effects.frame import Frame
from effects.params import param
from effects.video.vignette import Vignette
from engines.evolve.base import Film, Making, Operation, SourceClip
from engines.evolve.clip_maps import spread
from engines.evolve.deep import (
    GAMMA,
    Deep,
    Rgb,
    cast,
    coloured,
    deep_of,
    enlarged,
    frame_of,
    lit,
    powered,
    s_curve,
    seen_stops,
    shone,
    toned,
)
from engines.evolve.paced import Paced
from engines.evolve.told import exposure, percent, white_balance
from timeline.time import ZERO


class Mood(StrEnum):
    """Moods."""

    HAPPY = "happy"
    TENSE = "tense"
    MELANCHOLIC = "melancholic"
    MYSTERIOUS = "mysterious"
    ENERGETIC = "energetic"


@dataclass(frozen=True)
class _Feel:
    """`stops`, `gains` of linear light, colourfulness, contrast, `lift` of black, `vignette`, `glow` of lights, `speed`."""

    stops: float
    gains: Rgb
    saturation: float
    contrast: float
    lift: float
    vignette: float
    glow: float
    speed: float


_FEELS: Mapping[Mood, _Feel] = MappingProxyType(
    {
        Mood.HAPPY: _Feel(0.3, (1.12, 1.0, 0.86), 1.2, 0.04, 0.01, 0.0, 0.16, 1.06),
        Mood.TENSE: _Feel(-0.4, (0.9, 1.02, 1.0), 0.66, 0.38, 0.0, 0.5, 0.0, 1.1),
        Mood.MELANCHOLIC: _Feel(-0.25, (0.86, 0.98, 1.16), 0.55, -0.12, 0.03, 0.3, 0.0, 0.82),
        Mood.MYSTERIOUS: _Feel(-0.95, (0.8, 0.96, 1.18), 0.6, 0.16, 0.015, 0.75, 0.22, 0.9),
        Mood.ENERGETIC: _Feel(0.15, (1.05, 1.0, 0.97), 1.38, 0.3, 0.0, 0.12, 0.0, 1.18),
    }
)


class MoodChange(Operation):
    """Grades the shot, darkens or opens its corners and plays it a little slower or faster, as the mood has it.

    Faces, gestures and music stay what they are; sound keeps its pitch when the speed changes. An engine that makes films from
    films can change how people look.
    """

    title = "Mood"
    keeps_length: ClassVar[bool] = False
    aliases: ClassVar[Mapping[str, str]] = {"intensity": "strength", "target_mood": "mood"}
    restyle: ClassVar[str] = "The same shot in a {mood} mood, by light, colour and expression, all else unchanged."

    mood: Mood = param(Mood.HAPPY, animatable=False, help="Which mood.")
    strength: float = param(
        0.5, ge=0, le=1, step=0.01, widget="slider", label="Intensity", help="0 gives your take back unchanged."
    )
    pace: bool = param(True, animatable=False, label="Speed too", help="Slower or faster too; off keeps the length.")

    def film(self, sources: Sequence[SourceClip], how: Making) -> Film:
        """The clip in that mood, at its speed."""
        clip, feel, amount = sources[0], _FEELS[self.mood], self.strength
        speed = feel.speed**amount if self.pace else 1.0
        paced = Paced(clip, speed, draft=how.draft)
        speed = clip.count / paced.count
        gains, stops = powered(feel.gains, amount), seen_stops(feel.stops, _level(clip), 0.17) * amount
        vignette = Vignette(strength=feel.vignette * amount, size=40, softness=110)

        def frame(index: int) -> Frame:
            given = paced.frame(index) if paced.count != clip.count else clip.frame(index)
            # Colourfulness first: it would take from the cast too.
            deep = coloured(deep_of(given), float(1 + (feel.saturation - 1) * amount))
            deep = cast(deep, powered(gains, 1 / GAMMA))
            deep = lit(deep, float(2 ** (stops / GAMMA)))
            deep = toned(deep, _curve(round(feel.contrast * amount, 3), round(feel.lift * amount, 4)))
            if feel.glow:
                deep = _glowing(deep, feel.glow * amount)
            return vignette.render(frame_of(deep, index), ZERO)

        samples = None if how.draft else paced.samples() if paced.count != clip.count else clip.samples()
        rows = [exposure(stops), white_balance(gains)]
        rows.append(("Colour", percent(1 + (feel.saturation - 1) * amount)))
        if feel.vignette:
            rows.append(("Corners", f"{percent(feel.vignette * amount)} darker"))
        return Film(paced.count, frame, clip.size, clip.rate, samples, (*rows, *_pace_told(clip, paced.count, speed)))


def _level(clip: SourceClip) -> float:
    """Mean level of the clip, 0..1."""
    return float(np.mean([clip.small(index, 96).mean() for index in spread(clip.count, 3)]) - 16) / 219


def _pace_told(clip: SourceClip, count: int, speed: float) -> tuple[tuple[str, str], ...]:
    if count == clip.count:
        return (("Length and sound", "unchanged"),)
    length = f"{float(clip.seconds):.2f} s to {float(count / clip.rate):.2f} s"
    sound = () if clip.samples() is None else (("Sound", "goes along, pitch kept"),)
    return (("Speed", percent(speed)), ("Length", length), *sound)


def _glowing(deep: Deep, amount: float) -> Deep:
    """A soft veil of light about what is bright."""
    size = (max(8, deep.y.shape[1] // 4), max(8, deep.y.shape[0] // 4))
    small = np.asarray(cv2.resize(deep.y, size, interpolation=cv2.INTER_AREA), np.float32)
    bright = np.clip((small - np.float32(0.35)) / np.float32(0.6), 0, 1)
    halo = cv2.GaussianBlur(bright, (0, 0), size[0] * 0.025)
    return shone(deep, (1.0, 0.97, 0.92), enlarged(np.asarray(halo * amount, np.float32), deep.y.shape))


@lru_cache(maxsize=32)
def _curve(contrast: float, lift: float) -> np.ndarray:
    return s_curve(contrast, 0.43, lift)

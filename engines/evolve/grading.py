"""Looks of the colour grade, each a row of effects as anyone could lay them on a clip."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from effects.base import VideoEffect
from effects.filtering import mixed_back
from effects.frame import Frame
from effects.video.black_and_white import BlackAndWhite
from effects.video.color_correct import ColorCorrect
from effects.video.film_grain import FilmGrain
from effects.video.lift_gamma_gain import LiftGammaGain
from effects.video.tone import Tone
from effects.video.vibrance import Vibrance
from effects.video.vignette import Vignette
from timeline.time import RationalTime


class ColorStyle(StrEnum):
    """The looks by name."""

    CINEMATIC = "cinematic"
    VINTAGE = "vintage"
    VIBRANT = "vibrant"
    MOODY = "moody"
    NOIR = "noir"


LOOKS: Mapping[ColorStyle, tuple[VideoEffect, ...]] = MappingProxyType(
    {
        # cool shadows against warm skin and lights, whites rolled off
        ColorStyle.CINEMATIC: (
            Tone(contrast=24, pivot=42, highlights=-22, blacks=-6),
            LiftGammaGain(
                lift_red=-0.036,
                lift_green=0.006,
                lift_blue=0.028,
                gamma_red=1.04,
                gamma_blue=0.985,
                gain_red=1.045,
                gain_blue=0.9,
            ),
            ColorCorrect(saturation=0.92),
        ),
        # an old print: blacks lifted and brownish, yellowed lights, little colour, grain
        ColorStyle.VINTAGE: (
            Tone(contrast=-14, highlights=-18),
            ColorCorrect(saturation=0.72, temperature=11, tint=7, gamma=1.06),
            LiftGammaGain(
                lift=0.07, lift_red=0.03, lift_blue=-0.005, gamma_red=1.03, gamma_blue=0.97, gain=0.98, gain_blue=0.89
            ),
            Vignette(strength=0.22, size=62),
        ),
        ColorStyle.VIBRANT: (
            Tone(contrast=14, shadows=10),
            Vibrance(amount=70),
            ColorCorrect(saturation=1.12),
        ),
        # low key: dark and cool, colours held back, lights that still carry
        ColorStyle.MOODY: (
            Tone(contrast=14, pivot=55, highlights=-30, shadows=-12),
            ColorCorrect(saturation=0.66, temperature=-20, gamma=0.88),
            LiftGammaGain(lift_blue=0.018, gain=0.94),
            Vignette(strength=0.42, size=48),
        ),
        # a red filter, as on black and white film: skies dark, faces light
        ColorStyle.NOIR: (
            BlackAndWhite(red=48, green=44, blue=8),
            Tone(contrast=52, pivot=50, blacks=-22, highlights=-14),
            Vignette(strength=0.42, size=50),
        ),
    }
)

GRAINS: Mapping[ColorStyle, tuple[float, float]] = MappingProxyType(
    {ColorStyle.VINTAGE: (0.15, 1.8), ColorStyle.NOIR: (0.17, 1.6)}
)
"""Strength and size of the grain, in pixels of a picture of 720 lines."""

WORDS: Mapping[ColorStyle, str] = MappingProxyType(
    {
        ColorStyle.CINEMATIC: "cool shadows, warm lights, more contrast",
        ColorStyle.VINTAGE: "lifted blacks, warm and faded, grain",
        ColorStyle.VIBRANT: "faint colours strengthened, more contrast",
        ColorStyle.MOODY: "darker and cooler, a third less colour",
        ColorStyle.NOIR: "black and white through a red filter, hard contrast, grain",
    }
)


def graded(frame: Frame, style: ColorStyle, at: RationalTime, share: float) -> Frame:
    """`share` of a look over the picture; `at` decides the grain."""
    changed = frame
    for effect in LOOKS[style]:
        changed = effect.render(changed, at)
    if style in GRAINS:
        strength, size = GRAINS[style]
        changed = FilmGrain(strength=strength, size=max(1.0, size * frame.height / 720)).render(changed, at)
    return mixed_back(frame, changed, share)

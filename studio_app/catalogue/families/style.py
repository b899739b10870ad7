"""Styles: how it looks. Up to two a clip."""

from __future__ import annotations

from studio_app.catalogue.family import Family, Hint, Kind

_SHAKE, _COLOURFUL, _BUSY = "motion.shake", "colour.saturation", "graphics.busyness"
_CONTRAST, _WARM, _TEXTURE = "colour.contrast", "colour.warmth", "graphics.texture"

CINEMATIC = Kind(
    "cinematic",
    "Cinematic",
    "cinematic//ally professional//ly film//s filmic high-quality polished anamorphic",
    (
        Hint(_CONTRAST, "it is graded with depth", rises=(0.14, 0.18), weight=1.5),
        Hint("colour.brightness", "lights are held back ({:.0%})", rises=(0.12, 0.2), falls=(0.36, 0.45), weight=1.5),
        Hint(_SHAKE, "the camera is steady", falls=(0.005, 0.01), weight=1.5),
        Hint(_COLOURFUL, "colours are full, not loud", rises=(0.15, 0.22), falls=(0.56, 0.66)),
        Hint(_BUSY, "there is room and detail", rises=(0.2, 0.32), falls=(0.52, 0.7)),
    ),
    cameras=("crane", "dolly"),
)
RAW = Kind(
    "raw",
    "Raw",
    "raw documentar/y/ies handheld hand-held natural//ly/istic authentic//ally/ity unpolished candid//ly",
    (
        Hint(_SHAKE, "the camera is held by hand ({:.3f})", rises=(0.006, 0.01), weight=3),
        Hint(_COLOURFUL, "colours are natural ({:.0%})", rises=(0.1, 0.2), falls=(0.4, 0.55), weight=1.5),
        Hint("colour.brightness", "light is natural", rises=(0.2, 0.32), falls=(0.6, 0.75)),
        Hint(_TEXTURE, "nothing is smoothed", rises=(0.02, 0.04)),
    ),
    cameras=("handheld",),
)
STYLIZED = Kind(
    "stylized",
    "Stylised",
    "styliz/ed/ation stylis/ed/ation artistic//ally creativ/e/ely/ity unique//ly expressive//ly "
    "bold//ly/er/est painterly illustrat/ed/ion/ions",
    (
        Hint(_COLOURFUL, "colours are strong ({:.0%})", rises=(0.48, 0.62), weight=3),
        Hint(_CONTRAST, "contrasts are strong", rises=(0.15, 0.2)),
        Hint("colour.colour_variance", "many colours stand side by side", rises=(0.1, 0.16)),
        Hint(_BUSY, "there is much to see", rises=(0.35, 0.5)),
    ),
    meanings=("style=watercolour", "style=paper", "style=cartoon", "style=low_poly", "style=neon"),
)
MINIMALIST = Kind(
    "minimalist",
    "Minimalist",
    "minimalis/t/tic/m simple simplicity clean minimal sparse//ly restrain/ed/t",
    (
        Hint(_BUSY, "most of the picture is empty ({:.0%} is drawn)", falls=(0.16, 0.28), weight=3),
        Hint("colour.colour_variance", "there are few colours", falls=(0.12, 0.17)),
        Hint(_COLOURFUL, "colours are quiet", falls=(0.16, 0.35)),
        Hint(_CONTRAST, "contrasts are soft", falls=(0.13, 0.2)),
    ),
    meanings=("style=minimal",),
)
SURREAL = Kind(
    "surreal",
    "Surreal",
    "surreal//ism/istic dream/like/y dream-like abstract//ion/ions fantastical//ly weird//ly/er psychedelic",
    (
        Hint("colour.brightness", "light is not of this world ({:.0%})", falls=(0.1, 0.18), weight=2),
        Hint("colour.warmth", "colours lean to violet and blue", falls=(0.0, 0.05)),
        Hint(_SHAKE, "the camera drifts", rises=(0.008, 0.015)),
        Hint("motion.level", "it moves as in a dream", rises=(0.02, 0.035), falls=(0.08, 0.15)),
        Hint(_TEXTURE, "outlines are soft", falls=(0.025, 0.04)),
    ),
    meanings=("style=dreamy", "style=abstract"),
)
RETRO = Kind(
    "retro",
    "Retro",
    "retro vintage old nostalgi/c/a classic//s vhs sepia",
    (
        Hint(_TEXTURE, "there is grain ({:.3f})", rises=(0.06, 0.08), weight=1.5),
        Hint("consistency.flicker", "it flickers", rises=(0.0008, 0.0025), weight=1.5),
        Hint(_WARM, "colours are washed warm", rises=(0.1, 0.16), weight=1.5),
        Hint(_CONTRAST, "blacks have faded", falls=(0.15, 0.2), weight=0.75),
        Hint(_COLOURFUL, "there is no colour", falls=(0.01, 0.05), weight=0.75),
    ),
    meanings=("style=vintage", "style=film"),
)

FAMILY = Family("style", "Style", (CINEMATIC, RAW, STYLIZED, MINIMALIST, SURREAL, RETRO), most=2)

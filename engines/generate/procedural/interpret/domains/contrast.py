"""Contrast: how far light and dark are apart."""

from __future__ import annotations

from engines.generate.procedural.interpret.domain import Domain

WORDS = """
flat: low contrast, flat contrast, flat, washed out, faded, hazy contrast, soft contrast, matte
normal: normal contrast, medium contrast
high: high contrast, contrasty, strong contrast, punchy, contrast
chiaroscuro: chiaroscuro, caravaggio, rembrandt, stark, stark contrast, extreme contrast, hard shadow, harsh shadow
"""

DOMAIN = Domain(
    "Contrast",
    WORDS,
    rank=55,
    default="normal",
    is_gradual=True,
)

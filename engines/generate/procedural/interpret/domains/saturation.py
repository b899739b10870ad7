"""Saturation: how much colour."""

from __future__ import annotations

from engines.generate.procedural.interpret.domain import Domain

WORDS = """
none: colourless, without colour, no colour, black and white, greyscale, monochrome
muted: desaturated, muted, muted colours, faded, pale, washed out, pastel, drab, dull colours, bleached, subdued,
  earthy
rich: saturated, colourful, vivid, vibrant, rich colours, vivid colours, bright colours, bold colours, rainbow,
  psychedelic, technicolor, multicoloured, lush colours, garish
"""

DOMAIN = Domain(
    "Saturation",
    WORDS,
    rank=55,
    default="normal",
    is_gradual=True,
    opposite={
        "muted": "rich",
        "rich": "muted",
    },
)

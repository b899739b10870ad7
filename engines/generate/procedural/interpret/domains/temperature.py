"""Temperature of the light."""

from __future__ import annotations

from engines.generate.procedural.interpret.domain import Domain

WORDS = """
warm: warm, warmth, hot, sultry, toasty, warm light, warm tones, warm colours, tungsten, candlelight, glowing warm,
  cosy, summery, balmy, scorching
neutral: neutral temperature, white balanced, neutral colours
cool: cool, cold, chilly, icy, frosty, cold light, cool light, cool tones, cold colours, cool colours, wintry,
  crisp, frigid, bluish light, freezing, glacial
"""

DOMAIN = Domain(
    "Temperature",
    WORDS,
    rank=35,
    default="neutral",
    is_gradual=True,
    opposite={
        "warm": "cool",
        "cool": "warm",
    },
)

"""Wind: how strongly it blows."""

from __future__ import annotations

from engines.generate.procedural.interpret.domain import Domain

WORDS = """
none: windless, no wind, without wind, dead calm, airless
breeze: breeze, breezy, light wind, gentle wind, light breeze, draught
strong: wind, windy, gust, gusty, windswept, blustery, gale, strong wind, howling wind, windblown, blow*, hurricane,
  tempest, squall, wind-swept
"""

DOMAIN = Domain(
    "Wind",
    WORDS,
    rank=60,
    default="breeze",
    is_gradual=True,
)

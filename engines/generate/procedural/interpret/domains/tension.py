"""Tension: how the strength of the film goes from its beginning to its end."""

from __future__ import annotations

from engines.generate.procedural.interpret.domain import Domain

WORDS = """
flat: flat tension, uneventful, no tension, even tension, nothing happens, monotonous, ambient loop, constant mood
slow_build: slow build, slow burn, slowly builds, build* up, crescendo, builds slowly, rising tension, escalate*,
  growing tension, brewing
standard: standard tension, story arc, dramatic arc, three act, climax, rise and fall
immediate: immediate, sudden, suddenly, all at once, instant, instantly, abrupt, bang, explode*, explosion, jump
  scare, in medias res, burst into, erupt*, eruption, shock, surprise
"""

DOMAIN = Domain(
    "Tension",
    WORDS,
    rank=55,
    default="standard",
)

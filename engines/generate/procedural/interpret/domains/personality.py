"""Personality: how the subject carries itself."""

from __future__ import annotations

from engines.generate.procedural.interpret.domain import Domain

WORDS = """
playful: playful, mischievous, cheeky, goofy, silly, frisky
serious: serious, solemn, stern, earnest, grave
energetic: energetic, hyperactive, lively, bouncy, sprightly
shy: shy, timid, bashful, reserved, coy
confident: confident, proud, brave, bold, heroic, strong, fearless, courageous, determined
"""

DOMAIN = Domain(
    "Personality",
    WORDS,
    rank=75,
)

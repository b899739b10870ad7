"""Rhythm of the movement."""

from __future__ import annotations

from engines.generate.procedural.interpret.domain import Domain

WORDS = """
steady: steady, regular, constant, even rhythm, metronomic, steadily
pulsing: pulsing, pulsating, throbbing, beating, pulse, heartbeat, to the beat, on the beat, rhythmic
wave: wavelike, undulating, swelling, ebb and flow, ebbing, rolling, breathing
random: random, randomly, erratic, irregular, unpredictable, chaotic, sporadic, haphazard
"""

DOMAIN = Domain(
    "Rhythm",
    WORDS,
    rank=70,
    default="steady",
)

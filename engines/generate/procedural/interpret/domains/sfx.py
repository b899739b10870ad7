"""Sounds of cuts and contacts."""

from __future__ import annotations

from engines.generate.procedural.interpret.domain import Domain

WORDS = """
bounce: bounce sound, boing, boing sound
impact: impact, crash sound, boom, explosion sound
thump: thump, thud, footsteps, footstep, stomp*
click: click, clicking, clicks, typing, keyboard sound
whoosh: whoosh, swoosh, whooshing
rustle: rustle, rustling, leaves rustling, rustle*
drip: drip, dripping, drips, droplet
rumble: rumble, rumbling, thunder sound
hum: hum, humming, buzz, buzzing
hiss: hiss, hissing, static noise
"""

DOMAIN = Domain(
    "Effect",
    WORDS,
    rank=85,
)

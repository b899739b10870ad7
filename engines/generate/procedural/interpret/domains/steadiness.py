"""Steadiness: how firmly the camera is held."""

from __future__ import annotations

from engines.generate.procedural.interpret.domain import Domain

WORDS = """
locked: locked off, locked, tripod, on sticks, fixed camera
stable: steady, stable, stabilised, stabilized, steadicam, gimbal, smooth camera, smooth movement
handheld: handheld, hand held, hand-held, shoulder-mounted
shaky: shaky, shaky cam, wobbly, jittery, trembling camera, earthquake
"""

DOMAIN = Domain(
    "Steadiness",
    WORDS,
    rank=65,
)

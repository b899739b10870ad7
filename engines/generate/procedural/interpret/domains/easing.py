"""Easing: how a move begins and ends."""

from __future__ import annotations

from engines.generate.procedural.interpret.domain import Domain

WORDS = """
constant: constant speed, linear, linear motion, even speed, uniform speed, at a steady pace
ease_in: ease in, eases in, accelerate*, speed* up, slow start, gather* speed
ease_out: ease out, eases out, decelerate*, slow* down, come* to rest, settle*, slow end
ease_in_out: ease in and out, ease in out, smooth start and end, eased
"""

DOMAIN = Domain(
    "Easing",
    WORDS,
    rank=75,
)

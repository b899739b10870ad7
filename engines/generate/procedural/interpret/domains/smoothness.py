"""Smoothness of the movement."""

from __future__ import annotations

from engines.generate.procedural.interpret.domain import Domain

WORDS = """
jerky: jerky, choppy, stop motion, stop-motion, on twos, staccato, stuttering, stutter*, janky, glitch, glitchy, low
  frame rate, stepped
rough: rough, uneven, bumpy, coarse, ragged, jittery
smooth: smooth, smoothly, even, steady motion, silky smooth, buttery
fluid: fluid, fluidly, flowing, liquid, seamless, silky, graceful, gracefully, elegant
"""

DOMAIN = Domain(
    "Smoothness",
    WORDS,
    rank=70,
    default="smooth",
    is_gradual=True,
)

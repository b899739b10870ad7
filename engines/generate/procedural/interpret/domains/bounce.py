"""Bounce: whether the subject hops."""

from __future__ import annotations

from engines.generate.procedural.interpret.domain import Domain

WORDS = """
yes: bounce*, bouncing, bouncy, hop*, hopping, jump*, jumping, leap*, leaping, skip*, springy, trampoline
"""

DOMAIN = Domain(
    "Bounce",
    WORDS,
    rank=70,
)

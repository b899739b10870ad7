"""Everything sharp, near and far."""

from __future__ import annotations

from engines.generate.procedural.interpret.domain import Domain

WORDS = """
deep: deep focus, everything in focus, all in focus, sharp throughout, crisp, tack sharp, infinite focus, f/16, f/22
"""

DOMAIN = Domain(
    "Sharpness",
    WORDS,
    rank=75,
)

"""Symmetry: how alike the two halves are."""

from __future__ import annotations

from engines.generate.procedural.interpret.domain import Domain

WORDS = """
asymmetric: asymmetric, asymmetrical, off-centre, off centre, unbalanced, rule of thirds, lopsided, dynamic
  composition, negative space, copy space
slight: slightly symmetric, nearly symmetric, slight symmetry
bilateral: symmetric, symmetrical, symmetry, bilateral, mirrored, mirror image, wes anderson, perfectly symmetric,
  one-point perspective, one point perspective, kubrick
"""

DOMAIN = Domain(
    "Symmetry",
    WORDS,
    rank=55,
    default="slight",
)

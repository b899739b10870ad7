"""Gradient: which way colours run."""

from __future__ import annotations

from engines.generate.procedural.interpret.domain import Domain

WORDS = """
vertical: vertical gradient, top to bottom, vertical fade, up and down gradient
horizontal: horizontal gradient, left to right gradient, sideways gradient, horizontal fade
radial: radial gradient, radial, circular gradient, concentric, from the centre, sunburst, halo, vignette, burst,
  starburst
angled: angled gradient, diagonal gradient, slanted gradient, angled, slanted, oblique, corner to corner
"""

DOMAIN = Domain(
    "Gradient",
    WORDS,
    rank=70,
    default="vertical",
)

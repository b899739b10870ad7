"""Shape: a plain figure in the picture."""

from __future__ import annotations

from engines.generate.procedural.interpret.domain import Domain

WORDS = """
none: no shape, shapeless, formless
circle: circle, circular, disc, disk, ring, dot, sphere, orb, bubble, oval, ellipse
rect: rectangle, rect, square, box, cube, block, oblong, panel, tile
arrow: arrow, pointer, chevron
character: mascot, stick figure, character, avatar
triangle: triangle, pyramid, triangular, wedge
"""

DOMAIN = Domain(
    "Shape",
    WORDS,
    rank=60,
    default="none",
)

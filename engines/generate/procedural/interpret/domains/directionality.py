"""Direction of the movement."""

from __future__ import annotations

from engines.generate.procedural.interpret.domain import Domain

WORDS = """
none: directionless, no direction, aimless
horizontal: horizontal, horizontally, sideways, left to right, right to left, across the frame, from left to right,
  from right to left, side to side, across
vertical: vertical, vertically, upward, downward, up and down, top to bottom, bottom to top
diagonal: diagonal, diagonally, corner to corner, at an angle, slanting
radial: radial, radially, outward, inward, from the centre outward, exploding outward, converging, radiating, from
  the centre
"""

DOMAIN = Domain(
    "Direction",
    WORDS,
    rank=70,
    default="none",
)

"""Lens: a wide one stretches depth, a long one flattens it."""

from __future__ import annotations

from engines.generate.procedural.interpret.domain import Domain

WORDS = """
wide: wide angle lens, wide-angle lens, fisheye, fish-eye, 14mm, 18mm, 24mm, ultra wide lens, wide lens, wide-angle,
  wide angle, distorted lens, gopro
tele: telephoto, telephoto lens, long lens, compressed perspective, 85mm, 135mm, 200mm, zoom lens, paparazzi
macro: macro lens, macro, 100mm macro, microscope, microscopic
normal: normal lens, 50mm, standard lens, prime lens
"""

DOMAIN = Domain(
    "Lens",
    WORDS,
    rank=55,
)

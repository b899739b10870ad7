"""Light shafts through haze."""

from __future__ import annotations

from engines.generate.procedural.interpret.domain import Domain

WORDS = """
rays: light shaft, god ray, volumetric light, light ray, shaft of light, crepuscular ray, sun shaft, sunbeam, ray of
  light, sun ray, beam of light, volumetric lighting
"""

DOMAIN = Domain(
    "Light shafts",
    WORDS,
    rank=60,
    is_gradual=True,
)

"""Tone: how light or dark it is meant."""

from __future__ import annotations

from engines.generate.procedural.interpret.domain import Domain

WORDS = """
dreamy: dreamy, dreamlike, ethereal, hazy, soft focus, surreal, otherworldly, enchanted, whimsical, floaty, magical
dark: dark, darkness, gloomy, grim, shadowy, black, dim, sinister, bleak, unlit, pitch black, dark mood,
  underexposed, murky, horror, edgy, noirish
bright: bright, brightly, sunny, radiant, luminous, brilliant, light-filled, gleaming, shiny, airy, sunlit,
  overexposed, high key, high-key, glowing, shining, sparkling, dazzling, cheerful, brightness, sparkle, glittering,
  glitter
calm: calm, peaceful, serene, tranquil, soothing, mellow, relaxing, zen, quiet
energetic: energetic, dynamic, lively, vibrant, electric, exciting, powerful, hype, lit, action
moody: moody, brooding, atmospheric, sombre, pensive, melancholic, gritty, smoky, grunge, introspective
"""

DOMAIN = Domain(
    "Tone",
    WORDS,
    rank=30,
    is_gradual=True,
    opposite={
        "dark": "bright",
        "bright": "dark",
        "calm": "energetic",
        "energetic": "calm",
        "moody": "bright",
    },
)

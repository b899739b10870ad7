"""Lighting: who lights the scene."""

from __future__ import annotations

from engines.generate.procedural.interpret.domain import Domain

WORDS = """
neutral: neutral lighting, neutral light, even light, even lighting, flat light, flat lighting, studio light, studio
  lighting, softbox, soft light, soft lighting, diffuse light, diffused light, high key, high-key, bright lighting,
  well lit, evenly lit, ambient light, shadowless, soft shadow, daylight
noir: noir, film noir, noir lighting, hard light, hard lighting, hard shadow, harsh light, harsh lighting, venetian
  blind, chiaroscuro, high contrast lighting, black and white, single light source, split lighting
golden_hour: golden hour, golden light, golden hour lighting, warm light, warm lighting, low sun, honeyed light,
  sun-kissed, sun-drenched, sunlit, candlelit, candlelight, firelight, backlit, back light, rim light, lens flare,
  magic hour
neon: neon, neon light, neon lighting, neon sign, neon lit, neon-lit, cyberpunk, synthwave, club light, coloured
  light, led light, glowing sign, uplighting
documentary: documentary, natural light, natural lighting, available light, overcast light, window light, realistic
  lighting, practical light, reportage
moody: moody, moody lighting, moody light, low key, low-key, lowkey, dramatic lighting, dramatic light, dim, dimly
  lit, dim light, dim lighting, gritty, brooding, shadowy, gloomy, underlit, silhouetted, spotlight, spotlit, dark
  lighting, ominous
"""

DOMAIN = Domain(
    "Lighting",
    WORDS,
    rank=35,
    default="neutral",
    opposite={
        "moody": "neutral",
        "noir": "neutral",
    },
)

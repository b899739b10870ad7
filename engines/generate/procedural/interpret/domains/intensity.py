"""Intensity: how strongly everything is meant, calm .2 to intense .9."""

from __future__ import annotations

from engines.generate.procedural.interpret.domain import Domain

WORDS = """
calm: calm, quiet, tranquil, placid, hushed, low key, lowkey
subtle: subtle, understated, muted, restrained, faint, delicate, discreet, barely there, nuanced
gentle: gentle, mild, tender, light touch
soft: soft, softly, mellow, soft-spoken, hazy look, velvety
strong: strong, bold, powerful, forceful, striking, heavy, mighty
vivid: vivid, vibrant, saturated, rich colours, colourful, colorful, lively colours, vivid colours, bold colours,
  bright colours, punchy, psychedelic, trippy, kaleidoscopic, rainbow
intense: intense, extreme, fierce, violent, raging, explosive, furious, overwhelming, insane, crazy, lit
"""

DOMAIN = Domain(
    "Intensity",
    WORDS,
    rank=60,
    is_gradual=True,
    opposite={
        "calm": "intense",
        "subtle": "strong",
        "gentle": "strong",
        "soft": "strong",
        "strong": "soft",
        "vivid": "subtle",
        "intense": "calm",
    },
)

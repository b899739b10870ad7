"""Transition: how one part leads to the next."""

from __future__ import annotations

from engines.generate.procedural.interpret.domain import Domain

WORDS = """
cut: hard cut, straight cut, jump cut, smash cut, match cut, cuts to, cut to, cutting to, hard cut to, jump cut to, smash cut to,
  match cut to, straight cut to
fade: fade, fade in, fade out, fades, fade to black, fade from black, fading, fades in, fades out, fade to white,
  dip to black
dissolve: dissolve*, cross dissolve, crossfade, cross-fade, cross fade, melt* into, blend* into, morph*
wipe: wipe, wipes, wipe to, wipe left, wipe right, swipe, push transition, slide transition, star wipe, curtain wipe
"""

DOMAIN = Domain(
    "Transition",
    WORDS,
    rank=50,
    default="cut",
)

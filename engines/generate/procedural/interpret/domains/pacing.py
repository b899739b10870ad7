"""Pacing: how quickly the film goes; slower .5 to faster 1.5."""

from __future__ import annotations

from engines.generate.procedural.interpret.domain import Domain

WORDS = """
slower: slower, much slower, slow motion, slowest, glacial, at a crawl, ultra slow, super slow, snail's pace, slomo,
  slow-mo
slow: slow, slowly, slow paced, slow-paced, gradual, gradually, gently, softly, lingering, meditative, slow cinema,
  contemplative
relaxed: relaxed, leisurely, unhurried, easygoing, laid back, laid-back, chill, mellow, casual, lazy
lively: lively, brisk, upbeat, bouncy, spirited, peppy, zippy, vibing
quick: quick, quickly, swift, nimble, snappy, speedy
fast: fast, rapid, rapidly, fast paced, fast-paced, energetic, punchy editing, rushed, hurried, whip, hectic
faster: faster, much faster, quicker, fastest, breakneck, frenetic, frantic, lightning fast, hyper, hyperlapse,
  timelapse, time lapse, time-lapse, sped up, fast forward, double speed
"""

DOMAIN = Domain(
    "Pacing",
    WORDS,
    rank=45,
    opposite={
        "slower": "faster",
        "slow": "fast",
        "relaxed": "lively",
        "lively": "relaxed",
        "quick": "slow",
        "fast": "slow",
        "faster": "slower",
    },
)

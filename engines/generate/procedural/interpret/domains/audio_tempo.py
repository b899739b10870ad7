"""Tempo of the music."""

from __future__ import annotations

from engines.generate.procedural.interpret.domain import Domain

WORDS = """
slow: slow music, slow tempo, ballad, downtempo, adagio, largo, 60 bpm, 70 bpm, 80 bpm, slow song, lullaby, slow
  beat
medium: medium tempo, mid-tempo, midtempo, moderate tempo, andante, moderato, 90 bpm, 100 bpm, 110 bpm
fast: fast music, fast tempo, uptempo, up-tempo, allegro, presto, 120 bpm, 128 bpm, 130 bpm, 140 bpm, fast beat,
  driving beat, upbeat music
"""

DOMAIN = Domain(
    "Tempo",
    WORDS,
    rank=80,
    default="medium",
)

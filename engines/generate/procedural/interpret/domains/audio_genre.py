"""Genre of the music."""

from __future__ import annotations

from engines.generate.procedural.interpret.domain import Domain

WORDS = """
none: no genre
ambient: ambient music, ambient, new age, meditation music, drone music, soundscape
deep_house: deep house, house music, lounge, chillout, tropical house, nu disco, disco, funk
techno: techno, edm, electronic music, electronica, trance, rave, drum and bass, dubstep, synthwave music, club
  music, industrial music
cinematic: cinematic music, orchestral, orchestra, film score, strings, symphonic, classical music, epic music,
  trailer music
"""

DOMAIN = Domain(
    "Music genre",
    WORDS,
    rank=80,
    default="none",
)

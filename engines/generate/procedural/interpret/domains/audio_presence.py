"""Sound: how much there is."""

from __future__ import annotations

from engines.generate.procedural.interpret.domain import Domain

WORDS = """
silence: silent, no sound, silence, mute, muted sound, without sound, no audio, soundless, no music, without music,
  silent film
ambient: ambient sound, ambience, nature sounds, only ambience, ambient noise, natural sound, soundscape, field
  recording, sound of rain, sound of waves, birdsong, crickets
music: with music, music, soundtrack, score, song, melody, scored, musical score, background music
sfx: sound effects, sfx, foley, sound effect
full: full sound, full soundtrack, music and effects, rich sound, music and sound effects, full mix
"""

DOMAIN = Domain(
    "Sound",
    WORDS,
    rank=80,
)

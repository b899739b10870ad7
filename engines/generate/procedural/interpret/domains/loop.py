"""Loop: whether the end meets the beginning."""

from __future__ import annotations

from engines.generate.procedural.interpret.domain import Domain

WORDS = """
yes: seamless loop, looping, loop*, perfect loop, endless loop, loopable, endless, endlessly, cinemagraph, infinite
  loop, never-ending, neverending, forever, gif, screensaver, wallpaper video, on repeat
"""

DOMAIN = Domain(
    "Loop",
    WORDS,
    rank=60,
)

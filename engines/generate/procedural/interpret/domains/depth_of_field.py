"""Depth of field: how soft what is out of focus gets."""

from __future__ import annotations

from engines.generate.procedural.interpret.domain import Domain

WORDS = """
shallow: shallow focus, shallow depth of field, bokeh, blurred background, blurry background, out of focus
  background, soft background, depth of field, selective focus, narrow focus, defocused, creamy background, tilt
  shift, tilt-shift, f1.4, f/1.4, f/1.8, f/2.8, rack focus, out of focus, blurred, blurry
"""

DOMAIN = Domain(
    "Focus",
    WORDS,
    rank=55,
    is_gradual=True,
)

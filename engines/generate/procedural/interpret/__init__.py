"""Prompt to Intent: which words are understood, what they say, which are denied and which mean nothing to the engine.

`tokens` cuts, `beats` parts, `reader` reads each part with `vocabulary` (words of `domains/`, of settings and subjects) and
`steering` (not, very, three, behind), `settling` decides. Own rules, no model, no network: the same prompt gives the same Intent anywhere.
"""

from __future__ import annotations

from engines.generate.procedural.interpret.durations import duration_in
from engines.generate.procedural.interpret.interpreter import interpret

__all__ = ["duration_in", "interpret"]

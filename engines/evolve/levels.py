"""How far a clip uses the range of light and dark, and the tone that lets it use it all."""

from __future__ import annotations

import numpy as np

from effects.video.tone import Tone
from engines.evolve.base import SourceClip

_LOOKS = 8
_ENDS = (0.4, 99.6)
"""Percentiles taken for the darkest and the brightest that matter."""
_MOST_BLACK, _MOST_WHITE = 0.06, 0.14
"""Shares of the range by which the ends are brought out at most: a foggy morning stays one."""
_TONE_BLACK, _TONE_WHITE = 0.12, 0.2
"""What 100 of `Tone` means."""


def toning(source: SourceClip, strength: float) -> Tone:
    """One tone for the whole clip, so that nothing flickers: ends of the range used, flat pictures a little harder."""
    places = np.unique(np.linspace(0, source.count - 1, _LOOKS).astype(int))
    levels = np.concatenate([source.small(int(index), 160).ravel() for index in places]).astype(np.float64)
    low, high = (np.clip((np.percentile(levels, _ENDS) - 16) / 219, 0, 1)).tolist()
    spread = float(levels.std()) / 219
    black = -100 * strength * min(low, _MOST_BLACK) / _TONE_BLACK
    white = 100 * strength * min(1 - high, _MOST_WHITE) / _TONE_WHITE
    # a picture of a deviation of a quarter of the range has contrast enough
    contrast = 22 * strength * float(np.clip((0.25 - spread) / 0.25, 0, 1))
    middle = float(np.clip(np.median((levels - 16) / 219), 0.2, 0.7))
    dark = float(np.clip((0.30 - middle) / 0.30, 0, 1))
    return Tone(blacks=black, whites=white, contrast=contrast, pivot=100 * middle, shadows=18 * strength * dark)

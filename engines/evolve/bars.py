"""Black bars of a clip stay black: what is done to the picture ends where the picture does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from effects.frame import Frame
from engines.evolve.base import SourceClip
from engines.evolve.clip_maps import ClipMaps, spread
from engines.evolve.seen import inner_box

_LEAST = 0.02
"""Bars narrower than this part of a side are a dark border, not bars."""


def within_bars(clip: SourceClip, maps: ClipMaps, frame: Callable[[int], Frame]) -> Callable[[int], Frame]:
    """`frame`, with the clip's own black bars (those it has all along) laid back over it; `frame` itself without bars."""
    brightest = np.max([maps.small(index)[0] for index in spread(clip.count, 5)], axis=0)
    height, width = brightest.shape
    left, top, right, bottom = inner_box(np.asarray(brightest, np.float32))
    gaps = (left / width, top / height, (width - right) / width, (height - bottom) / height)
    if max(gaps) < _LEAST:
        return frame
    across, down = clip.size
    edges = tuple(
        round(gap * side / 2 + 0.5) * 2 if gap >= _LEAST else 0
        for gap, side in zip(gaps, (across, down) * 2, strict=True)
    )

    def barred(index: int) -> Frame:
        given, made = clip.frame(index), frame(index)
        planes = []
        for number, (own, new) in enumerate(zip(given.planes[:3], made.planes[:3], strict=True)):
            step = 1 if number == 0 else 2
            x0, y0, x1, y1 = (
                edges[0] // step,
                edges[1] // step,
                new.shape[1] - edges[2] // step,
                new.shape[0] - edges[3] // step,
            )
            kept = own.copy()
            kept[y0:y1, x0:x1] = new[y0:y1, x0:x1]
            planes.append(kept)
        return replace(made, planes=tuple(planes))

    return barred

"""Which way a clip's camera looks, frame by frame: what is laid over footage goes along with it and does not stick to the lens."""

from __future__ import annotations

import numpy as np

from engines.analyse.flow import FlowReader
from engines.evolve.base import SourceClip

_WIDTH = 192
_CUT = 24.0
"""Mean difference of luma levels from which a frame begins another shot."""
_STILL = 0.04
"""Pixels of the small picture: less is noise."""


class CameraWay:
    """How far the picture has moved since its shot began. Measured forwards and kept. Use from one thread.

    With `still` nothing is measured and nothing moves: for previews of one frame.
    """

    def __init__(self, clip: SourceClip, *, still: bool = False) -> None:
        self._clip, self._still = clip, still
        self._reader = FlowReader()
        self._places: list[tuple[float, float]] = [(0.0, 0.0)]

    def at(self, index: int) -> tuple[float, float]:
        """Right in picture widths and down in picture heights: where what was in the middle at the start of the shot is now."""
        if self._still:
            return (0.0, 0.0)
        index = min(max(index, 0), self._clip.count - 1)
        while len(self._places) <= index:
            self._places.append(self._next(len(self._places)))
        return self._places[index]

    def _next(self, index: int) -> tuple[float, float]:
        before, after = self._clip.small(index - 1, _WIDTH), self._clip.small(index, _WIDTH)
        if float(np.abs(after.astype(np.int16) - before).mean()) > _CUT:
            return (0.0, 0.0)
        move = self._reader.move(before, after)
        x, y = self._places[-1]
        if not move.sure or np.hypot(move.x, move.y) < _STILL:
            return (x, y)
        return (x + move.x / before.shape[1], y + move.y / before.shape[0])

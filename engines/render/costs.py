"""What frames take to compose, by what they are made of: so that it is known which stretches do not play in real time."""

from __future__ import annotations

import threading
from collections import OrderedDict, deque
from collections.abc import Hashable
from statistics import median

from engines.render.layers import (
    AnyLayer,
    GeneratedPicture,
    Layer,
    MediaPicture,
    NestedPicture,
    RenderPlan,
    TransitionLayer,
)

_LAST = 5
_MOST = 4096
FEWEST = 2
"""Measurements that make a cost known: the first frame of a file pays for its opening."""


def shape_of(plan: RenderPlan, size: tuple[int, int]) -> Hashable:
    """What the cost of a frame hangs on: files, effects and how they are stacked, but not the values of a moment."""
    return (size, tuple(_shape(layer) for layer in plan.layers))


class Costs:
    """Seconds by shape; any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._taken: OrderedDict[Hashable, deque[float]] = OrderedDict()

    def note(self, shape: Hashable, seconds: float) -> None:
        """A frame of this shape took so long."""
        with self._lock:
            self._taken.setdefault(shape, deque(maxlen=_LAST)).append(seconds)
            self._taken.move_to_end(shape)
            if len(self._taken) > _MOST:
                self._taken.popitem(last=False)

    def known(self, shape: Hashable) -> float | None:
        """What such a frame takes; None: not known yet."""
        with self._lock:
            taken = self._taken.get(shape, ())
            return median(taken) if len(taken) >= FEWEST else None


def _shape(layer: AnyLayer | None) -> Hashable:
    if isinstance(layer, TransitionLayer):
        return (layer.effect, _shape(layer.left), _shape(layer.right))
    if isinstance(layer, Layer):
        picture = layer.picture
        source: Hashable = type(picture).__name__
        if isinstance(picture, MediaPicture):
            source = picture.media_id
        elif isinstance(picture, GeneratedPicture):
            source = picture.generator
        elif isinstance(picture, NestedPicture):
            source = (picture.size, tuple(_shape(one) for one in picture.layers))
        effects = tuple(use.effect for use in (*layer.effects, *layer.track_effects))
        return (source, effects, layer.opacity < 1, layer.blend)
    return None if layer is None else ("adjustment", tuple(use.effect for use in layer.effects))

"""What moved between two pictures, and the pictures in between: dense optical flow, checked both ways.

Flow is measured on smaller luma (the DIS method: Kroeger et al., https://arxiv.org/abs/1603.03590) and told in pixels of the
picture itself, so that warps of any plane only have to bring it to their size.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from effects.frame import Frame, Plane
from effects.planes import mixed

Flow = NDArray[np.float32]
"""(h, w, 2): how far what is here goes, right and down, in pixels of the picture, whatever the size of the grid."""
Weight = NDArray[np.float32]
"""(h, w) in 0..1, on the grid of a flow."""

_LEAST_SIDE = 32
"""Pictures that are smaller have no flow: nothing is known of their motion."""
_AGREE = 1.0
"""Pixels of the measured grid by which the two ways may differ and still be half trusted; far motions may differ by more."""
_FAR = 0.02
_KEPT = 12
_OVER_A_CUT = 0.15
"""Trust below which two neighbours are different shots: no picture lies between them."""


@dataclass(frozen=True, eq=False)
class Motion:
    """Flow from a first picture to a second and back, on one grid, and how far each can be trusted.

    `seen` is 1 where the first picture's place is found again in the second, 0 where it is hidden there or cannot be
    followed; `seen_back` the same of the second picture's places.
    """

    forward: Flow
    backward: Flow
    seen: Weight
    seen_back: Weight

    @property
    def trust(self) -> float:
        """How much of both pictures can be followed, 0 to 1; near 0 over a cut."""
        return float((self.seen.mean() + self.seen_back.mean()) / 2)

    @property
    def speed(self) -> float:
        """Mean way of what can be followed, in pixels."""
        length = np.hypot(self.forward[..., 0], self.forward[..., 1])
        return float((length * self.seen).sum() / max(float(self.seen.sum()), 1.0))

    @property
    def reverse(self) -> Motion:
        """From the second picture to the first."""
        return Motion(self.backward, self.forward, self.seen_back, self.seen)


class MotionReader:
    """Measures motion between pictures of one size. Keeps its flow maker; belongs to one thread."""

    def __init__(self, *, draft: bool = False) -> None:
        preset = cv2.DISOPTICAL_FLOW_PRESET_ULTRAFAST if draft else cv2.DISOPTICAL_FLOW_PRESET_FAST
        self._dis = cv2.DISOpticalFlow.create(preset)

    def between(self, first: Frame, second: Frame) -> Motion:
        """From `first` to `second`, of equal size."""
        a, b, factor = measured(first.planes[0]), measured(second.planes[0]), _factor(first.size)
        if min(a.shape) < _LEAST_SIDE:
            still, unknown = np.zeros((*a.shape, 2), np.float32), np.zeros(a.shape, np.float32)
            return Motion(still, still, unknown, unknown)
        forward, backward = self._flow(a, b), self._flow(b, a)
        seen, seen_back = _agreement(forward, backward), _agreement(backward, forward)
        return Motion(forward * factor, backward * factor, seen, seen_back)

    def _flow(self, a: Plane, b: Plane) -> Flow:
        return np.asarray(self._dis.calc(a, b, np.zeros((*a.shape, 2), np.float32)), np.float32)


class MotionAlong:
    """Motion between neighbours of one clip, each measured once while they are needed. Belongs to one thread."""

    def __init__(self, frame: Callable[[int], Frame], *, draft: bool = False) -> None:
        self._frame, self._reader = frame, MotionReader(draft=draft)
        self._known: OrderedDict[tuple[int, int], Motion] = OrderedDict()

    def between(self, first: int, second: int) -> Motion:
        """From picture `first` to picture `second`."""
        low, high = min(first, second), max(first, second)
        known = self._known.get((low, high))
        if known is None:
            known = self._known[low, high] = self._reader.between(self._frame(low), self._frame(high))
            while len(self._known) > _KEPT:
                self._known.popitem(last=False)
        return known if first <= second else known.reverse

    def picture(self, low: int, part: float) -> Frame:
        """What is seen a part (0..1) of the way from picture `low` to the next one; over a cut the nearer of the two."""
        found = self.between(low, low + 1)
        if found.trust < _OVER_A_CUT:
            return self._frame(low + (part >= 0.5))
        return in_between(self._frame(low), self._frame(low + 1), found, part)


def measured(luma: Plane) -> Plane:
    """Luma at the size at which flow is measured: whole up to 480 pixels wide, half up to 2000, then a quarter."""
    factor = _factor((luma.shape[1], luma.shape[0]))
    if factor == 1:
        return np.ascontiguousarray(luma)
    size = (max(luma.shape[1] // factor, 1), max(luma.shape[0] // factor, 1))
    return np.asarray(cv2.resize(luma, size, interpolation=cv2.INTER_AREA), np.uint8)


def _factor(size: tuple[int, int]) -> int:
    return 1 if size[0] <= 480 else 2 if size[0] <= 2000 else 4


def _agreement(there: Flow, back: Flow) -> Weight:
    """1 where going there and back leads home; 0 where it does not, or out of the picture."""
    height, width = there.shape[:2]
    grid = flow_grid(there)
    home = there + fetched(back, grid)
    miss = home[..., 0] ** 2 + home[..., 1] ** 2
    allowed = (_AGREE + _FAR * np.hypot(there[..., 0], there[..., 1])) ** 2
    inside = (grid[..., 0] > -1) & (grid[..., 0] < width) & (grid[..., 1] > -1) & (grid[..., 1] < height)
    return np.asarray(np.exp(-np.float32(0.693) * miss / allowed) * inside, np.float32)


@lru_cache(maxsize=6)
def _grid(height: int, width: int) -> NDArray[np.float32]:
    """Each place's own x and y; not to be written to."""
    return np.dstack(np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32)))


def flow_grid(flow: Flow) -> NDArray[np.float32]:
    """The places a flow leads to, for `fetched`; the flow in pixels of its own grid."""
    return np.asarray(_grid(*flow.shape[:2]) + flow, np.float32)


def fetched(
    plane: NDArray[Any], grid: NDArray[np.float32], way: int = cv2.INTER_LINEAR, border: int = cv2.BORDER_REPLICATE
) -> NDArray[Any]:
    """What lies in `plane` at the places of `grid`, (h, w, 2) x and y; keeps its dtype."""
    return np.asarray(cv2.remap(plane, grid, None, way, borderMode=border))  # type: ignore[call-overload]


def sized_flow(flow: Flow, shape: tuple[int, ...], picture_width: int) -> Flow:
    """A flow for a plane of `shape` of a picture `picture_width` wide, in pixels of that plane."""
    share = shape[1] / picture_width
    if flow.shape[:2] != shape[:2]:
        flow = np.asarray(cv2.resize(flow, (shape[1], shape[0]), interpolation=cv2.INTER_LINEAR), np.float32)
    return flow if share == 1 else np.asarray(flow * np.float32(share), np.float32)


def warped(frame: Frame, flow: Flow, share: float = 1.0, *, fine: bool = False) -> Frame:
    """What `share` of the way along `flow` fetches for each place: the picture that `flow` leads to, as seen from here.

    Warping the second picture by the flow from the first gives the first again. `fine`: cubic, sharper and twice as slow.
    """
    way = cv2.INTER_CUBIC if fine else cv2.INTER_LINEAR
    planes, full = [], sized_flow(flow, frame.planes[0].shape, frame.width)
    for index, plane in enumerate(frame.planes[:3]):
        if index < 2:
            own = full if index == 0 else sized_flow(flow, plane.shape, frame.width)
            grid = flow_grid(own * np.float32(share))
        planes.append(fetched(plane, grid, way))
    return replace(frame, planes=tuple(planes))


def in_between(first: Frame, second: Frame, motion: Motion, at: float) -> Frame:
    """The picture `at` (0..1) of the way from `first` to `second`: both brought there, each where it is seen.

    Where neither can be followed the two are mixed. At the ends the pictures themselves.
    """
    if at <= 0 or at >= 1:
        return first if at <= 0 else second
    if not motion.trust:
        return mixed(first, second, at)
    flow, seen, seen_back = _flow_at(motion, at, first.width)
    from_first, from_second = warped(first, flow, -at), warped(second, flow, 1 - at)
    near = np.float32(1 - at) * (seen_back + np.float32(0.02))
    far = np.float32(at) * (seen + np.float32(0.02))
    share: Weight = np.asarray(far / (near + far), np.float32)
    known = np.minimum(1, 2 * np.maximum(seen, seen_back))
    return _joined((from_first, from_second), share, mixed(first, second, at), known)


def _flow_at(motion: Motion, at: float, picture_width: int) -> tuple[Flow, Weight, Weight]:
    """The flow (whole way, first to second) of what is at each place at the moment `at`, and what is seen there in each."""
    height, width = motion.seen.shape
    unit = width / picture_width
    both = ((motion.forward, motion.seen, at), (-motion.backward, motion.seen_back, at - 1))
    sums = np.zeros((height * width, 3), np.float64)
    for flow, seen, way in both:
        weight = (seen + np.float32(0.001)) * np.float32(1 - abs(way))
        place = np.rint(_grid(height, width) + flow * np.float32(way * unit)).astype(np.int32)
        inside = (place[..., 0] >= 0) & (place[..., 0] < width) & (place[..., 1] >= 0) & (place[..., 1] < height)
        cell = (place[..., 1] * width + place[..., 0])[inside]
        own = weight[inside]
        for column, values in enumerate((own, own * flow[..., 0][inside], own * flow[..., 1][inside])):
            sums[:, column] += np.bincount(cell, values, height * width)
    gathered = np.asarray(sums.reshape(height, width, 3), np.float32)
    # places that nothing came to are told by what is near them
    spread = cv2.GaussianBlur(gathered, (0, 0), 0.8) + np.float32(0.01) * cv2.GaussianBlur(gathered, (0, 0), 6)
    flow = np.asarray(spread[..., 1:] / np.maximum(spread[..., :1], np.float32(1e-8)), np.float32)
    grid = _grid(height, width)
    back, on = grid - flow * np.float32(at * unit), grid + flow * np.float32((1 - at) * unit)
    seen = fetched(motion.seen, back, border=cv2.BORDER_CONSTANT)
    seen_back = fetched(motion.seen_back, on, border=cv2.BORDER_CONSTANT)
    return flow, seen, seen_back


def _joined(pair: tuple[Frame, Frame], share: Weight, plain: Frame, known: Weight) -> Frame:
    """`share` of the second over the first, and where little is `known` the plain mix."""
    planes = []
    for index, (a, b, c) in enumerate(zip(pair[0].planes, pair[1].planes, plain.planes, strict=True)):
        if index < 2:
            own_share, own_known = (_weight(weight, c.shape) for weight in (share, known))
        moved = cv2.blendLinear(a, b, 1 - own_share, own_share)
        planes.append(np.asarray(cv2.blendLinear(moved, c, own_known, 1 - own_known), np.uint8))
    return replace(plain, planes=tuple(planes))


def _weight(weight: Weight, shape: tuple[int, ...]) -> Weight:
    soft = cv2.blur(weight, (5, 5))
    if soft.shape == shape[:2]:
        return np.asarray(soft, np.float32)
    return np.asarray(cv2.resize(soft, (shape[1], shape[0]), interpolation=cv2.INTER_LINEAR), np.float32)

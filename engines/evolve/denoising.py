"""Noise out of moving pictures: near pictures brought here along the flow and weighed by likeness, then the rest by scales."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from effects.frame import Frame, Plane
from engines.evolve.base import SourceClip
from engines.evolve.motion import Flow, MotionReader, Weight, fetched, flow_grid, sized_flow
from engines.evolve.told import percent

Plain = NDArray[np.float32]

NEAR, NEAR_DRAFT = 2, 1
"""So many pictures before and after help."""
_LOOKS = 5
"""Pictures in which the noise is measured."""
_KEPT = 10
_SCALES = (0.89, 0.20, 0.086)
"""Deviation of white noise of deviation 1 in each detail of the starlet transform (B3 spline): Starck, Murtagh 2002, table 1."""
_SPLINE = np.array([1, 4, 6, 4, 1], np.float32) / 16
_FORCE, _ALIKE = 1.2, 2.5
"""Of the noise that is left: what is taken from each scale, and the differences that are evened out."""
_LEAST = 0.4
"""Levels: there is no less noise than rounding leaves."""


@dataclass(frozen=True)
class Noise:
    """Deviation of the noise in levels, of luma and of both colour planes."""

    luma: float
    colour: float

    def told(self, strength: float) -> tuple[str, str]:
        """The row of "What changes"."""
        if max(self.luma, self.colour) < _LEAST:
            return ("Noise", "hardly any found: as it was")
        return ("Noise", f"{self.luma:.1f} levels found, {percent(strength)} taken out")


def noise_of(source: SourceClip) -> Noise:
    """The noise of a clip: the median over some pictures."""
    places = np.unique(np.linspace(0, source.count - 1, _LOOKS).astype(int))
    rows = [[plane_noise(plane) for plane in source.frame(int(index)).planes[:3]] for index in places]
    y, u, v = np.median(rows, axis=0)
    return Noise(float(y), float((u + v) / 2))


def plane_noise(plane: Plane) -> float:
    """Deviation of the noise in a plane: what no smooth picture has, where there is least drawing.

    The median of the mask of Immerkær 1996 over blocks would be fooled by grass; a low quantile of them is not.
    """
    if min(plane.shape) < 16:
        return 0.0
    mask = np.array([[1, -2, 1], [-2, 4, -2], [1, -2, 1]], np.float32)
    rough = np.abs(cv2.filter2D(plane.astype(np.float32), -1, mask))[1:-1, 1:-1]
    # what is cut off at black and white has no noise to show
    usable = (plane > 20) & (plane < 232)
    block = 8
    height, width = (side // block * block for side in rough.shape)
    blocks = rough[:height, :width].reshape(height // block, block, width // block, block).mean((1, 3))
    fair = usable[1:-1, 1:-1][:height, :width].reshape(height // block, block, width // block, block).mean((1, 3)) > 0.9
    if fair.sum() < 8:
        return 0.0
    return float(np.quantile(blocks[fair], 0.2) * np.sqrt(np.pi / 2) / 6 * 1.06)


@dataclass(eq=False)
class Denoised:
    """A clip without its noise, picture by picture in any order. Belongs to one thread.

    `strength` 0..1 is how much of what was found to be noise goes.
    """

    source: SourceClip
    noise: Noise
    strength: float
    draft: bool = False
    _reader: MotionReader = field(init=False)
    _steps: OrderedDict[tuple[int, int], Flow] = field(default_factory=OrderedDict, init=False)
    _soft: OrderedDict[int, Frame] = field(default_factory=OrderedDict, init=False)

    def __post_init__(self) -> None:
        self._reader = MotionReader(draft=self.draft)

    def frame(self, index: int) -> Frame:
        """The picture `index`."""
        given = self.source.frame(index)
        if self.strength == 0 or (self.noise.luma < _LEAST and self.noise.colour < _LEAST):
            return given
        sums = [plane.astype(np.float32) for plane in given.planes[:3]]
        weights = [np.ones(plane.shape, np.float32) for plane in given.planes[:2]]
        weights.append(weights[1])
        for way in (1, -1):
            flow: Flow | None = None
            for step in range(1, (NEAR_DRAFT if self.draft else NEAR) + 1):
                other = index + way * step
                if not 0 <= other < self.source.count:
                    break
                own = self._step(other - way, other)
                flow = own if flow is None else _chained(flow, own, given.width)
                self._add(given, self.source.frame(other), flow, sums, weights)
        planes = tuple(
            self._rest(plane, total, weight, level)
            for plane, total, weight, level in zip(given.planes, sums, weights, self._levels, strict=False)
        )
        return replace(given, planes=planes)

    @property
    def _levels(self) -> tuple[float, float, float]:
        luma, colour = max(self.noise.luma, _LEAST), max(self.noise.colour, _LEAST)
        return (luma, colour, colour)

    def _step(self, first: int, second: int) -> Flow:
        """Flow between neighbours; the noise is softened first, or it would be followed."""
        known = self._steps.get((first, second))
        if known is None:
            motion = self._reader.between(self._softened(first), self._softened(second))
            self._steps[first, second], self._steps[second, first] = known, _ = motion.forward, motion.backward
            while len(self._steps) > 2 * _KEPT:
                self._steps.popitem(last=False)
        return known

    def _softened(self, index: int) -> Frame:
        known = self._soft.get(index)
        if known is None:
            given = self.source.frame(index)
            luma = given.planes[0]
            if self.noise.luma > 2:
                luma = np.asarray(cv2.GaussianBlur(luma, (0, 0), min(0.5 + self.noise.luma / 16, 1.6)), np.uint8)
            known = self._soft[index] = replace(given, planes=(luma, *given.planes[1:]))
            while len(self._soft) > _KEPT:
                self._soft.popitem(last=False)
        return known

    def _add(self, given: Frame, other: Frame, flow: Flow, sums: list[Plain], weights: list[Plain]) -> None:
        """Another picture brought here, weighing where it is like this one beyond what noise explains."""
        luma, colour = given.planes[0], given.planes[1]
        grid = flow_grid(sized_flow(flow, luma.shape, given.width))
        brought = [fetched(other.planes[0], grid, cv2.INTER_CUBIC)]
        small_grid = flow_grid(sized_flow(flow, colour.shape, given.width))
        brought += cv2.split(fetched(np.dstack(other.planes[1:3]), small_grid))
        likeness = _likeness(luma, brought[0], self._levels[0])
        small = np.asarray(cv2.resize(likeness, colour.shape[::-1], interpolation=cv2.INTER_LINEAR), np.float32)
        for index, plane in enumerate(brought):
            own = small if index else likeness
            cv2.accumulateProduct(plane.astype(np.float32), own, sums[index])
            if index < 2:
                cv2.accumulate(own, weights[index])

    def _rest(self, plane: Plane, total: Plain, weight: Plain, level: float) -> Plane:
        """The mean of what was brought together, what noise is left in it (by how many it is of) taken from each scale."""
        mean = total / weight
        left = np.asarray(level / np.sqrt(weight), np.float32)
        # two ways that err differently: their mean is nearer the truth than either
        even = cv2.bilateralFilter(mean, 5, max(_ALIKE * float(left.mean()), 0.1), 2.2)
        clean = (_shrunk(mean, left) + even) / 2
        share = np.float32(self.strength)
        return np.asarray(cv2.convertScaleAbs(plane * (1 - share) + clean * share), np.uint8)


def _likeness(here: Plane, brought: Plane, level: float) -> Weight:
    """1 where the pictures differ by noise alone, 0 where by more: mean squares over small windows, on a smaller grid."""
    away = cv2.absdiff(here, brought)
    squares = np.asarray(cv2.multiply(away, away, dtype=cv2.CV_32F), np.float32)
    size = (here.shape[1], here.shape[0])
    small = cv2.resize(squares, (max(1, size[0] // 2), max(1, size[1] // 2)), interpolation=cv2.INTER_AREA)
    beyond = np.maximum(cv2.blur(small, (3, 3)) * np.float32(0.6 / level**2) - np.float32(1.2), 0)
    return np.asarray(cv2.resize(np.exp(-beyond), size, interpolation=cv2.INTER_LINEAR), np.float32)


def _chained(first: Flow, then: Flow, picture_width: int) -> Flow:
    """One flow after another."""
    unit = first.shape[1] / picture_width
    return np.asarray(first + fetched(then, flow_grid(first * np.float32(unit))), np.float32)


def _shrunk(plane: Plain, level: Plain) -> Plain:
    """Detail of each scale less what noise would make of it: the starlet transform, strong detail left whole."""
    kept = np.zeros_like(plane)
    for scale, share in enumerate(_SCALES):
        smooth = _spline(plane, scale)
        detail = plane - smooth
        bound = (_FORCE * share * level) ** 2
        power = detail * detail
        if scale < 2:  # what stands in its surroundings is drawing, even if it is faint
            power = np.maximum(power, 0.8 * cv2.blur(power, (3, 3)))
        kept += detail * (power / (power + bound)) ** 2
        plane = smooth
    return kept + plane


def _spline(plane: Plain, scale: int) -> Plain:
    """A B3 spline with holes of 2^scale pixels."""
    kernel = np.zeros(4 * 2**scale + 1, np.float32)
    kernel[:: 2**scale] = _SPLINE
    return np.asarray(cv2.sepFilter2D(plane, -1, kernel, kernel, borderType=cv2.BORDER_REFLECT), np.float32)

"""Steady pictures out of shaky ones, in two passes: the way of the camera first, then each picture set on a smooth one.

A shot that stands still or pans at an even pace stays what it is: the smooth way follows such a way already.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from effects.frame import Frame
from effects.warp import about_centre, moved
from engines.analyse.flow import FlowReader
from engines.evolve.base import SourceClip
from engines.generate.base import JobLike

Way = NDArray[np.float64]
"""(n, 4): where the scene is in each picture: right, down (pixels of it), logarithm of its size, degrees clockwise."""

Step = tuple[float, float, float, float]

MOST_CROP = 1.3
"""The picture is never enlarged by more; where that is not enough, part of the shake stays."""
_LEAST = 0.25
_WIDTH = 320
"""Pixels across of the pictures the camera is measured in: steps come out true to 0.04 px of 720p; 480 halves that at twice the cost."""
_UNSEEN = 1 / 1600
"""Of the width: a shot whose corrections are all smaller is left alone, for each warp costs a little sharpness."""
_REACH, _ORDER = 3, 3
_ROUNDS = 24
_PROBES, _BETTER = 24, 0.97
"""Pairs of neighbours that are compared with and without the corrections, and how much more alike they must be."""


@dataclass(frozen=True, eq=False)
class Steadied:
    """The pictures on the smooth way. `shake` is the mean length of the corrections in pixels, `zoom` the crop of each picture."""

    source: SourceClip
    corrections: Way
    zoom: NDArray[np.float64]
    shake: float

    @property
    def is_still(self) -> bool:
        """Whether there was nothing to correct."""
        return not self.corrections.any()

    def frame(self, index: int) -> Frame:
        """The picture set right and enlarged just so far that no border shows."""
        given = self.source.frame(index)
        right, down, size, degrees = self.corrections[index]
        if not self.corrections[index].any() and self.zoom[index] == 1:
            return given
        factor = float(np.exp(size) * self.zoom[index])
        shift = (float(right * self.zoom[index]), float(down * self.zoom[index]))
        return moved(given, about_centre(given, factor, float(degrees), shift), way=cv2.INTER_CUBIC)


def steadied(
    source: SourceClip, job: JobLike, *, strength: float = 1.0, seconds: float = 0.8, most_crop: float = MOST_CROP
) -> Steadied:
    """Look at the whole clip, and plan each picture's correction.

    `strength` is the share of the shake that is taken away, `seconds` how slow a move must be to be meant (the deviation of
    the window in which a cubic is laid through the way). Shots are found by themselves: nothing is smoothed over a cut.
    """
    ways = measured_ways(source, job)
    corrections, zoom = np.zeros((source.count, 4)), np.ones(source.count)
    first = 0
    for way in ways:
        shot = slice(first, first + len(way))
        whole = smoothed(way, seconds * float(source.rate)) - way
        wanted = strength * whole
        reach = _at_the_edge(wanted, source.size)
        if len(way) > 2 and reach.max() > max(_UNSEEN * source.size[0], _LEAST) and _helps(source, first, whole):
            corrections[shot], zoom[shot] = _within(wanted, source.size, most_crop)
        first += len(way)
    lengths = _at_the_edge(corrections, source.size)
    return Steadied(source, corrections, zoom, float(lengths.mean()))


def measured_ways(source: SourceClip, job: JobLike) -> list[Way]:
    """Where the scene is in each picture, from the first picture of each shot on."""
    reader = FlowReader()
    steps: list[list[Step]] = [[]]
    for index in range(1, source.count):
        job.check()
        if is_cut(source.small(index - 1, _WIDTH), source.small(index, _WIDTH)):
            steps.append([])
        else:
            steps[-1].append(camera_step(reader, source, index))
        job.progress(index / source.count)
    return [np.cumsum([(0.0, 0.0, 0.0, 0.0), *shot], axis=0) for shot in steps]


def camera_step(reader: FlowReader, source: SourceClip, index: int) -> Step:
    """How the scene goes from the picture before `index` to it: a row of a `Way`."""
    before, after = source.small(index - 1, _WIDTH), source.small(index, _WIDTH)
    move, unit = reader.move(before, after), source.size[0] / before.shape[1]
    return (move.x * unit, move.y * unit, float(np.log(max(move.zoom, 0.1))), move.roll)


def is_cut(before: NDArray[np.uint8], after: NDArray[np.uint8]) -> bool:
    """Whether another shot begins: two luma pictures, very small, have little to do with one another."""
    small = [cv2.resize(one, (16, 9), interpolation=cv2.INTER_AREA).astype(np.float64) for one in (before, after)]
    a, b = (one - one.mean() for one in small)
    alike = float((a * b).sum() / max(np.sqrt((a * a).sum() * (b * b).sum()), 1e-6))
    return alike < 0.5 and float(np.abs(small[0] - small[1]).mean()) > 12


def smoothed(way: Way, deviation: float) -> Way:
    """Each place as a cubic laid through what is near in time (local regression, Gaussian weights) has it there.

    Unlike a mean this leaves a pan alone, also where it starts and stops gently, and at the ends. `deviation` in pictures.
    """
    reach = min(max(1, round(_REACH * deviation)), max(len(way) - 1, 1))
    offsets = np.arange(-reach, reach + 1) / max(deviation, 1e-3)
    kernel = np.exp(-0.5 * offsets**2)
    order = min(_ORDER, len(way) - 1)

    def gathered(power: int, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """At each place: the sum over offsets of kernel * offset ** power * value there."""
        return np.convolve(values, (kernel * offsets**power)[::-1], "full")[reach : reach + len(values)]

    sums = [gathered(power, np.ones(len(way))) for power in range(2 * order + 1)]
    left = np.stack([np.stack(sums[row : row + order + 1], -1) for row in range(order + 1)], axis=1)
    right = np.stack(
        [np.stack([gathered(power, column) for column in way.T], -1) for power in range(order + 1)], axis=1
    )
    return np.asarray(np.linalg.solve(left + 1e-9 * np.eye(order + 1), right)[:, 0], np.float64)


def _helps(source: SourceClip, first: int, corrections: Way) -> bool:
    """Whether neighbours are more alike once corrected: what moved may have been a crowd, not the camera."""
    before = after = 0.0
    for index in np.unique(np.linspace(0, len(corrections) - 2, _PROBES).astype(int)):
        pair = [source.small(first + int(index) + one, _WIDTH) for one in (0, 1)]
        unit = pair[0].shape[1] / source.size[0]
        set_right = [_moved_small(one, corrections[index + place], unit) for place, one in enumerate(pair)]
        before += _unlike(*pair)
        after += _unlike(*set_right)
    return after < _BETTER * before


def _moved_small(luma: NDArray[np.uint8], correction: NDArray[np.float64], unit: float) -> NDArray[np.uint8]:
    matrix = about_centre(Frame((luma,)), float(np.exp(correction[2])), float(correction[3]))[:2]
    matrix[:, 2] += correction[:2] * unit
    size = (luma.shape[1], luma.shape[0])
    return np.asarray(
        cv2.warpAffine(luma, matrix, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT), np.uint8
    )


def _unlike(one: NDArray[np.uint8], other: NDArray[np.uint8]) -> float:
    """Mean distance, the rim left out; softened alike, since a picture that was moved has less noise."""
    rim = (slice(one.shape[0] // 8, -one.shape[0] // 8), slice(one.shape[1] // 8, -one.shape[1] // 8))
    soft = [cv2.GaussianBlur(picture[rim], (0, 0), 1.5) for picture in (one, other)]
    return float(cv2.absdiff(soft[0], soft[1]).mean())


def _at_the_edge(corrections: Way, size: tuple[int, int]) -> NDArray[np.float64]:
    """How far each correction moves a place half way to the corner, in pixels."""
    arm = np.hypot(*size) / 4
    return np.asarray(
        np.hypot(corrections[:, 0], corrections[:, 1])
        + arm * np.hypot(corrections[:, 2], np.radians(corrections[:, 3]))
    )


def _within(wanted: Way, size: tuple[int, int], most: float) -> tuple[Way, NDArray[np.float64]]:
    """The corrections, less where even the most zoom could not hide the border, and the one zoom the shot needs."""
    share = np.ones(len(wanted))
    too_far = _needed(wanted, size) > most
    if too_far.any():
        share[too_far] = [_largest_share(one, size, most) for one in wanted[too_far]]
        share = _eased(share)
    corrections = wanted * share[:, None]
    needed = float(_needed(corrections, size).max())
    return corrections, np.full(len(wanted), min(max(needed, 1.0), most * 1.02))


def _largest_share(correction: NDArray[np.float64], size: tuple[int, int], most: float) -> float:
    low, high = 0.0, 1.0
    for _ in range(_ROUNDS):
        middle = (low + high) / 2
        fits = _needed(correction[None] * middle, size)[0] <= most
        low, high = (middle, high) if fits else (low, middle)
    return low


def _eased(share: NDArray[np.float64]) -> NDArray[np.float64]:
    """Never more than it was, and changing slowly: a correction must not stop short."""
    reach = max(2, min(len(share) // 6, 12))
    padded = np.pad(share, 2 * reach, mode="edge")
    least = np.lib.stride_tricks.sliding_window_view(padded, 2 * reach + 1).min(axis=1)
    window = np.hanning(2 * reach + 3)[1:-1]
    return np.convolve(least, window / window.sum(), "valid")


def _needed(corrections: Way, size: tuple[int, int]) -> NDArray[np.float64]:
    """By how much each corrected picture must be enlarged about its middle to cover the frame.

    A corner of the frame lies at corner / zoom before the enlargement; going back through the correction it must lie within
    the picture, half a pixel from its border. Both sides are linear in 1 / zoom, so that the zoom can be solved for.
    """
    half = np.array([size[0] / 2, size[1] / 2])
    inner = half - 0.5
    factor = np.exp(-corrections[:, 2])
    c, s = np.cos(np.radians(corrections[:, 3])) * factor, np.sin(np.radians(corrections[:, 3])) * factor
    back = np.stack((np.stack((c, s), -1), np.stack((-s, c), -1)), axis=1)
    shift = -np.einsum("nij,nj->ni", back, corrections[:, :2])
    largest = np.full(len(corrections), np.inf)
    for x, y in ((-1, -1), (1, -1), (-1, 1), (1, 1)):
        corner = np.einsum("nij,j->ni", back, half * (x, y))
        # |corner * inverse + shift| <= inner in both directions
        room = np.where(corner * np.sign(corner) > 1e-9, (inner - shift * np.sign(corner)) / np.abs(corner), np.inf)
        largest = np.minimum(largest, room.min(axis=1))
    still = ~corrections.any(axis=1)
    return np.where(still, 1.0, 1 / np.clip(largest, 0.05, None))

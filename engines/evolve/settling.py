"""A moving camera that comes to rest at the end of a clip, while what it sees goes on."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from effects.frame import Frame, Plane
from effects.warp import about_centre, moved
from engines.analyse.flow import FlowReader
from engines.evolve.base import SourceClip
from engines.evolve.motion import Weight
from engines.evolve.stabilising import camera_step

_STILL = (0.0005, 0.0005, 0.03)
"""Of the width, of the size, degrees a picture: below these the camera stands."""
_FARTHEST = 0.3
"""Of the width, or of the size: pictures from farther back have too little in common with the last one."""
_FEATHER = 0.03
_SMALL = 320
_SEEN_SEAM = 26.0
"""Levels by which pictures may differ along the seam between them."""
_LAST = 4


class RestingCamera:
    """The camera's way over the pictures `first` to the last, and pictures from there as it sees them from where it rests."""

    def __init__(self, source: SourceClip, first: int) -> None:
        reader = FlowReader()
        steps = [camera_step(reader, source, index) for index in range(first + 1, source.count)]
        self._source, self._width = source, source.size[0]
        way = np.cumsum([(0.0, 0.0, 0.0, 0.0), *steps], axis=0)
        self._way = way - way[-1]
        self._pace = np.mean(steps[-_LAST:], axis=0) if steps else np.zeros(4)

    @property
    def is_moving(self) -> bool:
        """Whether it moves at the end."""
        across = float(np.hypot(*self._pace[:2])) / self._width
        return across > _STILL[0] or abs(self._pace[2]) > _STILL[1] or abs(self._pace[3]) > _STILL[2]

    def reach(self) -> int:
        """So many pictures before the last can be shown from where it rests, with no seam where they end and the last begins."""
        end = self._source.count - 1
        last = _small(self._source, end)
        for back in range(1, len(self._way)):
            if (
                np.hypot(*self._way[-1 - back][:2]) > _FARTHEST * self._width
                or abs(self._way[-1 - back][2]) > _FARTHEST
            ):
                return back - 1
            given = _small(self._source, end - back)
            seen, share = _seen_from(Frame((given,)), -self._way[-1 - back], given.shape[1] / self._width)
            seam = (share > 0.02) & (share < 0.98)
            if seam.any():
                apart = cv2.blur(cv2.absdiff(seen.planes[0], last), (3, 3))
                if float(np.percentile(apart[seam], 99)) > _SEEN_SEAM:
                    return back - 1
        return len(self._way) - 1

    def from_rest(self, frame: Frame, place: float, rest: float, at_rest: Frame) -> Frame:
        """A picture of `place` (pictures after the last one) as seen from where the camera is at `rest`; what it does not show
        is filled with the picture `at_rest`, over a soft seam."""
        seen, share = _seen_from(frame, self._at(rest) - self._at(place))
        planes = []
        for picture, other in zip(seen.planes, at_rest.planes, strict=True):
            own = share if share.shape == picture.shape else cv2.resize(share, picture.shape[::-1])
            planes.append(np.asarray(cv2.blendLinear(picture, other, own, 1 - own), np.uint8))
        return replace(frame, planes=tuple(planes))

    def _at(self, place: float) -> NDArray[np.float64]:
        """Where the scene is then, from where it is in the last picture."""
        if place >= 0:
            return np.asarray(self._pace * place, np.float64)
        indices = np.arange(len(self._way))
        return np.array([np.interp(len(self._way) - 1 + place, indices, column) for column in self._way.T])


def _small(source: SourceClip, index: int) -> Plane:
    return source.small(index, _SMALL)


def _seen_from(frame: Frame, move: NDArray[np.float64], unit: float = 1.0) -> tuple[Frame, Weight]:
    """The picture as the scene is once it has gone by `move` (a row of a `Way`), and how far it is there, 0..1: not beyond
    its borders, and softly so near them, but only on the sides where something is missing."""
    right, down, size, degrees = move
    matrix = about_centre(frame, float(np.exp(size)), float(degrees), (float(right * unit), float(down * unit)))
    if len(frame.planes) == 1:
        corner = matrix[:2].copy()
        picture = np.asarray(
            cv2.warpAffine(frame.planes[0], corner, frame.size, borderMode=cv2.BORDER_REPLICATE), np.uint8
        )
        seen = Frame((picture,))
    else:
        seen = moved(frame, matrix, cv2.BORDER_REPLICATE, cv2.INTER_CUBIC)
    step = max(1, frame.width // _SMALL)
    grid = (max(1, frame.width // step), max(1, frame.height // step))
    scale = np.diag([grid[0] / frame.width, grid[1] / frame.height, 1.0])
    small = scale @ matrix @ np.linalg.inv(scale)
    there = cv2.warpAffine(np.full(grid[::-1], 255, np.uint8), small[:2], grid, borderMode=cv2.BORDER_CONSTANT)
    soft = max(2, round(_FEATHER * grid[0]))
    away = cv2.erode(there, np.ones((2 * soft + 1, 2 * soft + 1), np.uint8))  # what lies outside counts as there
    share = cv2.blur(away, (soft, soft), borderType=cv2.BORDER_REPLICATE).astype(np.float32) / np.float32(255)
    return seen, np.asarray(cv2.resize(share, frame.size, interpolation=cv2.INTER_LINEAR), np.float32)

"""Poses that are painted when they are first seen: a film pays only for those that come into the picture, and once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import overload

import cv2
import numpy as np

from engines.generate.procedural.draw.layers import Pose
from engines.generate.procedural.draw.window import Window


class Poses(Sequence[Pose]):
    """A list of poses, each made by its maker on first use and kept."""

    def __init__(self) -> None:
        self._makers: list[Callable[[], Pose]] = []
        self._made: dict[int, Pose] = {}

    def put(self, makers: Sequence[Callable[[], Pose]]) -> int:
        """Take more poses; returns the index of the first of them."""
        first = len(self._makers)
        self._makers.extend(makers)
        return first

    def treated(self, change: Callable[[Pose], Pose]) -> Poses:
        """The same poses, each changed when it is made."""
        other = Poses()
        other.put([_later(self, index, change) for index in range(len(self))])
        return other

    @property
    def made(self) -> int:
        """How many have been painted so far."""
        return len(self._made)

    def __len__(self) -> int:
        return len(self._makers)

    def __iter__(self) -> Iterator[Pose]:
        return (self[index] for index in range(len(self)))

    @overload
    def __getitem__(self, index: int) -> Pose: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Pose]: ...
    def __getitem__(self, index: int | slice) -> Pose | Sequence[Pose]:
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(len(self)))]
        if index not in self._made:
            self._made[index] = self._makers[index]()
        return self._made[index]


def _later(poses: Poses, index: int, change: Callable[[Pose], Pose]) -> Callable[[], Pose]:
    return lambda: change(poses[index])


def cropped(pose: Pose) -> Pose:
    """Without the clear rows and columns around it: what is not there need not be laid."""
    alpha = pose.data[..., 3]
    rows, columns = np.flatnonzero(alpha.max(axis=1)), np.flatnonzero(alpha.max(axis=0))
    if not rows.size:
        return Pose(
            np.ascontiguousarray(pose.data[:2, :2]), Window(pose.window.x, pose.window.y, 2, 2, pose.window.scale)
        )
    # Bilinear sampling reads a neighbour: a clear pixel stays around.
    y0, y1 = max(0, int(rows[0]) - 1), min(alpha.shape[0], int(rows[-1]) + 2)
    x0, x1 = max(0, int(columns[0]) - 1), min(alpha.shape[1], int(columns[-1]) + 2)
    w = pose.window
    window = Window(w.x + x0 / w.scale, w.y + y0 / w.scale, x1 - x0, y1 - y0, w.scale)
    return Pose(np.ascontiguousarray(pose.data[y0:y1, x0:x1]), window)


def shadow_of(pose: Pose, tone: tuple[int, int, int], strength: float, coarse: float = 3.0) -> Pose:
    """The shape of a pose as a soft patch of one tone (YUV bytes), with room for its softness."""
    w = pose.window
    step = max(1.0, min(coarse, min(w.width, w.height) / 10))
    small = cv2.resize(
        pose.data[..., 3], (max(3, int(w.width / step)), max(3, int(w.height / step))), interpolation=cv2.INTER_AREA
    )
    pad = 3
    room = cv2.copyMakeBorder(small, pad, pad, pad, pad, cv2.BORDER_CONSTANT, value=0)
    soft = cv2.GaussianBlur(room, (0, 0), 1.1).astype(np.float32) / np.float32(255) * np.float32(strength)
    data = np.empty((*soft.shape, 4), np.float32)
    for channel, value in enumerate((*tone, 255)):
        data[..., channel] = soft * value
    sx = w.width / small.shape[1]
    scale = w.scale / sx
    window = Window(w.x - pad / scale, w.y - pad / scale, soft.shape[1], soft.shape[0], scale)
    return Pose(np.rint(data).astype(np.uint8), window)


def treated(poses: Sequence[Pose], change: Callable[[Pose], Pose]) -> Sequence[Pose]:
    """All poses of a layer changed: at once, or, where they are painted when seen, then. One that stands there twice is one."""
    if isinstance(poses, Poses):
        return poses.treated(change)
    done: dict[int, tuple[Pose, Pose]] = {}
    for one in poses:
        if id(one) not in done:
            done[id(one)] = (one, change(one))
    return [done[id(one)][1] for one in poses]

"""Layers and how they come together: premultiplied YUVA bytes, moved and laid over one another far to near.

Laying is done by Qt's raster painter (effects.paint): moving and mixing in one pass takes 1.0 ms for a full frame of 720p,
cv2.warpAffine and a mix of its result 2.8 ms. Where Qt cannot be loaded, cv2 does it.
"""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import cv2
import numpy as np
from numpy.typing import NDArray

from engines.generate.procedural.draw.camera import Affine, Camera, View, to_pixels
from engines.generate.procedural.draw.window import Window

if TYPE_CHECKING:
    from effects.paint import Easel

Bytes = NDArray[np.uint8]
_NOWHERE = 1 << 30


class Canvas:
    """The frame in the making: `data` (h, w, 4) YUVA bytes."""

    is_gpu = False

    def __init__(self, width: int, height: int, camera: Camera) -> None:
        self.width, self.height, self.camera = width, height, camera
        self._data: Bytes = np.zeros((height, width, 4), np.uint8)
        self._easel = easel_for(self._data)

    @property
    def data(self) -> Bytes:
        """What is drawn so far; may be written to."""
        return self._data

    @data.setter
    def data(self, value: Bytes) -> None:
        self._data = value
        self._easel = easel_for(value)

    @property
    def picture(self) -> Bytes:
        """The same, only to be looked at."""
        return self._data

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return (self.width, self.height)

    def lay(
        self, plate: Bytes, move: Affine, box: tuple[int, int, int, int], opaque_from: int, opacity: float = 1.0
    ) -> None:
        """Lay moved pixels over the part `box` (x0, y0, x1, y1); rows from `opaque_from` are known to be opaque."""
        x0, y0, x1, y1 = max(0, box[0]), max(0, box[1]), min(self.width, box[2]), min(self.height, box[3])
        if x1 <= x0 or y1 <= y0 or opacity <= 0:
            return
        if self._easel is not None and plate.flags.c_contiguous:
            self._easel.lay(plate, move, (x0, y0, x1, y1), min(1.0, opacity))
        else:
            self._lay_by_cv2(plate, move, (x0, y0, x1, y1), opaque_from, opacity)

    def _lay_by_cv2(
        self, plate: Bytes, move: Affine, box: tuple[int, int, int, int], opaque_from: int, opacity: float
    ) -> None:
        x0, y0, x1, y1 = box
        shifted = move.copy()
        shifted[:, 2] -= (x0, y0)
        moved = np.asarray(cv2.warpAffine(plate, shifted, (x1 - x0, y1 - y0), flags=cv2.INTER_LINEAR), np.uint8)
        split = min(max(opaque_from - y0, 0), y1 - y0)
        target = self.data[y0:y1, x0:x1]
        if opacity < 1.0:
            moved = np.asarray(cv2.convertScaleAbs(moved, alpha=opacity), np.uint8)
            split = y1 - y0
        if split:
            over(target[:split], moved[:split])
        if split < y1 - y0:
            target[split:] = moved[split:]


def easel_for(pixels: Bytes) -> Easel | None:
    """What lays pictures over these pixels by Qt; None where Qt cannot be loaded."""
    try:
        from effects.paint import Easel
    except ImportError:  # a library of the desktop that Qt is linked to is missing
        return None
    return Easel(pixels)


def over(target: Bytes, source: Bytes) -> None:
    """`source` over `target`, in place; both premultiplied (h, w, 4)."""
    clear = cv2.bitwise_not(cv2.extractChannel(source, 3))
    kept = cv2.multiply(target, cv2.merge((clear, clear, clear, clear)), scale=1 / 255)
    target[:] = cv2.add(kept, source)


class Layer(ABC):
    """One thing in the scene at one depth. `is_still`: only the camera moves it."""

    near: float = 0.0
    is_still: bool = True

    @abstractmethod
    def draw(self, canvas: Canvas, view: View, seconds: float, hidden_from: int) -> None:
        """Draw it; rows from `hidden_from` down will be covered by nearer layers."""

    def covers_from(self, canvas: Canvas, view: View, seconds: float) -> int:
        """First row of the frame from which on this layer hides everything behind it."""
        return _NOWHERE


@dataclass(eq=False)
class Plate(Layer):
    """A baked picture. `drift` moves it (units a second), `sway` shears it, `pulse` fades it; all by time alone."""

    data: Bytes
    window: Window
    near: float = 0.0
    upright: bool = True
    drift: tuple[float, float] = (0.0, 0.0)
    sway: Callable[[float], float] | None = None
    pulse: Callable[[float], float] | None = None
    fills_width: bool = True
    top: float = field(init=False)
    floor: float = field(init=False)

    def __post_init__(self) -> None:
        self.is_still = self.drift == (0.0, 0.0) and self.sway is None and self.pulse is None
        self.repaint(self.data, self.window)

    def repaint(self, data: Bytes, window: Window) -> None:
        """Put other pixels in the place of its own; rows without any are cut off."""
        self.data, self.window = data, window
        alpha = self.data[..., 3]
        used = np.flatnonzero(alpha.max(axis=1))
        first, last = (int(used[0]), int(used[-1]) + 1) if used.size else (0, 0)
        # Bilinear sampling reads a neighbour: keep one clear row around.
        first, last = max(0, first - 1), min(len(alpha), last + 1)
        full = alpha.min(axis=1) == 255
        holes = np.flatnonzero(~full)
        floor = int(holes[-1]) + 2 if holes.size else 0
        self.data = np.ascontiguousarray(self.data[first:last])
        w = self.window
        self.window = Window(w.x, w.y + first / w.scale, w.width, last - first, w.scale)
        self.top = self.window.y
        reaches_down = floor < len(alpha) and self.fills_width and self.pulse is None
        self.floor = w.y + floor / w.scale if reaches_down else 1e9

    def placed(self, canvas: Canvas, view: View, seconds: float) -> Affine:
        """Plate pixels to frame pixels at a moment."""
        matrix = canvas.camera.matrix(view, self.near, self.upright)
        if self.sway is not None:
            shear = self.sway(seconds)
            base = self.window.bottom
            matrix = matrix @ np.array([[1, -shear, shear * base], [0, 1, 0], [0, 0, 1.0]])
        matrix[:, 2] += matrix[:, :2] @ (np.array(self.drift) * seconds)
        return to_pixels(matrix, self.window, canvas.size)

    def draw(self, canvas: Canvas, view: View, seconds: float, hidden_from: int) -> None:
        """Lay the plate over what is there."""
        height, width = self.data.shape[:2]
        if not height:
            return
        move = self.placed(canvas, view, seconds)
        box = _bounds(move, width, height)
        opaque = self.covers_from(canvas, view, seconds) + 1
        opacity = 1.0 if self.pulse is None else self.pulse(seconds)
        canvas.lay(self.data, move, (box[0], box[1], box[2], min(box[3], hidden_from)), opaque, opacity)

    def covers_from(self, canvas: Canvas, view: View, seconds: float) -> int:
        """The row of its `floor`, if it lies over the whole width."""
        if self.floor > 1e8:
            return _NOWHERE
        move = self.placed(canvas, view, seconds)
        row = (self.floor - self.window.y) * self.window.scale
        ends = [move[1] @ np.array([x, row, 1.0]) for x in (0, self.window.width)]
        return int(np.ceil(max(ends))) + 1


def _bounds(move: Affine, width: int, height: int) -> tuple[int, int, int, int]:
    corners = np.array([(-1, -1, 1), (width, -1, 1), (-1, height, 1), (width, height, 1.0)]) @ move.T
    low, high = np.floor(corners.min(axis=0)), np.ceil(corners.max(axis=0))
    return (int(low[0]), int(low[1]), int(high[0]) + 1, int(high[1]) + 1)


@dataclass(frozen=True, eq=False)
class Pose:
    """One picture of a sprite; its window counts from the sprite's foot at (0, 0), one unit is its full size."""

    data: Bytes
    window: Window
    _smaller: list[Pose] = field(default_factory=list, repr=False)

    def shown_at(self, scale: float) -> Pose:
        """The same in about as many pixels as will be seen: shrunk far at once, thin things would flicker.

        `scale` is how large a pixel of it will be, in frame pixels.
        """
        level = math.floor(0.25 - math.log2(max(scale, 1e-3)))
        one = self
        for _ in range(min(level, 6)):
            if min(one.data.shape[:2]) < 4:
                break
            if not one._smaller:
                one._smaller.append(_halved(one))
            one = one._smaller[0]
        return one


def _halved(pose: Pose) -> Pose:
    height, width = pose.data.shape[:2]
    even = cv2.copyMakeBorder(pose.data, 0, height % 2, 0, width % 2, cv2.BORDER_CONSTANT, value=(0, 0, 0, 0))
    size = (even.shape[1] // 2, even.shape[0] // 2)
    small = np.asarray(cv2.resize(even, size, interpolation=cv2.INTER_AREA), np.uint8)
    w = pose.window
    return Pose(small, Window(w.x, w.y, *size, w.scale / 2))


@dataclass(frozen=True)
class Placement:
    """Where and how a sprite stands at a moment: foot in scene units, size in frame heights, `turn` in radians.

    A `pose` between two whole numbers is mixed of both: for slow movements, whose poses would follow one another in jerks.
    """

    x: float
    y: float
    size: float
    pose: float = 0
    turn: float = 0.0
    mirrored: bool = False
    opacity: float = 1.0
    stretch: float = 1.0
    lean: float = 0.0


@dataclass(eq=False)
class Sprites(Layer):
    """Some things that move by themselves, all at one depth, drawn in the order of `placements`."""

    poses: Sequence[Pose]
    placements: Callable[[float], Sequence[Placement]]
    near: float = 0.5
    is_still: bool = False
    floats: bool = False
    order: float | None = None
    cast: bool = False
    subject: int = -1

    def draw(self, canvas: Canvas, view: View, seconds: float, hidden_from: int) -> None:
        """Draw every one that is in the frame."""
        matrix = canvas.camera.matrix(view, self.near)
        for place in self.placements(seconds):
            stand = matrix @ standing(place)
            pose = self.posed(place)
            pose = pose.shown_at(math.hypot(stand[0, 0], stand[1, 0]) * canvas.height / pose.window.scale)
            move = to_pixels(stand, pose.window, canvas.size)
            height, width = pose.data.shape[:2]
            box = _bounds(move, width, height)
            canvas.lay(pose.data, move, (box[0], box[1], box[2], min(box[3], hidden_from)), _NOWHERE, place.opacity)

    def posed(self, place: Placement) -> Pose:
        """The picture of a placement."""
        whole = math.floor(place.pose)
        share = place.pose - whole
        pose, coming = (self.poses[(whole + step) % len(self.poses)] for step in (0, 1))
        if share == 0 or coming is pose or coming.window != pose.window:
            return pose
        mixed = cv2.addWeighted(pose.data, 1 - share, coming.data, share, 0)
        return Pose(np.asarray(mixed, np.uint8), pose.window)


def standing(place: Placement) -> Affine:
    """Sprite units to scene units, (3, 3)."""
    c, s = np.cos(place.turn) * place.size, np.sin(place.turn) * place.size
    side = -1.0 if place.mirrored else 1.0
    lean = place.lean * place.size
    return np.array(
        [[c * side, lean - s * place.stretch, place.x], [s * side, c * place.stretch, place.y], [0, 0, 1.0]]
    )


class Frozen(Layer):
    """Layers that never change while the camera is still, drawn once and kept as one picture."""

    def __init__(self, layers: Sequence[Layer], canvas: Canvas, view: View, first: bool) -> None:
        self.is_first = first
        kept, canvas.data = canvas.data, np.zeros_like(canvas.data)
        for layer in layers:
            layer.draw(canvas, view, 0.0, canvas.height)
        self.picture, canvas.data = canvas.data, kept
        alpha = self.picture[..., 3]
        rows, columns = np.flatnonzero(alpha.max(axis=1)), np.flatnonzero(alpha.max(axis=0))
        self.box = (
            (int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1) if rows.size else (0, 0, 0, 0)
        )
        holes = np.flatnonzero(alpha.min(axis=1) != 255)
        self.floor = int(holes[-1]) + 1 if holes.size else 0
        self.picture = np.ascontiguousarray(self.picture[self.box[1] : self.box[3], self.box[0] : self.box[2]])

    def draw(self, canvas: Canvas, view: View, seconds: float, hidden_from: int) -> None:
        """Copy it in; only the part above its opaque rows has to be mixed."""
        x0, y0, x1, y1 = self.box
        y1 = min(y1, hidden_from)
        target, source = canvas.data[y0:y1, x0:x1], self.picture[: max(0, y1 - y0)]
        if not target.size:
            return
        split = min(max(self.floor - y0, 0), y1 - y0)
        if split:
            over(target[:split], source[:split])
        target[split:] = source[split:]

    def covers_from(self, canvas: Canvas, view: View, seconds: float) -> int:
        """Its first row that is opaque to the bottom of the frame."""
        return self.floor if self.floor < canvas.height else _NOWHERE


def frozen(layers: Sequence[Layer], canvas: Canvas, view: View) -> list[Layer]:
    """The same scene with each run of still layers drawn into one; only for a camera that does not move."""
    result: list[Layer] = []
    run: list[Layer] = []
    for layer in [*layers, None]:
        if layer is not None and layer.is_still:
            run.append(layer)
            continue
        if run:
            result.append(Frozen(run, canvas, view, not result))
            run = []
        if layer is not None:
            result.append(layer)
    return result


def draw_all(layers: Sequence[Layer], canvas: Canvas, view: View, seconds: float) -> None:
    """Draw far to near; what a nearer layer hides is not drawn."""
    hidden = [canvas.height] * (len(layers) + 1)
    for index in range(len(layers) - 1, -1, -1):
        hidden[index] = min(hidden[index + 1], layers[index].covers_from(canvas, view, seconds))
    for index, layer in enumerate(layers):
        layer.draw(canvas, view, seconds, hidden[index + 1])

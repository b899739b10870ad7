"""Composed preview frames that are kept: in memory, and on disk beyond the session. Named by all that went into them."""

from __future__ import annotations

import hashlib
import os
import threading
import zlib
from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from effects.frame import Frame, halved
from engines.render.costs import Costs
from engines.render.footage import StandIns, originals_only
from engines.render.kept import size_of
from engines.render.layers import AnyLayer, Layer, MediaPicture, NestedPicture, Picture, RenderPlan, TransitionLayer
from timeline.media import Media
from timeline.time import RationalTime

RECIPE = 1
"""Raise it when the same plan gives other pixels than before."""
SUFFIX = ".yuv"
ANY_SIZE = (2, 2)
"""A size for which whatever can stand in does."""
MEMORY_BYTES = 192 << 20


def fingerprint(plan: RenderPlan, size: tuple[int, int], stand_in: StandIns = originals_only) -> str:
    """The name of the frame that `plan` gives at `size`: equal for equal content, wherever and whenever it is shown.

    Files count by their content, not by their path, and with what stands in for them.
    """
    facts = (RECIPE, plan.size, size, tuple(_facts(layer, stand_in) for layer in plan.layers))
    return hashlib.blake2b(repr(facts).encode(), digest_size=20).hexdigest()


class Previews:
    """Frames by fingerprint, and what frames cost. Any thread may ask and keep.

    What cannot be written to `folder` is kept in memory only. `grew` is told the bytes of each new file, `used` of each read.
    """

    def __init__(
        self,
        folder: Path | None = None,
        memory_bytes: int = MEMORY_BYTES,
        grew: Callable[[int], None] = lambda size: None,
        used: Callable[[Path], None] = lambda path: None,
    ) -> None:
        self.costs = Costs()
        self.memory_bytes = memory_bytes
        self._folder = folder
        self._grew = grew
        self._used = used
        self._lock = threading.Lock()
        self._kept: OrderedDict[str, Frame] = OrderedDict()
        self._bytes = 0

    def has(self, key: str) -> bool:
        """Whether the frame is there."""
        with self._lock:
            if key in self._kept:
                return True
        path = self._path(key)
        return path is not None and path.exists()

    def get(self, key: str, size: tuple[int, int], scale: float) -> Frame | None:
        """The frame of `size`, with `scale` as its own; None: not there."""
        with self._lock:
            frame = self._kept.get(key)
            if frame is not None:
                self._kept.move_to_end(key)
                return frame
        frame = self._read(key, size, scale)
        if frame is not None:
            self._remember(key, frame)
        return frame

    def keep(self, key: str, frame: Frame) -> None:
        """Keep an opaque frame; its planes must not be written to any more."""
        self._remember(key, frame)
        path = self._path(key)
        if path is None or path.exists():
            return
        data = np.concatenate([plane.ravel() for plane in frame.planes])
        part = path.with_suffix(f".{os.getpid()}-{threading.get_ident()}.part")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with part.open("wb") as file:  # not forced to the disk: the sum tells a torn file
                file.write(data.data)
                file.write(_sum(data))
            part.replace(path)
        except OSError:
            with suppress(OSError):
                part.unlink(missing_ok=True)
            return  # a full or read-only disk: memory has it
        self._grew(data.nbytes)

    def forget_memory(self) -> None:
        """Let go of what is on disk too, or can be made again."""
        with self._lock:
            self._kept.clear()
            self._bytes = 0

    def _remember(self, key: str, frame: Frame) -> None:
        with self._lock:
            if key not in self._kept:
                self._bytes += size_of(frame)
            self._kept[key] = frame
            self._kept.move_to_end(key)
            while self._bytes > self.memory_bytes and len(self._kept) > 1:
                self._bytes -= size_of(self._kept.popitem(last=False)[1])

    def _read(self, key: str, size: tuple[int, int], scale: float) -> Frame | None:
        path = self._path(key)
        if path is None:
            return None
        shapes = ((size[1], size[0]), *[halved((size[1], size[0]))] * 2)
        try:
            data = np.fromfile(path, np.uint8)
        except OSError:
            return None
        data, mark = data[:-4], data[-4:].tobytes()
        if data.size != sum(height * width for height, width in shapes) or mark != _sum(data):
            with suppress(OSError):  # torn by a crash: out of the way, so that it is made again
                path.unlink()
            return None
        self._used(path)
        planes, at = [], 0
        for height, width in shapes:
            planes.append(data[at : at + height * width].reshape(height, width))
            at += height * width
        return Frame(tuple(planes), scale=scale)

    def _path(self, key: str) -> Path | None:
        return None if self._folder is None else self._folder / key[:2] / f"{key}{SUFFIX}"


def _facts(layer: AnyLayer | None, stand_in: StandIns) -> object:
    """What of a layer is seen: not which clip it is."""
    if isinstance(layer, TransitionLayer):
        sides = (_facts(layer.left, stand_in), _facts(layer.right, stand_in))
        return (layer.effect, layer.values, layer.progress, *sides)
    if isinstance(layer, Layer):
        return (_picture_facts(layer.picture, stand_in), layer.effects, layer.track_effects, layer.opacity, layer.blend)
    return None if layer is None else (layer.effects, layer.opacity)


def _picture_facts(picture: Picture, stand_in: StandIns) -> object:
    if isinstance(picture, MediaPicture):
        return _seen(picture.media, picture.time, stand_in)
    if isinstance(picture, NestedPicture):
        return ("nested", picture.size, tuple(_facts(layer, stand_in) for layer in picture.layers))
    return picture


def _seen(media: Media, time: RationalTime, stand_in: StandIns) -> object:
    other = stand_in(media, ANY_SIZE)
    known = media.content_hash or (media.path, media.file_size)
    return (known, other and other.path, time, media.width, media.height, media.rotation)


def _sum(data: NDArray[np.uint8]) -> bytes:
    return zlib.crc32(data.data).to_bytes(4, "little")

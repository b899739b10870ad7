"""A picture embedding where one is installed: any ONNX model of one picture to one vector, laid into the user's data folder.

`models/picture.onnx` is given (1, 3, 224, 224) RGB by the usual means and deviations
(https://pytorch.org/vision/stable/models.html); whatever it gives is flattened. Nothing is downloaded, OpenCV runs it.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from contextlib import closing
from functools import lru_cache
from pathlib import Path
from threading import Lock

import cv2
import numpy as np
from numpy.typing import NDArray

from effects.colour import rgb_of
from engines.media.reader import open_video
from timeline.media import Media
from timeline.time import ZERO, RationalTime

log = logging.getLogger(__name__)

NAME = Path("models") / "picture.onnx"
PART = "picture"
_SIDE = 224
_MEANS, _DEVIATIONS = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)
_MOMENTS = (0.2, 0.5, 0.8)
Vector = NDArray[np.float32]


class PictureModel:
    """One model; one picture at a time."""

    def __init__(self, path: Path, version: str) -> None:
        self.version = version
        self._net = cv2.dnn.readNetFromONNX(str(path))
        self._lock = Lock()
        self.vector([np.zeros((_SIDE, _SIDE, 3), np.uint8)])  # what cannot be run is found out now

    def vector(self, pictures: Sequence[NDArray[np.uint8]]) -> Vector:
        """The mean of pictures (h, w, 3) sRGB, of length 1; 0 where it says nothing."""
        total: Vector | None = None
        for picture in pictures:
            small = cv2.resize(picture, (_SIDE, _SIDE), interpolation=cv2.INTER_AREA).astype(np.float32) / 255
            batch = ((small - _MEANS) / _DEVIATIONS).transpose(2, 0, 1)[None].astype(np.float32)
            with self._lock:
                self._net.setInput(batch)
                found = np.asarray(self._net.forward(), np.float32).ravel()
            total = found if total is None else total + found
        length = 0.0 if total is None else float(np.linalg.norm(total))
        return np.zeros(1, np.float32) if total is None else total / length if length > 0 else total


def picture_model(data: Path) -> PictureModel | None:
    """The model in the user's data folder; None where there is none, or none that can be run."""
    path = data / NAME
    try:
        status = path.stat()
    except OSError:
        return None
    return _loaded(path, f"{status.st_size}-{status.st_mtime_ns}")


@lru_cache(maxsize=1)
def _loaded(path: Path, version: str) -> PictureModel | None:
    try:
        return PictureModel(path, version)
    except cv2.error as error:
        log.warning("%s cannot be run: %s", path.name, error)
        return None


def pictures_of(media: Media) -> list[NDArray[np.uint8]]:
    """Three moments of a film, or a still, small. Raises MediaError."""
    if not media.has_video:
        return []
    size = (max(2, min(media.width, _SIDE * 2) // 2 * 2), max(2, min(media.height, _SIDE * 2) // 2 * 2))
    times = (
        [ZERO]
        if media.is_endless
        else [RationalTime(media.duration.fraction * round(one * 10) / 10) for one in _MOMENTS]
    )
    with closing(open_video(media)) as reader:
        return [np.asarray(rgb_of(reader.frame_at(time, size)), np.uint8) for time in times]

"""A film from one picture: the camera moves over it, nothing else does."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np

from effects.frame import Frame
from engines.generate.procedural.draw.camera import Camera
from engines.generate.procedural.draw.finish import Finish
from engines.generate.procedural.draw.layers import Bytes, Canvas, Plate
from engines.generate.procedural.draw.window import Window
from engines.generate.procedural.spec import SceneSpec
from engines.media.probe import probe
from engines.media.reader import open_video
from timeline.time import ZERO

_NEAR = 0.55


class ReferenceScene:
    """A picture (or the first frame of a film) that fills the frame at all times, its own proportions kept."""

    def __init__(self, spec: SceneSpec, path: Path, width: int, height: int) -> None:
        self._camera = Camera(spec.camera, spec.seconds, width / height, 0.0)
        self._canvas = Canvas(width, height, self._camera)
        self._finish = Finish(width, height, spec.seed & 0xFFFF, 0.0, 0.0)
        picture = _packed(path)
        x0, y0, x1, y1 = self._camera.needed(_NEAR)
        half_x, half_y = max(-x0, x1), max(-y0, y1)
        tall, wide = picture.shape[:2]
        # Pixels a unit, so that the picture just covers all that the camera will see.
        cover = min(wide / (2 * half_x), tall / (2 * half_y))
        scale = height * self._camera.largest(_NEAR)
        if cover > scale * 1.25:
            shrink = scale * 1.25 / cover
            picture = np.asarray(
                cv2.resize(picture, (round(wide * shrink), round(tall * shrink)), interpolation=cv2.INTER_AREA),
                np.uint8,
            )
            tall, wide = picture.shape[:2]
            cover = min(wide / (2 * half_x), tall / (2 * half_y))
        window = Window(-wide / 2 / cover, -tall / 2 / cover, wide, tall, cover)
        self._plate = Plate(picture, window, _NEAR)

    def frame(self, index: int, seconds: float) -> Frame:
        """The picture at a time from the start."""
        self._plate.draw(self._canvas, self._camera.view(seconds), seconds, self._canvas.height)
        return self._finish.frame(self._canvas, index, seconds)


def _packed(path: Path) -> Bytes:
    """The first frame of a file as YUVA bytes at full chroma, over black where it is clear. Raises MediaError."""
    media = probe(str(path))
    reader = open_video(media)
    try:
        frame = reader.frame_at(ZERO)
    finally:
        reader.close()
    luma, u, v = frame.planes[:3]
    size = (luma.shape[1], luma.shape[0])
    planes = [luma, *(cv2.resize(plane, size, interpolation=cv2.INTER_LINEAR) for plane in (u, v))]
    alpha = frame.alpha
    if alpha is not None:
        planes = [
            np.rint(neutral + (plane.astype(np.float32) - neutral) * (alpha / np.float32(255))).astype(np.uint8)
            for plane, neutral in zip(planes, (16, 128, 128), strict=True)
        ]
    return np.asarray(cv2.merge([*planes, np.full_like(luma, 255)]), np.uint8)

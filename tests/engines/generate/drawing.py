"""What the tests of the pictures share: a prompt to a small frame, and measures of it."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from effects.frame import Frame
from engines.generate.base import GenerationRequest
from engines.generate.procedural.create import create
from engines.generate.procedural.draw.scene import Scene
from engines.generate.procedural.draw.setting import settings
from engines.generate.procedural.interpret import interpret
from engines.generate.procedural.scene.parts import Finish
from engines.generate.procedural.spec import SceneSpec

SIZE = (256, 144)


def scene_of(prompt: str, size: tuple[int, int] = SIZE, **fields: Any) -> Scene:
    request = GenerationRequest(prompt=prompt, width=size[0], height=size[1], **{"duration": 4.0, "seed": 1, **fields})
    return Scene(create(interpret(request), request), *size)


def frame_of(prompt: str, at: float = 1.0, size: tuple[int, int] = SIZE, **fields: Any) -> Frame:
    return scene_of(prompt, size, **fields).frame(round(at * 24), at)


def drawn(setting: str, size: tuple[int, int] = SIZE, **fields: Any) -> Scene:
    """A setting as it usually is, four seconds of it without grain, so that what differs has moved."""
    place = settings()[setting]
    usual = {
        "time": place.usual_time,
        "weather": place.usual_weather,
        "horizon": place.horizon,
        "seed": 1,
        "seconds": 4.0,
        "finish": Finish(grain=0.0),
    }
    return Scene(SceneSpec(setting, **{**usual, **fields, "width": size[0], "height": size[1]}), *size)


def luma(frame: Frame) -> NDArray[np.float32]:
    return frame.planes[0].astype(np.float32)


def difference(a: Frame, b: Frame) -> float:
    """Mean distance of two frames in code values, luma and chroma."""
    return float(
        np.mean(
            [
                np.abs(p.astype(np.float32) - q.astype(np.float32)).mean()
                for p, q in zip(a.planes, b.planes, strict=True)
            ]
        )
    )


def colourfulness(frame: Frame) -> float:
    return float(np.mean([np.abs(p.astype(np.float32) - 128).mean() for p in frame.planes[1:]]))


def flow(a: Frame, b: Frame) -> NDArray[np.float32]:
    """Where each pixel of `a` has gone in `b`, (h, w, 2) px."""
    dis = cv2.DISOpticalFlow.create(cv2.DISOPTICAL_FLOW_PRESET_MEDIUM)
    return np.asarray(dis.calc(a.planes[0], b.planes[0], None), np.float32)


def texture(frame: Frame) -> NDArray[np.bool_]:
    """Where there is enough structure for flow to mean something."""
    y = cv2.GaussianBlur(luma(frame), (0, 0), 1.0)
    strength = np.hypot(cv2.Sobel(y, cv2.CV_32F, 1, 0), cv2.Sobel(y, cv2.CV_32F, 0, 1))
    return np.asarray(cv2.dilate((strength > 40).astype(np.uint8), np.ones((5, 5), np.uint8)) > 0)

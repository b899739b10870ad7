"""What the tests of the subjects share: a scene with given subjects, and where in a picture they are."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from engines.generate.base import GenerationRequest
from engines.generate.procedural.create import create
from engines.generate.procedural.draw.layers import Placement, Sprites
from engines.generate.procedural.draw.scene import Scene, furnished
from engines.generate.procedural.draw.sheet import Sheet
from engines.generate.procedural.draw.subject_kind import How, SubjectKind
from engines.generate.procedural.draw.window import Window
from engines.generate.procedural.interpret import interpret
from engines.generate.procedural.scene.parts import CameraPath, Subject
from engines.generate.procedural.scene.spec import SceneSpec
from tests.engines.generate.drawing import luma

SIZE = (192, 108)


def spec_of(setting: str, *subjects: Subject, **fields: Any) -> SceneSpec:
    request = GenerationRequest(width=SIZE[0], height=SIZE[1], duration=4.0, seed=1)
    plain = create(interpret(request), request)
    given = {"time": "day", "features": frozenset({"no birds", "no clouds"}), "camera": CameraPath(), "life": 1.0}
    return replace(plain, setting=setting, subjects=subjects, **{**given, **fields})


def figures(spec: SceneSpec) -> list[Sprites]:
    """The layers of the cast, far to near."""
    return [layer for layer in furnished(spec, 64, 36).layers if isinstance(layer, Sprites) and layer.cast]


def figure_at(spec: SceneSpec, seconds: float) -> Placement:
    """Where the one subject of a scene is; what lies on the ground below it is drawn before it."""
    (layer,) = figures(spec)
    return layer.placements(seconds)[-1]


def change(with_it: SceneSpec, seconds: float, size: tuple[int, int] = SIZE) -> NDArray[np.float32]:
    """How much the subjects change the picture, per pixel."""
    bare = replace(with_it, subjects=())
    return np.asarray(np.abs(_drawn(with_it, seconds, size) - _drawn(bare, seconds, size)), np.float32)


@lru_cache(8)
def _scene(spec: SceneSpec, size: tuple[int, int]) -> Scene:
    return Scene(spec, *size)


def _drawn(spec: SceneSpec, seconds: float, size: tuple[int, int]) -> NDArray[np.float32]:
    return luma(_scene(spec, size).frame(0, seconds))


def painted(kind: SubjectKind, how: How, pixels: float) -> NDArray[np.float32]:
    """A drawing without light, (h, w, 4), `pixels` its own size."""
    sheet = Sheet.clear(Window.around(*kind.box, pixels))
    kind.draw(sheet, how)
    if kind.shines and kind.lamps is not None:
        kind.lamps(sheet, 1.0, how)
    return np.asarray(sheet.data, np.float32)


def box_of(mask: NDArray[np.bool_]) -> tuple[int, int, int, int]:
    """First and last column and row that are set: x0, y0, x1, y1."""
    points = cv2.findNonZero(mask.astype(np.uint8))
    x, y, w, h = cv2.boundingRect(points)
    return (x, y, x + w, y + h)

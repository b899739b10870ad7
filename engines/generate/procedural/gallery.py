"""Contact sheets of what the embedded engine can draw: every setting, subject, hour, look, light, move and proportion."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

import cv2
import numpy as np
from numpy.typing import NDArray

from effects.colour import rgb_of
from effects.paint import draw_text, ensure_qt
from effects.text_style import Align, TextStyle
from engines.generate.base import GenerationRequest
from engines.generate.procedural.create import create
from engines.generate.procedural.draw.joined import Drawn, Joined
from engines.generate.procedural.draw.scene import Scene
from engines.generate.procedural.draw.setting import settings
from engines.generate.procedural.draw.subject_kind import subject_kinds
from engines.generate.procedural.interpret import interpret
from engines.generate.procedural.palette import PALETTES
from engines.generate.procedural.scene.light import LIGHTINGS, TIMES, WEATHERS
from engines.generate.procedural.scene.looks import LOOKS
from engines.generate.procedural.scene.names import motion_names
from engines.generate.procedural.scene.parts import SHOT_SIZES, PaletteUse, Subject
from engines.generate.procedural.scene.plan import SHAKES, focus_of, zoom_of
from engines.generate.procedural.scene.spec import SceneSpec

Picture = NDArray[np.uint8]
_GROUND = (22, 21, 20)
_WORDS = 24
_GAP = 4
_SECONDS = 4.0
_ASPECTS = ((21, 9), (16, 9), (4, 5), (1, 1), (9, 16))
_ALOFT = ("flies", "hangs", "falls")
_HERO = "A lighthouse and a sailboat on the sea at dusk"


@dataclass(frozen=True)
class Tile:
    """One picture of a sheet: what it is called, its scene, and the moment as a share of the film."""

    label: str
    spec: SceneSpec
    at: float = 0.4


@dataclass(frozen=True)
class SheetPlan:
    """A sheet: its tiles and how many stand in a row."""

    tiles: tuple[Tile, ...]
    columns: int


def sheets(width: int = 320) -> Mapping[str, Callable[[], SheetPlan]]:
    """The sheets by name; tiles of the usual proportions are `width` pixels wide."""
    size = (width // 2 * 2, width * 9 // 16 // 2 * 2)
    made: dict[str, Callable[[], SheetPlan]] = {
        "settings": lambda: SheetPlan(tuple(_worded(name, _words(name), size) for name in settings()), 5),
        "subjects": lambda: SheetPlan(tuple(_subjects(size)), 6),
        "times": lambda: SheetPlan(tuple(_times(size)), len(WEATHERS)),
        "looks": lambda: SheetPlan(tuple(_looks(size)), 4),
        "lighting": lambda: SheetPlan(tuple(_lightings(size)), 3),
        "palettes": lambda: SheetPlan(tuple(_palettes(size)), 4),
        "camera": lambda: SheetPlan(tuple(_moves(size)), 6),
        "shots": lambda: SheetPlan(tuple(_shots(size)), 4),
        "aspects": lambda: SheetPlan(tuple(_aspects(size[1])), len(_ASPECTS)),
    }
    return MappingProxyType(made)


def drawn(tile: Tile) -> Picture:
    """The picture of a tile, (h, w, 3) RGB."""
    spec = tile.spec
    moment = tile.at * spec.seconds

    def made(part: SceneSpec, only: float | None) -> Drawn:
        return Scene(part, spec.width, spec.height, 1.0, only)

    film = Joined(spec, spec.width, spec.height, made, moment)
    return rgb_of(film.frame(round(moment * float(spec.rate)), moment))


def composed(pictures: Sequence[Picture], labels: Sequence[str], columns: int) -> Picture:
    """The sheet of some pictures: rows as high as their highest, words below each (none where all labels are empty)."""
    ensure_qt()
    below = _WORDS if any(labels) else 0
    rows = [list(zip(pictures, labels, strict=True))[n : n + columns] for n in range(0, len(pictures), columns)]
    heights = [max(picture.shape[0] for picture, _ in row) + below + _GAP for row in rows]
    width = max(sum(picture.shape[1] + _GAP for picture, _ in row) for row in rows) + _GAP
    sheet = np.full((sum(heights) + _GAP, width, 3), _GROUND, np.uint8)
    top = _GAP
    for row, height in zip(rows, heights, strict=True):
        left = _GAP
        for picture, label in row:
            h, w = picture.shape[:2]
            sheet[top : top + h, left : left + w] = picture
            if label:
                _write(sheet, label, left, top + h, w)
            left += w + _GAP
        top += height
    return sheet


def jpeg_of(picture: Picture, quality: int = 82) -> bytes:
    """A picture (RGB) as a JPEG file."""
    done, data = cv2.imencode(".jpg", picture[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, quality])
    if not done:  # only for sizes that no sheet has
        raise ValueError("the sheet is too large for a JPEG")
    return data.tobytes()


def _write(sheet: Picture, label: str, left: int, top: int, width: int) -> None:
    style = TextStyle(size=13, weight=500, colour="#d8d4ce", align=Align.LEFT)
    ink = draw_text(label, style, (width / 2, _WORDS / 2), (width, _WORDS))
    h, w = ink.pixels.shape[:2]
    place = sheet[top + ink.y : top + ink.y + h, left + ink.x : left + ink.x + w]
    alpha = ink.pixels[..., 3:].astype(np.float32) / 255
    place[:] = (place * (1 - alpha) + ink.pixels[..., :3]).astype(np.uint8)


def _scene(prompt: str, size: tuple[int, int], seed: int = 3) -> SceneSpec:
    request = GenerationRequest(prompt=prompt, width=size[0], height=size[1], duration=_SECONDS, seed=seed)
    return create(interpret(request), request)


def _worded(name: str, prompt: str, size: tuple[int, int]) -> Tile:
    return Tile(_said(name), _scene(prompt, size))


def _words(setting: str) -> str:
    return settings()[setting].words[0]


def _said(name: str) -> str:
    return name.replace("_", " ")


def _subjects(size: tuple[int, int]) -> Iterator[Tile]:
    for name, kind in subject_kinds().items():
        place = kind.implies if kind.implies in settings() else "meadow"
        spec = _scene(_words(place), size)
        one = Subject(name, max(1, kind.group), 0.0, gait=kind.usual if kind.usual != "stand" else "")
        spec = replace(
            spec, setting=place, subjects=(one,), camera=replace(spec.camera, zoom=1.5, focus_y=spec.horizon * 0.6)
        )
        yield Tile(_said(name), spec)


def _times(size: tuple[int, int]) -> Iterator[Tile]:
    spec = _scene("mountains with a lake", size)
    for time in TIMES:
        for weather in WEATHERS:
            yield Tile(f"{_said(time)}, {weather}", replace(spec, time=time, weather=weather))


def _looks(size: tuple[int, int]) -> Iterator[Tile]:
    spec = _scene("A red car and a tree in a meadow, late afternoon", size)
    for name in LOOKS:
        yield Tile(_said(name), replace(spec, look=name))


def _lightings(size: tuple[int, int]) -> Iterator[Tile]:
    spec = _scene("A person in a street in the evening", size)
    for name, lighting in LIGHTINGS.items():
        yield Tile(_said(name), replace(spec, lighting=lighting))


def _palettes(size: tuple[int, int]) -> Iterator[Tile]:
    spec = _scene("sea by day with a sailboat", size)
    for name in PALETTES:
        yield Tile(_said(name), replace(spec, palettes=(PaletteUse(name),)))
    for first, second in (("fire", "ocean"), ("neon", "forest"), ("warm_sunset", "dreamy")):
        yield Tile(
            f"{_said(first)} and {_said(second)}", replace(spec, palettes=(PaletteUse(first), PaletteUse(second)))
        )


def _moves(size: tuple[int, int]) -> Iterator[Tile]:
    spec = _scene("A house and a tree in a meadow by day", size)
    for name in motion_names():
        moved = replace(spec, camera=replace(spec.camera, motion=name, amount=1.0))
        for word, at in (("begins", 0.0), ("ends", 0.999)):
            yield Tile(f"{_said(name)} {word}", moved, at)


def _shots(size: tuple[int, int]) -> Iterator[Tile]:
    spec = _scene(_HERO, size)
    for name in SHOT_SIZES:
        zoom = zoom_of(name, spec.subjects[0])
        focus = focus_of(spec.subjects[0], zoom, spec.aspect, spec.horizon)
        camera = replace(
            spec.camera, zoom=zoom, focus_x=focus[0], focus_y=focus[1], shake=SHAKES.get(name, 0.0), shot=name
        )
        yield Tile(_said(name), replace(spec, camera=camera))


def _aspects(height: int) -> Iterator[Tile]:
    for wide, tall in _ASPECTS:
        yield Tile(f"{wide}:{tall}", _scene(_HERO, (height * wide // tall // 2 * 2, height)))

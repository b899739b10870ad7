"""Record timecode and clip name written into the picture, for review films."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from effects.blend import blend
from effects.frame import Frame, Layout
from effects.paint import Brush, draw_text, text_size
from effects.text_style import TextStyle
from engines.render.catalogue import Catalogue
from engines.render.layers import AnyLayer, GeneratedPicture, Layer, TransitionLayer
from engines.render.plan import plan
from timeline.media import Library
from timeline.project import Project
from timeline.sequence import Sequence
from timeline.time import RationalTime

_SHARE = 0.052
"""Height of the timecode's letters by the shorter side of the picture."""
_NAME_SHARE = 0.6
_MARGIN = 0.05
_WIDEST = 0.9
_BOX = "#000000b8"
"""Dark enough that white on it is read over white, light enough that what is below is guessed."""
_DIGITS = "0123456789"


class BurnIn:
    """Writes over frames of one sequence: two lines at the bottom centre. Belongs to one thread."""

    def __init__(self, project: Project, library: Library, sequence: Sequence) -> None:
        self._project, self._library, self._sequence = project, library, sequence
        self._catalogue = Catalogue.installed()

    def over(self, frame: Frame, time: RationalTime) -> Frame:
        """`frame`, which shows the sequence at `time` (record), with both lines; the given one is not written to."""
        planned = plan(self._project, self._library, self._sequence, time, self._catalogue)
        return written(frame, planned.timecode, shown_name(planned.layers))


def shown_name(layers: tuple[AnyLayer, ...]) -> str:
    """The topmost clip of a film (a nest, a card); what is drawn (a title) only counts where there is nothing else."""
    drawn = ""
    for layer in reversed(layers):
        one = (layer.left if layer.progress < 0.5 else layer.right) if isinstance(layer, TransitionLayer) else layer
        if isinstance(one, Layer):
            if not isinstance(one.picture, GeneratedPicture):
                return one.clip_name
            drawn = drawn or one.clip_name
    return drawn


def written(frame: Frame, timecode: str, name: str) -> Frame:
    """An opaque YUV frame with `timecode` and below it `name` (or nothing) in a dark box at the bottom centre."""
    label = _label(frame.size, "".join("0" if letter.isdigit() else letter for letter in timecode), name)
    pixels = label.box.copy()
    left = label.first
    for letter in timecode:
        cell = _letter(letter, label.size)
        _lay(pixels, cell, left, label.top)
        left += cell.shape[1]
    shown = Frame((pixels,), Layout.RGBA, label.origin, frame.scale)
    return blend(frame, shown)


class _Label:
    """The box with the name, and where the letters of a timecode like `shape` go: from `first` on, their top at `top`."""

    def __init__(self, picture: tuple[int, int], shape: str, name: str) -> None:
        width, height = picture
        widest = int(width * _WIDEST)
        self.size = max(8.0, round(min(width, height) * _SHARE))
        while _length(shape, self.size) > widest and self.size > 8:
            self.size -= 1
        length = _length(shape, self.size)
        pad = round(self.size * 0.4)
        line = round(self.size * 1.1)
        small = TextStyle(size=max(7.0, self.size * _NAME_SHARE), weight=500)
        name = _cut(name, small, widest - 2 * pad)
        name_width = round(text_size(name, small)[0]) if name else 0
        below = round(small.size * 1.5) if name else 0
        across = min(max(length, name_width) + 2 * pad, width)
        down = min(line + below + 2 * round(pad * 0.6), height)
        box = _filled(across, down, round(pad * 0.5)).copy()
        if name:
            at = (across / 2, down - round(pad * 0.6) - below / 2)
            ink = draw_text(name, small, at, (across, down))
            _lay(box, ink.pixels, ink.x, ink.y)
        box.setflags(write=False)
        self.box = box
        self.first = (across - length) // 2
        self.top = round(pad * 0.6)
        self.origin = ((width - across) // 4 * 2, max(0, (height - down - round(height * _MARGIN)) // 2 * 2))


@lru_cache(maxsize=16)
def _label(picture: tuple[int, int], shape: str, name: str) -> _Label:
    return _Label(picture, shape, name)


@lru_cache(maxsize=64)
def _letter(letter: str, size: float) -> NDArray[np.uint8]:
    """One letter in a cell of its own, as high as a line: premultiplied RGBA, white."""
    style = TextStyle(size=size, weight=600)
    step, line = _step(letter, size), round(size * 1.1)
    cell = np.zeros((line, step, 4), np.uint8)
    ink = draw_text(letter, style, (step / 2, line / 2), (step, line))
    _lay(cell, ink.pixels, ink.x, ink.y)
    return cell


@lru_cache(maxsize=64)
def _step(letter: str, size: float) -> int:
    """The width that a letter is given, the same for all digits: those that jump to and fro cannot be read."""
    style = TextStyle(size=size, weight=600)
    return round(max(text_size(one, style)[0] for one in (_DIGITS if letter.isdigit() else letter))) + 1


def _length(text: str, size: float) -> int:
    return sum(_step(letter, size) for letter in text)


@lru_cache(maxsize=16)
def _filled(width: int, height: int, radius: int) -> NDArray[np.uint8]:
    brush = Brush(width, height)
    brush.rectangle(0, 0, width, height, _BOX, radius)
    return np.array(brush.pixels())


def _lay(onto: NDArray[np.uint8], ink: NDArray[np.uint8], x: int, y: int) -> None:
    """Premultiplied ink over premultiplied pixels; what hangs over is cut."""
    left, top = max(x, 0), max(y, 0)
    right, bottom = min(x + ink.shape[1], onto.shape[1]), min(y + ink.shape[0], onto.shape[0])
    if right <= left or bottom <= top:
        return
    piece = ink[top - y : bottom - y, left - x : right - x]
    under = onto[top:bottom, left:right]
    kept = 255 - piece[..., 3:].astype(np.uint16)
    under[:] = np.minimum(piece + (under * kept + 127) // 255, 255).astype(np.uint8)


def _cut(name: str, style: TextStyle, widest: int) -> str:
    """The name, shortened at its end with an ellipsis to what fits one line."""
    name = " ".join(name.split())
    if not name or text_size(name, style)[0] <= widest:
        return name
    low, high = 0, len(name)
    while low < high:
        middle = (low + high + 1) // 2
        fits = text_size(f"{name[:middle].rstrip()}…", style)[0] <= widest
        low, high = (middle, high) if fits else (low, middle - 1)
    return f"{name[:low].rstrip()}…" if low else ""

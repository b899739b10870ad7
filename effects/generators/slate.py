"""The slate: stands where a picture is missing, awaited or failed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from effects.base import Generator
from effects.frame import Canvas, Frame, Layout
from effects.params import param
from effects.text_style import TextStyle
from timeline.time import RationalTime

if TYPE_CHECKING:
    from effects.paint import Brush


class Kind(StrEnum):
    """Why there is no picture."""

    MISSING = "missing"
    PLACEHOLDER = "placeholder"
    FAILED = "failed"


@dataclass(frozen=True)
class _Look:
    """Colours of the design's tokens: `clip.missing*`, `clip.placeholder*`, `state.failed*`."""

    body: str
    stripe: str
    edge: str
    heading: str
    dashed: bool


_LOOKS: Final = {
    Kind.MISSING: _Look("#2e1c1c", "#b04a4a4d", "#b04a4a", "#ff8078", dashed=False),
    Kind.PLACEHOLDER: _Look("#1c232e", "#8aa4cc29", "#8aa4cc", "#8aa4cc", dashed=True),
    Kind.FAILED: _Look("#3a2020", "#ff807824", "#ff8078", "#ff8078", dashed=True),
}
_HEADINGS: Final = {
    Kind.MISSING: "Media missing",
    Kind.PLACEHOLDER: "Not generated yet",
    Kind.FAILED: "Generation failed",
}
_TEXT: Final = "#e8e8e8"
_SMALLEST: Final = 9.0
_LONGEST: Final = 300


class Slate(Generator):
    """A striped card with a heading and a text, in place of a picture that is not there."""

    title = "Slate"

    kind: Kind = param(Kind.PLACEHOLDER, help="Why there is no picture.")
    heading: str = param("", help="What is the matter; empty: the usual words of its kind.")
    name: str = param("", help="What it stands for: the name of a file or a shot.")
    text: str = param("", widget="multiline", help="The small lines: a prompt, a reason, what to do.")

    def render(self, canvas: Canvas, at: RationalTime) -> Frame:
        """An opaque RGBA card of the canvas's size."""
        return _drawn(self, canvas)


@lru_cache(maxsize=12)
def _drawn(slate: Slate, canvas: Canvas) -> Frame:
    from effects.paint import Brush  # loads Qt, which only films with text need

    look, (width, height) = _LOOKS[slate.kind], (canvas.width, canvas.height)
    unit = min(width / 1100, height / 900)
    brush = Brush(width, height)
    brush.fill(look.body)
    _stripes(brush, width, height, max(84 * unit, 12), look.stripe)
    edge = max(6 * unit, 1)
    dash = (edge * 4, edge * 3) if look.dashed else None
    brush.outline(edge / 2, edge / 2, width - edge, height - edge, look.edge, edge, dash)
    _words(brush, slate, look, (width, height), unit)
    pixels = brush.pixels()
    pixels.setflags(write=False)
    return Frame((pixels,), Layout.RGBA, scale=canvas.scale)


def _stripes(brush: Brush, width: int, height: int, period: float, colour: str) -> None:
    """Diagonal stripes, as wide as the gaps between them."""
    start = -float(height)
    while start < width:
        right = start + period / 2
        brush.polygon([(start, height), (right, height), (right + height, 0), (start + height, 0)], colour)
        start += period


def _words(brush: Brush, slate: Slate, look: _Look, size: tuple[int, int], unit: float) -> None:
    """The lines one above the other, as large as fits, on a plain card so that the stripes stay behind."""
    from effects.paint import text_size

    factor = unit
    lines = _lines(slate, look, factor)
    room = (size[0] * 0.8, size[1] * 0.72)
    while True:
        sizes = [text_size(text, style, room[0]) for text, style in lines]
        gap = lines[-1][1].size * 0.45
        total = sum(height for _, height in sizes) + gap * (len(lines) - 1)
        if total <= room[1] or factor * 38 <= _SMALLEST:
            break
        factor *= 0.88
        lines = _lines(slate, look, factor)
    pad = lines[-1][1].size
    card = max(width for width, _ in sizes) + 2 * pad
    top = (size[1] - total) / 2
    brush.rectangle((size[0] - card) / 2, top - pad * 0.7, card, total + pad * 1.4, look.body + "e0", radius=pad * 0.4)
    for (text, style), (_, height) in zip(lines, sizes, strict=True):
        brush.text(text, style, (size[0] / 2, top + height / 2), room[0])
        top += height + gap


def _lines(slate: Slate, look: _Look, factor: float) -> list[tuple[str, TextStyle]]:
    """What is written, from the top down, with its look."""

    def style(size: float, colour: str, weight: int) -> TextStyle:
        return TextStyle(size=max(size * factor, _SMALLEST), weight=weight, colour=colour)

    heading, name, text = (_short(words) for words in (slate.heading, slate.name, slate.text))
    heading = heading or _HEADINGS[slate.kind]
    lines = [(heading, style(40 if name else 72, look.heading, 600))]
    if name:
        lines.append((name, style(68, _TEXT, 600)))
    if text:
        lines.append((text, style(38, _TEXT, 400)))
    return lines


def _short(text: str) -> str:
    text = text.strip()
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1].rstrip() + "…"

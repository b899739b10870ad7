"""A scene's texts over its frames: they come and go softly, in places that leave the picture room."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from effects.colour import yuva_of
from effects.frame import Frame, Layout
from effects.overlay import Overlay, laid_over, overlay_of
from effects.paint import draw_text, ensure_qt, text_size
from effects.text_style import Align, TextStyle
from engines.generate.procedural.scene.parts import Text
from engines.generate.procedural.spec import SceneSpec

_COMING = 0.5
"""Seconds in which a text comes, and goes."""
_RISE = 0.018
_MARGIN = 0.07
_PLACES: dict[str, tuple[float | None, float]] = {
    "centre": (0.5, 0.5),
    "top": (0.5, 0.13),
    "bottom": (0.5, 0.88),
    "lower_third": (None, 0.8),
    "upper_third": (None, 0.2),
    "left": (0.28, 0.5),
    "right": (0.72, 0.5),
}
"""Middle of a text in shares of the frame; without an x it begins at the left margin."""
_STYLES = {
    "title": (0.115, 700, -0.02),
    "subtitle": (0.056, 500, 0.0),
    "caption": (0.046, 500, 0.0),
    "step": (0.07, 600, -0.01),
}
"""Size in frame heights, weight, letter spacing in sizes."""


@dataclass(frozen=True)
class _Line:
    text: Text
    style: TextStyle
    centre: tuple[float, float]
    room: float


class Titles:
    """The texts of a film for one frame size. `over` may be asked for any moment; the same one gives the same pixels."""

    def __init__(self, spec: SceneSpec, width: int, height: int) -> None:
        self._seconds, self._size, self._loops = spec.seconds, (width, height), spec.loop
        self._standing: dict[int, Overlay | None] = {}
        self._lines = [self._placed(text) for text in spec.texts if text.words.strip()]
        if self._lines:
            ensure_qt()

    def over(self, frame: Frame, seconds: float) -> Frame:
        """The frame with what is written at this moment; the frame itself where nothing is."""
        shown = [
            (n, amount) for n, line in enumerate(self._lines) if (amount := self._shown(line.text, seconds)) > 0.004
        ]
        if not shown:
            return frame
        made = Frame(tuple(plane.copy() for plane in frame.planes))
        for number, amount in shown:
            overlay = self._overlay(number, amount, seconds)
            if overlay is not None:
                laid_over(made, overlay, amount, onto=made)
        return made

    def _overlay(self, number: int, amount: float, seconds: float) -> Overlay | None:
        """A text ready to be laid over; once it stands still it is drawn no more."""
        if amount >= 1 and number in self._standing:
            return self._standing[number]
        line = self._lines[number]
        x, y = line.centre
        # It rises as it comes; the last pixels softly, so that nothing trembles.
        y += (1 - amount) ** 2 * _RISE * self._size[1] * (1 if seconds < self._middle(line.text) else -1)
        ink = draw_text(line.text.words, line.style, (x, y), self._size, line.room)
        drawn = (
            yuva_of(Frame((np.ascontiguousarray(ink.pixels),), Layout.RGBA, (ink.x, ink.y)))
            if ink.pixels.size
            else None
        )
        overlay = overlay_of(drawn) if drawn is not None and drawn.alpha is not None else None
        if amount >= 1:
            self._standing[number] = overlay
        return overlay

    def _middle(self, text: Text) -> float:
        return (text.start + text.end) / 2 * self._seconds

    def _shown(self, text: Text, seconds: float) -> float:
        """How much of a text is there, 0..1."""
        start, end = text.start * self._seconds, text.end * self._seconds
        stays = text.end >= 1 and not self._loops  # with the film's last picture it may still be there
        if not start <= seconds < end and not (stays and seconds >= start):
            return 0.0
        if self._loops and text.start <= 0 and text.end >= 1:
            return 1.0
        coming = min(_COMING, (end - start) / 4)
        part = min(1.0, (seconds - start) / coming + 0.02, 1.0 if stays else (end - seconds) / coming)
        return part * part * (3 - 2 * part)

    def _placed(self, text: Text) -> _Line:
        width, height = self._size
        size, weight, spacing = _STYLES[text.style]
        px = min(size * height, size * width * 0.8)
        room = width * (0.42 if text.place in ("left", "right") else 1.0 - 2 * _MARGIN)
        x, y = _PLACES[text.place]
        boxed = text.style in ("caption", "step")
        style = TextStyle(
            size=px,
            weight=weight,
            colour=text.colour or "#ffffff",
            align=Align.CENTER if x is not None else Align.LEFT,
            line_spacing=1.04,
            letter_spacing=spacing * px,
            shadow_colour="#000000a0",
            shadow_blur=px * 0.12,
            shadow_offset=(0.0, px * 0.03),
            box_colour="#101018a8" if boxed else "#00000000",
            box_padding=(px * 0.5, px * 0.28),
            box_radius=px * 0.22,
        )
        wide, tall = text_size(text.words, style, room)
        cx = width * x if x is not None else width * _MARGIN + wide / 2
        # A long text stays inside the frame.
        cy = min(max(height * y, tall / 2 + height * 0.05), height - tall / 2 - height * 0.05)
        return _Line(text, style, (cx, cy if tall < height * 0.9 else height / 2), room)

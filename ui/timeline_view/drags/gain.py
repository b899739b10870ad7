"""Pulling the line of gain or opacity up and down."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication

from timeline.commands.set_clip import SetClip
from timeline.curve import Curve
from timeline.items import Clip
from timeline.time import RationalTime
from ui import words
from ui.timeline_view import rubber
from ui.timeline_view.tools.base import Drag, Pointer, Stage

STEP_DB: Final = 0.5
FINE_DB: Final = 0.1
STEP: Final = 0.01
FINE: Final = 0.001
SLOWER: Final = 0.25
"""Of the hand's way, with Ctrl."""


def level_words(name: rubber.Name, value: float) -> str:
    """`−3.5 dB`, `silent`, `80 %`."""
    if name == "opacity":
        return f"{value * 100:.1f}".removesuffix(".0") + " %"
    db = rubber.to_db(value)
    return (
        QCoreApplication.translate("Gain", "silent")
        if db <= rubber.QUIETEST_DB
        else QCoreApplication.translate("Gain", "{signed} dB").format(signed=words.signed(db, plus=True))
    )


def stepped(name: rubber.Name, value: float, *, fine: bool) -> float:
    """A value on whole steps: half dB (a tenth with Ctrl), per cent (a tenth of one)."""
    if name == "opacity":
        step = FINE if fine else STEP
        return min(1.0, max(0.0, round(round(value / step) * step, 4)))
    step = FINE_DB if fine else STEP_DB
    return min(rubber.LOUDEST, rubber.from_db(round(round(rubber.to_db(value) / step) * step, 2)))


class Rise:
    """How far the hand went up or down, where Ctrl makes it slower from the moment it is held."""

    def __init__(self, start: Pointer) -> None:
        self._last = start
        self.y = start.y

    def to(self, pointer: Pointer) -> float:
        """The y the hand means now."""
        self.y += (pointer.y - self._last.y) * (SLOWER if pointer.ctrl else 1.0)
        self._last = pointer
        return self.y


class LineDrag(Drag):
    """Holds the whole line: all its keyframes keep their shape."""

    scrolls = False

    def __init__(
        self,
        stage: Stage,
        start: Pointer,
        clip: Clip,
        name: rubber.Name,
        offset: RationalTime,
        top: float,
        height: float,
    ) -> None:
        super().__init__(stage, start)
        self._clip, self._name = clip, name
        self._top, self._height = top, height
        self._value = rubber.value_along(clip, name, offset)
        self._line_y = rubber.y_of(name, self._value, top, height)
        self._rise = Rise(start)

    def move(self, pointer: Pointer) -> None:
        """Show the line elsewhere."""
        y = self._rise.to(pointer)
        if not self.begins(pointer, 2):
            return
        value = rubber.value_at_y(self._name, self._line_y + y - self.start.y, self._top, self._height)
        value = stepped(self._name, value, fine=pointer.ctrl)
        line = rubber.shifted_line(self._clip, self._name, self._value, value)
        what = (
            QCoreApplication.translate("LineDrag", "Gain")
            if self._name == "volume"
            else QCoreApplication.translate("LineDrag", "Opacity")
        )
        all_keys = QCoreApplication.translate("LineDrag", ", all keyframes") if isinstance(line, Curve) else ""
        said = QCoreApplication.translate(
            "LineDrag", "{what} {level_words}{all_keys}. Ctrl moves it finely, a double click resets it."
        ).format(what=what, level_words=level_words(self._name, value), all_keys=all_keys)
        changes = line != rubber.held_value(self._clip, self._name)
        command = SetClip(self.stage.sequence.id, (self._clip.id,), {self._name: line})
        self.stage.draft(command if changes else None, (), said, frozenset((self._clip.id,)))

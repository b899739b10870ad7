"""Words for what a drag does."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from timeline.time import FrameRate, RationalTime
from ui.words import MINUS, plural


def frames(by: RationalTime, rate: FrameRate) -> str:
    """`+12 frames`, `−1 frame`, `0 frames`."""
    number = by.nearest_frame(rate)
    sign = "+" if number > 0 else MINUS if number < 0 else ""
    text = (
        QCoreApplication.translate("Words", "{sign}{number} frame")
        if abs(number) == 1
        else QCoreApplication.translate("Words", "{sign}{number} frames")
    )
    return text.format(sign=sign, number=abs(number))


def clips(number: int) -> str:
    """`1 clip`, `3 clips`."""
    return plural(number, "clip")

"""How playing goes, in a corner of the picture: for those who want to know why it stutters."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QCoreApplication, QRectF, Qt, QTimer
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from studio_app.session.transport import Measures
from ui import words
from ui.qt import tokens

REFRESH_MS: Final = 250
_PAD, _ROW, _NAME, _VALUE = 10, 18, 116, 148


def lines(now: Measures) -> tuple[tuple[str, str], ...]:
    """Name and value of each line."""
    return (
        (
            QCoreApplication.translate("ViewerMeters", "Frames left out"),
            QCoreApplication.translate("ViewerMeters", "{count} of {count2}").format(
                count=words.count(now.dropped), count2=words.count(now.shown + now.dropped)
            ),
        ),
        (QCoreApplication.translate("ViewerMeters", "Read"), _took(now.decode_ms)),
        (QCoreApplication.translate("ViewerMeters", "Compose"), _took(now.composite_ms)),
        (QCoreApplication.translate("ViewerMeters", "Convert"), _took(now.convert_ms)),
        (QCoreApplication.translate("ViewerMeters", "Paint"), _took(now.paint_ms)),
        (
            QCoreApplication.translate("ViewerMeters", "Picture to sound"),
            QCoreApplication.translate("ViewerMeters", "{signed} ms, worst {signed2}").format(
                signed=words.signed(now.offset_ms, plus=True), signed2=words.signed(now.worst_offset_ms, plus=True)
            ),
        ),
        (QCoreApplication.translate("ViewerMeters", "Pictures ready"), words.count(now.waiting)),
        (QCoreApplication.translate("ViewerMeters", "Sound ran out"), words.plural(now.underruns, "time")),
        (QCoreApplication.translate("ViewerMeters", "Quality"), QUALITY_NAMES.get(now.share, "full")),
    )


def _took(milliseconds: float) -> str:
    return QCoreApplication.translate("ViewerMeters", "{signed} ms").format(signed=words.signed(milliseconds))


QUALITY_NAMES: Final = {1.0: "full", 0.5: "half", 0.25: "quarter"}


class PlaybackMeters(QWidget):
    """A small table over the picture. It asks four times a second, and only while it is shown."""

    def __init__(self, parent: QWidget, measures: Callable[[], Measures]) -> None:
        super().__init__(parent)
        self._measures = measures
        self._lines = lines(measures())
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(self.tr("Playback meters"))
        self.setFont(tokens.font("caption", tabular=True))
        self.setGeometry(12, 12, 2 * _PAD + _NAME + _VALUE, 2 * _PAD + _ROW * len(self._lines))
        self._timer = QTimer(self)
        self._timer.setInterval(REFRESH_MS)
        self._timer.timeout.connect(self.refresh)

    def refresh(self) -> None:
        """Read the figures anew; paint if they differ."""
        found = lines(self._measures())
        if found != self._lines:
            self._lines = found
            self.setAccessibleDescription("; ".join(" ".join(line) for line in found))
            self.update()

    def showEvent(self, event: QShowEvent) -> None:
        """Begin to ask."""
        self.refresh()
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Stop asking."""
        self._timer.stop()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Names at the left, values at the right."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tokens.color("surface.overlay", 0.94))
        painter.drawRoundedRect(self.rect(), tokens.radius("control"), tokens.radius("control"))
        for place, (name, value) in enumerate(self._lines):
            line = QRectF(_PAD, _PAD + place * _ROW, _NAME + _VALUE, _ROW)
            middle = Qt.AlignmentFlag.AlignVCenter
            painter.setPen(tokens.color("text.muted"))
            painter.drawText(line, int(middle | Qt.AlignmentFlag.AlignLeft), name)
            painter.setPen(tokens.color("text.primary"))
            painter.drawText(line, int(middle | Qt.AlignmentFlag.AlignRight), value)

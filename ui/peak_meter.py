"""The painted meter: two bars with held peaks and clip lights, the scale beside them, loudness at the foot."""

from __future__ import annotations

import math
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QMouseEvent, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import words
from ui.ballistics import FLOOR, MARKS, Ballistics, share
from ui.qt import tokens

NARROW_BELOW: Final = 60
_TOP, _LIGHT_TOP, _LIGHT = 12, 4, 4
_ROW, _FOOT_PAD = 14, 6
_LEAST_BAR = 80
_LEAST_STEP = 14
_ZONES: Final = (("meter.low", FLOOR, -18.0), ("meter.mid", -18.0, -6.0), ("meter.high", -6.0, 0.0))


class PeakMeter(QWidget):
    """Shows what it is told. `hear` and `go_on` return at once; what changed on screen is painted."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.channels = (Ballistics(), Ballistics())
        self.momentary = self.short_term = self.integrated = -math.inf
        self._painted: tuple[object, ...] = ()
        self._told: tuple[str, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Peak meter"))
        self.describe()

    def sizeHint(self) -> QSize:
        """As in the design."""
        return QSize(70, 480)

    def minimumSizeHint(self) -> QSize:
        """Bars and the scale."""
        return QSize(40, 60)

    # --- what is shown ------------------------------------------------------------------------------------------------

    @property
    def is_at_rest(self) -> bool:
        """Whether nothing moves until something is heard."""
        return all(one.is_at_rest for one in self.channels)

    def hear(self, peaks: tuple[float, float], now: float) -> None:
        """Peaks (sample values) heard just now, left and right; `refresh` shows them."""
        for channel, peak in zip(self.channels, peaks, strict=True):
            channel.hear(peak, now)

    def go_on(self, now: float) -> None:
        """Time passes."""
        for channel in self.channels:
            channel.go_on(now)

    def set_loudness(self, momentary: float, short_term: float, integrated: float) -> None:
        """LUFS; -inf where there is none."""
        self.momentary, self.short_term, self.integrated = momentary, short_term, integrated

    def clear(self) -> None:
        """Put the clip lights out."""
        for channel in self.channels:
            channel.clear()
        self.refresh()
        self.describe()

    def refresh(self) -> None:
        """Paint where what stands there is no longer true."""
        now = tuple(
            (round(self._y(one.level) * 2), round(self._y(one.held) * 2), one.is_clipped) for one in self.channels
        )
        if now != self._painted:
            self._painted = now
            self.update(QRect(0, 0, self._scale_left(), self._foot()))
        told = tuple(text for _, text in self.figures())
        if told != self._told:
            self._told = told
            self.update(QRect(0, self._foot(), self.width(), self.height() - self._foot()))

    def describe(self) -> None:
        """Tell a screen reader; not while all moves."""
        self.setAccessibleDescription(self.sentence())

    def figures(self) -> tuple[tuple[str, str], ...]:
        """Letter and value of each line at the foot: short-term and integrated loudness, or the latter alone."""
        if self.is_narrow:
            return (("", lufs(self.integrated)),)
        return ("S", lufs(self.short_term)), ("I", lufs(self.integrated))

    def sentence(self) -> str:
        """What the meter says, in words."""
        left, right = (decibels(one.highest) for one in self.channels)
        clipped = (
            self.tr(" Clipped: click to put the light out.") if any(one.is_clipped for one in self.channels) else ""
        )
        return self.tr(
            "Highest peak {left} dBFS left, {right} dBFS right.{clipped} Loudness: momentary {m}, short-term {s}, "
            "integrated since play began {i} LUFS."
        ).format(
            left=left,
            right=right,
            clipped=clipped,
            m=lufs(self.momentary),
            s=lufs(self.short_term),
            i=lufs(self.integrated),
        )

    # --- geometry -----------------------------------------------------------------------------------------------------

    @property
    def is_narrow(self) -> bool:
        """Whether there is no room for the full form."""
        return self.width() < NARROW_BELOW

    def bars(self) -> tuple[QRectF, QRectF]:
        """Where the two bars stand."""
        left, wide, gap = (3, 7, 2) if self.is_narrow else (14, 12, 4)
        high = max(1.0, self._foot() - _FOOT_PAD - _TOP)
        return QRectF(left, _TOP, wide, high), QRectF(left + wide + gap, _TOP, wide, high)

    def lights(self) -> tuple[QRectF, QRectF]:
        """Where the two clip lights stand."""
        left, right = (QRectF(bar.left(), _LIGHT_TOP, bar.width(), _LIGHT) for bar in self.bars())
        return left, right

    def _foot(self) -> int:
        room = self.height() - _ROW * (len(self.figures()) + 1) - _FOOT_PAD
        return room if room - _TOP - _FOOT_PAD >= _LEAST_BAR else self.height()

    def _scale_left(self) -> int:
        return round(self.bars()[1].right()) + (2 if self.is_narrow else 5)

    def _y(self, level: float) -> float:
        bar = self.bars()[0]
        return bar.bottom() - share(level) * bar.height()

    # --- events -------------------------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """The words of the tooltip are made when they are asked for."""
        if event.type() is QEvent.Type.ToolTip:
            self.setToolTip(self.sentence())
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click puts the lights out."""
        if event.button() is Qt.MouseButton.LeftButton:
            self.clear()
        event.ignore()  # the panel takes the focus

    def paintEvent(self, event: QPaintEvent) -> None:
        """Bars, and what else lies in the part to be painted."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for channel, bar, light in zip(self.channels, self.bars(), self.lights(), strict=True):
            _paint_light(painter, light, channel.is_clipped)
            self._paint_bar(painter, bar, channel)
        if event.rect().right() >= self._scale_left():
            self._paint_scale(painter)
        if event.rect().bottom() >= self._foot():
            self._paint_foot(painter)

    def _paint_bar(self, painter: QPainter, bar: QRectF, channel: Ballistics) -> None:
        shape = QPainterPath()
        shape.addRoundedRect(bar, tokens.radius("clip"), tokens.radius("clip"))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.fillPath(shape, tokens.color("surface.inset"))
        painter.save()
        painter.setClipPath(shape)
        for colour, low, high in _ZONES:
            if channel.level > low:
                top, bottom = self._y(min(channel.level, high)), self._y(low)
                painter.fillRect(QRectF(bar.left(), top, bar.width(), bottom - top), tokens.color(colour))
        painter.restore()
        if channel.held > FLOOR:
            y = min(max(self._y(channel.held), bar.top()), bar.bottom() - 2)
            painter.fillRect(QRectF(bar.left(), y, bar.width(), 1.5), tokens.color("text.primary"))

    def _paint_scale(self, painter: QPainter) -> None:
        painter.setFont(tokens.font("caption", tabular=True))
        painter.setPen(tokens.color("text.muted"))
        metrics = QFontMetricsF(painter.font())
        middle = metrics.capHeight() / 2
        left, last = float(self._scale_left()), -math.inf
        for mark in MARKS:
            y = self._y(mark)
            if y - last >= _LEAST_STEP:
                painter.drawText(QPointF(left, y + middle), words.signed(mark, 0))
                last = y

    def _paint_foot(self, painter: QPainter) -> None:
        foot = QRectF(12, self._foot(), self.width() - 24, _ROW)
        if self.is_narrow:
            foot = QRectF(0, self._foot(), self.width(), _ROW)
        painter.setFont(tokens.font("caption", tabular=True))
        for letter, value in self.figures():
            painter.setPen(tokens.color("text.muted"))
            painter.drawText(foot, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), letter)
            painter.setPen(tokens.color("text.secondary" if letter == "S" else "text.primary"))
            side = Qt.AlignmentFlag.AlignRight if letter else Qt.AlignmentFlag.AlignHCenter
            painter.drawText(foot, int(Qt.AlignmentFlag.AlignVCenter | side), value)
            foot.translate(0, _ROW)
        painter.setPen(tokens.color("text.muted"))
        painter.drawText(foot, int(Qt.AlignmentFlag.AlignCenter), "LUFS")


def _paint_light(painter: QPainter, place: QRectF, is_on: bool) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(tokens.color("meter.high" if is_on else "surface.inset"))
    painter.drawRoundedRect(place, 2, 2)


def lufs(value: float) -> str:
    """`−15.8`; a dash where nothing was loud enough."""
    return words.signed(value) if value > -99 else "–"


def decibels(level: float) -> str:
    """`−3.2`; below the scale `under −60`."""
    return (
        words.signed(level)
        if level > FLOOR
        else QCoreApplication.translate("PeakMeter", "under {signed}").format(signed=words.signed(FLOOR, 0))
    )

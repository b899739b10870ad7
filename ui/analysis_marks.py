"""Small pictures of figures: colours by their share, a curve, levels, where cuts are, where the weight lies."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from ui.qt import tokens
from ui.qt.draw import rounded

_ROW = 20


class Mark(QWidget):
    """As wide as there is room, `height` px high, on the darkest ground. `says` is for a screen reader."""

    def __init__(self, height: int, says: str) -> None:
        super().__init__()
        self.setFixedHeight(height)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(says)

    def sizeHint(self) -> QSize:
        """Wide enough to read."""
        return QSize(96, self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ground, then what the mark shows."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = QRectF(self.rect())
        rounded(painter, place, "surface.well", tokens.radius("clip"))
        self.draw(painter, place.adjusted(1, 1, -1, -1))
        painter.end()

    def draw(self, painter: QPainter, place: QRectF) -> None:
        """Paint into `place`."""


class SwatchBar(Mark):
    """Colours side by side, each as wide as its share; its tooltip names the one under the pointer."""

    def __init__(self, colours: Sequence[tuple[str, float]], says: str) -> None:
        super().__init__(_ROW, says)
        self._colours = [(colour, max(share, 0.0)) for colour, share in colours]

    def rects(self) -> list[QRectF]:
        """Where each colour is."""
        total = sum(share for _, share in self._colours) or 1.0
        found, x = [], 0.0
        for _, share in self._colours:
            wide = self.width() * share / total
            found.append(QRectF(x, 0, wide, self.height()))
            x += wide
        return found

    def draw(self, painter: QPainter, place: QRectF) -> None:
        """No lines between them: they are told apart by themselves."""
        shape = QPainterPath()
        radius = tokens.radius("clip")
        shape.addRoundedRect(QRectF(self.rect()), radius, radius)
        painter.setClipPath(shape)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        for (colour, _), rect in zip(self._colours, self.rects(), strict=True):
            painter.fillRect(rect, QColor(colour))

    def event(self, event: object) -> bool:
        """Name the colour under the pointer."""
        if isinstance(event, QHelpEvent):
            at = event.pos().toPointF()
            for (colour, share), rect in zip(self._colours, self.rects(), strict=True):
                if rect.contains(at):
                    QToolTip.showText(event.globalPos(), f"{colour}   {share:.0%}".replace("%", " %"), self)
            return True
        return super().event(event)  # type: ignore[arg-type]


class Curve(Mark):
    """Values over time, from `low` at the bottom to `high` at the top."""

    def __init__(self, values: Sequence[float], low: float, high: float, says: str) -> None:
        super().__init__(_ROW, says)
        self._values, self._low, self._high = tuple(values), low, max(high, low + 1e-9)

    def draw(self, painter: QPainter, place: QRectF) -> None:
        """A line, and faintly what is below it."""
        inner = place.adjusted(1, 2, -1, -2)
        points = self._points(inner)
        if not points:
            return
        line = QPainterPath(points[0])
        for point in points[1:]:
            line.lineTo(point)
        below = QPainterPath(line)
        below.lineTo(inner.right(), place.bottom())
        below.lineTo(inner.left(), place.bottom())
        painter.fillPath(below, tokens.color("text.secondary", 0.16))
        painter.strokePath(line, QPen(tokens.color("text.secondary"), 1.2))

    def _points(self, place: QRectF) -> list[QPointF]:
        values = self._values * 2 if len(self._values) == 1 else self._values
        span = self._high - self._low
        return [
            QPointF(
                place.left() + place.width() * number / (len(values) - 1),
                place.bottom() - place.height() * min(max((one - self._low) / span, 0.0), 1.0),
            )
            for number, one in enumerate(values)
        ]


class Levels(Mark):
    """How red, green and blue are spread from dark to light, over each other."""

    def __init__(self, channels: Sequence[Sequence[float]], says: str) -> None:
        super().__init__(44, says)
        self._channels = [tuple(one) for one in channels]

    def draw(self, painter: QPainter, place: QRectF) -> None:
        """The square root of the shares: a large field of one colour does not press the rest to the ground."""
        highest = max((max(one, default=0.0) for one in self._channels), default=0.0) ** 0.5 or 1.0
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Plus)
        for name, values in zip(("red", "green", "blue"), self._channels, strict=True):
            step = place.width() / max(len(values), 1)
            shape = QPainterPath(place.bottomLeft())
            for number, value in enumerate(values):
                high = place.bottom() - (place.height() - 3) * value**0.5 / highest
                shape.lineTo(place.left() + step * number, high)
                shape.lineTo(place.left() + step * (number + 1), high)
            shape.lineTo(place.bottomRight())
            painter.fillPath(shape, tokens.color(f"marker.{name}", 0.3))


class Ticks(Mark):
    """Moments on a line: `shares` 0..1."""

    def __init__(self, shares: Sequence[float], says: str) -> None:
        super().__init__(_ROW, says)
        self._shares = tuple(shares)

    def draw(self, painter: QPainter, place: QRectF) -> None:
        """An upright line each, as wide as a pixel can be sharp."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(tokens.color("text.secondary"))
        for share in self._shares:
            x = round(place.left() + share * (place.width() - 1))
            painter.drawLine(QPointF(x, place.top() + 3), QPointF(x, place.bottom() - 3))


class WeightMap(Mark):
    """A frame with its thirds, and where the weight's middle lies."""

    def __init__(self, x: float, y: float, aspect: float, says: str) -> None:
        super().__init__(44, says)
        self._x, self._y, self._aspect = x, y, aspect
        self.setFixedWidth(min(150, round((44 - 8) * aspect) + 8))

    def draw(self, painter: QPainter, place: QRectF) -> None:
        """As large as the frame's shape allows."""
        width = min(place.width() - 6, (place.height() - 6) * self._aspect)
        height = width / self._aspect
        frame = QRectF(place.center().x() - width / 2, place.center().y() - height / 2, width, height)
        painter.setPen(QPen(tokens.color("border.default"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(frame)
        painter.setPen(QPen(tokens.color("border.subtle"), 1))
        for third in (1 / 3, 2 / 3):
            x, y = frame.left() + width * third, frame.top() + height * third
            painter.drawLine(QPointF(x, frame.top()), QPointF(x, frame.bottom()))
            painter.drawLine(QPointF(frame.left(), y), QPointF(frame.right(), y))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tokens.color("text.primary"))
        painter.drawEllipse(QPointF(frame.left() + width * self._x, frame.top() + height * self._y), 3, 3)

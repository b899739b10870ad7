"""Small widgets used everywhere: buttons, labels, lines, key caps, empty states."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QAction, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ui.qt import icons, tokens


def tool_button(icon: str, tip: str, *, checkable: bool = False, size: int = 24, icon_size: int = 16) -> QToolButton:
    """A square button with an icon; the tip names it, also for a screen reader."""
    button = QToolButton()
    button.setIcon(icons.icon(icon))
    button.setIconSize(QSize(icon_size, icon_size))
    button.setFixedSize(size, size)
    button.setCheckable(checkable)
    button.setToolTip(tip)
    button.setAccessibleName(tip)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button


def push_button(
    text: str, icon: str = "", *, primary: bool = False, large: bool = False, flat: bool = False
) -> QPushButton:
    """A button with words. `primary`: the one accent button of a place; `large`: 32 px for dialogs and pages."""
    button = QPushButton(text)
    button.setProperty("primary", primary)
    button.setProperty("large", large)
    if flat:
        button.setProperty("flat", True)
    button.setFont(tokens.font("body" if large else "ui", "semibold" if primary else "regular"))
    if icon:
        rest = "text.on_accent" if primary else "text.secondary"
        button.setIcon(icons.icon(icon, rest, rest if primary else "text.primary"))
        button.setIconSize(QSize(20, 16))  # the icon is drawn square, the rest is air before the words
    button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return button


def label(
    text: str = "", tone: str = "primary", size: str = "ui", weight: str = "regular", *, tabular: bool = False
) -> QLabel:
    """Plain text in one of the text colours (`primary`, `secondary`, `muted`, `failed`, `accent`)."""
    result = QLabel(text)
    result.setTextFormat(Qt.TextFormat.PlainText)
    result.setFont(tokens.font(size, weight, tabular=tabular))
    if tone != "primary":
        result.setProperty("tone", tone)
    return result


def icon_label(name: str, colour: str = "text.secondary", size: int = 16) -> QLabel:
    """An icon that stands still."""
    result = QLabel()
    result.setPixmap(icons.pixmap(name, colour, size))
    result.setFixedSize(size, size)
    return result


def search_mark(field: QLineEdit) -> None:
    """The magnifier at the left of a search field."""
    field.setProperty("search", True)
    field.addAction(icons.icon("search", "text.muted"), QLineEdit.ActionPosition.LeadingPosition)


def clear_mark(field: QLineEdit, tip: str) -> None:
    """The cross at the right of a search field while something is in it. Made here with its parent: Qt's own `addAction` of an
    icon gives one that Python may find gone."""
    cross = QAction(icons.icon("x", "text.muted"), tip, field)
    cross.setToolTip(tip)
    cross.triggered.connect(field.clear)
    cross.setVisible(bool(field.text()))
    field.textChanged.connect(lambda text: cross.setVisible(bool(text)))
    field.addAction(cross, QLineEdit.ActionPosition.TrailingPosition)


def hairline() -> QFrame:
    """One pixel across."""
    line = QFrame()
    line.setFixedHeight(1)
    line.setAutoFillBackground(True)
    shade = line.palette()
    shade.setColor(line.backgroundRole(), tokens.color("border.subtle"))
    line.setPalette(shade)
    return line


def ground(widget: QWidget, colour: str) -> None:
    """Give a widget the colour of a token as its ground."""
    shade = widget.palette()
    shade.setColor(widget.backgroundRole(), tokens.color(colour))
    widget.setPalette(shade)
    widget.setAutoFillBackground(True)


def row(*widgets: QWidget | int, spacing: int = 8, margins: tuple[int, int, int, int] = (0, 0, 0, 0)) -> QWidget:
    """Widgets side by side; a number is a stretch."""
    holder = QWidget()
    layout = QHBoxLayout(holder)
    layout.setContentsMargins(*margins)
    layout.setSpacing(spacing)
    for widget in widgets:
        if isinstance(widget, int):
            layout.addStretch(widget)
        else:
            layout.addWidget(widget, 1 if isinstance(widget, ElidedLabel) else 0)
    return holder


class ElidedLabel(QWidget):
    """A line of text that shortens with an ellipsis instead of widening its panel."""

    def __init__(self, text: str = "", tone: str = "primary", size: str = "ui", weight: str = "regular") -> None:
        super().__init__()
        self._text, self._colour = text, f"text.{tone}" if "." not in tone else tone
        self.setFont(tokens.font(size, weight))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def text(self) -> str:
        """The whole text."""
        return self._text

    def setText(self, text: str) -> None:
        """Show another text."""
        if text != self._text:
            self._text = text
            self._tip_if_cut()
            self.update()

    def sizeHint(self) -> QSize:
        """As long as the text."""
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self._text) + 1, metrics.height() + 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A cut text is whole in its tooltip."""
        self._tip_if_cut()

    def _tip_if_cut(self) -> None:
        cut = self.fontMetrics().horizontalAdvance(self._text) > self.width()
        self._tip(self._text if cut else "")

    def _tip(self, text: str) -> None:
        if text != self.toolTip():
            self.setToolTip(text)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The text, cut at the right."""
        painter = QPainter(self)
        painter.setPen(tokens.color(self._colour if self.isEnabled() else "text.disabled"))
        text = self.fontMetrics().elidedText(self._text, Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), text)
        painter.end()


class KeyCap(QWidget):
    """A key in a small frame: `Ctrl N`."""

    def __init__(self, text: str = "") -> None:
        super().__init__()
        self._text = ""
        self.setFont(tokens.font("caption"))
        self.set_text(text)

    def set_text(self, text: str) -> None:
        """Show another key; none hides the frame."""
        self._text = text
        self.setFixedSize(self.fontMetrics().horizontalAdvance(text) + 10, 17)
        if not text or self.parentWidget() is not None:  # without a parent it would be shown as a window of its own
            self.setHidden(not text)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Frame and text."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_key(painter, QRectF(self.rect()), self._text)
        painter.end()


def draw_key(painter: QPainter, place: QRectF, text: str) -> None:
    """The frame of a key cap and the text in it."""
    painter.setPen(tokens.color("border.default"))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(place.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
    painter.setPen(tokens.color("text.muted"))
    painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), text)


def draw_key_at(painter: QPainter, right: int, line: QRect, text: str) -> int:
    """A key cap that ends at `right` in the middle of a row; returns its width."""
    painter.setFont(tokens.font("caption"))
    width = painter.fontMetrics().horizontalAdvance(text) + 10
    draw_key(painter, QRectF(right - width, line.center().y() - 8, width, 17), text)
    return width


class EmptyState(QWidget):
    """What stands in an empty panel: icon, title, one sentence, one or two buttons, at most 360 wide."""

    def __init__(self, icon: str, title: str, sentence: str, *buttons: tuple[str, str, Callable[[], object]]) -> None:
        super().__init__()
        self.setAccessibleName(title)
        self.setAccessibleDescription(sentence)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(16, 16, 16, 16)
        outer.addStretch(1)
        picture = icon_label(icon, "text.muted", 32)
        heading = label(title, size="heading", weight="semibold")
        heading.setWordWrap(True)
        words = label(sentence, "muted", "body")
        words.setWordWrap(True)
        for widget in (heading, words):
            widget.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            widget.setMaximumWidth(360)
        outer.addWidget(picture, 0, Qt.AlignmentFlag.AlignHCenter)
        outer.addSpacing(8)
        for text in (heading, words):
            line = QHBoxLayout()
            line.addStretch(1)
            line.addWidget(text, 100)
            line.addStretch(1)
            outer.addLayout(line)
            outer.addSpacing(4)
        line = QHBoxLayout()
        line.addStretch(1)
        for text_, icon_, pressed in buttons:
            button = push_button(text_, icon_)
            button.clicked.connect(lambda _=False, call=pressed: call())
            line.addWidget(button)
        line.addStretch(1)
        outer.addSpacing(8)
        outer.addLayout(line)
        outer.addStretch(2)


class StateCount(QWidget):
    """`(tick) 8 ready`; only icon and number where room is short. Whose line it is in shows and hides it."""

    def __init__(self, icon: str, colour: str, word: str) -> None:
        super().__init__()
        self._icon, self._colour, self._word = icon, colour, word.lower()
        self.number = 0
        self._compact = False
        self.setFont(tokens.font("ui", tabular=True))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.hide()

    def set_number(self, number: int) -> None:
        """Show another number."""
        if number != self.number:
            self.number = number
            self._tell()

    def set_compact(self, compact: bool) -> None:
        """Leave out the word."""
        if compact != self._compact:
            self._compact = compact
            self._tell()

    @property
    def text(self) -> str:
        """What stands beside the icon."""
        return self._text(self._compact)

    def _text(self, compact: bool) -> str:
        return str(self.number) if compact else f"{self.number} {self._word}"

    def width_of(self, compact: bool) -> int:
        """How wide it is with and without the word."""
        return 20 + self.fontMetrics().horizontalAdvance(self._text(compact)) + 2

    def _tell(self) -> None:
        self.setToolTip(f"{self.number} {self._word}")
        self.setAccessibleName(f"{self.number} {self._word}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Icon and text."""
        return QSize(self.width_of(self._compact), 18)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Icon in the state's colour, words plain."""
        painter = QPainter(self)
        icons.paint(painter, QRectF(0, (self.height() - 14) / 2, 14, 14), self._icon, tokens.color(self._colour))
        painter.setPen(tokens.color("text.primary"))
        painter.drawText(self.rect().adjusted(20, 0, 0, 0), int(Qt.AlignmentFlag.AlignVCenter), self.text)
        painter.end()


class Bar(QWidget):
    """Progress: 4 px, in the colour of running work."""

    def __init__(self, width: int = 0) -> None:
        super().__init__()
        self.fraction = 0.0
        self.setFixedHeight(8)
        if width:
            self.setFixedWidth(width)

    def set_fraction(self, fraction: float | None) -> None:
        """0 to 1; None shows an empty bar."""
        if (fraction or 0.0) != self.fraction:
            self.fraction = fraction or 0.0
            self.setAccessibleName(f"{round(self.fraction * 100)} %")
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Track and what is done."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        track = QRectF(0, self.height() / 2 - 2, self.width(), 4)
        painter.setBrush(tokens.color("border.default"))
        painter.drawRoundedRect(track, 2, 2)
        if self.fraction > 0:
            track.setWidth(max(4.0, track.width() * self.fraction))
            painter.setBrush(tokens.color("state.running"))
            painter.drawRoundedRect(track, 2, 2)
        painter.end()

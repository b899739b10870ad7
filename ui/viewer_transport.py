"""The row under a viewer's picture: timecode at the left, buttons in the middle, length at the right."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QToolButton, QWidget

from ui.qt import icons, tokens
from ui.widgets import tool_button

BUTTON = 28
ROW = 44
_MARGIN = 12


class TransportRow(QWidget):
    """Buttons stay in the middle as long as both texts have room; in a narrow panel the right one goes first, then `spare` ones."""

    def __init__(
        self, left: QWidget, middle: Iterable[QWidget], right: Iterable[QWidget], spare: Iterable[QWidget] = ()
    ) -> None:
        super().__init__()
        self._left, self._middle, self._right, self._spare = left, tuple(middle), tuple(right), tuple(spare)
        self.setFixedHeight(ROW)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        for one in (left, *self._middle, *self._right):
            one.setParent(self)

    def sizeHint(self) -> QSize:
        """As wide as everything."""
        return QSize(sum(_width(one) for one in (self._left, *self._middle, *self._right)) + 2 * _MARGIN + 48, ROW)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out anew."""
        self.arrange()

    def arrange(self) -> None:
        """Put everything in its place; what has none is hidden."""
        left = _width(self._left)
        shown = list(self._middle)
        right = list(self._right)
        room = self.width() - 2 * _MARGIN

        def taken(row: list[QWidget]) -> int:
            return sum(_width(one) + 2 for one in row)

        while right and left + taken(shown) + taken(right) + 16 > room:
            right.pop(0) if len(right) > 1 else right.clear()
        for one in self._spare:
            if left + taken(shown) + 8 > room and one in shown:
                shown.remove(one)
        for one in (*self._middle, *self._right):
            one.setVisible(one in shown or one in right)
        _put(self._left, _MARGIN, self.height())
        end = self.width() - _MARGIN
        for one in reversed(right):
            end -= _width(one)
            _put(one, end, self.height())
            end -= 6
        middle = taken(shown)
        x = max(_MARGIN + left + 8, min((self.width() - middle) // 2, end - middle - 8))
        for one in shown:
            _put(one, x, self.height())
            x += _width(one) + 2


def _width(widget: QWidget) -> int:
    return max(widget.minimumWidth(), min(widget.sizeHint().width(), widget.maximumWidth()))


def _put(widget: QWidget, x: int, height: int) -> None:
    own = max(widget.minimumHeight(), min(widget.sizeHint().height(), widget.maximumHeight()))
    widget.setGeometry(x, (height - own) // 2, _width(widget), own)


def transport_button(icon: str, tip: str, run: Callable[[], object], *, checkable: bool = False) -> QToolButton:
    """A button of the row."""
    button = tool_button(icon, tip, checkable=checkable, size=BUTTON, icon_size=20)
    button.clicked.connect(lambda: run())
    return button


class PlayButton(QToolButton):
    """Play or pause; `filled`: the field of the program viewer, 40 x 30."""

    def __init__(self, run: Callable[[], object], *, filled: bool = True) -> None:
        super().__init__()
        self._filled = filled
        self.setFixedSize(40 if filled else 32, 30)
        self.setIconSize(QSize(20, 20))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.clicked.connect(lambda: run())
        self._playing: bool | None = None
        self.show_playing(False)

    def show_playing(self, playing: bool) -> None:
        """Play, or pause while it plays."""
        if playing != self._playing:
            self._playing = playing
            self.setAccessibleName(self.tr("Pause") if playing else self.tr("Play"))
            self.setToolTip(self.tr("{extra} (Space)").format(extra=self.tr("Pause") if playing else self.tr("Play")))
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Field and icon."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        lit = self.isDown() or self.underMouse()
        if self._filled or lit:
            ground = "surface.pressed" if self.isDown() else "surface.hover" if lit else "surface.control"
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tokens.color(ground))
            painter.drawRoundedRect(self.rect(), tokens.radius("control"), tokens.radius("control"))
        if self.hasFocus():
            painter.setPen(tokens.color("accent.default"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        box = self.rect().toRectF()
        box = box.adjusted((box.width() - 20) / 2, 5, -(box.width() - 20) / 2, -5)
        icons.paint(painter, box, "pause" if self._playing else "play", tokens.color("text.primary"), filled=True)

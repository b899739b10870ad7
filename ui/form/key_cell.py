"""The keyframe cell beside a value that can change over time: to the keyframe before, the diamond, to the next one."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QContextMenuEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QMenu, QWidget

from studio_app.session.clip_values import Keys
from timeline.curve import Interpolation
from ui.qt import icons, tokens
from ui.qt.language import FORM, QT_TRANSLATE_NOOP, translated
from ui.qt.menu import pop_up

ARROW, DIAMOND, HEIGHT = 12, 16, 22
WIDTH = 2 * ARROW + DIAMOND
_WAYS = (
    (Interpolation.LINEAR, QT_TRANSLATE_NOOP("Form", "Linear")),
    (Interpolation.EASE, QT_TRANSLATE_NOOP("Form", "Ease")),
    (Interpolation.HOLD, QT_TRANSLATE_NOOP("Form", "Hold")),
)


class _Sign(QAbstractButton):
    """One icon of the cell. Enter presses it, as Space is for playing."""

    def __init__(self, icon: str, width: int, side: int) -> None:
        super().__init__()
        self._icon, self._side = icon, side
        self.filled, self.accent = False, False
        self.setFixedSize(width, HEIGHT)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def sizeHint(self) -> QSize:
        """As large as it stands."""
        return QSize(self.width(), HEIGHT)

    def show_state(self, *, filled: bool, accent: bool, tip: str) -> None:
        """Another look and another name, which the tip is as well."""
        if (filled, accent, tip) != (self.filled, self.accent, self.toolTip()):
            self.filled, self.accent = filled, accent
            self.setToolTip(tip)
            self.setAccessibleName(tip)
            self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter is a click."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The icon in the colour of its state, a ring round it while it has the keys."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self.isEnabled():
            colour = "accent.dim" if self.accent else "text.disabled"
        elif self.accent:
            colour = "accent.hover" if self.underMouse() else "accent.default"
        else:
            colour = "text.primary" if self.underMouse() else "text.muted"
        place = QRectF((self.width() - self._side) / 2, (self.height() - self._side) / 2, self._side, self._side)
        icons.paint(painter, place, self._icon, tokens.color(colour), filled=self.filled)
        if self.hasFocus():
            painter.setPen(tokens.color("accent.default"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 2.5, -0.5, -2.5), 3, 3)
        painter.end()


class KeyCell(QWidget):
    """A grey diamond: no keyframes; an empty one in the accent: animated; a filled one: a keyframe is here.

    The diamond sets a keyframe at the playhead or takes it away, the arrows go to the neighbours, a right click opens the rest.
    """

    toggled = Signal()
    went = Signal(bool)
    """To the keyframe before (False) or behind (True) the playhead."""
    way_chosen = Signal(object)
    cleared = Signal()

    def __init__(self, label: str) -> None:
        super().__init__()
        self._label = label
        self.keys = Keys()
        self._arrows: tuple[_Sign, _Sign] | None = None
        self.diamond = _Sign("diamond", DIAMOND, 11)
        self.diamond.setParent(self)
        self.diamond.move(ARROW, 0)
        self.setFixedSize(WIDTH, HEIGHT)
        self.diamond.clicked.connect(self.toggled)
        self.show_keys(Keys())

    @property
    def before(self) -> _Sign:
        """The arrow to the keyframe before."""
        return self._signs()[0]

    @property
    def after(self) -> _Sign:
        """The arrow to the next keyframe."""
        return self._signs()[1]

    def _signs(self) -> tuple[_Sign, _Sign]:
        """The arrows, made when a value has keyframes for the first time: few have."""
        if self._arrows is None:
            before, after = self._arrows = (_Sign("chevron-left", ARROW, 10), _Sign("chevron-right", ARROW, 10))
            for sign, x, tip in (
                (before, 0, self.tr("Previous keyframe of {value}")),
                (after, ARROW + DIAMOND, self.tr("Next keyframe of {value}")),
            ):
                sign.setParent(self)
                sign.move(x, 0)
                sign.show_state(filled=False, accent=False, tip=self._named(tip))
            QWidget.setTabOrder(before, self.diamond)
            QWidget.setTabOrder(self.diamond, after)
            before.clicked.connect(lambda: self.went.emit(False))
            after.clicked.connect(lambda: self.went.emit(True))
        return self._arrows

    def show_keys(self, keys: Keys) -> None:
        """Show where the keyframes are."""
        self.keys = keys
        if keys.animated or self._arrows is not None:
            for sign, there in zip(self._signs(), (keys.before, keys.after), strict=True):
                sign.setVisible(keys.animated)
                sign.setEnabled(there)
        self.diamond.setEnabled(keys.over)
        self.diamond.show_state(filled=keys.here, accent=keys.animated, tip=self._tip())

    def menu(self) -> QMenu:
        """The ways on from the keyframe, and the end of them all."""
        menu = QMenu(self)
        group = QActionGroup(menu)
        for way, word in _WAYS:
            action = QAction(translated(FORM, word), menu)
            action.setCheckable(True)
            action.setChecked(self.keys.way is way)
            action.setEnabled(self.keys.way is not None)
            action.triggered.connect(lambda _=False, way=way: self.way_chosen.emit(way))
            group.addAction(action)
            menu.addAction(action)
        menu.addSeparator()
        clear = menu.addAction(self.tr("Remove all keyframes"))
        clear.setEnabled(self.keys.animated)
        clear.triggered.connect(lambda _=False: self.cleared.emit())
        return menu

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu, by the right button or the menu key."""
        pop_up(self.menu(), event.globalPos())

    def _tip(self) -> str:
        if not self.keys.over:
            return self._named(self.tr("Put the playhead over the clip to set keyframes of {value}"))
        if self.keys.here:
            return self._named(self.tr("Remove this keyframe of {value}; right click: linear, ease, hold"))
        if self.keys.animated:
            return self._named(self.tr("Set a keyframe of {value}; right click: linear, ease, hold"))
        return self._named(self.tr("Set a keyframe of {value}"))

    def _named(self, sentence: str) -> str:
        return sentence.format(value=self._label.lower())

"""The picture of one viewer alone on a black screen; keys of transport work as ever, F11 or Esc comes back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from studio_app.session.session import Monitor, Session
from ui.viewer_panel import Picture
from ui.viewer_surface import ViewerSurface

if TYPE_CHECKING:
    from studio_app.session.transport import Transport

_POINTER_MS: Final = 1500
"""A pointer that rests so long is hidden."""


class FullScreenViewer(QWidget):
    """A window on the screen of its parent. It listens until it is closed, and is deleted then."""

    closed = Signal()

    def __init__(self, parent: QWidget, session: Session) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._session = session
        self.monitor: Monitor = session.monitor
        self._number = 0
        self.setWindowTitle(self.tr("Starcut viewer"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.surface = ViewerSurface()
        self.surface.setMouseTracking(True)
        self.surface.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.surface)
        source = self.monitor == "source"
        self._transport: Transport = session.source.transport if source else session.transport
        frames = session.source.frame_shown if source else session.frame_shown
        self._subscriptions = [
            frames.connect(self._show),
            self._transport.sequence_changed.connect(self._fit),
            session.settings_changed.connect(self._look),
        ]
        self.surface.size_wanted.connect(lambda width, height: self._transport.player.set_size((width, height)))
        self.surface.painted.connect(lambda took: self._transport.player.painted(self._number, took))
        self._pointer = QTimer(self)
        self._pointer.setSingleShot(True)
        self._pointer.setInterval(_POINTER_MS)
        self._pointer.timeout.connect(lambda: self.setCursor(Qt.CursorShape.BlankCursor))
        self._fit()
        self._look()

    def open(self) -> None:
        """Fill the screen of the parent."""
        parent = self.parentWidget()
        screen = parent.screen() if parent is not None else self.screen()
        self.setScreen(screen)
        self.setGeometry(screen.geometry())
        self.showFullScreen()
        self.activateWindow()
        self.setFocus(Qt.FocusReason.ActiveWindowFocusReason)
        self._pointer.start()
        app = QApplication.instance()
        if app is not None:
            app.installEventFilter(self)  # before the table of keys, which may know another use of Esc

    def _show(self, frame: Picture) -> None:
        self._number = frame.number
        self.surface.show_picture(frame.bgra, frame.notes)

    def _fit(self) -> None:
        sequence = self._transport.sequence
        self.surface.set_frame(sequence.width, sequence.height)

    def _look(self) -> None:
        self.surface.show_safe_areas(self._session.settings.values.safe_areas and self.monitor == "program")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Esc closes."""
        if event.type() is not QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.key() != Qt.Key.Key_Escape or not isinstance(watched, QWidget) or watched.window() is not self:
            return False
        self.close()
        return True

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """The way back for a hand on the mouse."""
        self.close()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The pointer shows itself for a while."""
        self.unsetCursor()
        self._pointer.start()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Listen no longer; the viewer in the window says anew which size it can use."""
        app = QApplication.instance()
        if app is not None:
            app.removeEventFilter(self)
        for subscription in self._subscriptions:
            subscription.close()
        self._subscriptions.clear()
        event.accept()
        self.closed.emit()

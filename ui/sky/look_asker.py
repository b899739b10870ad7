"""Asking by a look: a picture (a file, the frame under the playhead, whatever is dropped here), or up to five colours."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QMimeData, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QContextMenuEvent, QDragEnterEvent, QDropEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QColorDialog, QHBoxLayout, QVBoxLayout, QWidget

from studio_app.session.session import Session
from studio_app.session.sky_looking import ask_by_file
from ui.drag_mime import MEDIA_MIME, incoming_in
from ui.qt import tokens
from ui.widgets import label, row, tool_button

MOST: Final = 5
"""Colours of a palette: as many as a clip's own."""
FIRST: Final = "#3a6ea5"


class ColourDot(QAbstractButton):
    """One colour of the palette, or the place for one. A press chooses it, Delete or the right button takes it away."""

    chosen = Signal(str)
    """#rrggbb; empty: none any more."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self._number = number
        self.colour = ""
        self.setFixedSize(24, 22)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(self._choose)
        self.show_colour("")

    def show_colour(self, colour: str) -> None:
        """Another colour, or none."""
        self.colour = colour
        said = self.tr("Colour {number}: {colour}. Right click takes it away.") if colour else self.tr("Add a colour")
        self.setToolTip(said.format(number=self._number, colour=colour))
        self.setAccessibleName(self.toolTip())
        self.update()

    def _choose(self) -> None:
        dialog = QColorDialog(QColor(self.colour or FIRST), self.window())
        dialog.setOption(QColorDialog.ColorDialogOption.DontUseNativeDialog)
        dialog.setWindowTitle(self.tr("Search by colour"))
        dialog.colorSelected.connect(lambda colour: self.chosen.emit(colour.name()))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Away with it."""
        if self.colour:
            self.chosen.emit("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete takes it away; Space and Return choose."""
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self.colour:
            self.chosen.emit("")
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A filled square, or a dashed one with a plus."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        lit = self.hasFocus() or self.underMouse()
        pen = QPen(tokens.color("accent.default" if self.hasFocus() else "text.muted" if lit else "border.strong"), 1)
        place = QRectF(self.rect()).adjusted(1.5, 0.5, -1.5, -0.5)
        if self.colour:
            painter.setBrush(QColor(self.colour))
        else:
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.drawRoundedRect(place, 4, 4)
        if not self.colour:
            painter.setPen(QPen(tokens.color("text.secondary" if lit else "text.muted"), 1))
            middle = place.center()
            painter.drawLine(middle - QPointF(3, 0), middle + QPointF(3, 0))
            painter.drawLine(middle - QPointF(0, 3), middle + QPointF(0, 3))
        painter.end()


class LookAsker(QWidget):
    """Two rows: by picture, by colours. Takes pictures, films and clips of the pool that are dropped on it."""

    def __init__(self, session: Session, run: Callable[[str], object]) -> None:
        super().__init__()
        self._session, self._model = session, session.constellation
        self._is_over = False
        self.file = tool_button("image", self.tr("Choose a picture to search by; or drop one here"))
        self.frame = tool_button("camera", self.tr("Search by the frame under the playhead"))
        self.file.clicked.connect(lambda: run("sky.by_picture"))
        self.frame.clicked.connect(lambda: run("sky.by_frame"))
        self.dots = [ColourDot(number + 1) for number in range(MOST)]
        for at, dot in enumerate(self.dots):
            dot.chosen.connect(lambda colour, at=at: self._colour(at, colour))
        palette = QHBoxLayout()
        palette.setSpacing(2)
        for dot in self.dots:
            palette.addWidget(dot)
        colours = QWidget()
        palette.setContentsMargins(0, 0, 0, 0)
        colours.setLayout(palette)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(5)
        column.addWidget(row(label(self.tr("By picture"), "secondary"), 1, self.file, self.frame, spacing=4))
        column.addWidget(row(label(self.tr("By colours"), "secondary"), 1, colours, spacing=4))
        self.setAcceptDrops(True)

    def follow(self) -> None:
        """Show the colours that are asked by, and whether there is anything to ask."""
        like = self._model.query.like
        palette = like.palette if like is not None else ()
        for at, dot in enumerate(self.dots):
            dot.show_colour(palette[at][0] if at < len(palette) else "")
            dot.setVisible(at <= len(palette))
        self.setEnabled(len(self._model.stars) > 0)

    def _colour(self, at: int, colour: str) -> None:
        """Another colour; each counts as much as the others."""
        now = [dot.colour for dot in self.dots]
        now[at] = colour
        self._model.look_like(palette=[(one, 1.0) for one in now if one])

    # --- what is dropped ----------------------------------------------------------------------------------------------

    def takes(self, mime: QMimeData) -> bool:
        """Whether there is something to look like in it."""
        return self.isEnabled() and (mime.hasFormat(MEDIA_MIME) or bool(_files(mime)))

    def ask_by(self, mime: QMimeData) -> None:
        """By the first file, or the first clip of the pool."""
        paths: Sequence[str] = _files(mime)
        if mime.hasFormat(MEDIA_MIME):
            paths = [one.media.path for one in incoming_in(mime, self._session)]
        if paths:
            ask_by_file(self._session, Path(paths[0]))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Say that it may be let go here."""
        if self.takes(event.mimeData()):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self._hold(True)

    def dragLeaveEvent(self, event: object) -> None:
        """It went elsewhere."""
        self._hold(False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Search by it."""
        self._hold(False)
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.ask_by(event.mimeData())

    def _hold(self, over: bool) -> None:
        self._is_over = over
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A frame while something is held over it."""
        if self._is_over:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(tokens.color("accent.default"))
            painter.setBrush(tokens.color("accent.default", 0.08))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
            painter.end()


def _files(mime: QMimeData) -> list[str]:
    return [one.toLocalFile() for one in mime.urls() if one.isLocalFile()]

"""`Continue`: recent projects as pictures, and a place to drop footage."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from studio_app.services.settings import RecentProject
from studio_app.session.session import Session
from timeline.media import Media, MediaKind
from timeline.time import ZERO, RationalTime
from ui import words
from ui.qt import icons, image, tokens
from ui.widgets import label, search_mark

_GAP, _BESIDE = 24, 20
_MOST_IN_ROW, _NARROWEST = 4, 150


class RecentGrid(QWidget):
    """`Continue`: recent projects as pictures, and a place to drop footage."""

    open_asked = Signal(object)
    footage_asked = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._projects: list[RecentProject] = []
        self._columns = _MOST_IN_ROW
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        top = QHBoxLayout()
        self._heading = label(self.tr("Continue"), size="display", weight="semibold")
        top.addWidget(self._heading)
        top.addStretch(1)
        self._search = QLineEdit()
        self._search.setPlaceholderText(self.tr("Search projects"))
        self._search.setAccessibleName(self.tr("Search projects"))
        search_mark(self._search)
        self._search.setProperty("large", True)
        self._search.setFixedWidth(220)
        self._search.textChanged.connect(lambda _: self._fill())
        top.addWidget(self._search)
        column.addLayout(top)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(_BESIDE)
        self._grid.setVerticalSpacing(_GAP)
        column.addLayout(self._grid)
        session.thumbnails.arrived.connect(lambda _: self._repaint())

    def set_projects(self, projects: Sequence[RecentProject]) -> None:
        """Show these, newest first."""
        self._projects = list(projects)
        self._heading.setText(self.tr("Continue") if projects else self.tr("Start from footage"))
        self._search.setVisible(len(projects) > 3)
        self._fill()

    def set_columns(self, room: int) -> None:
        """As many pictures in a row, at most four, as stand in so many pixels."""
        columns = min(max((room + _BESIDE) // (_NARROWEST + _BESIDE), 1), _MOST_IN_ROW)
        if columns != self._columns:
            self._columns = columns
            self._fill()

    def _fill(self) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        wanted = self._search.text().strip().lower()
        cells: list[QWidget] = []
        for project in self._projects[:7]:
            if wanted in project.name.lower():
                card = _RecentCard(project, self._session)
                card.clicked.connect(lambda _=False, path=project.path: self.open_asked.emit(Path(path)))
                cells.append(card)
        drop = _DropCard()
        drop.clicked.connect(self.footage_asked)
        cells.append(drop)
        for index, cell in enumerate(cells):
            self._grid.addWidget(cell, index // self._columns, index % self._columns)
        for index in range(_MOST_IN_ROW):
            self._grid.setColumnStretch(index, 1 if index < self._columns else 0)

    def _repaint(self) -> None:
        for index in range(self._grid.count()):
            if (item := self._grid.itemAt(index)) is not None and (widget := item.widget()) is not None:
                widget.update()


class _Card(QPushButton):
    """A picture with two lines below."""

    def __init__(self, title: str, fact: str) -> None:
        super().__init__()
        self.title, self.fact = title, fact
        self.setAccessibleName(f"{title}, {fact}")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._hover = False
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        policy.setHorizontalPolicy(QSizePolicy.Policy.Preferred)  # a button's own policy never shrinks
        self.setSizePolicy(policy)
        self.setMinimumHeight(150)

    def sizeHint(self) -> QSize:
        """As in the pictures at 1920."""
        return QSize(272, 200)

    def minimumSizeHint(self) -> QSize:
        """Small enough for four in a narrow window."""
        return QSize(_NARROWEST, 130)

    def hasHeightForWidth(self) -> bool:
        """The picture keeps 16:9."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Picture and two lines."""
        return round(width * 9 / 16) + 44

    def picture_rect(self) -> QRectF:
        """Where the picture is."""
        return QRectF(0.5, 0.5, self.width() - 1, round(self.width() * 9 / 16) - 1)

    def enterEvent(self, event: QEnterEvent) -> None:
        """A quiet frame under the pointer."""
        self._hover = True
        self.update()

    def leaveEvent(self, event: object) -> None:
        """And none after it."""
        self._hover = False
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Picture, name, fact."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.paint_picture(painter, self.picture_rect())
        if self._hover or self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(tokens.color("accent.default" if self.hasFocus() else "border.strong"), 1))
            painter.drawRoundedRect(self.picture_rect(), 4, 4)
        y = round(self.picture_rect().bottom()) + 6
        left = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        painter.setFont(tokens.font("ui", "medium"))
        painter.setPen(tokens.color("text.primary"))
        elide = Qt.TextElideMode.ElideRight
        painter.drawText(
            0, y, self.width(), 18, left, painter.fontMetrics().elidedText(self.title, elide, self.width())
        )
        painter.setFont(tokens.font("ui"))
        painter.setPen(tokens.color("text.muted"))
        painter.drawText(
            0, y + 18, self.width(), 17, left, painter.fontMetrics().elidedText(self.fact, elide, self.width())
        )
        painter.end()

    def paint_picture(self, painter: QPainter, place: QRectF) -> None:
        """The upper part."""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press shows at once."""
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, as a click does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)


class _RecentCard(_Card):
    def __init__(self, project: RecentProject, session: Session) -> None:
        self._gone = not Path(project.path).exists()
        facts = (
            [words.spoken(project.seconds)] if project.seconds else [QCoreApplication.translate("_RecentCard", "Empty")]
        )
        super().__init__(project.name, ", ".join([*facts, _when(project.opened)] if project.opened else facts))
        self._session = session
        width, height = project.picture_size
        self._media = (
            Media(project.picture, MediaKind.VIDEO, width=width, height=height, has_video=True, id=project.path)
            if project.picture
            else None
        )
        self._at = RationalTime(min(2, round(project.seconds / 3))) if project.seconds > 3 else ZERO

    def paint_picture(self, painter: QPainter, place: QRectF) -> None:
        """A frame of the project; a plain ground with the mark while there is none."""
        found = None
        if self._media is not None and Path(self._media.path).is_file():
            found = image.pixmap_of(self._session.thumbnails.get(self._media, self._at, 320))
        if found is not None:
            image.draw_cover(painter, place, found, 4)
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tokens.color("surface.inset"))
            painter.drawRoundedRect(place, 4, 4)
            middle = QRectF(place.center().x() - 16, place.center().y() - 16, 32, 32)
            icons.paint(painter, middle, "mark", tokens.color("border.default"))
        if self._gone:
            chip = QRectF(place.left() + 8, place.bottom() - 30, 92, 22)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tokens.color("surface.window", 0.85))
            painter.drawRoundedRect(chip, 3, 3)
            icons.paint(
                painter, QRectF(chip.left() + 6, chip.top() + 5, 12, 12), "unlink", tokens.color("state.failed")
            )
            painter.setFont(tokens.font("caption"))
            painter.setPen(tokens.color("text.primary"))
            painter.drawText(chip.adjusted(22, 0, 0, 0), int(Qt.AlignmentFlag.AlignVCenter), self.tr("File moved"))


class _DropCard(_Card):
    def __init__(self) -> None:
        super().__init__(
            QCoreApplication.translate("_DropCard", "New from footage"),
            QCoreApplication.translate("_DropCard", "Size and rate follow the first clip"),
        )

    def paint_picture(self, painter: QPainter, place: QRectF) -> None:
        """A dashed frame."""
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(tokens.color("border.strong"), 1, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(place, 4, 4)
        painter.setFont(tokens.font("body"))
        text = self.tr("Drop footage here")
        width = painter.fontMetrics().horizontalAdvance(text) + 24
        x, y = place.center().x() - width / 2, place.center().y()
        icons.paint(painter, QRectF(x, y - 8, 16, 16), "download", tokens.color("text.secondary"))
        painter.setPen(tokens.color("text.secondary"))
        painter.drawText(QRectF(x + 24, y - 12, width, 24), int(Qt.AlignmentFlag.AlignVCenter), text)


def _when(iso: str) -> str:
    try:
        then = datetime.datetime.fromisoformat(iso)
    except ValueError:
        return ""
    now = datetime.datetime.now(then.tzinfo)
    minutes = max(0, round((now - then).total_seconds() / 60))
    if minutes < 2:
        return QCoreApplication.translate("RecentGrid", "edited just now")
    if minutes < 60:
        return QCoreApplication.translate("RecentGrid", "edited {minutes} min ago").format(minutes=minutes)
    if then.date() == now.date():
        return QCoreApplication.translate("RecentGrid", "edited {minutes} h ago").format(minutes=minutes // 60)
    days = (now.date() - then.date()).days
    if days == 1:
        return QCoreApplication.translate("RecentGrid", "yesterday")
    return then.strftime("%A") if days < 7 else f"{then.day} {then:%B}"

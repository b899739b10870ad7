"""Shown instead of the docks while no project is open."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from studio_app import __version__
from studio_app.actions.registry import Actions
from studio_app.services.autosave import Recovered
from studio_app.services.settings import RecentProject
from studio_app.session.session import Session
from timeline.media import Media, MediaKind
from timeline.time import ZERO, RationalTime
from ui import words
from ui.qt import icons, image, tokens
from ui.sentence_box import SentenceBox
from ui.widgets import ElidedLabel, KeyCap, ground, icon_label, label, push_button

_SIDE = 336
_COLUMN = 1152
_GAP = 24
_VERBS = ("file.new", "file.open", "file.open_example")


class StartPage(QWidget):
    """Left: mark and verbs. Right: what to recover, a sentence to start from, recent projects, a drop place."""

    def __init__(self, session: Session, actions: Actions) -> None:
        super().__init__()
        self._session, self._actions = session, actions
        ground(self, "surface.panel")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._side())
        gap = QWidget()
        gap.setFixedWidth(tokens.size("splitter"))
        ground(gap, "surface.window")
        layout.addWidget(gap)
        self.sentence = SentenceBox(session)
        self.recovery = _RecoveryNote(session)
        self.recent = RecentGrid(session)
        layout.addWidget(self._page(), 1)

    def refresh(self) -> None:
        """Read recent projects and recovery copies anew."""
        self.recovery.show_first(self._session.files.recoverable())
        self.recent.set_projects(self._session.settings.values.recent)

    def _side(self) -> QWidget:
        side = QWidget()
        side.setFixedWidth(_SIDE)
        column = QVBoxLayout(side)
        column.setContentsMargins(22, 48, 22, 16)
        column.setSpacing(0)
        mark = QLabel()
        mark.setPixmap(icons.pixmap("mark", "accent.default", 44))
        mark.setContentsMargins(10, 0, 0, 0)
        column.addWidget(mark)
        column.addSpacing(18)
        name = label("Starcut", size="display", weight="semibold")
        version = label(f"Version {__version__}", "muted")
        for one in (name, version):
            one.setContentsMargins(10, 0, 0, 0)
            column.addWidget(one)
            column.addSpacing(3)
        column.addSpacing(32)
        for action_id in _VERBS:
            if action_id in self._actions:
                action = self._actions[action_id]
                verb = _Verb(action.icon, action.title, action.keys[0] if action.keys else "")
                verb.clicked.connect(lambda _=False, action_id=action_id: self._actions.run(action_id))
                column.addWidget(verb)
        column.addStretch(1)
        return side

    def _page(self) -> QWidget:
        page = QWidget()
        outer = QHBoxLayout(page)
        outer.setContentsMargins(24, 56, 24, 32)
        outer.addStretch(1)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(self.recovery)
        column.addWidget(self.recovery.air)
        column.addWidget(label("Start from a sentence", size="display", weight="semibold"))
        column.addSpacing(12)
        column.addWidget(self.sentence)
        column.addSpacing(40)
        column.addWidget(self.recent)
        column.addStretch(1)
        holder = QWidget()
        holder.setLayout(column)
        holder.setMaximumWidth(_COLUMN)
        outer.addWidget(holder, 1000)
        outer.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(page)
        return scroll


class _Verb(QPushButton):
    """A row with icon, words and key."""

    def __init__(self, icon: str, text: str, keys: str) -> None:
        super().__init__()
        self.setProperty("flat", True)
        self.setProperty("verb", True)
        self.setAccessibleName(text)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 0, 10, 0)
        row.setSpacing(10)
        parts: list[QWidget] = [icon_label(icon or "clapperboard", "text.secondary"), label(text, size="body")]
        for part in parts:
            row.addWidget(part)
        row.addStretch(1)
        if keys:
            parts.append(KeyCap(words.key_text(keys)))
            row.addWidget(parts[-1])
        for part in parts:
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)


class _RecoveryNote(QFrame):
    """`Starcut closed unexpectedly at 14:02`, with the two ways on."""

    recover_asked = Signal(object)
    discard_asked = Signal(object)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._one: Recovered | None = None
        self.setObjectName("recovery")
        shades = (tokens.hex_of("surface.raised"), tokens.hex_of("border.default"), tokens.radius("control"))
        self.setStyleSheet(
            "QFrame#recovery {{ background: {}; border: 1px solid {}; border-radius: {}px; }}".format(*shades)
        )
        self.setFixedHeight(48)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 0, 8, 0)
        row.setSpacing(10)
        row.addWidget(icon_label("history", "text.secondary"))
        self._words = ElidedLabel(size="body")
        row.addWidget(self._words, 1)
        last, recover = push_button("Open last save", flat=True), push_button("Recover the edits")
        last.clicked.connect(lambda: self.discard_asked.emit(self._one))
        recover.clicked.connect(lambda: self.recover_asked.emit(self._one))
        self._last = last
        self.air = QWidget()
        self.air.setFixedHeight(tokens.space(7))
        row.addWidget(last)
        row.addWidget(recover)

    def show_first(self, found: Sequence[Recovered]) -> None:
        """Tell about the newest, or hide."""
        self._one = found[0] if found else None
        self.setVisible(bool(found))
        self.air.setVisible(bool(found))
        if self._one is not None:
            when = self._one.written.astimezone().strftime(
                "%H:%M on %-d %B" if _long_ago(self._one.written) else "%H:%M"
            )
            self._words.setText(f"Starcut closed unexpectedly at {when}. Edits in {self._one.name} were not saved.")
            self._last.setText("Open last save" if self._one.original else "Discard")


def _long_ago(when: datetime.datetime) -> bool:
    return when.astimezone().date() != datetime.datetime.now().astimezone().date()


class RecentGrid(QWidget):
    """`Continue`: recent projects as pictures, and a place to drop footage."""

    open_asked = Signal(object)
    footage_asked = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._projects: list[RecentProject] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        top = QHBoxLayout()
        self._heading = label("Continue", size="display", weight="semibold")
        top.addWidget(self._heading)
        top.addStretch(1)
        self._search = QLineEdit()
        self._search.setPlaceholderText("Search projects")
        self._search.addAction(icons.icon("search", "text.muted"), QLineEdit.ActionPosition.LeadingPosition)
        self._search.setProperty("large", True)
        self._search.setFixedWidth(220)
        self._search.setStyleSheet("QLineEdit { padding-left: 2px; }")
        self._search.textChanged.connect(lambda _: self._fill())
        top.addWidget(self._search)
        column.addLayout(top)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(20)
        self._grid.setVerticalSpacing(_GAP)
        column.addLayout(self._grid)
        session.thumbnails.arrived.connect(lambda _: self._repaint())

    def set_projects(self, projects: Sequence[RecentProject]) -> None:
        """Show these, newest first."""
        self._projects = list(projects)
        self._heading.setText("Continue" if projects else "Start from footage")
        self._search.setVisible(len(projects) > 3)
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
            self._grid.addWidget(cell, index // 4, index % 4)
        for index in range(4):
            self._grid.setColumnStretch(index, 1)

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
        self.setSizePolicy(policy)
        self.setMinimumHeight(150)

    def sizeHint(self) -> QSize:
        """As in the pictures at 1920."""
        return QSize(272, 200)

    def minimumSizeHint(self) -> QSize:
        """Small enough for four in a narrow window."""
        return QSize(150, 130)

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
        facts = [words.spoken(project.seconds)] if project.seconds else ["Empty"]
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
            painter.drawText(chip.adjusted(22, 0, 0, 0), int(Qt.AlignmentFlag.AlignVCenter), "File moved")


class _DropCard(_Card):
    def __init__(self) -> None:
        super().__init__("New from footage", "Choose files, or drop them anywhere here")

    def paint_picture(self, painter: QPainter, place: QRectF) -> None:
        """A dashed frame."""
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(tokens.color("border.strong"), 1, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(place, 4, 4)
        painter.setFont(tokens.font("body"))
        text = "Drop footage here"
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
        return "edited just now"
    if minutes < 60:
        return f"edited {minutes} min ago"
    if then.date() == now.date():
        return f"edited {minutes // 60} h ago"
    days = (now.date() - then.date()).days
    if days == 1:
        return "yesterday"
    return then.strftime("%A") if days < 7 else f"{then.day} {then:%B}"

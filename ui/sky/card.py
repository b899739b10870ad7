"""The card of a star one rests on: it plays, says what the clip is, and offers what is done most."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from studio_app.catalogue.row import Row
from studio_app.session.session import Session
from studio_app.session.sky_media import media_of, shown_name
from ui import words
from ui.flow import FlowLayout
from ui.qt import icons, tokens
from ui.qt.draw import overlay_ground
from ui.qt.own_keys import OWN_KEYS
from ui.sky.card_words import cluster_chips, engine_words, origin_words
from ui.sky.playing import PlayingPicture
from ui.sky.view import SkyView
from ui.widgets import ElidedLabel, label, push_button, tool_button

WIDTH: Final = 312
LEAVING_MS: Final = 220
"""So long a pointer may take from the star to the card."""
GAP: Final = 14
MOST_CHIPS: Final = 8
"""Clusters and tags together; clusters are all shown."""


class Stars(QWidget):
    """A rating; a press gives another one."""

    rated = Signal(int)

    def __init__(self, *, empty: bool = False) -> None:
        super().__init__()
        self.stars, self._empty = 0, empty
        self.setFixedSize(5 * 15, 16)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setProperty(OWN_KEYS, "0 1 2 3 4 5 Left Right Shift+Left Shift+Right")
        self.set_stars(0)

    def set_stars(self, stars: int) -> None:
        """Show another rating."""
        self.stars = stars
        self.setAccessibleName(self.tr("{stars} of 5 stars").format(stars=stars))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Filled ones in the accent; empty ones as outlines, where there is room to give some."""
        painter = QPainter(self)
        for place in range(5):
            rect = QRectF(place * 15 + 1, 2, 12, 12)
            is_full = place < self.stars
            if is_full or self._empty or self.underMouse():
                colour = "accent.default" if is_full else "text.muted"
                icons.paint(painter, rect, "star", tokens.color(colour), filled=is_full)
        if self.hasFocus():
            painter.setPen(tokens.color("accent.default"))
            painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
        painter.end()

    def enterEvent(self, event: QEvent) -> None:
        """Show where stars can be given."""
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Only those that are given."""
        self.update()

    def mousePressEvent(self, event: object) -> None:
        """So many stars; the same once more takes them away."""
        stars = int(event.position().x() // 15) + 1  # type: ignore[attr-defined]
        self._give(0 if stars == self.stars else min(5, max(1, stars)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right, or a figure."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        figure = _figure(event)
        if figure is not None:
            self._give(figure)
        elif step is not None:
            self._give(min(5, max(0, self.stars + step)))
        else:
            super().keyPressEvent(event)

    def _give(self, stars: int) -> None:
        self.set_stars(stars)
        self.rated.emit(stars)


def _figure(event: QKeyEvent) -> int | None:
    """0 to 5, where such a key is pressed alone or on the number pad."""
    held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    figure = event.key() - Qt.Key.Key_0.value
    return figure if held == Qt.KeyboardModifier.NoModifier and 0 <= figure <= 5 else None


class HoverCard(QWidget):
    """A child of the sky, never over the star it is about."""

    added = Signal(int)
    alike = Signal(int)
    kin = Signal(int)
    rated = Signal(int, int)

    def __init__(self, session: Session, view: SkyView, beware: Sequence[QWidget] = ()) -> None:
        """`beware`: what else lies over the sky, and is not covered where there is room."""
        super().__init__(view)
        self._session, self._view, self._beware = session, view, beware
        self.row: int | None = None
        self.is_kept = False
        """Shown by a key: it stays, and follows what is chosen, until the key is pressed again, or Esc."""
        self._leaving = QTimer(self, singleShot=True, interval=LEAVING_MS)
        self._leaving.timeout.connect(self._leave)
        self.setFixedWidth(WIDTH)
        self.picture = PlayingPicture(session, WIDTH - 2, 175)
        self.name = ElidedLabel("", "primary", "body", "medium")
        self.stars = Stars()
        self.origin = ElidedLabel("", "muted")
        self._chips = QWidget()
        self._flow = FlowLayout(gap=4)
        self._chips.setLayout(self._flow)
        self.match, self.score = label("", "secondary"), label("", tabular=True)
        self.made, self.cost = ElidedLabel("", "secondary"), label("", tabular=True)
        self.add = push_button(self.tr("Add to timeline"), "corner-down-right", primary=True)
        self.similar = push_button(self.tr("Similar"), "target")
        self.lineage = tool_button("git-branch", self.tr("Lineage"), size=26)
        self._lay_out()
        self._wire()
        self.hide()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 12)
        column.setSpacing(0)
        column.addWidget(self.picture)
        body = QVBoxLayout()
        body.setContentsMargins(11, 9, 11, 0)
        body.setSpacing(4)
        column.addLayout(body)
        head = QHBoxLayout()
        head.addWidget(self.name, 1)
        head.addWidget(self.stars)
        body.addLayout(head)
        body.addWidget(self.origin)
        body.addSpacing(2)
        body.addWidget(self._chips)
        body.addSpacing(2)
        self._match_row, made = QWidget(), QWidget()
        for holder, left, right in ((self._match_row, self.match, self.score), (made, self.made, self.cost)):
            line = QHBoxLayout(holder)
            line.setContentsMargins(0, 0, 0, 0)
            line.addWidget(left, 1)
            line.addWidget(right)
            body.addWidget(holder)
        body.addSpacing(6)
        verbs = QHBoxLayout()
        verbs.setSpacing(6)
        self.add.setMinimumWidth(150)
        verbs.addWidget(self.add, 1)
        verbs.addWidget(self.similar)
        verbs.addWidget(self.lineage)
        body.addLayout(verbs)

    def _wire(self) -> None:
        self.add.clicked.connect(lambda: self._ask(self.added))
        self.similar.clicked.connect(lambda: self._ask(self.alike))
        self.lineage.clicked.connect(lambda: self._ask(self.kin))
        self.stars.rated.connect(lambda stars: self.rated.emit(self.row, stars) if self.row is not None else None)
        self._view.hovered.connect(self._hovered)
        self._view.scaled.connect(self._scaled)

    def _ask(self, signal: object) -> None:
        if self.row is not None:
            signal.emit(self.row)  # type: ignore[attr-defined]

    # --- coming and going ---------------------------------------------------------------------------------------------

    def _hovered(self, row: object) -> None:
        if self.is_kept:
            return
        if row is None:
            if self.isVisible():
                self._leaving.start()
        elif isinstance(row, int):
            self.show_star(row)

    def _leave(self) -> None:
        if not self.underMouse() and not self.is_kept:
            self.put_away()

    def enterEvent(self, event: QEvent) -> None:
        """The pointer came over: stay."""
        self._leaving.stop()

    def leaveEvent(self, event: QEvent) -> None:
        """It went."""
        self._leaving.start()

    def put_away(self) -> None:
        """Show nothing, play nothing."""
        self._leaving.stop()
        self.row = None
        self.is_kept = False
        self.picture.show_media(None)
        focus = QApplication.focusWidget()
        if focus is not None and self.isAncestorOf(focus):
            self._view.setFocus(Qt.FocusReason.OtherFocusReason)
        self.hide()

    def keep(self, row: int | None) -> None:
        """Show the card of a star as long as it is wanted; of none, or of the same once more, no card."""
        if row is None or (self.is_kept and row == self.row):
            self.put_away()
            return
        self.show_star(row)
        self.is_kept = self.isVisible()

    def renew(self) -> None:
        """What is known of the clip may be more now: another rating, another cluster."""
        if self.row is not None and (data := self._view.model.row_data(self.row)) is not None:
            self._fill(self.row, data)

    def _scaled(self) -> None:
        """The map moved: a card that was called goes with its star."""
        if self.is_kept and self.row is not None:
            self._move_beside(self.row)
        else:
            self.put_away()

    def show_star(self, row: int) -> None:
        """The card of a star, beside it."""
        data = self._view.model.row_data(row)
        if data is None:
            return
        self._leaving.stop()
        self.row = row
        self._fill(row, data)
        layout = self.layout()
        if layout is not None:
            layout.activate()
            high = layout.totalHeightForWidth(WIDTH) if layout.hasHeightForWidth() else layout.sizeHint().height()
            self.resize(WIDTH, high)
        self._move_beside(row)
        self.show()
        self.raise_()
        self.picture.show_media(media_of(self._session, data), data.engine)

    def _move_beside(self, row: int) -> None:
        star = self._view.place_of(row).toAlignedRect()
        place = QRect(place_beside(star, self.width(), self.height(), self._view.rect()), self.size())
        self.move(raised(place, star, [one.geometry() for one in self._beware if one.isVisible()]))

    def _fill(self, row: int, data: Row) -> None:
        session = self._session
        self.name.setText(shown_name(session, data))
        self.stars.set_stars(data.rating)
        self.origin.setText(origin_words(session, self._view, row, data))
        while (old := self._flow.takeAt(0)) is not None:
            if (widget := old.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        chips = list(cluster_chips(session, data))
        for text, why in [*chips, *((tag, "") for tag in data.tags)][: max(MOST_CHIPS, len(chips))]:
            self._flow.addWidget(_tag(text, why))
        self._chips.setFixedHeight(max(1, self._flow.heightForWidth(WIDTH - 24)))
        self._chips.setVisible(bool(chips or data.tags))
        score = self._view.model.answer.scores
        is_hit = row < len(score) and bool(score[row] == score[row])
        self._match_row.setVisible(is_hit)
        if is_hit:
            self.match.setText(self.tr("Matches the search"))
            self.score.setText(f"{float(score[row]):.2f}")
        self.made.setText(engine_words(data))
        self.cost.setText(
            self.tr("free")
            if data.engine and not data.cost
            else words.money(Decimal(str(data.cost)))
            if data.cost
            else ""
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        """An overlay with one hairline."""
        overlay_ground(self, "dialog")

    def release(self) -> None:
        """Stop listening."""
        self.picture.release()


def _tag(text: str, why: str = "") -> QLabel:
    """A word on its own ground; a tooltip says why it stands there."""
    shown = label(text, "secondary", "caption")
    shown.setTextFormat(Qt.TextFormat.PlainText)
    shown.setToolTip(why)
    shown.setAccessibleDescription(why)
    ground = tokens.hex_of("surface.hover")
    shown.setStyleSheet(f"QLabel {{ background: {ground}; border-radius: 3px; padding: 2px 6px; }}")
    return shown


def place_beside(star: QRect, width: int, height: int, room: QRect) -> QPoint:
    """Where a card of this size stands: right of the star, else left of it, else below or above; wholly in the room."""
    right = star.right() + GAP
    left = star.left() - GAP - width
    y = min(max(star.center().y() - height // 2, room.top() + 8), max(room.top() + 8, room.bottom() - height - 8))
    if right + width <= room.right() - 8:
        return QPoint(right, y)
    if left >= room.left() + 8:
        return QPoint(left, y)
    x = min(max(star.center().x() - width // 2, room.left() + 8), max(room.left() + 8, room.right() - width - 8))
    below = star.bottom() + GAP
    return QPoint(x, below if below + height <= room.bottom() - 8 else star.top() - GAP - height)


def raised(card: QRect, star: QRect, beware: Sequence[QRect]) -> QPoint:
    """Where a card stands that covers none of these at the foot either: higher, unless it would cover its star or leave the room."""
    lowest = min((one.top() for one in beware if one.intersects(card)), default=card.bottom() + 9)
    higher = card.translated(0, lowest - 9 - card.bottom())
    return card.topLeft() if higher.top() < 8 or higher.intersects(star) else higher.topLeft()

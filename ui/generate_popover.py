"""Generate here: words, engine with its price and reason, frames of the neighbours as first and last picture; at the place itself."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import partial

from PySide6.QtCore import QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QPaintEvent, QTextCursor
from PySide6.QtWidgets import QFrame, QGridLayout, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget
from shiboken6 import isValid

from studio_app.session.generation_plan import Plan
from studio_app.session.in_cut import AUTO, Spot, Wish, draft_shot, generate_here, shorter, with_pictures_there
from studio_app.session.joined_parts import TooLong
from studio_app.session.neighbour_frames import extract, frames_of, kept_path
from studio_app.session.over_long import too_long
from studio_app.session.session import Session
from timeline.errors import EditRefused, StudioError
from timeline.items import MediaSource
from timeline.timecode import format_timecode
from ui import words
from ui.engine_box import EngineBox
from ui.frame_toggle import FrameToggle
from ui.qt import tokens
from ui.qt.draw import overlay_ground
from ui.widgets import KeyCap, label, push_button, row

WIDTH = 380
_PLAN_MS = 250
"""A hand that types asks for no price."""


class GeneratePopover(QFrame):
    """A press beside it and Esc close it; Ctrl+Enter generates. What cannot be made is said, and the button stays off."""

    def __init__(self, parent: QWidget, session: Session, spot: Spot) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self._session, self.spot = session, spot
        self.plan: Plan | None = None
        self._is_above = self._is_joined = False
        self._timer = QTimer(self, interval=_PLAN_MS, singleShot=True)
        self._timer.timeout.connect(self.show_plan)
        shot = session.document.project.shot(spot.shot_id) if spot.shot_id else None
        self.setAccessibleName(self._title())
        self.setFixedWidth(WIDTH)
        self.text = QPlainTextEdit(shot.description if shot is not None else words_of_clip(session, spot))
        self.text.setFont(tokens.font("body"))
        self.text.setPlaceholderText(self.tr("What is to be seen"))
        self.text.setAccessibleName(self.tr("What is to be seen"))
        self.text.setFixedHeight(76)
        self.text.setTabChangesFocus(True)
        self.engine = EngineBox(session)
        self.engine.show_value(shot.engine if shot is not None else _last_engine(session))
        self.engine.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        frames = frames_of(
            session, spot.range, spot.track_id, spot.clip_id if spot.kind == "retake" else "", spot.head, spot.tail
        )
        self.first = FrameToggle(self.tr("First frame"), frames.first)
        self.last = FrameToggle(self.tr("Last frame"), frames.last)
        for box, is_set in (
            (self.first, shot is not None and shot.image_reference),
            (self.last, shot is not None and shot.last_image),
        ):
            box.setChecked(box.edge is not None and (spot.kind == "retake" or bool(is_set)))
            box.toggled.connect(lambda _: self._timer.start())
        self.reason = label("", "muted")
        self.reason.setWordWrap(True)
        self.ways = QWidget()
        """What can be done where it is longer than its engine makes; filled when it is."""
        self._ways_grid = QGridLayout(self.ways)
        self._ways_grid.setContentsMargins(0, 0, 0, 0)
        self._ways_grid.setColumnStretch(2, 1)
        self.ways.hide()
        self.button = push_button(self.tr("Generate"), "sparkles", primary=True)
        self.button.clicked.connect(self.generate)
        self.text.textChanged.connect(self._timer.start)
        self.engine.chosen.connect(lambda _: self._choose())
        self._build()
        self._show_frames()
        self.show_plan()
        self.text.moveCursor(QTextCursor.MoveOperation.End)
        self.text.setFocus()

    def _title(self) -> str:
        if self.spot.kind == "retake":
            return self.tr("Make this part anew")
        return self.tr("Generate another take") if self._is_taken() else self.tr("Generate here")

    def _is_taken(self) -> bool:
        return bool(self.spot.shot_id and self._session.document.library.takes_of(self.spot.shot_id))

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(8)
        sequence = self._session.sequence
        length = format_timecode(self.spot.range.duration, sequence.rate, sequence.drop_frame)
        self.length = label(length, "muted", tabular=True)
        column.addWidget(row(label(self._title(), size="body", weight="semibold"), 1, self.length))
        column.addWidget(self.text)
        column.addWidget(row(label(self.tr("Engine"), "secondary"), self.engine, spacing=12))
        pictures = label(self.tr("Frames of the neighbours: press to send them along"), "secondary")
        if self.spot.kind == "retake":
            pictures.setText(self.tr("Frames at both joins: sent along, so that they match"))
        pictures.setWordWrap(True)
        column.addWidget(pictures)
        column.addWidget(row(self.first, self.last, 1, spacing=10))
        column.addWidget(self.reason)
        column.addWidget(self.ways)
        column.addWidget(row(KeyCap("Ctrl Enter"), 1, self.button))

    def _show_frames(self) -> None:
        edges = [box.edge for box in (self.first, self.last) if box.edge is not None]

        def there() -> None:
            if not isValid(self):  # it was closed meanwhile
                return
            for box in (self.first, self.last):
                if box.edge is not None:
                    box.show_picture(str(kept_path(self._session, box.edge)))
            self.show_plan()  # now a picture can be planned with

        if edges:
            extract(self._session, edges, there)

    def wish(self) -> Wish:
        """What is asked for now."""
        value = self.engine.currentData()
        return Wish(
            self.text.toPlainText().strip(),
            AUTO if value is None else str(value),
            self.first.isChecked(),
            self.last.isChecked(),
            joined=self._is_joined,
        )

    def _choose(self) -> None:
        self._is_joined = False
        self.show_plan()

    def show_plan(self) -> None:
        """Who would make it, for how much, why; or why nobody can."""
        self._timer.stop()
        wish, self.plan = self.wish(), None
        self.ways.hide()
        if not wish.words:
            self._say(self.tr("Say what is to be seen first."), self.tr("Generate"))
            return
        try:
            board, shot = draft_shot(self._session, self.spot, wish)
        except StudioError as error:
            self._say(error.message, self.tr("Generate"), fault=True)
            return
        try:
            self.plan = self._session.generation.plan_new(board, with_pictures_there(shot))
        except StudioError as error:
            found = too_long(self._session, board, with_pictures_there(shot))
            if found is None:
                self._say(error.message, self.tr("Generate"), fault=True)
                return
            self._offer_ways(found)
            text = self.tr("{engine} makes {longest} s at most; this lasts {seconds} s.").format(
                engine=found.engine, longest=f"{found.longest:g}", seconds=f"{found.seconds:g}"
            )
            self._say(text, self.tr("Generate"), fault=True)
            return
        notes = " ".join((self.plan.route.reason, *self.plan.notes))
        self._say(notes, self.tr("Generate, {price}").format(price=words.price(self.plan.cost)))
        self.reason.setToolTip(self._session.bills.passed_over(self.plan))

    def _offer_ways(self, found: TooLong) -> None:
        """One button for each way out, with its price."""
        while (item := self._ways_grid.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        ways: list[tuple[str, Decimal | None, Callable[[], object]]] = []
        if found.parts:
            ways.append((self.tr("{count} joined parts").format(count=found.parts), found.cost, self._join))
        ways.append(
            (
                self.tr("Trim to {longest} s").format(longest=f"{found.longest:g}"),
                found.trimmed,
                partial(self._trim, found.longest),
            )
        )
        if (other := found.other) is not None:
            ways.append((other.label, other.cost, partial(self._take_engine, other.id)))
        for number, (text, cost, do) in enumerate(ways):
            button = push_button(text if cost is None else f"{text}, {words.price(cost)}")
            button.clicked.connect(lambda *_, do=do: do())
            self._ways_grid.addWidget(button, number // 2, number % 2)
        self.ways.show()

    def _join(self) -> None:
        self._is_joined = True
        self.show_plan()

    def _trim(self, seconds: float) -> None:
        try:
            self.spot = shorter(self._session, self.spot, seconds)
        except EditRefused as error:
            self._say(error.message, self.tr("Generate"), fault=True)
            return
        sequence = self._session.sequence
        self.length.setText(format_timecode(self.spot.range.duration, sequence.rate, sequence.drop_frame))
        self.show_plan()

    def _take_engine(self, engine: str) -> None:
        self.engine.show_value(engine)
        self._choose()

    def _say(self, text: str, verb: str, *, fault: bool = False) -> None:
        self.reason.setText(text)
        self.reason.setProperty("tone", "failed" if fault else "muted")
        self.reason.style().polish(self.reason)
        self.button.setText(verb)
        self.button.setEnabled(self.plan is not None)
        self._fit()

    def _fit(self) -> None:
        """As high as its words need at this width; its foot stays where it is."""
        layout = self.layout()
        if layout is None:
            return
        layout.activate()
        height, foot = layout.totalHeightForWidth(WIDTH), self.geometry().bottom()
        if height != self.height():
            self.setFixedHeight(height)
            if self.isVisible():
                top = foot - height + 1 if self._is_above else self.y()
                self.move(self.x(), max(self._room().top(), min(top, self._room().bottom() - height)))

    def generate(self) -> None:
        """Stand it in the cut and send it."""
        if self.plan is None:
            self.show_plan()
        if self.plan is None:
            return
        try:
            generate_here(self._session, self.spot, self.wish())
        except EditRefused as error:
            self._say(error.message, self.tr("Generate"), fault=True)
            return
        self.close()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter generates, Esc closes."""
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.generate()
        elif event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def open_at(self, place: QRect) -> None:
        """Show it above a place of the screen (global), else below, inside the window."""
        self._fit()
        room = self._room()
        left = min(max(place.center().x() - self.width() // 2, room.left()), room.right() - self.width())
        top = place.top() - 8 - self.height()
        self._is_above = top >= room.top()
        if not self._is_above:
            top = min(place.bottom() + 8, room.bottom() - self.height())
        self.move(left, max(room.top(), top))
        self.show()
        self.text.setFocus()

    def _room(self) -> QRect:
        """Where it may stand (global): inside its window."""
        parent = self.parentWidget()
        window = parent.window() if parent is not None else self
        return QRect(window.mapToGlobal(QPoint(0, 0)), window.size()).adjusted(8, 8, -8, -8)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Overlay ground."""
        overlay_ground(self)


def open_generate(parent: QWidget, session: Session, spot: Spot, place: QRect) -> GeneratePopover:
    """The popover for a spot, at its place on the screen."""
    popover = GeneratePopover(parent, session, spot)
    popover.open_at(place)
    return popover


def words_of_clip(session: Session, spot: Spot) -> str:
    """What a clip that is made anew in part was made from: its shot's description, else the words of its take; else nothing."""
    clip = session.sequence.clip(spot.clip_id) if spot.kind == "retake" else None
    if clip is None:
        return ""
    shot = session.document.project.shot(clip.shot_id or "")
    if shot is not None and shot.description:
        return shot.description
    media_id = clip.source.media_id if isinstance(clip.source, MediaSource) else ""
    take = session.document.library.take_of_media(media_id)
    return str(take.lineage.request.get("prompt", "")) if take is not None else ""


def _last_engine(session: Session) -> str:
    """The engine of the shot made in the cut last, else auto."""
    for board in reversed(session.document.project.storyboards):
        if board.extra.get("in_cut") and board.shots:
            return board.shots[-1].engine
    return AUTO

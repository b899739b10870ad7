"""Draws a storyboard card and edits its description in place."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractItemModel, QCoreApplication, QEvent, QObject, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPen, QPixmap
from PySide6.QtWidgets import (
    QPlainTextEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from studio_app.planning.assemble import shot_name
from studio_app.planning.camera_choice import chosen_camera
from studio_app.planning.shot_edits import is_locked
from studio_app.session.session import Session
from studio_app.session.shot_state import ShotState
from timeline.storyboard import Shot
from ui import words
from ui.panel import has_keys
from ui.qt import icons, image, tokens
from ui.qt.draw import MIDDLE_LEFT, MIDDLE_RIGHT, chip, hatch, line_of, lines_of, outline, rounded
from ui.shot_held import COLOURS, answers, paint_held
from ui.shot_items import (
    CARD_WIDTH,
    GAP,
    SHOT,
    STATE,
    STATES,
    TEXT_HEIGHT,
    CardParts,
    Index,
    ShotModel,
    is_local,
    parts_of,
    picture_height,
    state_word,
)
from ui.shot_pictures import SKETCH_OPACITY, ShotPictures


class ShotDelegate(QStyledItemDelegate):
    """One card: picture with state, number and title, two lines of description, length, camera, mood."""

    def __init__(self, session: Session, model: ShotModel) -> None:
        super().__init__()
        self._session, self._model = session, model
        self._pictures = ShotPictures(session)
        self.width = CARD_WIDTH

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """A card with its gap."""
        return QSize(self.width + GAP, picture_height(self.width) + TEXT_HEIGHT + GAP)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Called by the view."""
        state = option.state
        view = option.widget
        parts = parts_of(QRectF(option.rect))
        over = bool(state & QStyle.StateFlag.State_MouseOver)
        painter.save()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        if self._model.is_adder(index):
            _adder(painter, parts.card, over)
        else:
            chosen = bool(state & QStyle.StateFlag.State_Selected)
            self._card(painter, parts, index, chosen, over, has_keys(view))
        painter.restore()

    def _card(self, painter: QPainter, parts: CardParts, index: Index, chosen: bool, over: bool, focused: bool) -> None:
        shot: Shot = index.data(SHOT)
        state: ShotState = index.data(STATE)
        corner = tokens.radius("card")
        rounded(
            painter, parts.card, "surface.selected" if chosen else "surface.hover" if over else "surface.raised", corner
        )
        self._picture(painter, parts, shot, state)
        painter.setFont(tokens.font("body", "regular", tabular=True))
        painter.setPen(tokens.color("text.muted"))
        painter.drawText(parts.title, MIDDLE_LEFT, str(index.row() + 1))
        painter.setFont(tokens.font("body", "medium"))
        painter.setPen(tokens.color("text.primary"))
        locked = is_locked(shot)
        line_of(painter, parts.title.adjusted(24, 0, -20 if locked else 0, 0), shot_name(shot, index.row()))
        if locked:
            sign = QRectF(parts.title.right() - 13, parts.title.center().y() - 7, 13, 13)
            icons.paint(painter, sign, "lock", tokens.color("text.secondary"))
        painter.setFont(tokens.font("ui"))
        painter.setPen(tokens.color("text.secondary" if shot.description else "text.muted"))
        lines_of(painter, parts.text, shot.description or self.tr("Say what is to be seen"), 2, 17)
        self._foot(painter, parts.foot, shot, state)
        if shot.id == self._session.animatic.shot_id:
            outline(painter, parts.card, "accent.default", 2, corner)
        elif chosen:
            outline(painter, parts.card, "accent.default" if focused else "border.inactive", 2, corner)
        else:
            outline(painter, parts.card, "border.default", 1, corner)

    def _foot(self, painter: QPainter, place: QRectF, shot: Shot, state: ShotState) -> None:
        """Length and camera; who makes it for how much. A price that is held back is in the colour of the budget."""
        engine, price, colour = self.made_by(shot, state)
        painter.setFont(tokens.font("caption", tabular=True))
        taken = 0
        for text, shade in ((price, colour), (engine, "text.muted")):
            if text and place.width() - taken > 60:
                painter.setPen(tokens.color(shade))
                shown = place.adjusted(0, 0, -taken, 0)
                painter.drawText(shown, MIDDLE_RIGHT, text)
                taken += painter.fontMetrics().horizontalAdvance(text) + 8
        painter.setPen(tokens.color("text.muted"))
        left = f"{words.seconds(shot.duration)}   {words.title_case(chosen_camera(shot))}"
        line_of(painter, place.adjusted(0, 0, -taken - 4, 0), left)

    def made_by(self, shot: Shot, state: ShotState) -> tuple[str, str, str]:
        """The engine with its model, what was paid or would be, and the colour of that."""
        board = self._model.board
        if board is None or (shot.media_id and not state.takes):
            return ("", "", "text.muted")
        bill = self._session.bills.of_shot(board, shot)
        spent = self._session.bills.spent_on(shot.id)
        engine = f"{bill.engine} {bill.model}".strip()
        if spent:
            return (engine, words.money(spent), "text.primary")
        if bill.is_pending:
            return (engine, "", "text.muted")
        if bill.fault:
            return (engine, self.tr("not ready"), "state.slow")
        return (engine, words.price(bill.cost), "state.over_budget" if state.state == "over_budget" else "text.muted")

    def _picture(self, painter: QPainter, parts: CardParts, shot: Shot, state: ShotState) -> None:
        place = parts.picture
        found = self.thumbnail(shot)
        if state.state == "failed" and found is None:
            _top(painter, place, "state.failed_fill")
        elif found is None:
            hatch(painter, place, "clip.placeholder_body", "clip.placeholder_line", 0.14, 5)
            sketch = self.sketch(shot) if state.state not in COLOURS else None  # words stand there
            if sketch is not None:  # let the stripes show through: it is not there yet
                painter.setOpacity(SKETCH_OPACITY)
                image.draw_cover(painter, place, sketch, 5, top_only=True)
                painter.setOpacity(1)
        elif found.height() > found.width():
            _top(painter, place, "surface.well")
            width = place.height() * found.width() / found.height()
            painter.drawPixmap(
                QRectF(place.center().x() - width / 2, place.top(), width, place.height()), found, QRectF(found.rect())
            )
        else:
            image.draw_cover(painter, place, found, 5, top_only=True)
        self._state(painter, parts, shot, state, found is not None)

    def sketch(self, shot: Shot) -> QPixmap | None:
        """What the embedded engine would make of the words as they stand, whoever is to make the shot."""
        return self._pictures.sketch(shot)

    def thumbnail(self, shot: Shot) -> QPixmap | None:
        """A frame of what stands for the shot."""
        return self._pictures.thumbnail(shot)

    def _is_still(self, shot: Shot) -> bool:
        media = self._session.document.library.media.get(shot.media_id or "")
        return media is not None and media.is_endless

    def _state(self, painter: QPainter, parts: CardParts, shot: Shot, state: ShotState, has_picture: bool) -> None:
        icon, colour, word = (*STATES[state.state][:2], state_word(state.state))
        if state.state == "footage" and self._is_still(shot):
            icon, word = "image", self.tr("Still only")
        place = parts.picture
        painter.setFont(tokens.font("caption", tabular=True))
        fraction = state.fraction if state.state in ("running", "landing") else None
        text = f"{word} {words.percent(fraction)}".strip() if state.state == "running" else word
        chip(painter, place.topLeft() + QPointF(6, 6), text, icon=icon, colour=colour, height=20)
        if state.state in ("queued", "running", "landing"):
            rounded(painter, parts.cancel, "surface.window", 3, 0.82)
            icons.paint(
                painter,
                QRectF(parts.cancel.center().x() - 7, parts.cancel.center().y() - 7, 14, 14),
                "x",
                tokens.color("text.primary"),
            )
            if state.seconds_left is not None:
                chip(
                    painter,
                    QPointF(parts.cancel.left() - 4, place.top() + 6),
                    words.left(state.seconds_left),
                    at_right=True,
                    height=22,
                )
            if fraction is not None:
                bar = QRectF(place.left(), place.bottom() - 3, place.width(), 3)
                painter.fillRect(bar, tokens.color("state.running_fill"))
                painter.fillRect(QRectF(bar.left(), bar.top(), bar.width() * fraction, 3), tokens.color(colour))
        elif state.state in COLOURS:
            if has_picture:
                rounded(painter, place, "state.failed_fill" if state.state == "failed" else "surface.window", 5, 0.88)
                chip(painter, place.topLeft() + QPointF(6, 6), text, icon=icon, colour=colour, height=20)
            found = answers(state.state, is_local(shot.engine), state.offer)
            paint_held(painter, place, parts.button, state.state, state.message, found)
        elif state.takes:
            text = self._take_words(shot, state.takes)
            painter.setFont(tokens.font("caption", tabular=True))
            chip(painter, place.bottomRight() + QPointF(-6, -26), text, icon="spark", at_right=True, height=20)

    def _take_words(self, shot: Shot, count: int) -> str:
        """`Take 2 of 5`: the one that stands for the shot."""
        media = self._session.generation.media_for(shot)
        takes = self._session.document.library.takes_of(shot.id)
        number = next((n for n, one in enumerate(takes, 1) if media is not None and one.media_id == media.id), count)
        return self.tr("Take {number} of {count}").format(number=number, count=count)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """A text field over the description."""
        field = QPlainTextEdit(parent)
        field.setFont(tokens.font("ui"))
        field.setStyleSheet("QPlainTextEdit { padding: 2px; min-height: 0; }")
        field.setPlaceholderText(self.tr("What is to be seen"))
        field.setTabChangesFocus(True)
        return field

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """The description as it is."""
        if isinstance(editor, QPlainTextEdit) and not editor.document().isModified():
            editor.setPlainText(index.data(Qt.ItemDataRole.EditRole) or "")
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Hand the text over."""
        if isinstance(editor, QPlainTextEdit):
            model.setData(index, editor.toPlainText(), Qt.ItemDataRole.EditRole)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        """Over title, text and foot, so that there is room to write."""
        parts = parts_of(QRectF(option.rect))
        editor.setGeometry(parts.title.united(parts.foot).adjusted(-6, -3, 6, 3).toRect())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter accepts (Shift+Enter breaks the line), Esc leaves it as it was."""
        enter = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if (
            isinstance(watched, QPlainTextEdit)
            and isinstance(event, QKeyEvent)
            and event.type() is QEvent.Type.KeyPress
            and event.key() in enter
            and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        ):
            self.commitData.emit(watched)
            self.closeEditor.emit(watched, QStyledItemDelegate.EndEditHint.NoHint)
            return True
        handled: Any = super().eventFilter(watched, event)
        return bool(handled)


def _top(painter: QPainter, place: QRectF, colour: str) -> None:
    """A plain ground in place of a picture."""
    rounded(painter, place, colour, 5)
    painter.fillRect(place.adjusted(0, 6, 0, 0), tokens.color(colour))


def _adder(painter: QPainter, card: QRectF, over: bool) -> None:
    """The last card: a dashed frame and a plus."""
    colour = tokens.color("text.primary" if over else "text.secondary")
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(tokens.color("border.strong" if over else "border.default"), 1, Qt.PenStyle.DashLine))
    corner = tokens.radius("card")
    painter.drawRoundedRect(card.adjusted(0.5, 0.5, -0.5, -0.5), corner, corner)
    painter.setFont(tokens.font("body"))
    text = QCoreApplication.translate("ShotDelegate", "Add shot")
    width = painter.fontMetrics().horizontalAdvance(text) + 22
    x, y = card.center().x() - width / 2, card.center().y()
    icons.paint(painter, QRectF(x, y - 8, 16, 16), "plus", colour)
    painter.setPen(colour)
    painter.drawText(QRectF(x + 22, y - 12, width, 24), MIDDLE_LEFT, text)

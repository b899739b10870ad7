"""Shots as items of a view: the model over a storyboard, and where each card's parts are."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractListModel, QMimeData, QModelIndex, QPersistentModelIndex, QRectF, Qt, Signal

from studio_app.planning.act_starts import Act, acts_in
from studio_app.planning.assemble import shot_name
from studio_app.session.session import Session
from studio_app.session.shot_state import ShotState
from timeline.commands.edit_shot import EditShot
from timeline.storyboard import Shot, Storyboard
from ui.qt.language import QT_TRANSLATE_NOOP, translated

MIME = "application/x-starcut-shot"
SHOT = Qt.ItemDataRole.UserRole
STATE = Qt.ItemDataRole.UserRole + 1
Index = QModelIndex | QPersistentModelIndex
CARD_WIDTH = 296
NARROWEST = 286
"""A card gives way so much before a column is given up."""
GAP = 12
TEXT_HEIGHT = 92

STATES = {
    "none": ("circle", "text.secondary", QT_TRANSLATE_NOOP("ShotItems", "Not generated")),
    "footage": ("video", "text.secondary", QT_TRANSLATE_NOOP("ShotItems", "Footage")),
    "queued": ("clock", "state.queued", QT_TRANSLATE_NOOP("ShotItems", "Queued")),
    "running": ("loader-circle", "state.running", QT_TRANSLATE_NOOP("ShotItems", "Running")),
    "landing": ("circle-arrow-down", "state.landing", QT_TRANSLATE_NOOP("ShotItems", "Landing")),
    "ready": ("circle-check", "state.ready", QT_TRANSLATE_NOOP("ShotItems", "Ready")),
    "failed": ("circle-alert", "state.failed", QT_TRANSLATE_NOOP("ShotItems", "Failed")),
    "over_budget": ("wallet", "state.over_budget", QT_TRANSLATE_NOOP("ShotItems", "Over budget")),
    "unknown": ("triangle-alert", "state.slow", QT_TRANSLATE_NOOP("ShotItems", "Outcome unknown")),
}
"""Icon, colour and word of each state of a shot."""


def state_word(state: str) -> str:
    """The word of a state in the language of the window."""
    return translated("ShotItems", STATES[state][2])


def is_local(engine: str) -> bool:
    """Whether a shot's engine, as it is written there, is the embedded one."""
    return engine in ("", "procedural")


class CardParts(NamedTuple):
    """Rectangles of a card, in the coordinates of the view."""

    card: QRectF
    picture: QRectF
    title: QRectF
    text: QRectF
    foot: QRectF
    button: QRectF
    cancel: QRectF


def parts_of(cell: QRectF) -> CardParts:
    """Where everything of a card is; `cell` is the card with its gap at the right and below."""
    card = cell.adjusted(0, 0, -GAP, -GAP)
    picture = QRectF(card.left() + 1, card.top() + 1, card.width() - 2, card.height() - TEXT_HEIGHT - 1)
    left, width = card.left() + 11, card.width() - 22
    title = QRectF(left, picture.bottom() + 7, width, 18)
    text = QRectF(left, title.bottom() + 3, width, 34)
    foot = QRectF(left, card.bottom() - 25, width, 18)
    button = QRectF(picture.left() + 12, picture.bottom() - 40, 84, 26)
    cancel = QRectF(picture.right() - 28, picture.top() + 6, 22, 22)
    return CardParts(card, picture, title, text, foot, button, cancel)


def picture_height(width: float) -> int:
    """Height of a card's picture for the width of the card."""
    return round(width * 166 / CARD_WIDTH)


class ShotModel(QAbstractListModel):
    """The shots of the storyboard on screen, and one row more: the card that adds a shot."""

    acts_changed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.board: Storyboard | None = None
        self._shots: tuple[Shot, ...] = ()
        self.acts: Sequence[Act] = ()

    def refresh(self) -> None:
        """Read the storyboard anew; rows that only changed keep their place and any open editor."""
        boards = self._session.document.project.storyboards
        self.board = boards[0] if boards else None
        acts, self.acts = self.acts, acts_in(self.board) if self.board is not None else ()
        new = self.board.shots if self.board is not None else ()
        if [one.id for one in new] == [one.id for one in self._shots] and new:
            old, self._shots = self._shots, new
            for row, (before, after) in enumerate(zip(old, new, strict=True)):
                if before is not after:
                    self.dataChanged.emit(self.index(row), self.index(row))
            if acts != self.acts:
                self.acts_changed.emit()
            return
        self.beginResetModel()
        self._shots = new
        self.endResetModel()

    def touch(self, shot_id: str) -> None:
        """The state of a shot changed."""
        row = self.row_of(shot_id)
        if row is not None:
            self.dataChanged.emit(self.index(row), self.index(row))

    def row_of(self, shot_id: str) -> int | None:
        """Where a shot stands."""
        return next((row for row, shot in enumerate(self._shots) if shot.id == shot_id), None)

    def is_adder(self, index: Index) -> bool:
        """Whether this is the card that adds a shot."""
        return index.isValid() and index.row() == len(self._shots)

    def rowCount(self, parent: Index | None = None) -> int:
        """The shots and the adder; nothing while there is no shot (the panel shows an empty state)."""
        return len(self._shots) + 1 if self._shots else 0

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The shot, its state, its words."""
        if not index.isValid() or self.is_adder(index):
            return self.tr("Add shot") if role == Qt.ItemDataRole.AccessibleTextRole else None
        shot = self._shots[index.row()]
        if role == SHOT:
            return shot
        if role == STATE:
            return self._session.generation.state_of(shot.id)
        if role == Qt.ItemDataRole.EditRole:
            return shot.description
        if role == Qt.ItemDataRole.AccessibleTextRole:
            state: ShotState = self._session.generation.state_of(shot.id)
            return self.tr("Shot {row}, {shot_name}, {states}").format(
                row=index.row() + 1, shot_name=shot_name(shot, index.row()), states=state_word(state.state)
            )
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """A description typed on the card."""
        if role != Qt.ItemDataRole.EditRole or self.board is None or not index.isValid():
            return False
        shot = self._shots[index.row()]
        text = str(value).strip()
        if text == shot.description:
            return True
        document = self._session.document
        document.seal()
        return document.do(EditShot(self.board.id, shot.id, {"description": text}))

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Cards are chosen, edited and dragged; the adder is only pressed."""
        if self.is_adder(index):
            return Qt.ItemFlag.ItemIsEnabled
        kinds = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return kinds | Qt.ItemFlag.ItemIsEditable | Qt.ItemFlag.ItemIsDragEnabled

    def mimeTypes(self) -> list[str]:
        """Our own kind."""
        return [MIME]

    def mimeData(self, indexes: Any) -> QMimeData:
        """The chosen shots by id, in order."""
        rows = sorted({index.row() for index in indexes if not self.is_adder(index)})
        data = QMimeData()
        data.setData(MIME, json.dumps([self._shots[row].id for row in rows]).encode())
        return data

"""The lines of the storyboard's list: the same shots as the cards, every field as words and as it is edited."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QSize, Qt

from studio_app.planning.act_starts import Act
from studio_app.planning.assemble import shot_name
from studio_app.planning.camera_choice import chosen_camera, with_camera
from studio_app.planning.shot_edits import DIALOGUE, dialogue_of, with_extra
from studio_app.planning.storyboard_fields import seconds_of
from studio_app.session.session import Session
from studio_app.session.shot_state import ShotState
from timeline.commands.edit_shot import EditShot
from timeline.storyboard import CAMERA_MOTIONS, SUBJECT_MOTIONS, Shot
from timeline.time import RationalTime
from ui import words
from ui.qt.language import FORM, QT_TRANSLATE_NOOP, translated
from ui.shot_delegate import ShotDelegate
from ui.shot_items import MIME, SHOT, STATE, ShotModel, state_word

Index = QModelIndex | QPersistentModelIndex
ROW = 52
COLUMNS = (
    ("number", QT_TRANSLATE_NOOP("ShotList", "Shot"), 112),
    ("name", QT_TRANSLATE_NOOP("ShotList", "Name"), 130),
    ("description", QT_TRANSLATE_NOOP("ShotList", "Description"), 260),
    ("duration", QT_TRANSLATE_NOOP("ShotList", "Length"), 64),
    ("camera_motion", QT_TRANSLATE_NOOP("ShotList", "Camera"), 92),
    ("engine", QT_TRANSLATE_NOOP("ShotList", "Engine"), 128),
    ("cost", QT_TRANSLATE_NOOP("ShotList", "Cost"), 76),
    ("state", QT_TRANSLATE_NOOP("ShotList", "State"), 152),
    ("subject_motion", QT_TRANSLATE_NOOP("ShotList", "Subject"), 76),
    ("mood", QT_TRANSLATE_NOOP("ShotList", "Mood"), 88),
    ("tags", QT_TRANSLATE_NOOP("ShotList", "Tags"), 88),
    ("dialogue", QT_TRANSLATE_NOOP("ShotList", "Dialogue"), 120),
)
NAMES = tuple(one[0] for one in COLUMNS)
CHOICES = {"camera_motion": ["", *CAMERA_MOTIONS], "subject_motion": SUBJECT_MOTIONS}
FIXED = ("number", "cost", "state")


class ShotRows(QAbstractTableModel):
    """Lines over the model of the cards, which it follows."""

    def __init__(self, session: Session, cards: ShotModel, delegate: ShotDelegate) -> None:
        super().__init__()
        self._session, self.cards, self._looks = session, cards, delegate
        cards.modelAboutToBeReset.connect(self.beginResetModel)
        cards.modelReset.connect(self.endResetModel)
        cards.dataChanged.connect(self._changed)

    @property
    def acts(self) -> Sequence[Act]:
        """The acts of the storyboard."""
        return self.cards.acts

    def _changed(self, first: QModelIndex, last: QModelIndex, *_: object) -> None:
        top = min(last.row(), self.rowCount() - 1)
        if top >= first.row():
            self.dataChanged.emit(self.index(first.row(), 0), self.index(top, len(COLUMNS) - 1))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """The shots, without the card that adds one."""
        return 0 if parent.isValid() else max(0, self.cards.rowCount() - 1)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """See COLUMNS."""
        return len(COLUMNS)

    def headerData(self, section: int, way: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Names of the columns."""
        if way == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return translated("ShotList", COLUMNS[section][1])
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A field as words, or as it is edited; the shot and its state."""
        if not index.isValid():
            return None
        card = self.cards.index(index.row())
        if role in (SHOT, STATE):
            return card.data(role)
        shot: Shot | None = card.data(SHOT)
        if shot is None:
            return None
        name = NAMES[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self.text(shot, index.row(), name)
        if role == Qt.ItemDataRole.EditRole:
            return self._edited(shot, name)
        if role == Qt.ItemDataRole.SizeHintRole:
            return QSize(0, ROW)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(shot, name)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self.headerData(index.column(), Qt.Orientation.Horizontal)}: {self.text(shot, index.row(), name)}"
        return None

    def text(self, shot: Shot, row: int, name: str) -> str:
        """What a cell says."""
        state: ShotState = self._session.generation.state_of(shot.id)
        engine, price, _ = self._looks.made_by(shot, state)
        found = {
            "number": str(row + 1),
            "name": shot_name(shot, row),
            "description": shot.description,
            "duration": words.seconds(shot.duration),
            "mood": words.title_case(shot.mood) if shot.mood else "",
            "tags": ", ".join(shot.tags),
            "dialogue": dialogue_of(shot),
            "camera_motion": translated(FORM, words.title_case(chosen_camera(shot))),
            "engine": engine,
            "cost": price,
        }
        if name in found:
            return found[name]
        if name in CHOICES:
            value = getattr(shot, name)
            return "" if value == "none" else translated(FORM, words.title_case(value))
        told = f"{state_word(state.state)} {words.percent(state.fraction)}" if state.state == "running" else ""
        return told or state_word(state.state)

    def _edited(self, shot: Shot, name: str) -> str:
        if name == "duration":
            return f"{shot.duration.to_seconds():g}"
        if name == "tags":
            return ", ".join(shot.tags)
        if name == "camera_motion":
            return chosen_camera(shot)
        return dialogue_of(shot) if name == "dialogue" else str(getattr(shot, name, ""))

    def _tip(self, shot: Shot, name: str) -> str | None:
        if name in ("state", "engine", "cost"):
            board = self.cards.board
            fault = self._session.bills.of_shot(board, shot).fault if board is not None else ""
            return self._session.generation.state_of(shot.id).message or fault or None
        return shot.description if name == "description" else dialogue_of(shot) or None if name == "dialogue" else None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """A field that was written in its place: one step."""
        board, shot = self.cards.board, index.data(SHOT)
        if role != Qt.ItemDataRole.EditRole or board is None or shot is None:
            return False
        changes = self._changes(shot, NAMES[index.column()], str(value).strip())
        if not changes:
            return False
        self._session.document.seal()
        return self._session.document.do(EditShot(board.id, shot.id, changes))

    def _changes(self, shot: Shot, name: str, text: str) -> dict[str, Any]:
        if name == "duration":
            seconds, board = seconds_of(text), self.cards.board
            if not seconds or seconds < 0 or board is None:
                return {}
            frame = RationalTime.from_frames(1, board.rate)
            value: Any = max(frame, RationalTime.from_seconds(float(seconds), board.rate))
        elif name == "tags":
            value = tuple(dict.fromkeys(one for part in text.split(",") if (one := part.strip())))
        elif name == "dialogue":
            return {} if text == dialogue_of(shot) else {"extra": with_extra(shot, DIALOGUE, text)}
        elif name == "camera_motion":
            return {} if text == chosen_camera(shot) else with_camera(shot, text)
        else:
            value = text
        return {} if getattr(shot, name) == value else {name: value}

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Chosen and dragged as a line; all but number, cost and state are edited."""
        kinds = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDragEnabled
        return kinds if NAMES[index.column()] in FIXED else kinds | Qt.ItemFlag.ItemIsEditable

    def mimeTypes(self) -> list[str]:
        """Our own kind."""
        return [MIME]

    def mimeData(self, indexes: Any) -> Any:
        """The chosen shots by id, in order."""
        rows = sorted({index.row() for index in indexes})
        return self.cards.mimeData([self.cards.index(row) for row in rows])

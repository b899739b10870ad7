"""The storyboard as a list: the same shots, a line each, every field written in its place."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from studio_app.planning.assemble import shot_name
from studio_app.planning.camera_choice import chosen_camera, with_camera
from studio_app.planning.shot_edits import DIALOGUE, dialogue_of, with_extra
from studio_app.planning.storyboard_fields import seconds_of
from studio_app.session.session import Session
from studio_app.session.shot_state import ShotState
from timeline.commands.edit_shot import EditShot
from timeline.storyboard import CAMERA_MOTIONS, SUBJECT_MOTIONS, Shot
from timeline.time import RationalTime
from ui import media_items, media_model, words
from ui.engine_box import EngineBox
from ui.form.editors.choice import Combo
from ui.panel import has_keys
from ui.qt import icons, image, tokens
from ui.qt.draw import MIDDLE_LEFT, MIDDLE_RIGHT, hatch, line_of
from ui.qt.language import FORM, QT_TRANSLATE_NOOP, translated
from ui.shot_delegate import ShotDelegate
from ui.shot_form import BY_WORDS
from ui.shot_items import MIME, SHOT, STATE, STATES, ShotModel, state_word
from ui.shot_view import ids_in, is_welcome

Index = QModelIndex | QPersistentModelIndex
ROW, STILL = 52, QSize(72, 40)
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
_WORDS = {"camera_motion": ["", *CAMERA_MOTIONS], "subject_motion": SUBJECT_MOTIONS}
_FIXED = ("number", "cost", "state")
_MARGIN = 8


class ShotRows(QAbstractTableModel):
    """Lines over the model of the cards, which it follows."""

    def __init__(self, session: Session, cards: ShotModel, delegate: ShotDelegate) -> None:
        super().__init__()
        self._session, self.cards, self._looks = session, cards, delegate
        cards.modelAboutToBeReset.connect(self.beginResetModel)
        cards.modelReset.connect(self.endResetModel)
        cards.dataChanged.connect(self._changed)

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
        if name in _WORDS:
            return translated(FORM, words.title_case(getattr(shot, name)))
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
        return kinds if NAMES[index.column()] in _FIXED else kinds | Qt.ItemFlag.ItemIsEditable

    def mimeTypes(self) -> list[str]:
        """Our own kind."""
        return [MIME]

    def mimeData(self, indexes: Any) -> Any:
        """The chosen shots by id, in order."""
        rows = sorted({index.row() for index in indexes})
        return self.cards.mimeData([self.cards.index(row) for row in rows])


class RowDelegate(QStyledItemDelegate):
    """A line: number and still, words, the state with its icon and progress."""

    def __init__(self, session: Session, looks: ShotDelegate) -> None:
        super().__init__()
        self._session, self._looks = session, looks

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Called by the view."""
        place, state = QRectF(option.rect), option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        if chosen or state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(place, tokens.color("surface.selected" if chosen else "surface.hover"))
        painter.fillRect(QRectF(place.left(), place.bottom(), place.width(), 1), tokens.color("border.subtle"))
        name = NAMES[index.column()]
        inner = place.adjusted(_MARGIN, 0, -_MARGIN, 0)
        painter.setFont(tokens.font("ui", tabular=True))
        if name == "number":
            self._still(painter, inner, index)
            if chosen:
                colour = "accent.default" if has_keys(option.widget) else "border.inactive"
                painter.fillRect(QRectF(place.left(), place.top(), 2, place.height()), tokens.color(colour))
        elif name == "state":
            self._state(painter, inner, index)
        else:
            self._words(painter, inner, index, name)
        painter.restore()

    def _still(self, painter: QPainter, place: QRectF, index: Index) -> None:
        shot: Shot = index.data(SHOT)
        painter.setPen(tokens.color("text.muted"))
        painter.drawText(place, MIDDLE_LEFT, str(index.row() + 1))
        still = QRectF(place.left() + 22, place.center().y() - STILL.height() / 2, STILL.width(), STILL.height())
        found = self._looks.thumbnail(shot)
        if found is not None:
            image.draw_cover(painter, still, found, 3)
            return
        hatch(painter, still, "clip.placeholder_body", "clip.placeholder_line", 0.14, 3)
        sketch = self._looks.sketch(shot)
        if sketch is not None:
            painter.setOpacity(0.55)
            image.draw_cover(painter, still, sketch, 3)
            painter.setOpacity(1)

    def _words(self, painter: QPainter, place: QRectF, index: Index, name: str) -> None:
        text = str(index.data() or "")
        strong = name in ("name", "description", "duration")
        painter.setPen(tokens.color("text.primary" if strong else "text.secondary"))
        if name in ("description", "dialogue"):
            flags = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
            lines = painter.fontMetrics().boundingRect(place.toRect(), flags, text).height() / 16
            if lines <= 2.6:
                painter.drawText(place, flags, text)
            else:
                shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(place.width() * 1.85))
                painter.drawText(place, flags, shown)
            return
        line_of(painter, place, text, MIDDLE_RIGHT if name in ("duration", "cost") else MIDDLE_LEFT)

    def _state(self, painter: QPainter, place: QRectF, index: Index) -> None:
        state: ShotState = index.data(STATE)
        icon, colour = STATES[state.state][:2]
        icons.paint(painter, QRectF(place.left(), place.center().y() - 7, 14, 14), icon, tokens.color(colour))
        painter.setPen(tokens.color(colour))
        line_of(painter, place.adjusted(20, 0, 0, 0), str(index.data()))
        if state.fraction is not None and state.state in ("running", "landing"):
            bar = QRectF(place.left(), place.bottom() - 8, place.width(), 3)
            painter.fillRect(bar, tokens.color("state.running_fill"))
            bar.setWidth(bar.width() * state.fraction)
            painter.fillRect(bar, tokens.color(colour))

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """A line, or the words there are to choose from."""
        name = NAMES[index.column()]
        if name == "engine":
            box = EngineBox(self._session)
            box.setParent(parent)
            box.chosen.connect(lambda _: self._done(box))
            return box
        if name in _WORDS:
            words_box = Combo(parent)
            for one in _WORDS[name]:
                words_box.addItem(translated(FORM, words.title_case(one) or BY_WORDS), one)
            words_box.activated.connect(lambda _: self._done(words_box))
            return words_box
        field = QLineEdit(parent)
        field.setFont(tokens.font("ui"))
        return field

    def _done(self, editor: QWidget) -> None:
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """The field as it is."""
        value = str(index.data(Qt.ItemDataRole.EditRole) or "")
        if isinstance(editor, EngineBox):
            editor.show_value(value)
        elif isinstance(editor, QComboBox):
            editor.setCurrentIndex(editor.findData(value))
        elif isinstance(editor, QLineEdit) and not editor.isModified():
            editor.setText(value)
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Hand it over."""
        if isinstance(editor, QComboBox):
            model.setData(index, str(editor.currentData() or ""))
        elif isinstance(editor, QLineEdit):
            model.setData(index, editor.text())

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        """In the middle of the cell, one row high."""
        place = option.rect.adjusted(2, (ROW - 28) // 2, -2, 0)
        place.setHeight(28)
        editor.setGeometry(place)


class ShotList(QTreeView):
    """Emits what the hand asks for, as the grid does."""

    moved = Signal(list, int)
    media_dropped = Signal(list, int)
    files_dropped = Signal(list, int)

    def __init__(self, rows: ShotRows, delegate: RowDelegate) -> None:
        super().__init__()
        self._drop_at: int | None = None
        self.setModel(rows)
        self.setItemDelegate(delegate)
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setAllColumnsShowFocus(True)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.DoubleClicked)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setAccessibleName(self.tr("Shots"))
        header = self.header()
        header.setStretchLastSection(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column, (name, _, width) in enumerate(COLUMNS):
            header.resizeSection(column, width)
            if name == "description":
                header.setMinimumSectionSize(48)
                header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and F2 write in the cell that has the keys."""
        keys = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2)
        index = self.currentIndex()
        is_open = self.state() is QAbstractItemView.State.EditingState
        if event.key() in keys and index.isValid() and not is_open:
            column = index.column() if NAMES[index.column()] not in _FIXED else NAMES.index("description")
            self.edit(index.siblingAtColumn(column))
        else:
            super().keyPressEvent(event)

    def startDrag(self, actions: Qt.DropAction) -> None:
        """The first chosen still under the hand."""
        indexes = [index for index in self.selectedIndexes() if index.column() == 0]
        if indexes:
            place = self.visualRect(indexes[0])
            picture = self.viewport().grab(place)
            media_items.start_drag(self, self.model().mimeData(indexes), picture)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Lines, media of the pool, files from the desktop."""
        if is_welcome(event.mimeData()):
            event.acceptProposedAction()
        else:
            event.ignore()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Show between which lines it would fall."""
        if is_welcome(event.mimeData()):
            self._show_drop(self.place_at(event.position().toPoint().y()))
            event.acceptProposedAction()
        else:
            event.ignore()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Nothing falls here."""
        self._show_drop(None)

    def dropEvent(self, event: QDropEvent) -> None:
        """Reorder, or make lines."""
        place, data = self.place_at(event.position().toPoint().y()), event.mimeData()
        self._show_drop(None)
        own = data.hasFormat(MIME)
        event.setDropAction(Qt.DropAction.MoveAction if own else Qt.DropAction.CopyAction)
        if own:
            self.moved.emit(ids_in(data, MIME), place)
        elif data.hasFormat(media_model.MIME):
            self.media_dropped.emit(ids_in(data, media_model.MIME), place)
        else:
            self.files_dropped.emit([Path(one.toLocalFile()) for one in data.urls() if one.isLocalFile()], place)
        event.accept()

    def place_at(self, y: int) -> int:
        """Before which line something dropped at `y` would stand."""
        count = self.model().rowCount()
        for row in range(count):
            rect = self.visualRect(self.model().index(row, 0))
            if y < rect.center().y():
                return row
        return count

    def _show_drop(self, place: int | None) -> None:
        if place != self._drop_at:
            self._drop_at = place
            self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The lines, and a mark where something would fall."""
        super().paintEvent(event)
        count = self.model().rowCount()
        if self._drop_at is None or not count:
            return
        last = self.visualRect(self.model().index(min(self._drop_at, count - 1), 0))
        y = last.top() if self._drop_at < count else last.bottom()
        painter = QPainter(self.viewport())
        painter.fillRect(QRectF(0, y - 1, self.viewport().width(), 2), tokens.color("accent.default"))
        painter.end()

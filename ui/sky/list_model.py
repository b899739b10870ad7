"""The answer to the question of the sky as rows: what list and grid show. Rows of the catalogue are read as they come into view."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QAbstractTableModel, QMimeData, QModelIndex, QPersistentModelIndex, Qt

from studio_app.catalogue.row import Row
from studio_app.session.session import Session
from studio_app.session.sky_media import shown_name
from studio_app.session.sky_stars import FAMILIES
from timeline.time import RationalTime
from ui import words
from ui.drag_mime import MEDIA_MIME
from ui.qt.language import QT_TRANSLATE_NOOP, translated
from ui.sky.card_words import member_words
from ui.sky.hand import mime_of
from ui.sky.still import class_title

STAR: Final = Qt.ItemDataRole.UserRole
"""The row of the star."""
DATA: Final = Qt.ItemDataRole(Qt.ItemDataRole.UserRole + 1)
"""Its `Row`."""
PASSES: Final = Qt.ItemDataRole(Qt.ItemDataRole.UserRole + 2)
COLUMNS: Final = (
    ("name", QT_TRANSLATE_NOOP("SkyList", "Name")),
    ("score", QT_TRANSLATE_NOOP("SkyList", "Match")),
    ("genre", QT_TRANSLATE_NOOP("SkyList", "Genre")),
    ("pacing", QT_TRANSLATE_NOOP("SkyList", "Pacing")),
    ("style", QT_TRANSLATE_NOOP("SkyList", "Style")),
    ("length", QT_TRANSLATE_NOOP("SkyList", "Length")),
    ("rating", QT_TRANSLATE_NOOP("SkyList", "Rating")),
    ("used", QT_TRANSLATE_NOOP("SkyList", "Used")),
    ("engine", QT_TRANSLATE_NOOP("SkyList", "Engine")),
    ("tags", QT_TRANSLATE_NOOP("SkyList", "Tags")),
)
Index = QModelIndex | QPersistentModelIndex


class SkyListModel(QAbstractTableModel):
    """Matches first, nearest first; then what passes the filters. What a filter leaves out is not listed."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session, self._model = session, session.constellation
        self.rows: list[int] = []

    def follow(self) -> None:
        """Show the answer as it is now: while something is searched only what matches."""
        answer = self._model.answer
        order = answer.order
        if answer.is_searched:
            order = order[answer.matching[order] & answer.passing[order]]
        self.beginResetModel()
        self.rows = order.tolist()
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        """As many as the answer has."""
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index | None = None) -> int:
        """Name, match, classes, length, rating, use, engine, tags."""
        return len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The titles of the columns."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return translated("SkyList", COLUMNS[section][1])
        return None

    def star_at(self, index: Index) -> int:
        """The star of an index."""
        return self.rows[index.row()]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Called by views for what they show."""
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        star = self.rows[index.row()]
        if role == STAR:
            return star
        if role in (DATA, Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            data = self._model.row_data(star)
            if role == DATA or data is None:
                return data
            column = COLUMNS[index.column()][0]
            if role == Qt.ItemDataRole.ToolTipRole:
                return self._why(data, column) if column in FAMILIES else self._text(star, data, "name")
            return self._text(star, data, column)
        return None

    def _text(self, star: int, data: Row, column: str) -> str:
        if column == "name":
            return shown_name(self._session, data)
        if column == "score":
            score = float(self._model.answer.scores[star]) if star < len(self._model.answer.scores) else float("nan")
            return f"{score:.2f}" if score == score else ""
        if column in ("genre", "pacing", "style"):
            return ", ".join(class_title(one.cluster.split(".", 1)[1]) for one in data.of(column))
        if column == "length":
            return words.seconds(RationalTime(round(data.seconds * 10)) / 10) if data.seconds else ""
        if column == "rating":
            return "★" * data.rating
        if column == "used":
            return str(data.used) if data.used else ""
        return data.engine if column == "engine" else ", ".join(data.tags[:8])

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Everything can be chosen and dragged out."""
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDragEnabled

    def mimeData(self, indexes: object) -> QMimeData:
        """What the sky gives of them: media of the project, or files where one is from elsewhere."""
        stars = dict.fromkeys(self.rows[one.row()] for one in indexes)  # type: ignore[attr-defined]
        return mime_of(self._session, self._model.rows_data(list(stars)))

    def mimeTypes(self) -> list[str]:
        """Media, or files."""
        return [MEDIA_MIME, "text/uri-list"]

    def _why(self, data: Row, column: str) -> str:
        """How sure the clusters of a cell are, and why."""
        titles = [(class_title(one.cluster.partition(".")[2]), one) for one in data.of(column)]
        return "\n\n".join(member_words(column, name, one) for name, one in titles)

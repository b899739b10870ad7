"""The media pool as a model of items: folders first, then clips; one row each, and the columns of the list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    QTimer,
)

from studio_app.services.jobs import Job, JobState
from studio_app.services.proxy_entry import ProxyState
from studio_app.session.browsing import COLUMNS
from studio_app.session.pool_items import COMING, Listing, PoolItem
from studio_app.session.session import Session
from timeline.change import Change
from timeline.command import Batch, Command
from timeline.commands.set_bin import SetBin
from timeline.commands.set_pool_entry import SetPoolEntry
from timeline.commands.set_sequence import SetSequence
from timeline.commands.set_subclip import SetSubclip
from timeline.media import Media
from timeline.time import RationalTime
from timeline.timecode import format_timecode, rate_name
from ui import job_words, words
from ui.drag_mime import MEDIA_MIME, media_mime
from ui.qt.language import translated

MIME = MEDIA_MIME
BIN_MIME = "application/x-starcut-bins"
"""Ids of folders that are dragged inside the pool, one a line."""
MEDIA = Qt.ItemDataRole.UserRole
ITEM = Qt.ItemDataRole(Qt.ItemDataRole.UserRole + 1)
COUNT_MS = 200
"""How long after the last edit the uses are counted: an edit among thousands of clips does not wait for it."""
TITLES: Mapping[str, str] = {name: name.capitalize() for name in COLUMNS}
_NUMBERS = frozenset(("length", "rate", "size", "used", "date"))

Index = QModelIndex | QPersistentModelIndex


class MediaModel(QAbstractTableModel):
    """What `session.browsing` shows of the pool, in the order of `session.settings`."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._shown: list[PoolItem] = []
        self._rows: dict[str, int] = {}
        self.listing = Listing(session.document.project, session.document.library, frozenset())
        self._telling = QTimer(self, interval=COUNT_MS, singleShot=True)
        self._telling.timeout.connect(self._tell_uses)

    # --- what Qt asks -------------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index | None = None) -> int:
        """How many are shown."""
        return 0 if parent is not None and parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index | None = None) -> int:
        """All columns; the list hides those not wanted."""
        return 0 if parent is not None and parent.isValid() else len(COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The item, its media, the text of a column, or a tooltip."""
        if not index.isValid() or index.row() >= len(self._shown):
            return None
        item = self._shown[index.row()]
        if role == ITEM:
            return item
        if role == MEDIA:
            return item.media
        if role == Qt.ItemDataRole.EditRole:
            return item.name
        if role == Qt.ItemDataRole.DisplayRole:
            return self.text(item, COLUMNS[index.column()])
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(item) if index.column() == 0 else self.text(item, COLUMNS[index.column()])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(COLUMNS[index.column()])
        return self._tip(item) if role == Qt.ItemDataRole.ToolTipRole else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Titles of the columns."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return translated("MediaModel", TITLES[COLUMNS[section]])
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(COLUMNS[section])
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Give a folder, clip, subclip or sequence another name, as an edit."""
        item: PoolItem | None = index.data(ITEM)
        name = str(value).strip()
        if item is None or role != Qt.ItemDataRole.EditRole or not name or name == item.name:
            return False
        command: Command = SetPoolEntry((item.id,), {"name": name})
        if item.bin is not None:
            command = SetBin(item.id, {"name": name})
        elif item.subclip is not None:
            command = SetSubclip((item.id,), {"name": name})
        elif item.sequence is not None:
            command = SetSequence(item.id, {"name": name})
        QTimer.singleShot(
            0, self, lambda: self._session.document.do_alone(command)
        )  # when its field is gone: rows may move
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        """All can be dragged out and renamed; folders take what is dropped on them."""
        result = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDragEnabled
        result |= Qt.ItemFlag.ItemNeverHasChildren
        item = index.data(ITEM) if index.isValid() else None
        if item is not None and item.job is not None:
            return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren
        if index.column() == 0:
            result |= Qt.ItemFlag.ItemIsEditable
        return result | Qt.ItemFlag.ItemIsDropEnabled if item is not None and item.bin is not None else result

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column, for good; -1: in order of arrival."""
        look = self._session.settings.values.pool
        look.sort = COLUMNS[column] if 0 <= column < len(COLUMNS) else ""
        look.descending = order is Qt.SortOrder.DescendingOrder
        self._session.settings.save()
        self.refresh()

    def mimeTypes(self) -> list[str]:
        """Our own kinds."""
        return [MIME, BIN_MIME]

    def mimeData(self, indexes: Any) -> QMimeData:
        """The chosen clips by id, in order of rows; folders apart."""
        chosen = [self._shown[row] for row in sorted({index.row() for index in indexes})]
        clips = [one.id for one in chosen if one.media is not None]
        data = media_mime(clips) if clips else QMimeData()
        bins = [one.id for one in chosen if one.bin is not None]
        if bins:
            data.setData(BIN_MIME, "\n".join(bins).encode())
        return data

    # --- what is shown ------------------------------------------------------------------------------------------------

    @property
    def items(self) -> list[PoolItem]:
        """What is shown, in order."""
        return self._shown

    def row_of(self, item_id: str) -> int | None:
        """Where an item stands."""
        return self._rows.get(item_id)

    def refresh(self) -> None:
        """Read project and library anew."""
        session, look = self._session, self._session.settings.values.pool
        listing = Listing(
            session.document.project, session.document.library, session.presence.missing, session.jobs.all
        )
        shown = listing.shown(session.browsing, look.sort, look.descending)
        ids = [one.id for one in shown]
        session.browsing.order = tuple(ids)
        if ids == [one.id for one in self._shown]:
            self.listing, self._shown = listing, shown
            self._tell_all()
            return
        self.beginResetModel()
        self.listing, self._shown = listing, shown
        self._rows = {one: row for row, one in enumerate(ids)}
        self.endResetModel()

    def lists_others(self, change: Change) -> bool:
        """Whether sequences came, went or have other names."""
        if not change.sequences:
            return False
        now = self._session.document.project.sequences
        return [(one.id, one.name) for one in now] != [(one.id, one.name) for one in self.listing.project.sequences]

    def job_changed(self, job: Job) -> None:
        """A job got on, came or went."""
        if job.kind not in COMING:
            return
        at = next((row for row, one in enumerate(self._shown) if one.job is job), None)
        if (at is None) == job.is_over:
            if at is not None:
                self.dataChanged.emit(self.index(at, 0), self.index(at, len(COLUMNS) - 1))
        elif at is not None or (self._session.browsing.bin_id is None and not self._session.browsing.is_searching):
            self.refresh()

    def recount(self, change: Change) -> None:
        """Count the uses anew, soon, when clips came or went."""
        if change.clips_added or change.clips_removed or change.clips_changed or change.whole:
            self._telling.start()

    def _tell_uses(self) -> None:
        self.refresh()

    def _tell_all(self) -> None:
        if self._shown:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._shown) - 1, len(COLUMNS) - 1))

    @property
    def missing(self) -> frozenset[str]:
        """Media whose file is not there."""
        return self._session.presence.missing

    def is_missing(self, item: PoolItem) -> bool:
        """Whether the file of a clip is not there."""
        return item.media is not None and item.media.id in self.missing

    # --- in words -----------------------------------------------------------------------------------------------------

    def used(self, media: Media) -> str:
        """`Used 3 times`, `Not used`; of a sequence `Nested 2 times`."""
        number = self.listing.uses.get(media.id, 0)
        if self.listing.project.sequence(media.id) is not None:
            return (
                self.tr("Nested {times}").format(times=words.plural(number, "time")) if number else self.tr("Sequence")
            )
        return self.tr("Used {times}").format(times=words.plural(number, "time")) if number else self.tr("Not used")

    def second_line(self, item: PoolItem) -> str:
        """What stands below the name in the grid."""
        if item.job is not None:
            return _pace(item.job)
        if item.media is None:
            return words.plural(item.amount, "clip")
        if self.is_missing(item):
            return Path(item.media.path).name
        said = self.tr("Subclip") if item.subclip is not None else self.used(item.media)
        return self.tr("{said}, variable rate").format(said=said) if item.media.variable_rate else said

    def text(self, item: PoolItem, column: str) -> str:
        """One column in words."""
        media = item.media
        if column == "name":
            return item.name
        if item.job is not None:
            return _pace(item.job) if column == "length" else ""
        if media is None:
            return words.plural(item.amount, "clip") if column == "length" else ""
        texts = {
            "length": lambda: item_length(item),
            "rate": lambda: self.tr("{rate} fps").format(rate=item.rate) if item.rate else "",
            "size": lambda: f"{media.width} × {media.height}" if media.width else "",
            "codec": lambda: item.codec,
            "sound": lambda: (
                self.tr("{channels} ch, {sample_rate:g} kHz").format(
                    channels=media.channels, sample_rate=media.sample_rate / 1000
                )
                if media.has_audio and media.channels
                else ""
            ),
            "used": lambda: self.tr("Missing") if self.is_missing(item) else str(self.listing.uses.get(media.id, 0)),
            "label": lambda: self.tr("White") if item.label == "default" else item.label.capitalize(),
            "rating": lambda: words.plural(item.rating, "star") if item.rating else "",
            "date": lambda: media.modified[:10],
            "path": lambda: str(Path(media.path).parent) if media.path else "",
        }
        return texts[column]()

    def _spoken(self, item: PoolItem) -> str:
        parts = [item.name, item.kind, item_length(item), self.second_line(item)]
        parts += [self.tr("Missing")] * self.is_missing(item)
        parts += [self.text(item, "label"), self.text(item, "rating")] if item.media is not None else []
        return ", ".join(part for part in parts if part)

    def _tip(self, item: PoolItem) -> str:
        """What probing found."""
        media = item.media
        if item.job is not None:
            return self.tr("{name}\n{pace}. It lands here when it is done.").format(
                name=item.name, pace=_pace(item.job)
            )
        if media is None:
            return self.tr("{name}\n{clips}. A double click opens it.").format(
                name=item.name, clips=words.plural(item.amount, "clip")
            )
        if item.sequence is not None:
            said = self.tr(
                "A double click opens it on the timeline; dragged there, another sequence shows it as one clip."
            )
            size = self.tr("{width} × {height}, {rate} fps").format(
                width=media.width, height=media.height, rate=item.rate
            )
            return "\n".join(part for part in (item.name, size, self.used(media), said, item.entry.note) if part)
        parts = [item.name] + [self.tr("Part of {name}").format(name=media.name)] * (item.subclip is not None)
        if media.width:
            parts.append(f"{media.width} × {media.height}, {media.video_codec}".rstrip(", "))
        if media.rate is not None:
            parts.append(
                self.tr("{rate} fps").format(rate=rate_name(media.rate))
                + (self.tr(", variable") if media.variable_rate else "")
            )
        if media.has_audio:
            parts.append(
                self.tr("{channels} channels, {sample_rate:g} kHz").format(
                    channels=media.channels, sample_rate=media.sample_rate / 1000
                )
            )
        said = {
            ProxyState.READY: self.tr("Has a proxy (P): scrubbing reads that, exports never do"),
            ProxyState.MAKING: self.tr("Its proxy is being made"),
            ProxyState.WAITING: self.tr("Waits for a proxy"),
            ProxyState.FAILED: self.tr("No proxy: {reason}").format(reason=self._session.proxies.reason(media)),
        }.get(self._session.proxies.state(media), "")
        parts += [self.tr("Interlaced")] * media.interlaced + [said, item.entry.note, media.path]
        return "\n".join(part for part in parts if part)


def _side(column: str) -> int:
    side = Qt.AlignmentFlag.AlignRight if column in _NUMBERS else Qt.AlignmentFlag.AlignLeft
    return int(side | Qt.AlignmentFlag.AlignVCenter)


def bins_in(mime: QMimeData) -> tuple[str, ...]:
    """Ids of dragged folders."""
    if not mime.hasFormat(BIN_MIME):
        return ()
    return tuple(bytes(mime.data(BIN_MIME).data()).decode("utf-8", "replace").split("\n"))


def move_into(session: Session, clips: Iterable[str], bins: Iterable[str], bin_id: str | None) -> bool:
    """Drop clips and folders into a folder (None: the top), as one step; False where there was nothing to do."""
    pool, library = session.document.project.pool, session.document.library.media
    ids = tuple(clips)
    project = session.document.project
    files = [one for one in ids if one in library or project.sequence(one) is not None]
    parts = [one for one in ids if pool.subclip(one) is not None]
    commands: list[Command] = [SetBin(one, {"parent_id": bin_id}) for one in bins if one != bin_id]
    commands += [SetPoolEntry(tuple(files), {"bin_id": bin_id})] if files else []
    commands += [SetSubclip(tuple(parts), {"bin_id": bin_id})] if parts else []
    return bool(commands) and session.document.do_alone(Batch(tuple(commands), "Move to folder"))


def _pace(job: Job) -> str:
    """`Generating, 12 s left`; while it waits one word: a cell of the grid has room for no more."""
    if job.state is JobState.QUEUED and not job.is_on_hold and not job.is_cancel_asked:
        return QCoreApplication.translate("MediaModel", "Queued")
    if job.state is not JobState.RUNNING or job.is_on_hold or job.is_cancel_asked:
        return job_words.fact(job)
    if job.fraction is not None and job.fraction >= 1:
        return QCoreApplication.translate("MediaModel", "Landing")
    return ", ".join(
        part for part in (QCoreApplication.translate("MediaModel", "Generating"), words.left(job.seconds_left)) if part
    )


def item_length(item: PoolItem) -> str:
    """The length of a clip or of the part a subclip is."""
    media = item.media
    return "" if media is None or media.is_endless else _time_text(media, item.range.duration)


def _time_text(media: Media, length: RationalTime) -> str:
    text = format_timecode(length, media.rate or RationalTime(25).fraction, media.drop_frame)
    return text[3:] if text.startswith("00:") else text

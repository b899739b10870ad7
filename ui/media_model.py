"""The media of the library as a model of items."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QAbstractListModel, QMimeData, QModelIndex, QPersistentModelIndex, Qt, QTimer

from studio_app.services.proxy_entry import ProxyState
from studio_app.session.session import Session
from timeline.change import Change
from timeline.media import Media
from timeline.time import RationalTime
from timeline.timecode import format_timecode, rate_name
from ui import words

MIME = "application/x-starcut-media"
MEDIA = Qt.ItemDataRole.UserRole
COUNT_MS = 200
"""How long after the last edit the uses are counted: an edit among thousands of clips does not wait for it."""

Index = QModelIndex | QPersistentModelIndex


class MediaModel(QAbstractListModel):
    """All media of the library, newest last, or those that match a search."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._shown: list[Media] = []
        self._wanted = ""
        self._uses: Counter[str] | None = None
        self._telling = QTimer(self, interval=COUNT_MS, singleShot=True)
        self._telling.timeout.connect(self._tell_uses)

    def rowCount(self, parent: Index | None = None) -> int:
        """How many match."""
        return len(self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The media itself, its name, or a tooltip."""
        if not index.isValid():
            return None
        media = self._shown[index.row()]
        if role == MEDIA:
            return media
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.name_of(media)
        return self.facts(media) if role == Qt.ItemDataRole.ToolTipRole else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """All can be dragged out."""
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDragEnabled

    def mimeTypes(self) -> list[str]:
        """Our own kind; files too, so that other programs take them."""
        return [MIME, "text/uri-list"]

    def mimeData(self, indexes: Any) -> QMimeData:
        """The chosen media by id, in order of rows."""
        chosen = [self._shown[row] for row in sorted({index.row() for index in indexes})]
        data = QMimeData()
        data.setData(MIME, json.dumps([media.id for media in chosen]).encode())
        return data

    def find(self, text: str) -> None:
        """Show only names that hold all the words."""
        self._wanted = text
        self.refresh()

    def refresh(self) -> None:
        """Read the library anew."""
        library = self._session.document.library
        parts = self._wanted.lower().split()
        self.beginResetModel()
        self._shown = [
            one for one in library.media.values() if all(part in self.name_of(one).lower() for part in parts)
        ]
        self._uses = None
        self.endResetModel()

    def recount(self, change: Change) -> None:
        """Count the uses anew, soon, when clips came or went."""
        if change.clips_added or change.clips_removed or change.clips_changed or change.whole:
            self._uses = None
            self._telling.start()

    def _tell_uses(self) -> None:
        if self._shown:
            self.dataChanged.emit(self.index(0), self.index(len(self._shown) - 1))

    @property
    def missing(self) -> frozenset[str]:
        """Media whose file is not there."""
        return self._session.presence.missing

    @property
    def uses(self) -> Mapping[str, int]:
        """How often each file is used; linked picture and sound are one use. Counted when someone wants to see it."""
        if self._uses is None:
            tracks = (track for sequence in self._session.document.project.sequences for track in sequence.tracks)
            groups = frozenset[tuple[str, str]]().union(*(track.media_uses for track in tracks))
            self._uses = Counter(media_id for media_id, _ in groups)
        return self._uses

    def name_of(self, media: Media) -> str:
        """The name of the shot a take was made for, else the file's."""
        take = self._session.document.library.take_of_media(media.id)
        shot = self._session.document.project.shot(take.shot_id) if take is not None and take.shot_id else None
        return (shot.name or media.name) if shot is not None else media.name

    def used(self, media: Media) -> str:
        """`Used 3 times`, `Not used`."""
        number = self.uses.get(media.id, 0)
        return f"Used {words.plural(number, 'time')}" if number else "Not used"

    def _proxy_facts(self, media: Media) -> list[str]:
        proxies = self._session.proxies
        said = {
            ProxyState.READY: "Has a proxy (P): scrubbing reads that, exports never do",
            ProxyState.MAKING: "Its proxy is being made",
            ProxyState.WAITING: "Waits for a proxy",
            ProxyState.FAILED: f"No proxy: {proxies.reason(media)}",
        }.get(proxies.state(media))
        return [said] if said else []

    def facts(self, media: Media) -> str:
        """What probing found, for the tooltip."""
        parts = [media.name]
        if media.width:
            parts.append(f"{media.width} × {media.height}")
        if media.rate is not None:
            parts.append(f"{rate_name(media.rate)} fps" + (", variable" if media.variable_rate else ""))
        if media.has_audio:
            parts.append(f"{media.channels} channels, {media.sample_rate / 1000:g} kHz")
        parts += ["Interlaced"] * media.interlaced + self._proxy_facts(media) + [media.path]
        return "\n".join(parts)


def length_text(media: Media) -> str:
    """`00:09:05`, minutes, seconds, frames; empty for stills."""
    if media.is_endless:
        return ""
    text = format_timecode(media.duration, media.rate or RationalTime(25).fraction, media.drop_frame)
    return text[3:] if text.startswith("00:") else text

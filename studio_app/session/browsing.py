"""How the media pool is looked at: which folder is open, what is searched and filtered for, how it is sorted. No undo step."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

from studio_app.services.signal import Signal
from studio_app.session.document import Document
from studio_app.session.selection import Chosen

SIZES = ("SD", "HD", "Full HD", "UHD")
KINDS = ("Video", "Sound", "Picture", "Subclip", "Sequence")
COLUMNS = ("name", "length", "rate", "size", "codec", "sound", "used", "label", "rating", "date", "path")


@dataclass(frozen=True)
class Filters:
    """What must be true of a clip to be shown; empty: anything. Of one field one of the values is enough."""

    kinds: frozenset[str] = frozenset()
    sizes: frozenset[str] = frozenset()
    rates: frozenset[str] = frozenset()
    labels: frozenset[str] = frozenset()
    states: frozenset[str] = frozenset()
    """`used`, `unused`, `offline`, `generated`: all of them."""
    rating: int = 0
    """At least so many stars."""

    def toggled(self, name: str, value: str | int) -> Filters:
        """With a value chosen, or no more; of `used` and `unused` only one can be."""
        if name == "rating":
            return replace(self, rating=0 if self.rating == value else int(value))
        now: frozenset[str] = getattr(self, name)
        new = now ^ {str(value)}
        opposite = {"used": "unused", "unused": "used"}.get(str(value))
        return replace(self, **{name: new - {opposite} if name == "states" and opposite else new})  # type: ignore[arg-type]

    @property
    def count(self) -> int:
        """How many values are chosen."""
        return sum(len(getattr(self, one.name)) for one in fields(self) if one.name != "rating") + bool(self.rating)


class Browsing:
    """The session's view of the pool; panel and actions share it. Main thread only."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self.words = ""
        self.filters = Filters()
        self.order: tuple[str, ...] = ()
        """Ids of what the panel shows, as it shows them: several clips land in the sequence in this order."""
        self.bins = Chosen()
        """The selected folders; clips are in the session's selection."""
        self.changed: Signal[[]] = Signal()
        """Another folder, other words or filters."""
        self.asked: Signal[str] = Signal()
        """The panel is to do something with what is selected: `rename`, `find`, `filter`, `view`."""
        self._bin_id: str | None = None
        document.replaced.connect(self._start_anew)

    @property
    def bin_id(self) -> str | None:
        """The open folder; None at the top, also when the folder is gone."""
        return self._document.project.pool.place(self._bin_id)

    @property
    def is_searching(self) -> bool:
        """Whether words or filters choose what is shown, then from all folders below the open one."""
        return bool(self.words.strip()) or bool(self.filters.count)

    def open(self, bin_id: str | None) -> None:
        """Open a folder."""
        if bin_id != self._bin_id:
            self._bin_id = bin_id
            self.bins.clear()
            self.changed.emit()

    def leave(self) -> None:
        """Open the folder round the open one, and choose that."""
        inner = self._document.project.pool.bin(self.bin_id)
        if inner is not None:
            self.open(inner.parent_id)
            self.bins.set([inner.id])

    def find(self, words: str) -> None:
        """Search by words."""
        if words != self.words:
            self.words = words
            self.changed.emit()

    def filter(self, filters: Filters) -> None:
        """Show only what passes."""
        if filters != self.filters:
            self.filters = filters
            self.changed.emit()

    def clear(self) -> None:
        """Search and filter for nothing."""
        if self.is_searching or self.words:
            self.words, self.filters = "", Filters()
            self.changed.emit()

    def _start_anew(self) -> None:
        self._bin_id, self.words, self.filters, self.order = None, "", Filters(), ()
        self.changed.emit()

"""What is selected: items of the timeline, media of the pool, shots of the storyboard. Not an undo step."""

from __future__ import annotations

from collections.abc import Iterable

from studio_app.services.signal import Signal


class Chosen:
    """A set of ids, in order of choice; the last one leads."""

    def __init__(self) -> None:
        self._ids: tuple[str, ...] = ()
        self._known: frozenset[str] = frozenset()
        self.changed: Signal[[]] = Signal()

    @property
    def ids(self) -> tuple[str, ...]:
        """The chosen ids in order of choice."""
        return self._ids

    @property
    def lead(self) -> str | None:
        """The one chosen last."""
        return self._ids[-1] if self._ids else None

    def __contains__(self, item_id: str) -> bool:
        return item_id in self._known

    def __len__(self) -> int:
        return len(self._ids)

    def set(self, ids: Iterable[str]) -> None:
        """Choose just these."""
        new = tuple(dict.fromkeys(ids))
        if new != self._ids:
            self._ids, self._known = new, frozenset(new)
            self.changed.emit()

    def add(self, ids: Iterable[str]) -> None:
        """Choose these too."""
        self.set((*self._ids, *ids))

    def toggle(self, ids: Iterable[str]) -> None:
        """Choose these if they are not all chosen, else let them go."""
        ids = dict.fromkeys(ids)
        if self._known >= ids.keys():
            self.set(one for one in self._ids if one not in ids)
        else:
            self.add(ids)

    def clear(self) -> None:
        """Choose nothing."""
        self.set(())

    def keep(self, existing: Iterable[str]) -> None:
        """Let go what no longer exists."""
        there = set(existing)
        self.set(one for one in self._ids if one in there)


class Selection:
    """The three selections. The inspector shows the one that changed last: `focus` is `items`, `media` or `shots`."""

    def __init__(self) -> None:
        self.items = Chosen()
        self.media = Chosen()
        self.shots = Chosen()
        self.markers = Chosen()
        """Markers chosen in their list; the inspector does not follow them."""
        self.focus = "items"
        self.changed: Signal[[]] = Signal()
        self.items.changed.connect(lambda: self._changed("items"))
        self.media.changed.connect(lambda: self._changed("media"))
        self.shots.changed.connect(lambda: self._changed("shots"))

    @property
    def item_ids(self) -> tuple[str, ...]:
        """Selected clips and gaps of the timeline."""
        return self.items.ids

    def clear(self) -> None:
        """Choose nothing anywhere."""
        for chosen in (self.items, self.media, self.shots, self.markers):
            chosen.clear()

    def _changed(self, focus: str) -> None:
        if len({"items": self.items, "media": self.media, "shots": self.shots}[focus]):
            self.focus = focus
        self.changed.emit()

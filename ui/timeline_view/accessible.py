"""The timeline as assistive technology sees it: timeline, tracks, clips and gaps. Nothing is built until it is asked for.

Qt keeps what it was given by address and deletes it itself; Python would delete it when nobody refers to it. So every face is
held until Qt was told to let it go: `_HELD` for timelines, `TimelineFace._faces` for what is within.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any, Final

import shiboken6
from PySide6.QtCore import QObject, QPoint, QRect, QSize
from PySide6.QtGui import (
    QAccessible,
    QAccessibleActionInterface,
    QAccessibleInterface,
    QAccessibleSelectionInterface,
    QColor,
    QWindow,
)
from PySide6.QtWidgets import QAccessibleWidget

from timeline.items import Clip, Item
from timeline.query import timecode_at
from timeline.track import Track
from ui.timeline_view.layout import Row
from ui.timeline_view.spoken import item_state, item_words, place_words, track_state, track_words
from ui.timeline_view.view import TimelineView

_HELD: Final[list[QAccessibleInterface]] = []
"""Faces of timelines, until Qt deleted them (see above). The registry they are in is Qt's, and as global."""
_KEPT: Final = 2000
"""So many faces of clips a timeline keeps that nobody asked for lately."""


@cache
def install() -> None:
    """Answer for timelines when Qt asks for what is accessible; once is enough."""
    QAccessible.installFactory(_face_of)


def _face_of(key: str, thing: QObject | None) -> QAccessibleInterface | None:
    if not isinstance(thing, TimelineView):
        return None
    _HELD[:] = [face for face in _HELD if shiboken6.isValid(face)]
    face = TimelineFace(thing)
    _HELD.append(face)
    return face


class TimelineFace(QAccessibleWidget):
    """The rows; its children are the tracks from top to bottom."""

    def __init__(self, view: TimelineView) -> None:
        super().__init__(view, QAccessible.Role.Grouping)
        self.view = view
        self._faces: dict[str, _Face] = {}
        view.destroyed.connect(lambda: self.keep(()))

    def keep(self, item_ids: Iterable[str]) -> None:
        """Let go of the faces of all but these tracks, clips and gaps."""
        for gone in self._faces.keys() - set(item_ids):
            QAccessible.deleteAccessibleInterface(QAccessible.uniqueId(self._faces[gone]))
            del self._faces[gone]

    def tidy(self) -> None:
        """Let go of the faces of what is no longer in the sequence; of all when they are too many."""
        if len(self._faces) > _KEPT:
            self.keep(())
        elif self._faces:
            sequence = self.view.sequence
            self.keep([one for one in self._faces if sequence.track(one) or sequence.track_holding(one)])

    @property
    def built(self) -> int:
        """How many faces of tracks, clips and gaps there are now."""
        return len(self._faces)

    def row_face(self, row: Row) -> TrackFace:
        """The face of a track."""
        face = self._faces.get(row.track.id)
        if not isinstance(face, TrackFace):
            face = self._faces[row.track.id] = TrackFace(self, row.track.id)
        return face

    def item_face(self, item_id: str) -> ItemFace | None:
        """The face of a clip or gap; None when it is not in the sequence."""
        face = self._faces.get(item_id)
        if not isinstance(face, ItemFace):
            track = self.view.sequence.track_holding(item_id)
            row = self.view.layout_now.row(track.id) if track is not None else None
            if row is None:
                return None
            face = self._faces[item_id] = ItemFace(self, item_id)
        return face

    def selected_face(self) -> ItemFace | None:
        """The face of the clip that was selected last."""
        lead = self.view.session.selection.items.lead
        return self.item_face(lead) if lead is not None else None

    # --- what Qt asks -----------------------------------------------------------------------------------------------

    def childCount(self) -> int:
        """The tracks."""
        return len(self.view.layout_now.rows)

    def child(self, index: int) -> QAccessibleInterface:
        """A track."""
        rows = self.view.layout_now.rows
        return self.row_face(rows[index]) if 0 <= index < len(rows) else _NOBODY

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        """Which track it is."""
        ids = [row.track.id for row in self.view.layout_now.rows]
        return ids.index(child.id) if isinstance(child, TrackFace) and child.id in ids else -1

    def childAt(self, x: int, y: int) -> QAccessibleInterface:
        """The track at a point of the screen."""
        view = self.view
        row = view.layout_now.row_at(view.viewport().mapFromGlobal(QPoint(x, y)).y() + view.scroll_y)
        return self.row_face(row) if row is not None else _NOBODY

    def focusChild(self) -> QAccessibleInterface:
        """The clip selected last has the focus within."""
        return (self.selected_face() or _NOBODY) if self.view.hasFocus() else _NOBODY

    def text(self, which: QAccessible.Text) -> str:
        """Its name, where the playhead is, what is selected."""
        view = self.view
        session = view.session
        if which == QAccessible.Text.Name:
            return f"Timeline, {view.sequence.name}" if view.sequence.name else "Timeline"
        if which == QAccessible.Text.Value:
            return timecode_at(view.sequence, session.transport.time)
        if which == QAccessible.Text.Description:
            number = len(session.selection.item_ids)
            place = place_words(view.sequence, session.transport.time, view.facts, session.targets.ids)
            return f"Playhead {place}. {number} selected" if number else f"Playhead {place}"
        return super().text(which)


class _Face(QAccessibleInterface):
    """What is within a timeline: found by its id each time, so that it never shows what is gone."""

    def __init__(self, timeline: TimelineFace, thing_id: str) -> None:
        super().__init__()
        self.timeline, self.id = timeline, thing_id

    @property
    def view(self) -> TimelineView:
        """The timeline's widget."""
        return self.timeline.view

    def isValid(self) -> bool:
        """Whether it is still in the sequence."""
        return shiboken6.isValid(self.timeline) and shiboken6.isValid(self.view) and self.row is not None

    @property
    def row(self) -> Row | None:
        """The row it is or lies in."""
        raise NotImplementedError

    def object(self) -> Any:
        """None: it is painted, no object of its own."""
        return None

    def window(self) -> QWindow:
        """The window it is in."""
        return self.timeline.window()

    def child(self, index: int) -> Any:
        """None."""
        return None

    def childCount(self) -> int:
        """Nothing is within."""
        return 0

    def childAt(self, x: int, y: int) -> Any:
        """None."""
        return None

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        """Nothing is within."""
        return -1

    def focusChild(self) -> Any:
        """None."""
        return None

    def relations(self, match: Any = None) -> list[Any]:
        """None are told."""
        return []

    def setText(self, which: QAccessible.Text, text: str) -> None:
        """Nothing is renamed this way."""

    def foregroundColor(self) -> QColor:
        """Not told."""
        return QColor()

    def backgroundColor(self) -> QColor:
        """Not told."""
        return QColor()

    def virtual_hook(self, id: int, data: int) -> None:  # noqa: A002 - Qt's name
        """For versions to come."""

    def interface_cast(self, which: QAccessible.InterfaceType) -> Any:
        """None. Python's own None would reach Qt as an address, and crash it: what is returned here is a null pointer."""
        return _NULL

    def on_screen(self, left: float, top: float, width: float, height: float) -> QRect:
        """A rectangle (viewport x, content y) on the screen, cut to the viewport's width."""
        view = self.view
        from_x, to_x = max(0.0, left), min(left + width, view.view_width)
        corner = view.viewport().mapToGlobal(QPoint(round(from_x), round(top) - view.scroll_y))
        return QRect(corner, QSize(max(0, round(to_x - from_x)), round(height)))


class TrackFace(_Face):
    """A track: a list of its clips and gaps."""

    def __init__(self, timeline: TimelineFace, thing_id: str) -> None:
        super().__init__(timeline, thing_id)
        self._selection = TrackSelection(self)

    @property
    def row(self) -> Row | None:
        """The row of the track."""
        return self.view.layout_now.row(self.id)

    @property
    def items(self) -> tuple[Item, ...]:
        """Its clips and gaps."""
        row = self.row
        return row.track.items if row is not None else ()

    def parent(self) -> QAccessibleInterface:
        """The timeline."""
        return self.timeline

    def role(self) -> QAccessible.Role:
        """A list."""
        return QAccessible.Role.List

    def childCount(self) -> int:
        """Clips and gaps."""
        return len(self.items)

    def child(self, index: int) -> Any:
        """A clip or gap."""
        items = self.items
        return self.timeline.item_face(items[index].id) if 0 <= index < len(items) else None

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        """The place of a clip or gap."""
        row = self.row
        place = row.track.index_of(child.id) if row is not None and isinstance(child, ItemFace) else None
        return -1 if place is None else place

    def childAt(self, x: int, y: int) -> Any:
        """The clip or gap at a point of the screen."""
        row, view = self.row, self.view
        place = view.viewport().mapFromGlobal(QPoint(x, y))
        item = row.track.item_at(view.scale.exact_at(place.x())) if row is not None else None
        return self.timeline.item_face(item.id) if item is not None else None

    def rect(self) -> QRect:
        """The row."""
        row = self.row
        return QRect() if row is None else self.on_screen(0.0, row.y, self.view.view_width, row.height)

    def text(self, which: QAccessible.Text) -> str:
        """Name; locked, muted and so on."""
        row = self.row
        if row is None:
            return ""
        if which == QAccessible.Text.Name:
            return track_words(row)
        if which == QAccessible.Text.Description:
            return track_state(row.track, targeted=self.id in self.view.session.targets.ids)
        return ""

    def state(self) -> QAccessible.State:
        """Several of its clips may be selected; a locked track is read only."""
        state, row = QAccessible.State(), self.row
        state.invalid = row is None
        state.multiSelectable = state.extSelectable = True
        state.readOnly = row is not None and row.track.locked
        return state

    def interface_cast(self, which: QAccessible.InterfaceType) -> Any:
        """Its selection."""
        return self._selection if which == QAccessible.InterfaceType.SelectionInterface else _NULL


class TrackSelection(QAccessibleSelectionInterface):
    """The selected clips and gaps of one track."""

    def __init__(self, face: TrackFace) -> None:
        super().__init__()
        self._face = face

    @property
    def _ids(self) -> list[str]:
        row, chosen = self._face.row, self._face.view.session.selection.item_ids
        return [one for one in chosen if row is not None and row.track.index_of(one) is not None]

    def selectedItemCount(self) -> int:
        """How many."""
        return len(self._ids)

    def selectedItems(self) -> list[QAccessibleInterface]:
        """Their faces, in order of choice."""
        faces = (self._face.timeline.item_face(one) for one in self._ids)
        return [face for face in faces if face is not None]

    def selectedItem(self, index: int) -> Any:
        """One of them."""
        ids = self._ids
        return self._face.timeline.item_face(ids[index]) if 0 <= index < len(ids) else None

    def isSelected(self, child: QAccessibleInterface) -> bool:
        """Whether a clip is among them."""
        return isinstance(child, ItemFace) and child.id in self._ids

    def select(self, child: QAccessibleInterface) -> bool:
        """Select a clip too."""
        if isinstance(child, ItemFace):
            self._face.view.session.selection.items.add((child.id,))
        return isinstance(child, ItemFace)

    def unselect(self, child: QAccessibleInterface) -> bool:
        """Let a clip go."""
        items = self._face.view.session.selection.items
        if isinstance(child, ItemFace):
            items.set(one for one in items.ids if one != child.id)
        return isinstance(child, ItemFace)

    def selectAll(self) -> bool:
        """All clips of the track."""
        self._face.view.session.selection.items.add(one.id for one in self._face.items if isinstance(one, Clip))
        return True

    def clear(self) -> bool:
        """None of the track."""
        mine, items = set(self._ids), self._face.view.session.selection.items
        items.set(one for one in items.ids if one not in mine)
        return True


class ItemFace(_Face):
    """A clip or a gap."""

    def __init__(self, timeline: TimelineFace, thing_id: str) -> None:
        super().__init__(timeline, thing_id)
        self._press = Press(self)

    @property
    def _track(self) -> Track | None:
        return self.view.sequence.track_holding(self.id)

    @property
    def row(self) -> Row | None:
        """The row it lies in."""
        track = self._track
        return self.view.layout_now.row(track.id) if track is not None else None

    def parent(self) -> QAccessibleInterface:
        """Its track."""
        row = self.row
        return self.timeline.row_face(row) if row is not None else self.timeline

    def role(self) -> QAccessible.Role:
        """An entry of the track's list."""
        return QAccessible.Role.ListItem

    def rect(self) -> QRect:
        """Where it is painted; empty beside the viewport."""
        bounds = self.view.layout_now.bounds(self.id)
        return QRect() if bounds is None else self.on_screen(bounds[0], bounds[1], bounds[2], bounds[3])

    def text(self, which: QAccessible.Text) -> str:
        """Name, start and length; what its badges say."""
        row, view = self.row, self.view
        index = row.track.index_of(self.id) if row is not None else None
        if row is None or index is None:
            return ""
        item = row.track.items[index]
        if which == QAccessible.Text.Name:
            return item_words(item, row.track.starts[index], view.sequence, view.facts)
        if which == QAccessible.Text.Description:
            return item_state(
                item,
                row.label,
                view.facts,
                missing=isinstance(item, Clip) and view.is_offline(item),
                offset=view.offset_of(row.track, item) if isinstance(item, Clip) else 0,
            )
        return ""

    def state(self) -> QAccessible.State:
        """Selected, focused (the one selected last, while the timeline has the keys), out of view, gone."""
        state, row, view = QAccessible.State(), self.row, self.view
        state.invalid = row is None
        state.selectable = state.focusable = True
        chosen = view.session.selection.items
        state.selected = self.id in chosen
        state.focused = chosen.lead == self.id and view.hasFocus()
        state.readOnly = row is not None and row.track.locked
        state.offscreen = row is None or self.rect().isEmpty()
        return state

    def interface_cast(self, which: QAccessible.InterfaceType) -> Any:
        """What can be done with it."""
        return self._press if which == QAccessible.InterfaceType.ActionInterface else _NULL


class Press(QAccessibleActionInterface):
    """Pressing a clip selects it, with what is linked, as a click does; the view comes to it."""

    def __init__(self, face: ItemFace) -> None:
        super().__init__()
        self._face = face

    def actionNames(self) -> list[str]:
        """Press and focus."""
        return [self.pressAction(), self.setFocusAction()]

    def doAction(self, name: str) -> None:
        """Select it and give the timeline the keys."""
        view = self._face.view
        if name in self.actionNames() and self._face.isValid():
            gap = view.sequence.clip(self._face.id) is None
            view.session.selection.items.set((self._face.id,) if gap else view.joined_ids((self._face.id,)))
            view.bring(self._face.id)
            view.setFocus()

    def keyBindingsForAction(self, name: str) -> list[str]:
        """None of its own."""
        return []


_NOBODY: Any = None
"""Qt takes no interface for none; its stubs do not say so."""
_NULL: Any = shiboken6.VoidPtr(0)

"""Tracks, clips and gaps as assistive technology sees them (see `accessible`, which makes and keeps them)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import shiboken6
from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import (
    QAccessible,
    QAccessibleActionInterface,
    QAccessibleInterface,
    QAccessibleSelectionInterface,
    QColor,
    QWindow,
)

from timeline.items import Clip, Item
from timeline.track import Track
from ui.timeline_view.layout import Row
from ui.timeline_view.spoken import item_state, item_words, track_state, track_words
from ui.timeline_view.view import TimelineView

if TYPE_CHECKING:
    from ui.timeline_view.accessible import TimelineFace

_NULL: Any = shiboken6.VoidPtr(0)


class Face(QAccessibleInterface):
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


class TrackFace(Face):
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


class ItemFace(Face):
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

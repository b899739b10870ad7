"""The timeline one can edit: the rows, the hand on them, and what tools may ask."""

from __future__ import annotations

from collections.abc import Sequence as Row

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QMouseEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from studio_app.session.session import Session
from timeline import query
from timeline.command import Command
from timeline.query import timecode_at
from timeline.time import RationalTime
from ui.timeline_view.draft import Draft
from ui.timeline_view.drops import Drops
from ui.timeline_view.hand import Hand
from ui.timeline_view.layout import Zone
from ui.timeline_view.rows import RowsView
from ui.timeline_view.snapping import Snapper
from ui.timeline_view.tools.base import Bracket, Ghost


class TimelineView(RowsView):
    """Edits the active sequence. Fulfils `tools.base.Stage`."""

    said = Signal(str)
    menu_wanted = Signal(object, object)
    tool_changed = Signal(str)
    snapping_toggled = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.snapping = self.linked = True
        self.ripple_mode = False
        self.draft_state = Draft(self)
        self.hand = Hand(self)
        self.drops = Drops(self)
        self.viewport().setMouseTracking(True)
        self.viewport().setAcceptDrops(True)
        self.setAcceptDrops(True)

    @property
    def is_held(self) -> bool:
        """Whether a drag goes on."""
        return self.hand.is_dragging

    # --- what tools ask (Stage) -------------------------------------------------------------------------------------

    def snapper(self, exclude: frozenset[str]) -> Snapper:
        """Snapping points of the moment."""
        transport = self.session.transport
        marks = tuple(mark for mark in (transport.mark_in, transport.mark_out) if mark is not None)
        return Snapper(query.snap_points(self.sequence, exclude, transport.time, marks), self.snapping)

    def draft(
        self, command: Command | None, ghosts: Row[Ghost], said: str, moving: frozenset[str] = frozenset()
    ) -> bool:
        """Show what `command` would do."""
        return self.draft_state.show(command, ghosts, said, moving)

    def commit(self) -> bool:
        """Do what was drafted."""
        return self.draft_state.commit()

    def end_draft(self) -> None:
        """Back to the project as it is."""
        self.draft_state.end()

    def show_ghosts(self, ghosts: Row[Ghost], *, refused: bool) -> None:
        """Outlines of what is dragged; only the rows they are in are painted again."""
        overlay = self.overlay
        if tuple(ghosts) == tuple(overlay.ghosts) and refused == overlay.refused:
            return
        touched = {ghost.track_id for ghost in (*overlay.ghosts, *ghosts)}
        overlay.ghosts, overlay.refused = tuple(ghosts), refused
        if touched - {row.track.id for row in self.layout_now.rows}:
            self.viewport().update()
            return
        for track_id in touched:
            if track_id is not None:
                self.update_row(track_id)

    def show_snap(self, time: RationalTime | None) -> None:
        """The full-height snap line."""
        before, self.overlay.snap = self.overlay.snap, time
        if time != before:
            for at in (before, time):
                if at is not None:
                    self.viewport().update(round(self.scale.x_of(at)) - 1, 0, 3, self.viewport().height())

    def show_marquee(self, box: tuple[float, float, float, float] | None) -> None:
        """The rubber band; only where it is and was is painted again."""
        before, self.overlay.marquee = self.overlay.marquee, box
        for one in (before, box):
            if one is not None:
                area = QRectF(QPointF(*one[:2]), QPointF(*one[2:])).normalized().toAlignedRect()
                self.viewport().update(area.adjusted(-2, -2, 2, 2).translated(0, -self.scroll_y))

    def show_brackets(self, brackets: Row[Bracket]) -> None:
        """Trim brackets; only the rows they are in are painted."""
        if tuple(brackets) == tuple(self.overlay.brackets):
            return
        for bracket in (*self.overlay.brackets, *brackets):
            row = self.layout_now.row(bracket.track_id)
            if row is not None:
                x = round(self.scale.x_of(bracket.time))
                self.viewport().update(QRect(x - 12, row.y - self.scroll_y, 24, row.height))
        self.overlay.brackets = tuple(brackets)

    def say(self, text: str) -> None:
        """A sentence for the status line."""
        self.said.emit(text)

    def linked_ids(self, item_ids: Row[str]) -> tuple[str, ...]:
        """With what is linked, while linked selection is on."""
        return query.linked_ids(self.sequence, item_ids) if self.linked else tuple(item_ids)

    def set_tool(self, tool_id: str) -> None:
        """Make another tool the active one."""
        self.hand.take(tool_id)
        self.tool_changed.emit(self.hand.tool.id)

    # --- events -----------------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """To the hand."""
        self.hand.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """To the hand."""
        self.hand.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """To the hand."""
        self.hand.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """To the hand."""
        self.hand.double_click(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the pointer."""
        self.hand.leave()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """To the hand."""
        self.hand.wheel(event, event.position().x())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc ends a drag, else goes back to the select tool; modifiers are read live."""
        if event.key() == Qt.Key.Key_Escape:
            if not self.hand.cancel():
                self.set_tool("select")
        elif event.key() == Qt.Key.Key_S and not event.modifiers() and self.hand.is_dragging:
            self.snapping_toggled.emit()
        elif event.key() in _MODIFIERS:
            self.hand.modifiers_changed(event.modifiers() | _MODIFIERS[Qt.Key(event.key())])
        else:
            event.ignore()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """See keyPressEvent."""
        if event.key() in _MODIFIERS:
            self.hand.modifiers_changed(event.modifiers() & ~_MODIFIERS[Qt.Key(event.key())])
        else:
            event.ignore()

    def set_snapping(self, on: bool) -> None:
        """Snapping on or off; a running drag shows it at once."""
        self.snapping = on
        self.hand.again()

    def timecode(self, time: RationalTime) -> str:
        """A place in the sequence as timecode."""
        sequence = self.sequence
        return timecode_at(sequence, time)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """To the drops."""
        self.drops.enter(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """To the drops."""
        self.drops.move(event)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """To the drops."""
        self.drops.leave()

    def dropEvent(self, event: QDropEvent) -> None:
        """To the drops."""
        self.drops.drop(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Choose what is there, then the menu of what applies to it."""
        position = QPointF(self.viewport().mapFromGlobal(event.globalPos()))
        pointer = self.hand.pointer(position, Qt.KeyboardModifier.NoModifier)
        hit = self.hand.hit(pointer)
        if hit.item_id is not None and hit.item_id not in self.session.selection.items:
            self.session.selection.items.set(
                self.linked_ids((hit.item_id,)) if hit.zone is not Zone.GAP else (hit.item_id,)
            )
        self.menu_wanted.emit(hit, event.globalPos())


_MODIFIERS = {
    Qt.Key.Key_Control: Qt.KeyboardModifier.ControlModifier,
    Qt.Key.Key_Shift: Qt.KeyboardModifier.ShiftModifier,
    Qt.Key.Key_Alt: Qt.KeyboardModifier.AltModifier,
}

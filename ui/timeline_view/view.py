"""The timeline one can edit: the rows, the hand on them, and what tools may ask."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Sequence as Row
from dataclasses import replace

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
from studio_app.session.trim_view import TrimView
from studio_app.session.trimming import SelectedEdit
from timeline import query
from timeline.command import Command
from timeline.cuts import Side, cuts_at
from timeline.query import timecode_at
from timeline.sequence import Sequence
from timeline.time import RationalTime
from ui.timeline_view.draft import Draft
from ui.timeline_view.drops import Drops
from ui.timeline_view.hand import Hand
from ui.timeline_view.layout import Zone
from ui.timeline_view.rows import RowsView
from ui.timeline_view.snapping import Points, Snapper, keyframes_in_view, with_keyframes
from ui.timeline_view.tools.base import Bracket, Cover, Ghost


class TimelineView(RowsView):
    """Edits the active sequence. Fulfils `tools.base.Stage`."""

    said = Signal(str)
    menu_wanted = Signal(object, object)
    tool_changed = Signal(str)
    marker_opened = Signal(str)
    snapping_toggled = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.snapping = self.linked = True
        self.ripple_mode = False
        self._shows_trim = False
        self.also_cancel: Callable[[], bool] = lambda: False
        """Ends what is dragged beside the rows; whether there was something."""
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

    def snapper(self, exclude: frozenset[str], *, keyframes: bool = False, marker_id: str = "") -> Snapper:
        """Snapping points of the moment."""
        transport, sequence = self.session.transport, self.sequence
        if marker_id:
            sequence = replace(sequence, markers=tuple(one for one in sequence.markers if one.id != marker_id))
        marks = tuple(mark for mark in (transport.mark_in, transport.mark_out) if mark is not None)
        points: Points = query.snap_points(sequence, exclude, transport.time, marks)
        if keyframes:
            points = with_keyframes(points, keyframes_in_view(self.layout_now, self.view_width, exclude))
        return Snapper(points, self.snapping)

    def draft(
        self,
        command: Command | None,
        ghosts: Row[Ghost],
        said: str,
        moving: frozenset[str] = frozenset(),
        covers: Row[Cover] = (),
    ) -> bool:
        """Show what `command` would do."""
        return self.draft_state.show(command, ghosts, said, moving, covers)

    def commit(self) -> bool:
        """Do what was drafted."""
        return self.draft_state.commit()

    def end_draft(self) -> None:
        """Back to the project as it is."""
        self.draft_state.end()

    def show_ghosts(self, ghosts: Row[Ghost], covers: Row[Cover] = (), *, refused: bool) -> None:
        """Outlines of what is dragged and what it would cover; only the rows they are in are painted again."""
        overlay = self.overlay
        if (tuple(ghosts), tuple(covers), refused) == (overlay.ghosts, overlay.covers, overlay.refused):
            return
        touched = {one.track_id for one in (*overlay.ghosts, *ghosts)}
        touched |= {one.track_id for one in (*overlay.covers, *covers)}
        overlay.ghosts, overlay.covers, overlay.refused = tuple(ghosts), tuple(covers), refused
        if touched - {row.track.id for row in self.layout_now.rows}:
            self.viewport().update()
            return
        for track_id in touched:
            if track_id is not None:
                self.lay_over(track_id)

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
                x, reach = round(self.scale.x_of(bracket.time)), 12
                if bracket.note or bracket.ends != (None, None):
                    self.lay_over(bracket.track_id)
                else:
                    self.viewport().update(QRect(x - reach, row.y - self.scroll_y, 2 * reach, row.height))
        self.overlay.brackets = tuple(brackets)

    def say(self, text: str) -> None:
        """A sentence for the status line."""
        self.said.emit(text)

    def linked_ids(self, item_ids: Row[str]) -> tuple[str, ...]:
        """With what is linked, while linked selection is on."""
        return query.linked_ids(self.sequence, item_ids) if self.linked else tuple(item_ids)

    def joined_ids(self, item_ids: Row[str]) -> tuple[str, ...]:
        """With what is linked or in the same group, while linked selection is on."""
        return query.together_ids(self.sequence, item_ids) if self.linked else tuple(item_ids)

    @property
    def shown_sequence(self) -> Sequence:
        """With what a drag would do."""
        return self._shown_sequence()

    @property
    def copy_key(self) -> str:
        """`Alt` or `Super`, by the preferences."""
        return self.session.settings.values.copy_modifier.key

    def open_marker(self, marker_id: str) -> None:
        """Ask for the marker's editor."""
        self.marker_opened.emit(marker_id)

    def show_trim(self, view: TrimView | None) -> None:
        """Tell the program viewer; an edit that is in trim mode comes back when the drag is over."""
        trimming = self.session.trimming
        if view is None and not self._shows_trim:
            return
        self._shows_trim = view is not None
        self.session.trim_view.emit(trimming.shown() if view is None and trimming.is_on else view)

    def select_edit(self, track_ids: Row[str], at: RationalTime, side: Side, *, add: bool = False) -> None:
        """The cuts of some tracks at a time, held at one side."""
        tracks = (track for one in track_ids if (track := self.sequence.track(one)) is not None)
        cuts = tuple(cut.turned(side) for cut in cuts_at(tracks, at))
        before = self.session.trimming.edit
        if not cuts:
            return
        self.session.selection.items.clear()
        if add and before is not None:
            taken = {cut.track_id for cut in cuts}
            cuts = (*(cut for cut in before.cuts if cut.track_id not in taken), *cuts)
        self.session.trimming.select(SelectedEdit(cuts, ripple=self.ripple_mode or self.hand.tool.id == "ripple"))

    def set_tool(self, tool_id: str) -> None:
        """Make another tool the active one."""
        self.hand.take(tool_id)
        if self.pen != (self.hand.tool.id == "pen"):
            self.pen = self.hand.tool.id == "pen"
            self.spoil()
        self.tool_changed.emit(self.hand.tool.id)

    def pan_moved(self, dx: float, dy: float) -> bool:
        """Scroll by pixels; whether anything moved, or all there is was seen."""
        before = (self.scale.origin_px, self.scroll_y)
        self.pan(dx, dy)
        return (self.scale.origin_px, self.scroll_y) != before

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
            if self.hand.cancel() or self.also_cancel():
                return
            if self.session.trimming.edit is not None:
                self.session.trimming.leave()
            else:
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
                self.joined_ids((hit.item_id,)) if hit.zone is not Zone.GAP else (hit.item_id,)
            )
        self.menu_wanted.emit(hit, event.globalPos())


_MODIFIERS = {
    Qt.Key.Key_Meta: Qt.KeyboardModifier.MetaModifier,
    Qt.Key.Key_Super_L: Qt.KeyboardModifier.MetaModifier,
    Qt.Key.Key_Super_R: Qt.KeyboardModifier.MetaModifier,
    Qt.Key.Key_Control: Qt.KeyboardModifier.ControlModifier,
    Qt.Key.Key_Shift: Qt.KeyboardModifier.ShiftModifier,
    Qt.Key.Key_Alt: Qt.KeyboardModifier.AltModifier,
}

"""The hand on the timeline: finds the tool for a press, keeps the drag going, scrolls at the edges, pans by the middle button."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent

from studio_app.services.settings import CopyModifier
from ui.qt.language import translated
from ui.timeline_view.edge_scroll import EdgeScroll, Place
from ui.timeline_view.layout import Hit, Zone
from ui.timeline_view.tools import tools
from ui.timeline_view.tools.base import Drag, Pointer, Tool

if TYPE_CHECKING:
    from ui.timeline_view.view import TimelineView

_ZOOM_PER_NOTCH: Final = 1.25
_WHEEL: Final = 0.6
"""Pixels the rows scroll for an eighth of a degree."""


class Hand(QObject):
    """Turns mouse events on the viewport into what the active tool does."""

    def __init__(self, view: TimelineView) -> None:
        super().__init__(view)
        self._view = view
        self.tools: dict[str, Tool] = {tool.id: tool(view) for tool in tools()}
        self.tool: Tool = self.tools["select"]
        self._drag: Drag | None = None
        self._panned_from: QPointF | None = None
        self._last = Pointer(0, 0)
        self._spot_y = 0.0
        self._after: str | None = None
        self._kept: tuple[str, int] | None = None
        self._presses = 0
        self._edge = EdgeScroll(view, self._place, view.pan_moved, self.again)

    @property
    def is_dragging(self) -> bool:
        """Whether a button holds something."""
        return self._drag is not None or self._panned_from is not None

    def take(self, tool_id: str) -> None:
        """Make another tool the active one; a running drag is cancelled."""
        if tool_id in self.tools:
            self.cancel()
            self._take(tool_id)

    def take_after(self, tool_id: str) -> None:
        """The same, but a running drag is finished first."""
        if self._drag is not None:
            self._after = tool_id
        else:
            self._view.set_tool(tool_id)

    def keep_tool(self) -> None:
        """A tool's key goes down: this is the tool to come back to."""
        self._kept = (self.tool.id, self._presses)

    def give_tool_back(self, *, held: bool) -> None:
        """The key came up. When it was held, or the tool was used meanwhile, the one before comes back."""
        kept, self._kept = self._kept, None
        if kept is not None and kept[0] != self.tool.id and (held or self._presses != kept[1]):
            self.take_after(kept[0])

    def _take(self, tool_id: str) -> None:
        self._after = None
        if self.tool.id != tool_id:
            self.tool.put_away()
        self.tool = self.tools[tool_id]
        self._view.viewport().setCursor(self.tool.cursor)
        self._view.say(translated("Tool", self.tool.hint))

    def pointer(self, position: QPointF, modifiers: Qt.KeyboardModifier) -> Pointer:
        """A viewport position as tools see it."""
        alt = bool(modifiers & Qt.KeyboardModifier.AltModifier)
        by_alt = self._view.session.settings.values.copy_modifier is CopyModifier.ALT
        return Pointer(
            position.x(),
            position.y() + self._view.scroll_y,
            bool(modifiers & Qt.KeyboardModifier.ShiftModifier),
            bool(modifiers & Qt.KeyboardModifier.ControlModifier),
            alt,
            alt if by_alt else bool(modifiers & Qt.KeyboardModifier.MetaModifier),
        )

    def hit(self, pointer: Pointer) -> Hit:
        """What is under a pointer."""
        return self._view.layout_now.hit(pointer.x, pointer.y)

    def _hit(self, pointer: Pointer) -> Hit:
        """The same as the tool sees it: most take hold of clips, whatever lies over their cuts."""
        return self._view.layout_now.hit(pointer.x, pointer.y, transitions=self.tool.sees_transitions)

    def press(self, event: QMouseEvent) -> None:
        """A button went down."""
        if event.button() == Qt.MouseButton.MiddleButton:
            self._panned_from = event.position()
            self._view.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
            return
        if event.button() != Qt.MouseButton.LeftButton or self._drag is not None:
            return
        self._presses += 1
        self._last = self.pointer(event.position(), event.modifiers())
        self.hold(self.tool.press(self._last, self._hit(self._last)), self._last)

    def hold(self, drag: Drag | None, pointer: Pointer) -> None:
        """Keep a drag going that began at a pointer (in the rows, or in the ruler over them)."""
        self._drag, self._last, self._spot_y = drag, pointer, pointer.y - self._view.scroll_y
        if drag is not None:
            self._view.hover(None)
            self._edge.start((pointer.x, self._spot_y))

    def move(self, event: QMouseEvent) -> None:
        """The pointer moved."""
        if self._panned_from is not None:
            step = self._panned_from - event.position()
            self._panned_from = event.position()
            self._view.pan(step.x(), step.y())
            return
        self.move_to(self.pointer(event.position(), event.modifiers()))

    def move_to(self, pointer: Pointer) -> None:
        """The pointer is elsewhere, or other modifiers are held."""
        self._last, self._spot_y = pointer, pointer.y - self._view.scroll_y
        if self._drag is not None:
            self._drag.move(pointer)
            return
        hit = self._hit(pointer)
        on_clip = hit.zone in (Zone.CLIP, Zone.CLIP_IN, Zone.CLIP_OUT)
        self._view.hover(hit.item_id if on_clip else None)
        self._view.viewport().setCursor(self.tool.hover(pointer, hit))

    def release(self, event: QMouseEvent) -> None:
        """A button went up: a drag makes its edit."""
        if event.button() == Qt.MouseButton.MiddleButton and self._panned_from is not None:
            self._panned_from = None
            self._view.viewport().setCursor(self.tool.cursor)
            return
        if event.button() == Qt.MouseButton.LeftButton:
            self.let_go(self.pointer(event.position(), event.modifiers()))

    def let_go(self, pointer: Pointer) -> None:
        """The drag ends here."""
        if self._drag is None:
            return
        drag, self._drag = self._drag, None
        self._edge.stop()
        drag.release(pointer)
        if self._after is not None:
            self._view.set_tool(self._after)

    def double_click(self, event: QMouseEvent) -> None:
        """Twice in the same place. Where that means nothing it is a press: who works quickly clicks and drags at one place."""
        pointer = self.pointer(event.position(), event.modifiers())
        if event.button() != Qt.MouseButton.LeftButton or self._drag is not None:
            return
        if not self.tool.double_click(pointer, self._hit(pointer)):
            self.press(event)

    def modifiers_changed(self, held: Qt.KeyboardModifier) -> None:
        """A modifier key went down or up: a drag shows what that means at once."""
        self.move_to(self.pointer(QPointF(self._last.x, self._spot_y), held))

    def again(self) -> None:
        """Something a drag depends on changed (snapping, the scroll position): show it anew."""
        if self._drag is not None:
            self._last = self._last._replace(y=self._spot_y + self._view.scroll_y)
            self._drag.move(self._last)

    def cancel(self) -> bool:
        """Esc: end a drag without an edit. False when there was none."""
        if self._panned_from is not None:
            self._panned_from = None
            self._view.viewport().setCursor(self.tool.cursor)
            return True
        if self._drag is None:
            return False
        drag, self._drag = self._drag, None
        self._edge.stop()
        drag.cancel()
        if self._after is not None:
            self._view.set_tool(self._after)
        return True

    def leave(self) -> None:
        """The pointer left the timeline."""
        if not self.is_dragging:
            self._view.hover(None)
            self._view.show_brackets(())
            self._view.show_snap(None)

    def wheel(self, event: QWheelEvent, x: float) -> None:
        """Plain: tracks. Shift: time. Ctrl or Alt: zoom at the pointer."""
        steps = event.angleDelta()
        held = event.modifiers()
        amount = steps.y() or steps.x()
        if held & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
            self._view.zoom_at(_ZOOM_PER_NOTCH ** (amount / 120), x)
        elif held & Qt.KeyboardModifier.ShiftModifier:
            self._view.pan(-amount, 0)
        else:
            self._view.pan(-steps.x(), -steps.y() * _WHEEL)
        self.again()
        event.accept()

    def _place(self) -> Place | None:
        """Where the pointer is, for scrolling at the edges."""
        if self._drag is None or not self._drag.scrolls:
            return None
        viewport = self._view.viewport()
        return Place(self._last.x, self._spot_y, viewport.width(), viewport.height())

"""The hand on the timeline: finds the tool for a press, keeps the drag going, scrolls at the edges, pans by the middle button."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QPointF, Qt, QTimer
from PySide6.QtGui import QMouseEvent, QWheelEvent

from ui.timeline_view.layout import Hit, Zone
from ui.timeline_view.tools import tools
from ui.timeline_view.tools.base import Drag, Pointer, Tool

if TYPE_CHECKING:
    from ui.timeline_view.view import TimelineView

EDGE_PX: Final = 28
EDGE_MS: Final = 30
_ZOOM_PER_NOTCH: Final = 1.25


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
        self._timer = QTimer(self)
        self._timer.setInterval(EDGE_MS)
        self._timer.timeout.connect(self._at_edge)

    @property
    def is_dragging(self) -> bool:
        """Whether a button holds something."""
        return self._drag is not None or self._panned_from is not None

    def take(self, tool_id: str) -> None:
        """Make another tool the active one; a running drag is cancelled."""
        if tool_id in self.tools:
            self.cancel()
            self.tool = self.tools[tool_id]
            self._view.viewport().setCursor(self.tool.cursor)
            self._view.say(self.tool.hint)

    def pointer(self, position: QPointF, modifiers: Qt.KeyboardModifier) -> Pointer:
        """A viewport position as tools see it."""
        return Pointer(
            position.x(),
            position.y() + self._view.scroll_y,
            bool(modifiers & Qt.KeyboardModifier.ShiftModifier),
            bool(modifiers & Qt.KeyboardModifier.ControlModifier),
            bool(modifiers & Qt.KeyboardModifier.AltModifier),
        )

    def hit(self, pointer: Pointer) -> Hit:
        """What is under a pointer."""
        return self._view.layout_now.hit(pointer.x, pointer.y)

    def press(self, event: QMouseEvent) -> None:
        """A button went down."""
        if event.button() == Qt.MouseButton.MiddleButton:
            self._panned_from = event.position()
            self._view.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
            return
        if event.button() != Qt.MouseButton.LeftButton or self._drag is not None:
            return
        self._last = self.pointer(event.position(), event.modifiers())
        self._drag = self.tool.press(self._last, self.hit(self._last))
        if self._drag is not None:
            self._view.hover(None)
            self._timer.start()

    def move(self, event: QMouseEvent) -> None:
        """The pointer moved."""
        if self._panned_from is not None:
            step = self._panned_from - event.position()
            self._panned_from = event.position()
            self._view.pan(step.x(), step.y())
            return
        self._last = self.pointer(event.position(), event.modifiers())
        if self._drag is not None:
            self._drag.move(self._last)
            return
        hit = self.hit(self._last)
        on_clip = hit.zone in (Zone.CLIP, Zone.CLIP_IN, Zone.CLIP_OUT)
        self._view.hover(hit.item_id if on_clip else None)
        self._view.viewport().setCursor(self.tool.hover(self._last, hit))

    def release(self, event: QMouseEvent) -> None:
        """A button went up: a drag makes its edit."""
        if event.button() == Qt.MouseButton.MiddleButton and self._panned_from is not None:
            self._panned_from = None
            self._view.viewport().setCursor(self.tool.cursor)
            return
        if event.button() == Qt.MouseButton.LeftButton and self._drag is not None:
            drag, self._drag = self._drag, None
            self._timer.stop()
            drag.release(self.pointer(event.position(), event.modifiers()))

    def double_click(self, event: QMouseEvent) -> None:
        """Twice in the same place."""
        pointer = self.pointer(event.position(), event.modifiers())
        if event.button() == Qt.MouseButton.LeftButton:
            self.tool.double_click(pointer, self.hit(pointer))

    def modifiers_changed(self, held: Qt.KeyboardModifier) -> None:
        """A modifier key went down or up: a drag shows what that means at once."""
        self._last = self.pointer(QPointF(self._last.x, self._last.y - self._view.scroll_y), held)
        if self._drag is not None:
            self._drag.move(self._last)
        else:
            self._view.viewport().setCursor(self.tool.hover(self._last, self.hit(self._last)))

    def again(self) -> None:
        """Something a drag depends on changed (snapping): show it anew."""
        if self._drag is not None:
            self._drag.move(self._last)

    def cancel(self) -> bool:
        """Esc: end a drag without an edit. False when there was none."""
        if self._drag is None:
            return False
        drag, self._drag = self._drag, None
        self._timer.stop()
        drag.cancel()
        return True

    def leave(self) -> None:
        """The pointer left the timeline."""
        if not self.is_dragging:
            self._view.hover(None)
            self._view.show_brackets(())

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
            self._view.pan(-steps.x(), -steps.y() * 0.6)
        if self._drag is not None:
            self._drag.move(self._last)
        event.accept()

    def _at_edge(self) -> None:
        width, x = self._view.viewport().width(), self._last.x
        over = x - (width - EDGE_PX) if x > width - EDGE_PX else min(0.0, x - EDGE_PX)
        if not over or self._drag is None:
            return
        before = self._view.scale.origin_px
        self._view.pan(max(-60.0, min(60.0, over)), 0)
        if self._view.scale.origin_px != before:
            self._drag.move(self._last)

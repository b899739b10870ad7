"""The family as a picture that can be moved about: the wheel zooms, a drag on the ground pans, a click chooses."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QHelpEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from studio_app.session.session import Session
from timeline.lineage import LineageGraph
from timeline.lineage_layout import MARGIN, LineageLayout, size_of
from ui import media_items
from ui.drag_mime import media_mime
from ui.lineage.painter import FamilyPainter, ground_colour, rect_of
from ui.lineage.words import tip_of
from ui.panel import has_keys

LEAST, MOST = 0.15, 2.0
_STEP = 1.2
"""One notch of the wheel."""
_AIR = 12
"""Round a family, px."""
_LEGIBLE = 0.75
"""A family that would have to be smaller to fit is seen in part, until somebody asks for the whole."""
_PART = 0.9
"""So large is what is seen in part: words are easily read."""


class LineageCanvas(QWidget):
    """Shows `session.lineage.shown`. Emits what the hand asks for; the panel makes it happen."""

    chosen = Signal(str, bool)
    """A node, and whether beside those chosen before."""
    opened = Signal(str)
    menu_asked = Signal(str, QPoint)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._painter = FamilyPainter(session)
        self.graph, self.layout_ = LineageGraph(), LineageLayout()
        self.zoom = 1.0
        self.offset = QPointF(0, 0)
        """Where the drawing's top left corner lies, px of the widget."""
        self._hover: str | None = None
        self._pressed: QPointF | None = None
        self._pressed_node: str | None = None
        self._fitted = True
        """Whether the whole was in view by our own doing, so that it stays so when the room changes."""
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMinimumSize(120, 60)
        self.setAccessibleName(self.tr("Lineage"))

    # what is shown

    def show_family(self) -> None:
        """Show the family as it is now; another one comes into view."""
        tree = self._session.lineage
        before = self.graph
        self._painter.forget()
        self.graph, self.layout_ = tree.shown, tree.layout
        if before.nodes.keys() != self.graph.nodes.keys():
            is_other = not before.nodes.keys() & self.graph.nodes.keys()
            if is_other or self._fitted:
                self._fit_legibly()
        current = tree.current
        if current is not None and current in self.graph.nodes:
            self.bring_into_view(current)
            self.setAccessibleDescription(tip_of(tree, self.graph.nodes[current]).replace("\n", ", "))
        self.update()

    def fit(self, least: float = LEAST) -> None:
        """See the whole family, at most at its own size and at least at `least` of it, then from its top on.

        One that is not as high as the panel stands in the middle.
        """
        if not self.graph.nodes:
            return
        width, height = (side - 2 * MARGIN for side in size_of(self.layout_))
        room = self.rect()
        self.zoom = max(least, min(1.0, (room.width() - 2 * _AIR) / width, (room.height() - _AIR) / height))
        top = max(_AIR / 2, (room.height() - height * self.zoom) / 2)
        self.offset = QPointF(_AIR - MARGIN * self.zoom, top - MARGIN * self.zoom)
        self._fitted = True
        self.update()

    def _fit_legibly(self) -> None:
        """The whole where it can be read so; else a part of it at a size that can, about the chosen clip."""
        self.fit()
        if self.zoom >= _LEGIBLE or not self.graph.nodes:
            return
        self.fit(_PART)
        current = self._session.lineage.current
        if current is not None and current in self.graph.nodes:
            height = size_of(self.layout_)[1] * self.zoom
            wanted = self.height() / 2 - (rect_of(self.layout_, current).center() * self.zoom).y()
            self.offset.setY(
                min(0.0, max(self.height() - height, wanted)) if height > self.height() else self.offset.y()
            )

    def bring_into_view(self, node_id: str) -> None:
        """Move just as far as it takes to see a node wholly."""
        if not self.isVisible():
            return
        place, room = self._on_screen(rect_of(self.layout_, node_id)), QRectF(self.rect()).adjusted(8, 4, -8, -4)
        dx = min(0.0, room.right() - place.right()) or max(0.0, room.left() - place.left())
        dy = min(0.0, room.bottom() - place.bottom()) or max(0.0, room.top() - place.top())
        if dx or dy:
            self.offset += QPointF(dx, dy)
            self.update()

    def node_at(self, place: QPointF) -> str | None:
        """The node under a point of the widget."""
        at = (place - self.offset) / self.zoom
        return next((key for key in self.graph.nodes if rect_of(self.layout_, key).contains(at)), None)

    def rect_of_node(self, node_id: str) -> QRectF:
        """Where a node is seen, px of the widget."""
        return self._on_screen(rect_of(self.layout_, node_id))

    def zoom_at(self, place: QPointF, factor: float) -> None:
        """Zoom so that what lies under a point stays there."""
        zoom = min(max(self.zoom * factor, LEAST), MOST)
        self.offset = place - (place - self.offset) * (zoom / self.zoom)
        self.zoom = zoom
        self._fitted = False
        self.update()

    def _on_screen(self, rect: QRectF) -> QRectF:
        return QRectF(self.offset + rect.topLeft() * self.zoom, rect.size() * self.zoom)

    # painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """The family, in the size it is looked at."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), ground_colour())
        painter.translate(self.offset)
        painter.scale(self.zoom, self.zoom)
        view = QRectF(QPointF(event.rect().topLeft()) - self.offset, QRectF(event.rect()).size())
        view = QRectF(view.topLeft() / self.zoom, view.size() / self.zoom)
        self._painter.paint(
            painter,
            self.graph,
            self.layout_,
            view,
            self.zoom,
            chosen=self._session.lineage.chosen,
            hover=self._hover,
            has_keys=has_keys(self),
        )
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What was seen as a whole still is."""
        super().resizeEvent(event)
        if self._fitted:
            self._fit_legibly()
            if (current := self._session.lineage.current) in self.graph.nodes and current is not None:
                self.bring_into_view(current)

    # the hand

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom about the pointer; with Shift, and on a touch pad sideways, move."""
        turn = event.angleDelta()
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier or abs(turn.x()) > abs(turn.y()):
            self.offset += QPointF(turn.x() or turn.y(), 0)
            self._fitted = False
            self.update()
        elif turn.y():
            self.zoom_at(event.position(), _STEP ** (turn.y() / 120))
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose a node, or take hold of the ground."""
        self._pressed = event.position()
        self._pressed_node = self.node_at(event.position())
        if event.button() is Qt.MouseButton.LeftButton and self._pressed_node is not None:
            also = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
            self.chosen.emit(self._pressed_node, bool(also))
        if event.button() is Qt.MouseButton.MiddleButton:
            self._pressed_node = None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Light what is under the pointer; pan, or drag a clip away."""
        held = event.buttons() & (Qt.MouseButton.LeftButton | Qt.MouseButton.MiddleButton)
        if not held or self._pressed is None:
            hover = self.node_at(event.position())
            if hover != self._hover:
                self._hover = hover
                self.update()
            return
        by = event.position() - self._pressed
        if self._pressed_node is None:
            self.offset += by
            self._pressed = event.position()
            self._fitted = False
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self.update()
        elif by.manhattanLength() >= QApplication.startDragDistance():
            self._drag(self._pressed_node)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        self._pressed = self._pressed_node = None
        self.unsetCursor()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A node opens in the source viewer; the ground fits the whole."""
        node = self.node_at(event.position())
        if node is None:
            self.fit()
        else:
            self.opened.emit(node)

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the pointer any more."""
        self._hover = None
        self.update()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu of the node under the pointer, or of the chosen one."""
        is_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        node = self._session.lineage.current if is_key else self.node_at(QPointF(event.pos()))
        if node is None or node not in self.graph.nodes:
            return
        at = self._on_screen(rect_of(self.layout_, node)).center().toPoint() if is_key else event.pos()
        self._session.lineage.lead(node)
        self.menu_asked.emit(node, self.mapToGlobal(at))

    def event(self, event: QEvent) -> bool:
        """The tooltip says all that is known of a clip."""
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            node = self.node_at(QPointF(event.pos()))
            if node is not None:
                QToolTip.showText(event.globalPos(), tip_of(self._session.lineage, self.graph.nodes[node]), self)
            else:
                QToolTip.hideText()
            return True
        return super().event(event)

    def _drag(self, node_id: str) -> None:
        """Away to the timeline, with its picture under the hand."""
        self._pressed = self._pressed_node = None
        node = self.graph.nodes[node_id]
        if node.is_present and node_id in self._session.document.library.media:
            picture = self.grab(self._on_screen(rect_of(self.layout_, node_id)).toRect())
            media_items.start_drag(self, media_mime([node_id]), picture)

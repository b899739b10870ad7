"""The sequences that are open, as tabs above the ruler. Shown when there are several, or a nest is open."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Final, NamedTuple

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from timeline.project import Project
from ui.timeline_view.look import colour, icon
from ui.timeline_view.text import draw_line, width_of

HEIGHT: Final = 26
_PADDING: Final = 10
_CLOSE: Final = 16
_ICON: Final = 16
_LEAST: Final = 64
_WIDEST: Final = 220


class Tab(NamedTuple):
    """One open sequence."""

    sequence_id: str
    name: str
    is_nest: bool


class OpenSequences:
    """Which sequences are open, in the order in which they were opened. No Qt."""

    def __init__(self) -> None:
        self._ids: list[str] = []
        self.closed: set[str] = set()
        """Those that were closed by hand."""

    def begin(self, project: Project, active: str, left: Iterable[str] = (), closed: Collection[str] = ()) -> None:
        """Another project: what was open when it was left, and all else that is neither nested in something nor was closed."""
        nested = nested_ids(project)
        self._ids = [one for one in left if project.sequence(one) is not None]
        self.closed = set(closed)
        others = (one.id for one in project.sequences if one.id not in nested and one.id not in self.closed)
        for one in (*others, active):
            self.open(one)

    @property
    def ids(self) -> tuple[str, ...]:
        """Those that are open, also some that are no longer there."""
        return tuple(self._ids)

    def open(self, sequence_id: str) -> None:
        """Open one more, at the end."""
        self.closed.discard(sequence_id)
        if sequence_id not in self._ids:
            self._ids.append(sequence_id)

    def close(self, sequence_id: str) -> str | None:
        """Close one; which is to be active then (the one beside it), None when it was the last."""
        if sequence_id not in self._ids or len(self._ids) < 2:
            return None
        place = self._ids.index(sequence_id)
        self._ids.remove(sequence_id)
        self.closed.add(sequence_id)
        return self._ids[min(place, len(self._ids) - 1)]

    def tabs(self, project: Project) -> tuple[Tab, ...]:
        """The open ones that are still there."""
        nested = nested_ids(project)
        found = ((one, project.sequence(one)) for one in self._ids)
        return tuple(Tab(one, sequence.name, one in nested) for one, sequence in found if sequence is not None)


def nested_ids(project: Project) -> frozenset[str]:
    """Sequences that some clip shows."""
    return frozenset(one for sequence in project.sequences for track in sequence.tracks for one in track.nested_ids)


class SequenceTabs(QWidget):
    """The strip. Left and Right move, Enter is a click, a middle click or the cross closes."""

    chosen = Signal(str)
    closed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tabs: tuple[Tab, ...] = ()
        self._active = ""
        self._hover = -1
        self.setFixedHeight(HEIGHT)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(self.tr("Open sequences"))
        self.hide()

    def show_tabs(self, tabs: tuple[Tab, ...], active: str) -> None:
        """Show these; hidden while one alone is open that is no nest."""
        self.setVisible(len(tabs) > 1 or any(tab.is_nest for tab in tabs))
        if (tabs, active) != (self._tabs, self._active):
            self._tabs, self._active = tabs, active
            name = next((tab.name for tab in tabs if tab.sequence_id == active), "")
            self.setAccessibleDescription(
                self.tr("{name}, {count} open").format(name=name, count=len(tabs)) if name else ""
            )
            self.update()

    def rects(self) -> list[QRect]:
        """Where each tab is: as wide as its name, all narrower alike where they do not fit."""
        wanted = [self._width_of(tab) for tab in self._tabs]
        room = max(1, self.width() - 8)
        if sum(wanted) > room:
            share = max(_LEAST, room // max(1, len(wanted)))
            wanted = [min(one, share) for one in wanted]
        rects, x = [], 4
        for width in wanted:
            rects.append(QRect(x, 0, width, HEIGHT))
            x += width
        return rects

    def _width_of(self, tab: Tab) -> int:
        name = round(width_of(tab.name, "ui", "medium"))
        return min(_WIDEST, name + 2 * _PADDING + (_ICON + 2 if tab.is_nest else 0) + _CLOSE)

    def tab_at(self, position: QPoint) -> int:
        """Index of the tab under a point, or -1."""
        return next((index for index, rect in enumerate(self.rects()) if rect.contains(position)), -1)

    def close_rect(self, index: int) -> QRect:
        """Where a tab's cross is."""
        rect = self.rects()[index]
        return QRect(rect.right() - _CLOSE - 3, (HEIGHT - _CLOSE) // 2 + 1, _CLOSE, _CLOSE)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The active one in accent on the ground of the panel, a cross under the pointer."""
        painter = QPainter(self)
        ratio = self.devicePixelRatioF()
        painter.fillRect(self.rect(), colour("surface.raised"))
        painter.fillRect(QRectF(0, HEIGHT - 1, self.width(), 1), colour("border.subtle"))
        for index, (tab, rect) in enumerate(zip(self._tabs, self.rects(), strict=True)):
            active = tab.sequence_id == self._active
            if active:
                painter.fillRect(rect, colour("surface.inset"))
                painter.fillRect(QRectF(rect.left(), HEIGHT - 2, rect.width(), 2), colour("accent.default"))
            lit = active or index == self._hover
            ink, x, middle = "text.primary" if lit else "text.secondary", float(rect.left() + _PADDING), HEIGHT / 2
            if tab.is_nest:
                painter.drawPixmap(int(x), int(middle - 6), icon("layers", ink, 12, ratio))
                x += _ICON + 2
            weight = "medium" if active else "regular"
            room = rect.right() - x - _CLOSE - 4
            draw_line(painter, x, middle, tab.name, colour(ink), width=room, size="ui", weight=weight)
            if (index == self._hover or active) and len(self._tabs) > 1:
                cross = self.close_rect(index)
                painter.drawPixmap(cross.left() + 2, cross.top() + 2, icon("x", "text.muted", 12, ratio))
        if self.hasFocus():
            painter.setPen(colour("accent.default"))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Show a sequence, or close its tab."""
        index = self.tab_at(event.position().toPoint())
        if index < 0:
            return
        tab, several = self._tabs[index], len(self._tabs) > 1
        shown = index == self._hover or tab.sequence_id == self._active
        on_cross = shown and self.close_rect(index).contains(event.position().toPoint())
        if several and (event.button() is Qt.MouseButton.MiddleButton or on_cross):
            self.closed.emit(tab.sequence_id)
        elif event.button() is Qt.MouseButton.LeftButton:
            self.chosen.emit(tab.sequence_id)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Light the tab under the pointer; a cut name is whole in its tooltip."""
        hover = self.tab_at(event.position().toPoint())
        if hover != self._hover:
            self._hover = hover
            self.setToolTip(self._tabs[hover].name if hover >= 0 else "")
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the pointer."""
        self._hover = -1
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and Right go to the neighbours, Delete closes."""
        places = [tab.sequence_id for tab in self._tabs]
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is not None and self._active in places:
            self.chosen.emit(places[(places.index(self._active) + step) % len(places)])
        elif event.key() == Qt.Key.Key_Delete and len(places) > 1:
            self.closed.emit(self._active)
        else:
            super().keyPressEvent(event)

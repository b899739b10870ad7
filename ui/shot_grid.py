"""Where the cards of the storyboard stand: in rows under the headings of their acts. Pure; logical pixels from the top of what scrolls."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect

from studio_app.planning.act_starts import Act
from ui.shot_items import GAP, NARROWEST, TEXT_HEIGHT, picture_height

LEFT, TOP = 12, 8
HEADING = 32
"""Height of the line that names an act."""


@dataclass(frozen=True)
class Heading:
    """One act and its line, as wide as the view."""

    act: Act
    place: QRect
    is_folded: bool


class ShotGrid:
    """The places of `count` cards (the last one adds a shot) in a room as wide as `room`; acts in `folded` show their heading only."""

    def __init__(self, room: int, count: int, acts: Sequence[Act] = (), folded: frozenset[str] = frozenset()) -> None:
        room = max(160, room)
        self.columns = max(1, (room + GAP) // (NARROWEST + GAP))
        self.card_width = max(140, (room - GAP * (self.columns - 1)) // self.columns)
        self.cell_height = picture_height(self.card_width) + TEXT_HEIGHT + GAP
        self.places: list[QRect] = [QRect()] * count
        self.headings: list[Heading] = []
        y = TOP
        first = acts[0].first if acts else count
        y = self._fill(0, first, y)
        for number, act in enumerate(acts):
            is_last = number == len(acts) - 1
            is_folded = act.name in folded
            self.headings.append(Heading(act, QRect(LEFT, y - 4, room, HEADING), is_folded))
            y += HEADING
            after = act.first + act.count
            if is_folded:
                y = self._fill(after, count, y) if is_last else y
            else:
                y = self._fill(act.first, count if is_last else after, y)
        self.height = y
        self._order = [(place.top(), row) for row, place in enumerate(self.places) if not place.isNull()]

    def _fill(self, first: int, after: int, y: int) -> int:
        """Cards in rows from `y` on; returns where the next thing may stand."""
        wide = self.card_width + GAP
        for row in range(first, after):
            line, column = divmod(row - first, self.columns)
            self.places[row] = QRect(LEFT + column * wide, y + line * self.cell_height, wide, self.cell_height)
        lines = -(-(after - first) // self.columns)
        return y + max(0, lines) * self.cell_height

    def row_at(self, point: QPoint) -> int | None:
        """The card under a point, its gap left out."""
        at = bisect_right(self._order, (point.y(), len(self.places)))
        for _, row in self._order[max(0, at - self.columns) : at]:
            if self.places[row].adjusted(0, 0, -GAP, -GAP).contains(point):
                return row
        return None

    def rows_in(self, top: int, bottom: int) -> list[int]:
        """The cards that reach into a band."""
        first = bisect_right(self._order, (top - self.cell_height, -1))
        after = bisect_right(self._order, (bottom, len(self.places)))
        return [row for _, row in self._order[first:after]]

    def next_row(self, row: int, dx: int, dy: int) -> int:
        """The card beside, above or below another; itself at the edge. What is folded is passed over."""
        rows = [one for _, one in self._order]
        if row not in rows:
            return rows[0] if rows else row
        if not dy:
            return rows[min(max(rows.index(row) + dx, 0), len(rows) - 1)]
        here = self.places[row]
        tops = sorted({place.top() for place in self.places if not place.isNull()})
        at = tops.index(here.top()) + dy
        if not 0 <= at < len(tops):
            return row
        line = [one for one in rows if self.places[one].top() == tops[at]]
        return min(line, key=lambda one: abs(self.places[one].left() - here.left()))

    def insert_at(self, point: QPoint) -> int:
        """Before which card something dropped at `point` would stand; the adder stays last."""
        last = max(0, len(self.places) - 1)
        behind = 0
        for top, row in self._order:
            place = self.places[row]
            if top > point.y():
                break
            if top + self.cell_height <= point.y() or point.x() > place.left() + (place.width() - GAP) // 2:
                behind = row + 1
        return min(last, behind)

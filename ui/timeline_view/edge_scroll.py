"""Scrolling while something is dragged to an edge of the view: at a steady speed, and no further than there is."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from typing import Final, NamedTuple

from PySide6.QtCore import QObject, QTimer

EDGE_PX: Final = 28.0
TICK_MS: Final = 25
ACROSS: Final = 720.0
"""Pixels a second in time."""
DOWN: Final = 320.0
"""Pixels a second over the rows."""
LONGEST: Final = 0.1
"""A tick that came late does not jump: seconds."""


class Place(NamedTuple):
    """Where the pointer is in the viewport, and how large that is."""

    x: float
    y: float
    width: float
    height: float


def direction(place: Place, start: tuple[float, float] | None = None) -> tuple[int, int]:
    """-1, 0 or 1 across and down. A drag that began near an edge scrolls there only once it has gone further out."""
    first_x, first_y = start if start is not None else (place.width / 2, place.height / 2)
    across = (place.x > place.width - EDGE_PX and place.x > first_x + 4) - (place.x < EDGE_PX and place.x < first_x - 4)
    edge = min(EDGE_PX, place.height / 4)
    down = (place.y > place.height - edge and place.y > first_y + 4) - (place.y < edge and place.y < first_y - 4)
    return int(across), int(down)


class EdgeScroll(QObject):
    """Runs while a drag lasts. `where` says where the pointer is, `pan` scrolls and says whether anything moved."""

    def __init__(
        self,
        parent: QObject,
        where: Callable[[], Place | None],
        pan: Callable[[float, float], bool],
        scrolled: Callable[[], None],
    ) -> None:
        super().__init__(parent)
        self._where, self._pan, self._scrolled = where, pan, scrolled
        self._start: tuple[float, float] | None = None
        self._rest = [0.0, 0.0]
        self._before = 0.0
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self.tick)

    @property
    def is_running(self) -> bool:
        """Whether a drag lasts."""
        return self._timer.isActive()

    def start(self, at: tuple[float, float] | None = None) -> None:
        """A drag begins, with a press at a place of the viewport or coming from elsewhere."""
        self._start, self._rest, self._before = at, [0.0, 0.0], monotonic()
        self._timer.start()

    def stop(self) -> None:
        """It is over."""
        self._timer.stop()

    def tick(self) -> None:
        """Scroll by as much as time has gone by."""
        now = monotonic()
        seconds, self._before = min(now - self._before, LONGEST), now
        place = self._where()
        if place is None:
            return
        across, down = direction(place, self._start)
        if not (across or down):
            self._rest = [0.0, 0.0]
            return
        wanted = (across * ACROSS * seconds + self._rest[0], down * DOWN * seconds + self._rest[1])
        steps = (float(int(wanted[0])), float(int(wanted[1])))
        self._rest = [wanted[0] - steps[0], wanted[1] - steps[1]]
        if any(steps) and self._pan(*steps):
            self._scrolled()

"""How playing goes, in figures."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, replace

from engines.play.request import Making
from engines.play.run import Run

_SMOOTH = 0.15
"""Weight of the newest figure in the averages."""
_REMEMBERED = 8


@dataclass(frozen=True)
class Measures:
    """Frames shown and left out since the project was opened; averages of what the last ones took, in milliseconds.

    `offset_ms` is how much later than its sound a picture was painted (negative: earlier), `worst_offset_ms` the furthest
    since the run began. `waiting` pictures lie ready; `share` is the quality now (1, 1/2, 1/4); `underruns` are blocks the
    device asked for when no sound lay ready.
    """

    shown: int = 0
    dropped: int = 0
    render_ms: float = 0.0
    decode_ms: float = 0.0
    composite_ms: float = 0.0
    convert_ms: float = 0.0
    paint_ms: float = 0.0
    offset_ms: float = 0.0
    worst_offset_ms: float = 0.0
    waiting: int = 0
    share: float = 1.0
    underruns: int = 0


class Meter:
    """Keeps the measures; belongs to the deck, under its lock."""

    def __init__(self) -> None:
        self.now = Measures()
        self.last_ms = 0.0
        self._places: OrderedDict[int, tuple[Run, float]] = OrderedDict()

    def began(self) -> None:
        """A run begins."""
        self.now = replace(self.now, worst_offset_ms=0.0, offset_ms=0.0)

    def ended(self, run: Run) -> None:
        """A run is over."""
        self.now = replace(self.now, underruns=self.now.underruns + run.underruns)

    def made(self, making: Making) -> None:
        """A picture was made."""
        self.last_ms = making.total_ms
        now = self.now
        self.now = replace(
            now,
            render_ms=_mean(now.render_ms, making.total_ms),
            decode_ms=_mean(now.decode_ms, making.decode_ms),
            composite_ms=_mean(now.composite_ms, making.composite_ms),
            convert_ms=_mean(now.convert_ms, making.convert_ms),
        )

    def dropped(self, count: int) -> None:
        """Pictures were left out."""
        self.now = replace(self.now, dropped=self.now.dropped + count)

    def shown(self, number: int, run: Run | None, place: float) -> None:
        """A picture goes to the screen; while playing it belongs to a place of the run."""
        self.now = replace(self.now, shown=self.now.shown + 1)
        if run is not None:
            self._places[number] = (run, place)
            while len(self._places) > _REMEMBERED:
                self._places.popitem(last=False)

    def painted(self, number: int, took: float) -> float | None:
        """A picture is on the screen, `took` seconds of painting: seconds it is behind its sound, None when paused."""
        now, there = self.now, self._places.pop(number, None)
        self.now = now = replace(now, paint_ms=_mean(now.paint_ms, took * 1e3))
        if there is None:
            return None
        run, place = there
        late = (run.place - place) / run.sample_rate / max(1.0, abs(float(run.rate)))
        worst = max(now.worst_offset_ms, late * 1e3, key=abs)
        self.now = replace(now, offset_ms=_mean(now.offset_ms, late * 1e3), worst_offset_ms=worst)
        return late


def _mean(before: float, new: float) -> float:
    return new if before == 0 else before + _SMOOTH * (new - before)

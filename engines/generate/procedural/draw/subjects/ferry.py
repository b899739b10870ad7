"""A ferry of three decks, about three times as long as high."""

from __future__ import annotations

from engines.generate.procedural.draw.sheet import Sheet
from engines.generate.procedural.draw.subject_kind import Cycle, How, SubjectKind
from engines.generate.procedural.draw.subjects import maritime


def draw(sheet: Sheet, how: How) -> None:
    """The ship; `colour` paints its hull."""
    maritime.ferry(sheet, how.colour)


def lamps(sheet: Sheet, amount: float, how: How) -> None:
    """Rows of lit windows."""
    maritime.ferry_lamps(sheet, amount)


SUBJECT = SubjectKind(
    draw=draw,
    box=maritime.FERRY_BOX,
    words=("ferry", "ship", "steamer", "cruise ship", "liner", "vessel", "freighter", "steamboat"),
    implies="sea",
    ground="floats",
    size=0.2,
    metres=20.0,
    usual="float",
    cycles={"float": Cycle(1, 4.0, 0.0, 0.3)},
    volume=0.5,
    lamps=lamps,
    spread=0.35,
)

"""A banded lighthouse on its rock, with a keeper's house."""

from __future__ import annotations

from engines.generate.procedural.draw.sheet import Sheet
from engines.generate.procedural.draw.subject_kind import Cycle, How, SubjectKind
from engines.generate.procedural.draw.subjects import maritime


def draw(sheet: Sheet, how: How) -> None:
    """The tower; `colour` paints its bands."""
    maritime.lighthouse(sheet, how.colour)


def lamps(sheet: Sheet, amount: float, how: How) -> None:
    """The lantern and two windows."""
    maritime.lighthouse_lamps(sheet, amount)


SUBJECT = SubjectKind(
    draw=draw,
    box=maritime.LIGHTHOUSE_BOX,
    words=("lighthouse", "beacon", "light tower"),
    implies="sea",
    size=0.52,
    metres=24.0,
    cycles={"stand": Cycle()},
    volume=0.8,
    lamps=lamps,
    spread=0.3,
)

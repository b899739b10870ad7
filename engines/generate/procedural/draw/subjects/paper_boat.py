"""A folded paper boat."""

from __future__ import annotations

from engines.generate.procedural.draw.sheet import Sheet
from engines.generate.procedural.draw.subject_kind import Cycle, How, SubjectKind
from engines.generate.procedural.draw.subjects import maritime


def draw(sheet: Sheet, how: How) -> None:
    """The boat; `colour` is its paper."""
    maritime.paper_boat(sheet, how.colour)


SUBJECT = SubjectKind(
    draw=draw,
    box=maritime.PAPER_BOAT_BOX,
    words=("paper boat", "origami boat", "paper ship"),
    implies="river",
    ground="floats",
    size=0.2,
    metres=0.3,
    usual="float",
    cycles={"float": Cycle(1, 4.0, 0.0, 0.12)},
    volume=0.4,
    spread=0.24,
)

"""A folded paper boat."""

from __future__ import annotations

from engines.generate.procedural.draw.sheet import Sheet, across, ellipse
from engines.generate.procedural.draw.subject_kind import Cycle, How, SubjectKind
from engines.generate.procedural.palette import Colour, colour


def draw(sheet: Sheet, how: How) -> None:
    """The boat; `colour` is its paper."""
    _folded(sheet, how.colour)


def _folded(sheet: Sheet, paper: Colour | None = None) -> None:
    """A folded paper boat."""

    def tone(code: str) -> Colour:
        usual = colour(code)
        if paper is None:
            return usual
        red, green, blue = (a * b for a, b in zip(usual, paper, strict=True))
        return (red, green, blue)

    sheet.fill([(-0.34, -0.42), (0.0, -1.0), (0.34, -0.42)], across(-0.34, 0.34, tone("FFFDF6"), tone("E8DFD0")))
    sheet.fill([(0.0, -1.0), (0.34, -0.42), (0.06, -0.42)], tone("D3C7B5"))
    sheet.fill(
        [(-0.78, -0.48), (-0.3, -0.4), (0.0, -0.42), (0.3, -0.4), (0.78, -0.48), (0.44, 0.0), (-0.44, 0.0)],
        tone("FBF6EA"),
    )
    sheet.fill([(-0.78, -0.48), (-0.3, -0.4), (0.0, -0.18), (-0.44, 0.0)], tone("E6DCCB"))
    sheet.fill([(0.78, -0.48), (0.3, -0.4), (0.0, -0.18), (0.44, 0.0)], tone("C9BBA6"))
    sheet.fill(ellipse(0.0, -0.01, 0.44, 0.02), tone("A8987F"), 0.5)


SUBJECT = SubjectKind(
    draw=draw,
    box=(-0.8, -1.02, 0.8, 0.03),
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

"""A jellyfish whose bell opens and closes."""

from __future__ import annotations

from engines.generate.procedural.draw.sheet import Sheet
from engines.generate.procedural.draw.subject_kind import Cycle, How, SubjectKind
from engines.generate.procedural.draw.subjects import living


def draw(sheet: Sheet, how: How) -> None:
    """One pulse; `colour` dyes it."""
    living.jellyfish(sheet, how.phase, how.colour)


SUBJECT = SubjectKind(
    draw=draw,
    box=(-0.44, -1.04, 0.44, 0.08),
    words=("jellyfish", "medusa", "octopus", "squid"),
    implies="underwater",
    ground="swims",
    size=0.34,
    metres=0.6,
    usual="swim",
    cycles={"swim": Cycle(40, 3.0, 0.0, 0.02)},
    volume=0.4,
    own_light=0.6,
    casts_shadow=False,
    spread=0.14,
)

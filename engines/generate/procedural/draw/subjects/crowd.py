"""A crowd: many people of all kinds, near and far, from the front and the back."""

from __future__ import annotations

from dataclasses import replace

from engines.generate.procedural.draw.sheet import Sheet
from engines.generate.procedural.draw.subject_kind import How, SubjectKind
from engines.generate.procedural.draw.subjects import person

_WHO = ("man", "woman", "", "woman", "man", "girl", "boy", "woman", "", "man", "woman", "old")


def draw(sheet: Sheet, how: How) -> None:
    """One of them; the seed says who."""
    person.draw(sheet, replace(how, variant=how.variant or _WHO[how.seed % len(_WHO)]))


SUBJECT = SubjectKind(
    draw=draw,
    box=person.SUBJECT.box,
    words=("crowd", "crowd of people", "audience", "mob", "spectator", "fan", "pedestrians", "throng", "procession"),
    implies="street",
    size=0.25,
    metres=1.7,
    cycles=person.CYCLES,
    volume=0.95,
    turns=True,
    girth=0.5,
    spread=0.05,
    group=18,
)

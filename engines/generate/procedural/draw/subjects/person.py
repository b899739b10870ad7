"""Someone: walking, running, dancing, standing, from any side; woman, man, child, astronaut, diver."""

from __future__ import annotations

import math

from engines.generate.procedural.draw.clothes import dressed
from engines.generate.procedural.draw.figure import Figure
from engines.generate.procedural.draw.puppet import RUN, WALK, bones
from engines.generate.procedural.draw.sheet import Sheet, across, ellipse
from engines.generate.procedural.draw.subject_kind import Cycle, How, SubjectKind
from engines.generate.procedural.palette import colour, lift

_VIEW = {"dance": 1.2, "wave": 1.2, "jump": 0.9, "stand": 0.85, "sit": 0.35, "drift": 0.7}
"""How far the figure is turned toward the viewer in what it does on the spot; going, it is turned a little."""


def draw(sheet: Sheet, how: How) -> None:
    """One pose."""
    turn = how.turn + _VIEW.get(how.action, 0.22)
    if abs(math.sin(how.turn)) > 0.5:
        turn = how.turn
    clothes = dressed(how.variant, how.colour, how.seed)
    if how.action == "sit":
        _stump(sheet, turn)
    Figure(sheet, bones(how.action, how.phase), clothes, turn, how.close, how.expression).draw()


def _stump(sheet: Sheet, turn: float) -> None:
    """What one sits on."""
    x = -0.03 * math.cos(turn)
    bark = colour("6A4A36")
    sheet.fill(
        [(x - 0.1, -0.2), (x + 0.1, -0.2), (x + 0.125, 0.0), (x - 0.125, 0.0)],
        across(x - 0.12, x + 0.12, lift(bark, 0.05), bark, lift(bark, -0.1)),
    )
    sheet.fill(ellipse(x, 0.0, 0.125, 0.022), lift(bark, -0.08))
    sheet.fill(ellipse(x, -0.2, 0.1, 0.024), colour("B08A62"))


CYCLES = {
    "stand": Cycle(12, 4.0),
    "walk": Cycle(24, 1.0, WALK.stride, 0.62),
    "run": Cycle(20, 0.7, RUN.stride, 1.15),
    "dance": Cycle(24, 1.25),
    "wave": Cycle(16, 2.0),
    "jump": Cycle(20, 1.1),
    "sit": Cycle(8, 4.0),
    "swim": Cycle(16, 1.5, 0.0, 0.3),
    "fly": Cycle(16, 2.2, 0.0, 0.7),
    "drift": Cycle(16, 7.0, 0.0, 0.02),
}

VARIANTS = {
    "woman": ("woman", "lady", "mother", "queen", "she", "heroine", "bride", "aunt", "grandmother"),
    "man": ("man", "gentleman", "father", "king", "he", "hero", "guy", "uncle", "sailor", "captain", "detective"),
    "girl": ("girl", "daughter", "sister", "princess", "schoolgirl"),
    "boy": ("boy", "son", "brother", "schoolboy"),
    "child": ("child", "children", "kid", "toddler"),
    "old": ("old man", "grandfather", "old woman", "elder"),
    "astronaut": ("astronaut", "cosmonaut", "spaceman"),
    "diver": ("diver", "scuba diver"),
    "dancer": ("dancer", "ballerina"),
    "runner": ("runner", "jogger", "sprinter"),
    "worker": ("worker", "builder", "engineer"),
}

SUBJECT = SubjectKind(
    draw=draw,
    box=(-0.9, -1.42, 0.88, 0.22),
    words=(
        "person", "people", "figure", "someone", "walker", "hiker", "traveller", "traveler", "silhouette", "wanderer", "stranger",
        "pedestrian", "friend", "lover", "keeper", "character", "human", "couple", "tourist", "farmer", "teacher",
    ),
    implies="meadow",
    size=0.27,
    metres=1.75,
    cycles=CYCLES,
    variants=VARIANTS,
    variant_sizes={"child": 0.66, "girl": 0.72, "boy": 0.72, "woman": 0.96},
    volume=0.95,
    turns=True,
    girth=0.5,
    spread=0.085,
    entities=("character",),
)  # fmt: skip

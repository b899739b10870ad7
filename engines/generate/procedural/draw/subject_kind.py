"""What a subject is: how it is drawn, how large it is, where it belongs. One file of `subjects/` each, found by discovery."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType

from engines.generate.procedural.draw.sheet import Sheet
from engines.generate.procedural.palette import Colour

Box = tuple[float, float, float, float]
"""x0, y0, x1, y1 in units of the subject's own size; its foot, waterline or middle is at (0, 0), y runs down."""

PLACES = ("stands", "drives", "floats", "flies", "hangs", "swims", "falls")
"""Where kinds belong: on the ground, on the ground along a road, on water, through the air, in the sky, under water, down."""


@dataclass(frozen=True)
class How:
    """The one pose a drawing is asked for.

    `phase` runs 0..1 through the cycle of `action`; `turn` is the angle about the vertical, 0 its usual view heading right,
    a quarter turn (pi / 2) toward the viewer; `close`: large enough for faces and fine lines.
    """

    phase: float = 0.0
    action: str = "stand"
    turn: float = 0.0
    colour: Colour | None = None
    variant: str = ""
    expression: str = ""
    seed: int = 0
    close: bool = False
    snowy: bool = False
    autumn: bool = False


@dataclass(frozen=True)
class Cycle:
    """An action as poses: it goes round once in `seconds`, or, if it has a `stride`, once in so many of its own sizes of way.

    `speed` is how fast it travels of itself, own sizes a second.
    """

    poses: int = 1
    seconds: float = 1.0
    stride: float = 0.0
    speed: float = 0.0


STILL = Cycle()


@dataclass(frozen=True)
class SubjectKind:
    """A kind of subject. `words` name it (singular); `variants` are words that name a special one of the kind.

    `size` is its height in frame heights when it is the hero, `metres` its height in the world (what stands beside it is
    brought nearer to that). `volume`: how round light finds it, 0.5 boxes, 1.4 balls. `own_light` is the share of its
    colours that needs no light (fire, moon); what it lights itself is painted by `lamps` in the dark, or always if it `shines`.
    `heads`: where it goes if nobody says (as up for a rocket). `lights`: by night it is where the scene's light
    comes from, and stands there. `warms`: how much of the dark around it takes its light. `girth`: how much room it takes
    beside others, in its own sizes (0: as wide as its box). `view`: how far its usual view is turned toward the viewer already
    (0: a figure, which turns wholly). `turns`: it is drawn anew for every angle when it spins, not as a flat card.
    """

    draw: Callable[[Sheet, How], None]
    box: Box
    words: tuple[str, ...]
    implies: str
    ground: str = "stands"
    size: float = 0.24
    metres: float = 1.7
    usual: str = "stand"
    cycles: Mapping[str, Cycle] = field(default_factory=dict)
    variants: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    volume: float = 0.8
    lamps: Callable[[Sheet, float, How], None] | None = None
    own_light: float = 0.0
    shines: bool = False
    heads: str = ""
    lights: bool = False
    warms: float = 0.0
    view: float = 0.0
    girth: float = 0.0
    turns: bool = False
    casts_shadow: bool = True
    spread: float = 0.1
    group: int = 1
    variant_sizes: Mapping[str, float] = field(default_factory=dict)
    entities: tuple[str, ...] = ()

    def cycle(self, action: str) -> Cycle:
        """The cycle of an action, or of the nearest thing it can do."""
        for name in (action, self.usual, "stand"):
            if name in self.cycles:
                return self.cycles[name]
        return STILL

    @property
    def width(self) -> float:
        """How wide it is, in its own sizes: its `girth`, else its box."""
        return self.girth or self.box[2] - self.box[0]

    def can(self, action: str) -> bool:
        """Whether it has poses for an action."""
        return action in self.cycles


@cache
def subject_kinds() -> Mapping[str, SubjectKind]:
    """All of `subjects/`, by id (the file's name). A file that cannot be loaded is a fault of ours: ImportError goes up."""
    from engines.generate.procedural.draw import subjects

    found = {}
    for info in sorted(pkgutil.iter_modules(subjects.__path__), key=lambda info: info.name):
        if info.name.startswith("_"):
            continue
        module = importlib.import_module(f"{subjects.__name__}.{info.name}")
        kind = getattr(module, "SUBJECT", None)
        if isinstance(kind, SubjectKind):
            found[info.name] = kind
    return MappingProxyType(found)


@cache
def subject_words() -> Mapping[str, tuple[str, str]]:
    """Word or phrase (singular) to (id, variant); where two kinds claim a word the special one (a variant) yields."""
    found: dict[str, tuple[str, str]] = {}
    for name, kind in subject_kinds().items():
        for word in kind.words:
            found.setdefault(word, (name, ""))
    for name, kind in subject_kinds().items():
        for variant, words in kind.variants.items():
            for word in words:
                found.setdefault(word, (name, variant))
    return MappingProxyType(found)

"""What an operation is: one or more clips in, a film out, and words for what it changed."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar, Protocol

import numpy as np
from numpy.typing import NDArray

from effects.base import Described
from effects.frame import Frame
from engines.generate.base import JobLike
from timeline.time import FrameRate, RationalTime

VERSION = "1"
"""Of the operations: part of a take's lineage. The same version, values, seed and parents make the same frames."""

SAMPLE_RATE = 48000

FAMILIES: Mapping[str, tuple[str, str]] = {
    "evolve": ("evolution", "improve this take"),
    "vary": ("variation", "same shot, one thing different"),
    "remix": ("remix", "two or more takes"),
    "mutate": ("mutation", "let go of the shot"),
    "extend": ("extension", "make it longer"),
}
"""Family: the relationship its results have to their parents, and what it is for in a few words."""

Sound = NDArray[np.float32]
"""(n, 2), full scale ±1, 48 kHz; sample 0 is heard with the first picture."""


class SourceClip(Protocol):
    """A parent on its frame grid: frame i is shown from i / rate on. Remix parents come with the size and rate of the first."""

    name: str
    size: tuple[int, int]
    """Pixels, both even."""
    rate: FrameRate
    count: int
    """Frames, at least 1."""
    words: str
    """What the parent was made from, where it was: the prompt of a take."""
    filled: tuple[float, float, float, float]
    """The part of the picture that is the clip's own, without black beside it: left, top, right, bottom as shares."""

    @property
    def seconds(self) -> Fraction:
        """Length."""

    def frame(self, index: int) -> Frame:
        """Picture `index` (kept within 0..count-1): YUV 4:2:0 of BT.709, limited range, of `size`. Never write to it."""

    def small(self, index: int, width: int = 320) -> NDArray[np.uint8]:
        """Its luma, `width` pixels wide at most: (h, w) uint8. For measuring."""

    def rgb(self, index: int) -> NDArray[np.uint8]:
        """The picture as (h, w, 3) uint8 RGB."""

    def samples(self) -> Sound | None:
        """All its sound, count / rate seconds of it; None where it has none. Never write to it."""


@dataclass(frozen=True)
class Making:
    """How a film is made. Random choices are drawn by `effects.seeds` from `seed` and a name, never otherwise.

    `job` is asked to go on (`check`) and told how far a look at the whole clip is, 0 to 1, before the film can begin.
    `draft`: a preview of a few small frames, where a cheaper way is welcome.
    """

    seed: int
    job: JobLike
    draft: bool = False


@dataclass(frozen=True)
class Film:
    """What an operation makes. `frame(i)` is right for any i of 0..count-1, though callers mostly go forward.

    `samples` are cut or padded to the film's length by whoever writes it. `changes` are rows for people, a heading and what
    became of it: ("Exposure", "−1.4 EV in mid tones"), ("Length and sound", "unchanged").
    """

    count: int
    frame: Callable[[int], Frame]
    size: tuple[int, int]
    rate: FrameRate
    samples: Sound | None
    changes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Place:
    """Where a piece lies in the picture: its centre and its size as shares of the canvas, which it fills wholly by default.

    `crop` is what is left of the source, left, top, right, bottom as shares of it.
    """

    x: float = 0.5
    y: float = 0.5
    width: float = 1.0
    height: float = 1.0
    crop: tuple[float, float, float, float] = (0.0, 0.0, 1.0, 1.0)


@dataclass(frozen=True)
class Piece:
    """A clip of an edit: `length` (record) of parent number `source` from `start` (source) on, at `at` (record) on lane `lane`.

    Lane 0 is the lowest. `speed` is source seconds per record second; negative: backwards, from `start + length * speed`.
    """

    source: int
    start: RationalTime
    length: RationalTime
    at: RationalTime
    lane: int = 0
    speed: Fraction = Fraction(1)
    place: Place | None = None
    gain: float = 0.0
    """dB; `muted` pieces are not heard."""
    muted: bool = False


@dataclass(frozen=True)
class Join:
    """A transition over the cut at `at` (record) of a lane: its id in effects/transitions, its length, its values."""

    lane: int
    at: RationalTime
    transition: str
    length: RationalTime
    values: Mapping[str, object]


@dataclass(frozen=True)
class Edit:
    """A result as clips and cuts instead of a flat film."""

    pieces: tuple[Piece, ...]
    joins: tuple[Join, ...]
    count: int
    rate: FrameRate


class Operation(Described):
    """One way to make a film of one or more clips. The docstring is its tooltip: what it does, and what it cannot.

    Where there is an amount, it is the field `strength`, 0 to 1; at 0 the parent comes back as it is (`run` sees to that), so
    that an operation only needs to go there smoothly.
    """

    sources: ClassVar[tuple[int, int]] = (1, 1)
    """The least and the most parents."""
    keeps_length: ClassVar[bool] = True
    """Whether the film is as long as its parent."""
    aliases: ClassVar[Mapping[str, str]] = {}
    """Other names of fields, as storyboards and scripts know them: {"intensity": "strength"}."""
    restyle: ClassVar[str] = ""
    """What to ask of an engine that makes films from films, where a model would do better; {field} stands for a value."""

    @abstractmethod
    def film(self, sources: Sequence[SourceClip], how: Making) -> Film:
        """The film. May look at the sources first; raises EngineError in one sentence for what cannot be made."""

    def edit(self, sources: Sequence[SourceClip], how: Making) -> Edit | None:
        """The same as clips and cuts; None where it is no edit."""
        return None

    @property
    def changes_nothing(self) -> bool:
        """Whether its strength is 0."""
        return getattr(self, "strength", None) == 0

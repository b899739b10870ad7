"""What goes between the player's threads: what to play, which picture is wanted, and the picture."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from engines.play.course import Leg
from timeline.media import Library
from timeline.project import Project
from timeline.sequence import Sequence
from timeline.time import RationalTime


@dataclass(frozen=True)
class Making:
    """What a picture took to make, in milliseconds: reading the files, composing, and turning it into bytes for the screen."""

    decode_ms: float = 0.0
    composite_ms: float = 0.0
    convert_ms: float = 0.0

    @property
    def total_ms(self) -> float:
        """All of it."""
        return self.decode_ms + self.composite_ms + self.convert_ms


@dataclass(frozen=True, eq=False)
class PlayedFrame:
    """A picture for the screen: `bgra` (h, w, 4) uint8, blue first, as QImage.Format_RGB32 wants it. Never written again.

    `time` is record time; `number` grows with each request; `notes` are sentences about what the picture lacks. `share` is
    the part of the size asked for that it was made in, each way (1, 1/2, 1/4). `stood_in`: proxies were read for it.
    """

    time: RationalTime
    bgra: NDArray[np.uint8]
    number: int
    notes: tuple[str, ...] = ()
    share: float = 1.0
    stood_in: bool = False
    making: Making = field(default_factory=Making)


@dataclass(frozen=True)
class Scene:
    """What there is to play."""

    project: Project
    library: Library
    sequence: Sequence


@dataclass(frozen=True)
class DrawRequest:
    """One picture wanted. `epoch` names the stretch of time in which it is still of use.

    `leg` is the part of the run it belongs to, None when paused. `full`: from the originals, whatever stands in for them.
    """

    scene: Scene
    time: RationalTime
    size: tuple[int, int]
    epoch: int
    number: int
    leg: Leg | None = None
    frame: int = 0
    share: float = 1.0
    full: bool = False

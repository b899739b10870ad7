"""What goes between the player's threads: what to play, which picture is wanted, and the picture."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engines.play.run import Run
from timeline.media import Library
from timeline.project import Project
from timeline.sequence import Sequence
from timeline.time import RationalTime


@dataclass(frozen=True, eq=False)
class PlayedFrame:
    """A picture for the screen: `bgra` (h, w, 4) uint8, blue first, as QImage.Format_RGB32 wants it. Never written again.

    `time` is record time; `number` grows with each request; `notes` are sentences about what the picture lacks.
    """

    time: RationalTime
    bgra: NDArray[np.uint8]
    number: int
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Measures:
    """How playing goes: frames shown, frames left out for being late, and what the last one took to make."""

    shown: int = 0
    dropped: int = 0
    render_ms: float = 0.0


@dataclass(frozen=True)
class Scene:
    """What there is to play."""

    project: Project
    library: Library
    sequence: Sequence


@dataclass(frozen=True)
class DrawRequest:
    """One picture wanted. `epoch` names the stretch of time in which it is still of use; `run` is None when paused."""

    scene: Scene
    time: RationalTime
    size: tuple[int, int]
    epoch: int
    number: int
    run: Run | None

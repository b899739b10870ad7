"""What was understood (Intent) and what will be drawn (SceneSpec): frozen data between words and pixels."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from engines.generate.procedural.palette import Grade, Light
from timeline.time import RationalTime


@dataclass(frozen=True)
class Intent:
    """A prompt, understood. Empty texts: nothing was said about it. `unknown`: words that change nothing."""

    setting: str = ""
    features: frozenset[str] = frozenset()
    time: str = ""
    weather: str = ""
    palette: str = ""
    subjects: tuple[tuple[str, int], ...] = ()
    camera: str = ""
    shot: str = ""
    handheld: bool = False
    pace: float = 1.0
    subject_motion: str = ""
    mood: str = ""
    style: str = ""
    duration: RationalTime | None = None
    avoided: frozenset[str] = frozenset()
    understood: Mapping[str, str] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True)
class CameraPath:
    """How the camera moves: `amount` 1 is the usual travel, `zoom` the shot size about the focus, `shake` in frame heights."""

    motion: str = "static"
    amount: float = 1.0
    zoom: float = 1.0
    focus_x: float = 0.0
    focus_y: float = 0.0
    shake: float = 0.0


@dataclass(frozen=True)
class Subject:
    """Something in the scene: `x` in frame widths from the middle, `size` in frame heights, `near` 0..1."""

    name: str
    count: int = 1
    x: float = 0.0
    size: float = 0.3
    near: float = 0.5


@dataclass(frozen=True)
class SceneSpec:
    """A scene wholly decided; the same value draws the same pixels. `horizon` is y in frame heights from the middle, down."""

    setting: str
    features: frozenset[str]
    time: str
    weather: str
    palette: str
    light: Light
    grade: Grade
    camera: CameraPath
    subjects: tuple[Subject, ...]
    horizon: float
    sun_x: float
    life: float
    seed: int
    seconds: float
    width: int
    height: int
    subject_motion: str = ""

    @property
    def aspect(self) -> float:
        """Width over height."""
        return self.width / self.height

    @property
    def is_portrait(self) -> bool:
        """Higher than wide by enough to need its own composition."""
        return self.aspect < 0.85

    def as_plain(self) -> dict[str, Any]:
        """Plain data for lineage and logs."""
        plain = asdict(self)
        plain["features"] = sorted(self.features)
        return plain

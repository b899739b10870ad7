"""What was understood (Intent) and what will be drawn (SceneSpec, made in `scene/`): frozen data between words and pixels."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from engines.generate.procedural.scene.parts import CameraPath as CameraPath
from engines.generate.procedural.scene.parts import Subject as Subject
from engines.generate.procedural.scene.spec import SceneSpec as SceneSpec
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

"""Storyboards: what is planned, shot by shot. Fields and defaults: docs/storyboards.md."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from timeline.items import Values, new_id
from timeline.time import ZERO, FrameRate, RationalTime

CAMERA_MOTIONS = [
    "static",
    "pan_left",
    "pan_right",
    "tilt_up",
    "tilt_down",
    "zoom_in",
    "zoom_out",
    "dolly_in",
    "dolly_out",
    "orbit_left",
    "orbit_right",
    "crane_up",
    "crane_down",
]
SUBJECT_MOTIONS = ["none", "slow", "medium", "fast", "walk", "run", "fly", "spin", "grow", "shrink"]
TRANSITIONS = ["cut", "fade", "dissolve", "wipe", "slide", "zoom", "spin", "blur", "morph"]
OVERLAYS = ["text", "watermark", "subtitles", "vignette", "color_filter", "particle", "lens_flare"]
STRUCTURES = ("linear", "three_act", "nonlinear")
AUDIO_KINDS = ("background_music", "voiceover", "sfx")
DEFAULT_SHOT_SECONDS = 5
_ONE_SECOND = RationalTime(1)
_DEFAULT_LENGTH = RationalTime(DEFAULT_SHOT_SECONDS)


@dataclass(frozen=True)
class Overlay:
    """Something laid over a shot. `start` counts from the shot's start; `duration` None lasts to its end.

    `x`, `y` are percent of the frame, the overlay's centre.
    """

    kind: str
    start: RationalTime = ZERO
    duration: RationalTime | None = None
    x: float = 50.0
    y: float = 50.0
    style: Values = field(default_factory=dict)
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class AudioCue:
    """Sound of a shot or of the whole storyboard. `path` empty with kind background_music means: the embedded composer.

    It goes by `mood`, `genre`, `tempo` (a word), `bpm` (0: by the others) and `presence` (what is heard); empty: as usual.
    """

    kind: str = "background_music"
    path: str = ""
    volume: float = 0.7
    fade_in: RationalTime = _ONE_SECOND
    fade_out: RationalTime = _ONE_SECOND
    mood: str = ""
    genre: str = ""
    tempo: str = ""
    bpm: float = 0.0
    presence: str = ""
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Shot:
    """One planned shot. `transition` is what leads *into* it; empty means: as the storyboard's structure says.

    `scene`: the embedded engine's scene as plain values, where a hand has changed it; it is drawn in place of what the
    description would make.
    """

    description: str
    name: str = ""
    duration: RationalTime = _DEFAULT_LENGTH
    camera_motion: str = "static"
    subject_motion: str = "none"
    mood: str = ""
    tags: tuple[str, ...] = ()
    image_reference: str = ""
    last_image: str = ""  # path of a picture that the film ends with
    audio: AudioCue | None = None
    overlays: tuple[Overlay, ...] = ()
    transition: str = ""
    transition_duration: RationalTime | None = None
    engine: str = ""
    seed: int | None = None
    media_id: str | None = None  # footage or a still that stands in for a generated take
    scene: Mapping[str, Any] = field(default_factory=dict)
    id: str = field(default_factory=new_id)
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Storyboard:
    """Shots in order, and what they share."""

    title: str = "Storyboard"
    shots: tuple[Shot, ...] = ()
    global_style: str = ""
    width: int = 1280
    height: int = 720
    rate: FrameRate = Fraction(24)
    narrative_structure: str = "linear"
    auto_transitions: bool = True
    music: AudioCue | None = None
    voice: AudioCue | None = None  # a recording that is heard over all shots
    title_card: bool = True
    seed: int = 0
    id: str = field(default_factory=new_id)
    extra: Mapping[str, Any] = field(default_factory=dict)

    def shot(self, shot_id: str) -> Shot | None:
        """The shot with this id."""
        return next((shot for shot in self.shots if shot.id == shot_id), None)

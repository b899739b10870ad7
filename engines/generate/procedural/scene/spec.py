"""SceneSpec: a scene wholly decided. Plain data; whoever has the same value, seed and back end draws the same pixels."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import Annotated, Any

from engines.generate.base import MAX_SECONDS, MAX_SIDE, MIN_SIDE
from engines.generate.procedural.palette import PALETTES, Colour, Grade, Light, mixed_stops
from engines.generate.procedural.scene import light as lighting_of
from engines.generate.procedural.scene.looks import LOOKS, Look
from engines.generate.procedural.scene.names import setting_names
from engines.generate.procedural.scene.parts import (
    BALANCES,
    DIRECTIONS,
    LIFE_MOTIONS,
    MOST_ROWS,
    RHYTHMS,
    SYMMETRIES,
    TENSIONS,
    Beat,
    CameraPath,
    Finish,
    Lighting,
    PaletteUse,
    ShotPart,
    Sky,
    Sound,
    Subject,
    Text,
)
from engines.generate.procedural.scene.rules import Choice, Flag, Number, Rows, Words
from engines.generate.procedural.scene.story import clock_of, in_rhythm, intensity_at
from timeline.storyboard import SUBJECT_MOTIONS

GRADIENTS = ("vertical", "horizontal", "radial", "angled")
GENRES = ("general", "documentary", "thriller", "ad", "tutorial", "educational", "explainer")
MAX_SEED = 2**63 - 1


@dataclass(frozen=True)
class SceneSpec:
    """A scene wholly decided; the same value draws the same pixels. Empty words: nothing special was asked for.

    `horizon` is y in frame heights from the middle, down; `sun_x` in frame widths from the middle. `life` multiplies the
    speed of all that moves by itself. Amounts of 1 are the usual ones. Light and grade follow from the fields.
    """

    setting: Annotated[str, Choice(setting_names, "Where it is.")]
    features: Annotated[frozenset[str], Rows(64, "What is special about the place.")] = frozenset()
    time: Annotated[str, Choice(lighting_of.TIMES, "Time of day.")] = "day"
    weather: Annotated[str, Choice(lighting_of.WEATHERS, "The weather.")] = "clear"
    weather_amount: Annotated[float, Number(0, 1.5, "How strong the weather is.", step=0.05)] = 1.0
    wind: Annotated[float, Number(0, 3, "Times the usual wind.", step=0.1)] = 1.0
    palettes: Annotated[tuple[PaletteUse, ...], Rows(6, "Palettes, mixed as the eye sees.")] = ()
    look: Annotated[str, Choice(tuple(LOOKS), "How the film is finished.")] = "natural"
    look_amount: Annotated[float, Number(0, 1.5, "How much of the look.", step=0.05)] = 1.0
    lighting: Lighting = field(default_factory=Lighting)
    sky: Sky = field(default_factory=Sky)
    finish: Finish = field(default_factory=Finish)
    camera: CameraPath = field(default_factory=CameraPath)
    subjects: Annotated[tuple[Subject, ...], Rows(MOST_ROWS, "What is in it.")] = ()
    subject_motion: Annotated[str, Choice(SUBJECT_MOTIONS, "How what is in it moves.", optional=True)] = ""
    motion: Annotated[str, Choice(LIFE_MOTIONS, "How the whole picture lives.", optional=True)] = ""
    direction: Annotated[str, Choice(DIRECTIONS, "Where things run.", optional=True)] = ""
    rhythm: Annotated[str, Choice(RHYTHMS, "How motion comes: evenly, in pulses, in waves.", optional=True)] = ""
    hold: Annotated[int, Number(0, 60, "Pictures a second, each held until the next; 0: as the look says.")] = 0
    horizon: Annotated[float, Number(-0.45, 0.45, "Height of the horizon from the middle, down.", step=0.01)] = 0.1
    sun_x: Annotated[float, Number(-0.6, 0.6, "Place of the sun in frame widths.", step=0.01)] = 0.2
    life: Annotated[float, Number(0, 4, "Times the usual speed of all that moves.", step=0.05)] = 1.0
    depth_of_field: Annotated[float, Number(0, 2, "How soft what is out of focus gets.", step=0.05)] = 0.0
    focus: Annotated[float, Number(0, 1, "Depth that is sharp: 1 is at the camera.", step=0.01)] = 0.5
    shafts: Annotated[float, Number(0, 2, "Light shafts through haze.", step=0.05)] = 0.0
    haze: Annotated[float, Number(0, 2, "Times the haze of distance.", step=0.05)] = 1.0
    parallax: Annotated[float, Number(0, 2, "Times the usual depth when the camera travels.", step=0.05)] = 1.0
    balance: Annotated[str, Choice(BALANCES, "Where the weight of the picture lies.")] = "balanced"
    symmetry: Annotated[str, Choice(SYMMETRIES, "How alike its sides are.")] = "slight"
    gradient: Annotated[str, Choice(GRADIENTS, "Where colours run.", optional=True)] = ""
    shape: Annotated[str, Words("A shape that was asked for.", 40)] = ""
    mood: Annotated[str, Words("The mood.", 40)] = ""
    genre: Annotated[str, Choice(GENRES, "Rules of a genre.", optional=True)] = ""
    pace: Annotated[float, Number(0.25, 3, "Times the usual pace of camera and cuts.", step=0.05)] = 1.0
    tension: Annotated[str, Choice(TENSIONS, "How tension runs.", optional=True)] = ""
    beats: Annotated[tuple[Beat, ...], Rows(MOST_ROWS, "Points of the story.")] = ()
    shots: Annotated[tuple[ShotPart, ...], Rows(MOST_ROWS, "Shots, where there are several.")] = ()
    keys: Annotated[tuple[Key, ...], Rows(MOST_ROWS, "What the scene becomes.")] = ()
    texts: Annotated[tuple[Text, ...], Rows(MOST_ROWS, "Words over the picture.")] = ()
    sound: Sound = field(default_factory=Sound)
    loop: Annotated[bool, Flag("Its end runs into its start without a jump.")] = False
    seed: Annotated[int, Number(0, MAX_SEED, "Another seed is another arrangement.")] = 0
    seconds: Annotated[float, Number(0.001, MAX_SECONDS, "Length.", "s")] = 5.0
    width: Annotated[int, Number(MIN_SIDE, MAX_SIDE, "Width.", "px")] = 1280
    height: Annotated[int, Number(MIN_SIDE, MAX_SIDE, "Height.", "px")] = 720
    rate: Annotated[Fraction, Number(1, 120, "Frames a second.", "fps")] = Fraction(24)

    @property
    def aspect(self) -> float:
        """Width over height."""
        return self.width / self.height

    @property
    def is_portrait(self) -> bool:
        """Higher than wide by enough to need its own composition."""
        return self.aspect < 0.85

    @property
    def palette(self) -> str:
        """The known palette with the greatest weight; empty without one."""
        known = [use for use in self.palettes if use.name in PALETTES]
        return max(known, key=lambda use: use.weight).name if known else ""

    @cached_property
    def palette_stops(self) -> tuple[Colour, ...]:
        """All palettes mixed, dark to light; none where no palette was asked for."""
        return mixed_stops(self.palettes) if self.palettes else ()

    @cached_property
    def light(self) -> Light:
        """The light that time, weather, palettes, lighting and sky make together."""
        return lighting_of.light_of(self)

    @cached_property
    def grade(self) -> Grade:
        """The grading that look, lighting, mood and finish make together."""
        return lighting_of.grade_of(self)

    @property
    def look_of_it(self) -> Look:
        """The look, as data."""
        return LOOKS[self.look]

    def intensity(self, seconds: float) -> float:
        """Tension at a moment of the film, 0..1; 0.5 where no story was asked for."""
        return intensity_at(self.beats, seconds / self.seconds)

    def clock(self, seconds: float) -> float:
        """The world's time at a moment of the film: where tension is high all that moves by itself moves faster.

        Runs from 0 to `seconds` and never back; a rhythm makes it hurry and linger. In loops it is the film's own time.
        """
        if self.loop:
            return seconds
        if self.beats:
            seconds = clock_of(self.beats, seconds / self.seconds) * self.seconds
        return in_rhythm(self.rhythm or ("pulsing" if self.motion == "pulse" else ""), seconds, self.seed)

    @property
    def pictures(self) -> int:
        """How many pictures a second are drawn, each held until the next; 0: every one."""
        return self.hold or (self.look_of_it.hold if self.look_amount > 0 else 0)

    def as_plain(self) -> dict[str, Any]:
        """Plain data for lineage, files and logs; `scene.file.from_plain` reads it back."""
        from engines.generate.procedural.scene.file import to_plain

        return to_plain(self)


@dataclass(frozen=True)
class Key:
    """What the scene becomes: at the share `at` of the film it is `scene`, after a change of `fade` seconds.

    `prompt` tells people what was asked. Length, size, rate and seed are the film's own; a key has no keys.
    """

    at: Annotated[float, Number(0, 1, "When, as a share of the film.", step=0.01)]
    scene: SceneSpec
    fade: Annotated[float, Number(0, MAX_SECONDS, "Length of the change.", "s", 0.1)] = 1.0
    prompt: Annotated[str, Words("In words.", 4000)] = ""

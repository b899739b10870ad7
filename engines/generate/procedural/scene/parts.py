"""The groups of fields that a scene is made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from engines.generate.procedural.scene.names import motion_names
from engines.generate.procedural.scene.rules import Choice, Flag, Number, Rows, Words

EASINGS = ("gentle", "constant", "ease_in", "ease_out", "ease_in_out")
SHOT_SIZES = ("extreme_wide", "wide", "medium", "close", "extreme_close", "pov", "handheld")
LENSES = ("normal", "wide", "tele", "macro")
FACINGS = ("left", "right", "front", "back")
WAYS = ("left", "right", "up", "down", "toward", "away", "none")
LIFE_MOTIONS = ("slow", "wave", "flow", "fast", "pulse")
DIRECTIONS = ("none", "horizontal", "vertical", "diagonal", "radial")
RHYTHMS = ("steady", "pulsing", "wave", "random")
TENSIONS = ("flat", "slow_build", "standard", "immediate")
BALANCES = ("balanced", "left_heavy", "right_heavy", "top_heavy", "bottom_heavy")
SYMMETRIES = ("slight", "asymmetric", "bilateral")
TRANSITIONS = ("cut", "dissolve", "fade", "wipe")
TEXT_PLACES = ("centre", "top", "bottom", "lower_third", "upper_third", "left", "right")
TEXT_STYLES = ("title", "subtitle", "caption", "step")
MOST_ROWS = 24


@dataclass(frozen=True)
class CameraPath:
    """How the camera moves: `amount` 1 is the usual travel, `zoom` the shot size about the focus, `shake` in frame heights."""

    motion: Annotated[str, Choice(motion_names, "How the camera moves.")] = "static"
    amount: Annotated[float, Number(0, 3, "Length of the move; 1 is the usual one.")] = 1.0
    zoom: Annotated[float, Number(0.5, 4, "Shot size: above 1 is closer.")] = 1.0
    focus_x: Annotated[float, Number(-2, 2, "Where the zoom goes, in frame heights from the middle.")] = 0.0
    focus_y: Annotated[float, Number(-1, 1, "Where the zoom goes, in frame heights from the middle, down.")] = 0.0
    shake: Annotated[float, Number(0, 0.1, "How much a hand shakes it, in frame heights.", step=0.001)] = 0.0
    easing: Annotated[str, Choice(EASINGS, "How the move starts and ends.")] = "gentle"
    lens: Annotated[str, Choice(LENSES, "A wide lens stretches depth, a long one flattens it.")] = "normal"
    shot: Annotated[str, Choice(SHOT_SIZES, "The shot size that was asked for.", optional=True)] = ""


@dataclass(frozen=True)
class Subject:
    """Something in the scene: `x` in frame widths from the middle, `near` 0..1.

    `scale` multiplies the usual size of its kind. Empty words: as its kind and the setting say.
    """

    name: Annotated[str, Words("What it is.", 40)]
    count: Annotated[int, Number(1, 60, "How many.")] = 1
    x: Annotated[float, Number(-0.6, 0.6, "Place in frame widths from the middle.", step=0.01)] = 0.0
    near: Annotated[float, Number(0, 1, "Depth: 1 is at the camera.", step=0.01)] = 0.5
    lift: Annotated[float, Number(-1, 1, "Height over its usual place, in frame heights.", step=0.01)] = 0.0
    scale: Annotated[float, Number(0.1, 4, "Times its usual size.", step=0.05)] = 1.0
    gait: Annotated[str, Words("What it does: walk, run, dance, fly.", 40)] = ""
    way: Annotated[str, Choice(WAYS, "Where it goes.", optional=True)] = ""
    speed: Annotated[float, Number(0, 4, "Times its usual speed.", step=0.05)] = 1.0
    facing: Annotated[str, Choice(FACINGS, "Where it looks.", optional=True)] = ""
    variant: Annotated[str, Words("Which one of its kind.", 40)] = ""
    expression: Annotated[str, Words("How it feels.", 40)] = ""
    colour: Annotated[str, Words("A colour of its own as #rrggbb; empty: as usual.", 9, "colour")] = ""
    bounces: Annotated[bool, Flag("It goes up and down as a ball does.")] = False


@dataclass(frozen=True)
class PaletteUse:
    """A palette and its weight among the others; `colours` (hex, dark to light) make one of its own."""

    name: Annotated[str, Words("Which palette.", 40)]
    weight: Annotated[float, Number(0, 4, "Its share among the palettes.", step=0.05)] = 1.0
    colours: Annotated[tuple[str, ...], Rows(12, "Colours of its own, dark to light, as rrggbb.")] = ()


@dataclass(frozen=True)
class Lighting:
    """A lighting: the four lights as parts of 1 (neutral: 1, 0.5, 0.2, 0.3), temperature -1 cool to 1 warm, and its grading."""

    name: Annotated[str, Words("The preset it started from.", 40)] = "neutral"
    key: Annotated[float, Number(0, 2, "The main light.", step=0.05)] = 1.0
    fill: Annotated[float, Number(0, 2, "Light into the shadows.", step=0.05)] = 0.5
    rim: Annotated[float, Number(0, 2, "Light round the edges.", step=0.05)] = 0.2
    ambient: Annotated[float, Number(0, 2, "Light from everywhere.", step=0.05)] = 0.3
    temperature: Annotated[float, Number(-1, 1, "From cool to warm.", step=0.05)] = 0.0
    contrast: Annotated[float, Number(0.2, 2.5, "Times the contrast.", step=0.05)] = 1.0
    saturation: Annotated[float, Number(0, 3, "Times the colourfulness.", step=0.05)] = 1.0
    lift: Annotated[float, Number(-0.3, 0.3, "Added to the blacks.", step=0.01)] = 0.0
    gamma: Annotated[float, Number(0.4, 2.5, "Above 1 darkens the middle tones.", step=0.05)] = 1.0
    gain: Annotated[float, Number(0.4, 2, "Times the whites.", step=0.05)] = 1.0


@dataclass(frozen=True)
class Sky:
    """The sky, as changes to what the time of day brings: 1 leaves a thing as it is."""

    clouds: Annotated[float, Number(0, 3, "Times the usual clouds.", step=0.1)] = 1.0
    stars: Annotated[float, Number(0, 3, "Times the usual stars.", step=0.1)] = 1.0
    glow: Annotated[float, Number(0, 3, "Times the usual glow round the sun or moon.", step=0.1)] = 1.0
    sun_lift: Annotated[float, Number(-0.3, 0.5, "The sun or moon higher, in frame heights.", step=0.01)] = 0.0
    sun_size: Annotated[float, Number(0, 6, "Times the usual disc.", step=0.1)] = 1.0


@dataclass(frozen=True)
class Finish:
    """The last step, as changes to what look and lighting bring: 1 (brightness: 0) leaves a thing as it is."""

    contrast: Annotated[float, Number(0.2, 2.5, "Times the contrast.", step=0.05)] = 1.0
    saturation: Annotated[float, Number(0, 3, "Times the colourfulness.", step=0.05)] = 1.0
    brightness: Annotated[float, Number(-0.4, 0.4, "Added to every tone.", step=0.01)] = 0.0
    grain: Annotated[float, Number(0, 4, "Times the film grain.", step=0.1)] = 1.0
    vignette: Annotated[float, Number(0, 3, "Times the darkening of the corners.", step=0.1)] = 1.0


@dataclass(frozen=True)
class Sound:
    """What the music shall be like; empty: as mood and genre say. `bpm` 0: by the tempo's name."""

    mood: Annotated[str, Words("A mood for the music.", 40)] = ""
    tempo: Annotated[str, Choice(("slow", "medium", "fast"), "Its tempo.", optional=True)] = ""
    genre: Annotated[str, Words("Its genre.", 40)] = ""
    presence: Annotated[
        str, Choice(("silence", "ambient", "music", "sfx", "full"), "What is to be heard.", optional=True)
    ] = ""
    bpm: Annotated[float, Number(0, 240, "Beats a minute; 0: by the tempo.")] = 0.0
    effects: Annotated[tuple[str, ...], Rows(10, "Effects that were asked for.")] = ()


@dataclass(frozen=True)
class Text:
    """Words over the picture from `start` to `end` (shares of the film). Sizes are in frame heights."""

    words: Annotated[str, Words("What is written.", 400, "multiline")]
    place: Annotated[str, Choice(TEXT_PLACES, "Where it stands.")] = "centre"
    style: Annotated[str, Choice(TEXT_STYLES, "What kind of text it is.")] = "title"
    start: Annotated[float, Number(0, 1, "When it comes, as a share of the film.", step=0.01)] = 0.0
    end: Annotated[float, Number(0, 1, "When it goes, as a share of the film.", step=0.01)] = 1.0
    colour: Annotated[str, Words("As #rrggbb.", 9, "colour")] = "#ffffff"


@dataclass(frozen=True)
class Beat:
    """A point of the story: from the share `at` of the film on, tension goes towards the next one's `intensity` (0..1)."""

    name: Annotated[str, Words("What it is called.", 40)]
    at: Annotated[float, Number(0, 1, "When, as a share of the film.", step=0.01)]
    intensity: Annotated[float, Number(0, 1, "How tense it is.", step=0.05)]


@dataclass(frozen=True)
class ShotPart:
    """One shot of several: begins at the share `at` of the film, led into by `transition` of `fade` seconds."""

    at: Annotated[float, Number(0, 1, "When it begins, as a share of the film.", step=0.01)]
    size: Annotated[str, Choice(SHOT_SIZES, "Its shot size.")] = "medium"
    motion: Annotated[str, Choice(motion_names, "How the camera moves in it.")] = "static"
    transition: Annotated[str, Choice(TRANSITIONS, "What leads into it.")] = "cut"
    fade: Annotated[float, Number(0, 10, "Length of the transition.", "s", 0.1)] = 0.0

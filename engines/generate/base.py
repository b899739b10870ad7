"""What a generation engine is: a request in, a film file out."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal, Protocol

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer

from effects.frame import Frame
from engines.errors import EngineError
from engines.generate.understood import Chip, Choices, Rewording, Understood
from timeline.storyboard import CAMERA_MOTIONS, DEFAULT_SHOT_SECONDS, SUBJECT_MOTIONS
from timeline.time import RATES, RationalTime

MAX_SECONDS = 600
MIN_SIDE, MAX_SIDE = 32, 4096
MAX_PIXELS = 4096 * 2304


def _exact_seconds(value: object) -> object:
    """Floats are seconds; text and whole numbers are read by RationalTime itself."""
    if isinstance(value, float):
        if not -1e9 < value < 1e9:
            raise ValueError("a duration is a number of seconds")
        return RationalTime(Fraction(value).limit_denominator(120_000))
    return RationalTime(value) if isinstance(value, Fraction) else value


def _exact_rate(value: object) -> object:
    """23.976 means 24000/1001: a float near a known rate is that rate."""
    if isinstance(value, str | int):
        value = Fraction(value)
    if isinstance(value, float):
        near = min(RATES, key=lambda rate: abs(float(rate) - value))
        return near if abs(float(near) - value) < 0.01 else Fraction(value).limit_denominator(1001)
    return value


Duration = Annotated[RationalTime, BeforeValidator(_exact_seconds)]
Rate = Annotated[Fraction, BeforeValidator(_exact_rate), PlainSerializer(str, return_type=str)]


Backend = Literal["auto", "processor", "gpu"]
Makes = Literal["film", "picture", "music", "sound"]


class Keyframe(BaseModel):
    """What the film has become at a moment, in words; what they do not name stays as it was."""

    model_config = ConfigDict(frozen=True)

    at: float = Field(ge=0, description="Seconds from the start.")
    prompt: str


class GenerationRequest(BaseModel):
    """What is wanted. `duration` None: as the prompt says ("ten seconds"), else 5 s. Empty texts: as the prompt says.

    Width and height are pixels; an odd number is rounded down to even, the result's facts say so. `scene` is a scene of the
    embedded engine as plain values (docs/engine.md): it is drawn as it is, in place of what the prompt would make; length,
    size, rate and seed are the request's. `part`: only these frames of the whole film, first and one past the last; parts
    that follow one another join without a seam. `backend`: who draws, where the engine has a choice; the same back end gives
    the same frames, another one slightly other ones. `learnt`: looks by name and what was learnt of words, as far as this film
    may use them; it comes along so that the same request makes the same film on another machine. `makes`: what comes of it; a
    picture with an `image_reference` is that picture changed by words.
    """

    model_config = ConfigDict(frozen=True)

    prompt: str = ""
    duration: Duration | None = None
    width: int = 1280
    height: int = 720
    rate: Rate = Fraction(24)
    seed: int = 0
    camera_motion: str = ""
    subject_motion: str = ""
    mood: str = ""
    style: str = ""
    negative_prompt: str = ""
    image_reference: str = Field(default="", description="Path of a picture that the film starts from.")
    sound: bool = False
    keyframes: tuple[Keyframe, ...] = ()
    scene: dict[str, Any] = Field(default_factory=dict)
    part: tuple[int, int] | None = None
    backend: Backend = "auto"
    learnt: dict[str, Any] = Field(default_factory=dict)
    model: str = Field(default="", description="Of the engine's models, the one to use; empty: the first that can.")
    last_image: str = Field(default="", description="Path of a picture that the film ends with.")
    source_video: str = Field(default="", description="Path of a film that is changed instead of made.")
    extends: str = Field(default="", description="The service's name for a job of its own that the film goes on from.")
    loop: bool = False
    options: dict[str, Any] = Field(default_factory=dict, description="Values that only this engine has.")
    makes: Makes = "film"

    @property
    def length(self) -> RationalTime:
        """The duration asked for, else the usual 5 s; a length that the prompt names is the engine's to read."""
        return RationalTime(DEFAULT_SHOT_SECONDS) if self.duration is None else self.duration

    @property
    def even_size(self) -> tuple[int, int]:
        """The size that will be made: both sides even."""
        return (self.width // 2 * 2, self.height // 2 * 2)

    def frames_of(self, count: int) -> tuple[int, int]:
        """Which frames of a film of `count` are to be made, half-open. Raises EngineError for a part that is not in it."""
        if self.part is None:
            return (0, count)
        if self.part[1] > count:
            raise EngineError(f"The film has {count} frames; frames {self.part[0]} to {self.part[1]} are not in it.")
        return self.part

    def checked(self) -> GenerationRequest:
        """This request, or EngineError in one sentence if it cannot be fulfilled by any engine."""
        seconds = self.length.fraction
        if seconds <= 0:
            raise EngineError("The duration must be more than 0 seconds.")
        if seconds > MAX_SECONDS:
            raise EngineError(
                f"The duration is {float(seconds):g} seconds; {MAX_SECONDS} is the longest a shot can be."
            )
        if not 1 <= self.rate <= 120:
            raise EngineError(f"The frame rate is {float(self.rate):g}; it must be between 1 and 120.")
        if min(self.width, self.height) < MIN_SIDE or max(self.width, self.height) > MAX_SIDE:
            raise EngineError(
                f"The size is {self.width}x{self.height}; each side must be {MIN_SIDE} to {MAX_SIDE} pixels."
            )
        if self.width * self.height > MAX_PIXELS:
            raise EngineError(f"The size {self.width}x{self.height} is too large; 4096x2304 is the largest.")
        if self.camera_motion and self.camera_motion not in CAMERA_MOTIONS:
            raise EngineError(f"There is no camera motion {self.camera_motion!r}; choose {', '.join(CAMERA_MOTIONS)}.")
        if self.subject_motion and self.subject_motion not in SUBJECT_MOTIONS:
            raise EngineError(
                f"There is no subject motion {self.subject_motion!r}; choose {', '.join(SUBJECT_MOTIONS)}."
            )
        if self.part is not None and not 0 <= self.part[0] < self.part[1]:
            raise EngineError(f"Frames {self.part[0]} to {self.part[1]} are no part of a film: the first comes first.")
        for path in filter(None, (self.image_reference, self.last_image, self.source_video)):
            if not Path(path).is_file():
                kind = "film" if path == self.source_video else "picture"
                raise EngineError(f"The {kind} {Path(path).name} was not found; choose another.")
        return self


@dataclass(frozen=True)
class Capabilities:
    """What an engine can obey; what it cannot, a form need not offer."""

    camera_motion: bool = True
    subject_motion: bool = True
    image_reference: bool = True
    sound: bool = True
    seed: bool = True
    max_seconds: float = MAX_SECONDS
    max_size: tuple[int, int] = (4096, 2304)


@dataclass(frozen=True)
class Estimate:
    """What a request will take: seconds of waiting on this machine, and money."""

    seconds: float
    cost: Decimal = Decimal(0)
    currency: str = "USD"


@dataclass(frozen=True)
class Result:
    """A finished film at `path`. `facts` is plain data for the take's lineage: what was understood, how it was made."""

    path: Path
    seed: int
    facts: Mapping[str, Any] = field(default_factory=dict)


class JobLike(Protocol):
    """What an engine is given to report to; `studio_app.services.jobs.Job` is one."""

    def check(self) -> None:
        """Raise Cancelled if the work shall stop."""

    def progress(self, fraction: float, note: str = "") -> None:
        """Say how far the work is, 0 to 1."""


class Engine(ABC):
    """Makes films. One class per file in `providers/`; the file's name is the id."""

    id: ClassVar[str]
    label: ClassVar[str]
    version: ClassVar[str] = "1"
    needs_key: ClassVar[str] = ""
    hidden: ClassVar[bool] = False
    keep_in: Path | None = None
    """A folder for what need not be made again, kept small by whoever named it; None: nothing is kept."""
    capabilities: ClassVar[Capabilities] = Capabilities()

    def available(self) -> str | None:
        """Why it cannot be used now, in a sentence; None if it can."""
        return None

    def lacks(self, request: GenerationRequest) -> str:
        """What of a request it can never make, as words after "it cannot make this:"; empty where it can."""
        return ""

    @abstractmethod
    def estimate(self, request: GenerationRequest) -> Estimate:
        """What the request will take. Raises EngineError for one that cannot be made."""

    def explain(self, request: GenerationRequest) -> Mapping[str, str]:
        """What the engine makes of the prompt, in words for the user; empty where it cannot say."""
        return {}

    def scene(self, request: GenerationRequest) -> dict[str, Any]:
        """What the request would make, wholly decided, as plain values that can be changed; empty where an engine has no such thing."""
        return {}

    def understand(self, request: GenerationRequest) -> Understood | None:
        """What the engine made of each word, for chips that can be changed; None where it cannot say."""
        return None

    def choices(self, chip: Chip) -> Choices:
        """What a chip of `understand` can be changed to."""
        return Choices()

    def reworded(self, prompt: str, chip: Chip, change: Rewording) -> str:
        """The prompt with one chip of it changed."""
        return prompt

    def neighbours(self, words: Sequence[str]) -> Mapping[str, tuple[str, ...]]:
        """Known words that mean something like unknown ones. May take a second: not for the main thread."""
        return {}

    def sketch(self, request: GenerationRequest, at: float, size: tuple[int, int]) -> Frame | None:
        """One picture of the film at `at` seconds, quickly and free, about `size` pixels; None where the engine has no such thing."""
        return None

    @abstractmethod
    def generate(self, request: GenerationRequest, target: Path, job: JobLike) -> Result:
        """Make the film and put it at `target` when it is whole.

        Nothing is left there, nor beside it, on failure (EngineError, MediaError) or when the job is cancelled (Cancelled).
        """

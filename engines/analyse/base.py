"""What a measure is: it is shown the pictures and the sound of a clip, piece by piece, and tells figures."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar, Generic, Literal, Protocol, TypeVar

import cv2
import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field

from effects.colour import rgb_of
from effects.frame import Frame
from effects.oklab import to_oklab
from timeline.media import Media

Grey = NDArray[np.float32]
"""(h, w) luma, 0 black to 1 white; outside for what is darker than black or brighter than white."""

SOUND_RATE = 48000
_COARSE = (64, 36)
_COLOUR_SIDE = 96


class Progress(Protocol):
    """What an analysis is given to report to; `studio_app.services.jobs.Job` is one."""

    def check(self) -> None:
        """Raise Cancelled if the work shall stop."""

    def progress(self, fraction: float, note: str = "") -> None:
        """Say how far the work is, 0 to 1."""


def figure(help: str, unit: str = "", **rules: Any) -> Any:  # noqa: A002 - as in effects.params
    """A figure of a measure: what it says, and in what unit. `rules` are pydantic's."""
    return Field(description=help, json_schema_extra={"unit": unit} if unit else None, **rules)


class Figures(BaseModel):
    """What a measure found. Frozen; each field describes itself (`figure`)."""

    model_config = ConfigDict(frozen=True)


F = TypeVar("F", bound=Figures)


@dataclass(frozen=True)
class Clip:
    """What is measured, and how it is looked at: `whole`: every picture of it; `seconds` None for a still."""

    media: Media
    seconds: float | None
    rate: float
    whole: bool


class Picture:
    """One picture: small, in the forms that measures ask for, each made once.

    `index` is its frame in the film; `number` counts what was decoded without a gap: 0 begins a new stretch.
    """

    def __init__(self, frame: Frame, index: int, seconds: float, number: int = 0) -> None:
        self.index, self.seconds, self.number = index, seconds, number
        self._frame = frame

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the small picture."""
        return self._frame.size

    @cached_property
    def luma(self) -> NDArray[np.uint8]:
        """(h, w) luma as it is stored, 16 black to 235 white."""
        return self._frame.planes[0]

    @cached_property
    def grey(self) -> Grey:
        """(h, w) luma, 0..1."""
        return np.asarray((self.luma.astype(np.float32) - 16) / 219, np.float32)

    @cached_property
    def coarse(self) -> NDArray[np.float32]:
        """(36, 64, 3) luma and the two colour differences, 0..1 and about 0: what is looked at of every picture."""
        y, u, v = (
            cv2.resize(plane, _COARSE, interpolation=cv2.INTER_AREA).astype(np.float32)
            for plane in self._frame.planes[:3]
        )
        return np.stack(((y - 16) / 219, (u - 128) / 224, (v - 128) / 224), axis=2)

    @cached_property
    def rgb(self) -> NDArray[np.uint8]:
        """(h, w, 3) sRGB, the longer side at most 96."""
        full = rgb_of(self._frame)
        scale = min(1.0, _COLOUR_SIDE / max(full.shape[:2]))
        size = (max(1, round(full.shape[1] * scale)), max(1, round(full.shape[0] * scale)))
        return np.asarray(cv2.resize(full, size, interpolation=cv2.INTER_AREA), np.uint8)

    @cached_property
    def lab(self) -> NDArray[np.float64]:
        """The same in OKLab."""
        return to_oklab(self.rgb / 255.0)


def follows(picture: Picture, before: Picture | None) -> bool:
    """Whether a picture comes right after the other."""
    return before is not None and picture.number == before.number + 1


class Measure(ABC, Generic[F]):
    """Takes a clip as it goes by. One class per file in `measures/`, made anew for each clip; what it keeps is bounded.

    `needs`: `every` is shown all pictures that are decoded, `some` those that are looked at closely, `pair` those and the
    one right after each, `sound` hears all of the sound.
    """

    label: ClassVar[str]
    needs: ClassVar[Literal["every", "some", "pair", "sound"]] = "some"
    figures: ClassVar[type[Figures]]

    def __init__(self, clip: Clip) -> None:
        self.clip = clip

    def look(self, picture: Picture) -> None:
        """Take the next picture."""

    def hear(self, samples: NDArray[np.float32]) -> None:
        """Take the next samples, (n, 2) float32 at SOUND_RATE."""

    @abstractmethod
    def found(self) -> F | None:
        """The figures of all that was taken; None where it was too little to tell."""

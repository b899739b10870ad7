"""What every effect, transition and generator is: a frozen pydantic model with one method."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import ClassVar

from pydantic import BaseModel, ConfigDict

from effects.frame import Canvas, Frame
from timeline.time import RationalTime


class Described(BaseModel, ABC):
    """Fields made with `param()`; the class docstring is the help text, `title` the name on screen, `group` its heading in lists."""

    model_config = ConfigDict(frozen=True, extra="ignore", use_enum_values=False)
    title: ClassVar[str] = ""
    group: ClassVar[str] = ""

    @classmethod
    def shown_name(cls) -> str:
        """The name on screen."""
        return cls.title or cls.__name__


class VideoEffect(Described):
    """Changes a picture. `at` is source time. Lengths in px are for full size: multiply by `frame.scale`."""

    @abstractmethod
    def render(self, frame: Frame, at: RationalTime) -> Frame:
        """The changed picture; the given one is not written to."""


class VideoTransition(Described):
    """Leads from one picture to the next."""

    @abstractmethod
    def render(self, left: Frame, right: Frame, progress: float) -> Frame:
        """The mix of two opaque YUV canvas frames of equal size; `progress` runs 0 to 1, exclusive at both ends.

        Where a side is missing (a fade at the head or tail) the renderer passes black.
        """


class Generator(Described):
    """Makes a picture out of nothing but its parameters."""

    @abstractmethod
    def render(self, canvas: Canvas, at: RationalTime) -> Frame:
        """An RGBA (or YUV) frame; may be smaller than the canvas, with its `origin` on it. `at` is source time."""

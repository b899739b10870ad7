"""What a frame is made of, as data: pictures, their effects and the layers they form. Nothing here opens a file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from timeline.curve import Value
from timeline.media import Media
from timeline.time import RationalTime
from timeline.track import BlendMode

Settings = tuple[tuple[str, Value], ...]
"""Parameter values at one instant, hashable."""


@dataclass(frozen=True)
class MediaPicture:
    """The frame of a file at `time` (source). Stills always have time 0. `stands`: it is the same frame after frame."""

    media_id: str
    time: RationalTime
    media: Media = field(hash=False)
    stands: bool = False


@dataclass(frozen=True)
class GeneratedPicture:
    """What a generator draws at `at` (source time)."""

    generator: str
    values: Settings
    at: RationalTime


@dataclass(frozen=True)
class Slate:
    """A card instead of a picture: `kind` is `missing` (the file is gone) or `placeholder` (not generated yet)."""

    kind: str
    title: str
    text: str = ""


@dataclass(frozen=True)
class NestedPicture:
    """What another sequence of `size` pixels shows in one of its frames: its layers, over nothing."""

    size: tuple[int, int]
    layers: tuple[AnyLayer, ...]

    @property
    def width(self) -> int:
        """Of that sequence, in pixels."""
        return self.size[0]

    @property
    def height(self) -> int:
        """Of that sequence, in pixels."""
        return self.size[1]


Picture = MediaPicture | GeneratedPicture | Slate | NestedPicture


@dataclass(frozen=True)
class PlannedEffect:
    """An effect with its values at `at`."""

    effect: str
    values: Settings
    at: RationalTime


@dataclass(frozen=True)
class Layer:
    """One clip's picture: its effects in order (among them `transform`), then those of its track, then opacity and blend."""

    clip_id: str
    clip_name: str
    picture: Picture
    effects: tuple[PlannedEffect, ...] = ()
    track_effects: tuple[PlannedEffect, ...] = ()
    opacity: float = 1.0
    blend: BlendMode = BlendMode.NORMAL


@dataclass(frozen=True)
class TransitionLayer:
    """Two pictures over what lies below, and the way from one to the other. None: nothing on that side."""

    effect: str
    values: Settings
    progress: float
    left: Layer | None
    right: Layer | None


@dataclass(frozen=True)
class AdjustmentLayer:
    """Effects on everything below, mixed in with `opacity`."""

    clip_id: str
    clip_name: str
    effects: tuple[PlannedEffect, ...]
    opacity: float = 1.0


AnyLayer = Layer | TransitionLayer | AdjustmentLayer


@dataclass(frozen=True)
class Note:
    """Something the frame lacks. `fatal`: an export must not go on without it (missing media is shown by a slate instead)."""

    clip_id: str
    sentence: str
    fatal: bool = True


@dataclass(frozen=True)
class RenderPlan:
    """Layers bottom to top over black, for a sequence of `size` pixels at `time` (record, on a frame boundary).

    `timecode` is how the screen names that frame.
    """

    time: RationalTime
    timecode: str
    size: tuple[int, int]
    layers: tuple[AnyLayer, ...] = ()
    notes: tuple[Note, ...] = ()


def media_pictures(plan: RenderPlan) -> Iterator[MediaPicture]:
    """The pictures of files in a plan, those within nested sequences too."""
    return _media_pictures(plan.layers)


def _media_pictures(layers: tuple[AnyLayer, ...]) -> Iterator[MediaPicture]:
    for layer in layers:
        sides = (layer.left, layer.right) if isinstance(layer, TransitionLayer) else (layer,)
        for side in sides:
            if not isinstance(side, Layer):
                continue
            if isinstance(side.picture, MediaPicture):
                yield side.picture
            elif isinstance(side.picture, NestedPicture):
                yield from _media_pictures(side.picture.layers)

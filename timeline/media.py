"""The append-only library: media files, takes and where they came from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from typing import Any

from timeline.items import new_id
from timeline.time import ZERO, FrameRate, RationalTime

_STEP: FrameRate = Fraction(25)


class MediaKind(StrEnum):
    """What a file is."""

    VIDEO = "video"
    AUDIO = "audio"
    IMAGE = "image"
    IMAGE_SEQUENCE = "image_sequence"


@dataclass(frozen=True)
class Media:
    """One file (or image sequence) and what probing found in it.

    `path` is absolute; a project file also keeps it relative to itself. `duration` is the length of the picture, else of the
    sound; 0 for stills, which last as long as one likes. `rate` None means no picture or a still. `rotation` (degrees
    clockwise) is already applied to `width` and `height`, which are display sizes in square pixels. `faults` are sentences
    about what the file says of itself and is not so, or what of it cannot be used. `modified`: when the file was last
    written (ISO 8601, UTC), as of its import.
    """

    path: str
    kind: MediaKind
    name: str = ""
    duration: RationalTime = ZERO
    width: int = 0
    height: int = 0
    rate: FrameRate | None = None
    variable_rate: bool = False
    interlaced: bool = False
    rotation: int = 0
    has_alpha: bool = False
    has_video: bool = False
    has_audio: bool = False
    sample_rate: int = 0
    channels: int = 0
    video_codec: str = ""
    audio_codec: str = ""
    start_timecode: RationalTime = ZERO
    drop_frame: bool = False
    content_hash: str = ""
    file_size: int = 0
    faults: tuple[str, ...] = ()
    modified: str = ""
    id: str = field(default_factory=new_id)
    extra: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_endless(self) -> bool:
        """Stills have no in and out of their own."""
        return self.kind is MediaKind.IMAGE

    @property
    def poster(self) -> RationalTime:
        """The time of the frame that stands for the file in small pictures: a third in."""
        return ZERO if self.is_endless else (self.duration / 3).snapped(self.rate or _STEP)


@dataclass(frozen=True)
class Lineage:
    """Where a take came from: enough to make it again.

    `input_media_ids` are all files it was made from, in their order (the first one leads a remix), takes and footage alike;
    `input_take_ids` are the takes among them. `generation` counts from footage and takes made of nothing, which are 0.
    """

    engine: str
    engine_version: str = ""
    relationship: str = (
        "generation"  # or evolution, variation, remix, mutation, extension; import: footage beside takes
    )
    request: Mapping[str, Any] = field(default_factory=dict)
    seed: int | None = None
    input_take_ids: tuple[str, ...] = ()
    input_media_ids: tuple[str, ...] = ()
    generation: int = 0
    content_hash: str = ""
    cost: str = "0"
    created: str = ""  # ISO 8601, UTC
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Take:
    """One result for a shot. Takes are never overwritten."""

    media_id: str
    lineage: Lineage
    shot_id: str | None = None
    name: str = ""
    id: str = field(default_factory=new_id)
    extra: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_made(self) -> bool:
        """Whether an engine made it; else it is footage that was laid beside other takes."""
        return self.lineage.relationship != "import"


@dataclass(frozen=True)
class Library:
    """All media and takes of a project, by id, in order of arrival."""

    media: Mapping[str, Media] = field(default_factory=dict)
    takes: Mapping[str, Take] = field(default_factory=dict)
    extra: Mapping[str, Any] = field(default_factory=dict)

    @cached_property
    def by_content(self) -> Mapping[str, str]:
        """The id of the file with this content; of several the first that came."""
        return {one.content_hash: one.id for one in reversed([*self.media.values()]) if one.content_hash}

    def with_media(self, *media: Media) -> Library:
        """The library with more media (or the same ones found again at another path)."""
        return replace(self, media={**self.media, **{one.id: one for one in media}})

    def with_take(self, take: Take) -> Library:
        """The library with one take more."""
        return replace(self, takes={**self.takes, take.id: take})

    def takes_of(self, shot_id: str) -> tuple[Take, ...]:
        """The takes of a shot in order of arrival."""
        return tuple(take for take in self.takes.values() if take.shot_id == shot_id)

    def take_of_media(self, media_id: str) -> Take | None:
        """The take whose result is this file, or None for footage, also where that serves as a take."""
        return next((take for take in self.takes.values() if take.media_id == media_id and take.is_made), None)

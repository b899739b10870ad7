"""A cut: tracks from bottom to top, a size, a rate and a start timecode."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import Any

from timeline.items import Clip, Marker, new_id
from timeline.time import ZERO, FrameRate, RationalTime
from timeline.track import Track, TrackKind

LOOKED_FOR = 200
"""So many items are looked for track by track; it takes about as long to note where all of them stand."""


@dataclass(frozen=True)
class Sequence:
    """Tracks in paint order: picture tracks bottom to top, and audio tracks A1 first, in one tuple.

    Every item starts and ends on a frame of `rate`. Record time 0 carries the timecode `start_timecode`.
    """

    name: str = "Main cut"
    width: int = 1920
    height: int = 1080
    rate: FrameRate = Fraction(24)
    drop_frame: bool = False
    start_timecode: RationalTime = ZERO
    sample_rate: int = 48000
    tracks: tuple[Track, ...] = ()
    markers: tuple[Marker, ...] = ()
    id: str = field(default_factory=new_id)
    extra: Mapping[str, Any] = field(default_factory=dict)

    @property
    def duration(self) -> RationalTime:
        """End of the longest track."""
        return max((track.duration for track in self.tracks), default=ZERO)

    @property
    def frame(self) -> RationalTime:
        """Length of one frame."""
        return RationalTime.from_frames(1, self.rate)

    @property
    def duration_frames(self) -> int:
        """Length in frames of `rate`."""
        return self.duration.frames(self.rate)

    def track(self, track_id: str) -> Track | None:
        """The track with this id."""
        return next((track for track in self.tracks if track.id == track_id), None)

    def track_holding(self, item_id: str) -> Track | None:
        """The track on which an item stands. Asked for many items, it is looked up once where each of them stands."""
        if "_homes" in self.__dict__:
            return self._homes.get(item_id)
        asked = self.__dict__["_asked"] = self.__dict__.get("_asked", 0) + 1  # no field: as what is cached
        if asked > LOOKED_FOR:
            return self._homes.get(item_id)
        return next((track for track in self.tracks if track.index_of(item_id) is not None), None)

    @cached_property
    def _homes(self) -> dict[str, Track]:
        return {item_id: track for track in self.tracks for item_id in track.ids}

    def clip(self, clip_id: str) -> Clip | None:
        """The clip with this id."""
        track = self.track_holding(clip_id)
        return track.clip(clip_id) if track is not None else None

    def picture_tracks(self) -> tuple[Track, ...]:
        """Tracks that are seen, bottom first."""
        return tuple(track for track in self.tracks if track.kind is not TrackKind.AUDIO)

    def audio_tracks(self) -> tuple[Track, ...]:
        """Tracks that are heard, A1 first."""
        return tuple(track for track in self.tracks if track.kind is TrackKind.AUDIO)

"""Time to pixels and back. All arithmetic between the two happens here, whatever is drawn or dragged."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import ceil, floor
from typing import Final, NamedTuple

from timeline.time import FrameRate, RationalTime
from timeline.timecode import nominal_fps

MAX_FRAME_PX: Final = 96.0
"""The widest a single frame gets."""
MIN_PIXELS_PER_SECOND: Final = 0.02
LABEL_PX: Final = 130.0
"""A ruler label needs this much room up to the next one."""
TICK_PX: Final = 6.0
_SECONDS: Final = (1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 18000, 36000)


class Tick(NamedTuple):
    """A line of the ruler. `level` 2: labelled, 1: half way, 0: the small ones."""

    x: float
    time: RationalTime
    level: int


@dataclass(frozen=True)
class Scale:
    """How a sequence of `rate` lies on the screen: x 0 is the left edge of the viewport, `origin_px` what is scrolled away."""

    rate: FrameRate
    pixels_per_second: float = 20.0
    origin_px: float = 0.0

    def x_of(self, time: RationalTime) -> float:
        """Viewport x of an instant; may lie far outside the screen: clamp before casting to int."""
        return time.to_seconds() * self.pixels_per_second - self.origin_px

    def content_x(self, time: RationalTime) -> float:
        """Pixels from time 0, independent of scrolling."""
        return time.to_seconds() * self.pixels_per_second

    def width_of(self, duration: RationalTime) -> float:
        """Length in pixels."""
        return duration.to_seconds() * self.pixels_per_second

    @property
    def frame_px(self) -> float:
        """Width of one frame."""
        return self.pixels_per_second / float(self.rate)

    def time_at(self, x: float) -> RationalTime:
        """The frame boundary nearest to a viewport x, never before 0."""
        return RationalTime.from_frames(max(0, round((x + self.origin_px) / self.frame_px)), self.rate)

    def frame_under(self, x: float) -> RationalTime:
        """Start of the frame that is under a viewport x, never before 0."""
        return RationalTime.from_frames(max(0, floor((x + self.origin_px) / self.frame_px)), self.rate)

    def exact_at(self, x: float) -> RationalTime:
        """The instant under a viewport x, not on a frame; for looking up items, never for an edit."""
        return RationalTime(round(max(0.0, x + self.origin_px) / self.pixels_per_second * 1_000_000), 1_000_000)

    def span(self, dx: float) -> RationalTime:
        """A drag of `dx` pixels as whole frames (signed)."""
        return RationalTime.from_frames(round(dx / self.frame_px), self.rate)

    def zoomed(self, factor: float, x: float) -> Scale:
        """Zoomed about a viewport x: what is there stays there (but for the left end)."""
        wanted = self.pixels_per_second * factor
        pps = min(max(wanted, MIN_PIXELS_PER_SECOND), MAX_FRAME_PX * float(self.rate))
        origin = (self.origin_px + x) * pps / self.pixels_per_second - x
        return replace(self, pixels_per_second=pps, origin_px=max(0.0, origin))

    def scrolled(self, origin_px: float) -> Scale:
        """The same zoom from another left end."""
        return replace(self, origin_px=max(0.0, origin_px))

    def fitted(self, duration: RationalTime, width: float) -> Scale:
        """Everything from 0 to `duration` within `width` pixels."""
        seconds = max(duration.to_seconds(), 1.0)
        pps = min(max(width / seconds, MIN_PIXELS_PER_SECOND), MAX_FRAME_PX * float(self.rate))
        return replace(self, pixels_per_second=pps, origin_px=0.0)

    def label_step(self) -> int:
        """Frames between two labels of the ruler: a round number that leaves LABEL_PX."""
        fps = nominal_fps(self.rate)
        for frames in (1, 2, 5, 10):
            if frames < fps and frames * self.frame_px >= LABEL_PX:
                return frames
        for seconds in _SECONDS:
            if seconds * fps * self.frame_px >= LABEL_PX:
                return seconds * fps
        return ceil(LABEL_PX / (36000 * fps * self.frame_px)) * 36000 * fps

    def ticks(self, left: float, right: float) -> Iterator[Tick]:
        """The ruler's lines between two viewport x."""
        step = self.label_step()
        parts = next((p for p in (10, 5, 4, 2) if step % p == 0 and step / p * self.frame_px >= TICK_PX), 1)
        small = step // parts
        number = max(0, floor((left + self.origin_px) / (small * self.frame_px)))
        last = (right + self.origin_px) / (small * self.frame_px)
        while number <= last:
            level = 2 if number % parts == 0 else 1 if parts % 2 == 0 and number % parts == parts // 2 else 0
            time = RationalTime.from_frames(number * small, self.rate)
            yield Tick(self.x_of(time), time, level)
            number += 1

"""A clip at another speed: new frames in between by optical flow where it is slower, the nearest where it is faster."""

from __future__ import annotations

from effects.frame import Frame
from engines.evolve.base import Sound, SourceClip
from engines.evolve.motion import MotionAlong
from engines.evolve.sounding import at_pitch, limited

_ON_A_FRAME = 0.04
"""So near to a frame of the source it is that frame: no eye sees the difference, and it is sharper."""


class Paced:
    """`count` frames of a clip played `speed` times as fast; frame i shows the source's place i * source.count / count."""

    def __init__(self, clip: SourceClip, speed: float, *, draft: bool = False) -> None:
        self._clip, self._draft = clip, draft
        self.speed = speed
        self.count = max(1, round(clip.count / speed))
        self._motion = MotionAlong(clip.frame, draft=draft)

    def frame(self, index: int) -> Frame:
        """The picture at frame `index` of the new length."""
        place = index * self._clip.count / self.count
        low = min(int(place), self._clip.count - 1)
        part = place - low
        if self.speed >= 1 or self._draft or part < _ON_A_FRAME or part > 1 - _ON_A_FRAME:
            return self._clip.frame(
                low + (part > 1 - _ON_A_FRAME) if self.speed < 1 else min(round(place), self._clip.count - 1)
            )
        if low + 1 >= self._clip.count:
            return self._clip.frame(low)
        return self._motion.picture(low, part)

    def samples(self) -> Sound | None:
        """The clip's sound at that speed and its own pitch."""
        samples = self._clip.samples()
        return None if samples is None else limited(at_pitch(samples, self._clip.count / self.count))

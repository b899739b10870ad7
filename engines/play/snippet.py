"""What is heard while the playhead is dragged: a moment of the sound at each place, the latest one at once."""

from __future__ import annotations

import numpy as np

from engines.play.run import SampleRing
from engines.render.resample import Sound
from timeline.sequence import Sequence
from timeline.time import RationalTime

_SHORTEST_SECONDS, _LONGEST_SECONDS = 0.04, 0.06
_RAMP_SECONDS = 0.005
_MARGIN_SECONDS = 0.005


def snippet_range(sequence: Sequence, time: RationalTime) -> tuple[int, int]:
    """First sample and number of samples: a frame's worth, but not so short that it is a click, nor so long that it drags."""
    rate = sequence.sample_rate
    seconds = min(max(sequence.frame.to_seconds(), _SHORTEST_SECONDS), _LONGEST_SECONDS)
    return time.samples(rate), round(seconds * rate)


class Snippets:
    """Written by the sounding thread, read by the sink's."""

    def __init__(self, sample_rate: int) -> None:
        self.sample_rate = sample_rate
        self.ring = SampleRing(sample_rate // 2)
        self._block = 0
        self._ramp = round(_RAMP_SECONDS * sample_rate)

    @property
    def place(self) -> float:
        """The sample that is heard now, about."""
        return self.ring.read

    def fill(self, out: Sound) -> None:
        """What is left of the latest moment, then silence."""
        self._block = max(self._block, len(out))
        count = self.ring.read_into(out)
        out[count:] = 0

    def put(self, sound: Sound) -> None:
        """Let a moment be heard: from silence, or out of the one that is heard still."""
        sound = np.array(sound, np.float32)
        rise = (np.sin((np.arange(self._ramp) + 0.5) / self._ramp * (np.pi / 2)) ** 2).astype(np.float32)[:, None]
        head = min(self._ramp, len(sound))
        sound[:head] *= rise[:head]
        sound[len(sound) - head :] *= rise[:head][::-1]
        place = self.ring.read + self._block + round(_MARGIN_SECONDS * self.sample_rate)
        tail = self.ring.cut(place) if place < self.ring.written else None
        if tail is not None:
            over = min(self._ramp, len(tail), len(sound))
            sound[:over] += tail[:over] * rise[:over][::-1] * rise[self._ramp - 1]
        self.ring.write(sound[: self.ring.room])

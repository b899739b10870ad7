"""Any stretch of sound of a file, exact to the sample."""

from __future__ import annotations

from collections import OrderedDict
from math import gcd

import numpy as np
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from numpy.typing import NDArray

from engines.errors import MediaError
from engines.media.frame_stream import first_picture_time
from engines.media.opening import reading
from engines.media.sound_stream import SoundStream
from timeline.media import Media

Sound = NDArray[np.float32]

_CHUNK = 1 << 17
_KEPT_CHUNKS = 6
"""As many clips of one file may be heard at once, each at its own place, before chunks are made again and again."""
_FORGOTTEN_AFTER = 16
"""Reads after which a chunk that none of them touched is let go: 1 MB each, and who goes forward never comes back."""
_FILTER = 512
"""Samples around a chunk that the rate conversion may look at."""


class AudioReader:
    """Random access to the sound of a file as stereo float32. Belongs to one thread.

    Sample 0 is heard with the first picture (of a file without one: it is the first sample). The sound is decoded in chunks
    that lie at fixed places and always start from the same state: what is read never depends on what was read before.
    """

    def __init__(self, media: Media, sample_rate: int = 48000) -> None:
        self.media = media
        self.sample_rate = sample_rate
        self._stream = SoundStream(media.path, media.name)
        common = gcd(self._stream.rate, sample_rate)
        self._step_in, self._step_out = self._stream.rate // common, sample_rate // common
        self._steps = -(-_CHUNK // self._step_out)
        self._margin = -(-_FILTER // min(self._step_in, self._step_out))
        self._zero = self._position_of_zero()
        self._chunks: OrderedDict[int, Sound] = OrderedDict()
        self._touched: dict[int, int] = {}
        self._reads = 0

    def read(self, start_sample: int, count: int) -> Sound:
        """Samples `start_sample` to `start_sample + count` at the reader's rate: (count, 2) float32, silence outside."""
        result = np.zeros((count, 2), np.float32)
        end, size = start_sample + count, self._steps * self._step_out
        self._reads += 1
        for index in range(start_sample // size, -(-end // size)):
            offset = index * size
            first, last = max(start_sample, offset), min(end, offset + size)
            result[first - start_sample : last - start_sample] = self._chunk(index)[first - offset : last - offset]
            self._let_go()
        return result

    @property
    def held_bytes(self) -> int:
        """Bytes of decoded sound that are kept now."""
        return sum(chunk.nbytes for chunk in self._chunks.values())

    def forget(self) -> None:
        """Let go of the sound that was decoded; the file stays open."""
        self._chunks.clear()
        self._touched.clear()

    @property
    def damage(self) -> str:
        """A sentence about what could not be decoded so far, or nothing."""
        at = self._stream.damaged_at
        if at is None:
            return ""
        seconds = max(0, at - self._zero) / self._stream.rate
        return f"The sound of “{self.media.name}” is damaged around {seconds:.1f} s: it is silent or wrong there."

    def close(self) -> None:
        """Let go of the file."""
        self._stream.close()

    def _position_of_zero(self) -> int:
        """Position of sample 0 on the file's own clock, in its own samples."""
        first = first_picture_time(self.media.path) if self.media.has_video else None
        if first is None:
            return self._stream.first_position()
        return round(first * self._stream.rate)

    def _chunk(self, index: int) -> Sound:
        """Chunk `index`: the samples from `index * steps * step_out` on, at the reader's rate."""
        if index not in self._chunks:
            with reading(self.media.path):
                self._chunks[index] = self._made(index)
        self._chunks.move_to_end(index)
        self._touched[index] = self._reads
        return self._chunks[index]

    def _let_go(self) -> None:
        """Of the chunks that were not touched of late, and of more than may be kept."""
        for index in list(self._chunks):
            if len(self._chunks) > _KEPT_CHUNKS or self._reads - self._touched[index] >= _FORGOTTEN_AFTER:
                del self._chunks[index], self._touched[index]

    def _made(self, index: int) -> Sound:
        """Decode and convert a chunk. Both rates meet at whole steps, so chunks join without a seam."""
        start = (index * self._steps - self._margin) * self._step_in
        source = self._decoded(start, (self._steps + 2 * self._margin) * self._step_in)
        if self._stream.rate == self.sample_rate:
            return source[self._margin * self._step_in :][: self._steps * self._step_in]
        converted = _resampled(source, self._stream.rate, self.sample_rate)
        return converted[self._margin * self._step_out :][: self._steps * self._step_out]

    def _decoded(self, start: int, count: int) -> Sound:
        """`count` of the file's own samples from `start` on, counted from sample 0; silence where there is none."""
        result = np.zeros((count, 2), np.float32)
        begin = start + self._zero
        if self.media.duration and start > self.media.duration.samples(self._stream.rate) + self._stream.rate * 3600:
            return result
        for position, samples in self._stream.blocks(begin):
            if position >= begin + count:
                break
            first, last = max(position, begin), min(position + len(samples), begin + count)
            if first < last:
                result[first - begin : last - begin] = samples[first - position : last - position]
        return result


def _resampled(samples: Sound, rate: int, wanted: int) -> Sound:
    """(n, 2) at another rate; the first sample stays at its place."""
    frame = AudioFrame.from_ndarray(np.ascontiguousarray(samples.T), format="fltp", layout="stereo")
    frame.sample_rate = rate
    resampler = AudioResampler(format="fltp", layout="stereo", rate=wanted)
    parts = [part.to_ndarray() for part in (*resampler.resample(frame), *resampler.resample(None))]
    if not parts:
        raise MediaError("The sound could not be converted to another sample rate.")
    result: Sound = np.ascontiguousarray(np.concatenate(parts, axis=1).T, np.float32)
    return result

"""Any stretch of sound of a file, exact to the sample."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from fractions import Fraction
from math import gcd

import av.error
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.stream import Discard
from numpy.typing import NDArray

from engines.errors import MediaError
from engines.media.downmix import stereo
from engines.media.opening import first_picture_time, open_input, reading, sound_stream
from timeline.media import Media

Sound = NDArray[np.float32]

_CHUNK = 1 << 17
_KEPT_CHUNKS = 6
_PAD = 512
_PREROLL_SECONDS = Fraction(1, 4)


class AudioReader:
    """Random access to the sound of a file as stereo float32. Belongs to one thread.

    Sample 0 is heard with the first picture (of a file without one: with the first sound). The sound is decoded in chunks
    that lie at fixed places and always start from the same state, so what is read never depends on what was read before.
    """

    def __init__(self, media: Media, sample_rate: int = 48000) -> None:
        self.media = media
        self.sample_rate = sample_rate
        self._container = open_input(media.path)
        stream = sound_stream(self._container)
        if stream is None:
            self._container.close()
            raise MediaError(f"“{media.name}” has no sound.", media.path)
        self._stream = stream
        for other in self._container.streams:
            if other.index != stream.index:
                other.discard = Discard.all
        self._source_rate = int(stream.codec_context.sample_rate)
        common = gcd(self._source_rate, sample_rate)
        steps = -(-_CHUNK // (sample_rate // common))
        self._chunk_out = steps * (sample_rate // common)
        self._chunk_in = steps * (self._source_rate // common)
        in_step = self._source_rate // common
        self._pad_in = -(-_PAD // in_step) * in_step
        self._pad_out = self._pad_in // in_step * (sample_rate // common)
        self._zero = self._first_position()
        self._chunks: OrderedDict[int, Sound] = OrderedDict()

    def read(self, start_sample: int, count: int) -> Sound:
        """Samples `start_sample` to `start_sample + count` of the reader's rate: (count, 2) float32, silence outside."""
        result = np.zeros((count, 2), np.float32)
        end = start_sample + count
        for index in range(start_sample // self._chunk_out, -(-end // self._chunk_out)):
            offset = index * self._chunk_out
            first, last = max(start_sample, offset), min(end, offset + self._chunk_out)
            result[first - start_sample : last - start_sample] = self._chunk(index)[first - offset : last - offset]
        return result

    def close(self) -> None:
        """Let go of the file."""
        self._container.close()

    def _first_position(self) -> int:
        """Position in source samples, on the file's own clock, of sample 0."""
        first = first_picture_time(self.media.path) if self.media.has_video else None
        if first is not None:
            return round(first * self._source_rate)
        for frame in self._frames_from(None):
            return self._position(frame)
        raise MediaError(f"“{self.media.name}” holds no sound that can be decoded.", self.media.path)

    def _chunk(self, index: int) -> Sound:
        if index in self._chunks:
            self._chunks.move_to_end(index)
            return self._chunks[index]
        start = index * self._chunk_in - self._pad_in
        source = self._decode(start, self._chunk_in + 2 * self._pad_in)
        self._chunks[index] = self._resampled(source)[self._pad_out :][: self._chunk_out]
        if len(self._chunks) > _KEPT_CHUNKS:
            self._chunks.popitem(last=False)
        return self._chunks[index]

    def _decode(self, start: int, count: int) -> Sound:
        """`count` samples of the file's own rate from `start` on, counted from sample 0; silence where there is none."""
        result = np.zeros((count, 2), np.float32)
        begin = start + self._zero
        position: int | None = None
        for frame in self._frames_from(begin - int(_PREROLL_SECONDS * self._source_rate)):
            stated = self._position(frame)
            if position is None or abs(stated - position) > 2 + 2 * self._source_rate * Fraction(frame.time_base or 0):
                position = stated
            if position >= begin + count:
                break
            samples = stereo(frame)
            first, last = max(position, begin), min(position + len(samples), begin + count)
            if first < last:
                result[first - begin : last - begin] = samples[first - position : last - position]
            position += len(samples)
        return result

    def _frames_from(self, position: int | None) -> Iterator[AudioFrame]:
        """Decoded frames from before `position` (source samples on the file's clock) on; from the start for None."""
        tick = Fraction(self._stream.time_base or Fraction(1, self._source_rate))
        offset = int(Fraction(position, self._source_rate) / tick) if position is not None and position > 0 else 0
        with reading(self.media.path):
            self._container.seek(offset, stream=self._stream, backward=True)
        packets = self._container.demux(self._stream)
        while True:
            try:
                packet = next(packets, None)
            except av.error.FFmpegError:
                return
            if packet is None:
                return
            try:
                frames = packet.decode()
            except av.error.FFmpegError:
                continue
            yield from (frame for frame in frames if frame.pts is not None)

    def _position(self, frame: AudioFrame) -> int:
        return round(Fraction(frame.pts or 0) * Fraction(frame.time_base or 0) * self._source_rate)

    def _resampled(self, samples: Sound) -> Sound:
        if self._source_rate == self.sample_rate:
            return samples
        frame = AudioFrame.from_ndarray(np.ascontiguousarray(samples.T), format="fltp", layout="stereo")
        frame.sample_rate = self._source_rate
        resampler = AudioResampler(format="fltp", layout="stereo", rate=self.sample_rate)
        parts = [part.to_ndarray().T for part in (*resampler.resample(frame), *resampler.resample(None))]
        result: Sound = np.concatenate(parts).astype(np.float32, copy=False)
        return result

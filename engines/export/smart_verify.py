"""Reading a smart film back: every packet recognised, and its joins decoded and compared."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import islice
from pathlib import Path

import av
import av.error
import numpy as np
from av.codec.context import CodecContext
from av.container import InputContainer
from av.packet import Packet
from av.video.stream import VideoStream
from numpy.typing import NDArray

from engines.export.base import Stretch
from engines.export.smart_film import STEP, Sample
from engines.export.smart_plan import SmartPlan
from engines.export.smart_source import Unfit
from engines.export.smart_writer import digest
from engines.media.conversion import plane_rows

_LEAST_PSNR = 24.0
"""dB. Other frames of the same scene are mostly below, coded ones above, at the qualities that are offered."""
_COARSE_PSNR = 18.0
_FINE_QUALITY = 30
_AFTER = 2


def verify_smart(
    path: Path, plan: SmartPlan, stretch: Stretch, digests: Sequence[bytes], samples: Sequence[Sample], quality: int
) -> None:
    """Raise Unfit unless the film holds exactly the packets written, at the right times, and its joins decode rightly."""
    try:
        with av.open(str(path), format="mp4") as container:
            film = _Film(container, stretch)
            film.check_packets(digests)
            film.check_joins(plan, {sample.number: sample.luma for sample in samples}, quality)
    except (av.error.FFmpegError, IndexError, OSError) as error:
        raise Unfit(f"the film cannot be read back ({error})") from error


class _Film:
    """The finished film, opened once: all its packets gone through, then some places decoded."""

    def __init__(self, container: InputContainer, stretch: Stretch) -> None:
        self._container, self._stretch = container, stretch
        self._stream = container.streams.video[0]
        self._tick = Fraction(self._stream.time_base or 0)
        self._stamps: list[int] = []
        self._keys: list[int] = []

    def check_packets(self, digests: Sequence[bytes]) -> None:
        """All are there, unchanged, each frame once, at its time."""
        seen = bytearray(self._stretch.frames)
        for packet in self._packets():
            count = len(self._stamps)
            if count >= len(digests) or digest(bytes(packet)) != digests[count]:
                raise Unfit("the film does not hold what was copied")
            shown = self._number(packet.pts)
            if not 0 <= shown < len(seen) or seen[shown]:
                raise Unfit("the film's frames are not at their times")
            seen[shown] = 1
            if packet.dts is None or (self._stamps and packet.dts <= self._stamps[-1]):
                raise Unfit("the film's frames are not in order")
            if packet.is_keyframe:
                self._keys.append(count)
            self._stamps.append(packet.dts)
        if len(self._stamps) != len(digests) or not all(seen):
            raise Unfit(f"the film has {len(self._stamps)} frames instead of {len(seen)}")

    def check_joins(self, plan: SmartPlan, known: Mapping[int, NDArray[np.uint8]], quality: int) -> None:
        """Decode around made runs. They are closed, so a run's frames are also in coded order at its place.

        The first and the last from the copied key picture before them to beyond their end; of the others the beginning.
        """
        least = _LEAST_PSNR if quality <= _FINE_QUALITY else _COARSE_PSNR
        made = [run for run in plan.runs if run.media is None]
        thorough = {0, len(made) - 1}
        for number, run in enumerate(made):
            begin, end = run.start, run.start + 1
            if number in thorough:
                begin = self._keys[max(0, bisect_right(self._keys, max(0, run.start - 1)) - 1)]
                end = min(run.end + _AFTER, len(self._stamps))
            frames = self._decoded(begin, end)
            if not all(shown in frames for shown in range(begin, min(end, run.end))):
                raise Unfit("frames at a join cannot be decoded")
            for shown in {run.start, run.end - 1} & frames.keys() & known.keys():
                if _psnr(frames[shown], known[shown]) < least:
                    raise Unfit("a frame at a join is not as it was rendered")

    def _packets(self) -> Iterator[Packet[VideoStream]]:
        return (packet for packet in self._container.demux(self._stream) if packet.size)

    def _number(self, pts: int | None) -> int:
        """The frame shown at a timestamp; -1 for one that is not a frame's."""
        exact = (pts if pts is not None else -1) * self._tick * self._stretch.rate
        return round(exact) if abs(exact - round(exact)) < Fraction(1, 10) else -1

    def _decoded(self, begin: int, end: int) -> Mapping[int, NDArray[np.uint8]]:
        """Luma rows by number of frame, of the packets [begin, end); damage raises."""
        decoder = CodecContext.create("h264", "r")
        decoder.extradata = self._stream.codec_context.extradata
        decoder.options = {"err_detect": "explode"}
        decoder.thread_type = "FRAME"
        decoder.thread_count = 2
        found: dict[int, NDArray[np.uint8]] = {}
        shown = (begin + Fraction(1, 2)) / self._stretch.rate / self._tick  # seeking goes by the time of showing
        self._container.seek(int(shown), stream=self._stream, backward=True)
        packets = list(islice(self._packets(), end - begin))
        if not packets or packets[0].dts != self._stamps[begin]:
            raise Unfit("the film cannot be entered at a join")
        for packet in (*packets, None):
            for frame in decoder.decode(packet):
                plane = frame.planes[0]
                found[self._number(frame.pts)] = plane_rows(plane)[::STEP, : plane.width].copy()
        return found


def _psnr(first: NDArray[np.uint8], second: NDArray[np.uint8]) -> float:
    if first.shape != second.shape:
        return 0.0
    difference = first.astype(np.int16) - second
    mean = float((difference.astype(np.int32) ** 2).mean())
    return 99.0 if mean == 0 else 10 * float(np.log10(255 * 255 / mean))

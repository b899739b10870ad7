"""What of a file can be copied into a film as it is: where its closed groups of pictures begin, and their packets."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

import av.error
from av.container import InputContainer
from av.stream import Discard
from av.video.stream import VideoStream

from engines.errors import MediaError
from engines.export.smart_h264 import (
    DELIMITER,
    FILLER,
    HIGH,
    IDR,
    LENGTH_BYTES,
    PPS,
    SEI,
    SLICE,
    SPS,
    BitsError,
    ParameterSets,
    parse_avcc,
    sequence_facts,
    unit_type,
    units_of,
)
from engines.media.opening import open_input, picture_stream
from engines.media.orientation import orientation_of
from timeline.media import Media

_BT709 = 1
_UNSAID = 2
_FULL = 2
_PROFILES = frozenset({66, 77, HIGH})
_HD = (1280, 576)
"""Untagged pictures at least this wide, or higher, are taken for BT.709 by us and by players."""
_HARMLESS = frozenset({SLICE, IDR, SEI, DELIMITER, FILLER})


class Unfit(Exception):  # noqa: N818 - not an error: the frames are encoded instead
    """Something cannot be copied; the text says why, to stand after “because” or in a list."""


@dataclass(frozen=True)
class CopiedPacket:
    """One packet of a copied stretch. `shown` counts frames in order of showing from the stretch's first."""

    data: bytes
    shown: int
    is_key: bool


class CopySource:
    """An H.264 file in MP4 or MOV, opened for copying. Raises Unfit where that cannot be done rightly.

    Frames are numbered as the reader numbers them: from 0 in order of showing.
    """

    def __init__(self, media: Media) -> None:
        self.media = media
        self._container, self._heads = _opened(media)
        self._known: dict[int, bool] = {}
        try:
            self._examine()
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Let go of the file."""
        self._container.close()
        self._heads.close()

    def __enter__(self) -> CopySource:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def first_key(self, start: int, end: int) -> int | None:
        """The first frame in [start, end) that a decoder can start with, nothing before it being needed."""
        place = bisect_left(self._keys, start)
        while place < len(self._keys) and self._keys[place] < end:
            if self._is_idr(self._keys[place]):
                return self._keys[place]
            place += 1
        return None

    def clean_end(self, start: int, end: int) -> int:
        """The last frame boundary not after `end` up to which a prefix of the packets from the key `start` reaches.

        Between frames that are shown in another order than they are coded there is none.
        """
        place = bisect_left(self._keys, end + 1) - 1
        while place >= 0 and self._keys[place] > start and not self._is_idr(self._keys[place]):
            place -= 1
        group = max(self._keys[place], start)
        if group >= end:
            return end
        clean, highest = group, group - 1
        for count, packet in enumerate(self.packets(group, end - group), start=1):
            highest = max(highest, group + packet.shown)
            if highest >= end:
                break
            if highest == group + count - 1:
                clean = highest + 1
        return clean

    def packets(self, start: int, count: int) -> Iterator[CopiedPacket]:
        """`count` packets in coded order from the key frame `start` on. Raises Unfit when they are not as the index says."""
        self._seek(start)
        given = 0
        with _translated(self.media):
            for packet in self._container.demux(self._stream):
                if given == count:
                    return
                if packet.pts is None or packet.dts is None or not packet.size:
                    break
                if given == 0 and packet.dts != self._stamps[start]:
                    raise Unfit(f"the index of “{self.media.name}” does not fit its frames")
                if packet.is_discard or packet.is_corrupt:
                    raise Unfit(f"frames of “{self.media.name}” are damaged or hidden")
                shown = self._frame_of(packet.pts) - start
                data = bytes(packet)
                self._check_units(data, given == 0)
                if shown < 0:
                    raise Unfit(f"frames of “{self.media.name}” need what was cut off before them")
                yield CopiedPacket(data, shown, packet.is_keyframe)
                given += 1
        if given < count:
            raise Unfit(f"“{self.media.name}” ends before its index says")

    def _examine(self) -> None:
        stream = picture_stream(self._container)
        if stream is None or not self._container.format.name.startswith("mov,"):
            raise Unfit("only MP4 and MOV files can be copied from")
        if stream.codec_context.codec.canonical_name != "h264":
            raise Unfit(f"it is {stream.codec_context.codec.canonical_name.upper()}, and the film is H.264")
        self._stream: VideoStream = stream
        for other in self._container.streams:
            other.discard = Discard.default if other.index == stream.index else Discard.all
        try:
            self.sets: ParameterSets = parse_avcc(stream.codec_context.extradata or b"")
            facts = [sequence_facts(unit) for unit in self.sets.sps]
            self.sets.ids()
        except BitsError as error:
            raise Unfit(f"its parameter sets cannot be read ({error})") from error
        if any(one.profile not in _PROFILES or not one.is_420_8bit for one in facts):
            raise Unfit("its profile is not one every player knows")
        if not all(one.progressive for one in facts):
            raise Unfit("it is interlaced")
        self.profile = max(one.profile for one in facts)
        _check_colour(stream, self.media)
        self._read_index(stream)
        if self.reorder and any(one.reorder is None or one.reorder < self.reorder for one in facts):
            raise Unfit("it does not say how far its frames are reordered")

    def _read_index(self, stream: VideoStream) -> None:
        """Stamps (coded order) and sync frames; that stamps are even, and as many as frames are known of."""
        rate = self.media.rate or Fraction(0)
        entries = stream.index_entries
        self._stamps = [entry.timestamp for entry in entries]
        self._places = [entry.pos for entry in entries]
        self._keys = [number for number, entry in enumerate(entries) if entry.is_keyframe]
        frames = self.media.duration.nearest_frame(rate) if rate else 0
        if not self._keys or len(self._stamps) != frames or self._keys[0] != 0:
            raise Unfit("its index does not hold all its frames")
        self._step = 1 / rate / Fraction(stream.time_base or Fraction(1, 1000))
        first = self._stamps[0]
        if any(abs(stamp - first - number * self._step) > 1 for number, stamp in enumerate(self._stamps)):
            raise Unfit("its frame rate is not constant")
        self._origin = self._first_shown()
        self.reorder = max(0, round((self._origin - first) / self._step))
        if not self._is_idr(0):
            raise Unfit("its first frame is no clean start")

    def _first_shown(self) -> int:
        with _translated(self.media):
            for packet in self._container.demux(self._stream):
                if packet.pts is None or packet.is_discard:
                    break
                decoder = self._stream.codec_context
                picture = next(iter((*decoder.decode(packet), *decoder.decode(None))), None)
                if picture is None:
                    break
                if picture.interlaced_frame or not orientation_of(picture).is_upright:
                    raise Unfit("it is interlaced, turned or mirrored")
                return packet.pts
        raise Unfit("its first frame is hidden or damaged")

    def _seek(self, frame: int) -> None:
        with _translated(self.media):
            shown = self._origin + (frame + Fraction(1, 2)) * self._step  # seeking goes by the time of showing
            self._container.seek(int(shown), stream=self._stream, backward=True)

    def _frame_of(self, pts: int) -> int:
        """The number of the frame shown at `pts`."""
        exact = (pts - self._origin) / self._step
        number = round(exact)
        if abs(exact - number) * self._step > 1:
            raise Unfit(f"the frame rate of “{self.media.name}” is not constant")
        return number

    def _is_idr(self, frame: int) -> bool:
        """Whether a sync frame is one that decoding can start at and nothing coded later is shown before."""
        if frame not in self._known:
            self._known[frame] = self._first_picture_unit(self._places[frame]) == IDR
        return self._known[frame]

    def _first_picture_unit(self, place: int) -> int:
        """The kind of the first unit of a packet that holds a picture; 0 when there is none soon."""
        for _ in range(12):
            self._heads.seek(place)
            head = self._heads.read(LENGTH_BYTES + 1)
            if len(head) <= LENGTH_BYTES:
                return 0
            kind = head[LENGTH_BYTES] & 31
            if kind in range(SLICE, IDR + 1):
                return kind
            place += LENGTH_BYTES + int.from_bytes(head[:LENGTH_BYTES], "big")
        return 0

    def _check_units(self, data: bytes, must_be_idr: bool) -> None:
        known = (*self.sets.sps, *self.sets.pps)
        try:
            for unit in units_of(data):
                kind = unit_type(unit)
                if kind in (SPS, PPS):
                    if unit not in known:
                        raise Unfit(f"“{self.media.name}” changes its parameter sets midway")
                elif kind not in _HARMLESS:
                    raise Unfit(f"“{self.media.name}” holds units of a kind that is not copied ({kind})")
                if must_be_idr and kind == SLICE:
                    raise Unfit(f"a sync frame of “{self.media.name}” is no clean start")
        except BitsError as error:
            raise Unfit(f"“{self.media.name}” holds {error}") from error


def _opened(media: Media) -> tuple[InputContainer, BinaryIO]:
    path = Path(media.path)
    with _translated(media):
        if media.file_size and path.stat().st_size != media.file_size:
            raise Unfit("it was changed since it was imported")
        return open_input(media.path), path.open("rb", buffering=0)


def _check_colour(stream: VideoStream, media: Media) -> None:
    """Raise Unfit unless a player shows the picture in the same colours as ours, which are BT.709 of limited range."""
    context = stream.codec_context
    is_hd = media.width >= _HD[0] or media.height > _HD[1]
    if context.pix_fmt != "yuv420p" or context.color_range == _FULL:
        raise Unfit("its pixels are stored in another way")
    if context.colorspace != _BT709 and not (context.colorspace == _UNSAID and is_hd):
        raise Unfit("its colours are of another standard")
    if context.color_trc not in (_BT709, _UNSAID) or context.color_primaries not in (_BT709, _UNSAID):
        raise Unfit("its colours are of another standard")
    aspect = stream.sample_aspect_ratio
    if aspect and aspect != 1:
        raise Unfit("its pixels are not square")


@contextmanager
def _translated(media: Media) -> Iterator[None]:
    """What the codec library and the disk raise becomes Unfit: encoding it will say what is wrong, or get on with it."""
    try:
        yield
    except (av.error.FFmpegError, MediaError, OSError) as error:
        raise Unfit(f"“{media.name}” cannot be read") from error

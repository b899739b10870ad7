"""What a file says of itself that is not so, or holds that a user should know: a sentence for each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise
from time import monotonic

import av.error
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.stream import Disposition
from av.video.stream import VideoStream

from engines.media.opening import demuxed, open_input

_FULLY_INDEXED = ("mov", "avi")
"""Formats whose index names every picture."""
_SAYING_LENGTH = ("mov", "matroska", "avi", "wav", "flac", "flv", "asf", "mxf")
"""Formats whose header names a length; of the others it is guessed."""
_RESTARTING = ("mpegts", "mpeg")
"""Formats that are recorded as a stream: files put behind each other are one file, whose clock begins again."""
_MOST_INDEXED = 200_000
_SCAN_PACKETS, _SCAN_SECONDS = 2000, 0.1
"""So many packets are always looked at, more only as long as it does not keep people waiting."""
_SHORT_SECONDS = Fraction(1, 2)
"""What a header may say too much without being told."""
_LATE_SECONDS = Fraction(1, 2)
_STANDING_SECONDS = 30


def picture_faults(
    container: InputContainer,
    picture: VideoStream,
    sound: AudioStream | None,
    zero: Fraction,
    length: Fraction,
    name: str,
) -> tuple[str, ...]:
    """What is odd about a film whose first picture is shown at `zero` (s, the file's clock) and that lasts `length`.

    The container stands elsewhere afterwards. Looking takes some tenths of a second at most.
    """
    found = [*_too_short(container, zero + length, name, "its pictures end"), *_late(picture, sound, zero, name)]
    found += _tracks(container, name)
    found += _clock(container, picture, name)
    return tuple(found)


def sound_faults(container: InputContainer, length: Fraction, name: str) -> tuple[str, ...]:
    """What is odd about a file of sound that lasts `length` (s)."""
    end = Fraction(container.start_time or 0, 1_000_000) + length
    return (*_too_short(container, end, name, "its sound ends"), *_tracks(container, name))


def holds_sound(path: str, track: int) -> bool:
    """Whether a track of sound holds any, as far as a short look tells."""
    until = monotonic() + _SCAN_SECONDS
    with open_input(path) as container:
        for number, packet in enumerate(demuxed(container, *container.streams)):
            if packet.stream_index == track or (number >= _SCAN_PACKETS and monotonic() > until):
                return True
    return False


def _too_short(container: InputContainer, end: Fraction, name: str, ends: str) -> Iterator[str]:
    """`end` is where what can be decoded ends on the file's own clock."""
    if not container.format.name.startswith(_SAYING_LENGTH) or not container.duration:
        return
    start = Fraction(container.start_time or 0, 1_000_000)
    said = Fraction(container.duration, 1_000_000)
    if start + said - end > _SHORT_SECONDS and not _reaches(container, start + said):
        yield (
            f"“{name}” says that it lasts {_seconds(said)}, but {ends} after {_seconds(end - start)}: "
            "it is damaged, cut off or still being written."
        )


def _reaches(container: InputContainer, said_end: Fraction) -> bool:
    """Whether any stream goes on to the end that the file names: sound may outlast its picture."""
    try:
        container.seek(int((said_end - 1) * 1_000_000), backward=True)
    except av.error.FFmpegError:
        return False
    for packet in demuxed(container, *container.streams):
        if packet.pts is not None and packet.time_base is not None:
            end = (packet.pts + (packet.duration or 0)) * packet.time_base
            if said_end - end <= _SHORT_SECONDS:
                return True
    return False


def _late(picture: VideoStream, sound: AudioStream | None, zero: Fraction, name: str) -> Iterator[str]:
    if sound is None or sound.start_time is None or sound.time_base is None:
        return
    late = sound.start_time * Fraction(sound.time_base) - zero
    if late > _LATE_SECONDS:
        yield f"The sound of “{name}” begins {_seconds(late)} after its picture; until then it is silent."
    elif late < -_LATE_SECONDS:
        yield f"The picture of “{name}” begins {_seconds(-late)} after its sound; the sound before it is left out."


def _tracks(container: InputContainer, name: str) -> Iterator[str]:
    pictures = [one for one in container.streams.video if not one.disposition & Disposition.attached_pic]
    for count, what in ((len(pictures), "pictures"), (len(container.streams.audio), "sound")):
        if count > 1:
            yield f"“{name}” has {count} tracks of {what}; the first is used."


def _clock(container: InputContainer, picture: VideoStream, name: str) -> Iterator[str]:
    """Long stretches without a picture, and a clock that begins again."""
    tick = Fraction(picture.time_base or Fraction(1, 1000))
    times = _times(container, picture)
    if not times:
        return
    for before, after in pairwise(times):
        if (before - after) * tick > 1 and container.format.name in _RESTARTING:
            yield (
                f"The clock of “{name}” begins again after {_seconds((before - times[0]) * tick)}: it is several recordings "
                "in one file, which cannot be told apart. Split it, or convert it first."
            )
            return
    standing = max(pairwise(times), key=lambda pair: pair[1] - pair[0], default=None)
    if standing is not None and (standing[1] - standing[0]) * tick > _STANDING_SECONDS:
        yield (
            f"“{name}” has no new picture for {_seconds((standing[1] - standing[0]) * tick)} from "
            f"{_seconds((standing[0] - times[0]) * tick)} on: there the last one stands."
        )


def _times(container: InputContainer, picture: VideoStream) -> Sequence[int]:
    """Timestamps in order of decoding: of all pictures where the index has them, else of as many as a short look gives."""
    entries = picture.index_entries
    if container.format.name.startswith(_FULLY_INDEXED) and 0 < len(entries) <= _MOST_INDEXED:
        return [entries[number].timestamp for number in range(len(entries))]
    try:
        container.seek(picture.start_time or 0, stream=picture, backward=True)
    except av.error.FFmpegError:
        return ()
    until, times = monotonic() + _SCAN_SECONDS, []
    for packet in demuxed(container, picture):
        if packet.dts is not None:
            times.append(packet.dts)
        if len(times) >= _SCAN_PACKETS and monotonic() > until:
            break
    return times


def _seconds(length: Fraction) -> str:
    """`1.6 s`, from a minute on `61 s`, from an hour on `1:00:01`."""
    whole = int(length)
    if whole >= 3600:
        return f"{whole // 3600}:{whole // 60 % 60:02}:{whole % 60:02}"
    return f"{whole} s" if whole >= 60 else f"{float(length):.1f} s"

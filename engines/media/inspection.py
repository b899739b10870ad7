"""What a file is: opened, measured and described as a Media. Run where a damaged file may kill the process."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

import av.error
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from engines.errors import MediaError
from engines.media.content_hash import content_hash
from engines.media.opening import open_input, picture_decoder, picture_stream, reading, sound_stream, unreadable
from engines.media.orientation import orientation_of
from engines.media.still_reader import decode_still, is_pattern, sequence_files
from timeline.media import Media, MediaKind
from timeline.time import RATES, ZERO, RationalTime
from timeline.timecode import parse_timecode

_STILL_FORMATS = {"image2", "png_pipe", "jpeg_pipe", "webp_pipe", "bmp_pipe", "tiff_pipe", "tga_pipe", "jpegxl_pipe"}
_STILL_SUFFIXES = {".png", ".jpg", ".jpeg", ".webp", ".bmp", ".tif", ".tiff", ".tga", ".exr", ".jp2", ".avif", ".heic"}
_LOOKED_AT = 240
"""Packets looked at from the start to judge the frame rate."""
_DEFAULT_SEQUENCE_RATE = Fraction(25)


def probe_here(path: str | Path, rate: Fraction | None = None) -> Media:
    """Describe the file at `path` in this process. `rate` is for image sequences (`shot_%04d.png`). Raises MediaError."""
    text = str(Path(path).absolute())
    if is_pattern(text) and not Path(text).exists():
        return _sequence(text, rate or _DEFAULT_SEQUENCE_RATE)
    file = Path(text)
    if not file.is_file() or file.stat().st_size == 0:
        raise unreadable(text, FileNotFoundError(text))
    with open_input(text) as container:
        picture, sound = picture_stream(container), sound_stream(container)
        if picture is None and sound is None:
            raise MediaError(f"“{file.name}” holds neither pictures nor sound that can be read.", text)
        if picture is not None and _is_still(container, file):
            return _still(text)
        media = Media(path=text, kind=MediaKind.VIDEO if picture else MediaKind.AUDIO, name=file.name)
        if picture is not None:
            media = _with_picture(media, container, picture)
        if sound is not None:
            media = _with_sound(media, container, sound)
        media = _with_timecode(media, container)
    if media.duration <= ZERO:
        raise MediaError(f"“{file.name}” lasts no time: it holds no frames. Record or copy it again.", text)
    return replace(media, content_hash=content_hash(text), file_size=file.stat().st_size)


def _is_still(container: InputContainer, file: Path) -> bool:
    names = set(container.format.name.split(","))
    if names & _STILL_FORMATS or container.format.name.endswith("_pipe"):
        return True
    return file.suffix.lower() in _STILL_SUFFIXES and not container.streams.audio


def _still(path: str) -> Media:
    picture = decode_still(path)
    width, height = display_size(picture, None)
    return Media(
        path=path,
        kind=MediaKind.IMAGE,
        name=Path(path).name,
        width=width,
        height=height,
        rotation=orientation_of(picture).degrees,
        has_alpha=is_see_through(picture),
        has_video=True,
        video_codec=Path(path).suffix.lstrip(".").lower(),
        content_hash=content_hash(path),
        file_size=Path(path).stat().st_size,
    )


def _sequence(pattern: str, rate: Fraction) -> Media:
    files = sequence_files(pattern)
    if not files:
        raise MediaError(f"There are no images named like “{Path(pattern).name}”.", pattern)
    numbers = sorted(files)
    first = _still(str(files[numbers[0]]))
    return replace(
        first,
        path=pattern,
        name=Path(pattern).name,
        kind=MediaKind.IMAGE_SEQUENCE,
        rate=rate,
        duration=RationalTime.from_frames(numbers[-1] - numbers[0] + 1, rate),
        file_size=sum(file.stat().st_size for file in files.values()),
    )


def display_size(picture: VideoFrame, aspect: Fraction | None) -> tuple[int, int]:
    """Width and height as seen: square pixels (the height is kept), upright."""
    width, height = picture.width, picture.height
    if aspect and aspect > 0:
        width = max(1, round(width * aspect))
    return (height, width) if orientation_of(picture).swaps_sides else (width, height)


def has_alpha_plane(picture: VideoFrame) -> bool:
    """Whether the format of a picture can be transparent."""
    return picture.format.has_palette or any(component.is_alpha for component in picture.format.components)


def is_see_through(picture: VideoFrame) -> bool:
    """Whether a picture really is transparent somewhere."""
    if not has_alpha_plane(picture):
        return False
    return bool((picture.reformat(format="rgba").to_ndarray()[..., 3] < 255).any())


@dataclass(frozen=True)
class _Pace:
    rate: Fraction
    variable: bool


def _with_picture(media: Media, container: InputContainer, stream: VideoStream) -> Media:
    decoder = picture_decoder(stream, 1)
    see_through = stream.metadata.get("alpha_mode") == "1"
    tick = Fraction(stream.time_base or Fraction(1, 1000))
    first: VideoFrame | None = None
    times: list[int] = []
    last_end = 0
    with reading(media.path):
        for packet in container.demux(stream):
            try:
                if first is None or (media.name.lower().endswith(".gif") and not see_through):
                    for frame in decoder.decode(packet):
                        first = first or frame
                        if frame.format.is_rgb and is_see_through(frame):
                            see_through = True
            except av.error.FFmpegError:
                pass
            if packet.pts is not None and not packet.is_discard:
                times.append(packet.pts)
                last_end = max(last_end, packet.pts + (packet.duration or 0))
            if len(times) >= _LOOKED_AT and first is not None:
                break
    if first is None:
        raise MediaError(f"No picture of “{media.name}” can be decoded: it is damaged or cut off.", media.path)
    see_through = see_through or (has_alpha_plane(first) and not first.format.has_palette and media.name[-4:] != ".gif")
    pace = _pace(stream, sorted(times), tick)
    end = max(last_end, _end_of(container, stream, media.path))
    zero = first.pts if first.pts is not None else (times[0] if times else 0)
    last = max(end, max(times, default=0) + 1)
    duration = RationalTime(Fraction(last - zero) * tick)
    if not pace.variable:
        duration = RationalTime.from_frames(max(1, duration.nearest_frame(pace.rate)), pace.rate)
    width, height = display_size(first, stream.sample_aspect_ratio)
    return replace(
        media,
        duration=duration,
        width=width,
        height=height,
        rate=pace.rate,
        variable_rate=pace.variable,
        interlaced=first.interlaced_frame,
        rotation=orientation_of(first).degrees,
        has_alpha=see_through,
        has_video=True,
        video_codec=stream.codec_context.codec.canonical_name,
    )


def _pace(stream: VideoStream, times: list[int], tick: Fraction) -> _Pace:
    """The frame rate, and whether frames stray from it by more than the clock's rounding."""
    stated = stream.average_rate or stream.guessed_rate or Fraction(25)
    if len(times) < 2 or times[-1] == times[0]:
        return _Pace(_nearest_rate(stated, Fraction(1, 1000)), False)
    measured = Fraction(len(times) - 1) / ((times[-1] - times[0]) * tick)
    for rate in (stream.guessed_rate, stated, _nearest_rate(measured, Fraction(1, 200)), measured):
        if not rate:
            continue
        exact = _nearest_rate(Fraction(rate), Fraction(1, 2000))
        allowed = max(tick, Fraction(1, 50) / exact)
        if all(abs((time - times[0]) * tick - i / exact) <= allowed for i, time in enumerate(times)):
            return _Pace(exact, False)
    return _Pace(_nearest_rate(measured, Fraction(1, 20)), True)


def _nearest_rate(rate: Fraction, tolerance: Fraction) -> Fraction:
    """The usual rate within `tolerance` (a ratio) of a measured one, else the measured one with a small denominator."""
    nearest = min(RATES, key=lambda known: abs(known - rate))
    if abs(nearest - rate) <= nearest * tolerance:
        return nearest
    return rate.limit_denominator(1001)


def _end_of(container: InputContainer, stream: VideoStream | AudioStream, path: str) -> int:
    """The end of the last packet of a stream, in its ticks: read from the tail of the file."""
    tick = Fraction(stream.time_base or Fraction(1, 1000))
    far = int(Fraction(container.duration or 0, 1_000_000) / tick) + (stream.start_time or 0)
    end = 0
    with reading(path):
        try:
            container.seek(max(far, 0), stream=stream, backward=True)
        except av.error.FFmpegError:
            container.seek(0)
        for packet in container.demux(stream):
            if packet.pts is not None and not packet.is_discard:
                end = max(end, packet.pts + (packet.duration or 0))
    return end


def _with_sound(media: Media, container: InputContainer, stream: AudioStream) -> Media:
    context = stream.codec_context
    duration = media.duration
    if not media.has_video:
        tick = Fraction(stream.time_base or Fraction(1, 1000))
        length = Fraction(_end_of(container, stream, media.path) - (stream.start_time or 0)) * tick
        duration = RationalTime(round(length * context.sample_rate), context.sample_rate or 1)
    return replace(
        media,
        duration=duration,
        has_audio=True,
        sample_rate=context.sample_rate,
        channels=context.channels,
        audio_codec=context.codec.canonical_name,
    )


def _with_timecode(media: Media, container: InputContainer) -> Media:
    """The start timecode of the file (from a timecode track or a note in its metadata)."""
    notes = [container.metadata, *(stream.metadata for stream in container.streams)]
    text = next((note["timecode"] for note in notes if note.get("timecode")), "")
    if not text or media.rate is None:
        return media
    drop = ";" in text or "." in text
    try:
        return replace(media, start_timecode=parse_timecode(text, media.rate, drop), drop_frame=drop)
    except ValueError:
        return media

"""What a file is: opened, measured and described as a Media. Run where a damaged file may kill the process."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from hashlib import blake2b
from pathlib import Path

from av.audio.stream import AudioStream
from av.container import InputContainer
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from engines.errors import MediaError
from engines.media.content_hash import content_hash
from engines.media.faults import holds_sound, picture_faults, sound_faults
from engines.media.frame_stream import FrameStream
from engines.media.opening import (
    is_see_through_webm,
    open_input,
    picture_stream,
    sound_stream,
    unreadable,
)
from engines.media.orientation import orientation_of
from engines.media.pace import Pace, measured_pace
from engines.media.sound_stream import SoundStream
from engines.media.still import decode_still, is_pattern, sequence_files
from timeline.media import Media, MediaKind
from timeline.time import ZERO, RationalTime
from timeline.timecode import parse_timecode

_NOT_MEDIA = frozenset({"tty", "lrc", "srt", "ass", "webvtt", "hls", "concat", "sdp", "ffmetadata"})
"""What the codec library opens, but nobody means: text drawn as a terminal, subtitles, lists of other files."""
_STILL_SUFFIXES = frozenset(
    {".png", ".jpg", ".jpeg", ".webp", ".bmp", ".tif", ".tiff", ".tga", ".exr", ".jp2", ".avif"}
)
_HEIF_SUFFIXES = frozenset({".heic", ".heif"})
_LOOPED_FORMATS = frozenset({"gif", "apng"})
_LOOKED_AT_PICTURES = 300
"""Pictures of an animation looked at for transparency."""
_DEFAULT_SEQUENCE_RATE = Fraction(25)


def probe_here(path: str | Path, rate: Fraction | None = None) -> Media:
    """Describe the file at `path` in this process. `rate` is for image sequences (`shot_%04d.png`). Raises MediaError."""
    file = Path(path).absolute()
    text = str(file)
    if is_pattern(text) and not file.exists():
        return _sequence(file, rate or _DEFAULT_SEQUENCE_RATE)
    if not file.is_file() or file.stat().st_size == 0:
        raise unreadable(text, FileNotFoundError(text))
    if file.suffix.lower() in _HEIF_SUFFIXES:
        raise MediaError(f"“{file.name}” is a HEIC image, which cannot be read. Save it as JPEG or PNG.", text)
    with open_input(text) as container:
        picture, sound = picture_stream(container), sound_stream(container)
        formats = set(container.format.name.split(","))
        if formats & _NOT_MEDIA:
            raise unreadable(text, ValueError(container.format.name))
        if picture is None and sound is None:
            raise MediaError(f"“{file.name}” holds neither pictures nor sound that can be read.", text)
        if picture is not None and sound is None and _is_still(container, file):
            return _still(file)
        media = Media(path=text, kind=MediaKind.VIDEO if picture else MediaKind.AUDIO, name=file.name)
        if sound is not None and picture is not None and not holds_sound(text, sound.index):
            sound, media = None, _with_faults(media, f"The sound track of “{file.name}” holds no sound.")
        if picture is not None:
            media = _with_picture(media, container, picture, sound)
        if sound is not None:
            media = _with_sound(media, container, sound)
        media = _with_timecode(media, container)
    if media.duration <= ZERO:
        raise MediaError(f"“{file.name}” lasts no time: it holds no frames. Copy or record it again.", text)
    return replace(media, content_hash=content_hash(text), file_size=file.stat().st_size)


def display_size(picture: VideoFrame, aspect: Fraction | None) -> tuple[int, int]:
    """Width and height as seen: square pixels (the height is kept), upright."""
    width, height = picture.width, picture.height
    if aspect and aspect > 0:
        width = max(1, round(width * aspect))
    return (height, width) if orientation_of(picture).swaps_sides else (width, height)


def is_see_through(picture: VideoFrame) -> bool:
    """Whether a picture is transparent somewhere."""
    if not _can_be_see_through(picture):
        return False
    return bool((picture.reformat(format="rgba").to_ndarray()[..., 3] < 255).any())


def _can_be_see_through(picture: VideoFrame) -> bool:
    return picture.format.has_palette or any(component.is_alpha for component in picture.format.components)


def _is_still(container: InputContainer, file: Path) -> bool:
    name = container.format.name
    if name in _LOOPED_FORMATS:
        return _holds_one_picture(str(file))
    return name == "image2" or name.endswith("_pipe") or file.suffix.lower() in _STILL_SUFFIXES


def _holds_one_picture(path: str) -> bool:
    stream = FrameStream(path)
    try:
        return stream.next() is not None and stream.next() is None
    finally:
        stream.close()


def _still(file: Path) -> Media:
    still = decode_still(str(file))
    width, height = still.size
    return Media(
        path=str(file),
        kind=MediaKind.IMAGE,
        name=file.name,
        width=width,
        height=height,
        rotation=still.orientation.degrees,
        has_alpha=is_see_through(still.picture),
        has_video=True,
        video_codec=still.codec,
        content_hash=content_hash(file),
        file_size=file.stat().st_size,
    )


def _sequence(pattern: Path, rate: Fraction) -> Media:
    files = sequence_files(str(pattern))
    if not files:
        raise MediaError(f"There are no images named like “{pattern.name}”.", str(pattern))
    numbers = sorted(files)
    first = _still(files[numbers[0]])
    sizes = {number: file.stat().st_size for number, file in files.items()}
    digest = blake2b(repr((first.content_hash, str(rate), sorted(sizes.items()))).encode(), digest_size=16)
    return replace(
        first,
        path=str(pattern),
        name=pattern.name,
        kind=MediaKind.IMAGE_SEQUENCE,
        rate=rate,
        duration=RationalTime.from_frames(numbers[-1] - numbers[0] + 1, rate),
        file_size=sum(sizes.values()),
        content_hash=digest.hexdigest(),
    )


def _with_faults(media: Media, *sentences: str) -> Media:
    return replace(media, faults=(*media.faults, *sentences))


def _with_picture(media: Media, container: InputContainer, stream: VideoStream, sound: AudioStream | None) -> Media:
    pace = measured_pace(container, stream, media.path)
    pictures = FrameStream(media.path, rate=pace.rate)
    try:
        first = pictures.next()
        if first is None and sound is not None:
            note = f"No picture of “{media.name}” can be decoded; only its sound is used."
            return _with_faults(replace(media, kind=MediaKind.AUDIO), note)
        if first is None:
            raise MediaError(f"No picture of “{media.name}” can be decoded: it is damaged or cut off.", media.path)
        zero, picture = first
        see_through = is_see_through_webm(stream) or _can_be_see_through(picture)
        if container.format.name in _LOOPED_FORMATS and see_through:
            see_through = is_see_through(picture) or _any_see_through(pictures)
    finally:
        pictures.close()
    width, height = display_size(picture, stream.sample_aspect_ratio)
    start = zero * pictures.tick
    duration = _duration(pace, start)
    faults = picture_faults(container, stream, sound, start, duration.fraction, media.name)
    return replace(
        _with_faults(media, *faults),
        duration=duration,
        width=width,
        height=height,
        rate=pace.rate,
        variable_rate=pace.is_variable,
        interlaced=picture.interlaced_frame,
        rotation=orientation_of(picture).degrees,
        has_alpha=see_through,
        has_video=True,
        video_codec=stream.codec_context.codec.canonical_name,
    )


def _any_see_through(pictures: FrameStream) -> bool:
    for _ in range(_LOOKED_AT_PICTURES):
        entry = pictures.next()
        if entry is None:
            return False
        if is_see_through(entry[1]):
            return True
    return False


def _duration(pace: Pace, zero: Fraction) -> RationalTime:
    """From the first picture to the end of the last; whole frames where the rate is constant."""
    length = RationalTime(pace.end - zero)
    if pace.is_variable:
        return length
    return RationalTime.from_frames(max(1, length.nearest_frame(pace.rate)), pace.rate)


def _with_sound(media: Media, container: InputContainer, stream: AudioStream) -> Media:
    context = stream.codec_context
    media = replace(
        media,
        has_audio=True,
        sample_rate=context.sample_rate,
        channels=context.channels,
        audio_codec=context.codec.canonical_name,
    )
    if media.has_video:
        return media
    sound = SoundStream(media.path, media.name)
    try:
        length = sound.end_position() - sound.first_position()
    finally:
        sound.close()
    faults = sound_faults(container, Fraction(length, context.sample_rate), media.name)
    return replace(_with_faults(media, *faults), duration=RationalTime(length, context.sample_rate))


def _with_timecode(media: Media, container: InputContainer) -> Media:
    """The start timecode, from a timecode track or a note in the metadata."""
    notes = [container.metadata, *(stream.metadata for stream in container.streams)]
    text = next((note["timecode"] for note in notes if note.get("timecode")), "")
    if not text or media.rate is None:
        return media
    drop = ";" in text or "." in text
    try:
        return replace(media, start_timecode=parse_timecode(text, media.rate, drop), drop_frame=drop)
    except ValueError:
        return media  # a note that is no timecode at this rate

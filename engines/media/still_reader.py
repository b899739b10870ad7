"""Stills and image sequences behind the same face as films."""

from __future__ import annotations

import re
from collections import OrderedDict
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from av.video.frame import VideoFrame

from effects.frame import Frame
from engines.errors import MediaError
from engines.media.conversion import Converter
from engines.media.exif import noted_orientation
from engines.media.opening import open_input, picture_stream, reading
from engines.media.orientation import Orientation, orientation_of
from timeline.media import Media
from timeline.time import RationalTime

_KEPT_SIZES = 3
_PATTERN = re.compile(r"%0?(\d*)d")


@dataclass(frozen=True)
class Still:
    """A decoded image: its picture as the decoder gave it, how it is to be laid, the name of its codec."""

    picture: VideoFrame
    orientation: Orientation
    codec: str

    @property
    def size(self) -> tuple[int, int]:
        """Width and height as seen."""
        width, height = self.picture.width, self.picture.height
        return (height, width) if self.orientation.swaps_sides else (width, height)


def decode_still(path: str) -> Still:
    """The picture in an image file. Raises MediaError."""
    with reading(path), open_input(path) as container:
        stream = picture_stream(container)
        frame = next(container.decode(stream), None) if stream is not None else None
        if stream is None or frame is None:
            raise MediaError(f"“{Path(path).name}” holds no picture that can be decoded.", path)
        orientation = noted_orientation(path) or orientation_of(frame)
        return Still(frame, orientation, stream.codec_context.codec.canonical_name)


class StillReader:
    """A still: the same frame at any time. Belongs to one thread."""

    def __init__(self, media: Media) -> None:
        self.media = media
        self._still = decode_still(media.path)
        self._converter = Converter(alpha=media.has_alpha, still=True)
        self._frames: OrderedDict[tuple[int, int], Frame] = OrderedDict()

    def frame_at(self, time: RationalTime, size: tuple[int, int] | None = None) -> Frame:
        """The picture, `size` pixels (None: its own size); the last few sizes are kept."""
        wanted = size or (self.media.width, self.media.height)
        if wanted not in self._frames:
            with reading(self.media.path):
                self._frames[wanted] = self._converter.frame(self._still.picture, wanted, self._still.orientation)
            if len(self._frames) > _KEPT_SIZES:
                self._frames.popitem(last=False)
        self._frames.move_to_end(wanted)
        return self._frames[wanted]

    def close(self) -> None:
        """Let go of the picture."""
        self._frames.clear()


class SequenceReader:
    """A numbered row of images, `Media.rate` a second. A missing number shows the one before it."""

    def __init__(self, media: Media) -> None:
        self.media = media
        self._files = sequence_files(media.path)
        if not self._files:
            raise MediaError(f"The images of “{media.name}” are not there any more.", media.path)
        self._numbers = sorted(self._files)
        self._rate = media.rate or Fraction(25)
        self._converter = Converter(alpha=media.has_alpha, still=True)
        self._shown: tuple[int, tuple[int, int], Frame] | None = None

    def frame_at(self, time: RationalTime, size: tuple[int, int] | None = None) -> Frame:
        """The image shown at `time`."""
        wanted = size or (self.media.width, self.media.height)
        first, last = self._numbers[0], self._numbers[-1]
        number = min(max(first, first + time.frames(self._rate)), last)
        while number not in self._files:
            number -= 1
        if self._shown is None or self._shown[:2] != (number, wanted):
            path = str(self._files[number])
            still = decode_still(path)
            with reading(path):
                self._shown = (number, wanted, self._converter.frame(still.picture, wanted, still.orientation))
        return self._shown[2]

    def close(self) -> None:
        """Let go of the last image."""
        self._shown = None


def is_pattern(path: str) -> bool:
    """Whether a path names a sequence: `shot_%04d.png`."""
    return len(_PATTERN.findall(Path(path).name)) == 1


def sequence_files(pattern: str) -> dict[int, Path]:
    """The existing files of a sequence by number."""
    path = Path(pattern)
    head, tail = _PATTERN.split(path.name, maxsplit=1)[0], _PATTERN.split(path.name, maxsplit=1)[-1]
    name = re.compile(re.escape(head) + r"(\d+)" + re.escape(tail))
    if not path.parent.is_dir():
        return {}
    found = ((name.fullmatch(file.name), file) for file in path.parent.iterdir())
    return {int(match.group(1)): file for match, file in found if match}


def sequence_pattern(path: str) -> str | None:
    """The pattern of the sequence a numbered image belongs to (`shot_0001.png` -> `shot_%04d.png`), None if it is alone."""
    file = Path(path)
    match = re.fullmatch(r"(.*?)(\d+)(\.[^.]+)", file.name)
    if match is None:
        return None
    head, digits, tail = match.groups()
    width = f"0{len(digits)}" if digits.startswith("0") or len(digits) > 1 else ""
    pattern = str(file.with_name(f"{head}%{width}d{tail}"))
    return pattern if len(sequence_files(pattern)) > 1 else None

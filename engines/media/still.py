"""Image files, and rows of them that are numbered."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from av.video.frame import VideoFrame

from engines.errors import MediaError
from engines.media.exif import noted_orientation
from engines.media.opening import open_input, picture_stream, reading
from engines.media.orientation import Orientation, orientation_of

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

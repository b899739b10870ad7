"""How a camera was held: the eight ways to lay a picture down."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import cast

import av.error
from av.sidedata.sidedata import SideData
from av.video.frame import VideoFrame
from av.video.reformatter import Interpolation, VideoReformatter


@dataclass(frozen=True)
class Orientation:
    """First mirrored left to right if `mirrored`, then turned `degrees` (0, 90, 180, 270) clockwise."""

    degrees: int = 0
    mirrored: bool = False

    @property
    def is_upright(self) -> bool:
        """Whether there is nothing to do."""
        return self.degrees == 0 and not self.mirrored

    @property
    def swaps_sides(self) -> bool:
        """Whether width becomes height."""
        return self.degrees in (90, 270)


UPRIGHT = Orientation()


def orientation_of(frame: VideoFrame) -> Orientation:
    """Read the display matrix a decoder put beside the frame (from the container, or EXIF of a still)."""
    try:
        data = cast("SideData | None", _speck(frame).side_data.get("DISPLAYMATRIX"))
    except ValueError:
        # WORKAROUND(https://github.com/PyAV-Org/PyAV/pull/2392): one kind of side data that PyAV has no name for (EXIF)
        # hides all others. The rotation can be had in another way, the mirroring cannot.
        return Orientation(round(-frame.rotation / 90) * 90 % 360)
    if data is None:
        return UPRIGHT
    a, b, _, c, d = struct.unpack_from("=5i", bytes(data))
    return from_matrix(a, b, c, d)


def _speck(frame: VideoFrame) -> VideoFrame:
    """The frame in four pixels, with all that lies beside it.

    A frame and its side data hold on to each other once it was asked for: a picture of 3 MB or more, one for each file that
    was ever opened, would stay until the garbage collector comes by. Of this one it does not matter.
    """
    try:
        return VideoReformatter().reformat(frame, 2, 2, "gray", interpolation=Interpolation.POINT, threads=1)
    except (av.error.FFmpegError, ValueError):  # pixels that cannot be scaled
        return frame


def from_matrix(a: int, b: int, c: int, d: int) -> Orientation:
    """From the upper left of a display matrix: x' = ax + cy, y' = bx + dy (y downwards, 16.16 fixed point)."""
    if abs(a) >= abs(b):
        mirrored = (a < 0) != (d < 0)
        degrees = 180 if d < 0 else 0
    else:
        mirrored = (b > 0) == (c > 0)
        degrees = 90 if c < 0 else 270
    return Orientation(degrees, mirrored)

"""From whatever a decoder gives to the renderer's planes: YUV 4:2:0, BT.709, limited range, upright, square pixels."""

from __future__ import annotations

from typing import Any, cast

import cv2
import numpy as np
from av.video.frame import VideoFrame
from av.video.plane import VideoPlane
from av.video.reformatter import ColorRange, Colorspace, Interpolation, VideoReformatter

from effects.frame import Frame, Plane
from engines.media.orientation import Orientation, orientation_of

_TURNS = {90: cv2.ROTATE_90_CLOCKWISE, 180: cv2.ROTATE_180, 270: cv2.ROTATE_90_COUNTERCLOCKWISE}
_ROUNDED = Interpolation.ACCURATE_RND | Interpolation.FULL_CHR_H_INT
_MATRICES = {
    1: Colorspace.ITU709,
    4: Colorspace.FCC,
    5: Colorspace.ITU601,
    6: Colorspace.ITU601,
    7: Colorspace.SMPTE240M,
    9: Colorspace.BT2020,
    10: Colorspace.BT2020,
}
"""AVColorSpace (H.273) -> the table of swscale."""
_HD_WIDTH, _HD_HEIGHT = 1280, 576
"""Untagged pictures at least this wide, or higher than this, are BT.709; smaller ones BT.601 (what players do)."""


class Converter:
    """Turns decoded frames into Frames; keeps its scaler, so it belongs to one thread."""

    def __init__(self, *, alpha: bool, still: bool = False) -> None:
        self._scaler = VideoReformatter()
        self._alpha = alpha
        self._still = still
        self._lies: tuple[int, Orientation] | None = None

    def frame(self, picture: VideoFrame, size: tuple[int, int], orientation: Orientation | None = None) -> Frame:
        """`picture` at `size` (width, height as seen, in pixels): scaled and converted in one pass, then laid upright.

        `orientation` None: what the decoder says.
        """
        orientation = self._orientation(picture) if orientation is None else orientation
        width, height = size[::-1] if orientation.swaps_sides else size
        scaled = self._scaled(picture, width, height)
        planes = plane_views(scaled)
        if not orientation.is_upright:
            return Frame(tuple(laid(plane, orientation) for plane in planes))
        frame = Frame(planes)
        if not self._alpha:
            frame.derived["picture"] = scaled
        return frame

    def _orientation(self, picture: VideoFrame) -> Orientation:
        """What the decoder says; looked up again when the rotation it tells is another one.

        Asking each picture for its matrix would keep all of them: a picture and its side data hold on to each other until
        the garbage collector comes by, 3 MB at a time.
        """
        rotation = picture.rotation
        if self._lies is None or self._lies[0] != rotation:
            self._lies = (rotation, orientation_of(picture))
        return self._lies[1]

    def _scaled(self, picture: VideoFrame, width: int, height: int) -> VideoFrame:
        layout = "yuva420p" if self._alpha else "yuv420p"
        matrix, full = self.colour_of(picture)
        same_colour = matrix is Colorspace.ITU709 and not full
        if (picture.format.name, picture.width, picture.height) == (layout, width, height) and same_colour:
            return picture
        enlarges = width > picture.width or height > picture.height
        return self._scaler.reformat(
            picture,
            width,
            height,
            layout,
            src_colorspace=matrix,
            dst_colorspace=Colorspace.ITU709,
            src_color_range=ColorRange.JPEG if full else ColorRange.MPEG,
            dst_color_range=ColorRange.MPEG,
            interpolation=(Interpolation.BICUBIC if enlarges else Interpolation.BILINEAR) | _ROUNDED,
            threads=1,
        )

    def colour_of(self, picture: VideoFrame) -> tuple[Colorspace, bool]:
        """The matrix of a decoded picture, and whether its range is full; conventions fill in what is not said."""
        name = picture.format.name
        if picture.format.is_rgb or picture.format.has_palette:
            return Colorspace.ITU709, True  # the matrix is not used on the way in
        full = picture.color_range == ColorRange.JPEG or name.startswith(("yuvj", "gray", "ya"))
        matrix = _MATRICES.get(int(picture.colorspace))
        if matrix is None:
            is_hd = picture.width >= _HD_WIDTH or picture.height > _HD_HEIGHT
            matrix = Colorspace.ITU709 if is_hd and not self._still else Colorspace.ITU601
        return matrix, full


def laid(plane: Plane, orientation: Orientation) -> Plane:
    """A plane as it is to be seen."""
    if orientation.mirrored:
        plane = np.asarray(cv2.flip(plane, 1), np.uint8)
    if orientation.degrees:
        plane = np.asarray(cv2.rotate(plane, _TURNS[orientation.degrees]), np.uint8)
    return plane


def plane_views(picture: VideoFrame) -> tuple[Plane, ...]:
    """The planes of a YUV 4:2:0 picture without a copy, read-only; the arrays keep the picture's memory alive."""
    views = tuple(plane_rows(plane)[:, : plane.width] for plane in picture.planes)
    for view in views:
        view.flags.writeable = False
    return views


def plane_rows(plane: VideoPlane) -> Plane:
    """A plane's memory as (height, line_size): what lies beyond the width is padding."""
    return np.frombuffer(cast(Any, plane), np.uint8).reshape(plane.height, plane.line_size)

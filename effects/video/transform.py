"""Where a picture stands on the canvas: fit, scale, rotation, position and crop."""

from __future__ import annotations

from enum import StrEnum

from effects.base import VideoEffect
from effects.frame import Canvas, Frame, Layout
from effects.params import param
from effects.place import Placement, placed
from timeline.time import RationalTime


class Fit(StrEnum):
    """How a picture of another shape is brought to the canvas."""

    FIT = "fit"
    FILL = "fill"
    STRETCH = "stretch"
    NONE = "none"


class Transform(VideoEffect):
    """Move, scale, turn and crop the picture."""

    title = "Transform"

    position_x: float = param(0.0, ge=-100_000, le=100_000, unit="px", help="To the right of the centre.")
    position_y: float = param(0.0, ge=-100_000, le=100_000, unit="px", help="Below the centre.")
    scale: float = param(100.0, ge=0, le=10_000, unit="%", help="100 is the size that the fit gives.")
    rotation: float = param(0.0, ge=-36_000, le=36_000, unit="°", help="Clockwise around the picture's centre.")
    crop_left: float = param(0.0, ge=0, le=100, unit="%", help="Cut from the left edge.")
    crop_right: float = param(0.0, ge=0, le=100, unit="%", help="Cut from the right edge.")
    crop_top: float = param(0.0, ge=0, le=100, unit="%", help="Cut from the top edge.")
    crop_bottom: float = param(0.0, ge=0, le=100, unit="%", help="Cut from the bottom edge.")
    fit: Fit = param(
        Fit.FIT, help="Fit shows all, fill leaves no border, stretch gives up the shape, none keeps pixels."
    )

    def render(self, frame: Frame, at: RationalTime) -> Frame:
        """The picture placed on a canvas of its own size."""
        return self.place(frame, Canvas(frame.width, frame.height, frame.scale))

    def place(self, frame: Frame, canvas: Canvas) -> Frame:
        """The part of the picture that is on the canvas, with its `origin` (even) there.

        A YUV frame at the origin is a whole picture and is fitted; an RGBA frame, or one with another origin, is a
        piece of a picture as large as the canvas (a generator's) and moves with it. The result has an alpha plane
        where its box is not wholly opaque; it is 0 by 0 where nothing is visible. Untouched pictures that fill
        the canvas, and untouched generator frames, come back as they are, uncopied.
        """
        piece = frame.layout is Layout.RGBA or frame.origin != (0, 0)
        if self._is_neutral and (piece or self._is_there(frame, canvas)):
            return frame
        whole = (canvas.width, canvas.height) if piece else frame.size
        return placed(frame, canvas, self._placement(whole, frame.scale, canvas))

    @property
    def _is_neutral(self) -> bool:
        return (
            self.position_x == self.position_y == 0
            and self.scale == 100
            and self.rotation % 360 == 0
            and not (self.crop_left or self.crop_right or self.crop_top or self.crop_bottom)
        )

    def _is_there(self, frame: Frame, canvas: Canvas) -> bool:
        """Whether a whole picture has the canvas's own size and keeps it."""
        return frame.size == (canvas.width, canvas.height) and (self.fit is not Fit.NONE or frame.scale == canvas.scale)

    def _placement(self, whole: tuple[int, int], frame_scale: float, canvas: Canvas) -> Placement:
        width, height = self.fitted(whole, frame_scale, canvas)
        factor = self.scale / 100
        return Placement(
            whole=whole,
            size=(width * factor, height * factor),
            centre=(
                canvas.width / 2 + self.position_x * canvas.scale,
                canvas.height / 2 + self.position_y * canvas.scale,
            ),
            rotation=self.rotation,
            crop=(
                self.crop_left / 100,
                self.crop_top / 100,
                1 - self.crop_right / 100,
                1 - self.crop_bottom / 100,
            ),
        )

    def fitted(self, whole: tuple[int, int], frame_scale: float, canvas: Canvas) -> tuple[float, float]:
        """The size on the canvas at 100 %."""
        across, down = canvas.width / whole[0], canvas.height / whole[1]
        match self.fit:
            case Fit.STRETCH:
                return (canvas.width, canvas.height)
            case Fit.NONE:
                factor = canvas.scale / frame_scale
                return (whole[0] * factor, whole[1] * factor)
            case Fit.FIT:
                factor = min(across, down)
            case Fit.FILL:
                factor = max(across, down)
        return (_settled(whole[0] * factor, canvas.width), _settled(whole[1] * factor, canvas.height))


def _settled(length: float, canvas: int) -> float:
    """The nearest length that leaves an even number of pixels on both sides: sharp edges on whole chroma samples.

    It changes a fitted picture's shape by 2 px at most.
    """
    settled = canvas + 4 * round((length - canvas) / 4)
    return settled if settled > 0 else length

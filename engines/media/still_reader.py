"""Stills and image sequences behind the same face as films."""

from __future__ import annotations

from collections import OrderedDict
from fractions import Fraction

from effects.frame import Frame
from engines.errors import MediaError
from engines.media.conversion import Converter
from engines.media.opening import reading
from engines.media.still import decode_still, sequence_files
from engines.media.trial import make_sure
from timeline.media import Media
from timeline.time import RationalTime

_KEPT_SIZES = 3


class StillReader:
    """A still: the same frame at any time. Belongs to one thread."""

    def __init__(self, media: Media) -> None:
        self.media = media
        make_sure(media.path)
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

    def stand_at(self, time: RationalTime) -> None:
        """Nothing is to be done before."""

    def shown(self, time: RationalTime) -> tuple[Fraction, Fraction | None]:
        """Always."""
        return Fraction(0), None

    def group_start(self, time: RationalTime) -> Fraction | None:
        """Each picture stands alone."""
        return time.fraction

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

    def stand_at(self, time: RationalTime) -> None:
        """Nothing is to be done before."""

    def shown(self, time: RationalTime) -> tuple[Fraction, Fraction | None]:
        """The slot of the image given for `time`."""
        index = time.frames(self._rate)
        return index / self._rate, (index + 1) / self._rate

    def group_start(self, time: RationalTime) -> Fraction | None:
        """Each picture stands alone."""
        return time.fraction

    def close(self) -> None:
        """Let go of the last image."""
        self._shown = None

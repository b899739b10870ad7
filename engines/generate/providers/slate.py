"""The slate engine: a plain film that counts its frames, for tests and for timing."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

import cv2

from effects.frame import Frame, plain
from engines.generate.base import Engine, Estimate, GenerationRequest, JobLike, Result
from engines.generate.film import sound_of, write_film


class Slate(Engine):
    """Counts frames in large figures on a flat ground; the ground's grey depends on the seed."""

    id: ClassVar[str] = "slate"
    label: ClassVar[str] = "Slate"
    hidden: ClassVar[bool] = True

    def estimate(self, request: GenerationRequest) -> Estimate:
        """A twentieth of the film's length."""
        request.checked()
        return Estimate(request.length.to_seconds() / 20)

    def generate(self, request: GenerationRequest, target: Path, job: JobLike) -> Result:
        """Write the counter film."""
        request.checked()
        size = request.even_size
        first, end = request.frames_of(max(1, request.length.nearest_frame(request.rate)))
        count = end - first
        shade = 40 + request.seed % 8 * 12

        def drawer(index: int) -> Frame:
            return counter_frame(first + index, size, shade)

        samples = sound_of(None, count, request.rate) if request.sound else None
        write_film(target, drawer, count, size=size, rate=request.rate, samples=samples, job=job, note="Counting")
        return Result(target, request.seed, {"frames": count, "size": list(size), "engine": self.id})


def counter_frame(index: int, size: tuple[int, int], shade: int = 40) -> Frame:
    """An opaque YUV frame of `size` with the number `index` in its middle."""
    width, height = size
    frame = plain(width, height, (shade, 128, 128))
    luma = frame.planes[0]
    text, scale = str(index), height / 90
    thick = max(1, round(height / 60))
    (wide, high), _ = cv2.getTextSize(text, cv2.FONT_HERSHEY_SIMPLEX, scale, thick)
    place = ((width - wide) // 2, (height + high) // 2)
    cv2.putText(luma, text, place, cv2.FONT_HERSHEY_SIMPLEX, scale, 225, thick, cv2.LINE_AA)
    return frame

"""Colour table (LUT)."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from effects.base import VideoEffect
from effects.cube import LutError, yuv_table
from effects.filtering import in_yuv, is_empty, mixed_back
from effects.frame import Frame
from effects.params import param
from timeline.time import RationalTime


class Lut(VideoEffect):
    """Grade by a table of colours (.cube) from a camera maker, a colourist or another program."""

    title = "Colour table (LUT)"
    group = "Colour"

    strength: float = param(1.0, ge=0, le=1, step=0.01, widget="slider", help="0 changes nothing.")
    file: str = param("", widget="file", unset="No table", help="A .cube file with one or three dimensions.")

    def render(self, frame: Frame, at: RationalTime) -> Frame:
        """The graded picture. Raises LutError with a sentence when the file cannot be used."""
        if self.strength == 0 or not self.file.strip() or is_empty(frame):
            return frame
        path = Path(self.file.strip()).expanduser()
        try:
            facts = path.stat()
        except (OSError, ValueError) as error:
            raise LutError(f"The table of colours “{path.name}” is not there.") from error
        table = yuv_table(path, facts.st_mtime_ns, facts.st_size)
        if isinstance(table, str):
            raise LutError(table)

        def graded(yuv: Frame) -> Frame:
            changed = replace(yuv, planes=(*table.on(yuv.planes[:3]), *yuv.planes[3:]))
            return mixed_back(yuv, changed, self.strength)

        return in_yuv(frame, graded)

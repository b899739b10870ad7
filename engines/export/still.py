"""One frame as a JPEG or PNG."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np

from effects.paint import ensure_qt
from engines.errors import ExportError
from engines.export.base import sequence_of
from engines.media.writer import unwritable
from engines.render.renderer import Renderer
from engines.render.to_rgb import bgra
from timeline.atomic import write_atomically
from timeline.media import Library
from timeline.project import Project
from timeline.time import RationalTime

_SETTINGS = {".jpg": [cv2.IMWRITE_JPEG_QUALITY, 92], ".jpeg": [cv2.IMWRITE_JPEG_QUALITY, 92], ".png": []}


def write_still(
    project: Project,
    library: Library,
    sequence_id: str,
    time: RationalTime,
    path: Path,
    size: tuple[int, int] | None = None,
) -> None:
    """Write the frame at `time` (record) to `path` by its suffix (.jpg, .png), in the sequence's size. Raises ExportError."""
    sequence = sequence_of(project, sequence_id)
    settings = _SETTINGS.get(path.suffix.lower())
    if settings is None:
        raise ExportError(f"“{path.name}” must end in .jpg or .png.")
    ensure_qt()
    renderer = Renderer()
    try:
        frame = renderer.frame(project, library, sequence_id, time, size or (sequence.width, sequence.height))
        picture = np.ascontiguousarray(bgra(frame)[..., :3])
    finally:
        renderer.close()
    done, data = cv2.imencode(path.suffix.lower(), picture, settings)
    if not done:
        raise ExportError(f"“{path.name}” could not be made into a picture.")
    try:
        write_atomically(path, data.tobytes())
    except OSError as error:
        raise unwritable(path, error) from error

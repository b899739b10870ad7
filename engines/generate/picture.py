"""A frame as a picture on the disk."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np

from effects.frame import Frame
from engines.errors import EngineError
from engines.media.writer import unwritable
from engines.render.to_rgb import bgra
from timeline.atomic import write_atomically


def write_picture(frame: Frame, target: Path) -> None:
    """Write it as PNG, or as JPEG where the target's name says so; wholly or not at all. Raises EngineError, ExportError."""
    suffix = target.suffix.lower() if target.suffix.lower() in (".jpg", ".jpeg") else ".png"
    done, data = cv2.imencode(suffix, np.ascontiguousarray(bgra(frame)[..., :3]))
    if not done:
        raise EngineError(f"“{target.name}” could not be made into a picture.")
    try:
        write_atomically(target, data.tobytes())
    except OSError as error:
        raise unwritable(target, error) from error

"""Writes a sequence for another tool: EDL, FCPXML, OTIO by the file's suffix."""

from __future__ import annotations

from pathlib import Path

from engines.media.writer import unwritable
from timeline.atomic import write_atomically
from timeline.interchange.base import Delivered, format_for
from timeline.media import Library
from timeline.project import Project
from timeline.sequence import Sequence


def deliver(project: Project, library: Library, sequence: Sequence, target: Path) -> Delivered:
    """Write `target` in the format of its suffix. The notes say what the format could not carry. Raises ExportError."""
    chosen = format_for(target.suffix)
    delivered = chosen.write(project, library, sequence, lambda media: Path(media.path))
    try:
        write_atomically(target, delivered.text.encode("utf-8"))
    except OSError as error:
        raise unwritable(target, error) from error
    return delivered

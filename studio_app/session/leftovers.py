"""What a program that was killed left half written in a project's own folder of takes."""

from __future__ import annotations

import logging
import re
import time
from contextlib import suppress
from pathlib import Path

log = logging.getLogger(__name__)
QUIET_SECONDS = 300
"""Nothing of ours writes a film without touching it for so long: the command line may be at work in the same folder."""
_HALF = re.compile(r"(?s).+\.(mp4|wav|png|jpe?g)\.part|\..+\.[0-9a-f]{8}\.part")
"""Names of `timeline.atomic`. A download that goes on where it was cut off has its job's name before `.part`, and stays."""


def sweep(folder: Path) -> None:
    """Delete what is half written in `folder` (its own files, and those one folder down) and nobody writes any more.

    Only for a folder that is ours: whoever calls holds the lock of its project. Never raises.
    """
    gone = []
    with suppress(OSError):
        for path in (*folder.glob("*.part"), *folder.glob("*/*.part")):
            with suppress(OSError):
                known = path.stat()
                if _HALF.fullmatch(path.name) and path.is_file() and time.time() - known.st_mtime > QUIET_SECONDS:
                    path.unlink()
                    gone.append(path)
    if gone:
        log.info("half files of a run that was killed were deleted: %s", ", ".join(one.name for one in gone))

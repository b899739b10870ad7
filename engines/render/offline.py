"""Files that could not be read: asked again only now and then, so that a missing one does not slow the picture."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from time import monotonic

from engines.errors import MediaError
from engines.media.still import sequence_files
from timeline.media import Media, MediaKind

RETRY_SECONDS = 2.0


def is_missing(media: Media) -> bool:
    """Whether the file (or every image of a sequence) is not where the project says."""
    if media.kind is MediaKind.IMAGE_SEQUENCE:
        return not sequence_files(media.path)
    return not Path(media.path).exists()


class Offline:
    """Remembers for a while which files failed and why. Belongs to one thread."""

    def __init__(self, now: Callable[[], float] = monotonic) -> None:
        self._now = now
        self._failed: dict[tuple[str, str], tuple[float, MediaError, bool]] = {}

    def check(self, media: Media) -> None:
        """Raise the error of this file again if it failed a moment ago."""
        key = (media.id, media.path)
        since, error, _ = self._failed.get(key, (0.0, None, False))
        if error is None:
            return
        if self._now() - since < RETRY_SECONDS:
            raise error
        del self._failed[key]

    def remember(self, media: Media, error: MediaError) -> bool:
        """Note a failure; True when the file is missing, False when it is there but cannot be read."""
        key = (media.id, media.path)
        if key not in self._failed:
            self._failed[key] = (self._now(), error, is_missing(media))
        return self._failed[key][2]

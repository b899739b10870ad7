"""What is seen of a shot before and after it is made: a frame of what stands for it, or a sketch."""

from __future__ import annotations

from PySide6.QtGui import QPixmap

from studio_app.session.session import Session
from timeline.storyboard import Shot
from ui.media_items import poster_time
from ui.qt import image

THUMBNAIL = 640
SKETCH = 384
SKETCH_OPACITY = 0.55
EMBEDDED = "procedural"
"""The engine that sketches."""


class ShotPictures:
    """Asks the session for pictures; one that is not there yet comes with `arrived` of thumbnails or sketches."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def sketch(self, shot: Shot) -> QPixmap | None:
        """What the embedded engine would make of the words as they stand, whoever is to make the shot."""
        asked = self._session.generation.request_of(shot.id)
        if asked is None:
            return None
        return image.pixmap_of(self._session.sketches.get(shot.id, EMBEDDED, asked[1], SKETCH))

    def thumbnail(self, shot: Shot) -> QPixmap | None:
        """A frame of what stands for the shot."""
        media = self._session.generation.media_for(shot)
        if media is None or not (media.has_video or media.is_endless):
            return None
        return image.pixmap_of(self._session.thumbnails.get(media, poster_time(media), THUMBNAIL))

"""Pictures for a strip of many shots: asked for a few at a time, so that what is looked at elsewhere comes first."""

from __future__ import annotations

import time

from PySide6.QtGui import QPixmap

from studio_app.session.session import Session
from timeline.storyboard import Shot
from ui.shot_pictures import ShotPictures

AT_ONCE = 4
PATIENCE = 4.0
"""Seconds after which an answer is no longer waited for: where very much is asked for, the oldest is left out."""


class StripPictures:
    """The newest request is answered first: a strip that asked for all of its shots would let the cards wait for minutes."""

    def __init__(self, session: Session) -> None:
        self._session, self._pictures = session, ShotPictures(session)
        self._known: dict[str, tuple[tuple[Shot, str], QPixmap | None]] = {}
        self._asked: dict[str, tuple[str, float]] = {}
        self._back: set[str] = set()
        self.is_behind = False
        """Whether a picture was not asked for yet because others are under way: to be looked at again."""

    def of(self, shot: Shot) -> tuple[QPixmap | None, bool]:
        """What is known to be seen of a shot now, and whether it is a sketch; asks for more where little is under way."""
        media = self._session.generation.media_for(shot)
        token, is_sketch = (shot, media.id if media is not None else ""), media is None
        known = self._known.get(shot.id)
        if known is not None and known[0][0] is shot and known[0][1] == token[1]:
            return known[1], is_sketch
        now = time.monotonic()
        self._asked = {key: one for key, one in self._asked.items() if now - one[1] < PATIENCE}
        was_asked = shot.id in self._back
        if not was_asked and len(self._asked) >= AT_ONCE:
            self.is_behind = True
            return (known[1] if known is not None else None), is_sketch
        picture = self._pictures.sketch(shot) if media is None else self._pictures.thumbnail(shot)
        self._back.discard(shot.id)
        if picture is not None or was_asked:  # None again: there is none to be had
            self._known[shot.id] = (token, picture)
        else:
            self._asked[token[1] or shot.id] = (shot.id, now)
        return picture, is_sketch

    def came(self, key: str) -> None:
        """The picture of a shot (by its id) or of a file was made."""
        asked = self._asked.pop(key, None)
        if asked is not None:
            self._back.add(asked[0])

    def forget(self) -> None:
        """Everything may look different."""
        self._known.clear()
        self._asked.clear()
        self._back.clear()

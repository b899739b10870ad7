"""What can go wrong with the catalogue."""

from __future__ import annotations

from timeline.errors import StudioError


class CatalogueError(StudioError):
    """The catalogue cannot do what was asked. `can_rebuild`: it is damaged, and `rebuild` mends it."""

    def __init__(self, message: str, detail: str = "", *, can_rebuild: bool = False) -> None:
        super().__init__(message, detail)
        self.can_rebuild = can_rebuild
        self.command = "starcut index --rebuild" if can_rebuild else ""


DAMAGED = "The catalogue is damaged. Rebuild it: your tags, ratings and clusters are kept, clips are looked at again."
BUSY = "The catalogue is busy in another window. Try again in a moment."
"""Nothing was changed then."""

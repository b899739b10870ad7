"""An arrangement of panels as it stood: kept while one panel fills the window, and in the settings."""

from __future__ import annotations

from base64 import b64decode, b64encode
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QByteArray


@dataclass(frozen=True)
class Arranged:
    """An arrangement: what Qt knows of it, and the ids of the panels that have a place in it."""

    layout: QByteArray
    placed: frozenset[str]

    def as_kept(self) -> dict[str, Any]:
        """What stands in the settings."""
        return {"state": b64encode(self.layout.data()).decode(), "placed": sorted(self.placed)}

    @classmethod
    def from_kept(cls, kept: Any) -> Arranged | None:
        """Back from the settings; None where they hold none, or nonsense."""
        if (
            not isinstance(kept, dict)
            or not isinstance(kept.get("state"), str)
            or not isinstance(kept.get("placed"), list)
        ):
            return None
        return cls(bytes_of(kept["state"]), frozenset(str(name) for name in kept["placed"]))


def bytes_of(text: str) -> QByteArray:
    """What base64 text holds; nothing where it is none."""
    try:
        return QByteArray(b64decode(text, validate=True))
    except ValueError:
        return QByteArray()

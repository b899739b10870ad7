"""Which way of filming a user keeps in which band of moods: counts in one small file, the most kept come first."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

from timeline.atomic import write_atomically

log = logging.getLogger(__name__)

V = TypeVar("V")
_FADE = 0.9
"""Each choice weighs so much less with every one that follows in its band: tastes change."""


class DirectorChoices:
    """One user's. Main thread. A file that cannot be read counts as none; one that cannot be written is told in the log."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def weights(self, band: str) -> dict[str, float]:
        """How much each way was kept in a band; those never kept are left out."""
        found = self._read().get(band, {})
        return {name: float(one) for name, one in found.items() if isinstance(one, int | float)}

    def ordered(self, band: str, ways: Iterable[tuple[str, V]]) -> tuple[V, ...]:
        """The ways, the most kept first, the others in their usual order."""
        weights = self.weights(band)
        return tuple(way for _, way in sorted(ways, key=lambda one: -weights.get(one[0], 0.0)))

    def keep(self, band: str, way: str) -> None:
        """The user took this one."""
        all_bands = self._read()
        weights = {name: round(one * _FADE, 4) for name, one in self.weights(band).items()}
        weights[way] = round(weights.get(way, 0.0) + 1, 4)
        all_bands[band] = dict(weights)
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(self._path, json.dumps(all_bands, indent=1).encode())
        except OSError as error:
            log.warning("the director's choices cannot be written: %s", error)

    def _read(self) -> dict[str, dict[str, object]]:
        try:
            found = json.loads(self._path.read_bytes())
        except (OSError, ValueError):
            return {}
        return {key: one for key, one in found.items() if isinstance(one, dict)} if isinstance(found, dict) else {}

"""How high the rows are: tall ones, small ones, and what is usual. No Qt."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from ui.timeline_view.layout import ALL_AUDIO, ALL_VIDEO, SMALL_HEIGHT, TALL_HEIGHT, Row

TALLEST: Final = 320


class RowHeights(dict[str, int]):
    """Heights by track id, as `Layout` reads them, and under two keys of their own the usual ones of each side."""

    def toggle_tall(self, track_id: str) -> None:
        """Tall, or back to what is usual."""
        if self.pop(track_id, None) is None:
            self[track_id] = TALL_HEIGHT

    def put(self, track_id: str, height: int) -> None:
        """A height of its own for a track, within what can be shown."""
        self[track_id] = min(max(SMALL_HEIGHT, height), TALLEST)

    def set_usual(self, video: int, audio: int) -> bool:
        """Heights of all rows that have none of their own; False when they are so already."""
        usual = {ALL_VIDEO: video, ALL_AUDIO: audio}
        if {key: self.get(key) for key in usual} == usual:
            return False
        self.update(usual)
        return True

    def scale(self, rows: Iterable[Row], factor: float) -> None:
        """All of these rows higher or lower."""
        for row in rows:
            self.put(row.track.id, round(row.height * factor))

    @property
    def own(self) -> dict[str, int]:
        """Heights of the rows that have one of their own."""
        return {key: height for key, height in self.items() if key not in (ALL_VIDEO, ALL_AUDIO)}

    def restore(self, own: Mapping[str, int]) -> None:
        """These rows have heights of their own, and no others."""
        for key in self.own:
            del self[key]
        for key, height in own.items():
            self.put(key, height)

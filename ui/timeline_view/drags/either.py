"""A press on a line that crosses a clip: to the side it moves the clip, up or down the line."""

from __future__ import annotations

from ui.timeline_view.tools.base import Drag, Pointer, Stage


class EitherDrag(Drag):
    """Waits for the first few pixels, then is one of the two; a click is one to `across`."""

    def __init__(self, stage: Stage, start: Pointer, across: Drag, along: Drag) -> None:
        super().__init__(stage, start)
        self._across, self._along = across, along
        self._chosen: Drag | None = None

    def move(self, pointer: Pointer) -> None:
        """Decide, then hand on."""
        if self._chosen is None and self.begins(pointer):
            is_across = abs(self.distance(pointer)) > abs(pointer.y - self.start.y)
            self._chosen = self._across if is_across else self._along
            self.scrolls = self._chosen.scrolls
        if self._chosen is not None:
            self._chosen.move(pointer)

    def release(self, pointer: Pointer) -> None:
        """To the one it became."""
        (self._chosen or self._across).release(pointer)

    def cancel(self) -> None:
        """To both: neither is made."""
        (self._chosen or self._across).cancel()

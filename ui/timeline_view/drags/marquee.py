"""The rubber band."""

from __future__ import annotations

from ui.timeline_view.tools.base import Drag, Pointer, Stage


class MarqueeDrag(Drag):
    """Chooses the clips it touches; with Shift or Ctrl in addition to those chosen before. A click chooses `click`."""

    def __init__(self, stage: Stage, start: Pointer, click: tuple[str, ...] = ()) -> None:
        super().__init__(stage, start)
        self._before = stage.session.selection.item_ids if start.shift or start.ctrl else ()
        self._was = stage.session.selection.item_ids
        self._click = click

    def move(self, pointer: Pointer) -> None:
        """Stretch the band."""
        if not self.begins(pointer):
            return
        left = pointer.x - self.distance(pointer)
        box = (min(left, pointer.x), min(self.start.y, pointer.y), max(left, pointer.x), max(self.start.y, pointer.y))
        touched = self.stage.layout_now.items_in(*box)
        ids = touched if pointer.alt else self.stage.joined_ids(tuple(touched))
        self.stage.session.selection.items.set((*self._before, *sorted(ids)))
        self.stage.show_marquee(box)

    def release(self, pointer: Pointer) -> None:
        """The choice stays; a click on nothing lets everything go."""
        if not self.has_begun and not self._before:
            self.stage.session.selection.items.set(self._click)
        self.stage.end_draft()

    def cancel(self) -> None:
        """The choice is as it was."""
        self.stage.session.selection.items.set(self._was)
        self.stage.end_draft()

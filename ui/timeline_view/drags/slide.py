"""Sliding: a clip moves, its neighbours are trimmed."""

from __future__ import annotations

from timeline import query
from timeline.command import Batch, Command
from timeline.commands.slide_clip import SlideClip
from timeline.time import RationalTime
from ui.timeline_view.drags.words import frames
from ui.timeline_view.tools.base import Drag, Pointer, Stage


class SlideDrag(Drag):
    """Clips that have no neighbour to give way are refused by SlideClip, which says so."""

    def __init__(self, stage: Stage, start: Pointer, clip_ids: tuple[str, ...]) -> None:
        super().__init__(stage, start)
        self._ids = clip_ids
        ranges = [where for one in clip_ids if (where := query.range_of(stage.sequence, one)) is not None]
        self._edges: set[RationalTime] = {edge for where in ranges for edge in (where.start, where.end)}
        self._snapper = stage.snapper(frozenset(clip_ids))

    def move(self, pointer: Pointer) -> None:
        """Show the clip between its neighbours."""
        self._snapper.enabled = self.stage.snapping
        snapped = self._snapper.snap(sorted(self._edges), self.by(pointer), self.stage.layout_now.scale)
        self.stage.show_snap(snapped.point)
        said = f"Slide {frames(snapped.by, self.stage.sequence.rate)}."
        self.stage.draft(self._command(snapped.by), (), said, frozenset(self._ids))

    def _command(self, by: RationalTime) -> Command | None:
        if not by:
            return None
        slides = tuple(SlideClip(self.stage.sequence.id, one, by) for one in self._ids)
        return slides[0] if len(slides) == 1 else Batch(slides, "Slide")

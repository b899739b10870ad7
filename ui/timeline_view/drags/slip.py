"""Slipping: other source under a fixed place."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from studio_app.session.trim_view import slip_view
from timeline import query
from timeline.commands.slip_clip import SlipClip
from timeline.items import Clip
from timeline.time import ZERO, RationalTime
from timeline.track import Track
from ui.timeline_view.drags.end import held_clips
from ui.timeline_view.drags.holding import free_handles, left_words
from ui.timeline_view.drags.words import frames
from ui.timeline_view.tools.base import Bracket, Drag, Pointer, Stage


class SlipDrag(Drag):
    """Dragging right shows earlier source: the film moves with the hand."""

    def __init__(self, stage: Stage, start: Pointer, clip_ids: tuple[str, ...]) -> None:
        super().__init__(stage, start)
        self._ids = clip_ids

    def _held(self) -> list[tuple[Clip, Track]]:
        return held_clips(self.stage, self._ids)

    def _stopped(self, by: RationalTime) -> tuple[RationalTime, bool]:
        """`by` (later source is positive) up to where the media ends on either side, and whether it does."""
        wanted = by
        for clip, _ in self._held():
            head, tail = free_handles(self.stage, clip)
            by = by if head is None else max(by, -head)
            by = by if tail is None else min(by, tail)
        return by, by != wanted

    def move(self, pointer: Pointer) -> None:
        """Show the other source."""
        if not self.begins(pointer):
            return
        by, stopped = self._stopped(-self.by(pointer))
        command = SlipClip(self.stage.sequence.id, self._ids, by) if by else None
        said = QCoreApplication.translate("SlipDrag", "Slip {frames} of source.{extra}").format(
            frames=frames(by, self.stage.sequence.rate),
            extra=QCoreApplication.translate("SlipDrag", " The media ends here.") if stopped else "",
        )
        self.stage.draft(command, (), said, frozenset(self._ids))
        self.stage.show_brackets(self._brackets(by, stopped))
        self._show_ends(by)

    def _brackets(self, by: RationalTime, stopped: bool) -> tuple[Bracket, ...]:
        """At both ends of the clips, with the media left there."""
        found = []
        for clip, track in self._held():
            where = query.range_of(self.stage.sequence, clip.id)
            if where is None:
                continue
            head, tail = free_handles(self.stage, clip)
            head, tail = (None if head is None else head + by), (None if tail is None else tail - by)
            start_end = None if head is None else where.start - head
            end_end = None if tail is None else where.end + tail
            head_words, tail_words = left_words(self.stage, head), left_words(self.stage, tail)
            at_head, at_tail = stopped and by < ZERO, stopped and by > ZERO
            found.append(Bracket(track.id, where.start, "in", "overwrite", at_head, head_words, (start_end, None)))
            found.append(Bracket(track.id, where.end, "out", "overwrite", at_tail, tail_words, (None, end_end)))
        return tuple(found)

    def _show_ends(self, by: RationalTime) -> None:
        """The clip's first and last frame side by side, what stands beside it small."""
        picture = next((clip for clip, track in self._held() if not track.is_audio), None)
        if picture is not None:
            moved = by.nearest_frame(self.stage.sequence.rate)
            view = slip_view(self.stage.shown_sequence, picture.id, moved)
            if view is not None:
                self.stage.show_trim(view)

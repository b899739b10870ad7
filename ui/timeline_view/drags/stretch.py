"""Pulling an end of a clip so that the same source takes more or less time."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from timeline.commands.rate_stretch import RateStretch
from timeline.edits import first_from, room_before
from timeline.time import ZERO, RationalTime
from ui.timeline_view.drags.end import EDGE_THRESHOLD_PX, EndDrag
from ui.timeline_view.drags.words import frames
from ui.timeline_view.tools.base import Bracket, Pointer
from ui.words import MINUS


class StretchDrag(EndDrag):
    """Goes as far as the empty time beside the clip; how fast that may be is decided by RateStretch."""

    def _stopped(self, by: RationalTime) -> tuple[RationalTime, bool]:
        """`by` up to the clip beside it, or one frame of length; and whether a clip was in the way."""
        wanted = by
        for clip, track in self._held():
            longest = clip.duration - self.stage.sequence.frame
            place = track.index_of(clip.id) or 0
            if self._edge == "in":
                by = min(max(by, -room_before(track, place)), longest)
                continue
            by = max(by, -longest)
            end = track.starts[place + 1]
            following = first_from(track, end)
            by = by if following is None else min(by, track.starts[following] - end)
        return by, by != wanted

    def move(self, pointer: Pointer) -> None:
        """Show the clip at the speed that fits."""
        if self._at is None or not self.begins(pointer, EDGE_THRESHOLD_PX):
            return
        self._snapper.enabled = self.stage.snapping
        snapped = self._snapper.snap((self._at,), self.by(pointer), self.stage.layout_now.scale)
        by, stopped = self._stopped(snapped.by)
        self.stage.show_snap(snapped.point if by == snapped.by else None)
        command = RateStretch(self.stage.sequence.id, self._ids[0], self._edge, by, self._ids[1:]) if by else None
        said = QCoreApplication.translate("StretchDrag", "Rate stretch {frames}, {speed}.").format(
            frames=frames(by, self.stage.sequence.rate), speed=self._speed(by)
        )
        self.stage.draft(
            command,
            (),
            said + (QCoreApplication.translate("StretchDrag", " No empty time beyond.") if stopped else ""),
            frozenset(self._ids),
        )
        tracks = [track.id for _, track in self._held()]
        note = self._speed(by)
        brackets = (Bracket(one, self._at + by, self._edge, "roll", stopped, note) for one in tracks)
        self.stage.show_brackets(tuple(brackets))

    def _speed(self, by: RationalTime) -> str:
        """`86.5 %`, of the clip that is held."""
        clip = self.stage.sequence.clip(self._ids[0])
        length = clip.duration + (by if self._edge == "out" else -by) if clip is not None else ZERO
        if clip is None or length <= ZERO:
            return ""
        speed = float(clip.source_range.duration / length) * 100
        return f"{MINUS if clip.speed < 0 else ''}{speed:.4g} %"

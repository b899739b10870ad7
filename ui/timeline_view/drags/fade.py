"""Pulling a fade by its handle at the upper corner of a clip."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QCoreApplication

from timeline import query
from timeline.commands.set_clip import SetClip
from timeline.items import Clip
from timeline.time import ZERO, RationalTime
from ui.timeline_view.saying import length_words
from ui.timeline_view.tools.base import Drag, Pointer, Stage


class FadeDrag(Drag):
    """A fade is at least nothing and at most what the other one leaves of the clip."""

    def __init__(self, stage: Stage, start: Pointer, clip: Clip, name: Literal["fade_in", "fade_out"]) -> None:
        super().__init__(stage, start)
        self._clip = clip
        self._name = name
        self._snapper = stage.snapper(frozenset((clip.id,)))

    def _at(self) -> RationalTime:
        """Where the fade ends in the sequence before the drag."""
        where = query.range_of(self.stage.sequence, self._clip.id)
        if where is None:
            return ZERO
        return where.start + self._clip.fade_in if self._name == "fade_in" else where.end - self._clip.fade_out

    def move(self, pointer: Pointer) -> None:
        """Show the fade at another length."""
        if not self.begins(pointer, 2):
            return
        clip, rate = self._clip, self.stage.sequence.rate
        self._snapper.enabled = self.stage.snapping
        snapped = self._snapper.snap((self._at(),), self.by(pointer), self.stage.layout_now.scale)
        is_in = self._name == "fade_in"
        wanted = clip.fade_in + snapped.by if is_in else clip.fade_out - snapped.by
        length = max(ZERO, min(wanted, clip.duration - (clip.fade_out if is_in else clip.fade_in)))
        self.stage.show_snap(snapped.point if length == wanted else None)
        command = SetClip(self.stage.sequence.id, (clip.id,), {self._name: length})
        said = (
            QCoreApplication.translate("FadeDrag", "Fade in {length}.")
            if is_in
            else QCoreApplication.translate("FadeDrag", "Fade out {length}.")
        ).format(length=length_words(length, rate))
        changes = length != (clip.fade_in if is_in else clip.fade_out)
        self.stage.draft(command if changes else None, (), said, frozenset((clip.id,)))

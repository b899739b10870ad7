"""Making a transition longer or shorter by one of its ends."""

from __future__ import annotations

from dataclasses import replace

from timeline.commands.set_transition import SetTransition
from timeline.time import ZERO, RationalTime
from ui.timeline_view.drags.words import frames
from ui.timeline_view.tools.base import Drag, Pointer, Stage


class TransitionDrag(Drag):
    """Holds an end of a transition; one that is centred on its cut stays so, unless Shift is held."""

    def __init__(self, stage: Stage, start: Pointer, track_id: str, transition_id: str) -> None:
        super().__init__(stage, start)
        self._track_id = track_id
        track = stage.sequence.track(track_id)
        transitions = track.transitions if track is not None else ()
        self._held = next((one for one in transitions if one.id == transition_id), None)
        span = (
            stage.layout_now.transition_span(track, self._held)
            if track is not None and self._held is not None
            else None
        )
        self._is_in = span is not None and start.x < (span[0] + span[1]) / 2

    def move(self, pointer: Pointer) -> None:
        """Show it at another length."""
        if self._held is None:
            return
        by = self.by(pointer)
        longer = -by if self._is_in else by
        both = self._held.before == self._held.after and not pointer.shift
        before = _never_negative(self._held.before + longer) if both or self._is_in else self._held.before
        after = _never_negative(self._held.after + longer) if both or not self._is_in else self._held.after
        if before + after < self.stage.sequence.frame or not by:
            return
        changed = replace(self._held, before=before, after=after)
        said = f"Transition {frames(changed.duration, self.stage.sequence.rate).lstrip('+')} long. Shift changes one side only."
        self.stage.draft(SetTransition(self.stage.sequence.id, self._track_id, changed), (), said)


def _never_negative(time: RationalTime) -> RationalTime:
    return max(time, ZERO)

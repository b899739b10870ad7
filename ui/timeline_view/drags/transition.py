"""A transition by hand: its ends change its length, its middle moves it over the cut."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from PySide6.QtCore import QCoreApplication

from timeline.commands.set_transition import SetTransition
from timeline.items import Transition
from timeline.time import ZERO, RationalTime
from ui.timeline_view.drags.holding import whole_handles
from ui.timeline_view.drags.words import frames
from ui.timeline_view.layout import Zone
from ui.timeline_view.tools.base import Drag, Pointer, Stage

STICKS_PX: Final = 8.0
"""How near to centred, or to one end at the cut, it must be to be just that."""


def alignment(transition: Transition) -> str:
    """`centred on the cut`, `starts at the cut`, `ends at the cut`, or neither."""
    if transition.before == transition.after:
        return QCoreApplication.translate("Transition", "centred on the cut")
    if not transition.before:
        return QCoreApplication.translate("Transition", "starts at the cut")
    return (
        QCoreApplication.translate("Transition", "ends at the cut")
        if not transition.after
        else QCoreApplication.translate("Transition", "over the cut")
    )


class TransitionDrag(Drag):
    """One that is centred on its cut stays so while an end is held, unless Shift is; none gets longer than its handles."""

    def __init__(self, stage: Stage, start: Pointer, track_id: str, transition_id: str, zone: Zone) -> None:
        super().__init__(stage, start)
        self._track_id = track_id
        self._zone = zone
        track = stage.sequence.track(track_id)
        transitions = track.transitions if track is not None else ()
        self._held = next((one for one in transitions if one.id == transition_id), None)
        self._snapper = stage.snapper(frozenset())

    def move(self, pointer: Pointer) -> None:
        """Show it at another length or place."""
        if self._held is None or not self.begins(pointer, 3):
            return
        if self._zone is Zone.TRANSITION:
            changed = self._moved(self._held, self.by(pointer))
        else:
            changed = self._resized(self._held, pointer)
        if changed is None:
            return
        stopped = self._within_handles(changed)
        said = QCoreApplication.translate("TransitionDrag", "Transition {frames}, {alignment}").format(
            frames=frames(stopped.duration, self.stage.sequence.rate).lstrip("+"), alignment=alignment(stopped)
        )
        said += QCoreApplication.translate("TransitionDrag", ". No more handle here.") if stopped != changed else "."
        if self._zone is not Zone.TRANSITION:
            said += QCoreApplication.translate("TransitionDrag", " Shift changes one side only.")
        command = SetTransition(self.stage.sequence.id, self._track_id, stopped)
        self.stage.draft(command if stopped != self._held else None, (), said)

    def _resized(self, held: Transition, pointer: Pointer) -> Transition | None:
        track, is_in = self.stage.sequence.track(self._track_id), self._zone is Zone.TRANSITION_IN
        cut = track.cut_of(held) if track is not None else None
        if cut is None:
            return None
        self._snapper.enabled = self.stage.snapping
        edge = cut - held.before if is_in else cut + held.after
        others = tuple(point for point in self._snapper.points if point[0] != edge)  # its own ends are points too
        self._snapper.points = others
        snapped = self._snapper.snap((edge,), self.by(pointer), self.stage.layout_now.scale)
        self.stage.show_snap(snapped.point)
        longer = -snapped.by if is_in else snapped.by
        both = held.before == held.after and not pointer.shift
        before = max(ZERO, held.before + longer) if both or is_in else held.before
        after = max(ZERO, held.after + longer) if both or not is_in else held.after
        if before + after < self.stage.sequence.frame:
            return None
        return replace(held, before=before, after=after)

    def _moved(self, held: Transition, by: RationalTime) -> Transition | None:
        """The same length elsewhere over the cut; a fade from or to nothing stays in its clip."""
        if held.left_id is None or held.right_id is None:
            return None
        after = max(ZERO, min(held.after + by, held.duration))
        scale, rate = self.stage.layout_now.scale, self.stage.sequence.rate
        middle = RationalTime.from_frames(held.duration.nearest_frame(rate) // 2, rate)
        if self.stage.snapping:
            for point in (ZERO, middle, held.duration):
                if abs(scale.width_of(after - point)) <= STICKS_PX:
                    after = point
                    break
        return replace(held, before=held.duration - after, after=after)

    def _within_handles(self, wanted: Transition) -> Transition:
        """No longer on either side than there is media."""
        sequence = self.stage.sequence
        left = sequence.clip(wanted.left_id) if wanted.left_id else None
        right = sequence.clip(wanted.right_id) if wanted.right_id else None
        if left is None or right is None:
            return wanted
        tail, head = whole_handles(self.stage, left)[1], whole_handles(self.stage, right)[0]
        after = wanted.after if tail is None else min(wanted.after, tail)
        before = wanted.before if head is None else min(wanted.before, head)
        if before + after < sequence.frame:
            return wanted
        return replace(wanted, before=before, after=after)

"""Trimming the selected edit by hand: several cuts at once, each at its own side."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from studio_app.session.trimming import SelectedEdit, trim_command
from timeline.cuts import cut_time, room_at
from timeline.errors import EditRefused
from timeline.time import RationalTime
from ui.timeline_view.drags.end import EDGE_THRESHOLD_PX, Edge
from ui.timeline_view.drags.words import frames
from ui.timeline_view.tools.base import Bracket, Drag, Pointer, Stage


class EditDrag(Drag):
    """Holds all cuts of `session.trimming.edit` by one of them. A click lets the others go."""

    def __init__(self, stage: Stage, start: Pointer, edit: SelectedEdit, track_id: str) -> None:
        super().__init__(stage, start)
        self._edit = edit
        self._track_id = track_id
        self._snapper = stage.snapper(edit.clip_ids)

    @classmethod
    def at_edge(cls, stage: Stage, start: Pointer, clip_id: str, edge: Edge) -> EditDrag | None:
        """The drag, when this end of a clip is one of several that are selected."""
        edit = stage.session.trimming.edit
        for cut in edit.cuts if edit is not None and len(edit.cuts) > 1 and not start.alt else ():
            if edit is not None and cut.held == edge and clip_id == (cut.right_id if edge == "in" else cut.left_id):
                return cls(stage, start, edit, cut.track_id)
        return None

    @classmethod
    def at_cut(cls, stage: Stage, start: Pointer, left_id: str, right_id: str) -> EditDrag | None:
        """The drag, when this cut is one of several that are selected."""
        edit = stage.session.trimming.edit
        for cut in edit.cuts if edit is not None and len(edit.cuts) > 1 and not start.alt else ():
            if edit is not None and (cut.left_id, cut.right_id) == (left_id, right_id):
                return cls(stage, start, edit, cut.track_id)
        return None

    def _stopped(self, by: RationalTime) -> tuple[RationalTime, bool]:
        document, sequence, wanted = self.stage.session.document, self.stage.sequence, by
        for cut in self._edit.cuts:
            earlier, later = room_at(sequence, cut, document.library, document.project)
            by = by if later is None else min(by, later)
            by = by if earlier is None else max(by, -earlier)
        return by, by != wanted

    def move(self, pointer: Pointer) -> None:
        """Show the cuts elsewhere."""
        sequence = self.stage.sequence
        held = next((cut for cut in self._edit.cuts if cut.track_id == self._track_id), self._edit.cuts[0])
        at = cut_time(sequence, held)
        if at is None or not self.begins(pointer, EDGE_THRESHOLD_PX):
            return
        self._snapper.enabled = self.stage.snapping
        snapped = self._snapper.snap((at,), self.by(pointer), self.stage.layout_now.scale)
        by, stopped = self._stopped(snapped.by)
        self.stage.show_snap(snapped.point if by == snapped.by else None)
        try:
            command = trim_command(sequence, self._edit, by) if by else None
        except EditRefused as error:
            self.stage.say(error.message)
            return
        said = QCoreApplication.translate("EditDrag", "Trim {count} edits {frames}.{extra}").format(
            count=len(self._edit.cuts),
            frames=frames(by, sequence.rate),
            extra=QCoreApplication.translate("EditDrag", " No more handle.") if stopped else "",
        )
        self.stage.draft(command, (), said, self._edit.clip_ids)
        brackets = []
        for cut in self._edit.cuts:
            place = cut_time(self.stage.shown_sequence, cut)
            if place is not None:
                brackets.append(Bracket(cut.track_id, place, cut.held, _kind(self._edit, cut.held), stopped))
        self.stage.show_brackets(brackets)
        self.stage.show_trim(self.stage.session.trimming.shown(by))

    def release(self, pointer: Pointer) -> None:
        """Make the edit; a click selects only the cut that was held."""
        if self.has_begun:
            self.stage.commit()
            return
        self.stage.end_draft()
        held = next((cut for cut in self._edit.cuts if cut.track_id == self._track_id), self._edit.cuts[0])
        at = cut_time(self.stage.sequence, held)
        if at is not None:
            self.stage.select_edit((held.track_id,), at, held.held, add=self.start.shift)


def _kind(edit: SelectedEdit, side: str) -> str:
    return "roll" if side == "both" else "ripple" if edit.ripple else "overwrite"

"""The timeline as assistive technology sees it: timeline, tracks, clips and gaps. Nothing is built until it is asked for.

Qt keeps what it was given by address and deletes it itself; Python would delete it when nobody refers to it. So every face is
held until Qt was told to let it go: `_HELD` for timelines, `TimelineFace._faces` for what is within.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any, Final

import shiboken6
from PySide6.QtCore import QCoreApplication, QObject, QPoint
from PySide6.QtGui import (
    QAccessible,
    QAccessibleInterface,
)
from PySide6.QtWidgets import QAccessibleWidget

from timeline.query import timecode_at
from ui.timeline_view.accessible_items import Face, ItemFace, TrackFace
from ui.timeline_view.layout import Row
from ui.timeline_view.spoken import place_words
from ui.timeline_view.view import TimelineView

_HELD: Final[list[QAccessibleInterface]] = []
"""Faces of timelines, until Qt deleted them (see above). The registry they are in is Qt's, and as global."""
_KEPT: Final = 2000
"""So many faces of clips a timeline keeps that nobody asked for lately."""


@cache
def install() -> None:
    """Answer for timelines when Qt asks for what is accessible; once is enough."""
    QAccessible.installFactory(_face_of)


def _face_of(key: str, thing: QObject | None) -> QAccessibleInterface | None:
    if not isinstance(thing, TimelineView):
        return None
    _HELD[:] = [face for face in _HELD if shiboken6.isValid(face)]
    face = TimelineFace(thing)
    _HELD.append(face)
    return face


class TimelineFace(QAccessibleWidget):
    """The rows; its children are the tracks from top to bottom."""

    def __init__(self, view: TimelineView) -> None:
        super().__init__(view, QAccessible.Role.Grouping)
        self.view = view
        self._faces: dict[str, Face] = {}
        view.destroyed.connect(lambda: self.keep(()))

    def keep(self, item_ids: Iterable[str]) -> None:
        """Let go of the faces of all but these tracks, clips and gaps."""
        for gone in self._faces.keys() - set(item_ids):
            QAccessible.deleteAccessibleInterface(QAccessible.uniqueId(self._faces[gone]))
            del self._faces[gone]

    def tidy(self) -> None:
        """Let go of the faces of what is no longer in the sequence; of all when they are too many."""
        if len(self._faces) > _KEPT:
            self.keep(())
        elif self._faces:
            sequence = self.view.sequence
            self.keep([one for one in self._faces if sequence.track(one) or sequence.track_holding(one)])

    @property
    def built(self) -> int:
        """How many faces of tracks, clips and gaps there are now."""
        return len(self._faces)

    def row_face(self, row: Row) -> TrackFace:
        """The face of a track."""
        face = self._faces.get(row.track.id)
        if not isinstance(face, TrackFace):
            face = self._faces[row.track.id] = TrackFace(self, row.track.id)
        return face

    def item_face(self, item_id: str) -> ItemFace | None:
        """The face of a clip or gap; None when it is not in the sequence."""
        face = self._faces.get(item_id)
        if not isinstance(face, ItemFace):
            track = self.view.sequence.track_holding(item_id)
            row = self.view.layout_now.row(track.id) if track is not None else None
            if row is None:
                return None
            face = self._faces[item_id] = ItemFace(self, item_id)
        return face

    def selected_face(self) -> ItemFace | None:
        """The face of the clip that was selected last."""
        lead = self.view.session.selection.items.lead
        return self.item_face(lead) if lead is not None else None

    # --- what Qt asks -----------------------------------------------------------------------------------------------

    def childCount(self) -> int:
        """The tracks."""
        return len(self.view.layout_now.rows)

    def child(self, index: int) -> QAccessibleInterface:
        """A track."""
        rows = self.view.layout_now.rows
        return self.row_face(rows[index]) if 0 <= index < len(rows) else _NOBODY

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        """Which track it is."""
        ids = [row.track.id for row in self.view.layout_now.rows]
        return ids.index(child.id) if isinstance(child, TrackFace) and child.id in ids else -1

    def childAt(self, x: int, y: int) -> QAccessibleInterface:
        """The track at a point of the screen."""
        view = self.view
        row = view.layout_now.row_at(view.viewport().mapFromGlobal(QPoint(x, y)).y() + view.scroll_y)
        return self.row_face(row) if row is not None else _NOBODY

    def focusChild(self) -> QAccessibleInterface:
        """The clip selected last has the focus within."""
        return (self.selected_face() or _NOBODY) if self.view.hasFocus() else _NOBODY

    def text(self, which: QAccessible.Text) -> str:
        """Its name, where the playhead is, what is selected."""
        view = self.view
        session = view.session
        if which == QAccessible.Text.Name:
            return (
                QCoreApplication.translate("TimelineFace", "Timeline, {name}").format(name=view.sequence.name)
                if view.sequence.name
                else QCoreApplication.translate("TimelineFace", "Timeline")
            )
        if which == QAccessible.Text.Value:
            return timecode_at(view.sequence, session.transport.time)
        if which == QAccessible.Text.Description:
            number = len(session.selection.item_ids)
            place = place_words(view.sequence, session.transport.time, view.facts, session.targets.ids)
            return (
                QCoreApplication.translate("TimelineFace", "Playhead {place}. {number} selected").format(
                    place=place, number=number
                )
                if number
                else QCoreApplication.translate("TimelineFace", "Playhead {place}").format(place=place)
            )
        return super().text(which)


_NOBODY: Any = None
"""Qt takes no interface for none; its stubs do not say so."""

"""What can be done with markers in the timeline: open, move, colour, delete; the menu of the ruler."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QMenu

from studio_app.session.session import Session
from timeline.commands.edit_marker import EditMarker
from timeline.commands.remove_marker import RemoveMarker
from timeline.time import ZERO, RationalTime
from ui.panel import Panel
from ui.qt.language import QT_TRANSLATE_NOOP, translated
from ui.qt.menu import pop_up
from ui.timeline_view.marker_editor import MarkerEditor, find_marker
from ui.timeline_view.marker_look import COLOURS, colour_title, marker_colour
from ui.timeline_view.ruler import Ruler
from ui.timeline_view.ruler_painter import HEIGHT
from ui.timeline_view.snapping import Snapper

if TYPE_CHECKING:
    from ui.timeline_view.view import TimelineView

_PLACE = (
    ("sequence.add_marker", QT_TRANSLATE_NOOP("MarkerHand", "Add marker\tM")),
    ("", ""),
    ("sequence.mark_in", QT_TRANSLATE_NOOP("MarkerHand", "Mark in\tI")),
    ("sequence.mark_out", QT_TRANSLATE_NOOP("MarkerHand", "Mark out\tO")),
    ("sequence.clear_marks", QT_TRANSLATE_NOOP("MarkerHand", "Clear in and out\tAlt+X")),
)


class MarkerHand:
    """Joins the ruler's flags, the popover and the session."""

    def __init__(self, panel: Panel, view: TimelineView, ruler: Ruler) -> None:
        self._panel, self._view, self._ruler = panel, view, ruler
        self._session: Session = panel.session
        self.editor = MarkerEditor(ruler, panel.session)
        ruler.marker_opened.connect(self.open)
        ruler.marker_moved.connect(self.move)
        ruler.menu_wanted.connect(self._open_menu)
        ruler.snap = self._snapped
        ruler.scrub_ended.connect(self._let_go)
        view.also_cancel = self._cancel
        self._snapper: tuple[str, Snapper] | None = None

    def open(self, marker_id: str) -> bool:
        """Open the popover of a marker of the sequence or of a clip in it; False when there is none of this id."""
        found = find_marker(self._view.sequence, marker_id)
        if found is None:
            return False
        marker, clip = found
        time, y = marker.time, HEIGHT
        if clip is not None:
            track = self._view.sequence.track_holding(clip.id)
            index = track.index_of(clip.id) if track is not None else None
            row = self._view.layout_now.row(track.id) if track is not None else None
            if track is None or index is None or row is None:
                return False
            time = track.starts[index] + clip.offset_of(marker.time)
            y = HEIGHT + row.y - self._view.scroll_y + row.height // 2
        x = min(max(0.0, self._view.scale.x_of(time)), self._view.view_width)
        self.editor.open(marker_id, QPoint(round(x), y))
        return True

    def _snapped(self, marker_id: str, x: float) -> RationalTime:
        """Where a flag in hand goes: to the points a clip's edge would go to, but its own."""
        view = self._view
        if self._snapper is None or self._snapper[0] != marker_id:
            snapper, found = view.snapper(frozenset(), marker_id=marker_id), find_marker(view.sequence, marker_id)
            if found is not None:  # the press took the playhead here, which would hold the flag
                snapper.points = tuple(point for point in snapper.points if point[0] != found[0].time)
            self._snapper = (marker_id, snapper)
            view.setFocus(Qt.FocusReason.MouseFocusReason)  # for Esc
        snapper = self._snapper[1]
        snapper.enabled = view.snapping
        snapped = snapper.snap((ZERO,), view.scale.time_at(x), view.scale)
        time = max(ZERO, snapped.by)
        view.show_snap(snapped.point)
        view.say(QCoreApplication.translate("MarkerHand", "Marker to {timecode}.").format(timecode=view.timecode(time)))
        return time

    def _let_go(self) -> None:
        if self._snapper is not None:
            self._snapper = None
            self._view.show_snap(None)
            self._view.say("")

    def _cancel(self) -> bool:
        """Esc puts a flag in hand back."""
        self._let_go()
        return self._ruler.cancel()

    def move(self, marker_id: str, time: RationalTime) -> None:
        """Put a marker of the sequence elsewhere, as one step."""
        self._session.document.do_alone(EditMarker(self._session.sequence_id, marker_id, {"time": time}))
        self._session.transport.set_time(time)

    def menu(self, marker_id: str) -> QMenu:
        """What applies to a marker, or without one to the playhead."""
        menu, session = QMenu(self._panel), self._session
        if not marker_id:
            for action_id, title in _PLACE:
                if action_id:
                    menu.addAction(translated("MarkerHand", title), partial(self._panel.run, action_id))
                else:
                    menu.addSeparator()
            return menu
        menu.addAction(QCoreApplication.translate("MarkerHand", "Edit marker…"), lambda: self.open(marker_id))
        colours = menu.addMenu(QCoreApplication.translate("MarkerHand", "Colour"))
        for name in COLOURS:
            command = EditMarker(session.sequence_id, marker_id, {"colour": name})
            colours.addAction(swatch_icon(name), colour_title(name), partial(session.document.do_alone, command))
        menu.addSeparator()
        menu.addAction(
            QCoreApplication.translate("MarkerHand", "Delete marker"),
            lambda: session.document.do(RemoveMarker(session.sequence_id, marker_id)),
        )
        return menu

    def _open_menu(self, marker_id: str, position: QPoint) -> None:
        pop_up(self.menu(marker_id), position)


def swatch_icon(name: str) -> QIcon:
    """A dot in a marker's colour, for menus and lists."""
    icon = QIcon()
    for ratio in (1.0, 2.0):
        pixmap = QPixmap(round(16 * ratio), round(16 * ratio))
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(marker_colour(name))
        painter.setBrush(marker_colour(name))
        painter.drawEllipse(4, 4, 8, 8)
        painter.end()
        icon.addPixmap(pixmap)
    return icon

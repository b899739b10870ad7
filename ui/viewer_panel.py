"""What the source and the program viewer have in common: picture, scrub bar, transport row, timecode entry."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar, Protocol

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QPainter, QPaintEvent
from PySide6.QtWidgets import QMenu, QPushButton, QStackedLayout, QToolButton, QVBoxLayout, QWidget

from studio_app.session import timecode_entry
from studio_app.session.transport import Transport
from timeline.errors import EditRefused
from timeline.query import timecode_at
from timeline.time import RationalTime
from timeline.timecode import format_timecode
from ui.panel import Panel
from ui.qt import icons, tokens
from ui.qt.language import QT_TRANSLATE_NOOP, translated
from ui.scrub_bar import ScrubBar
from ui.timecode_field import TimecodeField
from ui.viewer_surface import FIT, ViewerSurface
from ui.viewer_transport import PlayButton, TransportRow, transport_button
from ui.widgets import ground, label

_CHEVRON = 14
ZOOMS: tuple[tuple[str, float], ...] = (
    (QT_TRANSLATE_NOOP("ViewerPanel", "Fit"), FIT),
    ("25 %", 0.25),
    ("50 %", 0.5),
    ("100 %", 1.0),
    ("200 %", 2.0),
)


class Picture(Protocol):
    """What a viewer reads of a played frame."""

    @property
    def bgra(self) -> NDArray[np.uint8]:
        """(h, w, 4) uint8 B, G, R, x."""

    @property
    def number(self) -> int:
        """Grows from picture to picture."""

    @property
    def notes(self) -> tuple[str, ...]:
        """Sentences about what the picture lacks."""


class ViewerBase(Panel):
    """A picture and its playhead. A subclass says whose (`transport`, `frames`) and which buttons."""

    tone: ClassVar[str] = "accent.default"
    """Of the timecode."""

    def build(self) -> None:
        """Lay out picture, scrub bar and transport."""
        ground(self, "surface.panel")
        self.surface = ViewerSurface()
        self.scrub = ScrubBar()
        self.timecode = TimecodeField(self._judge, tone=self.tone)
        self.duration = label("", "muted", tabular=True)
        self.duration.setAccessibleName(self.tr("Length"))
        self.play = PlayButton(lambda: self.run("playback.toggle"), filled=self.monitor == "program")
        self.row = TransportRow(self.timecode, self.middle(), (*self.side(), self.duration), self.spare())
        self.body = QWidget()
        self.pages = QStackedLayout(self)
        self.pages.addWidget(self.body)
        column = QVBoxLayout(self.body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget, stretch in ((self.surface, 1), (self.scrub, 0), (self.row, 0)):
            column.addWidget(widget, stretch)
        self.zoom = Choice(self.tr("Zoom"), [(translated("ViewerPanel", text), factor) for text, factor in ZOOMS], 0)
        self._number = 0
        self.furnish()
        self._wire()
        self._settings_changed()
        self._sequence_changed()
        self._state_changed()

    # --- what a subclass says -----------------------------------------------------------------------------------------

    @property
    def transport(self) -> Transport:
        """The playhead that is shown."""
        raise NotImplementedError

    @property
    def frames(self) -> Any:
        """The signal that brings pictures."""
        raise NotImplementedError

    def middle(self) -> Iterable[QWidget]:
        """The buttons in the middle of the row."""
        raise NotImplementedError

    def side(self) -> Iterable[QWidget]:
        """The buttons beside the length."""
        return ()

    def spare(self) -> Iterable[QWidget]:
        """Of the middle, what goes first in a narrow panel."""
        return ()

    def furnish(self) -> None:
        """Add what lies over the picture, before anything is shown."""

    # --- what it does -------------------------------------------------------------------------------------------------

    def run(self, action_id: str) -> None:
        """A button of a viewer acts on that viewer."""
        self.session.monitor = self.monitor
        super().run(action_id)

    def button(self, icon: str, tip: str, action: str, *, checkable: bool = False) -> QToolButton:
        """A button of the row that runs an action."""
        return transport_button(icon, tip, lambda: self.run(action), checkable=checkable)

    def type_timecode(self, first: str = "") -> None:
        """Open the timecode for typing."""
        self.make()
        self.timecode.open(first)

    def show_frame(self, frame: Picture) -> None:
        """The player made a picture; older ones it has already left out."""
        self._number = frame.number
        self.surface.show_picture(frame.bgra, frame.notes)

    def _wire(self) -> None:
        transport = self.transport
        self.zoom.chosen.connect(self.surface.set_zoom)
        self.surface.size_wanted.connect(lambda width, height: self.transport.player.set_size((width, height)))
        self.surface.zoomed.connect(self._zoom_step)
        self.surface.painted.connect(lambda took: self.transport.player.painted(self._number, took))
        self.scrub.scrubbed.connect(self._scrub)
        self.scrub.marks_wanted.connect(lambda mark_in, mark_out: self.transport.set_marks(mark_in, mark_out))
        self.scrub.mark_moves.connect(self._mark_moves)
        self.timecode.entered.connect(self._enter)
        self.timecode.said.connect(lambda text: self.message.emit(text or self.shown_hint))
        self.timecode.frames_wanted.connect(lambda on: self.session.choose("frames_counted", on))
        self.listen(self.frames, self.show_frame)
        self.listen(transport.time_changed, self._time_changed)
        self.listen(transport.state_changed, self._state_changed)
        self.listen(transport.marks_changed, self._marks_changed)
        self.listen(transport.sequence_changed, self._sequence_changed)
        self.listen(transport.guest_changed, self._sequence_changed)
        self.listen(self.session.settings_changed, self._settings_changed)

    def _sequence_changed(self) -> None:
        sequence = self.transport.sequence
        self.surface.set_frame(sequence.width, sequence.height)
        self.scrub.show_sequence(sequence)
        self._time_changed(self.transport.time)
        self._marks_changed()
        self.title_changed.emit()

    def _time_changed(self, time: RationalTime) -> None:
        sequence = self.transport.sequence
        counted = self.timecode.shows_frames
        self.timecode.setText(str(time.frames(sequence.rate)) if counted else timecode_at(sequence, time))
        self.scrub.show_time(time)

    def _state_changed(self) -> None:
        self.play.show_playing(self.transport.playing)

    def _marks_changed(self) -> None:
        transport, sequence = self.transport, self.transport.sequence
        self.scrub.show_marks(transport.mark_in, transport.mark_out)
        marked = transport.marked_range
        length = marked.duration if marked is not None and self.shows_marked_length else sequence.duration
        frames = str(length.frames(sequence.rate))
        shown = frames if self.timecode.shows_frames else format_timecode(length, sequence.rate, sequence.drop_frame)
        before = self.duration.sizeHint()
        self.duration.setText(shown)
        self.duration.setToolTip(self.tr("From in to out") if length != sequence.duration else self.tr("Length"))
        if self.duration.sizeHint() != before:
            self.row.arrange()

    shows_marked_length: ClassVar[bool] = False
    """Whether the length at the right is that of the marked range, where there is one."""

    def _settings_changed(self) -> None:
        self.timecode.shows_frames = self.session.settings.values.frames_counted
        self._time_changed(self.transport.time)
        self._marks_changed()

    def _scrub(self, time: RationalTime) -> None:
        self.transport.scrub(time)

    def _mark_moves(self, time: RationalTime | None) -> None:
        """A mark is in the hand: where it is, in the status line."""
        if time is None:
            self.message.emit(self.shown_hint)
        else:
            at = timecode_at(self.transport.sequence, time)
            self.message.emit(self.tr("Mark at {timecode}. The right button puts it back.").format(timecode=at))

    def _zoom_step(self, direction: float) -> None:
        place = min(max(self.zoom.index + (1 if direction > 0 else -1), 0), len(ZOOMS) - 1)
        self.zoom.choose(place)

    def _judge(self, text: str) -> str:
        counted = self.session.settings.values.frames_counted
        return timecode_entry.judge(self.session, self.transport, text, as_frames=counted)

    def _enter(self, text: str) -> None:
        counted = self.session.settings.values.frames_counted
        try:
            timecode_entry.enter(self.session, self.transport, text, as_frames=counted)
        except EditRefused as error:
            self.session.tell(error.message)


class Choice(QPushButton):
    """A quiet menu in the tab row."""

    chosen = Signal(object)

    def __init__(self, name: str, entries: Sequence[tuple[str, object]], start: int) -> None:
        super().__init__(entries[start][0])
        self._entries = entries
        self.index = start
        self.setProperty("quiet", True)
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setFont(tokens.font("ui"))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        menu = QMenu(self)
        group = QActionGroup(menu)
        for place, (text, _) in enumerate(entries):
            action = menu.addAction(text)
            action.setData(place)
            action.setCheckable(True)
            action.setChecked(place == start)
            group.addAction(action)
        group.triggered.connect(lambda action: self.choose(int(action.data())))
        self.setMenu(menu)

    def sizeHint(self) -> QSize:
        """The word and the chevron."""
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + 16 + _CHEVRON, super().sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """The word by the style, the chevron by us."""
        super().paintEvent(event)
        painter = QPainter(self)
        place = QRectF(self.width() - _CHEVRON - 6, (self.height() - _CHEVRON) / 2, _CHEVRON, _CHEVRON)
        icons.paint(painter, place, "chevron-down", tokens.color("text.secondary"))
        painter.end()

    def actions_of_menu(self) -> list[QAction]:
        """Its entries, for another menu."""
        return self.menu().actions()

    def choose(self, place: int) -> None:
        """Take an entry."""
        self.show_entry(place)
        self.chosen.emit(self._entries[place][1])

    def show_entry(self, place: int) -> None:
        """Show that an entry was taken elsewhere."""
        self.index = place
        self.setText(self._entries[place][0])
        self.menu().actions()[place].setChecked(True)

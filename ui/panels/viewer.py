"""The program viewer: the picture at the playhead, scrub bar, transport."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Protocol

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QActionGroup, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from timeline.change import Change
from timeline.query import timecode_at
from timeline.time import RationalTime
from timeline.timecode import format_timecode
from ui.panel import Panel
from ui.qt import icons, tokens
from ui.scrub_bar import ScrubBar
from ui.viewer_meters import PlaybackMeters
from ui.viewer_surface import FIT, ViewerSurface
from ui.widgets import ground, label, tool_button

ZOOMS: tuple[tuple[str, float], ...] = (("Fit", FIT), ("25 %", 0.25), ("50 %", 0.5), ("100 %", 1.0), ("200 %", 2.0))
QUALITIES: tuple[tuple[str, str], ...] = (("Auto", "auto"), ("Full", "full"), ("Half", "half"), ("Quarter", "quarter"))
BUTTON = 28
ROW = 44


class Picture(Protocol):
    """What the viewer reads of a played frame."""

    @property
    def bgra(self) -> NDArray[np.uint8]:
        """(h, w, 4) uint8 B, G, R, x."""

    @property
    def number(self) -> int:
        """Grows from picture to picture."""

    @property
    def notes(self) -> tuple[str, ...]:
        """Sentences about what the picture lacks."""


class ViewerPanel(Panel):
    """Shows the active sequence at the playhead."""

    id: ClassVar[str] = "viewer"
    title: ClassVar[str] = "Program"
    order: ClassVar[int] = 20
    hint: ClassVar[str] = "Space plays, J K L shuttle, arrows step one frame."

    def build(self) -> None:
        """Lay out picture, scrub bar and transport."""
        ground(self, "surface.panel")
        self.surface = ViewerSurface()
        self.scrub = ScrubBar()
        self.timecode = Timecode()
        self.duration = label("", "muted", tabular=True)
        self.duration.setAccessibleName("Length of the sequence")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.surface, 1)
        column.addWidget(self.scrub)
        column.addWidget(self._transport())
        self.zoom = _Choice("Zoom", ZOOMS, 0)
        self.quality = _Choice("Quality of the preview", QUALITIES, 0)
        self.zoom.chosen.connect(self.surface.set_zoom)
        self.quality.chosen.connect(lambda choice: self.run(f"playback.quality_{choice}"))
        self._number = 0
        self.meters = PlaybackMeters(self.surface, lambda: self.session.transport.measures)
        self._wire()
        self._settings_changed()
        self._sequence_changed()
        self._time_changed(self.session.transport.time)
        self._state_changed()

    def _transport(self) -> QWidget:
        row = QWidget()
        row.setFixedHeight(ROW)
        line = QHBoxLayout(row)
        line.setContentsMargins(12, 0, 12, 0)
        line.setSpacing(2)
        left, right = (
            _Side(self.timecode, Qt.AlignmentFlag.AlignLeft),
            _Side(self.duration, Qt.AlignmentFlag.AlignRight),
        )
        self.play = PlayButton()
        self.play.clicked.connect(lambda: self.run("playback.toggle"))
        self.loop = self._button("repeat", "Loop (Ctrl+/)", "playback.loop", checkable=True)
        line.addWidget(left, 1)
        line.addWidget(self._button("skip-back", "Previous edit (Up)", "playback.previous_edit"))
        line.addWidget(self._button("step-back", "Step back (Left)", "playback.step_back"))
        line.addSpacing(4)
        line.addWidget(self.play)
        line.addSpacing(4)
        line.addWidget(self._button("step-forward", "Step forward (Right)", "playback.step_forward"))
        line.addWidget(self._button("skip-forward", "Next edit (Down)", "playback.next_edit"))
        line.addSpacing(8)
        line.addWidget(self.loop)
        line.addWidget(right, 1)
        return row

    def _button(self, icon: str, tip: str, action: str, *, checkable: bool = False) -> QToolButton:
        button = tool_button(icon, tip, checkable=checkable, size=BUTTON, icon_size=20)
        button.clicked.connect(lambda: self.run(action))
        return button

    def corner(self) -> Sequence[QWidget]:
        """Zoom and quality."""
        return (self.zoom, self.quality)

    def _wire(self) -> None:
        session = self.session
        self.surface.size_wanted.connect(lambda width, height: session.player.set_size((width, height)))
        self.surface.zoomed.connect(self._zoom_step)
        self.surface.painted.connect(lambda took: session.player.painted(self._number, took))
        self.scrub.scrubbed.connect(self._scrub)
        self.listen(session.frame_shown, self.show_frame)
        self.listen(session.transport.time_changed, self._time_changed)
        self.listen(session.transport.state_changed, self._state_changed)
        self.listen(session.transport.marks_changed, self._marks_changed)
        self.listen(session.transport.sequence_changed, self._sequence_changed)
        self.listen(session.document.changed, self._document_changed)
        self.listen(session.settings_changed, self._settings_changed)

    @property
    def tab_title(self) -> str:
        """`Program: Main cut`."""
        return f"Program: {self.session.sequence.name}"

    def show_frame(self, frame: Picture) -> None:
        """The player made a picture; older ones it has already left out."""
        self._number = frame.number
        self.surface.show_picture(frame.bgra, frame.notes)

    def _document_changed(self, change: Change) -> None:
        if change.whole or self.session.sequence_id in change.sequences:
            self._sequence_changed()

    def _sequence_changed(self) -> None:
        sequence = self.session.sequence
        self.surface.set_frame(sequence.width, sequence.height)
        self.scrub.show_sequence(sequence)
        self.duration.setText(format_timecode(sequence.duration, sequence.rate, sequence.drop_frame))
        self._marks_changed()
        self.title_changed.emit()

    def _time_changed(self, time: RationalTime) -> None:
        sequence = self.session.sequence
        self.timecode.setText(timecode_at(sequence, time))
        self.scrub.show_time(time)

    def _state_changed(self) -> None:
        self.play.show_playing(self.session.transport.playing)
        self.loop.setChecked(self.session.transport.loop)

    def _marks_changed(self) -> None:
        self.scrub.show_marks(self.session.transport.mark_in, self.session.transport.mark_out)

    def _settings_changed(self) -> None:
        values = self.session.settings.values
        self.quality.show_entry([value for _, value in QUALITIES].index(values.preview_quality))
        self.meters.setVisible(values.playback_meters)

    def _scrub(self, time: RationalTime) -> None:
        self.session.transport.scrub(time)

    def _zoom_step(self, direction: float) -> None:
        place = min(max(self.zoom.index + (1 if direction > 0 else -1), 0), len(ZOOMS) - 1)
        self.zoom.choose(place)


class PlayButton(QToolButton):
    """The filled play field, 40 x 30."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(40, 30)
        self.setIconSize(QSize(20, 20))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._playing: bool | None = None
        self.show_playing(False)

    def show_playing(self, playing: bool) -> None:
        """Play, or pause while it plays."""
        if playing != self._playing:
            self._playing = playing
            self.setAccessibleName("Pause" if playing else "Play")
            self.setToolTip(f"{'Pause' if playing else 'Play'} (Space)")
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Field and icon."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground_token = (
            "surface.pressed" if self.isDown() else "surface.hover" if self.underMouse() else "surface.control"
        )
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tokens.color(ground_token))
        painter.drawRoundedRect(self.rect(), tokens.radius("control"), tokens.radius("control"))
        if self.hasFocus():
            painter.setPen(tokens.color("accent.default"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        box = self.rect().toRectF().adjusted(10, 5, -10, -5)
        icons.paint(painter, box, "pause" if self._playing else "play", tokens.color("text.primary"), filled=True)


class Timecode(QWidget):
    """Where the playhead is. A label would have the whole window laid out anew for each frame; this only paints itself."""

    def __init__(self) -> None:
        super().__init__()
        self._text = ""
        self.setFont(tokens.font("timecode", tabular=True))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Timecode of the playhead")

    def text(self) -> str:
        """What it shows."""
        return self._text

    def setText(self, text: str) -> None:
        """Show another timecode."""
        if text != self._text:
            wider = len(text) != len(self._text)
            self._text = text
            self.setAccessibleDescription(text)
            if wider:
                self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        """As wide as zeros in its place: all digits are."""
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance("0" * len(self._text)) + 2, metrics.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """The text."""
        painter = QPainter(self)
        painter.setPen(tokens.color("accent.default"))
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), self._text)


class _Side(QWidget):
    """A text at one end of the transport row; both sides are equally wide, so that the buttons stand in the middle."""

    def __init__(self, text: QWidget, side: Qt.AlignmentFlag) -> None:
        super().__init__()
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(text, 0, side | Qt.AlignmentFlag.AlignVCenter)


class _Choice(QPushButton):
    """A quiet menu in the tab row."""

    chosen = Signal(object)

    def __init__(self, name: str, entries: Sequence[tuple[str, object]], start: int) -> None:
        super().__init__(entries[start][0])
        self._entries = entries
        self.index = start
        self.setProperty("flat", True)
        self.setFlat(True)
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

    def choose(self, place: int) -> None:
        """Take an entry."""
        self.show_entry(place)
        self.chosen.emit(self._entries[place][1])

    def show_entry(self, place: int) -> None:
        """Show that an entry was taken elsewhere."""
        self.index = place
        self.setText(self._entries[place][0])
        self.menu().actions()[place].setChecked(True)

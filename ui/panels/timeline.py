"""The timeline panel: tools, timecode, ruler, track headers, rows, scroll bar."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QScrollBar, QToolButton, QWidget

from studio_app.session import timecode_entry
from studio_app.session.in_cut import Spot, spot_of
from studio_app.session.tracks import set_track
from timeline.change import Change
from timeline.errors import EditRefused
from timeline.query import timecode_at
from timeline.time import RationalTime
from timeline.timecode import format_timecode, rate_name
from ui.generate_popover import open_generate
from ui.panel import Panel
from ui.qt.language import QT_TRANSLATE_NOOP
from ui.qt.menu import pop_up
from ui.timeline_view.corner import Corner, LengthLabel
from ui.timeline_view.empty_words import EmptyWords
from ui.timeline_view.headers import COMPACT_WIDTH, WIDTH, TrackHeaders
from ui.timeline_view.layout import AUDIO_HEIGHT, VIDEO_HEIGHT, Hit
from ui.timeline_view.marker_hand import MarkerHand
from ui.timeline_view.menu import header_menu, item_menu
from ui.timeline_view.ruler import Ruler
from ui.timeline_view.saying import chosen_words
from ui.timeline_view.sequence_switch import SequenceSwitch
from ui.timeline_view.sequence_tabs import SequenceTabs
from ui.timeline_view.toolbar import ToolColumn, ZoomSlider
from ui.timeline_view.view import TimelineView
from ui.timeline_view.voice import Voice
from ui.widgets import ground, tool_button

COMPACT_BELOW = 1398
"""Narrower panels, those of windows under 1400 px, have narrow headers and low tracks."""
COMPACT_HEIGHTS = (48, 40)
HIGHER = 1.25
"""Ctrl+= and Ctrl+- make the rows higher or lower by this."""


class TimelinePanel(Panel):
    """The active sequence."""

    id: ClassVar[str] = "timeline"
    title: ClassVar[str] = QT_TRANSLATE_NOOP("Panel", "Timeline")
    order: ClassVar[int] = 40
    hint: ClassVar[str] = QT_TRANSLATE_NOOP(
        "Panel", "Drag clips to move, their ends to trim. Ctrl inserts or ripples, Alt copies, Shift keeps the time."
    )

    def build(self) -> None:
        """Lay out the parts and connect them."""
        self.view = view = TimelineView(self.session)
        self.tools = ToolColumn()
        self.corner_box = Corner(self._judge_time)
        self.ruler = Ruler(self, lambda: view.sequence, lambda: view.scale)
        self.empty_words = EmptyWords(view.viewport())
        self.headers = TrackHeaders(self, self._set_track)
        self.tabs = SequenceTabs()
        self.length = LengthLabel()
        self.bar = QScrollBar(Qt.Orientation.Horizontal)
        self.bar.setAccessibleName(self.tr("Scroll through time"))
        ground(self, "surface.panel")
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(0)
        grid.addWidget(self.tools, 0, 0, 4, 1)
        grid.addWidget(self.tabs, 0, 1, 1, 2)
        grid.addWidget(self.corner_box, 1, 1)
        grid.addWidget(self.ruler, 1, 2)
        grid.addWidget(self.headers, 2, 1)
        grid.addWidget(view, 2, 2)
        grid.addWidget(self.length, 3, 1)
        grid.addWidget(self.bar, 3, 2)
        grid.setColumnStretch(2, 1)
        grid.setRowStretch(2, 1)
        self.setFocusProxy(view)
        self.markers = MarkerHand(self, view, self.ruler)
        self.switch = SequenceSwitch(self.session, view, self.tabs)
        self.voice = Voice(view)
        self._switches()
        self._wire_view()
        self._wire_session()
        view.snapping = self.session.settings.values.snapping
        self._show_rows()
        self.empty_words.show_sequence(self.session.sequence)
        self._moved(self.session.transport.time)
        self._scaled()
        view.set_active(self.has_keys)

    def _switches(self) -> None:
        self.snap = tool_button("magnet", self.tr("Snapping (S)"), checkable=True)
        self.link = tool_button("link", self.tr("Linked selection"), checkable=True)
        self.ripple = tool_button("arrow-left-right", self.tr("Ripple mode: trims close gaps"), checkable=True)
        self.marker = tool_button("flag", self.tr("Add marker (M)"))
        self.zoom_box = ZoomSlider()
        self.snap.setChecked(self.session.settings.values.snapping)
        self.link.setChecked(True)
        self.snap.clicked.connect(lambda: self.run("sequence.snapping"))
        self.link.toggled.connect(lambda on: setattr(self.view, "linked", on))
        self.ripple.toggled.connect(lambda on: setattr(self.view, "ripple_mode", on))
        self.marker.clicked.connect(lambda: self.run("sequence.add_marker"))
        self.zoom_box.in_wanted.connect(self.zoom_in)
        self.zoom_box.out_wanted.connect(self.zoom_out)
        self.zoom_box.wanted.connect(self._zoom_to)

    def corner(self) -> Sequence[QWidget]:
        """Switches and zoom."""
        return (self.snap, self.link, self.ripple, self.marker, self.zoom_box)

    def _wire_view(self) -> None:
        view = self.view
        view.scale_changed.connect(self._scaled)
        view.rows_changed.connect(self._show_rows)
        view.rows_scrolled.connect(lambda: self.headers.scroll_to(view.scroll_y))
        view.playhead_moved.connect(self._moved)
        view.said.connect(lambda text: self.message.emit(text or self.resting_words))
        view.menu_wanted.connect(self._open_item_menu)
        view.tool_changed.connect(self.tools.show_tool)
        view.snapping_toggled.connect(lambda: self.run("sequence.snapping"))
        view.marker_opened.connect(self.markers.open)
        self.tools.chosen.connect(view.set_tool)
        self.ruler.scrubbed.connect(self._scrub)
        self.ruler.wheeled.connect(lambda event: view.hand.wheel(event, event.position().x()))
        self.ruler.drop_target = view.drops.from_ruler
        self.ruler.drag_left.connect(view.drops.leave)
        self.headers.wheeled.connect(lambda event: view.hand.wheel(event, 0.0))
        self.headers.tall_toggled.connect(view.set_tall)
        self.headers.menu_wanted.connect(self._open_header_menu)
        self.headers.height_wanted.connect(view.set_tall)
        self.headers.target_wanted.connect(lambda track_id, only: self.session.targets.toggle(track_id, only=only))
        self.headers.gain_ended.connect(self.session.document.seal)
        bar = view.horizontalScrollBar()
        bar.rangeChanged.connect(lambda low, high: self._bar_range(low, high))
        bar.valueChanged.connect(self.bar.setValue)
        self.bar.valueChanged.connect(bar.setValue)

        field = self.corner_box.field
        field.entered.connect(self._enter_time)
        field.said.connect(lambda text: self.message.emit(text or self.resting_words))
        field.frames_wanted.connect(lambda on: self.session.choose("frames_counted", on))

    def _wire_session(self) -> None:
        session = self.session
        self.listen(session.document.changed, self._changed)
        self.listen(session.document.library_changed, self.view.refresh_library)
        self.listen(session.presence.changed, self.view.refresh_library)
        self.listen(session.selection.items.changed, self._chosen)
        self.listen(session.transport.time_changed, self.view.move_playhead)
        self.listen(session.document.changed, self.voice.changed)
        self.listen(session.selection.items.changed, self.voice.chosen)
        self.listen(session.transport.time_changed, self.voice.moved)
        self.listen(session.transport.marks_changed, self._show_marks)
        self.listen(session.transport.sequence_changed, self._other_sequence)
        self.listen(session.trimming.changed, self._edit_held)
        self.listen(session.paced, self._show_paces)
        self.listen(session.generation.changed, self.view.refresh_shot)
        self.listen(session.stand_ins.changed, self.view.refresh_shot)
        self.listen(session.thumbnails.arrived, lambda _: self.view.bodies.filmstrips.more())
        self.listen(session.waveforms.arrived, self.view.refresh_waveform)
        self.listen(session.tiles.arrived, lambda _: self.view.refresh_bodies())
        self.listen(session.proxies.changed, lambda _: self.view.spoil())
        self.listen(session.targets.changed, self._show_headers)
        self.listen(session.settings_changed, self._settings_changed)

    # --- what the session says --------------------------------------------------------------------------------------

    @property
    def tab_title(self) -> str:
        """The sequence's name, while no tabs below say it."""
        shown = self.is_built and not self.tabs.isHidden()
        return self.shown_title if shown else self.session.sequence.name or self.shown_title

    def _changed(self, change: Change) -> None:
        self.view.refresh(change)
        self.view.fit_if_new()
        if change.markers or change.whole:
            self.ruler.update()
        self.switch.project_changed(change)
        self.empty_words.show_sequence(self.session.sequence)
        if self.session.selection.item_ids:
            self._rest()
        self.title_changed.emit()

    def _show_paces(self) -> None:
        known = (one for one in self.session.paces if one.pace != "unknown")
        self.ruler.show_paces(tuple((one.range, one.pace == "slow") for one in known))

    def _chosen(self) -> None:
        self.view.show_chosen()
        self._rest()

    def _rest(self) -> None:
        """Say what is chosen; behind another tab there is nothing to say: the hint of what is seen stays."""
        if not self.view.is_held and not self.visibleRegion().isEmpty():
            self.message.emit(self.resting_words)

    @property
    def resting_words(self) -> str:
        """What is chosen, and what the hand can do."""
        session = self.session
        if not self.is_built or self.has_fault:
            return self.shown_hint
        if session.trimming.edit is not None:
            return session.trimming.words()
        document, ids = session.document, session.selection.item_ids
        chosen = chosen_words(ids, session.sequence, document.library, self.view.facts, document.project)
        help_ = self.tr("Ctrl inserts, {copy_key} copies, Shift keeps the time.").format(copy_key=self.view.copy_key)
        return f"{chosen} {help_}" if chosen else self.shown_hint

    def _edit_held(self) -> None:
        self.view.refresh_edit()
        self.message.emit(self.resting_words)

    def _other_sequence(self) -> None:
        self.switch.sequence_changed()
        self.empty_words.show_sequence(self.session.sequence)
        self._show_marks()
        self._moved(self.session.transport.time)
        self.title_changed.emit()

    def _settings_changed(self) -> None:
        on = self.session.settings.values.snapping
        self.snap.setChecked(on)
        self.view.set_snapping(on)
        self._moved(self.session.transport.time)

    def _show_headers(self) -> None:
        self.headers.show_layout(self.view.layout_now, self.session.targets.ids)

    def _show_rows(self) -> None:
        self._show_headers()
        self.headers.scroll_to(self.view.scroll_y)
        sequence = self.view.sequence
        self.length.setText(
            self.tr("{format_timecode} long").format(
                format_timecode=format_timecode(sequence.duration, sequence.rate, sequence.drop_frame)
            )
        )
        self.corner_box.show_rate(self.tr("{rate} fps").format(rate=rate_name(sequence.rate)))

    def _show_marks(self) -> None:
        self.ruler.marks = (self.session.transport.mark_in, self.session.transport.mark_out)
        self.ruler.update()

    def _moved(self, time: RationalTime) -> None:
        sequence = self.view.sequence
        counted = self.session.settings.values.frames_counted
        shown = str(time.frames(sequence.rate)) if counted else timecode_at(sequence, time)
        self.corner_box.field.shows_frames = counted
        self.corner_box.show_timecode(shown)
        self.ruler.move_playhead(time)

    def _scaled(self) -> None:
        self.ruler.update()
        self.zoom_box.show_scale(self.view.scale)

    def _bar_range(self, low: int, high: int) -> None:
        self.bar.setRange(low, high)
        self.bar.setPageStep(self.view.horizontalScrollBar().pageStep())
        self.bar.setSingleStep(self.view.horizontalScrollBar().singleStep())

    def take_keys(self, has_keys: bool) -> None:
        """Edges of what is chosen turn accent or grey."""
        super().take_keys(has_keys)
        if self.is_built:
            self.view.set_active(has_keys)

    # --- what the hand does -----------------------------------------------------------------------------------------

    def _scrub(self, time: RationalTime) -> None:
        self.session.transport.scrub(time)

    def type_timecode(self, first: str = "") -> None:
        """Open the timecode in the corner for typing."""
        self.make()
        self.corner_box.field.open(first)

    def _judge_time(self, text: str) -> str:
        counted = self.session.settings.values.frames_counted
        return timecode_entry.judge(self.session, self.session.transport, text, as_frames=counted)

    def _enter_time(self, text: str) -> None:
        counted = self.session.settings.values.frames_counted
        try:
            timecode_entry.enter(self.session, self.session.transport, text, as_frames=counted)
        except EditRefused as error:
            self.session.tell(error.message)

    def _set_track(self, track_id: str, changes: dict[str, Any]) -> None:
        done = set_track(self.session, track_id, changes)
        header = self.headers.header(track_id)
        if not done and header is not None:
            header.show_again()

    def _zoom_to(self, pixels_per_second: float) -> None:
        self.view.zoom_at(pixels_per_second / self.view.scale.pixels_per_second, self.view.zoom_anchor())

    def _open_item_menu(self, hit: Hit, position: QPoint) -> None:
        pop_up(item_menu(self, self.session, self.view, hit), position)

    def _open_header_menu(self, track_id: str, position: QPoint) -> None:
        pop_up(header_menu(self, self.session, self.view, self.headers, track_id), position)

    def generate(self, _: str = "") -> None:
        """Open what "generate here" asks, at the place it is meant for."""
        self.make()
        try:
            spot = spot_of(self.session)
        except EditRefused as error:
            self.session.tell(error.message)
            return
        open_generate(self, self.session, spot, self._on_screen(spot))

    def _on_screen(self, spot: Spot) -> QRect:
        """Where a place is on the screen, as far as it is in view."""
        view, viewport = self.view, self.view.viewport()
        row = view.layout_now.row(spot.track_id) if spot.track_id else None
        left = min(max(view.scale.x_of(spot.range.start), 0), viewport.width() - 1)
        right = min(max(view.scale.x_of(spot.range.end), left + 1), viewport.width())
        top = row.clip_top - view.scroll_y if row is not None else 0
        height = row.clip_height if row is not None else 24
        return QRect(viewport.mapToGlobal(QPoint(round(left), round(top))), QSize(round(right - left), height))

    # --- what the window asks ---------------------------------------------------------------------------------------

    def zoom(self, how: str) -> None:
        """`in`, `out`, `fit`; `higher` or `lower` tracks."""
        ways: dict[str, Callable[[], None]] = {
            "in": self.zoom_in,
            "out": self.zoom_out,
            "higher": lambda: self.view.scale_heights(HIGHER),
            "lower": lambda: self.view.scale_heights(1 / HIGHER),
        }
        ways.get(how, self.zoom_fit)()

    def zoom_in(self) -> None:
        """Twice as wide, about the playhead."""
        self.view.zoom_in()

    def zoom_out(self) -> None:
        """Half as wide, about the playhead."""
        self.view.zoom_out()

    def zoom_fit(self) -> None:
        """The whole sequence; again: back to the zoom before."""
        self.view.zoom_fit()

    def reveal(self, about: str) -> None:
        """Open the marker of this id, of the sequence or of a clip in it."""
        self.markers.open(about)

    def set_tool(self, tool_id: str) -> None:
        """Make another tool the active one."""
        self.view.set_tool(tool_id)

    def keep_tool(self, _: str = "") -> None:
        """The key of a tool goes down."""
        if self.is_built:
            self.view.hand.keep_tool()

    def give_tool_back(self, held: str) -> None:
        """It came up; `held` says whether it was down for long."""
        if self.is_built:
            self.view.hand.give_tool_back(held=bool(held))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Narrow windows have narrow headers."""
        super().resizeEvent(event)
        if self.is_built:
            width = COMPACT_WIDTH if self.width() < COMPACT_BELOW else WIDTH
            for part in (self.headers, self.corner_box, self.length):
                part.setFixedWidth(width)
            self.view.set_usual_heights(*(COMPACT_HEIGHTS if width == COMPACT_WIDTH else (VIDEO_HEIGHT, AUDIO_HEIGHT)))
            self._show_headers()

    def switches(self) -> tuple[QToolButton, ...]:
        """The toggles of the tab row."""
        return (self.snap, self.link, self.ripple)

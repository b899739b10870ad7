"""The rows of the timeline: one painted scroll area that shows the active sequence at a scale."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Final

from PySide6.QtCore import QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from studio_app.session.session import Session
from timeline.change import Change
from timeline.items import Clip, MediaSource, Placeholder
from timeline.project import Project
from timeline.sequence import Sequence
from timeline.time import RationalTime
from timeline.track import Track
from ui.timeline_view.bodies import MediaBodies
from ui.timeline_view.damage import changed_stretches
from ui.timeline_view.edit_brackets import edit_brackets
from ui.timeline_view.facts import Facts
from ui.timeline_view.following import followed
from ui.timeline_view.layout import Layout, Row
from ui.timeline_view.left_as import LeftAs
from ui.timeline_view.overlay import PLAYHEAD_HALF, Overlay, paint_bracket
from ui.timeline_view.painter import Shown, paint_rows
from ui.timeline_view.row_heights import RowHeights
from ui.timeline_view.scrolling import TimeScrollArea
from ui.timeline_view.still import Paint, Still
from ui.timeline_view.sync import SyncOffsets

FEW: Final = 40
"""So many items at most are painted again one by one."""
BRINGS: Final = 80.0
"""What is brought into view lies so far from the left edge."""
SOON: Final = 30
"""Milliseconds in which pictures and parts of waveforms gather before they are painted."""


class RowsView(TimeScrollArea):
    """Shows `session.sequence`, or `preview` while a drag would change it. Knows zoom, scroll and playhead, not the hand."""

    rows_changed = Signal()
    playhead_moved = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session.sequence.rate, parent)
        self.session = session
        self.bodies = MediaBodies(session)
        self._still = Still()
        self.overlay = Overlay(playhead=session.transport.time)
        self.heights = RowHeights()
        self.left_as = LeftAs(session)
        self.left_as.take_heights(self.heights)
        self._facts = Facts(session.document.project, session.document.library, session.proxies.stands_for)
        self._offline: frozenset[str] = frozenset()
        self._sync = SyncOffsets()
        self._edit_tracks: tuple[str, ...] = ()
        self._body_timer = QTimer(self)
        self._body_timer.setSingleShot(True)
        self._body_timer.timeout.connect(self._paint_bodies)
        self._chosen: frozenset[str] = frozenset(session.selection.item_ids)
        self._layout = Layout(session.sequence, self._scale, self.heights)
        self.preview: Project | None = None
        self.moving: frozenset[str] = frozenset()
        self.is_active = False
        self.pen = False
        self.hovered: str | None = None
        self.fit_pending = bool(session.sequence.duration)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Timeline"))
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.bodies.filmstrips.arrived.connect(self.refresh_bodies)
        self.refresh_library()

    # --- what it shows ----------------------------------------------------------------------------------------------

    @property
    def sequence(self) -> Sequence:
        """The active sequence of the project."""
        return self._layout.sequence

    @property
    def layout_now(self) -> Layout:
        """Geometry of the project as it is, whatever preview is shown."""
        return self._layout

    @property
    def facts(self) -> Facts:
        """What clips are called."""
        return self._facts

    @property
    def content_length(self) -> RationalTime:
        """Length of the sequence."""
        return self._layout.sequence.duration

    @property
    def content_height(self) -> int:
        """Height of all rows."""
        return self._layout.height

    @property
    def anchor_time(self) -> RationalTime:
        """The playhead."""
        return self.overlay.playhead

    def rescale(self) -> None:
        """Lay out at another scale."""
        self._layout = Layout(self._layout.sequence, self._scale, self.heights)

    def refresh(self, change: Change | None = None) -> None:
        """Take over the project; with `change` only what it names is painted again."""
        old, sequence = self._layout, self.session.sequence
        if sequence.rate != self._scale.rate:
            self._scale = replace(self._scale, rate=sequence.rate)
        if change is not None and change.whole:
            self.left_as.take_heights(self.heights)
        self._facts = Facts(
            self.session.document.project, self.session.document.library, self.session.proxies.stands_for
        )
        self._layout = Layout(sequence, self._scale, self.heights)
        if change is not None and change.whole:
            self.fit_pending = bool(sequence.duration)
            self.bodies.filmstrips.forget()
        self.measure()
        self.rows_changed.emit()
        same_rows = [(r.track.id, r.y) for r in old.rows] == [(r.track.id, r.y) for r in self._layout.rows]
        if change is None or change.whole or not same_rows or sequence.id != old.sequence.id:
            self.spoil()
            return
        for track_id in change.tracks:
            row = self._layout.row(track_id)
            parts = changed_stretches(old, self._layout, track_id, change.clips) if self.preview is None else None
            if row is not None and parts is not None:
                for left, right in parts:
                    self._update_stretch(row, left, right)
            elif row is not None:
                self.update_row(track_id)
        self._update_partners(change)

    def _update_partners(self, change: Change) -> None:
        """Clips linked with what changed: they may be out of sync with it now, or no longer."""
        if len(change.clips) > FEW:
            return
        links = {clip.link for one in change.clips if (clip := self.sequence.clip(one)) is not None and clip.link}
        for track in self.sequence.tracks:
            for link in links:
                for place in track.places_of_link(link):
                    self.update_item(track.items[place].id)

    def refresh_library(self) -> None:
        """Media came or were found elsewhere."""
        library = self.session.document.library
        self._facts = Facts(self.session.document.project, library, self.session.proxies.stands_for)
        self._offline = self.session.presence.missing
        self.spoil()

    def refresh_shot(self, shot_id: str) -> None:
        """The state of a shot's job changed: its placeholders are painted again."""
        for track in self.sequence.tracks:
            for item in track.items:
                if isinstance(item, Clip) and isinstance(item.source, Placeholder) and item.source.shot_id == shot_id:
                    self.update_item(item.id)

    def refresh_waveform(self, media_id: str) -> None:
        """Peaks of a file arrived."""
        self.bodies.waveforms.forget(media_id)
        for row in self._layout.rows:
            if row.is_audio:
                self.update_row(row.track.id)

    def refresh_bodies(self) -> None:
        """Pictures or parts of waveforms came: soon, with all that have come by then, what was missing is painted."""
        if not self._body_timer.isActive():
            self._body_timer.start(SOON)

    def _paint_bodies(self) -> None:
        for holes in (self.bodies.filmstrips.holes, self.bodies.waveforms.holes):
            area = holes.take(self._scale, self.scroll_y)
            if area is not None:
                self.spoil(area)

    def refresh_edit(self) -> None:
        """Another edit is selected."""
        tracks = set(self._edit_tracks)
        edit = self.session.trimming.edit
        self._edit_tracks = edit.track_ids if edit is not None else ()
        for track_id in tracks | set(self._edit_tracks):
            self.update_row(track_id)

    def update_item(self, item_id: str) -> None:
        """Paint one clip again."""
        bounds = self._layout.bounds(item_id)
        if bounds is None:
            return
        row = self._layout.row_at(bounds[1])
        if row is not None:
            self._update_stretch(row, bounds[0] - 2, bounds[0] + bounds[2] + 2)

    def _update_stretch(self, row: Row, left: float, right: float) -> None:
        """Paint a part of a row again, from one viewport x to another."""
        left, right = max(-4.0, left), min(right, self.viewport().width() + 4.0)
        if right > left:
            self.spoil(QRect(int(left), row.clip_top - self.scroll_y, int(right - left) + 2, row.clip_height))

    def show_chosen(self) -> None:
        """Other items are selected: those that came or went are painted again, many of them as a whole."""
        before, self._chosen = self._chosen, frozenset(self.session.selection.item_ids)
        differing = before ^ self._chosen
        if len(differing) > FEW or any(self._layout.bounds(one) is None for one in differing):  # a transition has none
            self.spoil()
            return
        for item_id in differing:
            self.update_item(item_id)

    def is_offline(self, clip: Clip) -> bool:
        """Whether the file of a clip is missing."""
        media = self._facts.media(clip)
        return isinstance(clip.source, MediaSource) and (media is None or media.id in self._offline)

    def offset_of(self, track: Track, clip: Clip) -> int:
        """By how many frames a clip is out of sync with what it is linked to."""
        return self._sync.of(self.sequence, track, clip) if clip.link else 0

    def bring(self, item_id: str) -> None:
        """Scroll until the start of an item is in view."""
        bounds = self._layout.bounds(item_id)
        if bounds is not None:
            left, top, _, height = bounds
            across = 0.0 if 0 <= left < self.view_width - BRINGS else left - BRINGS
            above, below = top - self.scroll_y, top + height - self.scroll_y - self.viewport().height()
            self.pan(across, above if above < 0 else max(0, below))

    def set_active(self, active: bool) -> None:
        """Whether keys go to the timeline: selection edges turn accent or grey."""
        if active != self.is_active:
            self.is_active = active
            self.spoil()

    def hover(self, item_id: str | None) -> None:
        """Light the clip under the pointer."""
        if item_id != self.hovered:
            before, self.hovered = self.hovered, item_id
            for one in (before, item_id):
                if one is not None:
                    self.update_item(one)

    def show_preview(self, project: Project | None, moving: frozenset[str] = frozenset()) -> None:
        """Show the project as it would be (None: as it is); rows that stay the same are not painted again."""
        before = self._shown_sequence()
        old_moving, self.preview, self.moving = self.moving, project, moving
        after = self._shown_sequence()
        if len(before.tracks) != len(after.tracks):
            self.spoil()
            return
        for old, new in zip(before.tracks, after.tracks, strict=True):
            if old is not new or (
                old_moving != moving and any(new.index_of(one) is not None for one in old_moving | moving)
            ):
                self.update_row(new.id)

    def update_row(self, track_id: str) -> None:
        """Paint a row again."""
        self.spoil(self._area_of(track_id))

    def lay_over(self, track_id: str) -> None:
        """What lies over a row's clips is another: they themselves need not be painted."""
        area = self._area_of(track_id)
        self.viewport().update() if area is None else self.viewport().update(area)

    def _area_of(self, track_id: str) -> QRect | None:
        row = self._layout.row(track_id)
        return None if row is None else QRect(0, row.y - self.scroll_y, self.viewport().width(), row.height)

    def spoil(self, area: QRect | None = None) -> None:
        """Clips in an area of the viewport (None: all) are painted again; `viewport().update` alone repaints what is over them."""
        self._still.spoil(area)
        self.viewport().update() if area is None else self.viewport().update(area)

    def shift(self, dx: float, dy: float) -> None:
        """Scrolled: the picture moves; words that keep within the viewport have to be set anew."""
        self._still.scroll(dx, dy)
        width = self.viewport().width()
        for edge in {0.0, dx, width, width + dx} if dx else ():
            for row in self._layout.rows:
                for placed in self._layout.placements(row.track, edge - 1, edge + 1):
                    left, right = max(-4, int(placed.left) - 2), min(int(placed.right) + 3, width + 4)
                    self._still.spoil(QRect(left, row.y - self.scroll_y, max(0, right - left), row.height))
        self.viewport().update()

    def _shown_sequence(self) -> Sequence:
        preview = self.preview.sequence(self._layout.sequence.id) if self.preview is not None else None
        return preview or self._layout.sequence

    def shown(self) -> Shown:
        """What a paint shows: the preview of a drag, else the project."""
        facts, preview = self._facts, self.preview
        if preview is not None:
            facts = replace(facts, project=preview)
        self.bodies.ratio = self.viewport().devicePixelRatioF()
        return Shown(
            layout=self._shown_layout(),
            facts=facts,
            bodies=self.bodies,
            state_of=self.session.generation.state_of,
            selected=frozenset(self.session.selection.item_ids),
            focused=self.is_active,
            hovered=self.hovered if preview is None else None,
            offline=self._offline,
            sync=self._sync,
            moving=self.moving,
            view_width=self.viewport().width(),
            ratio=self.bodies.ratio,
            draft_of=self.session.stand_ins.draft_of,
            pen=self.pen,
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        """Clips, then what lies over them."""
        view = self.viewport()
        self.bodies.begin(self._scale)
        picture = self._still.fresh(view.size(), view.devicePixelRatioF(), self._part_painter())
        painter = QPainter(view)
        painter.setClipRegion(event.region())
        painter.drawPixmap(0, 0, picture)
        painter.translate(0, -self.scroll_y)
        layout = self._shown_layout()
        height = max(view.height() + self.scroll_y, layout.height)
        for bracket in edit_brackets(self.session.trimming.edit, layout.sequence):
            paint_bracket(painter, bracket, layout)
        dirty = event.rect()
        self.overlay.paint(painter, layout, float(dirty.left()), float(dirty.right() + 1), height)
        painter.end()

    def _part_painter(self) -> Paint:
        """Paints parts of the rows; what they show is worked out once, and only where there is a part."""
        shown = cache(self.shown)

        def paint(painter: QPainter, area: QRect) -> None:
            painter.translate(0, -self.scroll_y)
            paint_rows(painter, QRectF(area.translated(0, self.scroll_y)), shown())

        return paint

    def _shown_layout(self) -> Layout:
        if self.preview is None:
            return self._layout
        return Layout(self._shown_sequence(), self._scale, self.heights)

    @property
    def is_held(self) -> bool:
        """Whether a drag goes on: then the page is not turned."""
        return False

    def set_tall(self, track_id: str, height: int | None = None) -> None:
        """Another height for a track's row; None toggles between tall and normal."""
        if height is None:
            self.heights.toggle_tall(track_id)
        else:
            self.heights.put(track_id, height)
        self.left_as.keep_heights(self.heights)
        self.refresh()

    def set_usual_heights(self, video: int, audio: int) -> None:
        """Heights of all rows that have none of their own."""
        if self.heights.set_usual(video, audio):
            self.refresh()

    def scale_heights(self, factor: float) -> None:
        """All rows higher or lower."""
        self.heights.scale(self._layout.rows, factor)
        self.left_as.keep_heights(self.heights)
        self.refresh()

    # --- playhead ---------------------------------------------------------------------------------------------------

    def move_playhead(self, time: RationalTime) -> None:
        """Only the strips where it was and is are painted. While playing the view follows as the preferences say."""
        width, height = self.viewport().width(), self.viewport().height()
        before, self.overlay.playhead = self.overlay.playhead, time
        transport = self.session.transport
        if transport.playing and not self.is_held:
            how = self.session.settings.values.follow_playhead
            scale = followed(self._scale, time, width, how, backwards=transport.rate < 0)
            if scale is not None:
                self.set_scale(scale)
        for at in (self._scale.x_of(before), self._scale.x_of(time)):
            if -4 < at < width + 4:
                self.viewport().update(round(at) - PLAYHEAD_HALF, 0, 2 * PLAYHEAD_HALF + 1, height)
        self.playhead_moved.emit(time)

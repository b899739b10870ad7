"""The source viewer: one file of the pool, marked here and cut in from here by key, button or drag."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QDragEnterEvent, QDragLeaveEvent, QDropEvent, QPixmap
from PySide6.QtWidgets import QWidget

from studio_app.session.session import Monitor
from studio_app.session.transport import Transport
from timeline.time import RationalTime
from ui.drag_mime import DOCUMENTS, MEDIA_MIME, files_in, ids_in, media_mime
from ui.media_items import start_drag
from ui.qt import icons
from ui.qt.language import QT_TRANSLATE_NOOP
from ui.timeline_view.waveform import PEAKS_PER_SECOND
from ui.viewer_panel import ViewerBase
from ui.widgets import EmptyState, ground

_DRAG_HEIGHT = 63


class SourceViewerPanel(ViewerBase):
    """Shows `session.source`. Nothing of it runs before a file is opened."""

    id: ClassVar[str] = "source_viewer"
    title: ClassVar[str] = QT_TRANSLATE_NOOP("Panel", "Source")
    order: ClassVar[int] = 15
    monitor: ClassVar[Monitor] = "source"
    tone: ClassVar[str] = "text.primary"
    shows_marked_length: ClassVar[bool] = True
    hint: ClassVar[str] = QT_TRANSLATE_NOOP(
        "Panel", "I and O mark, comma inserts, period overwrites. Drag the picture to the timeline."
    )

    def build(self) -> None:
        """The viewer, or what to do while it is empty."""
        super().build()
        self.empty = EmptyState(
            "film",
            self.tr("No source open"),
            self.tr("Double click a clip in the media pool, or press F on a clip in the timeline."),
        )
        ground(self.empty, "surface.well")
        self.pages.addWidget(self.empty)
        self.zoom.setParent(self)
        self.zoom.hide()  # its entries stand in the panel's menu
        self.surface.carries = True
        self.surface.dragged.connect(self._drag)
        self.setAcceptDrops(True)
        self.listen(self.session.source.changed, self._source_changed)
        self.listen(self.session.waveforms.arrived, lambda _: self._show_sound())
        self._source_changed()

    @property
    def transport(self) -> Transport:
        """That of the source."""
        return self.session.source.transport

    @property
    def frames(self) -> Any:
        """Pictures of the source's player."""
        return self.session.source.frame_shown

    @property
    def tab_title(self) -> str:
        """`Source: A003_C012`."""
        name = self.session.source.name
        return self.tr("Source: {name}").format(name=name) if name else self.shown_title

    def middle(self) -> Iterable[QWidget]:
        """Step, play, mark, cut in."""
        self._steps = (
            self.button("step-back", self.tr("Step back (Left)"), "playback.step_back"),
            self.button("step-forward", self.tr("Step forward (Right)"), "playback.step_forward"),
        )
        self._marks = (
            self.button("mark-in", self.tr("Mark in (I)"), "sequence.mark_in"),
            self.button("mark-out", self.tr("Mark out (O)"), "sequence.mark_out"),
        )
        edits = (
            self.button("corner-down-right", self.tr("Insert (,)"), "clip.insert"),
            self.button("arrow-down-to-line", self.tr("Overwrite (.)"), "clip.overwrite"),
        )
        return (self._steps[0], self.play, self._steps[1], *self._marks, *edits)

    def side(self) -> Iterable[QWidget]:
        """The frame as a picture."""
        return (self.button("camera", self.tr("Export frame (Ctrl+Shift+E)"), "file.export_frame"),)

    def spare(self) -> Iterable[QWidget]:
        """Steps have keys everybody knows; marks come next."""
        return (*self._steps, *self._marks)

    def menu(self) -> Sequence[QAction]:
        """Zoom, and closing the file."""
        if not self.is_built:
            return ()
        close = QAction(icons.icon("x"), self.tr("Close source"), self)
        close.triggered.connect(lambda: self.run("source.close"))
        close.setEnabled(self.session.source.media_id is not None)
        divider = QAction(self)
        divider.setSeparator(True)
        return (*self.zoom.actions_of_menu(), divider, close)

    def _source_changed(self) -> None:
        shown = self.session.source.media is not None
        self.pages.setCurrentWidget(self.body if shown else self.empty)
        if not shown:
            self.surface.show_picture(None)
            self.timecode.close_entry()
        self.surface.setCursor(Qt.CursorShape.OpenHandCursor if shown else Qt.CursorShape.ArrowCursor)
        self._show_sound()
        self._sequence_changed()

    def _show_sound(self) -> None:
        """A file without picture shows its waveform."""
        media = self.session.source.media
        peaks = None
        if media is not None and media.has_audio and not media.has_video:
            peaks = self.session.waveforms.get(media)
        source = self.session.source
        if peaks is not None and source.subclip is not None:
            first, end = (
                round(at.to_seconds() * PEAKS_PER_SECOND)
                for at in (source.offset, source.offset + source.transport.end)
            )
            peaks = peaks[first:end]
        self.surface.show_wave(peaks)

    def _time_changed(self, time: RationalTime) -> None:
        super()._time_changed(time)
        if self.transport.end:
            self.surface.show_place(float(time / self.transport.end))

    # --- what is dropped here opens ------------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Clips of the pool and footage; projects and storyboards are the window's."""
        is_own = event.source() is self.surface
        files = files_in(event.mimeData())
        if not is_own and (event.mimeData().hasFormat(MEDIA_MIME) or _is_footage(files)):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.message.emit(self.tr("Drop to open it here."))

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """It went elsewhere."""
        self.message.emit(self.shown_hint)

    def dropEvent(self, event: QDropEvent) -> None:
        """The first of what is dropped is shown; files are imported before."""
        self.message.emit(self.shown_hint)
        ids, files = ids_in(event.mimeData(), MEDIA_MIME), files_in(event.mimeData())
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        if ids:
            self._open(ids)
        elif files:
            self.session.import_files(files, lambda media: self._open([one.id for one in media]))

    def _open(self, ids: Sequence[str]) -> None:
        """Show the first of these that has frames or sound of its own."""
        session = self.session
        for one in ids:
            subclip = session.document.project.pool.subclip(one)
            if subclip is not None or one in session.document.library.media:
                session.source.show(
                    subclip.media_id if subclip is not None else one, one if subclip is not None else None
                )
                return
        session.tell(self.tr("A sequence opens on the timeline: double click it in the media pool."))

    def _drag(self) -> None:
        """The picture is dragged off: the file, from mark in to mark out."""
        source = self.session.source
        one = source.subclip_id or source.media_id
        if one is None:
            return
        self.transport.pause()
        source.leads = True
        picture = self.surface.grab(self.surface.target().toAlignedRect().intersected(self.surface.rect()))
        start_drag(self.surface, media_mime([one], [source.marked_range]), _small(picture))


def _is_footage(files: Sequence[Path]) -> bool:
    return any(path.suffix.lower() not in DOCUMENTS for path in files)


def _small(picture: QPixmap) -> QPixmap:
    ratio = picture.devicePixelRatio()
    small = picture.scaledToHeight(round(_DRAG_HEIGHT * ratio), Qt.TransformationMode.SmoothTransformation)
    small.setDevicePixelRatio(ratio)
    return small

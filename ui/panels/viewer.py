"""The program viewer: the active sequence at the playhead, drop zones, the two sides of a trim."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from studio_app.session.transport import Transport
from timeline.change import Change
from ui.audition_bar import AuditionBar
from ui.panel import Panel
from ui.qt.language import QT_TRANSLATE_NOOP, translated
from ui.viewer_drop_zones import DropZones
from ui.viewer_meters import PlaybackMeters
from ui.viewer_panel import Choice, ViewerBase
from ui.viewer_two_up import TwoUp

QUALITIES: tuple[tuple[str, str], ...] = (
    (QT_TRANSLATE_NOOP("Panel", "Auto"), "auto"),
    (QT_TRANSLATE_NOOP("Panel", "Full"), "full"),
    (QT_TRANSLATE_NOOP("Panel", "Half"), "half"),
    (QT_TRANSLATE_NOOP("Panel", "Quarter"), "quarter"),
)


class ViewerPanel(ViewerBase):
    """Shows the active sequence at the playhead."""

    id: ClassVar[str] = "viewer"
    title: ClassVar[str] = QT_TRANSLATE_NOOP("Panel", "Program")
    order: ClassVar[int] = 20
    hint: ClassVar[str] = QT_TRANSLATE_NOOP("Panel", "Space plays, J K L shuttle, arrows step one frame.")

    def build(self) -> None:
        """The viewer with what only the program has."""
        self.quality = Choice(
            self.tr("Quality of the preview"), [(translated("Panel", text), one) for text, one in QUALITIES], 0
        )
        self.quality.chosen.connect(lambda choice: self.run(f"playback.quality_{choice}"))
        super().build()
        self.listen(self.session.trim_view, self.two_up.show_view)

    def furnish(self) -> None:
        """The two sides of a trim, drop zones, meters."""
        self.two_up = TwoUp(self.surface, self.session)
        self.zones = DropZones(self.surface, self.session, lambda text: self.message.emit(text or self.shown_hint))
        self.meters = PlaybackMeters(self.surface, lambda: self.session.transport.measures)
        self.audition = AuditionBar(self.surface, self.session, lambda action_id: Panel.run(self, action_id))

    @property
    def transport(self) -> Transport:
        """That of the sequence."""
        return self.session.transport

    @property
    def frames(self) -> Any:
        """Pictures of the sequence."""
        return self.session.frame_shown

    @property
    def tab_title(self) -> str:
        """`Program: Main cut`."""
        return self.tr("Program: {name}").format(name=self.transport.sequence.name)

    def middle(self) -> Iterable[QWidget]:
        """Edits, steps, play, loop."""
        self.loop = self.button("repeat", self.tr("Loop (Ctrl+/)"), "playback.loop", checkable=True)
        self._steps = (
            self.button("step-back", self.tr("Step back (Left)"), "playback.step_back"),
            self.button("step-forward", self.tr("Step forward (Right)"), "playback.step_forward"),
        )
        return (
            self.button("skip-back", self.tr("Previous edit (Up)"), "playback.previous_edit"),
            self._steps[0],
            self.play,
            self._steps[1],
            self.button("skip-forward", self.tr("Next edit (Down)"), "playback.next_edit"),
            self.loop,
        )

    def side(self) -> Iterable[QWidget]:
        """A marker at the playhead, the frame as a picture."""
        return (
            self.button("flag", self.tr("Add marker (M)"), "sequence.add_marker"),
            self.button("camera", self.tr("Export frame (Ctrl+Shift+E)"), "file.export_frame"),
        )

    def spare(self) -> Iterable[QWidget]:
        """Loop and steps have keys."""
        return (self.loop, *self._steps)

    def corner(self) -> Sequence[QWidget]:
        """Zoom and quality."""
        return (self.zoom, self.quality)

    def menu(self) -> Sequence[QAction]:
        """Safe areas and meters."""
        values, found = self.session.settings.values, []
        for action_id, title, on in (
            ("view.safe_areas", self.tr("Safe areas"), values.safe_areas),
            ("view.meters", self.tr("Playback meters"), values.playback_meters),
        ):
            action = QAction(title, self)
            action.setCheckable(True)
            action.setChecked(on)
            action.triggered.connect(lambda _=False, one=action_id: Panel.run(self, one))
            found.append(action)
        return found

    def _wire(self) -> None:
        super()._wire()
        self.listen(self.session.document.changed, self._document_changed)

    def _document_changed(self, change: Change) -> None:
        if change.whole or self.session.sequence_id in change.sequences:
            self._sequence_changed()

    def _state_changed(self) -> None:
        super()._state_changed()
        self.loop.setChecked(self.transport.loop)

    def _settings_changed(self) -> None:
        super()._settings_changed()
        values = self.session.settings.values
        self.quality.show_entry([value for _, value in QUALITIES].index(values.preview_quality))
        self.surface.show_safe_areas(values.safe_areas)
        self.meters.setVisible(values.playback_meters)

"""The animatic: the storyboard as a strip of stills to scale of time, that plays with sound in the program viewer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from studio_app.session.storyboarding import board_of
from timeline.change import Change
from timeline.commands.edit_shot import EditShot
from timeline.time import RationalTime
from timeline.timecode import format_timecode
from ui.animatic_strip import AnimaticStrip
from ui.panel import Panel
from ui.qt import icons
from ui.qt.language import QT_TRANSLATE_NOOP
from ui.qt.menu import pop_up
from ui.widgets import label, tool_button


class AnimaticPanel(Panel):
    """Playhead, stills, acts; a press goes there, a double click plays from there."""

    id: ClassVar[str] = "animatic"
    title: ClassVar[str] = QT_TRANSLATE_NOOP("Panel", "Animatic")
    also: ClassVar[str] = "storyboard"
    order: ClassVar[int] = 25
    hint: ClassVar[str] = QT_TRANSLATE_NOOP(
        "Panel",
        "Drag the playhead, Space plays from there. Drag the end of a shot for its length. Ctrl and the wheel widen the strip.",
    )

    def build(self) -> None:
        """The strip; time and verb stand in the tab row."""
        session = self.session
        self.strip = AnimaticStrip(session)
        self.strip.sought.connect(self._seek)
        self.strip.played.connect(lambda: self.run("animatic.play") if not session.animatic.is_on else None)
        self.strip.trimmed.connect(self._trim)
        self.strip.trim_ended.connect(self._trim_ended)
        self._is_trimming = False
        self.strip.menu_asked.connect(self._open_menu)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.strip)
        self.setFocusProxy(self.strip)
        self.time = label("", "muted", tabular=True)
        self.play = tool_button("play", self.tr("Play animatic (Space)"))
        self.play.clicked.connect(lambda: self.run("animatic.play"))
        self._again = QTimer(self, interval=50, singleShot=True)
        self._again.timeout.connect(self.strip.refresh)
        self.listen(session.document.changed, self._changed)
        self.listen(session.animatic.changed, self._show_playing)
        self.listen(session.animatic.moved, self._show_time)
        self.listen(session.selection.shots.changed, self._soon)
        self.listen(session.generation.changed, lambda _: self._soon())
        self.listen(session.thumbnails.arrived, self._came)
        self.listen(session.sketches.arrived, self._came)
        self._refresh()

    def corner(self) -> Sequence[QWidget]:
        """Where the playhead stands, and the verb."""
        return (self.time, self.play)

    def menu(self) -> Sequence[QAction]:
        """What else is made of the storyboard."""
        found = []
        for text, action_id in (
            (self.tr("Play animatic"), "animatic.play"),
            (self.tr("To timeline"), "shot.place"),
            (self.tr("Print to PDF…"), "shot.print"),
            (self.tr("Contact sheet…"), "shot.contact_sheet"),
        ):
            action = QAction(text, self)
            action.triggered.connect(lambda _=False, run=action_id: self.run(run))
            found.append(action)
        return tuple(found)

    def take_keys(self, has_keys: bool) -> None:
        """What is chosen wears the accent while keys go here."""
        super().take_keys(has_keys)
        if self.is_built and not self.has_fault:
            self.strip.refresh()

    def release(self) -> None:
        """Nothing is painted any more."""
        super().release()
        if self.is_built and not self.has_fault:
            self._again.stop()

    def _came(self, key: str) -> None:
        self.strip.pictures.came(key)
        self._soon()

    def _soon(self) -> None:
        """Once for all that comes in a moment."""
        if not self._again.isActive():
            self._again.start()

    def _changed(self, change: Change) -> None:
        if change.storyboards or change.shots or change.whole:
            self._refresh()

    def _refresh(self) -> None:
        self.strip.show_board(board_of(self.session))
        self._show_time(self.session.animatic.at)
        self._show_playing()

    def _show_time(self, time: RationalTime) -> None:
        board = board_of(self.session)
        rate = board.rate if board is not None else self.session.sequence.rate
        self.time.setText(f"{format_timecode(time, rate)} / {format_timecode(self.strip.length, rate)}")
        self.strip.show_time(time)

    def _show_playing(self) -> None:
        is_on = self.session.animatic.is_on
        self.play.setIcon(icons.icon("square" if is_on else "play", "text.secondary", "text.primary"))
        self.play.setEnabled(bool(self.strip.length))

    def _seek(self, time: RationalTime) -> None:
        board = board_of(self.session)
        if board is not None:
            self.session.animatic.go_to(board, time)

    def _trim(self, shot_id: str, length: RationalTime) -> None:
        """All of one drag is one step."""
        board, document = board_of(self.session), self.session.document
        shot = board.shot(shot_id) if board is not None else None
        if board is None or shot is None or shot.duration == length:
            return
        if not self._is_trimming:
            self._is_trimming = True
            document.seal()
        document.do(EditShot(board.id, shot_id, {"duration": length}))

    def _trim_ended(self, is_kept: bool) -> None:
        was, self._is_trimming = self._is_trimming, False
        self.session.document.seal()
        if was and not is_kept:
            self.session.document.undo()

    def _open_menu(self, at: QPoint) -> None:
        menu = QMenu(self)
        for text, icon, action_id in (
            (self.tr("Play from here"), "play", "animatic.play"),
            (self.tr("Generate another take"), "sparkles", "shot.generate"),
            (self.tr("Split"), "scissors", "shot.split"),
            (self.tr("Duplicate"), "copy", "shot.duplicate"),
            (self.tr("Remove shots"), "trash-2", "shot.remove"),
        ):
            menu.addAction(icons.icon(icon), text, lambda run=action_id: self.run(run))
        pop_up(menu, at)

"""The storyboard: cards in order, their states, and the one button that makes what is missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import QItemSelectionModel, QPoint, QTimer
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedLayout, QVBoxLayout, QWidget

from studio_app.planning.assemble import total_length
from timeline.change import Change
from timeline.command import Batch, Command
from timeline.commands.add_shot import AddShot
from timeline.commands.move_shot import MoveShot
from timeline.media import Media
from timeline.storyboard import DEFAULT_SHOT_SECONDS, Shot
from timeline.time import FrameRate, RationalTime
from timeline.timecode import format_timecode
from ui import words
from ui.panel import Panel
from ui.qt import icons
from ui.qt.language import QT_TRANSLATE_NOOP
from ui.qt.menu import pop_up
from ui.shot_delegate import ShotDelegate
from ui.shot_items import SHOT, STATES, ShotModel, state_word
from ui.shot_view import ShotView
from ui.widgets import EmptyState, StateCount, hairline, label, push_button, tool_button

COUNT_MS = 100
"""Progress comes up to 20 times a second for each shot; the counts above the cards need not be told so often."""
_COUNTED = ("ready", "footage", "running", "landing", "queued", "failed")


class StoryboardPanel(Panel):
    """Cards are added, written, ordered and dragged to the timeline here."""

    id: ClassVar[str] = "storyboard"
    title: ClassVar[str] = QT_TRANSLATE_NOOP("Panel", "Storyboard")
    order: ClassVar[int] = 20
    hint: ClassVar[str] = QT_TRANSLATE_NOOP(
        "Panel", "Drag a card to reorder, or onto the timeline. Enter edits the description."
    )

    def build(self) -> None:
        """Head with counts and the primary button, cards below."""
        self._counting = QTimer(self, interval=COUNT_MS, singleShot=True)
        self._counting.timeout.connect(self._tell_states)
        self.model = ShotModel(self.session)
        self.delegate = ShotDelegate(self.session, self.model)
        self.view = ShotView(self.model, self.delegate)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.head = self._head()
        column.addWidget(self.head)
        self.line = hairline()
        column.addWidget(self.line)
        body = QWidget()
        self.stack = QStackedLayout(body)
        self.empty = EmptyState(
            "clapperboard",
            self.tr("No shots yet"),
            self.tr("Add a shot and say what is to be seen, or drop pictures and clips here."),
            (self.tr("Add shot"), "plus", lambda: self.run("shot.add")),
            (self.tr("Import storyboard"), "download", lambda: self.run("file.import_storyboard")),
        )
        self.stack.addWidget(self.view)
        self.stack.addWidget(self.empty)
        column.addWidget(body, 1)
        self.setFocusProxy(self.view)
        self._wire()

    def _head(self) -> QWidget:
        head = QWidget()
        layout = QHBoxLayout(head)
        layout.setContentsMargins(16, 10, 16, 10)
        layout.setSpacing(12)
        self.count = label("", size="body", weight="semibold")
        self.total = label("", "muted", tabular=True)
        layout.addWidget(self.count)
        layout.addWidget(self.total)
        self.counts = {state: StateCount(*STATES[state][:2], state_word(state)) for state in _COUNTED}
        for chip in self.counts.values():
            layout.addWidget(chip)
        layout.addStretch(1)
        self._verbs, self._cancel_words = ("", ""), ""
        self.cancel = push_button(self.tr("Cancel"), "x")
        self.cancel.clicked.connect(lambda: self.run("shot.cancel_all"))
        self.place = push_button(self.tr("To timeline"), "arrow-down-to-line")
        self.place.setToolTip(
            self.tr("Stand the shots on the timeline: takes where there are some, placeholders where not")
        )
        self.place.clicked.connect(lambda: self.run("shot.place"))
        self.generate = push_button(self.tr("Generate"), "sparkles", primary=True)
        self.generate.clicked.connect(lambda: self.run("shot.generate_all"))
        for button in (self.cancel, self.place, self.generate):
            layout.addWidget(button)
        return head

    def _wire(self) -> None:
        view, session = self.view, self.session
        view.add_asked.connect(self._add)
        view.retry_asked.connect(session.generation.retry)
        view.cancel_asked.connect(session.generation.cancel)
        view.moved.connect(self._move)
        view.media_dropped.connect(self._add_media_ids)
        view.files_dropped.connect(self._add_files)
        view.customContextMenuRequested.connect(self._open_menu)
        view.selectionModel().selectionChanged.connect(lambda *_: self._chose())
        self.model.modelReset.connect(self._follow)
        self.listen(session.document.changed, self._changed)
        self.listen(session.document.library_changed, self._tell_states)
        self.listen(session.generation.changed, self._state_changed)
        self.listen(session.thumbnails.arrived, lambda _: view.viewport().update())
        self.listen(session.sketches.arrived, lambda _: view.viewport().update())
        self.listen(session.selection.shots.changed, self._follow)
        self._refresh()

    def corner(self) -> Sequence[QWidget]:
        """Add a shot."""
        button = tool_button("plus", self.tr("Add shot"))
        button.clicked.connect(self._add)
        return (button,)

    def menu(self) -> Sequence[QAction]:
        """Import a storyboard file; what the shots tell, and what they lack."""
        found = []
        for text, action_id in (
            (self.tr("Import storyboard…"), "file.import_storyboard"),
            (self.tr("Dramatic structure"), "narrative.look"),
            (self.tr("What is missing"), "suggest.missing"),
        ):
            action = QAction(text, self)
            action.triggered.connect(lambda _=False, run=action_id: self.run(run))
            found.append(action)
        return tuple(found)

    def reveal(self, shot_id: str) -> None:
        """Choose a shot and scroll to it."""
        self.session.selection.shots.set([shot_id])

    # keep the screen true

    def _changed(self, change: Change) -> None:
        if change.storyboards or change.shots or change.whole:
            self._refresh()

    def _refresh(self) -> None:
        self.model.refresh()
        self._tell_states()

    def _state_changed(self, shot_id: str) -> None:
        self.model.touch(shot_id)
        if not self._counting.isActive():
            self._counting.start()

    def _tell_states(self) -> None:
        board = self.model.board
        shots = board.shots if board is not None else ()
        self.stack.setCurrentWidget(self.view if shots else self.empty)
        for widget in (self.head, self.line):
            widget.setVisible(bool(shots))
        if board is None or not shots:
            return
        self.count.setText(words.plural(len(shots), "shot"))
        self.total.setText(format_timecode(total_length(board), board.rate))
        states = Counter(self.session.generation.state_of(shot.id).state for shot in shots)
        for state, chip in self.counts.items():
            chip.set_number(states[state])
        busy = states["running"] + states["queued"] + states["landing"]
        self.cancel.setVisible(bool(busy))
        self._cancel_words = self.tr("Cancel {jobs}").format(jobs=words.plural(busy, "job"))
        missing = len(self.session.generation.missing(board))
        self.generate.setVisible(bool(missing))
        what = (
            self.tr("{missing} missing").format(missing=missing)
            if missing < len(shots)
            else words.plural(missing, "shot")
        )
        self._verbs = (
            self.tr("Generate {what}, free").format(what=what),
            self.tr("Generate {missing}").format(missing=missing),
        )
        self._squeeze()

    def _squeeze(self) -> None:
        """In a narrow panel words, then counts, then the second button give way; the verb is never cut."""
        self.cancel.setToolTip(self._cancel_words)
        for less in range(7):
            for state, chip in self.counts.items():
                chip.set_compact(less > 0)
                shown = less < 4 or (less < 6 and state in ("running", "failed"))
                chip.setVisible(chip.number > 0 and shown)
            self.cancel.setText(self._cancel_words if less < 2 else self.tr("Cancel"))
            self.place.setVisible(less < 3)
            self.total.setVisible(less < 5)
            self.generate.setText(self._verbs[0] if less < 5 else self._verbs[1])
            layout = self.head.layout()
            if layout is not None:
                layout.invalidate()
            if self.head.sizeHint().width() <= self.width():
                return

    def resizeEvent(self, event: QResizeEvent) -> None:
        """See what still fits."""
        if self.is_built:
            self._squeeze()

    def _chose(self) -> None:
        ids = [index.data(SHOT).id for index in self.view.selectionModel().selectedIndexes() if index.data(SHOT)]
        self.session.selection.shots.set(ids)

    def _follow(self) -> None:
        wanted = self.session.selection.shots.ids
        model = self.view.selectionModel()
        if set(wanted) == {index.data(SHOT).id for index in model.selectedIndexes() if index.data(SHOT)}:
            return
        model.blockSignals(True)
        model.clear()
        for shot_id in wanted:
            row = self.model.row_of(shot_id)
            if row is not None:
                index = self.model.index(row)
                model.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.Select)
                self.view.scrollTo(index)
        model.blockSignals(False)
        self.view.viewport().update()

    # what a hand does

    def _add(self) -> None:
        self.run("shot.add")
        lead = self.session.selection.shots.lead
        row = self.model.row_of(lead) if lead is not None else None
        if row is not None:
            index = self.model.index(row)
            QTimer.singleShot(0, self.view, lambda: self.view.edit(index))

    def _move(self, shot_ids: list[str], place: int) -> None:
        board = self.model.board
        if board is None:
            return
        order = [shot.id for shot in board.shots]
        moved = [one for one in shot_ids if one in order]
        rest = [one for one in order if one not in moved]
        ahead = sum(1 for one in order[:place] if one not in moved)
        wanted = [*rest[:ahead], *moved, *rest[ahead:]]
        commands: list[Command] = []
        for index, shot_id in enumerate(wanted):
            if order[index] != shot_id:
                commands.append(MoveShot(board.id, shot_id, index))
                order.remove(shot_id)
                order.insert(index, shot_id)
        if commands:
            self.session.document.do(commands[0] if len(commands) == 1 else Batch(tuple(commands), "Move shots"))

    def _add_media_ids(self, media_ids: list[str], place: int) -> None:
        library = self.session.document.library
        self._add_media([library.media[one] for one in media_ids if one in library.media], place)

    def _add_files(self, paths: list[Path], place: int) -> None:
        self.session.import_files(paths, lambda media: self._add_media(media, place))

    def _add_media(self, media: Sequence[Media], place: int) -> None:
        board = self.model.board
        seen = [one for one in media if one.has_video or one.is_endless]
        if board is None or not seen:
            return
        shots = [_shot_of(one, board.rate) for one in seen]
        commands: list[Command] = [AddShot(board.id, shot, place + n) for n, shot in enumerate(shots)]
        if self.session.document.do(commands[0] if len(commands) == 1 else Batch(tuple(commands), "Add shots")):
            self.session.selection.shots.set([shot.id for shot in shots])

    def _open_menu(self, where: QPoint) -> None:
        pop_up(self.menu_at(where), self.view.viewport().mapToGlobal(where))

    def menu_at(self, where: QPoint) -> QMenu:
        """What can be done with the card under the pointer."""
        menu = QMenu(self)
        index = self.view.indexAt(where)
        if index.isValid() and not self.model.is_adder(index):
            menu.addAction(icons.icon("pencil"), self.tr("Edit description"), lambda: self.view.edit(index))
            menu.addAction(icons.icon("sparkles"), self.tr("Generate another take"), lambda: self.run("shot.generate"))
            menu.addAction(
                icons.icon("sliders-horizontal"), self.tr("Edit scene…"), lambda: self.run("shot.edit_scene")
            )
            menu.addAction(icons.icon("dna"), self.tr("Evolve…"), lambda: self.run("evolve.open"))
            menu.addAction(icons.icon("wand-sparkles"), self.tr("Suggest a take"), lambda: self.run("suggest.take"))
            menu.addSeparator()
            menu.addAction(icons.icon("trash-2"), self.tr("Remove shots"), lambda: self.run("shot.remove"))
        menu.addAction(icons.icon("plus"), self.tr("Add shot"), self._add)
        menu.addAction(icons.icon("activity"), self.tr("Dramatic structure"), lambda: self.run("narrative.look"))
        menu.addAction(icons.icon("search"), self.tr("What is missing"), lambda: self.run("suggest.missing"))
        return menu


def _shot_of(media: Media, rate: FrameRate) -> Shot:
    length = RationalTime(DEFAULT_SHOT_SECONDS) if media.is_endless else media.duration
    length = max(RationalTime.from_frames(1, rate), RationalTime.from_frames(length.frames(rate), rate))
    return Shot(media.name, name=media.name, duration=length, media_id=media.id)

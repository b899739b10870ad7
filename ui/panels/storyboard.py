"""The storyboard: shots as cards or lines in order, their states, and the one button that makes what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import QItemSelectionModel, QPoint, QTimer
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QLabel, QMenu, QPushButton, QStackedLayout, QVBoxLayout, QWidget

from studio_app.planning.assemble import total_length
from studio_app.planning.shot_edits import shot_of_media
from studio_app.session.replanning import PlanWish, propose, take
from timeline.change import Change
from timeline.command import Batch, Command
from timeline.commands.add_shot import AddShot
from timeline.commands.move_shot import MoveShot
from timeline.errors import StudioError
from timeline.media import Media
from timeline.storyboard import Shot
from ui.dialogs.replan import ReplanDialog
from ui.evolve.segments import Segments
from ui.panel import Panel
from ui.plan_box import PlanBox, boxed
from ui.qt import icons
from ui.qt.language import QT_TRANSLATE_NOOP
from ui.qt.menu import pop_up
from ui.shot_delegate import ShotDelegate
from ui.shot_held import answers, go_on
from ui.shot_items import SHOT, ShotModel, is_local
from ui.shot_list import RowDelegate, ShotList
from ui.shot_rows import NAMES, ShotRows
from ui.shot_view import ShotView
from ui.storyboard_head import StoryboardHead
from ui.storyboard_kind import routing_menus
from ui.widgets import EmptyState, hairline, tool_button

COUNT_MS = 100
"""Progress comes up to 20 times a second for each shot; the counts above the cards need not be told so often."""
PLAN_FROM = 420
"""Height from which there is room for the box of the plan, logical pixels; as wide as its line needs."""
DESCRIPTION = NAMES.index("description")


class StoryboardPanel(Panel):
    """Cards are added, written, ordered and dragged to the timeline here."""

    id: ClassVar[str] = "storyboard"
    title: ClassVar[str] = QT_TRANSLATE_NOOP("Panel", "Storyboard")
    order: ClassVar[int] = 20
    hint: ClassVar[str] = QT_TRANSLATE_NOOP(
        "Panel", "Drag a card to reorder, or onto the timeline. Enter edits the description."
    )

    def build(self) -> None:
        """Head with counts and the primary button, cards or lines below."""
        self._counting = QTimer(self, interval=COUNT_MS, singleShot=True)
        self._counting.timeout.connect(self._tell_states)
        self.model = ShotModel(self.session)
        self.delegate = ShotDelegate(self.session, self.model)
        self.view = ShotView(self.model, self.delegate)
        self.list_rows = ShotRows(self.session, self.model, self.delegate)
        self.row_delegate = RowDelegate(self.session, self.delegate)
        self.list = ShotList(self.list_rows, self.row_delegate)
        self.switch = Segments(self.tr("Look"), ((self.tr("Cards"), "grid"), (self.tr("List"), "list")), height=22)
        self.switch.chosen.connect(self._show_look)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.plan = PlanBox(self.session)
        self.plan.asked.connect(self._plan)
        self.plan_place = boxed(self.plan)
        column.addWidget(self.plan_place)
        self.head = StoryboardHead(self.session, self.run)
        column.addWidget(self.head)
        self.line = hairline()
        column.addWidget(self.line)
        body = QWidget()
        self.stack = QStackedLayout(body)
        self.empty = EmptyState(
            "clapperboard",
            self.tr("No shots yet"),
            self.tr("Type a sentence or a script and plan it, add a shot, or drop pictures and clips here."),
            (self.tr("Add shot"), "plus", lambda: self.run("shot.add")),
            (self.tr("From a template"), "layout-grid", lambda: self.run("file.new_from_template")),
            (self.tr("Import storyboard"), "download", lambda: self.run("file.import_storyboard")),
        )
        self.stack.addWidget(self.view)
        self.stack.addWidget(self.list)
        self.stack.addWidget(self.empty)
        column.addWidget(body, 1)
        self._look = self.session.settings.values.storyboard_look
        self.switch.show_value(self._look)
        self._wire()

    @property
    def generate(self) -> QPushButton:
        """The one accent button."""
        return self.head.generate

    @property
    def count(self) -> QLabel:
        """How many shots."""
        return self.head.count

    @property
    def _shown_view(self) -> QAbstractItemView:
        return self.list if self._look == "list" else self.view

    def _show_look(self, look: str) -> None:
        self._look = self.session.settings.values.storyboard_look = "list" if look == "list" else "grid"
        self._tell_states()
        self._follow()

    def _wire(self) -> None:
        view, session = self.view, self.session
        view.add_asked.connect(self._add_last)
        view.retry_asked.connect(session.generation.retry)
        view.cancel_asked.connect(session.generation.cancel)
        view.answered.connect(self.answer)
        for shown in (self.view, self.list):
            shown.moved.connect(self._move)
            shown.media_dropped.connect(self._add_media_ids)
            shown.files_dropped.connect(self._add_files)
            shown.customContextMenuRequested.connect(self._open_menu)
            shown.selectionModel().selectionChanged.connect(lambda *_, one=shown: self._chose(one))
        self.model.modelReset.connect(self._follow)
        self.listen(session.document.changed, self._changed)
        self.listen(session.document.library_changed, self._count_soon)
        self.listen(session.generation.changed, self._state_changed)
        self.listen(session.thumbnails.arrived, lambda _: self._shown_view.viewport().update())
        self.listen(session.sketches.arrived, lambda _: self._shown_view.viewport().update())
        self.listen(session.selection.shots.changed, self._follow)
        self.listen(session.settings_changed, self._tell_states)
        self.listen(session.bills.changed, self._bills_changed)
        self.listen(session.animatic.changed, self._show_playing)
        self.listen(session.engine_choices.changed, self._shown_view.viewport().update)
        self._refresh()

    def corner(self) -> Sequence[QWidget]:
        """Cards or a list, and a shot more."""
        button = tool_button("plus", self.tr("Add shot"))
        button.clicked.connect(self._add)
        return (self.switch, button)

    def menu(self) -> Sequence[QAction]:
        """Storyboards in and out; what the shots tell, and what they lack."""
        found = []
        for text, action_id in (
            (self.tr("Import storyboard…"), "file.import_storyboard"),
            (self.tr("Export storyboard…"), "file.export_storyboard"),
            (self.tr("From a template…"), "file.new_from_template"),
            (self.tr("Print to PDF…"), "shot.print"),
            (self.tr("Contact sheet…"), "shot.contact_sheet"),
            (self.tr("Dramatic structure"), "narrative.look"),
            (self.tr("What is missing"), "suggest.missing"),
        ):
            action = QAction(text, self)
            action.triggered.connect(lambda _=False, run=action_id: self.run(run))
            found.append(action)
        return (*found, *routing_menus(self, self.session))

    def release(self) -> None:
        """Nothing is counted any more."""
        super().release()
        if self.is_built and not self.has_fault:
            self._counting.stop()

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
        self._count_soon()

    def _count_soon(self) -> None:
        """Takes come in bursts: counted once for all of a moment."""
        if not self._counting.isActive():
            self._counting.start()

    def _tell_states(self) -> None:
        board = self.model.board
        shots = board.shots if board is not None else ()
        page = self._shown_view if shots else self.empty
        self.stack.setCurrentWidget(page)
        self.setFocusProxy(page)
        for widget in (self.head, self.line):
            widget.setVisible(bool(shots))
        self.plan.show_board(board)
        if board is not None and shots:
            self.head.tell(board)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """See what still fits."""
        if self.is_built:
            wide = self.plan_place.minimumSizeHint().width()
            self.plan_place.setVisible(self.width() >= wide and self.height() >= PLAN_FROM)
            self.head.squeeze(self.width())

    def _bills_changed(self) -> None:
        self._tell_states()
        self._shown_view.viewport().update()

    def _show_playing(self) -> None:
        self.head.show_playing()
        self.head.squeeze(self.width())
        row = self.model.row_of(self.session.animatic.shot_id)
        if row is not None:
            self._shown_view.scrollTo(self._shown_view.model().index(row, 0))
        self._shown_view.viewport().update()

    def _chose(self, view: QAbstractItemView) -> None:
        if view is not self._shown_view:
            return
        found = {
            index.row(): shot.id for index in view.selectionModel().selectedIndexes() if (shot := index.data(SHOT))
        }
        last = view.currentIndex().row()
        ids = [one for row, one in found.items() if row != last]
        self.session.selection.shots.set([*ids, found[last]] if last in found else ids)

    def _follow(self) -> None:
        view, wanted = self._shown_view, self.session.selection.shots.ids
        model = view.selectionModel()
        if set(wanted) == {index.data(SHOT).id for index in model.selectedIndexes() if index.data(SHOT)}:
            return
        flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
        model.blockSignals(True)
        model.clear()
        for shot_id in wanted:
            row = self.model.row_of(shot_id)
            if row is not None:
                index = view.model().index(row, 0)
                model.setCurrentIndex(index, flags)
                view.scrollTo(index)
        model.blockSignals(False)
        view.viewport().update()

    # what a hand does

    def _add(self) -> None:
        self.run("shot.add")
        lead = self.session.selection.shots.lead
        row = self.model.row_of(lead) if lead is not None else None
        if row is not None:
            QTimer.singleShot(0, self.view, lambda: self._edit(row))

    def _add_last(self) -> None:
        """By the card at the end: the shot goes where that stands, whatever is chosen."""
        self.session.selection.shots.set(())
        self._add()

    def _plan(self, wish: PlanWish) -> None:
        """Shots of what stands in the box: at once where there are none, else as a proposal that is looked at first."""
        session, board = self.session, self.model.board
        try:
            if board is None or not board.shots:
                proposal = propose(session, wish)
            else:
                now = total_length(board)
                dialog = ReplanDialog(self.window(), lambda is_anew: propose(session, wish, is_anew=is_anew), now)
                if dialog.ask() != "use":
                    return
                proposal = dialog.proposal
            take(session, proposal, wish)
        except StudioError as error:
            self.plan.say(error.message)
            session.tell(error.message, error=True)
            return
        for note in proposal.notes:
            session.tell(note)

    def _edit(self, row: int) -> None:
        """Write the description where the shot is shown."""
        column = DESCRIPTION if self._look == "list" else 0
        self._shown_view.edit(self._shown_view.model().index(row, column))

    def answer(self, shot_id: str, what: str) -> None:
        """A way on for a shot that is held: see ui.shot_held."""
        go_on(self.session, shot_id, what)

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
        shots = [shot_of_media(one, board.rate) for one in seen]
        commands: list[Command] = [AddShot(board.id, shot, place + n) for n, shot in enumerate(shots)]
        if self.session.document.do(commands[0] if len(commands) == 1 else Batch(tuple(commands), "Add shots")):
            self.session.selection.shots.set([shot.id for shot in shots])

    def _open_menu(self, where: QPoint) -> None:
        pop_up(self.menu_at(where), self._shown_view.viewport().mapToGlobal(where))

    def menu_at(self, where: QPoint) -> QMenu:
        """What can be done with the shots under the pointer: what lets one go on that is held comes first."""
        menu = QMenu(self)
        index = self._shown_view.indexAt(where)
        shot = index.data(SHOT) if index.isValid() else None
        if isinstance(shot, Shot):
            state = self.session.generation.state_of(shot.id)
            for answer in answers(state.state, is_local(shot.engine), state.offer):
                icon = icons.icon(answer.icon or "spark")
                menu.addAction(icon, answer.text, lambda what=answer.id: self.answer(shot.id, what))
            if menu.actions():
                menu.addSeparator()
            menu.addAction(icons.icon("pencil"), self.tr("Edit description"), lambda: self._edit(index.row()))
            several = len(self.session.selection.shots.ids) > 1
            for entry in _ENTRIES:
                if entry is None:
                    menu.addSeparator()
                elif entry[0] != "shot.merge" or several:
                    menu.addAction(icons.icon(entry[1]), self._words[entry[0]], lambda run=entry[0]: self.run(run))
        menu.addAction(icons.icon("plus"), self.tr("Add shot"), self._add)
        menu.addAction(icons.icon("play"), self.tr("Play animatic"), lambda: self.run("shot.animatic"))
        menu.addAction(icons.icon("activity"), self.tr("Dramatic structure"), lambda: self.run("narrative.look"))
        menu.addAction(icons.icon("search"), self.tr("What is missing"), lambda: self.run("suggest.missing"))
        return menu

    @property
    def _words(self) -> dict[str, str]:
        return {
            "shot.generate": self.tr("Generate another take"),
            "shot.draft": self.tr("Generate with the Starcut engine"),
            "shot.edit_scene": self.tr("Edit scene…"),
            "shot.direct": self.tr("Direct…"),
            "shot.enrich": self.tr("Enrich words…"),
            "shot.make_picture": self.tr("Make picture…"),
            "evolve.open": self.tr("Evolve…"),
            "suggest.take": self.tr("Suggest a take"),
            "shot.duplicate": self.tr("Duplicate"),
            "shot.split": self.tr("Split"),
            "shot.merge": self.tr("Merge"),
            "shot.lock": self.tr("Lock or unlock"),
            "shot.remove": self.tr("Remove shots"),
        }


_ENTRIES: tuple[tuple[str, str] | None, ...] = (
    ("shot.generate", "sparkles"),
    ("shot.draft", "spark"),
    ("shot.edit_scene", "sliders-horizontal"),
    ("shot.direct", "video"),
    ("shot.enrich", "wand-sparkles"),
    ("shot.make_picture", "image"),
    ("evolve.open", "dna"),
    ("suggest.take", "wand-sparkles"),
    None,
    ("shot.duplicate", "copy"),
    ("shot.split", "scissors"),
    ("shot.merge", "combine"),
    ("shot.lock", "lock"),
    ("shot.remove", "trash-2"),
    None,
)

"""The inspector's page for a shot of the storyboard."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QToolButton, QVBoxLayout, QWidget

from studio_app.planning.assemble import shot_name
from studio_app.planning.shot_edits import is_locked, with_lock
from studio_app.session.bills import ShotBill
from studio_app.session.engine_options import with_option
from studio_app.session.learnt import Thumb, film_of, thumb_of, toggle_thumb
from studio_app.session.session import Session
from studio_app.session.taking import use_take
from timeline.commands.edit_shot import EditShot
from timeline.query import clips_of_shot
from timeline.storyboard import Shot, Storyboard
from ui import words
from ui.engine_box import EngineBox
from ui.engine_options import EngineOptions, IfItFails
from ui.form.form import Form
from ui.inspect_base import InspectorPage
from ui.prompt_chips import PromptChips
from ui.prompt_preview import PromptPreview
from ui.qt import tokens
from ui.shot_form import SPECS, change_of, values_of
from ui.shot_items import is_local, state_word
from ui.take_strip import TakeStrip
from ui.widgets import KeyCap, hairline, label, push_button, row, tool_button

READ_MS = 150
"""While a description is typed, its chips wait for a pause."""


def engine_row(box: EngineBox) -> QWidget:
    """The chooser of the engine as a row of the form."""
    name = label(box.accessibleName(), "secondary")
    name.setFixedWidth(88)
    holder = QWidget()
    line = QHBoxLayout(holder)
    line.setContentsMargins(12, 2, 12, 8)
    line.setSpacing(8)
    line.addWidget(name)
    line.addWidget(box, 1)
    return holder


class ShotPage(InspectorPage):
    """Description, form, takes, and the button that makes another take."""

    generate_asked = Signal()
    scene_asked = Signal()
    picture_asked = Signal()
    direct_asked = Signal()
    enrich_asked = Signal()

    def __init__(self, session: Session, board: Storyboard, shot: Shot) -> None:
        super().__init__(session)
        self._board_id, self._shot_id = board.id, shot.id
        self.heading = self.add_head("", "")
        self._add_lock()
        self.text = QPlainTextEdit()
        self.text.setFont(tokens.font("body"))
        self.text.setPlaceholderText(self.tr("What is to be seen"))
        self.text.setFixedHeight(112)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(self.tr("Description"))
        self.text.textChanged.connect(self._typed)
        self.column.addWidget(row(self.text, margins=(12, 0, 12, 8)))
        self.chips = PromptChips(session, shot.id)
        self._reading = QTimer(self, interval=READ_MS, singleShot=True)
        self._reading.timeout.connect(self._show_chips)
        self.chips.changed.connect(self._show_chips)
        self.column.addWidget(self.chips)
        self.preview = PromptPreview(session)
        self.preview.direct_asked.connect(self.direct_asked)
        self.preview.enrich_asked.connect(self.enrich_asked)
        self.column.addWidget(self.preview)
        self._typing = False
        self.form = Form(SPECS, label_width=88, row_height=32)
        self.form.changed.connect(self._changed)
        self.form.finished.connect(session.document.seal)
        self.column.addWidget(row(self.form, margins=(12, 0, 12, 0)))
        self.engine = EngineBox(session)
        self.engine.chosen.connect(lambda value: self._changed("engine", value))
        self.column.addWidget(engine_row(self.engine))
        self.options = EngineOptions(session)
        self.options.changed.connect(self._option)
        self.column.addWidget(self.options)
        self.finish = IfItFails()
        self.finish.changed.connect(self._changed)
        self.column.addWidget(self.finish)
        self.picture_button = push_button(self.tr("Make picture…"), "image")
        self.picture_button.setToolTip(self.tr("Make a picture that this film begins or ends with"))
        self.picture_button.clicked.connect(self.picture_asked)
        self.column.addWidget(row(1, self.picture_button, margins=(12, 0, 12, 8)))
        self.scene_fact = label("", "muted")
        self.scene_button = push_button(self.tr("Edit scene…"), "sliders-horizontal")
        self.scene_button.setToolTip(self.tr("Change what is drawn: place, light, subjects, camera, look"))
        self.scene_button.clicked.connect(self.scene_asked)
        self.column.addWidget(row(self.scene_fact, 1, self.scene_button, margins=(12, 0, 12, 8)))
        self._takes = QVBoxLayout()
        self._takes.setContentsMargins(0, 0, 0, 0)
        self.column.addLayout(self._takes)
        self._shown_takes: tuple[str, ...] = ()
        self.column.addStretch(1)
        self.foot = QWidget()
        foot = QVBoxLayout(self.foot)
        foot.setContentsMargins(0, 0, 0, 12)
        foot.setSpacing(0)
        foot.addWidget(hairline())
        self.fact = label("", "muted")
        foot.addWidget(row(self.fact, 1, KeyCap("Ctrl Enter"), margins=(12, 10, 12, 6)))
        self.button = push_button(self.tr("Generate"), "sparkles", primary=True)
        self.button.setSizePolicy(self.text.sizePolicy().horizontalPolicy(), self.button.sizePolicy().verticalPolicy())
        self.button.clicked.connect(self.generate_asked)
        foot.addWidget(row(self.button, margins=(12, 0, 12, 0)))
        self.column.addWidget(self.foot)
        self._silent = False
        self.refresh()

    def _add_lock(self) -> None:
        """At the right of the name: a plan leaves the shot alone."""
        self.lock = tool_button(
            "lock", self.tr("Keep this shot as it is when the storyboard is planned again"), checkable=True
        )
        self.lock.clicked.connect(self._toggle_lock)
        line = self.column.itemAt(0)
        if isinstance(line, QHBoxLayout):
            line.addWidget(self.lock)

    def _toggle_lock(self) -> None:
        shot = self._shot()
        if shot is not None:
            self.session.document.seal()
            self._edit({"extra": with_lock(shot, not is_locked(shot))})

    def _shot(self) -> Shot | None:
        return self.session.document.project.shot(self._shot_id)

    def _place(self) -> int:
        """Where the shot stands on its storyboard now, from 0."""
        boards = self.session.document.project.storyboards
        shots = next((board.shots for board in boards if board.id == self._board_id), ())
        return next((place for place, one in enumerate(shots) if one.id == self._shot_id), 0)

    def refresh(self) -> bool:
        """Show the shot as it is; False when it is gone."""
        shot = self._shot()
        if shot is None:
            return False
        place = self._place()
        self.lock.setChecked(is_locked(shot))
        self.heading.setText(f"{place + 1}   {shot_name(shot, place)}")
        if self.text.toPlainText().strip() != shot.description:
            self._silent = True
            self.text.setPlainText(shot.description)
            self._silent = False
        self.form.set_values(values_of(shot))
        self.engine.show_value(shot.engine)
        self.options.show_of(shot)
        self.finish.show_of([shot])
        self.scene_fact.setText(self.tr("Scene changed by hand") if shot.scene else self.tr("Scene as the words say"))
        self.scene_button.setEnabled(shot.media_id is None and bool(shot.scene or shot.description.strip()))
        if self._typing:
            self._reading.start()
        else:
            self._show_chips()
        self._show_takes(shot)
        self._show_verb(shot)
        return True

    def _show_chips(self) -> None:
        self._reading.stop()
        shot = self._shot()
        if shot is not None:
            self.chips.show_of("" if shot.scene else shot.description)  # a scene of its own needs no words

    def _show_takes(self, shot: Shot) -> None:
        takes = self.session.document.library.takes_of(shot.id)
        media = self.session.generation.media_for(shot)
        film = film_of(self.session, shot.id)
        thumb = thumb_of(self.session, shot.id)
        key = (*(take.id for take in takes), media.id if media is not None else "", film, thumb)
        if key == self._shown_takes:
            return
        self._shown_takes = key
        while (item := self._takes.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        if takes:
            strip = TakeStrip(self.session, takes, media.id if media is not None else None)
            strip.chosen.connect(self._use_take)
            holder = QWidget()
            column = QVBoxLayout(holder)
            column.setContentsMargins(12, 8, 12, 8)
            column.setSpacing(8)
            thumbs = self._thumbs(film, thumb) if film else ()
            column.addWidget(row(label(self.tr("Takes"), weight="semibold"), 1, *thumbs, spacing=2))
            column.addWidget(strip)
            self._takes.addWidget(hairline())
            self._takes.addWidget(holder)

    def _thumbs(self, film: str, thumb: Thumb) -> tuple[QToolButton, QToolButton]:
        """What the user thinks of the take in use."""
        up = tool_button("thumb-up", self.tr("The take in use is good: its look is kept"), checkable=True)
        down = tool_button("thumb-down", self.tr("The take in use is no good: less of that"), checkable=True)
        up.setChecked(thumb == "up")
        down.setChecked(thumb == "down")
        up.clicked.connect(lambda: toggle_thumb(self.session, film, "up"))
        down.clicked.connect(lambda: toggle_thumb(self.session, film, "down"))
        return up, down

    def _show_verb(self, shot: Shot) -> None:
        state = self.session.generation.state_of(shot.id)
        board = next((one for one in self.session.document.project.storyboards if one.id == self._board_id), None)
        if board is None:
            return
        bill = self.preview.show_of(board, shot)
        busy = state.state in ("queued", "running", "landing")
        self.button.setEnabled(not busy and bool(shot.description.strip()) and not bill.fault)
        verb = self.tr("Generate take {takes}") if bill.fault else self.tr("Generate take {takes}, {price}")
        self.button.setText(verb.format(takes=state.takes + 1, price=words.price(bill.cost)))
        if busy:
            told = f"{state_word(state.state)} {words.percent(state.fraction)}".strip()
            self.fact.setText(", ".join(part for part in (told, words.left(state.seconds_left)) if part))
        elif state.state == "failed":
            self.fact.setText(self.tr("The last attempt failed"))
        elif state.state in ("over_budget", "unknown"):
            self.fact.setText(state_word(state.state))
        elif not shot.description.strip():
            self.fact.setText(self.tr("Say what is to be seen first"))
        elif not is_local(shot.engine):
            self.fact.setText(self._by_service(bill))
        elif self.session.document.project.uses_learnt:
            self.fact.setText(self.tr("Made on this computer with what was learnt"))
        else:
            self.fact.setText(self.tr("Made on this computer"))

    def _by_service(self, bill: ShotBill) -> str:
        """`Runway gen4.5, about 50 s`."""
        name = f"{bill.engine} {bill.model}".strip()
        if bill.plan is None:
            return name
        return self.tr("{engine}, about {seconds}").format(engine=name, seconds=words.spoken(bill.plan.seconds))

    def _typed(self) -> None:
        if not self._silent:
            self._typing = True
            self._edit({"description": self.text.toPlainText().strip()})
            self._typing = False

    def _changed(self, name: str, value: Any) -> None:
        shot = self._shot()
        board = next((one for one in self.session.document.project.storyboards if one.id == self._board_id), None)
        if shot is None or board is None:
            return
        self._edit(change_of(shot, board.rate, name, value))

    def _option(self, name: str, value: Any) -> None:
        if (shot := self._shot()) is not None:
            self._edit({"extra": with_option(shot, name, value)})

    def _edit(self, changes: dict[str, Any]) -> None:
        if not self.session.document.do(EditShot(self._board_id, self._shot_id, changes)):
            self.refresh()

    def _use_take(self, take_id: str) -> None:
        take = self.session.document.library.takes[take_id]
        found = clips_of_shot(self.session.document.project, self._shot_id)
        use_take(self.session, [(sequence.id, clip.id) for sequence, clip in found], take.media_id)

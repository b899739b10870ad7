"""What mood and style would add to the words of shots: shown, and open to be changed, before any of it is used."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QCheckBox, QFrame, QPlainTextEdit, QScrollArea, QVBoxLayout, QWidget

from studio_app.planning.assemble import shot_name
from studio_app.planning.planner.enrich import enriched
from studio_app.session.session import Session
from studio_app.session.storyboarding import board_of, chosen_shots
from timeline.command import Batch
from timeline.commands.edit_shot import EditShot
from ui import words
from ui.dialogs.base import Dialog
from ui.qt import tokens
from ui.widgets import label


@dataclass
class _Row:
    shot_id: str
    check: QCheckBox
    field: QPlainTextEdit


class EnrichDialog(Dialog):
    """A block for each chosen shot. Using them is one step."""

    def __init__(self, parent: QWidget | None, session: Session) -> None:
        super().__init__(parent, QCoreApplication.translate("EnrichDialog", "Enrich words"), 560)
        self._session = session
        self.rows: list[_Row] = []
        board = board_of(session)
        shots = [shot for shot in chosen_shots(session) if shot.description.strip() and shot.media_id is None]
        self._column = QVBoxLayout()
        self._column.setSpacing(12)
        same = 0
        for shot in shots:
            found = enriched(shot.description, shot.mood, board.global_style if board is not None else "")
            if found.text == shot.description.strip():
                same += 1
                continue
            place = board.shots.index(shot) if board is not None else 0
            self._add(shot.id, f"{place + 1}   {shot_name(shot, place)}", found.text, found.sentence)
        self.add_words(self._intro(same))
        if self.rows:
            self._scroll()
        self.add_button(self.tr("Cancel"))
        self.use = self.add_button(self.tr("Use words"), "use", primary=True)
        self.use.setEnabled(bool(self.rows))
        self._count()

    def _intro(self, same: int) -> str:
        if not self.rows:
            return self.tr(
                "Mood and style add nothing here: the words say it already, or there is neither mood nor style."
            )
        told = self.tr(
            "Only what the words leave open is added. Change it as you like; nothing is used before you say so."
        )
        left = self.tr("{shots} say it already.").format(shots=words.plural(same, "shot")) if same else ""
        return f"{told} {left}".strip()

    def _add(self, shot_id: str, name: str, text: str, why: str) -> None:
        check = QCheckBox(name)
        check.setChecked(True)
        check.toggled.connect(lambda _: self._count())
        field = QPlainTextEdit(text)
        field.setFont(tokens.font("body"))
        field.setFixedHeight(78)
        field.setTabChangesFocus(True)
        field.setAccessibleName(name)
        added = label(self.tr("Added: {what}").format(what=why) if why else "", "muted")
        added.setWordWrap(True)
        for widget in (check, field, added):
            self._column.addWidget(widget)
        self.rows.append(_Row(shot_id, check, field))

    def _scroll(self) -> None:
        holder = QWidget()
        holder.setLayout(self._column)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setMinimumHeight(min(460, 150 * len(self.rows) + 16))
        area.setWidget(holder)
        self.body.addWidget(area)

    def _count(self) -> None:
        number = sum(row.check.isChecked() for row in self.rows)
        if hasattr(self, "use"):
            self.use.setEnabled(bool(number))
            if len(self.rows) > 1:
                self.use.setText(self.tr("Use words of {shots}").format(shots=words.plural(number, "shot")))

    def end(self, answer: str) -> None:
        """Put the words that are checked into their shots, in one step."""
        board = board_of(self._session)
        if answer == "use" and board is not None:
            texts = {row.shot_id: row.field.toPlainText().strip() for row in self.rows if row.check.isChecked()}
            commands = tuple(
                EditShot(board.id, shot_id, {"description": text}) for shot_id, text in texts.items() if text
            )
            self._session.document.seal()
            self._session.document.do(Batch(commands, "Enrich words"))
        super().end(answer)

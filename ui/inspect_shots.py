"""The inspector's page for several shots: what they share is set for all of them in one step."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from studio_app.session.session import Session
from studio_app.session.storyboarding import board_of, chosen_shots
from timeline.command import Batch
from timeline.commands.edit_shot import EditShot
from ui import words
from ui.engine_box import EngineBox
from ui.engine_options import IfItFails
from ui.form.form import Form
from ui.inspect_base import InspectorPage
from ui.inspect_shot import engine_row
from ui.shot_form import OF_ONE, SPECS, change_of, mixed_in, values_of
from ui.storyboard_head import price_of
from ui.widgets import KeyCap, hairline, label, push_button, row


class ShotsPage(InspectorPage):
    """A form whose fields show a dash where the shots differ; setting one sets it for all."""

    generate_asked = Signal()
    merge_asked = Signal()
    duplicate_asked = Signal()
    enrich_asked = Signal()

    def __init__(self, session: Session, shot_ids: tuple[str, ...]) -> None:
        super().__init__(session)
        self._ids = shot_ids
        self.heading = self.add_head("", "")
        self.fact = label("", "muted", tabular=True)
        self.column.addWidget(row(self.fact, margins=(12, 0, 12, 8)))
        self.form = Form([spec for spec in SPECS if spec.name not in OF_ONE], label_width=88, row_height=32)
        self.form.changed.connect(self._changed)
        self.form.finished.connect(session.document.seal)
        self.column.addWidget(row(self.form, margins=(12, 0, 12, 0)))
        self.engine = EngineBox(session)
        self.engine.chosen.connect(lambda value: self._changed("engine", value))
        self.column.addWidget(engine_row(self.engine))
        self.finish = IfItFails()
        self.finish.changed.connect(self._changed)
        self.column.addWidget(self.finish)
        merge = push_button(self.tr("Merge"), "combine")
        copy = push_button(self.tr("Duplicate"), "copy")
        enrich = push_button(self.tr("Enrich…"), "wand-sparkles")
        for button, signal in ((merge, self.merge_asked), (copy, self.duplicate_asked), (enrich, self.enrich_asked)):
            button.clicked.connect(signal)
        self.column.addWidget(row(merge, copy, enrich, 1, margins=(12, 4, 12, 8)))
        self.column.addStretch(1)
        self._add_foot()
        self.refresh()

    def _add_foot(self) -> None:
        self.foot = QWidget()
        column = QVBoxLayout(self.foot)
        column.setContentsMargins(0, 0, 0, 12)
        column.setSpacing(0)
        column.addWidget(hairline())
        self.says = label("", "muted")
        column.addWidget(row(self.says, 1, KeyCap("Ctrl Enter"), margins=(12, 10, 12, 6)))
        self.button = push_button(self.tr("Generate"), "sparkles", primary=True)
        policy = self.button.sizePolicy()
        policy.setHorizontalPolicy(policy.Policy.Expanding)
        self.button.setSizePolicy(policy)
        self.button.clicked.connect(self.generate_asked)
        column.addWidget(row(self.button, margins=(12, 0, 12, 0)))

    def refresh(self) -> bool:
        """Show the shots as they are; False when the choice is another."""
        board, shots = board_of(self.session), chosen_shots(self.session)
        if board is None or len(shots) < 2 or {one.id for one in shots} != set(self._ids):
            return False
        self.heading.setText(words.plural(len(shots), "shot"))
        total = sum(shot.duration.to_seconds() for shot in shots)
        self.fact.setText(self.tr("{length} together").format(length=words.spoken(total)))
        self.form.set_values(values_of(shots[0]), mixed_in(shots))
        engines = {shot.engine for shot in shots}
        self.engine.show_value(engines.pop() if len(engines) == 1 else None)
        self.finish.show_of(shots)
        wordy = [shot.id for shot in shots if shot.description.strip() and shot.media_id is None]
        bill = self.session.bills.of(board, wordy)
        self.button.setEnabled(bill.count > bill.faults)
        self.button.setText(
            self.tr("Generate {takes}, {price}").format(takes=words.plural(bill.count, "take"), price=price_of(bill))
        )
        faults = words.plural(bill.faults, "shot")
        self.says.setText(self.tr("{shots} cannot be made as they stand").format(shots=faults) if bill.faults else "")
        return True

    def _changed(self, name: str, value: Any) -> None:
        board, shots = board_of(self.session), chosen_shots(self.session)
        if board is None or not shots:
            return
        commands = tuple(EditShot(board.id, shot.id, change_of(shot, board.rate, name, value)) for shot in shots)
        if not self.session.document.do(Batch(commands, "Change shots")):
            self.refresh()

"""Upgrade to final: the drafts of the cut, who would make their finals, what each and all of them cost, and then only: Generate."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QCheckBox, QScrollArea, QVBoxLayout, QWidget

from studio_app.session.finals import BillRow, FinalBill, bill_of, drafts_in_cut, send_finals
from studio_app.session.in_cut import AUTO
from studio_app.session.session import Session
from timeline.query import timecode_at
from ui import words
from ui.dialogs.base import Dialog, resize_within_screen
from ui.engine_box import EngineBox
from ui.widgets import ElidedLabel, hairline, label, row

_INDENT = 32
"""Where names begin, behind the box."""


class _Row(QWidget):
    """One shot: wanted or not, name, place, price; below it why it cannot be made, or who makes it."""

    def __init__(self, bill: BillRow, timecode: str, *, is_wanted: bool) -> None:
        super().__init__()
        self.bill = bill
        self.box = QCheckBox()
        self.box.setChecked(is_wanted and not bill.fault)
        self.box.setEnabled(not bill.fault)
        self.box.setAccessibleName(bill.draft.name)
        name, fact = ElidedLabel(bill.draft.name, size="body"), ElidedLabel(_fact(bill), "muted")
        place = label(timecode, "secondary", tabular=True)
        length = label(f"{bill.draft.seconds:.1f} s", "secondary", tabular=True)
        length.setFixedWidth(52)
        length.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        price = label("–" if bill.fault else words.price(bill.cost), "muted" if bill.fault else "primary", tabular=True)
        price.setFixedWidth(72)
        price.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 6, 10, 6)
        column.setSpacing(1)
        column.addWidget(row(self.box, name, place, length, price, spacing=10))
        column.addWidget(row(fact, margins=(_INDENT, 0, 0, 0)))


def _fact(bill: BillRow) -> str:
    if bill.fault:
        return bill.fault
    return bill.reason if bill.reason.startswith(bill.engine) else f"{bill.engine}. {bill.reason}"


class FinalsDialog(Dialog):
    """The total on the button is what is sent. Over a hard cap nothing is sent at all."""

    def __init__(self, parent: QWidget | None, session: Session) -> None:
        super().__init__(parent, QCoreApplication.translate("FinalsDialog", "Upgrade to final"), 620)
        resize_within_screen(self, 660, 520)
        self._session = session
        self.drafts = drafts_in_cut(session)
        self.rows: list[_Row] = []
        self._unwanted: set[str] = set()
        self.add_words(
            self.tr("Shots of this cut that are drafts. Each final is one more take; drafts stay in the pool.")
        )
        self.engine = EngineBox(session)
        self.engine.show_value(AUTO)
        self.engine.setMinimumWidth(240)
        self.engine.chosen.connect(lambda _: self.show_bill())
        self.body.addWidget(row(label(self.tr("Engine"), "secondary", "body"), self.engine, 1, spacing=12))
        self.body.addWidget(hairline())
        self._list = QScrollArea()
        self._list.setWidgetResizable(True)
        self._list.setFrameShape(QScrollArea.Shape.NoFrame)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.body.addWidget(self._list, 1)
        self._outer.setStretchFactor(self.body, 1)
        self.body.addWidget(hairline())
        self.total = label("", size="body", weight="semibold", tabular=True)
        self.left = label("", "secondary", "body", tabular=True)
        self.body.addWidget(row(self.total, 1, self.left))
        self.use = QCheckBox(self.tr("Use each final in place of its draft when it is there"))
        self.use.setChecked(True)
        self.use.setToolTip(self.tr("Otherwise it waits as a take: [ and ] try it"))
        self.body.addWidget(self.use)
        self.problem = label("", "failed", "body")
        self.problem.setWordWrap(True)
        self.body.addWidget(self.problem)
        self.add_button(self.tr("Cancel"))
        self.button = self.add_button(self.tr("Generate"), "send", primary=True)
        self.show_bill()

    def show_bill(self) -> None:
        """Plan all of them by the engine that is chosen."""
        bill = bill_of(self._session, self.drafts, self._engine)
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.rows = []
        sequence = self._session.sequence
        for one in bill.rows:
            line = _Row(one, timecode_at(sequence, one.draft.at), is_wanted=one.draft.shot_id not in self._unwanted)
            line.box.toggled.connect(lambda on, shot_id=one.draft.shot_id: self._want(shot_id, on))
            column.addWidget(line)
            self.rows.append(line)
        column.addStretch(1)
        self._list.setWidget(holder)
        self._show_total()

    def _want(self, shot_id: str, on: bool) -> None:
        (self._unwanted.discard if on else self._unwanted.add)(shot_id)
        self._show_total()

    @property
    def _engine(self) -> str:
        value = self.engine.currentData()
        return AUTO if value is None else str(value)

    @property
    def wanted(self) -> FinalBill:
        """What would be sent now."""
        chosen = [line.bill.draft for line in self.rows if line.box.isChecked()]
        return bill_of(self._session, chosen, self._engine)

    def _show_total(self) -> None:
        bill = self.wanted
        shots = words.plural(bill.count, "shot")
        self.total.setText(self.tr("{shots}, {price}").format(shots=shots, price=words.price(bill.cost)))
        left = "" if bill.left is None else self.tr("{money} left under the caps").format(money=words.money(bill.left))
        self.left.setText(left)
        self.problem.setText(bill.over)
        self.problem.setVisible(bool(bill.over))
        self.button.setEnabled(bill.count > 0 and not bill.over)
        self.button.setText(self.tr("Generate {count}, {price}").format(count=bill.count, price=words.price(bill.cost)))

    def end(self, answer: str) -> None:
        """Send what is wanted."""
        if answer == "send":
            shot_ids = [row_.draft.shot_id for row_ in self.wanted.rows if not row_.fault]
            send_finals(self._session, shot_ids, self._engine, use=self.use.isChecked())
        super().end(answer)

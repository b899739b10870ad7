"""Dry run: each shot with who would make it, the words as they would be sent, its price, and what the caps would hold."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from studio_app.session.dry_run import DryRow, DryRun, all_anew, dry_run
from studio_app.session.session import Session
from timeline.storyboard import Storyboard
from ui import words
from ui.dialogs.base import Dialog, resize_within_screen
from ui.widgets import ElidedLabel, hairline, label, row

ANEW = "anew"
"""The answer that wants the dry run of one take more of every shot."""


class DryRunDialog(Dialog):
    """Nothing is sent while it is open; its button sends what the list says would go."""

    def __init__(self, parent: QWidget | None, session: Session, board: Storyboard, shot_ids: Sequence[str]) -> None:
        super().__init__(parent, QCoreApplication.translate("DryRunDialog", "Dry run"), 640)
        resize_within_screen(self, 700, 540)
        self._session = session
        self.run = dry_run(session, board, shot_ids)
        if not shot_ids:
            self._say_none_missing(board)
            return
        self.add_words(self.tr("What would be sent now, in this order. Nothing is sent yet."))
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(0)
        for one in self.run.rows:
            column.addWidget(_line(one))
            column.addWidget(hairline())
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setAccessibleName(self.tr("Shots"))
        scroll.setWidget(holder)
        self.body.addWidget(scroll, 1)
        self._outer.setStretchFactor(self.body, 1)
        self.total = label(self._sum(self.run), size="body", weight="semibold", tabular=True)
        self.body.addWidget(row(self.total, 1))
        self.add_button(self.tr("Close"))
        count, price = len(self.run.going), words.price(self.run.cost)
        self.button = self.add_button(
            self.tr("Generate {count}, {price}").format(count=count, price=price), "send", primary=True
        )
        self.button.setEnabled(count > 0)

    def _say_none_missing(self, board: Storyboard) -> None:
        """Nothing is offered that nobody asked for: all anew is a word of its own."""
        self.add_words(
            self.tr("Nothing is missing: each shot has a take or footage, is being made, or waits for you on its card.")
        )
        self.body.addStretch(1)
        self.adjustSize()
        self.anew = self.add_button(self.tr("All shots anew…"), ANEW)
        self.anew.setEnabled(bool(all_anew(board)))
        self.add_button(self.tr("Close"), primary=True)

    def _sum(self, found: DryRun) -> str:
        parts = [
            self.tr("{shots} would go, {price}").format(
                shots=words.plural(len(found.going), "shot"), price=words.price(found.cost)
            )
        ]
        if found.held:
            parts.append(self.tr("{count} held by a cap").format(count=found.held))
        if found.faults:
            parts.append(self.tr("{count} left out").format(count=found.faults))
        return "; ".join(parts)

    def end(self, answer: str) -> None:
        """Send what would go."""
        if answer == "send":
            self._session.generation.generate(self.run.going)
        super().end(answer)


def _line(one: DryRow) -> QWidget:
    """Name, engine, price; below it the words, and what is to be said."""
    price = label("–" if one.fault else words.price(one.cost), "primary" if one.goes else "muted", tabular=True)
    price.setFixedWidth(72)
    price.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    name, sent = ElidedLabel(one.name, size="body"), ElidedLabel(one.words, "secondary")
    sent.setToolTip(one.words)
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 6, 0, 6)
    column.setSpacing(1)
    column.addWidget(row(name, label(one.engine, "secondary"), price, spacing=10))
    if one.words:
        column.addWidget(sent)
    for text, tone in _told(one):
        said = label(text, tone)
        said.setWordWrap(True)
        column.addWidget(said)
    return holder


def _told(one: DryRow) -> list[tuple[str, str]]:
    if one.fault:
        return [(one.fault, "failed")]
    found = [(text, "muted") for text in (one.reason, *one.notes) if text]
    if one.is_held:
        found.append((QCoreApplication.translate("DryRunDialog", "A cap would hold it."), "failed"))
    elif one.is_told:
        told = QCoreApplication.translate("DryRunDialog", "It goes over what you wanted to be told of.")
        found.append((told, "muted"))
    return found

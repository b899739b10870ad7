"""What a shot would be sent as: the words in full, what was changed of them and why, who gets them for how much. Shown before use."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from studio_app.session.bills import ShotBill
from studio_app.session.session import Session
from timeline.storyboard import Shot, Storyboard
from ui import words
from ui.qt import icons, tokens
from ui.qt.draw import outline, rounded
from ui.widgets import label, push_button, row, tool_button


class PromptPreview(QWidget):
    """One shot's. Folded away until it is opened; what cannot be sent, or was changed, is told folded, too."""

    enrich_asked = Signal()
    direct_asked = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.is_open = False
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 0, 12, 8)
        column.setSpacing(6)
        self.fold = tool_button("chevron-right", self.tr("Show what is sent"), size=20, icon_size=14)
        self.fold.clicked.connect(lambda: self.open_up(not self.is_open))
        self.fact = label("", "muted", tabular=True)
        self.enrich = push_button(self.tr("Enrich…"), "wand-sparkles")
        self.enrich.setToolTip(self.tr("See what mood and style would add to the words, before any of it is used"))
        self.enrich.clicked.connect(self.enrich_asked)
        self.direct = push_button(self.tr("Direct…"), "video")
        self.direct.setToolTip(self.tr("Three ways to film it, by how it shall feel"))
        self.direct.clicked.connect(self.direct_asked)
        column.addWidget(row(self.fold, self.fact, 1, spacing=4))
        self.sent = _Quote()
        column.addWidget(self.sent)
        self.notes = label("")
        self.notes.setStyleSheet(f"color: {tokens.hex_of('state.slow')};")
        self.notes.setWordWrap(True)
        column.addWidget(self.notes)
        self.reason = label("", "muted")
        self.reason.setWordWrap(True)
        column.addWidget(self.reason)
        column.addWidget(row(1, self.enrich, self.direct))
        self.open_up(False)

    def show_of(self, board: Storyboard, shot: Shot) -> ShotBill:
        """Another shot, or the same one after a change; returns its bill."""
        bill = self._session.bills.plan(board, shot)
        plan = bill.plan
        self.setVisible(bool(shot.description.strip()) and shot.media_id is None)
        words_ready = bool(shot.description.strip()) and not shot.scene
        self.enrich.setEnabled(words_ready)
        self.direct.setEnabled(words_ready)
        if plan is None:
            self.fact.setText(self.tr("Nothing can be sent"))
            self.sent.set_text("")
            self.notes.setText(bill.fault)
            self.reason.setText("")
        else:
            self.fact.setText(self._counted(bill, len(plan.request.prompt)))
            self.sent.set_text(plan.request.prompt)
            self.notes.setText("\n".join(plan.notes))
            passed_over = self._session.bills.passed_over(plan)
            self.reason.setText("\n".join(filter(None, (_ended(plan.route.reason), passed_over))))
        self.open_up(self.is_open)
        return bill

    def _counted(self, bill: ShotBill, length: int) -> str:
        limit = self._session.bills.limit_of(bill)
        if limit:
            return self.tr("Sends {length} of {limit} characters").format(
                length=words.count(length), limit=words.count(limit)
            )
        return self.tr("Reads {length} characters").format(length=words.count(length))

    def open_up(self, is_open: bool) -> None:
        """Show the words in full, or only how many they are."""
        self.is_open = is_open
        self.fold.setIcon(icons.icon("chevron-down" if is_open else "chevron-right"))
        self.sent.setVisible(is_open and bool(self.sent.text))
        self.reason.setVisible(is_open and bool(self.reason.text()))
        self.notes.setVisible(bool(self.notes.text()))


def _ended(sentence: str) -> str:
    return sentence if not sentence or sentence[-1] in ".!?" else f"{sentence}."


class _Quote(QWidget):
    """Words on an inset ground; they can be marked and copied."""

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 6, 8, 6)
        self._label = label("", "secondary")
        self._label.setWordWrap(True)
        self._label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addWidget(self._label)

    @property
    def text(self) -> str:
        """The words."""
        return self._label.text()

    def set_text(self, text: str) -> None:
        """Other words."""
        self._label.setText(text)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ground."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rounded(painter, QRectF(self.rect()), "surface.inset", 4)
        outline(painter, QRectF(self.rect()), "border.subtle", 1, 4)
        painter.end()

"""The bar over the program viewer while a take is tried: which one it is, the next and the previous, star, reject, use, back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from studio_app.session.session import Session
from studio_app.session.taking import TakeFacts
from ui import words
from ui.qt.draw import overlay_ground
from ui.widgets import label, push_button, tool_button


class AuditionBar(QWidget):
    """Lies at the foot of `over`, as wide as it needs; hidden while nothing is tried."""

    def __init__(self, over: QWidget, session: Session, run: Callable[[str], object]) -> None:
        super().__init__(over)
        self._session = session
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground, False)
        self.words = label("", weight="medium", tabular=True)
        self.fact = label("", "secondary", tabular=True)
        self.use = push_button(self.tr("Use take"), "circle-check", primary=True)
        self.star = self._tool("star", self.tr("Star this take"), lambda: run("take.star"), checkable=True)
        self.reject = self._tool(
            "thumb-down", self.tr("Reject this take: no audition shows it"), lambda: run("take.reject")
        )
        self.compare = self._tool("columns-2", self.tr("Compare with the take in the cut"), lambda: run("take.compare"))
        self.use.clicked.connect(lambda: run("take.use"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(6, 5, 8, 5)
        layout.setSpacing(4)
        layout.addWidget(self._tool("chevron-left", self.tr("Previous take ([)"), lambda: run("take.previous")))
        layout.addWidget(self.words)
        layout.addWidget(self._tool("chevron-right", self.tr("Next take (])"), lambda: run("take.next")))
        layout.addSpacing(4)
        layout.addWidget(self.fact)
        layout.addSpacing(4)
        for widget in (self.star, self.reject, self.compare, self.use):
            layout.addWidget(widget)
        layout.addWidget(self._tool("x", self.tr("Back to the take in the cut (Esc)"), lambda: run("take.back")))
        over.installEventFilter(self)
        self._subscription = session.auditioning.changed.connect(self.refresh)
        self.destroyed.connect(lambda *_, one=self._subscription: one.close())
        self.refresh()

    @staticmethod
    def _tool(icon: str, tip: str, do: Callable[[], object], *, checkable: bool = False) -> QToolButton:
        button = tool_button(icon, tip, size=24, icon_size=14, checkable=checkable)
        button.clicked.connect(lambda: do())
        return button

    def refresh(self) -> None:
        """Show the take that is tried."""
        take = self._session.auditioning.shown
        self.setVisible(take is not None)
        if take is None:
            return
        accepted = self._session.auditioning.is_accepted
        self.words.setText(self.tr("Take {number} of {count}").format(number=take.number, count=take.count))
        self.fact.setText(fact_of(take, in_cut=accepted))
        self.star.setChecked(take.is_starred)
        self.use.setEnabled(not accepted)
        self._place()
        self.raise_()

    def _place(self) -> None:
        over = self.parentWidget()
        if over is not None:
            self.fact.setVisible(True)
            self.adjustSize()
            if self.width() > over.width() - 16:
                self.fact.setVisible(False)
                self.adjustSize()
            self.move(max(0, (over.width() - self.width()) // 2), max(0, over.height() - self.height() - 10))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The viewer has another size."""
        if event.type() is QEvent.Type.Resize and self.isVisible():
            self._place()
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Overlay ground."""
        overlay_ground(self)


def fact_of(take: TakeFacts, *, in_cut: bool = False) -> str:
    """Engine, cost, and what was noted: `Runway · $ 0.24 · rejected`."""
    parts = [take.engine, words.price(take.cost)]
    if in_cut:
        parts.append(QCoreApplication.translate("AuditionBar", "in the cut"))
    if take.is_rejected:
        parts.append(QCoreApplication.translate("AuditionBar", "rejected"))
    if take.note:
        parts.append(take.note if len(take.note) <= 40 else f"{take.note[:39].rstrip()}…")
    return " · ".join(parts)

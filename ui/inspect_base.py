"""What every page of the inspector shares: the head, the column, lines of facts."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from studio_app.session.session import Session
from ui.widgets import ElidedLabel, icon_label, label


class InspectorPage(QWidget):
    """One subject. `refresh` shows it as it is now and returns False when it is gone (the page is then made anew)."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 12, 0, 12)
        self.column.setSpacing(0)
        self.foot: QWidget | None = None
        """What the inspector keeps in sight below the scrolled page: the verb and what it costs."""

    def refresh(self) -> bool:
        """Show the subject as it is now."""
        return True

    def add_head(self, name: str, fact: str, icon: str = "") -> ElidedLabel:
        """Name with an icon, one line of facts below; returns the name's label."""
        line = QHBoxLayout()
        line.setContentsMargins(12, 0, 12, 0)
        line.setSpacing(6)
        if icon:
            line.addWidget(icon_label(icon, "text.primary", 14))
        heading = ElidedLabel(name, size="body", weight="medium")
        line.addWidget(heading, 1)
        self.column.addLayout(line)
        if fact:
            below = ElidedLabel(fact, tone="muted")
            below.setContentsMargins(12, 0, 12, 0)
            holder = QHBoxLayout()
            holder.setContentsMargins(12, 1, 12, 0)
            holder.addWidget(below)
            self.column.addLayout(holder)
        self.column.addSpacing(8)
        return heading

    def add_facts(self, facts: list[tuple[str, str]]) -> list[QLabel]:
        """Label and value, a row each; returns the labels of the values."""
        values: list[QLabel] = []
        grid = QGridLayout()
        grid.setContentsMargins(12, 4, 12, 4)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        for row, (name, text) in enumerate(facts):
            grid.addWidget(label(name, "secondary"), row, 0, Qt.AlignmentFlag.AlignTop)
            value = label(text, tabular=True)
            value.setWordWrap(True)
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            grid.addWidget(value, row, 1)
            values.append(value)
        grid.setColumnMinimumWidth(0, 76)
        grid.setColumnStretch(1, 1)
        self.column.addLayout(grid)
        return values

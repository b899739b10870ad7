"""A part of the inspector: chevron, name, buttons at the right, and what unfolds below."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from ui.qt import icons, tokens
from ui.widgets import hairline, tool_button


class Section(QWidget):
    """Unfolds by a click on its name. `reset` is emitted by the arrow at the right."""

    reset = Signal()

    def __init__(self, title: str, body: QWidget, *, can_reset: bool = True) -> None:
        super().__init__()
        self.title, self.body = title, body
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(hairline())
        head = QHBoxLayout()
        head.setContentsMargins(8, 2, 12, 2)
        head.setSpacing(4)
        self._fold = QToolButton()
        self._fold.setText(title)
        self._fold.setFont(tokens.font("ui", "semibold"))
        self._fold.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._fold.setIconSize(QSize(14, 14))
        self._fold.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._fold.setFixedHeight(24)
        self._fold.setProperty("fold", True)
        self._fold.clicked.connect(lambda: self.set_open(self.body.isHidden()))
        head.addWidget(self._fold)
        head.addStretch(1)
        self.buttons = head
        if can_reset:
            back = tool_button("rotate-ccw", self.tr("Reset {title}").format(title=title.lower()), icon_size=14)
            back.clicked.connect(self.reset)
            head.addWidget(back)
        column.addLayout(head)
        holder = QVBoxLayout()
        holder.setContentsMargins(28, 0, 12, 6)
        holder.addWidget(body)
        column.addLayout(holder)
        self.set_open(True)

    def set_open(self, is_open: bool) -> None:
        """Fold or unfold."""
        self.body.setVisible(is_open)
        self._fold.setIcon(icons.icon("chevron-down" if is_open else "chevron-right"))

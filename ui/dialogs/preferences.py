"""The preferences: pages at the left, what is chosen counts at once."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QListWidget, QListWidgetItem, QScrollArea, QStackedWidget, QWidget

from studio_app.session.session import Session
from ui.dialogs.base import Dialog, resize_within_screen
from ui.preference_page import PreferencePage, pages
from ui.qt import tokens
from ui.qt.language import translated

_LIST_WIDTH = 168


class PreferencesDialog(Dialog):
    """Not modal: what changes is seen in the window beside it."""

    def __init__(self, parent: QWidget | None, session: Session, page: str = "") -> None:
        super().__init__(parent, QCoreApplication.translate("PreferencesDialog", "Preferences"), 720)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        resize_within_screen(self, 720, 760)
        self.pages: list[PreferencePage] = [kind(session) for kind in pages()]
        self.list_, self.stack = QListWidget(), QStackedWidget()
        self.list_.setFixedWidth(_LIST_WIDTH)
        self.list_.setAccessibleName(self.tr("Pages"))
        self.list_.setFrameShape(QListWidget.Shape.NoFrame)
        self.list_.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list_.setStyleSheet(
            "QListWidget { background: transparent; padding: 0; } QListWidget::item { padding-left: 9px; }"
        )
        self.list_.setFont(tokens.font("body"))
        for one in self.pages:
            item = QListWidgetItem(translated("PreferencePage", one.title))
            item.setSizeHint(QSize(_LIST_WIDTH, tokens.size("control_dialog")))
            self.list_.addItem(item)
            holder = QScrollArea()
            holder.setWidgetResizable(True)
            holder.setFrameShape(QScrollArea.Shape.NoFrame)
            holder.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            holder.setWidget(one)
            holder.setAccessibleName(translated("PreferencePage", one.title))
            for widget in (holder, holder.viewport(), one):
                widget.setAutoFillBackground(False)  # the dialog's own ground is seen
            self.stack.addWidget(holder)
        line = QHBoxLayout()
        line.setSpacing(tokens.space(6))
        line.addWidget(self.list_)
        line.addWidget(self.stack, 1)
        self.body.addLayout(line, 1)
        self._outer.setStretchFactor(self.body, 1)
        self.list_.currentRowChanged.connect(self.stack.setCurrentIndex)
        self.list_.setCurrentRow(
            next((n for n, one in enumerate(self.pages) if one.title.casefold() == page.casefold()), 0)
        )
        self.finished.connect(lambda _: self._release())
        close = self.add_button(self.tr("Close"))
        close.setAutoDefault(True)
        close.setDefault(True)  # Enter closes; the accent is for verbs that do something

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return in a field accepts the field, and does not close what it is on."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(self.focusWidget(), QLineEdit):
            event.accept()
            return
        super().keyPressEvent(event)

    def _release(self) -> None:
        for one in self.pages:
            one.release()

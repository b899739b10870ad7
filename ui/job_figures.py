"""What generating did so far, in figures: a table to read, and the same as text for Prometheus or as JSON to copy."""

from __future__ import annotations

import json

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QShowEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from studio_app.session.session import Session
from ui.widgets import label, push_button, row


class JobFigures(QWidget):
    """Read off the book on a thread each time it is shown."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._is_there = True
        self.prometheus = self.plain = ""
        copy_text = push_button(self.tr("Copy for Prometheus"), "copy")
        copy_json = push_button(self.tr("Copy as JSON"), "copy")
        copy_text.clicked.connect(lambda: self._copy(self.prometheus))
        copy_json.clicked.connect(lambda: self._copy(self.plain))
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setAccessibleName(self.tr("Figures"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(row(copy_text, copy_json, 1, margins=(12, 0, 12, 0)))
        column.addWidget(self.area, 1)

    def release(self) -> None:
        """An answer that comes now finds nobody."""
        self._is_there = False

    def showEvent(self, event: QShowEvent) -> None:
        """As of now."""
        super().showEvent(event)
        post, records = self._session.post, self._session.records

        def read() -> None:
            found = records.figures()
            post(lambda: self._show(*found))

        self._session.threads("job figures", read)

    def _show(self, prometheus: str, plain: str) -> None:
        if not self._is_there:
            return
        self.prometheus, self.plain = prometheus, plain
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(12, 4, 12, 12)
        column.setSpacing(4)
        for one in json.loads(plain):
            values = [each for each in one["values"] if "le" not in each["labels"]]
            if not values:
                continue
            head = label(one["help"], weight="semibold")
            head.setWordWrap(True)
            head.setContentsMargins(0, 8, 0, 0)
            head.setToolTip(one["name"])
            column.addWidget(head)
            for each in values:
                name = ", ".join(str(text).replace("_", " ") for text in each["labels"].values()) or self.tr("all")
                value = label(f"{each['value']:.2f}".rstrip("0").rstrip("."), tabular=True)
                column.addWidget(row(label(name, "secondary"), 1, value))
        column.addStretch(1)
        self.area.setWidget(page)

    def _copy(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self._session.tell(self.tr("The figures are on the clipboard."))

"""Begin from a template: kinds of films side by side, what the film is about, the shots it would have."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from studio_app.planning.templates import Template, templates
from timeline.storyboard import Storyboard
from ui import words
from ui.dialogs.base import Dialog
from ui.qt import tokens
from ui.widgets import label


class TemplatesDialog(Dialog):
    """Ends with `use`; `board` is what was chosen then."""

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent, QCoreApplication.translate("TemplatesDialog", "New from template"), 720)
        self._found = templates()
        self.list = QListWidget()
        self.list.setFixedWidth(180)
        self.list.setFont(tokens.font("body"))
        self.list.setAccessibleName(self.tr("Templates"))
        for one in self._found:
            item = QListWidgetItem(one.title)
            item.setToolTip(one.help)
            item.setSizeHint(QSize(0, 32))
            self.list.addItem(item)
        self.help = label("", "secondary", "body")
        self.help.setWordWrap(True)
        self.subject = QLineEdit()
        self.subject.setProperty("large", True)
        self.subject.setAccessibleName(self.tr("What it is about"))
        self.subject.textChanged.connect(lambda _: self._show())
        self.fact = label("", "muted", "body", tabular=True)
        self.shots = label("", "secondary")
        self.shots.setWordWrap(True)
        self.shots.setMinimumHeight(220)
        self.shots.setAlignment(Qt.AlignmentFlag.AlignTop)
        right = QVBoxLayout()
        right.setSpacing(8)
        about = label(self.tr("What it is about"), "secondary")
        for widget in (self.help, about, self.subject, self.fact, self.shots):
            right.addWidget(widget)
        right.addStretch(1)
        line = QHBoxLayout()
        line.setSpacing(tokens.space(4))
        line.addWidget(self.list)
        line.addLayout(right, 1)
        self.body.addLayout(line)
        self.add_button(self.tr("Cancel"))
        self.add_button(self.tr("Use template"), "use", primary=True)
        self.list.currentRowChanged.connect(lambda _: self._show())
        self.list.itemActivated.connect(lambda _: self.end("use"))
        self.list.setCurrentRow(0)

    @property
    def template(self) -> Template:
        """The one that is chosen."""
        return self._found[max(0, self.list.currentRow())]

    @property
    def board(self) -> Storyboard:
        """Its storyboard about what was typed."""
        return self.template.board(self.subject.text())

    def _show(self) -> None:
        template, board = self.template, self.board
        self.help.setText(template.help)
        self.subject.setPlaceholderText(template.subject)
        seconds = sum(shot.duration.to_seconds() for shot in board.shots)
        self.fact.setText(
            self.tr("{shots}, {length}, {width} × {height}").format(
                shots=words.plural(len(board.shots), "shot"),
                length=words.spoken(seconds),
                width=board.width,
                height=board.height,
            )
        )
        lines = (f"{n}  {shot.description}" for n, shot in enumerate(board.shots, 1))
        self.shots.setText("\n".join(lines))

"""A new project: name, size, rate."""

from __future__ import annotations

from fractions import Fraction

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QFormLayout, QLineEdit, QSpinBox, QWidget

from studio_app.session.session import Session
from timeline.time import RATES
from timeline.timecode import can_drop, rate_name
from ui.dialogs.base import Dialog
from ui.form.editors.choice import Combo
from ui.qt import tokens
from ui.qt.language import QT_TRANSLATE_NOOP, translated
from ui.widgets import label, row

SIZES = {
    "1080p, 16:9": (1920, 1080),
    "4K, 16:9": (3840, 2160),
    "720p, 16:9": (1280, 720),
    QT_TRANSLATE_NOOP("NewProjectDialog", "Vertical, 9:16"): (1080, 1920),
    QT_TRANSLATE_NOOP("NewProjectDialog", "Square, 1:1"): (1080, 1080),
    QT_TRANSLATE_NOOP("NewProjectDialog", "Cinema 2K, 1.85:1"): (1998, 1080),
}
CUSTOM = QT_TRANSLATE_NOOP("NewProjectDialog", "Own size")
LEAST, MOST = 16, 8192


class NewProjectDialog(Dialog):
    """Starts the project when accepted."""

    def __init__(self, parent: QWidget | None, session: Session) -> None:
        super().__init__(parent, QCoreApplication.translate("NewProjectDialog", "New project"), 440)
        self._session = session
        self.name = QLineEdit(self.tr("Untitled"))
        self.name.setProperty("large", True)
        self.size_box, self.rate_box = Combo(), Combo()
        for text, (width, height) in SIZES.items():
            self.size_box.addItem(f"{translated('NewProjectDialog', text)}, {width} × {height}", (width, height))
        self.size_box.addItem(translated("NewProjectDialog", CUSTOM), None)
        self.width_box, self.height_box = self._side(1920), self._side(1080)
        self.own = row(self.width_box, label("×", "muted", "body"), self.height_box, 1)
        for rate in RATES:
            self.rate_box.addItem(
                self.tr("{rate} fps").format(rate=rate_name(rate)), (rate.numerator, rate.denominator, False)
            )
            if can_drop(rate):
                self.rate_box.addItem(
                    self.tr("{rate} fps, drop frame").format(rate=rate_name(rate)),
                    (rate.numerator, rate.denominator, True),
                )
        self.rate_box.setCurrentIndex(self.rate_box.findText(self.tr("{rate} fps").format(rate="24")))
        for box in (self.size_box, self.rate_box):
            box.setProperty("large", True)
        self.size_box.activated.connect(lambda _: self._show_own())
        self.form = form = QFormLayout()
        form.setLabelAlignment(Qt.AlignmentFlag.AlignVCenter)
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(8)
        self.width_box.setAccessibleName(self.tr("Width"))
        self.height_box.setAccessibleName(self.tr("Height"))
        for text, widget in (
            (self.tr("Name"), self.name),
            (self.tr("Size"), self.size_box),
            ("", self.own),
            (self.tr("Rate"), self.rate_box),
        ):
            widget.setAccessibleName(text or widget.accessibleName())
            caption = label(text, "secondary", "body")
            caption.setFixedHeight(tokens.size("control_dialog"))
            form.addRow(caption, widget)
        self._show_own()
        self.body.addLayout(form)
        self.add_button(self.tr("Cancel"))
        self.add_button(self.tr("Create"), "create", primary=True)
        self.name.selectAll()
        self.name.setFocus()

    def _show_own(self) -> None:
        self.form.setRowVisible(self.own, self.size_box.currentData() is None)

    @staticmethod
    def _side(value: int) -> QSpinBox:
        box = QSpinBox()
        box.setRange(LEAST, MOST)
        box.setSingleStep(2)
        box.setValue(value)
        box.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
        box.setFixedWidth(96)
        return box

    def end(self, answer: str) -> None:
        """Start the project, then close."""
        super().end(answer)
        if answer == "create":
            size = self.size_box.currentData() or (self.width_box.value(), self.height_box.value())
            numerator, denominator, drop = self.rate_box.currentData()
            name = self.name.text().strip() or self.tr("Untitled")
            self._session.files.new(name, int(size[0]), int(size[1]), Fraction(numerator, denominator), bool(drop))

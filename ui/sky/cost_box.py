"""What a clip may have cost: any amount, free, or whatever is typed."""

from __future__ import annotations

import math
from decimal import Decimal

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit

from ui import words

_STEPS = (0.1, 0.5, 1.0, 2.0, 5.0)


class CostBox(QComboBox):
    """Emits `limited` with the most a clip may have cost (as billed, in dollars), None for any cost."""

    limited = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._most: float | None = None
        self.edit = QLineEdit()
        self.setLineEdit(self.edit)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setCompleter(None)  # type: ignore[arg-type]
        self.setAccessibleName(self.tr("Cost"))
        self.setToolTip(self.tr("What a clip may have cost at most: choose, or type an amount"))
        for most in (None, 0.0, *_STEPS):
            self.addItem(self._said(most), most)
        self.activated.connect(lambda at: self._take(self.itemData(at)))
        self.edit.editingFinished.connect(self._typed)

    def show_most(self, most: float | None) -> None:
        """What is asked now, whoever asked it."""
        self._most = most
        with QSignalBlocker(self):
            self.setEditText(self._said(most))

    def _said(self, most: float | None) -> str:
        if most is None:
            return self.tr("Any cost")
        return self.tr("Free") if most == 0 else f"≤ {words.money(Decimal(str(most)))}"

    def _typed(self) -> None:
        """An amount; nothing is any; of what is none of this the last one stays."""
        text = self.currentText().strip()
        known = self.findText(text, Qt.MatchFlag.MatchFixedString)
        if not text or known >= 0:
            self._take(self.itemData(known) if text else None)
            return
        try:
            most = float(text.strip("≤<=$€ \u00a0\u202f").replace(",", "."))
        except ValueError:
            most = -1.0
        self._take(most if math.isfinite(most) and most >= 0 else self._most)

    def _take(self, most: float | None) -> None:
        is_new = most != self._most
        self.show_most(most)
        if is_new:
            self.limited.emit(most)

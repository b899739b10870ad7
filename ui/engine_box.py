"""The chooser of an engine: auto, Starcut, services and their models; what one lacks stands with it, and it cannot be chosen."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QStandardItemModel

from studio_app.session.engine_choices import EngineChoice
from studio_app.session.session import Session
from ui import words
from ui.form.editors.base import DASH
from ui.form.editors.choice import Combo
from ui.qt import tokens


class EngineBox(Combo):
    """Emits `chosen` with what is to stand in the shot ("", "auto", "runway", "runway/gen4_turbo")."""

    chosen = Signal(str)

    def __init__(self, session: Session, makes: str = "film") -> None:
        super().__init__()
        self._session, self._makes = session, makes
        self._value: str | None = ""
        self.setMinimumWidth(80)
        self.setMaxVisibleItems(24)
        self.setAccessibleName(self.tr("Engine"))
        self.activated.connect(lambda at: self._take(str(self.itemData(at))))
        self._subscription = session.engine_choices.changed.connect(self.fill)
        self.destroyed.connect(lambda *_, one=self._subscription: one.close())
        self.fill()

    def fill(self) -> None:
        """The choices as they are now."""
        self.clear()
        model = self.model()
        for choice in self._session.engine_choices.rows_for(self._makes):
            self.addItem(("    " if choice.is_model else "") + label_of(choice), choice.value)
            at = self.count() - 1
            self.setItemData(at, choice.lacks or detail_of(choice, self._makes), Qt.ItemDataRole.ToolTipRole)
            if choice.lacks and isinstance(model, QStandardItemModel):
                self.setItemData(at, tokens.color("text.disabled"), Qt.ItemDataRole.ForegroundRole)
                model.item(at).setEnabled(False)
        self.show_value(self._value)

    def show_value(self, value: str | None) -> None:
        """Show what stands in the shot; None: several shots have several."""
        self._value = value
        if value is None:
            self.setPlaceholderText(DASH)
            self.setCurrentIndex(-1)
            return
        value = "" if value == "procedural" else value
        at = self.findData(value)
        if at < 0:
            self.addItem(self._session.bills.named(value) + f" ({value})", value)
            at = self.count() - 1
        self.setCurrentIndex(at)
        self.setToolTip(str(self.itemData(at, Qt.ItemDataRole.ToolTipRole) or ""))

    def _take(self, value: str) -> None:
        if value != self._value:
            self._value = value
            self.chosen.emit(value)


def label_of(choice: EngineChoice) -> str:
    """`Runway gen4.5`, and why not where it cannot be used."""
    return f"{choice.label}, {_short(choice.lacks)}" if choice.lacks else choice.label


def detail_of(choice: EngineChoice, makes: str = "film") -> str:
    """What five seconds or a picture cost, as far as it is known."""
    if choice.value == "auto":
        return QCoreApplication.translate("EngineBox", "The rules choose, and say why")
    if choice.cost is None:
        return QCoreApplication.translate("EngineBox", "Its price is not known")
    if makes == "picture":
        said = QCoreApplication.translate("EngineBox", "About {price} a picture")
    else:
        said = QCoreApplication.translate("EngineBox", "About {price} for five seconds")
    return said.format(price=words.price(choice.cost))


def _short(lacks: str) -> str:
    if "key" in lacks:
        return QCoreApplication.translate("EngineBox", "needs a key")
    if "retired" in lacks:
        return QCoreApplication.translate("EngineBox", "retired")
    return QCoreApplication.translate("EngineBox", "not reached")

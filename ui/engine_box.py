"""The chooser of an engine: auto, Starcut, services and their models; what one lacks stands with it, and it cannot be chosen."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QStandardItemModel
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from studio_app.session.engine_choices import EngineChoice
from studio_app.session.session import Session
from ui import words
from ui.form.editors.base import DASH
from ui.form.editors.choice import Combo
from ui.qt import tokens
from ui.qt.draw import MIDDLE_LEFT, MIDDLE_RIGHT, line_of

Index = QModelIndex | QPersistentModelIndex
ASIDE = Qt.ItemDataRole.UserRole + 1
_PAD, _BETWEEN = 8, 24


class EngineBox(Combo):
    """Emits `chosen` with what is to stand in the shot ("", "auto", "runway", "runway/gen4_turbo")."""

    chosen = Signal(str)

    def __init__(self, session: Session, makes: str = "film") -> None:
        super().__init__()
        self._session, self._makes = session, makes
        self._value: str | None = ""
        self.setMinimumWidth(80)
        self.setMaxVisibleItems(24)
        self.setItemDelegate(PricedLine(self))
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
            self.addItem(("    " if choice.is_model else "") + choice.label, choice.value)
            at = self.count() - 1
            self.setItemData(at, aside_of(choice, self._makes), ASIDE)
            self.setItemData(
                at,
                ", ".join(filter(None, (choice.label, aside_of(choice, self._makes)))),
                Qt.ItemDataRole.AccessibleTextRole,
            )
            self.setItemData(at, choice.lacks or detail_of(choice, self._makes), Qt.ItemDataRole.ToolTipRole)
            if choice.lacks and isinstance(model, QStandardItemModel):
                self.setItemData(at, tokens.color("text.disabled"), Qt.ItemDataRole.ForegroundRole)
                model.item(at).setEnabled(False)
        self.show_value(self._value)

    def showPopup(self) -> None:
        """The list is as wide as its longest line with its price, whatever the box has."""
        view = self.view()
        wanted = max(
            (view.sizeHintForIndex(self.model().index(at, 0)).width() for at in range(self.count())), default=0
        )
        bar = view.verticalScrollBar().sizeHint().width() if self.count() > self.maxVisibleItems() else 0
        view.setMinimumWidth(max(self.width(), wanted + bar + 8))
        super().showPopup()

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


class PricedLine(QStyledItemDelegate):
    """A line of the list: the name at the left, what it costs or lacks at the right in a column of its own."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Room for both."""
        metrics = QFontMetrics(tokens.font("ui", tabular=True))
        told = (
            metrics.horizontalAdvance(str(index.data() or "")),
            metrics.horizontalAdvance(str(index.data(ASIDE) or "")),
        )
        return QSize(sum(told) + _BETWEEN + 2 * _PAD, 26)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Called by the list."""
        place = QRectF(option.rect)
        painter.save()
        if option.state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            painter.fillRect(place, tokens.color("surface.hover"))
        can = bool(index.flags() & Qt.ItemFlag.ItemIsEnabled)
        painter.setFont(tokens.font("ui", tabular=True))
        inner, aside = place.adjusted(_PAD, 0, -_PAD, 0), str(index.data(ASIDE) or "")
        painter.setPen(tokens.color("text.muted" if can else "text.disabled"))
        line_of(painter, inner, aside, MIDDLE_RIGHT)
        painter.setPen(tokens.color("text.primary" if can else "text.disabled"))
        inner.setRight(inner.right() - painter.fontMetrics().horizontalAdvance(aside) - _BETWEEN / 2)
        line_of(painter, inner, str(index.data() or ""), MIDDLE_LEFT)
        painter.restore()


def aside_of(choice: EngineChoice, makes: str = "film") -> str:
    """`$ 0.24 / 5 s`, `free`, why it cannot be used, or nothing for the rules."""
    if choice.lacks:
        return _short(choice.lacks)
    if choice.value == "auto":
        return ""
    if choice.cost is None:
        return QCoreApplication.translate("EngineBox", "price unknown")
    said = words.price(choice.cost)
    return said if makes == "picture" or not choice.cost else f"{said} / 5 s"


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

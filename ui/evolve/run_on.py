"""Where an operation runs: here, or at engines that could do it better, with their price and what they need."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItemModel

from studio_app.session.restylers import Restyler, restylers
from studio_app.session.session import Session
from ui.form.editors.choice import Combo
from ui.qt import icons

_MARGINS = 64
"""Round the words of the list: the tick, and air."""


class RunOn(Combo):
    """This computer, or a model that is sent the clip, with its price; those that cannot be asked say why."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._engines: tuple[Restyler, ...] = ()
        self._shown: tuple[object, ...] = ()
        self._asked = False
        self.activated.connect(self._chosen)
        subscription = session.settings_changed.connect(self._look_again)
        self.destroyed.connect(lambda *_, one=subscription: one.close())
        self.setMinimumWidth(80)
        self.setMinimumContentsLength(8)
        self.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setAccessibleName(self.tr("Run on"))
        self.addItem(icons.icon("spark"), self.tr("This computer"))
        self.setItemData(0, self.tr("Free, and nothing leaves this computer."), Qt.ItemDataRole.ToolTipRole)

    def refresh(self) -> None:
        """The operation may be one that no engine does better; another clip has another price."""
        if not self._asked:
            self._asked = True
            access, post = self._session.desk.access, self._session.post

            def look() -> None:
                found = restylers(access)
                post(lambda: self._take(found))

            self._session.threads("engines", look)
        offer, (_, seconds) = self._session.evolving.offer, self._session.evolving.estimate()
        restyle = offer.restyle if offer is not None else ""
        key = (restyle, round(seconds, 1), self._engines, self._session.evolving.runs_on)
        if key == self._shown:
            return
        self._shown = key
        while self.count() > 1:
            self.removeItem(1)
        for one in self._engines if restyle else ():
            price = one.price(seconds)
            self.addItem(f"{one.label}, {price}" if price else one.label)
            self.setItemData(self.count() - 1, one)
            if one.reason:
                self._disable(self.count() - 1, one.reason)
            else:
                tip = self.tr("Sends the clip to {engine}.").format(engine=one.engine)
                self.setItemData(self.count() - 1, tip, Qt.ItemDataRole.ToolTipRole)
        chosen = self._session.evolving.runs_on
        at = next((row for row in range(1, self.count()) if chosen is not None and self.itemData(row) == chosen), 0)
        self.setCurrentIndex(at)
        widest = max(self.fontMetrics().horizontalAdvance(self.itemText(row)) for row in range(self.count()))
        self.view().setMinimumWidth(widest + _MARGINS)

    def _look_again(self) -> None:
        """Keys were entered, or an address is another."""
        self._asked = False
        if self.isVisible():
            self.refresh()

    def _chosen(self, row: int) -> None:
        chosen = self.itemData(row)
        self._session.evolving.run_on(chosen if isinstance(chosen, Restyler) else None)

    def _disable(self, row: int, reason: str) -> None:
        model = self.model()
        if isinstance(model, QStandardItemModel):
            item = model.item(row)
            item.setEnabled(False)
            item.setToolTip(reason)

    def _take(self, found: tuple[Restyler, ...]) -> None:
        self._engines = found
        evolving = self._session.evolving
        chosen = evolving.runs_on
        there = next((one for one in found if chosen is not None and one.id == chosen.id and not one.reason), None)
        if there != chosen:  # its key was taken away, or its price is another
            evolving.run_on(there)
        self.refresh()

"""Where an operation runs: here, or at engines that could do it better and what they need."""

from __future__ import annotations

from PySide6.QtGui import QStandardItemModel

from studio_app.session.engines_there import EngineThere, engines_there
from studio_app.session.session import Session
from ui.form.editors.choice import Combo
from ui.qt import icons


class RunOn(Combo):
    """This computer is chosen; engines that need a key are shown with the reason, and cannot be chosen."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._engines: tuple[EngineThere, ...] = ()
        self._restyle: str | None = None
        self._asked = False
        self.setMinimumWidth(80)
        self.setAccessibleName(self.tr("Run on"))
        self.addItem(icons.icon("spark"), self.tr("This computer"))

    def refresh(self) -> None:
        """The operation may be one that no engine does better."""
        if not self._asked:
            self._asked = True
            self._session.threads("engines", self._look)
        offer = self._session.evolving.offer
        restyle = offer.restyle if offer is not None else ""
        if restyle == self._restyle:
            return
        self._restyle = restyle
        while self.count() > 1:
            self.removeItem(1)
        if not restyle:
            return
        for one in self._engines:
            if one.is_here:
                continue
            reason = one.missing or self.tr("{engine} makes films from words and pictures, not from films").format(
                engine=one.label
            )
            self.addItem(self.tr("{engine}: {reason}").format(engine=one.label, reason=reason))
            self._disable(self.count() - 1, reason)
        if self.count() == 1:
            self.addItem(self.tr("A video engine: none is set up"))
            self._disable(1, self.tr("Engines that need a key, and their prices, appear here once they have one."))

    def _disable(self, row: int, reason: str) -> None:
        model = self.model()
        if isinstance(model, QStandardItemModel):
            item = model.item(row)
            item.setEnabled(False)
            item.setToolTip(reason)

    def _look(self) -> None:
        found = engines_there(self._session.desk.access)
        self._session.post(lambda: self._take(found))

    def _take(self, found: tuple[EngineThere, ...]) -> None:
        self._engines, self._restyle = found, None
        self.refresh()

"""What is done before the chosen operation: a chip for each step, which a press takes out."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from studio_app.session.evolve_offers import shown_step
from studio_app.session.session import Session
from ui.flow import FlowLayout
from ui.widgets import label, push_button


class ChainRow(QWidget):
    """`First  [Denoise 40 %  x]  [Upscale  x]`; hidden where nothing comes first."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._flow = FlowLayout(6)
        self.setLayout(self._flow)
        self._shown: tuple[str, ...] = ()

    def refresh(self) -> None:
        """The chain as it is."""
        chain = self._session.evolving.chain
        key = tuple(shown_step(one) for one in chain)
        self.setVisible(bool(chain))
        if key == self._shown:
            return
        self._shown = key
        while (item := self._flow.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        if not chain:
            return
        first = label(self.tr("First"), "secondary")
        first.setFixedHeight(24)
        self._flow.addWidget(first)
        for at, name in enumerate(key):
            chip = push_button(name, "x")
            chip.setToolTip(self.tr("Take this step out"))
            chip.setStyleSheet("QPushButton { min-height: 20px; padding: 0 6px; }")
            chip.clicked.connect(lambda _=False, at=at: self._drop(at))
            self._flow.addWidget(chip)
        self._flow.invalidate()
        self.updateGeometry()

    def _drop(self, at: int) -> None:
        chain = self._session.evolving.chain
        self._session.evolving.set_chain((*chain[:at], *chain[at + 1 :]))

"""What an empty timeline says: how the first clip comes in."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from timeline.sequence import Sequence
from ui.widgets import label

_BELOW = 28


class EmptyWords(QWidget):
    """Two lines at the foot of the lanes while no track has a clip. The mouse goes through."""

    def __init__(self, lanes: QWidget) -> None:
        super().__init__(lanes)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for text, tone, weight in (
            (self.tr("Drop clips here"), "secondary", "semibold"),
            (
                self.tr("Or open one in the source viewer, mark it with I and O, and press comma or period."),
                "muted",
                "regular",
            ),
        ):
            column.addWidget(label(text, tone, weight=weight), 0, Qt.AlignmentFlag.AlignHCenter)
        around = QVBoxLayout(lanes)
        around.setContentsMargins(8, 8, 8, _BELOW)
        around.addWidget(self, 0, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom)

    def show_sequence(self, sequence: Sequence) -> None:
        """Say it, or nothing where something stands."""
        self.setHidden(any(track.items for track in sequence.tracks))

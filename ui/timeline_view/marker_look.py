"""How markers look: their eight colours by name, and the flag."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication, QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPolygonF

from ui.qt.language import translated
from ui.timeline_view.look import colour

COLOURS: Final = ("default", "blue", "green", "purple", "red", "teal", "pink", "yellow")
"""Names of the colours a marker may have, as they are offered."""


def colour_title(name: str) -> str:
    """What a colour is called: never shown by colour alone."""
    return (
        QCoreApplication.translate("MarkerLook", "White")
        if name not in COLOURS or name == "default"
        else translated("MarkerLook", name.capitalize())
    )


def marker_colour(name: str) -> QColor:
    """The token of a marker's colour name; unknown names look like the default."""
    return colour(f"marker.{name if name in COLOURS else 'default'}")


def draw_flag(painter: QPainter, x: float, top: float, ink: QColor, *, half: float = 5.0, tall: float = 13.0) -> None:
    """A flag whose point stands at `x`."""
    middle, shoulder = round(x) + 0.5, top + tall - half
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    corners = ((-half, top), (half, top), (half, shoulder), (0, top + tall), (-half, shoulder))
    painter.drawPolygon(QPolygonF([QPointF(middle + dx, y) for dx, y in corners]))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

"""A neighbour's frame as a picture that is pressed: sent along with what is generated, or not."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QAbstractButton

from studio_app.session.neighbour_frames import Edge
from ui.qt import image, tokens
from ui.qt.draw import outline, rounded

_PICTURE = QSize(112, 63)


class FrameToggle(QAbstractButton):
    """A neighbour's frame that is sent along, or not: on a press. Empty where there is none."""

    def __init__(self, title: str, edge: Edge | None) -> None:
        super().__init__()
        self.edge = edge
        self._title = title
        self._picture: QPixmap | None = None
        self.setCheckable(True)
        self.setEnabled(edge is not None)
        self.setFixedSize(_PICTURE.width() + 4, _PICTURE.height() + 22)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if edge is not None else Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        none = QCoreApplication.translate("FrameToggle", "No picture stands there")
        self.setToolTip(edge.words if edge is not None else none)
        self.setAccessibleName(f"{title}: {edge.words if edge is not None else none}")

    def show_picture(self, path: str) -> None:
        """The frame is on the disk."""
        found = QPixmap(path)
        self._picture = None if found.isNull() else found
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Picture, mark, title."""
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        place = QRect(QPoint(2, 2), _PICTURE).toRectF()
        if self._picture is not None:
            if not self.isChecked():
                painter.setOpacity(0.45)
            image.draw_cover(painter, place, self._picture, 3)
            painter.setOpacity(1.0)
        else:
            rounded(painter, place, "surface.inset")
            painter.setPen(tokens.color("text.muted"))
            painter.setFont(tokens.font("caption"))
            text = QCoreApplication.translate("FrameToggle", "none") if self.edge is None else "…"
            painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), text)
        if self.isChecked():
            outline(painter, place, "accent.default", 2, 3)
        elif self.underMouse() and self.isEnabled():
            outline(painter, place, "border.strong", 1, 3)
        if self.hasFocus():
            outline(painter, place.adjusted(-2, -2, 2, 2), "accent.default", 1, 4)
        painter.setFont(tokens.font("caption"))
        painter.setPen(tokens.color("text.primary" if self.isChecked() else "text.secondary"))
        foot = QRect(2, _PICTURE.height() + 4, _PICTURE.width(), 16)
        painter.drawText(foot, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), self._title)
        painter.end()

"""The few things Fusion draws wrongly for us: item rows, the unchecked box, sliders (design.md, section 4).

Progress is shown by `widgets.Bar`: under a style sheet Qt does not ask a proxy style for progress bars.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPalette, QPen
from PySide6.QtWidgets import (
    QMainWindow,
    QProxyStyle,
    QSlider,
    QStyle,
    QStyleOption,
    QStyleOptionMenuItem,
    QStyleOptionSlider,
    QStyleOptionViewItem,
    QTabBar,
    QWidget,
)

from ui.qt import menu_style, motion, tokens

_HANDLE = 10
_GROOVE = 2


class StarcutStyle(QProxyStyle):
    """Fusion with our own rows, check boxes and sliders, and no Alt-key menu opening."""

    def __init__(self) -> None:
        super().__init__("Fusion")

    def styleHint(self, hint: QStyle.StyleHint, option: Any = None, widget: Any = None, data: Any = None) -> int:
        """Answers to Qt's questions of behaviour."""
        if hint is QStyle.StyleHint.SH_MenuBar_AltKeyNavigation:
            return 0
        if hint is QStyle.StyleHint.SH_ToolTip_WakeUpDelay:
            return 500
        if hint is QStyle.StyleHint.SH_UnderlineShortcut:
            return 0
        if hint is QStyle.StyleHint.SH_Slider_AbsoluteSetButtons:
            return int(Qt.MouseButton.LeftButton.value)
        if hint is QStyle.StyleHint.SH_Widget_Animation_Duration and motion.is_reduced():
            return 0
        return super().styleHint(hint, option, widget, data)

    def pixelMetric(self, metric: QStyle.PixelMetric, option: Any = None, widget: Any = None) -> int:
        """Sizes from the tokens."""
        if metric in (QStyle.PixelMetric.PM_SmallIconSize, QStyle.PixelMetric.PM_ButtonIconSize):
            return tokens.size("icon")
        if metric is QStyle.PixelMetric.PM_ToolBarExtensionExtent:
            return tokens.size("icon") + 8  # of menus that have no room: a button, not three specks
        if metric is QStyle.PixelMetric.PM_MenuPanelWidth:
            return menu_style.PANEL
        if metric in (QStyle.PixelMetric.PM_MenuHMargin, QStyle.PixelMetric.PM_MenuVMargin):
            return 0
        if metric is QStyle.PixelMetric.PM_DockWidgetSeparatorExtent:
            return tokens.size("splitter")
        if metric in (QStyle.PixelMetric.PM_SliderLength, QStyle.PixelMetric.PM_SliderThickness):
            return _HANDLE + (4 if metric is QStyle.PixelMetric.PM_SliderThickness else 0)
        return super().pixelMetric(metric, option, widget)

    def sizeFromContents(self, kind: QStyle.ContentsType, option: Any, size: QSize, widget: Any = None) -> QSize:
        """Qt's own dock tabs take no room: every panel draws its tab row in its title."""
        if (
            kind is QStyle.ContentsType.CT_TabBarTab
            and isinstance(widget, QTabBar)
            and isinstance(widget.parent(), QMainWindow)
        ):
            return QSize(0, 0)
        if kind is QStyle.ContentsType.CT_MenuItem and isinstance(option, QStyleOptionMenuItem):
            return menu_style.row_size(option)
        return super().sizeFromContents(kind, option, size, widget)

    def drawPrimitive(
        self, element: QStyle.PrimitiveElement, option: QStyleOption, painter: QPainter, widget: QWidget | None = None
    ) -> None:
        """Item rows and check boxes."""
        if element is QStyle.PrimitiveElement.PE_PanelItemViewItem and isinstance(option, QStyleOptionViewItem):
            _row(option, painter)
        elif element is QStyle.PrimitiveElement.PE_PanelMenu:
            menu_style.draw_panel(option, painter)
        elif element in (QStyle.PrimitiveElement.PE_PanelItemViewRow, QStyle.PrimitiveElement.PE_FrameMenu):
            return
        elif element in (
            QStyle.PrimitiveElement.PE_IndicatorCheckBox,
            QStyle.PrimitiveElement.PE_IndicatorItemViewItemCheck,
        ):
            _check_box(option, painter)
        elif element is QStyle.PrimitiveElement.PE_FrameFocusRect:
            _focus(option, painter)
        else:
            super().drawPrimitive(element, option, painter, widget)

    def drawControl(
        self, element: QStyle.ControlElement, option: QStyleOption, painter: QPainter, widget: QWidget | None = None
    ) -> None:
        """Rows of menus; a selected row of a list keeps its text colour."""
        if element is QStyle.ControlElement.CE_MenuItem and isinstance(option, QStyleOptionMenuItem):
            menu_style.draw_row(option, painter)
            return
        if element is QStyle.ControlElement.CE_MenuEmptyArea:
            return
        if element is QStyle.ControlElement.CE_ItemViewItem and isinstance(option, QStyleOptionViewItem):
            plain = QStyleOptionViewItem(option)
            plain.palette.setColor(QPalette.ColorRole.HighlightedText, tokens.color("text.primary"))
            super().drawControl(element, plain, painter, widget)
        else:
            super().drawControl(element, option, painter, widget)

    def drawComplexControl(
        self, control: QStyle.ComplexControl, option: Any, painter: QPainter, widget: Any = None
    ) -> None:
        """Sliders."""
        if control is QStyle.ComplexControl.CC_Slider and isinstance(option, QStyleOptionSlider):
            handle = self.subControlRect(control, option, QStyle.SubControl.SC_SliderHandle, widget)
            _slider(option, painter, handle, widget)
        else:
            super().drawComplexControl(control, option, painter, widget)


def _has(option: QStyleOption, flag: QStyle.StateFlag) -> bool:
    return bool(option.state & flag)


def _rect(option: QStyleOption) -> QRect:
    rect: QRect = option.rect
    return rect


def _row(option: QStyleOptionViewItem, painter: QPainter) -> None:
    if _has(option, QStyle.StateFlag.State_Selected):
        painter.fillRect(_rect(option), tokens.color("surface.selected"))
    elif _has(option, QStyle.StateFlag.State_MouseOver):
        painter.fillRect(_rect(option), tokens.color("surface.hover"))


def _check_box(option: QStyleOption, painter: QPainter) -> None:
    on = _has(option, QStyle.StateFlag.State_On)
    enabled = _has(option, QStyle.StateFlag.State_Enabled)
    box = QRectF(_rect(option))
    box = QRectF(round(box.center().x() - 7), round(box.center().y() - 7), 14, 14).adjusted(0.5, 0.5, -0.5, -0.5)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if on:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tokens.color("accent.default" if enabled else "border.default"))
    else:
        painter.setPen(tokens.color("border.strong" if enabled else "border.default"))
        painter.setBrush(tokens.color("surface.inset"))
    painter.drawRoundedRect(box, 3, 3)
    if on:
        pen = QPen(tokens.color("text.on_accent"), 1.8)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        x, y = box.left(), box.top()
        painter.drawPolyline([QPointF(x + 3.2, y + 6.8), QPointF(x + 5.6, y + 9.2), QPointF(x + 10, y + 4.2)])
    painter.restore()


def _focus(option: QStyleOption, painter: QPainter) -> None:
    if not _has(option, QStyle.StateFlag.State_KeyboardFocusChange):
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(tokens.color("accent.default"), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(QRectF(_rect(option)).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
    painter.restore()


def _slider(option: QStyleOptionSlider, painter: QPainter, handle: QRect, widget: QWidget | None) -> None:
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    area, centre = QRectF(_rect(option)), QRectF(handle).center()
    enabled = _has(option, QStyle.StateFlag.State_Enabled)
    half = _HANDLE / 2
    groove = QRectF(area.left() + half, round(area.center().y() - 1), area.width() - 2 * half, _GROOVE)
    painter.setBrush(tokens.color("border.default"))
    painter.drawRect(groove)
    if enabled:
        painter.setBrush(tokens.color("accent.dim"))
        painter.drawRect(QRectF(groove.left(), groove.top(), centre.x() - groove.left(), _GROOVE))
    down = isinstance(widget, QSlider) and widget.isSliderDown()
    over = _has(option, QStyle.StateFlag.State_MouseOver)
    shade = "accent.default" if down else "text.primary" if over else "text.secondary"
    painter.setBrush(tokens.color(shade if enabled else "border.default"))
    painter.drawEllipse(QPointF(centre.x(), groove.center().y()), half, half)
    if (
        enabled
        and _has(option, QStyle.StateFlag.State_HasFocus)
        and _has(option, QStyle.StateFlag.State_KeyboardFocusChange)
    ):
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(tokens.color("accent.default"), 2))
        painter.drawEllipse(QPointF(centre.x(), groove.center().y()), half + 1.5, half + 1.5)
    painter.restore()

"""How a menu is drawn: rows of 26, icon column 16, words, keys at the right in muted (design.md, section 3)."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyleOption, QStyleOptionMenuItem

from ui.qt import icons, tokens

PANEL = 5
"""Hairline and air round the rows."""
_PADDING, _ICON, _AFTER_ICON, _BEFORE_KEYS = 8, 16, 8, 32
_ARROW = 14
_SEPARATOR = 9
_MIDDLE = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextHideMnemonic | Qt.TextFlag.TextSingleLine


def row_size(option: QStyleOptionMenuItem) -> QSize:
    """Of a row with its words; the width of the widest keys is added by Qt."""
    if option.menuItemType == QStyleOptionMenuItem.MenuItemType.Separator:
        return QSize(40, _SEPARATOR)
    words, _, keys = option.text.partition("\t")
    metrics = QFontMetrics(option.font)
    wide = metrics.size(int(Qt.TextFlag.TextShowMnemonic), words).width()
    width = _PADDING + _lead(option) + wide + _PADDING + 8
    if keys:
        width += _BEFORE_KEYS
    if option.menuItemType == QStyleOptionMenuItem.MenuItemType.SubMenu:
        width += _ARROW + 8
    return QSize(max(width, 120), tokens.size("row"))


def _lead(option: QStyleOptionMenuItem) -> int:
    """Room before the words: where one row has an icon or a tick, all leave it."""
    return _ICON + _AFTER_ICON if option.maxIconWidth > 0 or option.menuHasCheckableItems else 4


def draw_row(option: QStyleOptionMenuItem, painter: QPainter) -> None:
    """One row, or the line between groups."""
    rect: QRect = option.rect
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if option.menuItemType == QStyleOptionMenuItem.MenuItemType.Separator:
        painter.fillRect(
            QRect(rect.left() + 8, rect.center().y(), rect.width() - 16, 1), tokens.color("border.default")
        )
        painter.restore()
        return
    enabled = bool(option.state & QStyle.StateFlag.State_Enabled)
    if option.state & QStyle.StateFlag.State_Selected and enabled:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tokens.color("surface.hover"))
        corner = tokens.radius("control")
        painter.drawRoundedRect(QRectF(rect), corner, corner)
    _draw_mark(option, painter, rect, enabled)
    words, _, keys = option.text.partition("\t")
    inner = rect.adjusted(_PADDING + _lead(option), 0, -_PADDING, 0)
    painter.setFont(option.font)
    painter.setPen(tokens.color("text.primary" if enabled else "text.disabled"))
    painter.drawText(inner, int(_MIDDLE | Qt.AlignmentFlag.AlignLeft), words)
    if option.menuItemType == QStyleOptionMenuItem.MenuItemType.SubMenu:
        place = QRectF(inner.right() - _ARROW + 4, rect.center().y() - _ARROW / 2 + 0.5, _ARROW, _ARROW)
        icons.paint(painter, place, "chevron-right", tokens.color("text.secondary" if enabled else "text.disabled"))
    elif keys:
        painter.setPen(tokens.color("text.muted" if enabled else "text.disabled"))
        painter.drawText(inner, int(_MIDDLE | Qt.AlignmentFlag.AlignRight), keys)
    painter.restore()


def _draw_mark(option: QStyleOptionMenuItem, painter: QPainter, rect: QRect, enabled: bool) -> None:
    """The tick of what is on, else the icon."""
    place = QRect(rect.left() + _PADDING, rect.center().y() - _ICON // 2 + 1, _ICON, _ICON)
    if option.checked and option.checkType != QStyleOptionMenuItem.CheckType.NotCheckable:
        icons.paint(painter, QRectF(place), "check", tokens.color("accent.default" if enabled else "text.disabled"))
    elif not option.icon.isNull():
        mode = option.icon.Mode.Normal if enabled else option.icon.Mode.Disabled
        option.icon.paint(painter, place, Qt.AlignmentFlag.AlignCenter, mode)


def draw_panel(option: QStyleOption, painter: QPainter) -> None:
    """Overlay ground and one hairline. Its window is not see-through everywhere, so its corners are square."""
    rect: QRect = option.rect
    painter.fillRect(rect, tokens.color("border.default"))
    painter.fillRect(rect.adjusted(1, 1, -1, -1), tokens.color("surface.overlay"))

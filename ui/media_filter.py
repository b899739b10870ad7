"""The filter of the media pool: a quiet popover of chips. What is chosen counts at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QPushButton, QVBoxLayout, QWidget

from studio_app.session.browsing import KINDS, SIZES
from studio_app.session.pool_items import LABELS, Listing
from studio_app.session.session import Session
from ui.flow import FlowLayout
from ui.qt import tokens
from ui.qt.language import QT_TRANSLATE_NOOP, translated
from ui.timeline_view.marker_look import colour_title
from ui.widgets import label, push_button, row

_STATES = (
    ("used", QT_TRANSLATE_NOOP("MediaFilter", "Used")),
    ("unused", QT_TRANSLATE_NOOP("MediaFilter", "Not used")),
    ("offline", QT_TRANSLATE_NOOP("MediaFilter", "Missing")),
    ("generated", QT_TRANSLATE_NOOP("MediaFilter", "Generated")),
)

_WIDE, _CHIPS_WIDE = 300, 218


class Chip(QPushButton):
    """One value: chosen or not."""

    def __init__(self, text: str, pressed: Callable[[], None], colour: str = "") -> None:
        super().__init__(text)
        self.setCheckable(True)
        self.setFont(tokens.font("caption"))
        self.setAccessibleName(text)
        on, line, dot = (
            tokens.hex_of("surface.selected"),
            tokens.hex_of("accent.default"),
            tokens.hex_of("border.default"),
        )
        edge = f"border-left: 3px solid {tokens.hex_of(f'marker.{colour}')};" if colour else ""
        self.setStyleSheet(
            f"QPushButton {{ min-height: 20px; padding: 0 8px; border: 1px solid {dot}; border-radius: 4px; {edge} }}"
            f"QPushButton:checked {{ background: {on}; color: {line}; }}"
            f"QPushButton:focus {{ border: 1px solid {line}; {edge} }}"
        )
        self.clicked.connect(lambda: pressed())


class FilterPopover(QFrame):
    """Type, size, rate, use, label, rating."""

    def __init__(self, parent: QWidget, session: Session) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._session = session
        self.setObjectName("filter")
        self.setAccessibleName(self.tr("Filter media"))
        ground, line = tokens.hex_of("surface.overlay"), tokens.hex_of("border.default")
        self.setStyleSheet(f"QFrame#filter {{ background: {ground}; border: 1px solid {line}; border-radius: 6px; }}")
        self.setFixedWidth(_WIDE)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(12, 12, 12, 12)
        self._column.setSpacing(10)
        self.chips: dict[tuple[str, str | int], Chip] = {}
        self._groups = QGridLayout()
        self._groups.setHorizontalSpacing(10)
        self._groups.setVerticalSpacing(8)
        self._groups.setColumnMinimumWidth(0, _WIDE - 34 - _CHIPS_WIDE)
        self._groups.setColumnStretch(1, 1)
        self._column.addLayout(self._groups)
        self.clear_button = push_button(self.tr("Clear filters"), "x")
        self.clear_button.clicked.connect(lambda: session.browsing.clear())
        self._column.addWidget(row(1, self.clear_button))
        self._subscription = session.browsing.changed.connect(self._follow)

    def open_at(self, where: QPoint, listing: Listing) -> None:
        """Show what can be chosen among what is there."""
        self._fill(listing)
        self._follow()
        self.adjustSize()
        screen = self.screen().availableGeometry()
        x = min(max(where.x(), screen.left() + 4), screen.right() - self.width() - 4)
        y = min(where.y(), screen.bottom() - self.height() - 4)
        self.move(x, y)
        self.show()
        self.setFocus(Qt.FocusReason.PopupFocusReason)  # Tab goes to the first chip; none looks chosen before

    def release(self) -> None:
        """The panel closes."""
        self._subscription.close()

    def _fill(self, listing: Listing) -> None:
        while (old := self._groups.takeAt(0)) is not None:
            if (widget := old.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.chips.clear()
        there = listing.clips
        rates = sorted({one.rate for one in there if one.rate}, key=float)
        sizes = [one for one in SIZES if any(clip.size == one for clip in there)]
        kinds = [one for one in KINDS if any(clip.kind == one for clip in there)]
        self._add(self.tr("Type"), "kinds", ((one, translated("MediaModel", one)) for one in kinds))
        self._add(self.tr("Size"), "sizes", ((one, one) for one in sizes))
        self._add(self.tr("Rate"), "rates", ((one, self.tr("{one} fps").format(one=one)) for one in rates))
        self._add(self.tr("State"), "states", ((one, translated("MediaFilter", text)) for one, text in _STATES))
        self._add(self.tr("Label"), "labels", ((one, colour_title(one)) for one in LABELS), coloured=True)
        self._add(self.tr("Rating"), "rating", ((stars, "★" * stars) for stars in range(1, 6)))

    def _add(self, title: str, name: str, values: Iterable[tuple[str | int, str]], *, coloured: bool = False) -> None:
        offered = list(values)
        if not offered:
            return
        line = self._groups.rowCount()
        self._groups.addWidget(label(title, "muted", "caption"), line, 0, Qt.AlignmentFlag.AlignTop)
        holder = QWidget()
        chips = FlowLayout(gap=4)
        holder.setLayout(chips)
        for value, text in offered:
            chip = Chip(text, lambda value=value: self._toggle(name, value), str(value) if coloured else "")  # type: ignore[misc]
            if name == "rating":
                chip.setAccessibleName(self.tr("At least {value} stars").format(value=value))
            self.chips[name, value] = chip
            chips.addWidget(chip)
        holder.setFixedHeight(chips.heightForWidth(_CHIPS_WIDE))
        self._groups.addWidget(holder, line, 1)

    def _toggle(self, name: str, value: str | int) -> None:
        self._session.browsing.filter(self._session.browsing.filters.toggled(name, value))

    def _follow(self) -> None:
        filters = self._session.browsing.filters
        for (name, value), chip in self.chips.items():
            chosen = getattr(filters, name)
            chip.setChecked(value == chosen if name == "rating" else value in chosen)
        self.clear_button.setEnabled(self._session.browsing.is_searching)

"""The operations panel: everything that can be made of the chosen clip, each as a small live picture of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtGui import QAction, QFocusEvent, QShowEvent
from PySide6.QtWidgets import QLineEdit, QMenu, QStackedLayout, QVBoxLayout, QWidget

from studio_app.services.evolve_previews import Preview
from studio_app.session import evolve_offers
from studio_app.session.evolve_offers import OperationOffer
from studio_app.session.evolve_picks import Pick
from studio_app.session.session import Monitor
from timeline.time import RationalTime
from timeline.timecode import format_timecode
from ui import fuzzy
from ui.evolve.family_view import FamilyGrid
from ui.evolve.tiles import Tile, TileDelegate
from ui.panel import Panel
from ui.qt import icons
from ui.qt.language import EFFECTS, QT_TRANSLATE_NOOP, translated
from ui.qt.menu import pop_up
from ui.widgets import ElidedLabel, EmptyState, hairline, icon_label, row, search_mark, tool_button

_MARKS = {
    "vary.pacing": "gauge",
    "mutate.time_warp": "timer",
    "extend.continue": "arrow-right-to-line",
    "extend.loop": "repeat",
    "extend.reverse": "undo-2",
    "evolve.extend": "arrow-right-to-line",
    "evolve.stabilize": "scan",
}
"""What happens in time is not seen in a still: an icon says it. An operation without one is shown by its picture alone."""
_FOLLOW_MS = 250


class OperationsPanel(Panel):
    """Choosing a tile chooses the operation; the form beside has its values."""

    id: ClassVar[str] = "operations"
    title: ClassVar[str] = QT_TRANSLATE_NOOP("Panel", "Operations")
    order: ClassVar[int] = 17
    also: ClassVar[str] = "evolution"
    monitor: ClassVar[Monitor] = "compare"
    hint: ClassVar[str] = QT_TRANSLATE_NOOP(
        "Panel", "Arrows choose an operation, Enter goes to its values, Ctrl+Enter makes it."
    )

    def build(self) -> None:
        """Search, grid, and a line about what the pictures are."""
        evolving = self.session.evolving
        self._lead: Pick | None = None
        self._offers = {one.id: one for one in evolve_offers.operation_offers()}
        self.delegate = TileDelegate(self.session, self._preview, self._is_chosen, self._is_borrowing)
        self.grid = FamilyGrid(self.delegate)
        self._families = evolve_offers.families()
        for family in self._families:
            title, about = translated("Evolve", family.title), translated("Evolve", family.about)
            self.grid.add(title, about, self._tiles(family.id, ""))
        self.grid.chosen.connect(evolving.choose)
        self.grid.activated_key.connect(lambda _: self.run("panel.evolution"))
        self.grid.menu_asked.connect(self._open_menu)
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Search operations"))
        self.search.setAccessibleName(self.tr("Search operations"))
        self.search.setClearButtonEnabled(True)
        search_mark(self.search)
        self.search.textChanged.connect(lambda _: self._search())
        self.search.returnPressed.connect(self._first_found)
        self._field = row(self.search, margins=(12, 8, 12, 0))
        self._field.hide()
        self.about = ElidedLabel("", "muted")
        foot = row(icon_label("activity", "text.muted", 14), self.about, margins=(12, 10, 12, 12))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._field)
        holder = QWidget()
        self.stack = QStackedLayout(holder)
        self.stack.addWidget(self.grid)
        self.stack.addWidget(self._empty())
        self.stack.addWidget(
            EmptyState(
                "search",
                self.tr("Nothing matches"),
                self.tr("No operation has these words."),
                (self.tr("Clear search"), "", self.search.clear),
            )
        )
        column.addWidget(holder, 1)
        self._foot = QWidget()
        below = QVBoxLayout(self._foot)
        below.setContentsMargins(12, 0, 12, 0)
        below.setSpacing(0)
        below.addWidget(hairline())
        column.addWidget(self._foot)
        column.addWidget(foot)
        self._foot_line = foot
        self._following = QTimer(self, interval=_FOLLOW_MS, singleShot=True)
        self._following.timeout.connect(self.refresh)
        self.grid.scrolled.connect(self._order)
        self.listen(evolving.changed, self.refresh)
        self.listen(self.session.evolve_previews.arrived, self.grid.repaint_tiles)
        self.listen(self.session.transport.time_changed, lambda _: self._playhead_moved())
        self.session.evolving.follow()
        self.refresh()

    def _empty(self) -> EmptyState:
        return EmptyState(
            "dna",
            self.tr("No clip chosen"),
            self.tr("Choose a clip on the timeline, in the pool or in the storyboard to see what can be made of it."),
            (self.tr("Show media pool"), "", lambda: self.run("panel.media_pool")),
            (self.tr("Show timeline"), "", lambda: self.run("panel.timeline")),
        )

    def corner(self) -> Sequence[QWidget]:
        """Search."""
        button = tool_button("search", self.tr("Search operations"), checkable=True)
        button.toggled.connect(self._toggle_search)
        self._magnifier = button
        return (button,)

    def menu(self) -> Sequence[QAction]:
        """What can be done with the chosen operation."""
        return self._verbs()

    def refresh(self) -> None:
        """Another clip, place, operation or value."""
        evolving = self.session.evolving
        lead, offer = evolving.lead, evolving.offer
        if lead != self._lead:
            self._lead = lead
            self.delegate.forget()
        words = self.search.text().strip()
        shown = self.grid.show_tiles([self._tiles(one.id, words) for one in self._families])
        self.stack.setCurrentIndex(1 if lead is None else 0 if shown else 2)
        for widget in (self._foot, self._foot_line):
            widget.setVisible(lead is not None)
        if offer is not None:
            self.grid.stand_on(offer.id)
        if lead is not None:
            media = evolving.media_of(lead)
            rate = media.rate
            at = format_timecode(RationalTime.from_frames(evolving.place(), rate), rate) if rate is not None else ""
            self.about.setText(
                self.tr("Previews show frame {at} of your clip, drawn on this computer").format(at=at)
                if at
                else self.tr("Previews show your picture, drawn on this computer")
            )
        self._order()
        self.grid.repaint_tiles()

    def showEvent(self, event: QShowEvent) -> None:
        """Pictures are drawn as soon as they can be seen."""
        super().showEvent(event)
        if self.is_built:
            QTimer.singleShot(0, self, self._order)  # when it is laid out

    def _order(self) -> None:
        """Have what is in sight drawn first, and of it the family of the chosen operation."""
        if self.isVisible() and self._lead is not None:
            asked = (self.session.evolving.preview_of_offer(self._offers[one]) for one in self.grid.in_sight())
            self.session.evolve_previews.want([one for one in asked if one is not None])

    def take_keys(self, has_keys: bool) -> None:
        """Keys go to the grid."""
        super().take_keys(has_keys)
        if self.is_built:
            self.grid.repaint_tiles()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The chosen tile has the keys of the panel."""
        super().focusInEvent(event)
        if self.is_built and self.stack.currentIndex() == 0:
            self.grid.take_keys()

    def _playhead_moved(self) -> None:
        if not self.session.transport.playing and self.isVisible():
            self._following.start()

    def _tiles(self, family: str, words: str) -> list[Tile]:
        tiles = []
        for one in self._offers.values():
            title, sentence = translated(EFFECTS, one.title), translated(EFFECTS, one.sentence)
            if one.family == family and (not words or fuzzy.score(words, f"{title} {one.family}") is not None):
                tiles.append(Tile(one.id, title, sentence, _MARKS.get(one.id, "")))
        return tiles

    def _preview(self, key: str, moves: bool) -> Preview | None:
        offer = self._offers[key]
        asked = self.session.evolving.preview_of_offer(offer, moves=moves)
        if asked is None:
            return None
        found = self.session.evolve_previews.get(asked)
        if moves and found is not None:
            self.grid.set_rate(found.rate)
        return found

    def _is_chosen(self, key: str) -> bool:
        offer = self.session.evolving.offer
        return offer is not None and offer.id == key

    def _is_borrowing(self, key: str) -> bool:
        return self.session.evolving.is_borrowing(self._offers[key])

    def _toggle_search(self, on: bool) -> None:
        self._field.setVisible(on)
        if on:
            self.search.setFocus()
        else:
            self.search.clear()

    def _search(self) -> None:
        self.refresh()

    def _first_found(self) -> None:
        for view in self.grid.views:
            if view.tiles.rowCount():
                view.go_to(0)
                return

    def _open_menu(self, key: str, where: QPoint) -> None:
        self.session.evolving.choose(key)
        menu = QMenu(self)
        menu.addActions(list(self._verbs()))
        pop_up(menu, where)

    def _verbs(self) -> list[QAction]:
        found = []
        for action_id, title, icon in (
            ("evolve.make", self.tr("Make take"), "dna"),
            ("evolve.four", self.tr("Make four variants"), "shuffle"),
            ("evolve.then", self.tr("Add as a step before the next"), "plus"),
        ):
            action = QAction(icons.icon(icon), title, self)
            action.setEnabled(self.session.evolving.lead is not None)
            action.triggered.connect(lambda _=False, one=action_id: Panel.run(self, one))
            found.append(action)
        return found


def offer_title(offer: OperationOffer) -> str:
    """The name of an operation in the language of the window."""
    return translated(EFFECTS, offer.title)

"""The looks panel: operations in a row under a name, seen on the chosen clip, applied to as many clips as are chosen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction, QFocusEvent
from PySide6.QtWidgets import QMenu, QStackedLayout, QVBoxLayout, QWidget

from studio_app.services.evolve_previews import Preview
from studio_app.services.evolve_store import Look
from studio_app.session import evolve_looks, evolve_offers
from studio_app.session.session import Monitor
from timeline.errors import EditRefused
from ui import words
from ui.evolve.family_view import FamilyGrid
from ui.evolve.tiles import Tile, TileDelegate
from ui.panel import Panel
from ui.qt import icons
from ui.qt.language import QT_TRANSLATE_NOOP, translated
from ui.qt.menu import pop_up
from ui.widgets import ElidedLabel, EmptyState, hairline, push_button, row


class LooksPanel(Panel):
    """Choosing a look takes its steps over into the form; Apply makes it of every chosen clip."""

    id: ClassVar[str] = "looks"
    title: ClassVar[str] = QT_TRANSLATE_NOOP("Panel", "Looks")
    order: ClassVar[int] = 18
    also: ClassVar[str] = "evolution"
    monitor: ClassVar[Monitor] = "compare"
    hint: ClassVar[str] = QT_TRANSLATE_NOOP(
        "Panel", "Choose a look to see it, Ctrl+Enter makes it of the chosen clips."
    )

    def build(self) -> None:
        """Two headings of tiles, and verbs below."""
        self.chosen = ""
        self.delegate = TileDelegate(self.session, self._preview, lambda key: key == self.chosen)
        self.grid = FamilyGrid(self.delegate)
        self.grid.add(self.tr("Yours"), self.tr("kept for every project"), ())
        self.grid.add(self.tr("With Starcut"), self.tr("operations in a row"), ())
        self.grid.chosen.connect(self._choose)
        self.grid.activated_key.connect(lambda _: self.run("panel.evolution"))
        self.grid.menu_asked.connect(self._open_menu)
        self.steps = ElidedLabel("", "muted")
        self.apply_button = push_button(self.tr("Apply"), "dna")
        self.apply_button.clicked.connect(self.apply)
        keep = push_button(self.tr("Keep the present steps…"), "plus")
        keep.clicked.connect(lambda: self.run("evolve.keep_look"))
        foot = QWidget()
        below = QVBoxLayout(foot)
        below.setContentsMargins(12, 0, 12, 12)
        below.setSpacing(8)
        below.addWidget(hairline())
        below.addWidget(self.steps)
        below.addWidget(row(keep, 1, self.apply_button))
        self._foot = foot
        self.stack = QStackedLayout()
        self.stack.addWidget(self.grid)
        self.stack.addWidget(
            EmptyState(
                "dna",
                self.tr("No clip chosen"),
                self.tr("Choose a clip on the timeline, in the pool or in the storyboard to see looks on it."),
            )
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self.stack, 1)
        column.addWidget(foot)
        self.listen(self.session.evolving.changed, self.refresh)
        self.listen(self.session.evolving.store.changed, self.refresh)
        self.listen(self.session.evolve_previews.arrived, self.grid.repaint_tiles)
        self.session.evolving.follow()
        self.refresh()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The chosen look has the keys of the panel."""
        super().focusInEvent(event)
        if self.is_built and self.stack.currentIndex() == 0:
            self.grid.take_keys()

    def refresh(self) -> None:
        """Others were kept, or another clip is worked on."""
        own = self.session.evolving.store.looks
        self._looks = {one.id: one for one in (*own, *evolve_looks.shipped())}
        self.grid.show_tiles([[_tile(one) for one in own], [_tile(one) for one in evolve_looks.shipped()]])
        has_clip = self.session.evolving.lead is not None
        self.stack.setCurrentIndex(0 if has_clip else 1)
        self._foot.setVisible(has_clip)
        look = self._looks.get(self.chosen)
        self.steps.setText(evolve_offers.shown_steps(look.steps) if look is not None else "")
        count = len(self.session.evolving.picks)
        self.apply_button.setEnabled(look is not None and has_clip)
        self.apply_button.setText(
            self.tr("Apply to {clips}, free").format(clips=words.plural(count, self.tr("clip")))
            if count > 1
            else self.tr("Apply, free")
        )
        self.grid.repaint_tiles()

    def apply(self) -> None:
        """Make the chosen look of each chosen clip."""
        look = self._looks.get(self.chosen)
        if look is None:
            return
        try:
            self.session.evolving.make_look(look)
        except EditRefused as error:
            self.session.tell(error.message, error=True)

    def menu(self) -> Sequence[QAction]:
        """What can be done with the chosen look."""
        return self._verbs()

    def _choose(self, key: str) -> None:
        look = self._looks.get(key)
        if look is not None:
            self.chosen = key
            self.session.evolving.take_over(look.steps)
            self.refresh()

    def _preview(self, key: str, moves: bool) -> Preview | None:
        look = self._looks.get(key)
        asked = self.session.evolving.preview_of(look.steps, moves=moves) if look is not None else None
        return self.session.evolve_previews.get(asked) if asked is not None else None

    def _open_menu(self, key: str, where: QPoint) -> None:
        self._choose(key)
        menu = QMenu(self)
        menu.addActions(list(self._verbs()))
        pop_up(menu, where)

    def _verbs(self) -> list[QAction]:
        look = self._looks.get(self.chosen) if self.is_built else None
        apply = QAction(icons.icon("dna"), self.tr("Apply"), self)
        apply.setEnabled(look is not None)
        apply.triggered.connect(self.apply)
        away = QAction(icons.icon("trash-2"), self.tr("Delete look"), self)
        away.setEnabled(look is not None and look in self.session.evolving.store.looks)
        away.triggered.connect(lambda: self.session.evolving.store.forget(self.chosen))
        return [apply, away]


def _tile(look: Look) -> Tile:
    return Tile(look.id, translated("Evolve", look.name), evolve_offers.shown_steps(look.steps))

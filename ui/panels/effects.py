"""The effects panel: what can be laid on clips, over cuts and into the cut, to find, apply and drag."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt
from PySide6.QtGui import QAction, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QListView, QMenu, QStackedLayout, QVBoxLayout, QWidget

from studio_app.session import applying
from studio_app.session.applying import Kind, Offer
from ui.effect_items import OFFER, EffectDelegate, EffectModel, Index, filtered
from ui.media_hand import keys_of_list
from ui.panel import Panel
from ui.qt.language import EFFECTS, QT_TRANSLATE_NOOP, translated
from ui.qt.menu import pop_up
from ui.widgets import EmptyState, row, search_mark

_HINTS = {
    Kind.EFFECT: QT_TRANSLATE_NOOP("Panel", "Enter lays it on the selected clips; or drag it onto a clip."),
    Kind.TRANSITION: QT_TRANSLATE_NOOP(
        "Panel", "Enter lays it over the selected or nearest edit; or drag it onto a cut."
    ),
    Kind.CROSSFADE: QT_TRANSLATE_NOOP(
        "Panel", "Enter lays it over the selected or nearest edit of the sound; or drag it onto a cut."
    ),
    Kind.GENERATOR: QT_TRANSLATE_NOOP(
        "Panel", "Enter puts it at the playhead on the targeted track; or drag it to the tracks."
    ),
}


class EffectsPanel(Panel):
    """A list in sections with a search above it."""

    id: ClassVar[str] = "effects"
    title: ClassVar[str] = QT_TRANSLATE_NOOP("Panel", "Effects")
    order: ClassVar[int] = 22
    hint: ClassVar[str] = QT_TRANSLATE_NOOP(
        "Panel", "Drag an effect onto a clip, a transition onto a cut; Enter or a double click applies it."
    )

    def build(self) -> None:
        """Search above the list."""
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Search effects"))
        self.search.setAccessibleName(self.tr("Search effects"))
        self.search.setClearButtonEnabled(True)
        search_mark(self.search)
        self.model = EffectModel(self.session, self)
        self.list = _List()
        self.list.setModel(self.model)
        self.list.setItemDelegate(EffectDelegate(self.list))
        self.list.setAccessibleName(self.tr("Effects"))
        self.list.doubleClicked.connect(lambda index: self.apply(index.data(OFFER)))
        self.list.customContextMenuRequested.connect(
            lambda at: pop_up(self.menu_of(self.chosen), self.list.viewport().mapToGlobal(at))
        )
        self.list.selectionModel().currentChanged.connect(self._chosen_changed)
        none = EmptyState(
            "search",
            self.tr("Nothing matches"),
            self.tr("No effect has these words."),
            (self.tr("Clear search"), "", self.search.clear),
        )
        holder = QWidget()
        self.stack = QStackedLayout(holder)
        self.stack.addWidget(self.list)
        self.stack.addWidget(none)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 4)
        column.setSpacing(6)
        column.addWidget(row(self.search, margins=(12, 0, 12, 0)))
        column.addWidget(holder, 1)
        self.setFocusProxy(self.list)
        self.search.textChanged.connect(self.refresh)
        self.search.returnPressed.connect(self._first_found)
        self.listen(self.session.settings_changed, self.model.marks_changed)
        self.refresh()

    def refresh(self, _: object = None) -> None:
        """What passes the search; what was chosen stays chosen."""
        chosen = self.chosen
        shown = filtered(applying.offers(), self.search.text())
        self.model.show(shown)
        self.stack.setCurrentIndex(0 if shown else 1)
        place = self.model.place_of(chosen or (shown[0] if shown else None))
        if place is not None:
            self.list.selectionModel().setCurrentIndex(
                self.model.index(place, 0), QItemSelectionModel.SelectionFlag.ClearAndSelect
            )

    @property
    def chosen(self) -> Offer | None:
        """What the list stands on."""
        found = self.list.currentIndex().data(OFFER) if self.is_built else None
        return found if isinstance(found, Offer) else None

    def choose(self, offer: Offer) -> None:
        """Stand on this one."""
        place = self.model.place_of(offer)
        if place is not None:
            self.list.setCurrentIndex(self.model.index(place, 0))

    def apply(self, offer: Any) -> None:
        """Lay it where selection, edit or playhead say; a refusal is told."""
        if isinstance(offer, Offer):
            applying.apply(self.session, offer)

    def menu(self) -> Sequence[QAction]:
        """What can be done with the chosen one."""
        return self._verbs(self.chosen)

    def menu_of(self, offer: Offer | None) -> QMenu:
        """The menu at the pointer."""
        menu = QMenu(self)
        menu.addActions(list(self._verbs(offer)))
        return menu

    def _verbs(self, offer: Offer | None) -> Sequence[QAction]:
        apply = QAction(self.tr("Apply"), self)
        apply.setEnabled(offer is not None)
        apply.triggered.connect(lambda: self.apply(offer))
        default = QAction(self.tr("Default transition"), self)
        default.setCheckable(True)
        default.setEnabled(offer is not None and offer.kind is Kind.TRANSITION)
        default.setChecked(offer is not None and self.model.is_default(offer))
        default.triggered.connect(lambda: self.make_default(offer))
        return (apply, default)

    def make_default(self, offer: Offer | None) -> None:
        """The key for a transition lays this one from now on."""
        if offer is not None and offer.kind is Kind.TRANSITION:
            applying.set_default_transition(self.session, offer)
            self.message.emit(self.tr("{0} is the default transition now.").format(translated(EFFECTS, offer.name)))

    def _first_found(self) -> None:
        """Enter in the search goes to the list: what is first stands ready to be applied."""
        if self.chosen is not None:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _chosen_changed(self) -> None:
        offer = self.chosen
        if offer is not None and self.list.hasFocus():
            self.message.emit(f"{translated(EFFECTS, offer.name)}. {translated('Panel', _HINTS[offer.kind])}")


class _List(QListView):
    """Enter applies; letters and Space are not the list's."""

    def __init__(self) -> None:
        super().__init__()
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setDefaultDropAction(Qt.DropAction.CopyAction)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setMouseTracking(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """See the class."""
        keys_of_list(self, event, super().keyPressEvent)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What is chosen stays in sight."""
        super().resizeEvent(event)
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())

    def scrollTo(
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        """What is first of its section comes with the heading."""
        above = self.model().index(index.row() - 1, 0) if index.isValid() else QModelIndex()
        if above.isValid() and above.data(OFFER) is None:
            super().scrollTo(above, hint)
        super().scrollTo(index, hint)

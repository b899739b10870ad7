"""The variants panel: everything that was made of the clip, and what is on its way."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from PySide6.QtCore import QItemSelectionModel, QPoint, Qt, QTimer
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QMenu, QStackedLayout, QVBoxLayout, QWidget

from studio_app.session.evolve_attempts import Spread, Variant, spread_of
from studio_app.session.session import Monitor
from ui import words
from ui.evolve.variant_items import VARIANT, VariantDelegate, VariantModel
from ui.evolve.variant_view import VariantView
from ui.panel import Panel
from ui.qt import icons
from ui.qt.language import QT_TRANSLATE_NOOP, translated
from ui.qt.menu import pop_up
from ui.widgets import label, push_button, row

_REFRESH_MS = 80
_SPREADS = (
    (Spread.VALUES, QT_TRANSLATE_NOOP("Evolve", "Four more differ in their values")),
    (Spread.STRENGTH, QT_TRANSLATE_NOOP("Evolve", "Four more differ in strength")),
    (Spread.SEED, QT_TRANSLATE_NOOP("Evolve", "Four more differ in seed alone")),
)


class VariantsPanel(Panel):
    """Cards to compare, star, drag and use."""

    id: ClassVar[str] = "variants"
    title: ClassVar[str] = QT_TRANSLATE_NOOP("Panel", "Variants")
    order: ClassVar[int] = 23
    also: ClassVar[str] = "evolution"
    monitor: ClassVar[Monitor] = "compare"
    hint: ClassVar[str] = QT_TRANSLATE_NOOP(
        "Panel", "Drag a variant onto the timeline, or press Enter to use it in the cut. Hold Shift to see before."
    )

    def build(self) -> None:
        """The strip, or what to do for one."""
        self.model = VariantModel(self.session)
        self.delegate = VariantDelegate(self.session, self.model)
        self.view = VariantView(self.model, self.delegate)
        self.view.selectionModel().currentChanged.connect(lambda now, _: self._choose(now.data(VARIANT)))
        self.view.clicked.connect(lambda index: self._choose(index.data(VARIANT)))
        self.view.use_asked.connect(self.use)
        self.view.retry_asked.connect(lambda one: self.session.evolving.retry(one.id))
        self.view.away_asked.connect(self._away)
        self.view.menu_asked.connect(self._open_menu)
        self.none = _Hint(self.tr("No variants yet"), self.tr("Make one with Ctrl+Enter, or four that differ."))
        four = push_button(self.tr("Four variants, free"), "shuffle")
        four.clicked.connect(lambda: self.run("evolve.four"))
        self.none.column.insertWidget(3, four, 0, Qt.AlignmentFlag.AlignHCenter)
        self.stack = QStackedLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        holder = QWidget()
        holder.setLayout(self.stack)
        self.stack.addWidget(self.view)
        self.stack.addWidget(self.none)
        self.stack.addWidget(_Hint(self.tr("No clip chosen"), self.tr("Variants of the chosen clip stand here.")))
        column.addWidget(holder)
        self._refreshing = QTimer(self, interval=_REFRESH_MS, singleShot=True)
        self._refreshing.timeout.connect(self.refresh)
        self.listen(self.session.evolving.results_changed, self._refresh_soon)
        self.listen(self.session.evolving.changed, self._refresh_soon)
        self.listen(self.session.comparing.changed, lambda: self.view.viewport().update())
        self.listen(self.session.thumbnails.arrived, lambda _: self.view.viewport().update())
        self.listen(self.session.evolve_previews.arrived, lambda: self.view.viewport().update())
        self.setFocusProxy(self.view)
        self.refresh()

    def corner(self) -> Sequence[QWidget]:
        """How many there are, and the button for four more."""
        self.count = label("", "muted", tabular=True)
        self.more = push_button(self.tr("Four more, free"), "shuffle")
        self.more.setFixedHeight(24)
        self.more.setStyleSheet("QPushButton { min-height: 20px; }")
        self.more.clicked.connect(lambda: self.run("evolve.four"))
        self._tell()
        return (row(self.count, self.more),)

    def menu(self) -> Sequence[QAction]:
        """In what four more differ; stopping."""
        evolving, found = self.session.evolving, []
        offer = evolving.offer
        now = spread_of(offer, evolving.values_of(offer), evolving.spread) if offer is not None else None
        for spread, title in _SPREADS:
            action = QAction(translated("Evolve", title), self)
            action.setCheckable(True)
            action.setChecked(spread is now)
            action.setEnabled(offer is not None and spread_of(offer, evolving.values_of(offer), spread) is spread)
            action.triggered.connect(lambda _=False, one=spread: setattr(evolving, "spread", one))
            found.append(action)
        stop = QAction(icons.icon("x"), self.tr("Cancel all that is on its way"), self)
        stop.setEnabled(evolving.makers.has_open)
        stop.triggered.connect(lambda: Panel.run(self, "evolve.cancel"))
        return (*found, stop)

    def refresh(self) -> None:
        """Others came, or some got on."""
        chosen = self.view.current()
        if self.model.refresh() and chosen is not None:
            at = self.model.row_of(chosen.id)
            if at is not None:
                choosing = self.view.selectionModel()
                choosing.blockSignals(True)
                choosing.setCurrentIndex(self.model.index(at), QItemSelectionModel.SelectionFlag.ClearAndSelect)
                choosing.blockSignals(False)
        self.stack.setCurrentIndex(0 if self.model.variants else 1 if self.session.evolving.lead is not None else 2)
        self.view.viewport().update()
        self._tell()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """How many there are is told where there is room."""
        super().resizeEvent(event)
        self._tell()

    def use(self, one: Variant) -> None:
        """Show it in the cut."""
        if one.media_id:
            self.session.comparing.compare_with(one.media_id)
            self.run("evolve.use")

    def _refresh_soon(self) -> None:
        if not self._refreshing.isActive():
            self._refreshing.start()

    def _tell(self) -> None:
        if not hasattr(self, "more"):
            return
        variants = self.model.variants
        ready = sum(one.state == "ready" for one in variants)
        text = words.plural(len(variants), self.tr("variant"))
        pending = len(variants) - ready
        self.count.setText(self.tr("{variants}, {ready} ready").format(variants=text, ready=ready) if pending else text)
        self.count.setVisible(bool(variants) and self.width() > 360)
        self.more.setEnabled(self.session.evolving.lead is not None)

    def _choose(self, one: object) -> None:
        """Compare with it, and show how it was made in the form."""
        if not isinstance(one, Variant):
            return
        if one.steps:
            self.session.evolving.take_over(one.steps, one.seed)
        self.session.comparing.compare_with(one.media_id)

    def _away(self, one: Variant) -> None:
        if one.state != "ready":
            self.session.evolving.cancel(one.id)

    def _open_menu(self, one: Variant, where: QPoint) -> None:
        pop_up(self.menu_of(one), where)

    def menu_of(self, one: Variant) -> QMenu:
        """What can be done with a card."""
        menu, session = QMenu(self), self.session
        makers = session.evolving.makers
        if one.state == "failed":
            menu.addAction(icons.icon("rotate-ccw"), self.tr("Retry"), lambda: session.evolving.retry(one.id))
            menu.addAction(icons.icon("x"), self.tr("Dismiss"), lambda: session.evolving.cancel(one.id))
        elif one.state != "ready":
            menu.addAction(icons.icon("x"), self.tr("Cancel"), lambda: session.evolving.cancel(one.id))
        else:
            menu.addAction(icons.icon("circle-check"), self.tr("Use in cut"), lambda: self.use(one))
            star = self.tr("Remove star") if one.is_starred else self.tr("Star")
            menu.addAction(icons.icon("star"), star, lambda: makers.star(one.media_id))
            menu.addSeparator()
            menu.addAction(
                icons.icon("dna"), self.tr("Evolve this one"), lambda: session.evolving.work_on(one.media_id)
            )
            menu.addAction(
                icons.icon("folder-open"), self.tr("Show in pool"), lambda: session.selection.media.set([one.media_id])
            )
        return menu


class _Hint(QWidget):
    """An empty state without a picture: the strip is low where the window is."""

    def __init__(self, title: str, sentence: str) -> None:
        super().__init__()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(12, 4, 12, 4)
        self.column.setSpacing(6)
        self.column.addStretch(1)
        for text in (label(title, size="heading", weight="semibold"), label(sentence, "muted", "body")):
            text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            text.setMinimumWidth(1)
            self.column.addWidget(text)
        self.column.addStretch(1)

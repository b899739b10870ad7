"""The constellation: all clips as a sky, as pictures or as a list, whichever is wanted; one question decides what is lit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from PySide6.QtCore import QEvent, QItemSelectionModel, QObject, QPoint, QTimer
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QButtonGroup, QStackedLayout, QToolButton, QVBoxLayout, QWidget

from studio_app.session.sky_media import media_id_of, shown_name
from ui.panel import Panel
from ui.qt.language import QT_TRANSLATE_NOOP
from ui.qt.menu import pop_up
from ui.sky.card import HoverCard
from ui.sky.chips import Chips
from ui.sky.list_model import SkyListModel
from ui.sky.lists import SkyGrid, SkyRows, select
from ui.sky.menu import StarMenu
from ui.sky.minimap import SIZE as MAP
from ui.sky.minimap import Minimap, ZoomBar
from ui.sky.tray import Tray
from ui.sky.view import STEP, SkyView
from ui.widgets import EmptyState, tool_button

CUT_MS = 300
"""How long after the last edit it is seen which clips the cut shows: an edit among thousands of clips does not wait for it."""
_AIR = 12


class ConstellationPanel(Panel):
    """Sky, grid and list of the same question; what lies over the sky is placed by `_place`."""

    id: ClassVar[str] = "constellation"
    title: ClassVar[str] = QT_TRANSLATE_NOOP("Panel", "Constellation")
    order: ClassVar[int] = 21
    hint: ClassVar[str] = QT_TRANSLATE_NOOP(
        "Panel", "Drag a star to the timeline. Double click opens its lineage. Wheel zooms, middle drag pans."
    )

    def build(self) -> None:
        """The sky with what lies over it; pictures; rows; what stands there when there is nothing."""
        session = self.session
        self.model = session.constellation
        self.sky = SkyView(session)
        self.minimap, self.zoom = Minimap(self.sky), ZoomBar(self.sky)
        self.tray = Tray(session, self.sky)
        self.card = HoverCard(session, self.sky, (self.minimap, self.zoom, self.tray))
        self.nothing, self.none_here = (
            EmptyState("search", self.tr("Nothing matches"), "", (self.tr("Clear filters"), "x", self.model.clear))
            for _ in range(2)
        )
        self.nothing.setParent(self.sky)
        self.nothing.hide()
        self.items = SkyListModel(session)
        self.grid, self.rows = SkyGrid(session, self.items), SkyRows(session, self.items)
        self.rows.setSelectionModel(self.grid.selectionModel())
        self.empty = EmptyState(
            "orbit",
            self.tr("No clips yet"),
            self.tr("Drop footage into the media pool, or make a clip from a sentence. Each gets its place here."),
            (self.tr("Import media"), "download", lambda: self.run("file.import")),
        )
        self.elsewhere = EmptyState(
            "orbit",
            self.tr("No clips in this project yet"),
            self.tr("Clips of other projects are known. Drag them from here to the timeline, or begin with your own."),
            (self.tr("Show all projects"), "orbit", lambda: self.model.set_everywhere(True)),
            (self.tr("Import media"), "download", lambda: self.run("file.import")),
        )
        self.coming = EmptyState(
            "orbit",
            self.tr("No stars yet"),
            self.tr("Clips are looked at while nothing else needs the machine. Each then gets its place here."),
        )
        self.broken = EmptyState(
            "triangle-alert",
            self.tr("The catalogue cannot be used"),
            self.tr("Rebuild it: your tags, ratings and clusters are kept, clips are looked at again."),
            (self.tr("Rebuild"), "refresh-cw", session.cataloguing.rebuild),
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        body = QWidget()
        self.stack = QStackedLayout(body)
        for page in (
            self.sky,
            self.grid,
            self.rows,
            self.none_here,
            self.empty,
            self.elsewhere,
            self.coming,
            self.broken,
        ):
            self.stack.addWidget(page)
        column.addWidget(body)
        self.chips = Chips(self.model, self._name_of)
        self._modes = QButtonGroup(self)
        self.as_sky = self._mode("orbit", self.tr("Sky"), self.sky)
        self.as_grid = self._mode("layout-grid", self.tr("Pictures"), self.grid)
        self.as_list = self._mode("list", self.tr("List"), self.rows)
        self.as_sky.setChecked(True)
        self._menu = StarMenu(self, session)
        self.setFocusProxy(self.sky)
        self.sky.installEventFilter(self)
        self._cut = QTimer(self, singleShot=True, interval=CUT_MS)
        self._cut.timeout.connect(self._follow_cut)
        self._wire()
        self.model.open()
        self._changed()

    def _wire(self) -> None:
        model = self.model
        self.listen(model.changed, self._changed)
        self.listen(model.asked, self._answered)
        self.listen(model.looked, self._looked)
        self.listen(model.chosen.changed, self._chose)
        self.listen(model.wished, self._wished)
        self.listen(model.refused, lambda text: self.session.tell(text, error=True))
        self.listen(self.session.thumbnails.arrived, lambda _: self._pictures_came())
        self.listen(self.session.presence.changed, self._pictures_came)
        self.listen(self.session.document.library_changed, self._show_page)
        for signal in (self.session.document.changed, self.session.transport.sequence_changed):
            self.listen(signal, lambda *_: self._cut.start())
        self.sky.opened.connect(lambda _: self._open())
        self.sky.said.connect(self.message)
        self.sky.menu_asked.connect(lambda row, where: pop_up(self._menu.build(), where))
        self.card.added.connect(self._add)
        self.card.alike.connect(lambda row: model.compare([model.stars.hashes[row]]))
        self.card.kin.connect(self._show_kin)
        self.card.rated.connect(lambda row, stars: model.rate([row], stars))
        self.tray.verb.connect(self._verb)
        for view in (self.grid, self.rows):
            view.doubleClicked.connect(lambda _: self._open())
            view.customContextMenuRequested.connect(self._list_menu)
        self.grid.selectionModel().selectionChanged.connect(lambda *_: self._chose_in_list())

    def _mode(self, icon: str, tip: str, page: QWidget) -> QToolButton:
        button = tool_button(icon, tip, checkable=True)
        self._modes.addButton(button)
        button.toggled.connect(lambda on: self._show_page() if on else None)
        return button

    def corner(self) -> Sequence[QWidget]:
        """The filters that are on; sky, pictures or list; the map anew."""
        anew = tool_button("refresh-cw", self.tr("Lay the map out anew"))
        anew.clicked.connect(lambda: self.model.refresh(anew=True))
        self._follow_chips()
        return (self.chips, self.as_sky, self.as_grid, self.as_list, anew)

    def menu(self) -> Sequence[QAction]:
        """What is drawn, and the panels beside."""
        return self._menu.of_panel()

    def release(self) -> None:
        """Stop listening."""
        if self.is_built and not self.has_fault:
            self.card.release()
        super().release()

    def take_keys(self, has_keys: bool) -> None:
        """What is chosen wears the accent while keys go here."""
        super().take_keys(has_keys)
        if self.is_built and not self.has_fault:
            self.sky.update()

    # --- what is shown ------------------------------------------------------------------------------------------------

    @property
    def page(self) -> QWidget:
        """Sky, grid or list, whichever is wanted; of a list without rows what to do about it."""
        if self._finds_nothing() and not self.as_sky.isChecked():
            return self.none_here
        return self.grid if self.as_grid.isChecked() else self.rows if self.as_list.isChecked() else self.sky

    def _show_page(self) -> None:
        page = self.page
        if self.model.is_known and not len(self.model.stars) and not self.model.is_placing:
            none = self.elsewhere if self.model.known_count and not self.model.everywhere else self.empty
            page = self.coming if self.session.document.library.media else none
            page = self.broken if self.session.cataloguing.failure else page
        self.stack.setCurrentWidget(page)
        self.setFocusProxy(page)
        if page in (self.grid, self.rows):
            self._list()

    def _changed(self) -> None:
        self.sky.renew()
        self.minimap.forget()
        self._show_page()
        self._answered()
        self._show_chosen()  # what is chosen in other panels stays chosen
        self.card.renew()

    def _follow_cut(self) -> None:
        if self.isVisible():
            self.model.follow_cut()

    def _looked(self) -> None:
        self.sky.renew()
        self.minimap.forget()

    def _answered(self) -> None:
        self.sky.renew()
        self.minimap.forget()
        self._follow_chips()
        self.nothing.setVisible(self._finds_nothing())
        if self.as_sky.isChecked():
            return
        self._show_page()

    def _finds_nothing(self) -> bool:
        stars, answer = self.model.stars, self.model.answer
        shown = answer.matching & answer.passing if answer.is_searched else answer.passing
        return len(stars) > 0 and not shown.any()

    def _list(self) -> None:
        self.items.follow()
        select(self.grid, self.items, self.model.chosen_rows)

    def _pictures_came(self) -> None:
        if self.sky.isVisible():
            self.sky.update()
            self.tray.strip.update()
        elif self.grid.isVisible():
            self.grid.viewport().update()

    def _follow_chips(self) -> None:
        self.chips.follow(max(0, self.width() - 420))

    def _name_of(self, content_hash: str) -> str:
        row = self.model.stars.by_hash.get(content_hash)
        data = self.model.row_data(row) if row is not None else None
        return shown_name(self.session, data) if data is not None else ""

    # --- what is chosen -----------------------------------------------------------------------------------------------

    def _chose(self) -> None:
        self.session.selection.media.set(self._show_chosen())

    def _show_chosen(self) -> list[str]:
        """Tray, card and list tell what is chosen in the sky: its media ids."""
        model, session = self.model, self.session
        rows = model.chosen_rows
        data = model.rows_data(rows[:200])
        ids = [one for row in data if (one := media_id_of(session, row)) is not None]
        seconds = float(model.stars.seconds[rows].sum()) if rows else 0.0
        able = ({"acts"} if len(rows) > 1 and len(ids) > 1 else set()) | ({"compare"} if len(ids) > 1 else set())
        self.tray.show_chosen(data, len(rows), seconds, self.sky.width() - 2 * _AIR - self._right_room(), able)
        self._place()
        self.sky.arrange()
        if self.card.is_kept and (not rows or rows[-1] != self.card.row):
            self.card.keep(rows[-1] if rows else None)
        if self.stack.currentWidget() in (self.grid, self.rows):
            select(self.grid, self.items, rows)
        return ids

    def _chose_in_list(self) -> None:
        picked = {one.row() for one in self.grid.selectionModel().selectedIndexes()}
        current = self.grid.selectionModel().currentIndex().row()
        rows = sorted(picked, key=lambda one: one == current)
        self.model.choose([self.items.rows[one] for one in rows if one < len(self.items.rows)])

    def _list_menu(self, where: QPoint) -> None:
        page = self.page
        if isinstance(page, QAbstractItemView):
            index = page.indexAt(where)
            if index.isValid() and not page.selectionModel().isSelected(index):
                page.selectionModel().select(
                    index, QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
                )
            pop_up(self._menu.build(), page.viewport().mapToGlobal(where))

    # --- what is done -------------------------------------------------------------------------------------------------

    def _open(self) -> None:
        self.run("sky.lineage")

    def _show_kin(self, row: int) -> None:
        self.model.choose([row])
        self.run("sky.lineage")

    def _add(self, row: int) -> None:
        self.card.put_away()
        self.model.choose([row])
        self.run("sky.add_to_timeline")

    def _verb(self, name: str) -> None:
        self.run({"acts": "narrative.order_three_acts", "cluster": "sky.new_cluster", "compare": "sky.compare"}[name])

    def _wished(self, what: str) -> None:
        """An action needs a hand of the panel."""
        ways = {"left", "right", "up", "down"}
        way, adds, _ = what.partition("+")
        if way in ways and self.page is self.sky:
            self.sky.walk(way, add=bool(adds))  # type: ignore[arg-type]
        elif what == "fit":
            self.sky.fit()
        elif what in ("in", "out"):
            self.sky.zoom(STEP if what == "in" else 1 / STEP)
        elif what == "find":
            self._rest_no_more()
        elif what == "escape":
            was_kept = self.card.is_kept
            self._rest_no_more()
            if was_kept:
                return
            if not self.sky.hand.cancel():
                self.model.chosen.clear()
        elif what == "card" and self.model.chosen_rows and self.page is self.sky:
            self.sky.show_star(self.model.chosen_rows[-1])
            self.card.keep(self.model.chosen_rows[-1])
        elif what == "show" and self.model.chosen_rows:
            self.as_sky.setChecked(True)
            self.sky.show_star(self.model.chosen_rows[-1], near=True)
        elif what == "all":
            answer = self.model.answer
            lit = answer.matching & answer.passing if answer.is_searched else answer.passing
            self.model.choose(lit.nonzero()[0].tolist())

    def _rest_no_more(self) -> None:
        """The card goes, though the pointer still rests on its star: it comes again when the pointer moves."""
        self.sky.set_hover(None)
        self.card.put_away()

    # --- what lies over the sky ---------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The sky has another size: what lies over it keeps to its corners."""
        if watched is self.sky and event.type() is QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Chips get the room there is."""
        super().resizeEvent(event)
        if self.is_built and not self.has_fault:
            self._follow_chips()

    def _right_room(self) -> int:
        """What minimap and zoom take at the foot."""
        shown = self.minimap.width() + _AIR if self._has_map else 0
        return shown + self.zoom.sizeHint().width() + 2 * _AIR

    @property
    def _has_map(self) -> bool:
        return self.sky.width() >= 620 and self.sky.height() >= 300

    def _place(self) -> None:
        width, height = self.sky.width(), self.sky.height()
        self.minimap.setVisible(self._has_map)
        self.minimap.setFixedSize(MAP if width >= 1000 else MAP * 0.7)
        self.minimap.move(width - self.minimap.width() - _AIR, height - self.minimap.height() - _AIR)
        self.zoom.adjustSize()
        right = self.minimap.x() - _AIR if self._has_map else width - _AIR
        self.zoom.setVisible(width >= 260)
        self.zoom.move(right - self.zoom.width(), height - self.zoom.height() - _AIR)
        above = 0 if self.tray.width() + 2 * _AIR <= self.zoom.x() else self.zoom.height() + 8
        self.tray.move(_AIR, height - self.tray.height() - _AIR - above)
        self.nothing.resize(min(380, width), 190)
        self.nothing.move((width - self.nothing.width()) // 2, 20)

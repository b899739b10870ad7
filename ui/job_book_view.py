"""The book of jobs: filters, a list, and the chosen job in full beside or below it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QListView, QSplitter, QStackedLayout, QVBoxLayout, QWidget

from studio_app.services.job_book import BookState, Entry
from studio_app.services.job_search import Wanted
from studio_app.session.job_records import Verb
from studio_app.session.session import Session
from timeline.errors import StudioError
from ui.flow import FlowLayout
from ui.form.editors.choice import Combo
from ui.job_details import JobDetails
from ui.job_entries import EntryDelegate, EntryModel, state_words
from ui.widgets import EmptyState, search_mark

_WIDE = 620
"""From this width on the chosen job stands beside the list."""
_SETTLES_MS = 250
_DISMISSED = "dismissed"


class JobBookView(QWidget):
    """Reads the book anew when a job changed while it is seen."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.model, self.details = EntryModel(), JobDetails(session)
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Search jobs"))
        self.search.setAccessibleName(self.tr("Search jobs"))
        self.search.setClearButtonEnabled(True)
        self.search.setMinimumWidth(110)
        search_mark(self.search)
        self.project, self.state, self.engine, self.month = (self._combo(name) for name in self._names())
        self.project.addItem(self.tr("This project"), True)
        self.project.addItem(self.tr("All projects"), False)
        self.state.addItem(self.tr("All states"), "")
        for one in BookState:
            self.state.addItem(state_words(one), one.value)
        self.state.addItem(self.tr("Dismissed"), _DISMISSED)
        self.list = self._list()
        self.none = EmptyState(
            "list", self.tr("No jobs"), self.tr("Takes that are made show up here, with all that happened to them.")
        )
        self.no_match = EmptyState(
            "search", self.tr("Nothing matches"), self.tr("No job has these words, this state and this engine.")
        )
        holder = QWidget()
        self.stack = QStackedLayout(holder)
        for widget in (self.list, self.none, self.no_match):
            self.stack.addWidget(widget)
        self.parts = QSplitter(Qt.Orientation.Vertical)
        self.parts.addWidget(holder)
        self.parts.addWidget(self.details)
        self.parts.setChildrenCollapsible(False)
        filters = QWidget()
        flow = FlowLayout(6)
        filters.setLayout(flow)
        for part in (self.search, self.project, self.state, self.engine, self.month):
            flow.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        top = QVBoxLayout()
        top.setContentsMargins(12, 0, 12, 0)
        top.addWidget(filters)
        column.addLayout(top)
        column.addWidget(self.parts, 1)
        self._soon = QTimer(self, interval=_SETTLES_MS, singleShot=True)
        self._soon.timeout.connect(self.refresh)
        self.search.textChanged.connect(lambda _: self._soon.start())
        for combo in (self.project, self.state, self.engine, self.month):
            combo.currentIndexChanged.connect(lambda _: self.refresh())
        self.list.selectionModel().currentChanged.connect(lambda *_: self._show_chosen())

    def _names(self) -> tuple[str, str, str, str]:
        return self.tr("Project"), self.tr("State"), self.tr("Engine"), self.tr("Month")

    @staticmethod
    def _combo(name: str) -> Combo:
        combo = Combo()
        combo.setAccessibleName(name)
        return combo

    def _list(self) -> QListView:
        view = JobList()
        view.setModel(self.model)
        view.setItemDelegate(EntryDelegate(view))
        view.setAccessibleName(self.tr("Jobs of the book"))
        view.dismissed.append(self._dismiss)
        return view

    @property
    def wanted(self) -> Wanted:
        """What the filters say."""
        state = str(self.state.currentData() or "")
        return Wanted(
            project=self._session.records.project_id if self.project.currentData() else None,
            states=() if state in ("", _DISMISSED) else (BookState(state),),
            engine=str(self.engine.currentData() or ""),
            text=self.search.text(),
            month=str(self.month.currentData() or ""),
            dismissed=state == _DISMISSED,
        )

    @property
    def chosen(self) -> Entry | None:
        """The job that is shown in full."""
        index = self.list.currentIndex()
        return self.model.entries[index.row()] if index.isValid() else None

    def choose(self, entry_id: str) -> None:
        """Show a job in full, where the filters let it through."""
        for number, one in enumerate(self.model.entries):
            if one.id == entry_id:
                self.list.setCurrentIndex(self.model.index(number))

    def refresh_soon(self) -> None:
        """Something happened to a job; several at once are one reading."""
        if self.isVisible() and not self._soon.isActive():
            self._soon.start()

    def refresh(self) -> None:
        """Read the book anew."""
        records, was = self._session.records, self.chosen
        try:
            engines = [(name, key) for key, name in records.engines()]
            _offer(self.engine, [(self.tr("All engines"), ""), *engines])
            _offer(self.month, [(self.tr("All months"), ""), *((one, one) for one in records.months())])
            self.model.show(records.find(self.wanted))
        except StudioError as error:
            self._session.tell(error.message, error=True)
            return
        is_filtered = self.wanted != Wanted(self.wanted.project)
        self.stack.setCurrentWidget(self.list if self.model.entries else self.no_match if is_filtered else self.none)
        if was is not None:
            self.choose(was.id)
        if not self.list.currentIndex().isValid() and self.model.entries:
            self.list.setCurrentIndex(self.model.index(0))
        self._show_chosen()

    def _show_chosen(self) -> None:
        chosen = self.chosen
        self.details.show_job(None if chosen is None else self._session.records.details(chosen.id))
        self.details.setVisible(chosen is not None)

    def _dismiss(self) -> None:
        chosen = self.chosen
        if chosen is not None and Verb.DISMISS in self._session.records.verbs(chosen):
            self._session.records.do(Verb.DISMISS, chosen)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Beside each other where there is room."""
        wide = self.width() >= _WIDE
        way = Qt.Orientation.Horizontal if wide else Qt.Orientation.Vertical
        if self.parts.orientation() is not way:
            self.parts.setOrientation(way)
            room = self.width() if wide else self.height()
            self.parts.setSizes([room // 2, room // 2])

    def showEvent(self, event: QShowEvent) -> None:
        """What happened meanwhile is shown now."""
        super().showEvent(event)
        self.refresh()


class JobList(QListView):
    """The list; Delete dismisses."""

    def __init__(self) -> None:
        super().__init__()
        self.dismissed: list[Callable[[], None]] = []
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete dismisses the chosen job."""
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            for call in self.dismissed:
                call()
        else:
            super().keyPressEvent(event)


def _offer(combo: Combo, entries: list[tuple[str, str]]) -> None:
    """Give a combo these choices; what was chosen stays, where it is still there."""
    if [(combo.itemText(n), combo.itemData(n)) for n in range(combo.count())] == entries:
        return
    now = combo.currentData()
    combo.blockSignals(True)
    combo.clear()
    for text, value in entries:
        combo.addItem(text, value)
    combo.setCurrentIndex(max(0, combo.findData(now)))
    combo.blockSignals(False)

"""The filters of the constellation: what is searched, what colours the stars, which classes pass, what is shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import ClassVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QLineEdit, QScrollArea, QVBoxLayout, QWidget

from studio_app.catalogue.query import UNJUDGED, Weights
from studio_app.session.sky_stars import CLASSES, FAMILIES, NONE, Family
from ui import words
from ui.evolve.segments import Segments
from ui.form.editors.choice import Combo
from ui.panel import Panel
from ui.qt.language import QT_TRANSLATE_NOOP, translated
from ui.sky.card import Stars
from ui.sky.card_words import engine_name
from ui.sky.cost_box import CostBox
from ui.sky.filter_rows import ClassRow, TimeSlider, WeightRow, section
from ui.sky.look_asker import LookAsker
from ui.sky.still import class_title
from ui.widgets import clear_mark, hairline, label, row, search_mark, tool_button

TYPING_MS = 140
"""So long after the last letter the catalogue is asked."""
_TITLES = {
    "genre": QT_TRANSLATE_NOOP("SkyFilters", "Genre"),
    "pacing": QT_TRANSLATE_NOOP("SkyFilters", "Pacing"),
    "style": QT_TRANSLATE_NOOP("SkyFilters", "Style"),
}
_SHOWN: dict[Family, tuple[str, ...]] = {
    **CLASSES,
    "pacing": ("contemplative", "slow_burn", "steady", "dynamic", "fast_paced", "frenetic"),
}
"""In the order people read them: slow to fast."""
_SIDE = 12
THIS, ALL = "this", "all"
"""The first two of the projects one can choose."""


class SkyFiltersPanel(Panel):
    """Whatever is set here dims stars or rings them; none moves."""

    id: ClassVar[str] = "sky_filters"
    title: ClassVar[str] = QT_TRANSLATE_NOOP("Panel", "Filters")
    also: ClassVar[str] = "constellation"
    order: ClassVar[int] = 12
    hint: ClassVar[str] = QT_TRANSLATE_NOOP(
        "Panel", "A search rings its matches, a filter dims the rest. No star moves."
    )

    def build(self) -> None:
        """Search, colours, classes, what is shown, and the rest below."""
        self.model = self.session.constellation
        self._typing = QTimer(self, singleShot=True, interval=TYPING_MS)
        self._typing.timeout.connect(lambda: self.model.ask(words=self.search.text()))
        self._make_search()
        self._make_colours()
        self.classes: dict[tuple[Family, str], ClassRow] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(0)
        self.looks = LookAsker(self.session, self.run)
        column.addWidget(self._padded(self.search, self.found, self.looks, self._colour_row))
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(self._body())
        column.addWidget(area, 1)
        column.addWidget(hairline())
        self.stars = Stars(empty=True)
        self.stars.rated.connect(lambda stars: self.model.ask(replace(self.model.query, rating=stars)))
        column.addWidget(row(label(self.tr("Rated"), "secondary"), 1, self.stars, margins=(_SIDE, 10, _SIDE, 10)))
        self.setFocusProxy(self.search)
        for signal in (self.model.changed, self.model.asked, self.model.looked):
            self.listen(signal, self._follow)
        self.listen(self.model.wished, self._wished)
        self.model.open()
        self._follow()

    def corner(self) -> Sequence[QWidget]:
        """Everything passes again."""
        clear = tool_button("rotate-ccw", self.tr("Clear search and filters"))
        clear.clicked.connect(self.model.clear)
        return (clear,)

    # --- parts --------------------------------------------------------------------------------------------------------

    def _padded(self, *widgets: QWidget) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(_SIDE, 2, _SIDE, 6)
        column.setSpacing(7)
        for widget in widgets:
            column.addWidget(widget)
        return holder

    def _make_search(self) -> None:
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Search by words or mood"))
        self.search.setAccessibleName(self.tr("Search clips"))
        search_mark(self.search)
        clear_mark(self.search, self.tr("Clear search"))
        self.search.textEdited.connect(lambda _: self._typing.start())
        self.search.textChanged.connect(lambda text: None if text else self._typing.start(0))
        self.found = label("", "muted", "caption", tabular=True)

    def _make_colours(self) -> None:
        titles = [(translated("SkyFilters", _TITLES[family]), family) for family in FAMILIES]
        self.colours = Segments(self.tr("Colour by"), titles)
        self.colours.chosen.connect(lambda name: self.model.set_look(replace(self.model.look, colour_by=name)))
        self._colour_row = row(label(self.tr("Colour by"), weight="medium"), 1, self.colours, spacing=4)

    def _body(self) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(_SIDE, 4, _SIDE, 12)
        column.setSpacing(0)
        for family in FAMILIES:
            column.addWidget(section(translated("SkyFilters", _TITLES[family])))
            for name in (*_SHOWN[family], UNJUDGED):
                one = ClassRow(self.tr("None") if name == UNJUDGED else class_title(name))
                one.toggled.connect(lambda _, family=family, name=name: self.model.toggle_class(family, name))
                self.classes[family, name] = one
                column.addWidget(one)
            column.addSpacing(12)
        column.addWidget(section(self.tr("Show")))
        self.unused, self.in_use = ClassRow(self.tr("Only unused clips")), ClassRow(self.tr("Only used clips"))
        self.used, self.lines = ClassRow(self.tr("Used in this cut")), ClassRow(self.tr("Lineage lines"))
        for one, means in ((self.unused, False), (self.in_use, True)):
            one.toggled.connect(
                lambda on, means=means: self.model.ask(replace(self.model.query, used=means if on else None))
            )
        self.used.toggled.connect(lambda on: self.model.set_look(replace(self.model.look, marks_used=on)))
        self.lines.toggled.connect(lambda on: self.model.set_look(replace(self.model.look, lineage=on)))
        self.main = ClassRow(self.tr("Main colours"))
        self.main.toggled.connect(lambda on: self.model.set_look(replace(self.model.look, main_colour=on)))
        for one in (self.unused, self.in_use, self.used, self.lines, self.main):
            column.addWidget(one)
        column.addSpacing(12)
        self._add_more(column)
        column.addStretch(1)
        return holder

    def _add_more(self, column: QVBoxLayout) -> None:
        column.addWidget(section(self.tr("Similar by")))
        names = {
            "look": self.tr("Look"),
            "motion": self.tr("Motion"),
            "meaning": self.tr("Meaning"),
            "sound": self.tr("Sound"),
        }
        self.weights = {name: WeightRow(title) for name, title in names.items()}
        for one in self.weights.values():
            one.weighed.connect(self._weigh)
            column.addWidget(one)
        column.addSpacing(12)
        column.addWidget(section(self.tr("Made")))
        self.time = TimeSlider()
        self.time.ranged.connect(self._made_between)
        column.addWidget(self.time)
        column.addSpacing(12)
        self.tags = QLineEdit()
        self.tags.setPlaceholderText(self.tr("Tags, parted by commas"))
        self.tags.setAccessibleName(self.tr("Tags"))
        self.tags.editingFinished.connect(self._tagged)
        self.engine = Combo()
        self.engine.setAccessibleName(self.tr("Engine"))
        self.engine.activated.connect(self._choose_engine)
        self.cost = CostBox()
        self.cost.limited.connect(lambda most: self.model.ask(replace(self.model.query, most_cost=most)))
        self.project = Combo()
        self.project.setAccessibleName(self.tr("Project"))
        self.project.activated.connect(self._choose_project)
        for widget in (self.project, self.tags, self.engine, self.cost):
            column.addWidget(widget)
            column.addSpacing(6)

    # --- what a hand does ---------------------------------------------------------------------------------------------

    def _choose_project(self, at: int) -> None:
        wanted = self.project.itemData(at)
        if wanted in (THIS, ALL):
            self.model.set_everywhere(wanted == ALL)
        else:
            self.model.show_project(wanted)

    def _weigh(self) -> None:
        self.model.weigh(Weights(**{name: one.value for name, one in self.weights.items()}))

    def _made_between(self, start: float | None, end: float | None) -> None:
        self.model.ask(replace(self.model.query, made_from=_iso(start), made_until=_iso(end)))

    def _tagged(self) -> None:
        tags = tuple(dict.fromkeys(one.strip().lower() for one in self.tags.text().split(",") if one.strip()))
        if tags != self.model.query.tags:
            self.model.ask(replace(self.model.query, tags=tags))

    def _choose_engine(self, at: int) -> None:
        name = self.engine.itemData(at)
        self.model.ask(replace(self.model.query, engine=(name,) if name else ()))

    def _wished(self, what: str) -> None:
        if what == "find":
            self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.search.selectAll()

    # --- what is shown ------------------------------------------------------------------------------------------------

    def _follow(self) -> None:
        model = self.model
        if self.search.text().strip() != model.words.strip() and not self._typing.isActive():
            self.search.blockSignals(True)
            self.search.setText(model.words)
            self.search.blockSignals(False)
        self.found.setText(self.amount_words())
        counts = model.counts()
        for (family, name), one in self.classes.items():
            code = CLASSES[family].index(name) if name != UNJUDGED else NONE
            one.set_code(code if model.look.colour_by == family else None)
            one.show_state(model.is_on(family, name), counts[family][code])
        self.colours.show_value(model.look.colour_by)
        self.unused.show_state(model.query.used is False, model.unused_count())
        self.in_use.show_state(model.query.used is True, len(model.stars) - model.unused_count())
        self.used.show_state(model.look.marks_used, len(model.used))
        self.lines.show_state(model.look.lineage, len(model.stars.parents))
        self.main.show_state(model.look.main_colour, None)
        self.stars.set_stars(model.query.rating)
        for name, weight in self.weights.items():
            weight.show_value(min(1.0, getattr(model.weights, name)))
        self.time.show_days(model.stars.made, _days(model.query.made_from), _days(model.query.made_until))
        if not self.tags.hasFocus():
            self.tags.setText(", ".join(model.query.tags))
        if not self.cost.hasFocus():
            self.cost.show_most(model.query.most_cost)
        self.looks.follow()
        self._fill_engines()
        self._fill_projects()

    def _fill_projects(self) -> None:
        model = self.model
        names = [(self.tr("This project"), THIS), (self.tr("All projects"), ALL)]
        names += [(name or self.tr("Untitled"), one) for one, name in model.other_projects.items()]
        if [(self.project.itemText(at), self.project.itemData(at)) for at in range(self.project.count())] != names:
            self.project.clear()
            for name, one in names:
                self.project.addItem(name, one)
        shown = ALL if model.everywhere else model.project_shown
        self.project.setCurrentIndex(max(0, self.project.findData(shown)))

    def _fill_engines(self) -> None:
        names = ["", *self.model.engines()]
        if [self.engine.itemData(at) for at in range(self.engine.count())] != names:
            self.engine.clear()
            for name in names:
                self.engine.addItem(engine_name(name) or self.tr("Any engine"), name)
        chosen = self.model.query.engine[0] if self.model.query.engine else ""
        self.engine.setCurrentIndex(max(0, self.engine.findData(chosen)))

    def amount_words(self) -> str:
        """`23 of 412 match, nearest first`; without a search how many pass."""
        model = self.model
        number = len(model.stars)
        if not number:
            return self.tr("No clips yet") if model.is_known and not model.is_placing else ""
        if model.answer.is_searched:
            hits = int((model.answer.matching & model.answer.passing).sum())
            like = model.query.like
            told = self.tr("{hits} of {number} match, nearest first")
            if like is not None and like.unlike:
                told = self.tr("{hits} of {number}, farthest first")
            return told.format(hits=words.count(hits), number=words.count(number))
        passing = int(model.answer.passing.sum())
        if passing == number:
            return words.plural(number, self.tr("clip"))
        return self.tr("{passing} of {number} shown").format(passing=words.count(passing), number=words.count(number))


def _iso(day: float | None) -> str:
    """A day since 1970 as ISO 8601."""
    return "" if day is None else (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(days=day)).strftime("%Y-%m-%dT%H:%M:%S")


def _days(text: str) -> float | None:
    return datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp() / 86400 if text else None

"""The evolution panel: the chosen operation's values, what it works on, what it changes, and the verb that makes it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QIntValidator
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QSizePolicy,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from studio_app.session.evolve_attempts import Landing
from studio_app.session.evolve_offers import OperationOffer
from studio_app.session.session import Monitor
from ui import words
from ui.evolve.chain_row import ChainRow
from ui.evolve.changes import ChangeRows, once
from ui.evolve.operation_form import shown_specs, to_real, to_shown
from ui.evolve.run_on import RunOn
from ui.evolve.segments import Segments
from ui.evolve.sources import Sources, names_of
from ui.form.editors.choice import Combo
from ui.form.form import Form
from ui.panel import Panel
from ui.qt import tokens
from ui.qt.language import EFFECTS, QT_TRANSLATE_NOOP, translated
from ui.widgets import ElidedLabel, EmptyState, KeyCap, hairline, label, push_button, row, tool_button

ROW = 32
LABEL = 86
_SIDE, _BAR = 12, 10
"""Air at the sides; the scroll bar always has its place, so that fields and verb end on one line."""
_BOXED = "QToolButton {{ background: {ground}; border: 1px solid {edge}; }}"
_MOST_SEED = 999_999


class EvolutionPanel(Panel):
    """Built by itself from the operation: a form, sources, rows of what changes, and the verb below."""

    id: ClassVar[str] = "evolution"
    title: ClassVar[str] = QT_TRANSLATE_NOOP("Panel", "Evolution")
    order: ClassVar[int] = 51
    hint: ClassVar[str] = QT_TRANSLATE_NOOP("Panel", "Ctrl+Enter makes it. At 0 % the clip comes back as it is.")
    monitor: ClassVar[Monitor] = "compare"
    least_width: ClassVar[int] = 260

    def build(self) -> None:
        """A page that scrolls, and the verb below it."""
        self.stack = QStackedLayout(self)
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.scroller = QScrollArea()
        self.scroller.setWidgetResizable(True)
        self.scroller.setFrameShape(QFrame.Shape.NoFrame)
        self.scroller.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.scroller.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.scroller.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.scroller.setWidget(self._page())
        column.addWidget(self.scroller, 1)
        column.addWidget(self._verbs())
        self.stack.addWidget(whole)
        self.stack.addWidget(
            EmptyState(
                "dna",
                self.tr("No clip chosen"),
                self.tr("Choose a clip, then what is to be made of it."),
                (self.tr("Show media pool"), "", lambda: self.run("panel.media_pool")),
            )
        )
        evolving = self.session.evolving
        self.listen(evolving.changed, self.refresh)
        self.listen(evolving.results_changed, self._show_verbs)
        self.listen(self.session.comparing.arrived, self._show_changes)
        self.listen(self.session.comparing.changed, self._comparing_changed)
        self.listen(self.session.thumbnails.arrived, lambda _: self.sources.repaint_pictures())
        self.listen(self.session.transport.marks_changed, self._show_verbs)
        self.listen(self.session.presence.changed, self.refresh)
        evolving.follow()
        self.refresh()

    def corner(self) -> Sequence[QWidget]:
        """Back to how it was."""
        reset = tool_button("rotate-ccw", self.tr("Reset the values"))
        reset.clicked.connect(self.session.evolving.reset)
        return (reset,)

    def menu(self) -> Sequence[QAction]:
        """Steps and looks."""
        found = []
        for action_id, title in (
            ("evolve.then", self.tr("Add as a step before the next")),
            ("evolve.keep_look", self.tr("Keep as a look…")),
        ):
            action = QAction(title, self)
            action.setEnabled(self.session.evolving.lead is not None)
            action.triggered.connect(lambda _=False, one=action_id: Panel.run(self, one))
            found.append(action)
        return found

    # its parts

    def _page(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(_SIDE, 14, _SIDE - _BAR, 12)
        column.setSpacing(0)
        self.name = label("", size="heading", weight="semibold")
        self.sentence = label("", "muted")
        self.sentence.setWordWrap(True)
        self.chain = ChainRow(self.session)
        column.addWidget(self.name)
        column.addSpacing(4)
        column.addWidget(self.sentence)
        column.addSpacing(10)
        column.addWidget(self.chain)
        self._chain_gap = QWidget()
        self._chain_gap.setFixedHeight(8)
        column.addWidget(self._chain_gap)
        self._form_place = QVBoxLayout()
        column.addLayout(self._form_place)
        self._form: Form | None = None
        self._shown: OperationOffer | None = None
        self._fixed_rows(column)
        self._gap(column)
        column.addWidget(label(self.tr("Sources"), weight="semibold"))
        column.addSpacing(8)
        self.sources = Sources(self.session)
        column.addWidget(self.sources)
        self._changes_above = self._gap(column)
        self.changes_title = label(self.tr("What changes"), weight="semibold")
        column.addWidget(self.changes_title)
        column.addSpacing(8)
        self.changes = ChangeRows(LABEL)
        column.addWidget(self.changes)
        self._limits_above = self._gap(column)
        self.limits_title = label(self.tr("Good to know"), weight="semibold")
        self.limits = label("", "muted")
        self.limits.setWordWrap(True)
        column.addWidget(self.limits_title)
        column.addSpacing(6)
        column.addWidget(self.limits)
        column.addStretch(1)
        return page

    def _gap(self, column: QVBoxLayout) -> QWidget:
        column.addSpacing(16)
        line = hairline()
        column.addWidget(line)
        column.addSpacing(14)
        return line

    def _fixed_rows(self, column: QVBoxLayout) -> None:
        evolving = self.session.evolving
        self.range = Segments(
            self.tr("Range"),
            ((self.tr("Whole clip"), "whole"), (self.tr("Marked part"), "part")),
            wide=True,
        )
        self.range.setToolTip(self.tr("The marked part is what lies between the in and out points, within this clip."))
        self.range.chosen.connect(lambda value: evolving.set_part_only(value == "part"))
        self.seed = QLineEdit()
        self.seed.setValidator(QIntValidator(0, _MOST_SEED, self.seed))
        self.seed.setAccessibleName(self.tr("Seed"))
        self.seed.editingFinished.connect(lambda: evolving.set_seed(int(self.seed.text() or 0)))
        dice = tool_button("shuffle", self.tr("Another seed"), size=26)
        dice.setStyleSheet(_BOXED.format(ground=tokens.hex_of("surface.control"), edge=tokens.hex_of("border.default")))
        dice.clicked.connect(evolving.roll_seed)
        self.run_on = RunOn(self.session)
        self.landing = Combo()
        self.landing.setMinimumWidth(80)
        self.landing.setAccessibleName(self.tr("Result"))
        self.landing.activated.connect(lambda _: evolving.set_landing(Landing(self.landing.currentData())))
        seed_row = QWidget()
        line = QHBoxLayout(seed_row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        line.addWidget(self.seed, 1)
        line.addWidget(dice)
        for title, widget in (
            (self.tr("Range"), self.range),
            (self.tr("Seed"), seed_row),
            (self.tr("Run on"), self.run_on),
            (self.tr("Result"), self.landing),
        ):
            name = label(title, "secondary")
            name.setFixedWidth(LABEL)
            holder = QWidget()
            inner = QHBoxLayout(holder)
            inner.setContentsMargins(0, 0, 0, 0)
            inner.setSpacing(8)
            inner.addWidget(name)
            inner.addWidget(widget, 1)
            holder.setFixedHeight(ROW)
            column.addWidget(holder)

    def _verbs(self) -> QWidget:
        foot = QWidget()
        column = QVBoxLayout(foot)
        column.setContentsMargins(_SIDE, 0, _SIDE, 12)
        column.setSpacing(0)
        column.addWidget(hairline())
        column.addSpacing(8)
        self.estimate = ElidedLabel("", "muted")
        self.estimate.setFixedHeight(20)
        self._estimate_row = row(self.estimate, KeyCap("Ctrl Enter"))
        column.addWidget(self._estimate_row)
        self.wanting = label("", "secondary")
        self.wanting.setWordWrap(True)
        column.addWidget(self.wanting)
        column.addSpacing(6)
        self.make_button = push_button(self.tr("Make take"), "dna", primary=True)
        self.make_button.setProperty("verb", True)
        self.make_button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.make_button.clicked.connect(lambda: self.run("evolve.make"))
        self.use_button = push_button(self.tr("Use in cut"))
        self.use_button.setProperty("verb", True)
        self.use_button.clicked.connect(lambda: self.run("evolve.use"))
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.make_button, 1)
        line.addWidget(self.use_button)
        column.addLayout(line)
        return foot

    # showing

    def refresh(self) -> None:
        """Another clip, operation or value."""
        evolving = self.session.evolving
        offer, lead = evolving.offer, evolving.lead
        self.stack.setCurrentIndex(1 if lead is None or offer is None else 0)
        if offer is None:
            return
        if offer is not self._shown:
            self._show_operation(offer)
        if self._form is not None:
            self._form.set_values(to_shown(offer.specs, evolving.values_of(offer)))
        self.chain.refresh()
        self._chain_gap.setVisible(bool(evolving.chain))
        self.range.show_value("part" if evolving.part_only else "whole")
        if not self.seed.hasFocus() or not self.seed.isModified():
            self.seed.setText(str(evolving.seed))
        self.run_on.refresh()
        self._show_landing()
        self._show_sources(offer)
        self._show_changes()
        self._show_verbs()

    def _show_operation(self, offer: OperationOffer) -> None:
        self._shown = offer
        self.name.setText(translated(EFFECTS, offer.title))
        first, rest = _parted(translated(EFFECTS, offer.sentence))
        self.sentence.setText(first)
        self.limits.setText(rest)
        for widget in (self.limits_title, self.limits, self._limits_above):
            widget.setVisible(bool(rest))
        if self._form is not None:
            self._form.hide()
            self._form.deleteLater()
        form = Form(shown_specs(offer.specs), label_width=LABEL, row_height=ROW)
        form.changed.connect(
            lambda name, value: self.session.evolving.set_values({name: to_real(offer.specs, name, value)})
        )
        self._form = form
        self._form_place.addWidget(form)
        self.scroller.verticalScrollBar().setValue(0)

    def _show_landing(self) -> None:
        evolving = self.session.evolving
        entries = [
            (self.tr("Take of this shot"), Landing.TAKE),
            (self.tr("Clip of its own"), Landing.CLIP),
        ]
        if evolving.can_land_as_edit():
            entries.append((self.tr("Clips on the timeline"), Landing.EDIT))
        if self.landing.count() != len(entries):
            self.landing.clear()
            for title, one in entries:
                self.landing.addItem(title, one.value)
        self.landing.setCurrentIndex(max(0, self.landing.findData(evolving.landing.value)))

    def _show_sources(self, offer: OperationOffer) -> None:
        evolving = self.session.evolving
        sources = list(evolving.sources()) if offer.takes_more else []
        if not sources:
            library = self.session.document.library.media
            sources = [library[one.media_id] for one in evolving.picks if one.media_id in library]
        text = ""
        if offer.takes_more and len(sources) < offer.most:
            text = self.tr("Drop a second clip to remix") if len(sources) < 2 else self.tr("Drop one more clip")
        elif not offer.takes_more and len(sources) == 1:
            text = self.tr("Drop a second clip to remix")
        self.sources.show_sources(names_of(self.session, sources), text)

    def _comparing_changed(self) -> None:
        self._show_changes()
        self._show_verbs()

    def _show_changes(self) -> None:
        rows = self._rows_of_change()
        for widget in (self.changes_title, self._changes_above):
            widget.setVisible(bool(rows))
        self.changes.show_rows(rows)

    def _rows_of_change(self) -> tuple[tuple[str, str], ...]:
        """Of a result as it was recorded; of what is not made yet as the preview tells."""
        comparing = self.session.comparing
        if comparing.after_id:
            take = self.session.document.library.take_of_media(comparing.after_id)
            facts = take.lineage.extra.get("facts", {}) if take is not None else {}
            return once((str(one[0]), str(one[1])) for one in facts.get("changes", ()))
        made = comparing.pictures
        if made is None or made.wanted.steps != self.session.evolving.steps():
            return self.changes.rows if made is not None and comparing.is_shown else ()
        return once(made.changes)

    def _show_verbs(self) -> None:
        evolving = self.session.evolving
        lead, offer = evolving.lead, evolving.offer
        if lead is None or offer is None:
            return
        missing = evolving.missing()
        self.make_button.setEnabled(not missing)
        self.make_button.setToolTip(missing)
        self.make_button.setText(self._verb())
        self.wanting.setText(missing)
        self.wanting.setVisible(bool(missing))
        self._estimate_row.setVisible(not missing)
        if not missing and self._lays_clips():
            self.estimate.setText(self.tr("Clips are laid on the timeline, no film is made"))
        elif not missing and evolving.sends and evolving.runs_on is not None:
            self.estimate.setText(
                self.tr("{engine} is sent {picture} of picture").format(
                    engine=evolving.runs_on.engine, picture=_in_seconds(evolving.estimate()[1])
                )
            )
        elif not missing:
            work, picture = evolving.estimate()
            self.estimate.setText(
                self.tr("About {work} for {picture} of picture").format(
                    work=words.spoken(max(1.0, work)), picture=_in_seconds(picture)
                )
            )
        self.use_button.setEnabled(self.session.comparing.after is not None)
        self.use_button.setToolTip(
            ""
            if self.use_button.isEnabled()
            else self.tr("Choose a variant first: what is only previewed is not there yet.")
        )

    def _lays_clips(self) -> bool:
        evolving = self.session.evolving
        return evolving.landing is Landing.EDIT and evolving.can_land_as_edit()

    def _verb(self) -> str:
        evolving = self.session.evolving
        lead, offer = evolving.lead, evolving.offer
        count = 1 if offer is not None and offer.takes_more else len(evolving.picks)
        if evolving.runs_on is not None and evolving.asked_words:
            price = evolving.runs_on.price(evolving.estimate()[1]) or self.tr("price unknown")
            return self.tr("Send to {engine}, {price}").format(engine=evolving.runs_on.engine, price=price)
        if self._lays_clips():
            return self.tr("Lay clips, free")
        if count > 1:
            return self.tr("Make {count} takes, free").format(count=count)
        is_take = evolving.landing is Landing.TAKE and evolving.part_of(lead) is None if lead is not None else False
        if lead is None or not is_take or (lead.shot_id is None and lead.clip_id is None):
            return self.tr("Make clip, free")
        return self.tr("Make take {number}, free").format(number=evolving.makers.next_take(lead))


def _in_seconds(picture: float) -> str:
    return f"{picture:.1f}".removesuffix(".0") + " s"


def _parted(sentences: str) -> tuple[str, str]:
    """The first sentence, which says what is done, and the others, which say what cannot be."""
    first, dot, rest = sentences.partition(". ")
    return (f"{first}.", rest) if dot else (sentences, "")

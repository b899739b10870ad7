"""Narrative: a structure, the tension of scenes against its ideal, acts as columns, suggestions with one verb each."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedLayout, QVBoxLayout, QWidget

from studio_app.planning.narrative.structures import STRUCTURES
from studio_app.services.jobs import Job
from studio_app.session import scenes_meant
from studio_app.session.narrating import Offer
from timeline.errors import EditRefused, StudioError
from ui import words
from ui.form.editors.choice import Combo
from ui.narrative_acts import ActColumns
from ui.narrative_curve import TensionCurve
from ui.narrative_offers import OfferList
from ui.panel import Panel
from ui.qt.language import QT_TRANSLATE_NOOP, translated
from ui.widgets import Bar, ElidedLabel, EmptyState, hairline, label, push_button, row, tool_button

STRUCTURE_TITLES = {
    "three_act": QT_TRANSLATE_NOOP("NarrativePanel", "Three acts"),
    "five_act": QT_TRANSLATE_NOOP("NarrativePanel", "Five acts"),
    "hero_journey": QT_TRANSLATE_NOOP("NarrativePanel", "Hero’s journey"),
    "save_the_cat": QT_TRANSLATE_NOOP("NarrativePanel", "Save the Cat"),
}
_ORDERS = {
    "three_act": ("narrative.order_three_acts", QT_TRANSLATE_NOOP("NarrativePanel", "Order as three acts")),
    "five_act": ("narrative.order_five_acts", QT_TRANSLATE_NOOP("NarrativePanel", "Order as five acts")),
    "hero_journey": (
        "narrative.order_heros_journey",
        QT_TRANSLATE_NOOP("NarrativePanel", "Order as a hero’s journey"),
    ),
    "save_the_cat": ("narrative.order_save_the_cat", QT_TRANSLATE_NOOP("NarrativePanel", "Order as Save the Cat")),
}


class NarrativePanel(Panel):
    """What the scenes tell, and what would tell it better."""

    id: ClassVar[str] = "narrative"
    title: ClassVar[str] = QT_TRANSLATE_NOOP("Panel", "Narrative")
    order: ClassVar[int] = 58
    hint: ClassVar[str] = QT_TRANSLATE_NOOP(
        "Panel",
        "Grey: how tense the scenes are. Dashed: the ideal. A click goes to a scene; orders become new sequences.",
    )
    least_width: ClassVar[int] = 220

    def build(self) -> None:
        """Chooser above, what scrolls in the middle, the verb below."""
        self.head = self._head()
        self.progress = self._progress()
        middle = QWidget()
        self.stack = QStackedLayout(middle)
        self.stack.addWidget(self._body())
        self.stack.addWidget(
            EmptyState(
                "activity",
                self.tr("No story yet"),
                self.tr("Choose clips, files or shots, or put some on the timeline, and see how their tension goes."),
                (self.tr("Look at scenes"), "activity", lambda: self.run("narrative.look")),
                (self.tr("What is missing"), "search", lambda: self.run("suggest.missing")),
            )
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self.progress)
        column.addWidget(hairline())
        column.addWidget(middle, 1)
        self.foot_line = hairline()
        column.addWidget(self.foot_line)
        self.foot = self._foot()
        column.addWidget(self.foot)
        session = self.session
        self.listen(session.narrating.changed, self.refresh)
        self.listen(session.jobs.changed, self._job_changed)
        for pictures in (session.thumbnails, session.sketches):
            self.listen(pictures.arrived, lambda _: self._pictures_came())
        self.listen(session.selection.changed, self._follow)
        self.refresh()

    def _head(self) -> QWidget:
        self.structure = Combo()
        self.structure.setAccessibleName(self.tr("Structure"))
        for one in STRUCTURES.values():
            self.structure.addItem(translated("NarrativePanel", STRUCTURE_TITLES[one.id]), one.id)
        self.structure.activated.connect(self._choose)
        self.by = Combo()
        self.by.setAccessibleName(self.tr("Acts by"))
        self.by.setToolTip(self.tr("Part the acts by running time, or with as many scenes in each"))
        self.by.addItem(self.tr("By length"), "length")
        self.by.addItem(self.tr("By count"), "count")
        self.by.activated.connect(self._choose)
        for box, letters in ((self.structure, 9), (self.by, 7)):  # their longest word must not widen a narrow panel
            box.setMinimumContentsLength(letters)
            box.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.look = tool_button("refresh-cw", self.tr("Look at the chosen scenes, else the whole cut"))
        self.look.clicked.connect(lambda: self.run("narrative.look"))
        return row(self.structure, self.by, 1, self.look, margins=(12, 8, 12, 8))

    def _progress(self) -> QWidget:
        self.bar, self.left = Bar(72), label("", "muted", tabular=True)
        self.doing = ElidedLabel("", "muted")
        stop = tool_button("x", self.tr("Cancel"), icon_size=14)
        stop.clicked.connect(self.session.narrating.cancel)
        return row(self.doing, self.bar, self.left, stop, margins=(12, 0, 8, 6))

    def _body(self) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(12, 8, 12, 12)
        column.setSpacing(8)
        self.of = ElidedLabel("", weight="semibold")
        self.fit = label("", "secondary", tabular=True)
        self.fit.setToolTip(self.tr("How near the scenes come to the ideal curve, on their own scale of tension"))
        self.facts = row(self.of, self.fit)
        self.curve, self.acts = TensionCurve(), ActColumns(self.session)
        self.curve.chosen.connect(self._go)
        self.acts.chosen.connect(self._go)
        self.offers = OfferList(self.session)
        self.offers.followed.connect(self._do)
        self.error = label("", "failed")
        self.error.setWordWrap(True)
        for widget in (self.error, self.facts, self.curve, self.acts, self.offers):
            column.addWidget(widget)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(holder)
        scroll.setAccessibleName(self.tr("Story and suggestions"))
        return scroll

    def _foot(self) -> QWidget:
        self.promise = ElidedLabel(self.tr("As a new sequence"), "muted")
        self.verb = push_button("", primary=True)
        self.verb.clicked.connect(lambda: self.run(_ORDERS[self.session.narrating.structure_id][0]))
        return row(self.promise, self.verb, margins=(12, 8, 12, 8))

    # --- keep the screen true ---------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Show what is known now."""
        state = self.session.narrating
        told = state.told
        self.structure.setCurrentIndex(self.structure.findData(state.structure_id))
        self.by.setCurrentIndex(self.by.findData(state.by))
        self.error.setText(state.error)
        self.error.setVisible(bool(state.error))
        for widget in (self.facts, self.curve, self.acts):
            widget.setVisible(told is not None)
        if told is not None:
            self.of.setText(f"{told.title}, {words.plural(len(told.story.scenes), 'scene')}")
            fits = len(told.story.scenes) > 1
            self.fit.setText(self.tr("Fit {percent} %").format(percent=round(told.story.fit * 100)) if fits else "")
        self.offers.show_offers(state.offers)
        self.stack.setCurrentIndex(0 if told is not None or state.offers.title or state.error else 1)
        for widget in (self.foot, self.foot_line):
            widget.setVisible(told is not None)
        self.verb.setText(translated("NarrativePanel", _ORDERS[state.structure_id][1]))
        self._follow()
        self._show_progress()

    def _follow(self) -> None:
        """Mark the scenes that are chosen."""
        selection, told = self.session.selection, self.session.narrating.told
        ids = frozenset((*selection.items.ids, *selection.media.ids, *selection.shots.ids))
        if told is not None and ids >= told.materials.keys():
            ids = frozenset()  # a mark on each is none
        self.curve.show_story(told.story if told is not None else None, ids)
        self.acts.show_told(told, ids)

    def _job_changed(self, job: Job) -> None:
        if job is self.session.narrating.job or self.progress.isVisible():
            self._show_progress()

    def _show_progress(self) -> None:
        job = self.session.narrating.job
        self.progress.setVisible(job is not None and not job.is_over)
        if job is not None:
            self.doing.setText(job.label)
            self.bar.set_fraction(job.fraction)
            told = (words.percent(job.fraction), words.left(job.seconds_left))
            self.left.setText(", ".join(one for one in told if one))

    def _pictures_came(self) -> None:
        self.acts.update()
        self.offers.take_pictures()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow panel leaves out what is nice to know."""
        if self.is_built:
            self.promise.setVisible(self.width() >= 300)

    # --- what the hand does -----------------------------------------------------------------------------------------

    def _choose(self) -> None:
        state = self.session.narrating
        state.structure_id, state.by = self.structure.currentData(), self.by.currentData()
        if state.told is not None:
            scenes_meant.retell(self.session)
        self.refresh()

    def _go(self, scene_id: str) -> None:
        scenes_meant.show_scene(self.session, scene_id)

    def _do(self, offer: Offer) -> None:
        again = self.session.narrating.offers.again
        try:
            offer.do()
        except StudioError as error:
            self.session.tell(error.message, error=not isinstance(error, EditRefused))
            return
        if again is not None:
            again()

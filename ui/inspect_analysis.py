"""The inspector's section of figures: what a clip is, measured; a button where it was not measured yet."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from studio_app.services.analyses import (
    Analysis,
    Colour,
    Composition,
    Consistency,
    Cuts,
    Motion,
    Sound,
)
from studio_app.services.jobs import Job
from studio_app.session.session import Session
from timeline.media import Media
from ui import analysis_words, words
from ui.analysis_marks import Curve, Levels, SwatchBar, Ticks, WeightMap
from ui.analysis_words import Line, Mark
from ui.form.section import Section
from ui.widgets import Bar, label, push_button, row, tool_button

QUIETEST = -60.0
"""dB at the bottom of a curve of levels."""
_LEAST_MOTION = 0.05
"""Widths a second at the top of a curve of motion, at least: what hardly moves shall not look wild."""


class AnalysisSection(QWidget):
    """Figures of one medium, or how to get them. `refresh` when something was measured; hidden without a medium."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._media: Media | None = None
        self._shown: object = None
        self._bar: Bar | None = None
        self._left: QLabel | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        body = QWidget()
        self._place = QVBoxLayout(body)
        self._place.setContentsMargins(0, 2, 0, 4)
        self._place.setSpacing(6)
        column.addWidget(Section(self.tr("Analysis"), body, can_reset=False))
        self.setMinimumWidth(1)  # in a narrow panel its curves are cut, not the keyframes of the values above

    def show_of(self, media: Media | None) -> None:
        """Show another medium; none hides it."""
        self._media = media
        self.setVisible(media is not None)
        self.refresh()

    def refresh(self) -> None:
        """Show what is known now. Widgets are made anew only when that is another thing."""
        media = self._media
        if media is None:
            return
        analyses = self._session.analyses
        found = analyses.get(media)
        job = analyses.job_of(media)
        failure = analyses.failure_of(media)
        shown = (media.id, found, job, failure, analyses.is_looked_up(media))
        if shown != self._shown:
            self._shown = shown
            self._clear()
            self._fill(media, found, job, failure)
        if job is not None and self._bar is not None and self._left is not None:
            self._bar.set_fraction(job.fraction)
            self._left.setText(
                ", ".join(one for one in (words.percent(job.fraction), words.left(job.seconds_left)) if one)
            )

    def _fill(self, media: Media, found: Analysis | None, job: Job | None, failure: str) -> None:
        if found is not None:
            self._place.addLayout(_table(found))
            for note in found.notes:
                self._say(note)
        elif job is not None:
            self._show_job(job)
        elif self._session.analyses.is_looked_up(media) or failure:
            if failure:
                self._say(failure, "failed")
            self._offer(media)

    def _offer(self, media: Media) -> None:
        button = push_button(self.tr("Analyse"), "gauge")
        button.setToolTip(self.tr("Measure its colours, motion, cuts and sound on this computer"))
        button.clicked.connect(lambda: self._measure(media))
        self._place.addWidget(row(button, 1))

    def _measure(self, media: Media) -> None:
        self._session.analyses.measure(media)
        self.refresh()

    def _show_job(self, job: Job) -> None:
        self._bar, self._left = Bar(96), label("", "muted", tabular=True)
        stop = tool_button("x", self.tr("Cancel"), icon_size=14)
        stop.clicked.connect(job.cancel)
        self._place.addWidget(row(self._bar, self._left, 1, stop))

    def _say(self, text: str, tone: str = "muted") -> None:
        told = label(text, tone)
        told.setWordWrap(True)
        self._place.addWidget(told)

    def _clear(self) -> None:
        self._bar = self._left = None
        _empty(self._place)


def _empty(layout: QVBoxLayout | QGridLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        elif isinstance(inner := item.layout(), QVBoxLayout | QGridLayout):
            _empty(inner)


def _table(found: Analysis) -> QGridLayout:
    """Name, value and mark; a mark without a value takes both columns, colours stand over their codes."""
    grid = QGridLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(10)
    grid.setVerticalSpacing(5)
    grid.setColumnMinimumWidth(0, 76)
    grid.setColumnStretch(2, 1)
    at = 0
    for line in analysis_words.lines_of(found):
        name = label(line.name, "secondary")
        value = label(line.text, tabular=True)
        value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        for one in (name, value):
            one.setToolTip(line.tip)
        mark = MARKS[line.mark](found, line) if line.mark in MARKS else None
        tall = line.mark in ("levels", "weight", "swatches")
        grid.addWidget(name, at, 0, Qt.AlignmentFlag.AlignTop if tall else Qt.AlignmentFlag.AlignVCenter)
        if mark is None:
            value.setWordWrap(True)
            grid.addWidget(value, at, 1, 1, 2)
        elif tall:
            grid.addWidget(mark, at, 1, 1, 2)
            if line.text:
                at += 1
                value.setProperty("tone", "muted")
                grid.addWidget(value, at, 1, 1, 2)
        else:
            grid.addWidget(value, at, 1)
            grid.addWidget(mark, at, 2)
        at += 1
    return grid


def _swatches(found: Analysis, line: Line) -> QWidget | None:
    colour = found.get(Colour)
    return None if colour is None else SwatchBar([(one.colour, one.share) for one in colour.swatches], line.name)


def _levels(found: Analysis, line: Line) -> QWidget | None:
    colour = found.get(Colour)
    if colour is None:
        return None
    levels = colour.histograms
    return Levels((levels.red, levels.green, levels.blue), line.name)


def _brightness(found: Analysis, line: Line) -> QWidget | None:
    over = found.get(Consistency)
    return None if over is None or len(over.curve) < 2 else Curve(over.curve, 0.0, 1.0, line.name)


def _motion(found: Analysis, line: Line) -> QWidget | None:
    motion = found.get(Motion)
    if motion is None or len(motion.curve) < 2:
        return None
    return Curve(motion.curve, 0.0, max(_LEAST_MOTION, max(motion.curve) * 1.05), line.name)


def _cuts(found: Analysis, line: Line) -> QWidget | None:
    cuts = found.get(Cuts)
    if cuts is None or not found.seconds:
        return None
    return Ticks([one.seconds / found.seconds for one in cuts.cuts], line.name)


def _weight(found: Analysis, line: Line) -> QWidget | None:
    composed = found.get(Composition)
    if composed is None:
        return None
    return WeightMap(composed.mass_x, composed.mass_y, found.width / max(found.height, 1), line.name)


def _level(found: Analysis, line: Line) -> QWidget | None:
    sound = found.get(Sound)
    return None if sound is None or len(sound.curve) < 2 else Curve(sound.curve, QUIETEST, 0.0, line.name)


MARKS: dict[Mark, Callable[[Analysis, Line], QWidget | None]] = {
    "swatches": _swatches,
    "levels": _levels,
    "brightness": _brightness,
    "motion": _motion,
    "cuts": _cuts,
    "weight": _weight,
    "level": _level,
}

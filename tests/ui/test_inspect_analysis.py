"""The inspector shows figures of what is selected, and how to get them; the jobs panel what is doubtful about a take."""

from __future__ import annotations

from types import MappingProxyType

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from engines.analyse.analysis import Analysis
from engines.analyse.measures.colour import Colour, Histograms, Swatch
from engines.analyse.measures.cuts import Cut, Cuts
from studio_app.services.job_book import BookState, Entry
from studio_app.services.jobs import Job, JobState
from studio_app.session.joined_parts import PARTS
from studio_app.session.session import Session
from ui.analysis_marks import Levels, SwatchBar, Ticks
from ui.inspect_analysis import AnalysisSection
from ui.job_controls import JobControls
from ui.job_words import look
from ui.panels.inspector import InspectorPanel

pytestmark = pytest.mark.qt

FLAT = (1 / 16,) * 16
FIGURES = Analysis(
    "clip",
    seconds=10.0,
    width=64,
    height=36,
    pictures=250,
    looked_at=250,
    figures=MappingProxyType(
        {
            "colour": Colour(
                brightness=0.42,
                contrast=0.2,
                saturation=0.3,
                hue=20.0,
                warmth=0.1,
                dominant="#aa5522",
                swatches=(Swatch(colour="#aa5522", share=0.75), Swatch(colour="#223344", share=0.25)),
                colour_variance=0.1,
                colour_drift=0.0,
                histograms=Histograms(luma=FLAT, red=FLAT, green=FLAT, blue=FLAT),
                clipped_dark=0.0,
                clipped_light=0.0,
                palette="warm_sunset",
                palette_distance=0.03,
            ),
            "cuts": Cuts(
                cuts=(Cut(frame=125, seconds=5.0, strength=0.8),), count=1, per_minute=6.0, mean_shot=5.0, exact=True
            ),
        }
    ),
)


@pytest.fixture
def inspector(session: Session, qtbot: QtBot) -> InspectorPanel:
    panel = InspectorPanel(session)
    qtbot.addWidget(panel)
    panel.resize(352, 700)
    panel.show()
    session.selection.media.set([next(iter(session.document.library.media))])
    QApplication.processEvents()
    return panel


def section(panel: InspectorPanel) -> AnalysisSection:
    (found,) = panel.page.findChildren(AnalysisSection)
    return found


def texts(panel: InspectorPanel) -> list[str]:
    QApplication.processEvents()
    return [one.text() for one in section(panel).findChildren(QLabel) if one.isVisibleTo(panel)]


def test_figures_that_arrive_are_shown_with_swatches_levels_and_cuts(
    inspector: InspectorPanel, session: Session, qtbot: QtBot
) -> None:
    media = next(iter(session.document.library.media.values()))
    session.analyses.take(media, FIGURES)
    shown = texts(inspector)
    assert "42 %" in shown
    assert "Warm sunset, near" in shown
    assert "1, a shot is 5 s" in shown
    (bar,) = section(inspector).findChildren(SwatchBar)
    first, second = bar.rects()
    assert first.width() == pytest.approx(3 * second.width())
    assert section(inspector).findChildren(Levels)
    assert section(inspector).findChildren(Ticks)
    assert not inspector.grab().isNull()


def test_what_was_not_measured_is_measured_by_a_press_and_shown(
    inspector: InspectorPanel, session: Session, qtbot: QtBot
) -> None:
    media = next(iter(session.document.library.media.values()))
    qtbot.waitUntil(lambda: bool(section(inspector).findChildren(QPushButton)))
    (button,) = section(inspector).findChildren(QPushButton)
    assert button.text() == "Analyse"
    button.click()
    qtbot.waitUntil(lambda: session.analyses.get(media) is not None)
    qtbot.waitUntil(lambda: "Brightness" in texts(inspector))


def test_a_clip_on_the_timeline_shows_the_figures_of_its_file(inspector: InspectorPanel, session: Session) -> None:
    session.selection.items.set(["picture"])
    QApplication.processEvents()
    clip = session.sequence.clip("picture")
    assert clip is not None
    media = session.document.library.media[clip.source.media_id]  # type: ignore[union-attr]
    session.analyses.take(media, FIGURES)
    assert "42 %" in texts(inspector)


def test_a_doubtful_take_offers_another_seed(session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    shot = session.document.project.storyboards[0].shots[0]
    job = Job("A shot", "generate", shot.id, lambda _: None)
    job.state, job.doubt, job.seed_may_help = JobState.DONE, "The picture flickers.", True
    controls = JobControls(job, session)
    qtbot.addWidget(controls)
    controls.refresh()
    assert look(job)[0] == "triangle-alert"
    assert controls.again.toolTip() == "Try another seed"
    whole = Entry("p", shot.id, "A shot", "runway", {}, "", place={PARTS: [[8, 8], [4, 5]]})
    for number in range(2):
        part = session.desk.book.add(Entry("p", whole.id, "A part", "runway", {}, "", place={"part": number}))
        session.desk.book.write(part.id, BookState.DONE, "", cost="0.60")
    monkeypatch.setattr(session.generation, "entry_of", lambda _: whole)
    dear = JobControls(job, session)
    qtbot.addWidget(dear)
    dear.refresh()
    assert dear.again.toolTip() == "Try another seed, $ 1.20", "a film in parts costs what they do"
    asked: list[str] = []
    monkeypatch.setattr(session.generation, "generate", lambda ids: asked.extend(ids))
    controls.again.click()
    assert asked == [shot.id]
    job.doubt, job.seed_may_help = "It is 320 × 180; 1080 lines were asked for.", False
    controls.refresh()
    assert not controls.again.isVisibleTo(controls)

"""The workspace Evolve: picking, making, variants, looks, and what a result leaves behind. Operations are tiny ones of the test."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import ClassVar

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QDragEnterEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from effects.frame import Frame
from effects.params import param
from engines.evolve.base import Edit, Film, Making, Operation, Piece, SourceClip
from engines.evolve.registry import operations
from engines.evolve.run import Step
from engines.media.reader import open_video
from studio_app.services.evolve_store import EvolveStore
from studio_app.session import evolve_looks, evolve_offers
from studio_app.session.evolve_attempts import Landing
from studio_app.session.evolving import Evolving
from studio_app.session.session import Session
from tests.engines.evolve.footage import camera_clip
from timeline.commands.edit_shot import EditShot
from timeline.errors import EditRefused
from timeline.items import Clip, MediaSource
from timeline.media import Media
from timeline.time import ZERO, RationalTime, TimeRange
from timeline.track import Track, TrackKind
from ui.drag_mime import media_mime
from ui.main_window import MainWindow
from ui.panels.compare import ComparePanel
from ui.panels.evolution import EvolutionPanel
from ui.panels.operations import OperationsPanel
from ui.panels.variants import VariantsPanel
from ui.toasts import Toast

pytestmark = [pytest.mark.qt, pytest.mark.media]
RATE = Fraction(24)


class Lift(Operation):
    """Make the picture lighter. It knows nothing of light."""

    title = "Lift"
    strength: float = param(0.5, ge=0, le=1, label="Intensity")

    def film(self, sources: Sequence[SourceClip], how: Making) -> Film:
        source, more = sources[0], round(100 * self.strength) + how.seed % 7

        def frame(index: int) -> Frame:
            luma, *rest = source.frame(index).planes
            return Frame((np.clip(luma.astype(np.int16) + more, 16, 235).astype(np.uint8), *rest))

        return Film(source.count, frame, source.size, source.rate, source.samples(), (("Light", f"+{more}"),))


class Pair(Operation):
    """One clip after the other."""

    title = "Pair"
    sources: ClassVar[tuple[int, int]] = (2, 2)

    def film(self, sources: Sequence[SourceClip], how: Making) -> Film:
        first, second = sources
        count = first.count + second.count

        def frame(index: int) -> Frame:
            return first.frame(index) if index < first.count else second.frame(index - first.count)

        return Film(count, frame, first.size, first.rate, None)

    def edit(self, sources: Sequence[SourceClip], how: Making) -> Edit:
        pieces, at = [], ZERO
        for number, one in enumerate(sources):
            length = RationalTime.from_frames(one.count, one.rate)
            pieces.append(Piece(number, ZERO, length, at))
            at += length
        return Edit(tuple(pieces), (), sum(one.count for one in sources), sources[0].rate)


class Slow(Operation):
    """Never ends by itself."""

    title = "Slow"

    def film(self, sources: Sequence[SourceClip], how: Making) -> Film:
        source = sources[0]

        def frame(index: int) -> Frame:
            for _ in range(0 if how.draft else 2000):
                how.job.check()
                QTest.qSleep(5)
            return source.frame(index)

        return Film(source.count, frame, source.size, source.rate, None)


@pytest.fixture(autouse=True)
def few_operations() -> Iterator[None]:
    registry = operations()
    tiny = {"vary.lift": Lift, "remix.pair": Pair, "mutate.slow": Slow}
    object.__setattr__(registry, "classes", tiny)  # a value, but for this test
    caches = (evolve_offers._offer, evolve_looks.shipped)
    for one in caches:
        one.cache_clear()
    yield
    for one in (*caches, operations):
        one.cache_clear()


def until(done: Callable[[], object], seconds: float = 30) -> None:
    for _ in range(int(seconds * 100)):
        QApplication.processEvents()
        if done():
            return
        QTest.qWait(10)
    raise AssertionError("it did not come to that in time")


def stand(session: Session, shot_id: str | None = None) -> tuple[Media, Media]:
    """Two clips in the pool and on the timeline."""
    media = []
    for name, scene, key in (("Meadow", "meadow", "a"), ("Street", "street", "b")):
        made = camera_clip((96, 54), RATE, 0.5, noise=0, shake=0, scene=scene).media()
        media.append(replace(made, name=name, id=key))
    session.document.add_media(media)
    clips = tuple(
        Clip(MediaSource(one.id), TimeRange(ZERO, RationalTime(1, 2)), name=one.name, id=f"clip {one.id}")
        for one in media
    )
    project = session.document.project
    sequence = replace(project.sequences[0], rate=RATE, tracks=(Track(TrackKind.VIDEO, clips, name="Picture"),))
    saved = replace(session.document.saved, project=replace(project, sequences=(sequence,)))
    session.document.replace(saved, None)
    return media[0], media[1]


@pytest.fixture
def evolving(session: Session) -> Evolving:
    stand(session)
    session.selection.items.set(["clip a"])
    session.evolving.choose("vary.lift")
    return session.evolving


def ready(session: Session) -> None:
    until(lambda: not session.evolving.makers.has_open)


def brightness(media: Media) -> float:
    reader = open_video(media)
    try:
        return float(reader.frame_at(ZERO).planes[0].mean())
    finally:
        reader.close()


def test_a_result_is_a_take_of_the_clips_shot_and_knows_its_parent(session: Session, evolving: Evolving) -> None:
    evolving.set_values({"strength": 0.4})
    evolving.make()
    ready(session)
    library = session.document.library
    (variant,) = evolving.results()
    take = library.take_of_media(variant.media_id)
    assert take is not None
    assert (variant.name, variant.state) == ("Lift 40 %", "ready")
    assert take.lineage.relationship == "variation"
    assert take.lineage.input_media_ids == ("a",)
    assert take.lineage.generation == 1
    assert take.lineage.request["values"] == {"strength": 0.4}
    clip = session.sequence.clip("clip a")
    assert clip is not None
    assert clip.source == MediaSource("a"), "the accepted cut stays as it is"
    assert [one.media_id for one in library.takes_of(clip.shot_id or "")] == ["a", variant.media_id]
    assert brightness(library.media[variant.media_id]) > brightness(library.media["a"]) + 30


def test_using_a_variant_is_one_step_and_can_be_taken_back(session: Session, evolving: Evolving) -> None:
    evolving.make()
    ready(session)
    (variant,) = evolving.results()
    before = session.document.project
    evolving.makers.use(variant.media_id, evolving.lead)
    clip = session.sequence.clip("clip a")
    assert clip is not None
    assert clip.source == MediaSource(variant.media_id)
    assert clip.source_range == TimeRange(ZERO, RationalTime(1, 2))
    session.document.undo()
    assert session.document.project is before


def test_a_variant_carried_to_the_timeline_leaves_the_strip_as_it_was(session: Session, evolving: Evolving) -> None:
    evolving.make()
    ready(session)
    (variant,) = evolving.results()
    lead = evolving.lead
    with evolving.staying():
        session.selection.media.set([variant.media_id])
    assert evolving.lead == lead
    session.selection.media.set([variant.media_id, "other"])
    assert evolving.lead != lead, "what is chosen by hand is followed again"


def test_a_clip_taken_from_the_pool_becomes_the_second_source_though_taking_it_chose_it(
    session: Session, evolving: Evolving
) -> None:
    evolving.make()
    ready(session)
    (variant,) = evolving.results()
    first = evolving.lead
    assert first is not None
    session.selection.media.set([variant.media_id])
    evolving.add_source(variant.media_id)
    assert evolving.lead == first
    assert evolving.more == (variant.media_id,)


def test_steps_before_a_remix_are_refused_before_anything_is_made(evolving: Evolving) -> None:
    evolving.add_to_chain()
    evolving.choose("remix.pair")
    assert "nothing can come before it" in evolving.missing()


def test_four_variants_are_four_different_films_with_seeds_of_their_own(session: Session, evolving: Evolving) -> None:
    evolving.make_four()
    ready(session)
    library = session.document.library
    variants = evolving.results()
    films = [library.media[one.media_id] for one in variants]
    assert len({one.content_hash for one in films}) == 4
    assert len({one.seed for one in variants}) == 4
    assert [brightness(one) for one in films] == sorted(brightness(one) for one in films), "from weak to strong"
    assert all(Path(one.path).parent == session.files.take_folder for one in films)


def test_several_chosen_clips_are_made_one_by_one(session: Session, evolving: Evolving) -> None:
    session.selection.items.set(["clip a", "clip b"])
    made = evolving.make()
    ready(session)
    parents = [session.document.library.take_of_media(one.media_id) for one in made]
    assert [one.lineage.input_media_ids for one in parents if one is not None] == [("a",), ("b",)]


def test_a_kept_look_outlives_the_session_and_is_made_of_every_chosen_clip(
    session: Session, evolving: Evolving
) -> None:
    evolving.set_values({"strength": 0.3})
    evolving.add_to_chain()
    evolving.set_values({"strength": 0.1})
    look = evolving.keep_look("Twice lighter")
    assert look is not None
    again = EvolveStore(session.paths.evolving)
    assert [one.name for one in again.looks] == ["Twice lighter"]
    session.selection.items.set(["clip a", "clip b"])
    made = evolving.make_look(again.looks[0])
    ready(session)
    for one in made:
        take = session.document.library.take_of_media(one.media_id)
        assert take is not None
        assert [step["values"]["strength"] for step in take.lineage.request["chain"]] == [0.3, 0.1]
        assert take.name == "Twice lighter"


def test_a_cancelled_result_leaves_nothing(session: Session, evolving: Evolving) -> None:
    evolving.choose("mutate.slow")
    (attempt,) = evolving.make()
    until(lambda: attempt.state == "running")
    takes = len(session.document.library.takes)
    evolving.makers.cancel(attempt.id)
    until(lambda: attempt.job is not None and attempt.job.is_over)
    assert evolving.results() == ()
    assert len(session.document.library.takes) == takes
    assert list(session.files.take_folder.glob("*")) == []


def test_what_failed_keeps_its_place_and_is_made_again_there(session: Session, evolving: Evolving) -> None:
    there = session.document.library.media["a"]
    session.document.add_media([replace(there, path="/nowhere/gone.mp4")])
    session.presence.missing = frozenset()  # it goes in this moment
    (attempt,) = evolving.make()
    until(lambda: attempt.state == "failed")
    (variant,) = evolving.results()
    assert "is gone" in variant.message
    session.document.add_media([there])
    until(lambda: not session.presence.missing)
    evolving.make()
    evolving.makers.retry(attempt.id)
    ready(session)
    assert [one.state for one in evolving.results()] == ["ready", "ready"]
    assert evolving.results()[0].media_id == attempt.media_id
    stand(session)
    assert evolving.results() == (), "another project begins with nothing"


def test_a_remix_of_one_clip_says_what_is_missing_and_two_make_one_film(session: Session, evolving: Evolving) -> None:
    evolving.choose("remix.pair")
    with pytest.raises(EditRefused, match="needs a second clip"):
        evolving.make()
    evolving.add_source("b")
    (attempt,) = evolving.make()
    ready(session)
    take = session.document.library.take_of_media(attempt.media_id)
    assert take is not None
    assert take.lineage.relationship == "remix"
    assert take.lineage.input_media_ids == ("a", "b")
    assert session.document.library.media[attempt.media_id].duration == RationalTime(1)


def test_an_edit_lands_as_clips_on_tracks_of_their_own_in_one_step(session: Session, evolving: Evolving) -> None:
    evolving.choose("remix.pair")
    evolving.add_source("b")
    evolving.set_landing(Landing.EDIT)
    before, takes = session.document.project, len(session.document.library.takes)
    session.transport.set_time(RationalTime(1))
    evolving.make()
    until(lambda: session.document.project is not before)
    new = [one for one in session.sequence.tracks if one.name == "Pair" and not one.is_audio]
    assert [clip.source for one in new for clip, _ in one.clips()] == [MediaSource("a"), MediaSource("b")]
    assert session.sequence.tracks[0] is before.sequences[0].tracks[0], "nothing that stood there was touched"
    assert len(session.document.library.takes) == takes
    session.document.undo()
    assert session.document.project is before


def test_closing_the_project_while_a_job_runs_loses_nothing(
    session: Session, evolving: Evolving, tmp_path: Path
) -> None:
    evolving.make()
    ready(session)
    evolving.choose("mutate.slow")
    (attempt,) = evolving.make()
    until(lambda: attempt.state == "running")
    path = tmp_path / "kept.starcut"
    session.files.save(path)
    until(lambda: session.document.is_saved)
    kept = dict(session.document.library.takes)
    session.files.new("Another", 96, 54, RATE)
    until(lambda: attempt.job is not None and attempt.job.is_over)
    assert session.document.library.takes == {}, "nothing lands in a project that did not ask for it"
    session.files.open(path)
    until(lambda: len(session.document.library.takes) == len(kept))
    assert session.document.library.takes.keys() == kept.keys()
    assert not list(session.files.take_folder.rglob("*.part"))


def test_picking_a_clip_fills_the_grid_with_pictures_of_it(window: MainWindow, session: Session) -> None:
    stand(session)
    window.show_workspace("evolve")
    panel = window.docks["operations"].panel
    assert isinstance(panel, OperationsPanel)
    assert panel.stack.currentIndex() == 1, "nothing is chosen yet"
    session.selection.items.set(["clip a"])
    until(lambda: all(panel.delegate.pixmap(key)[0] is not None for key in ("vary.lift", "remix.pair", "mutate.slow")))
    form = window.docks["evolution"].panel
    assert isinstance(form, EvolutionPanel)
    assert form.make_button.text() == "Make take 2, free"
    window.panels.activate(window.docks["timeline"])
    for number in range(3):
        session.tell(f"Sentence {number}.")
    verb = QRect(form.make_button.mapTo(window, QPoint(0, 0)), form.make_button.size())
    assert not any(one.geometry().intersects(verb) for one in window.findChildren(Toast)), "toasts cover no verb"


def test_a_clip_whose_file_goes_meanwhile_is_noticed_and_nothing_can_be_made_of_it(
    window: MainWindow, session: Session, tmp_path: Path
) -> None:
    stand(session)
    own = tmp_path / "own.mp4"
    own.write_bytes(Path(session.document.library.media["a"].path).read_bytes())
    session.document.add_media(
        [replace(session.document.library.media["a"], path=str(own), id="gone", content_hash="")]
    )
    own.unlink()
    session.selection.media.set(["gone"])
    window.show_workspace("evolve")
    until(lambda: "gone" in session.presence.missing)
    form = window.docks["evolution"].panel
    assert isinstance(form, EvolutionPanel)
    until(lambda: not form.make_button.isEnabled())
    assert "is not there" in form.wanting.text()


def test_arrows_choose_operations_and_ctrl_enter_makes_one(window: MainWindow, session: Session) -> None:
    stand(session)
    session.selection.items.set(["clip a"])
    window.show_workspace("evolve")
    panel = window.docks["operations"].panel
    assert isinstance(panel, OperationsPanel)
    session.evolving.choose("vary.lift")
    window.activateWindow()
    QApplication.processEvents()
    panel.grid.take_keys()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Right)
    assert session.evolving.offer is not None
    assert session.evolving.offer.id == "remix.pair", "past the last tile of a heading the next heading begins"
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Left)
    assert session.evolving.offer.id == "vary.lift"
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    ready(session)
    variants = window.docks["variants"].panel
    assert isinstance(variants, VariantsPanel)
    until(lambda: variants.model.rowCount() == 1)
    assert variants.model.data(variants.model.index(0)).startswith("Lift 50 %")


def test_before_and_after_are_compared_and_shift_shows_before(window: MainWindow, session: Session) -> None:
    stand(session)
    session.selection.items.set(["clip a"])
    session.evolving.choose("vary.lift")
    window.show_workspace("evolve")
    comparing = session.comparing
    until(lambda: comparing.pictures is not None and comparing.pictures.after is not None)
    made = comparing.pictures
    assert made is not None
    assert made.before is not None
    assert made.after is not None
    assert float(made.after.mean()) > float(made.before.mean()) + 20
    assert made.changes[0][0] == "Light"
    panel = window.docks["compare"].panel
    assert isinstance(panel, ComparePanel)
    window.activateWindow()
    QApplication.processEvents()
    window.panels.activate(window.docks["compare"])
    for kind, expected in ((QEvent.Type.KeyPress, True), (QEvent.Type.KeyRelease, False)):
        QApplication.sendEvent(panel, QKeyEvent(kind, Qt.Key.Key_Shift, Qt.KeyboardModifier.NoModifier))
        assert panel.surface.holds_before is expected
    for place in ("evolution", "lineage"):  # where a slider was just drawn, too
        window.panels.activate(window.docks[place])
        QApplication.sendEvent(
            window.docks[place].panel, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Shift, Qt.KeyboardModifier.NoModifier)
        )
        assert panel.surface.holds_before, place
        QApplication.sendEvent(
            panel, QKeyEvent(QEvent.Type.KeyRelease, Qt.Key.Key_Shift, Qt.KeyboardModifier.NoModifier)
        )
    window.panels.activate(window.docks["compare"])
    QTest.keyClick(panel, Qt.Key.Key_Right)
    assert comparing.index == 1 + made.wanted.index, "arrows step what is compared, not the sequence"


def test_values_of_a_step_that_is_not_here_leave_the_form_as_it_was(session: Session, evolving: Evolving) -> None:
    evolving.take_over((Step("vary.unknown", {}), Step("vary.lift", {"strength": 0.2})), 9)
    assert evolving.chain == ()
    assert evolving.steps() == (Step("vary.lift", {"strength": 0.2}),)
    assert evolving.seed == 9


def test_a_drag_that_rests_on_a_tab_brings_its_panel_to_the_front(window: MainWindow, session: Session) -> None:
    stand(session)
    session.selection.items.set(["clip a"])
    window.show_workspace("evolve")
    for _ in range(5):
        QApplication.processEvents()
    lineage, timeline = window.docks["lineage"], window.docks["timeline"]
    window.panels.activate(lineage)
    QApplication.processEvents()
    places = dict(zip(lineage.row._group, lineage.row.tab_rects(), strict=True))
    mime = media_mime(["a"])
    copy, none = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    at = places[timeline].center()
    event = QDragEnterEvent(at, copy, mime, Qt.MouseButton.LeftButton, none)
    QApplication.sendEvent(lineage.row, event)
    until(lambda: not timeline.visibleRegion().isEmpty(), 3)


def test_a_marked_part_is_made_alone_and_covers_just_that_part(session: Session, evolving: Evolving) -> None:
    evolving.set_part_only(True)
    assert "Nothing is marked" in evolving.missing()
    session.transport.set_marks(RationalTime(1, 8), RationalTime(3, 8))
    (attempt,) = evolving.make()
    ready(session)
    media = session.document.library.media[attempt.media_id]
    assert media.duration == RationalTime(1, 4)
    evolving.makers.use(media.id, evolving.lead)
    sources = [clip.source for clip, _ in session.sequence.tracks[0].clips()]
    assert sources == [MediaSource("a"), MediaSource(media.id), MediaSource("a"), MediaSource("b")]
    assert list(session.sequence.tracks[0].starts[:4]) == [
        ZERO,
        RationalTime(1, 8),
        RationalTime(3, 8),
        RationalTime(1, 2),
    ]


def test_clips_are_picked_from_the_pool_and_shots_from_the_storyboard(session: Session, evolving: Evolving) -> None:
    session.selection.media.set(["b"])
    assert [one.media_id for one in evolving.picks] == ["b"]
    board = session.document.project.storyboards[0]
    session.document.do(EditShot(board.id, "s1", {"media_id": "a"}))
    session.selection.shots.set(["s1"])
    assert [(one.media_id, one.shot_id) for one in evolving.picks] == [("a", "s1")]
    session.selection.shots.clear()
    assert evolving.lead is not None, "what was worked on stays when nothing is chosen"


def test_a_take_whose_folder_is_gone_is_rebuilt_among_the_projects_own_takes(
    session: Session, evolving: Evolving, tmp_path: Path
) -> None:
    evolving.set_landing(Landing.CLIP)
    (attempt,) = evolving.make()
    ready(session)
    made = session.document.library.media[attempt.media_id]
    before = Path(made.path).read_bytes()
    elsewhere = tmp_path / "a folder that is no more" / Path(made.path).name
    session.document.add_media([replace(made, path=str(elsewhere))])
    Path(made.path).unlink()
    session.presence.look_again()
    until(lambda: made.id in session.presence.missing)
    session.lineage.rebuild(made.id)
    until(lambda: made.id not in session.presence.missing)
    found = Path(session.document.library.media[made.id].path)
    assert found.parent == session.files.take_folder
    assert found.read_bytes() == before
    assert not elsewhere.parent.exists(), "what was a place of somebody else's is not made anew"


def test_a_second_source_can_be_chosen_without_a_drag(window: MainWindow, session: Session) -> None:
    stand(session)
    session.selection.items.set(["clip a"])
    session.evolving.choose("remix.pair")
    window.show_workspace("evolve")
    panel = window.docks["evolution"].panel
    assert isinstance(panel, EvolutionPanel)
    assert panel.sources.add.isVisible()
    assert "b" in [one.id for one in panel.sources.choices()]
    session.evolving.add_source("b")
    assert not {"a", "b"} & {one.id for one in panel.sources.choices()}
    assert [one.id for one in session.evolving.sources()] == ["a", "b"]

"""Sequences in the media pool by hand: opened, named, dragged to the timeline, refused where they would show themselves."""

from __future__ import annotations

from threading import Event

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from studio_app.actions.registry import Actions
from studio_app.services.jobs import Job
from studio_app.session.pool_items import Listing
from studio_app.session.session import Session
from tests.timeline.notation import f, track
from tests.ui.timeline_view.conftest import Board, Make, board
from timeline.commands.add_bin import AddBin
from timeline.commands.add_sequence import AddSequence
from timeline.commands.overwrite_clips import OverwriteClips
from timeline.commands.remove_sequence import RemoveSequence
from timeline.items import Clip, Gap, MediaSource, SequenceSource
from timeline.pool import Bin
from timeline.sequence import Sequence
from timeline.time import ZERO, RationalTime, TimeRange
from timeline.track import Track, TrackKind
from ui.drag_mime import media_mime
from ui.media_model import move_into
from ui.panels.inspector import InspectorPanel
from ui.panels.media_pool import MediaPoolPanel
from ui.qt import tokens

__all__ = ["board"]
pytestmark = pytest.mark.qt
COPY, LEFT, NONE = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def reel(session: Session) -> str:
    """One more sequence, two seconds of picture and sound."""
    rows = (track("M:0-48", "V1"), track("m:0-48", "A1"))
    assert session.document.do(AddSequence(Sequence("Reel", rate=session.sequence.rate, tracks=rows, id="reel")))
    return "reel"


@pytest.fixture
def hand(board: Make) -> Board:
    made = board(V1="A:0-24", A1="")
    library = made.session.document.library
    for name in "Mm":  # clips of the notation show files of their names in capitals
        assert name.upper() in library.media
    reel(made.session)
    return made


@pytest.fixture
def pool(hand: Board, qtbot: QtBot) -> MediaPoolPanel:
    panel = MediaPoolPanel(hand.session)
    actions = Actions(hand.session)
    panel.asked.connect(lambda action_id: actions.run(action_id))
    qtbot.addWidget(panel)
    panel.resize(384, 500)
    panel.show()
    QApplication.processEvents()
    return panel


def index_of(pool: MediaPoolPanel, item_id: str):  # type: ignore[no-untyped-def]
    row = pool.model.row_of(item_id)
    assert row is not None
    return pool.model.index(row, 0)


def hang(widget: QWidget, hand: Board, item_id: str, frame: float, track_id: str) -> QPointF:
    point, mime = hand.point(frame, track_id), media_mime([item_id])
    for kind in (QDragEnterEvent, QDragMoveEvent):
        QApplication.sendEvent(widget, kind(point, COPY, mime, LEFT, NONE))
    return QPointF(point)


def drop(hand: Board, item_id: str, frame: float, track_id: str) -> None:
    viewport = hand.view.viewport()
    point = hang(viewport, hand, item_id, frame, track_id)
    QApplication.sendEvent(viewport, QDropEvent(point, COPY, media_mime([item_id]), LEFT, NONE))


def test_a_sequence_dropped_on_the_tracks_is_a_nest_in_picture_and_sound(hand: Board) -> None:
    drop(hand, "reel", 30, "V1")
    assert (hand["V1"], hand["A1"]) == ("A:0-24 _6 Reel:0-48", "_30 Reel:0-48")
    clips = [hand.clip(one) for one in hand.selected]
    assert {one.source for one in clips} == {SequenceSource("reel")}
    assert len({one.link for one in clips}) == 1
    hand.session.document.undo()
    assert hand["V1"] == "A:0-24"


def test_a_sequence_hanging_over_itself_is_refused_in_words_and_nothing_falls(hand: Board) -> None:
    main = hand.session.sequence_id
    before = hand.session.document.project
    hang(hand.view.viewport(), hand, main, 30, "V1")
    assert any(said.endswith("cannot stand within itself.") for said in hand.said)
    drop(hand, main, 30, "V1")
    assert hand.session.document.project is before


def test_an_empty_sequence_says_so(hand: Board) -> None:
    hand.session.document.do(AddSequence(Sequence("Hollow", rate=hand.session.sequence.rate, id="hollow")))
    drop(hand, "hollow", 30, "V1")
    assert hand.said[-1] == "“Hollow” is empty; put clips into it first."
    assert hand["V1"] == "A:0-24"


def test_the_pool_lists_them_teal_with_length_and_how_often_they_are_nested(pool: MediaPoolPanel, hand: Board) -> None:
    item = pool.model.items[1]
    assert (item.id, item.kind, pool.model.second_line(item)) == ("reel", "Sequence", "Sequence")
    assert pool.model.text(item, "length") == "00:02:00"
    for frame in (30, 90):
        drop(hand, "reel", frame, "V1")
    pool.model.refresh()
    assert pool.model.second_line(item) == "Nested 2 times"
    assert "Nested 2 times" in index_of(pool, "reel").data(Qt.ItemDataRole.AccessibleTextRole)
    cell = pool.grid.visualRect(index_of(pool, "reel"))
    ratio = pool.grid.devicePixelRatioF()
    corner = (cell.topLeft() + cell.center()) / 2
    shown = pool.grid.viewport().grab().toImage().pixelColor(corner * ratio)
    assert shown == tokens.color("clip.nested_body")


def test_a_double_click_opens_it_on_the_timeline(pool: MediaPoolPanel, hand: Board) -> None:
    pool.grid.doubleClicked.emit(index_of(pool, "reel"))
    assert hand.session.sequence_id == "reel"
    assert hand.session.source.media_id is None


def test_it_is_renamed_in_place_as_a_sequence(pool: MediaPoolPanel, hand: Board, qtbot: QtBot) -> None:
    assert pool.model.setData(index_of(pool, "reel"), "Trailer")
    qtbot.waitUntil(lambda: hand.session.document.project.sequences[1].name == "Trailer")
    assert [one.name for one in pool.model.items[:2]] == [hand.session.sequence.name, "Trailer"]
    hand.session.document.undo()
    assert pool.model.items[1].name == "Reel"


def test_it_moves_into_a_folder(pool: MediaPoolPanel, hand: Board) -> None:
    hand.session.document.do(AddBin(Bin("Reels", id="reels")))
    assert move_into(hand.session, ["reel"], (), "reels")
    assert pool.model.row_of("reel") is None
    hand.session.browsing.open("reels")
    assert [one.id for one in pool.model.items] == ["reel"]


def test_it_comes_and_goes_with_undo(pool: MediaPoolPanel, hand: Board) -> None:
    hand.session.document.undo()
    assert pool.model.row_of("reel") is None
    assert pool.model.row_of(hand.session.sequence_id) is None  # an only sequence is not listed
    hand.session.document.redo()
    assert pool.model.row_of("reel") == 1


def test_its_menu_opens_copies_and_removes(pool: MediaPoolPanel, hand: Board) -> None:
    hand.session.selection.media.set(["reel"])
    texts = [action.text() for action in pool.menu_for(index_of(pool, "reel")).actions() if action.text()]
    assert texts[:4] == ["Open sequence", "Insert", "Overwrite", "Append at end"]
    assert {"Duplicate chosen sequences", "Rename", "Remove from pool", "Not used"} <= set(texts)
    assert "Show in folder" not in texts
    pool.run("media.remove")
    assert isinstance(hand.clip("A"), Clip)
    assert hand.session.document.project.sequence("reel") is None


def test_cut_in_by_key_it_lands_at_the_playhead(pool: MediaPoolPanel, hand: Board) -> None:
    hand.session.selection.media.set(["reel"])
    hand.session.transport.set_time(f(24))
    pool.run("clip.insert")
    assert hand["V1"] == "A:0-24 Reel:0-48"


# --- what is being generated ------------------------------------------------------------------------------------------


def test_what_is_being_generated_is_a_cell_with_its_progress_until_it_lands(
    pool: MediaPoolPanel, hand: Board, qtbot: QtBot
) -> None:
    going, go_on = Event(), Event()

    def work(job: Job) -> None:
        job.progress(0.68)
        going.set()
        go_on.wait(5)

    before = [one.id for one in pool.model.items]
    job = hand.session.jobs.submit("Pines in fog", work, kind="generate", subject="s1")
    hand.session.jobs.submit("film.mp4", lambda job: None, kind="export")
    assert going.wait(5)
    qtbot.waitUntil(lambda: pool.model.items[0].job is job)
    index = pool.model.index(0, 0)
    assert [one.id for one in pool.model.items[1:]] == before
    assert pool.model.items[0].kind == "Generating"
    assert not index.flags() & Qt.ItemFlag.ItemIsSelectable
    assert pool.model.second_line(pool.model.items[0]).startswith("Generating")
    qtbot.waitUntil(lambda: job.fraction == 0.68)
    cell = pool.grid.visualRect(index)
    foot = QPoint(cell.left() + 4 + 20, cell.top() + 2 + pool.grid._delegate.picture[1] - 2)
    shown = pool.grid.viewport().grab().toImage().pixelColor(foot * pool.grid.devicePixelRatioF())
    assert shown == tokens.color("state.running")
    assert [one.text() for one in pool.menu_for(index).actions()] == ["Stop generating", "Show jobs"]
    pool.grid.selectAll()
    assert pool.model.items[0].id not in hand.session.selection.media.ids
    go_on.set()
    qtbot.waitUntil(lambda: [one.id for one in pool.model.items] == before)


def test_what_is_being_generated_stands_at_the_top_only_and_in_no_search(pool: MediaPoolPanel, hand: Board) -> None:
    hand.session.document.do(AddBin(Bin("Reels", id="reels")))
    job = Job("Pines", "generate", "s1", lambda job: None)
    listing = Listing(hand.session.document.project, hand.session.document.library, frozenset(), (job,))
    browsing = hand.session.browsing
    assert [one.job for one in listing.shown(browsing)][:2] == [None, job]
    browsing.find("pines")
    assert listing.shown(browsing) == []
    browsing.clear()
    browsing.open("reels")
    assert listing.shown(browsing) == []


def test_a_sequence_has_a_picture_of_what_it_shows(session: Session, qtbot: QtBot) -> None:
    panel = MediaPoolPanel(session)
    qtbot.addWidget(panel)
    panel.resize(384, 500)
    panel.show()
    still = Clip(MediaSource("m2"), TimeRange(ZERO, RationalTime(4)))
    rows = (Track(TrackKind.VIDEO, (Gap(RationalTime(3)), still)),)
    session.document.do(AddSequence(Sequence("Reel", rate=session.sequence.rate, tracks=rows, id="reel")))
    session.document.do(AddSequence(Sequence("Empty", rate=session.sequence.rate, tracks=(), id="empty")))

    def colour(name: str) -> str:
        rows_ = range(panel.model.rowCount())
        index = next(one for n in rows_ if (one := panel.model.index(n, 0)).data() == name)
        picture = panel.grid.visualRect(index).topLeft() + QPoint(20, 20)
        image = panel.grid.viewport().grab().toImage()
        ratio = image.devicePixelRatio()
        return image.pixelColor(round(picture.x() * ratio), round(picture.y() * ratio)).name()

    QApplication.processEvents()
    assert colour("Empty") == tokens.hex_of("clip.nested_body")
    qtbot.waitUntil(lambda: colour("Reel") == colour("Still 2") == "#30507f", timeout=8000)  # as JPEG has the blue


def test_the_inspector_tells_about_a_sequence_of_the_pool(hand: Board, qtbot: QtBot) -> None:
    session = hand.session
    panel = InspectorPanel(session)
    qtbot.addWidget(panel)
    panel.show()
    session.selection.media.set(["reel"])

    def facts() -> str:
        return " ".join(one.text() for one in panel.page.findChildren(QLabel))

    assert "00:00:02:00" in facts()
    assert "In no other sequence" in facts()
    page = panel.page
    nest = Clip(SequenceSource("reel"), TimeRange(f(0), f(48)), id="nest")
    session.document.do(OverwriteClips("cut", (("V1", f(24), nest),)))
    session.selection.media.set(["reel"])
    assert panel.page is page
    assert "1 clip" in facts()
    session.document.undo()
    session.document.do(RemoveSequence("reel"))
    assert "Shown by" not in facts()

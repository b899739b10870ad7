from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit
from pytestqt.qtbot import QtBot

from studio_app.services.jobs import Job, JobState
from studio_app.session.session import Session
from timeline.commands.move_shot import MoveShot
from timeline.commands.set_clip import SetClip
from timeline.curve import Curve, Keyframe
from timeline.errors import StudioError
from timeline.items import GeneratorSource
from timeline.media import Media, MediaKind
from timeline.time import ZERO, RationalTime
from ui import media_items, media_model, shot_items
from ui.inspect_shot import ShotPage
from ui.main_window import MainWindow
from ui.panels.inspector import InspectorPanel
from ui.panels.jobs import JobsPanel
from ui.panels.media_pool import MediaPoolPanel
from ui.panels.storyboard import StoryboardPanel
from ui.shot_items import parts_of

pytestmark = pytest.mark.qt


def shown(qtbot: QtBot, panel: object, width: int = 1000, height: int = 700) -> None:
    from PySide6.QtWidgets import QWidget

    assert isinstance(panel, QWidget)
    qtbot.addWidget(panel)
    panel.resize(width, height)
    panel.show()
    QApplication.processEvents()


@pytest.fixture
def pool(session: Session, qtbot: QtBot) -> MediaPoolPanel:
    panel = MediaPoolPanel(session)
    shown(qtbot, panel, 384, 500)
    return panel


@pytest.fixture
def board(session: Session, qtbot: QtBot) -> StoryboardPanel:
    panel = StoryboardPanel(session)
    shown(qtbot, panel)
    return panel


@pytest.fixture
def inspector(session: Session, qtbot: QtBot) -> InspectorPanel:
    panel = InspectorPanel(session)
    shown(qtbot, panel, 352, 600)
    return panel


def send_drop(panel: StoryboardPanel, data: QMimeData, point: QPoint) -> None:
    viewport = panel.view.viewport()
    place = (QPointF(point), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(viewport, QDragEnterEvent(point, *place[1:]))
    QApplication.sendEvent(viewport, QDragMoveEvent(point, *place[1:]))
    QApplication.sendEvent(viewport, QDropEvent(*place))


def data_of(kind: str, ids: list[str]) -> QMimeData:
    data = QMimeData()
    data.setData(kind, json.dumps(ids).encode())
    return data


def ids_of(session: Session) -> list[str]:
    return [shot.id for shot in session.document.project.storyboards[0].shots]


# media pool


def test_the_pool_says_how_often_media_are_used(pool: MediaPoolPanel) -> None:
    library = pool.session.document.library.media
    assert pool.model.used(library["m1"]) == "Used 1 time"  # picture and its linked sound are one use
    assert pool.model.used(library["m2"]) == "Not used"


def test_the_pool_names_a_missing_file(pool: MediaPoolPanel, tmp_path: Path) -> None:
    gone = Media(str(tmp_path / "gone.mov"), MediaKind.VIDEO, "Gone", has_video=True, id="gone")
    pool.session.document.add_media([gone])
    assert pool.model.missing == {"gone"}
    assert not pool.grab().isNull()


def test_search_leaves_what_matches(pool: MediaPoolPanel) -> None:
    pool.search.setText("still 2")
    assert pool.model.rowCount() == 1
    assert pool.amount == "1 of 2"
    pool.search.setText("nothing like it")
    assert pool.stack.currentWidget() is pool.nothing


def test_an_empty_pool_says_what_to_do(bare_session: Session, qtbot: QtBot) -> None:
    bare_session.files.new()
    panel = MediaPoolPanel(bare_session)
    shown(qtbot, panel)
    assert panel.stack.currentWidget() is panel.empty


def test_media_are_dragged_out_by_id(pool: MediaPoolPanel, monkeypatch: pytest.MonkeyPatch) -> None:
    dragged: list[QMimeData] = []
    monkeypatch.setattr(media_items, "start_drag", lambda source, data, picture: dragged.append(data))
    pool.view.selectAll()
    pool.grid.startDrag(Qt.DropAction.CopyAction)
    assert json.loads(bytes(dragged[0].data(media_model.MIME).data())) == ["m1", "m2"]


def test_choosing_in_the_pool_is_the_sessions_selection(pool: MediaPoolPanel) -> None:
    pool.view.setCurrentIndex(pool.model.index(1, 0))
    assert pool.session.selection.media.ids == ("m2",)
    pool.session.selection.media.set(["m1"])
    assert [one.id for one in pool.chosen()] == ["m1"]


def test_three_thumbnails_fit_the_default_width(pool: MediaPoolPanel) -> None:
    pool.resize(382, 500)
    QApplication.processEvents()
    assert pool.grid.gridSize().width() * 3 <= pool.grid.viewport().width()


def test_the_list_shows_the_same_media(pool: MediaPoolPanel) -> None:
    pool.list_button.click()
    QApplication.processEvents()
    assert pool.view is pool.rows
    assert pool.view.visualRect(pool.model.index(1, 0)).top() == 26
    assert not pool.grab().isNull()


# storyboard


def test_cards_are_reordered_by_a_drop_between_them(board: StoryboardPanel) -> None:
    rect = board.view.visualRect(board.model.index(0))
    send_drop(board, data_of(shot_items.MIME, ["s3"]), QPoint(rect.left() + 5, rect.center().y()))
    assert ids_of(board.session) == ["s3", "s1", "s2"]
    board.session.document.undo()
    assert ids_of(board.session) == ["s1", "s2", "s3"]


def test_a_card_dropped_where_it_stands_changes_nothing(board: StoryboardPanel) -> None:
    rect = board.view.visualRect(board.model.index(1))
    send_drop(board, data_of(shot_items.MIME, ["s2"]), QPoint(rect.left() + 5, rect.center().y()))
    assert not board.session.document.can_undo


def test_several_cards_move_together_in_one_step(board: StoryboardPanel) -> None:
    rect = board.view.visualRect(board.model.index(2))
    send_drop(board, data_of(shot_items.MIME, ["s1", "s2"]), QPoint(rect.right() - 20, rect.center().y()))
    assert ids_of(board.session) == ["s3", "s1", "s2"]
    board.session.document.undo()
    assert not board.session.document.can_undo


def test_media_of_the_pool_become_cards_where_they_fall(board: StoryboardPanel) -> None:
    rect = board.view.visualRect(board.model.index(1))
    send_drop(board, data_of(media_model.MIME, ["m1", "m2"]), QPoint(rect.left() + 5, rect.center().y()))
    shots = board.session.document.project.storyboards[0].shots
    assert [shot.media_id for shot in shots] == [None, "m1", "m2", None, None]
    assert board.session.generation.state_of(shots[1].id).state == "footage"


def test_files_from_the_desktop_are_imported_and_become_cards(
    board: StoryboardPanel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[list[Path]] = []

    def imported(paths: list[Path], then: object) -> None:
        asked.append(paths)
        assert callable(then)
        then([board.session.document.library.media["m2"]])

    monkeypatch.setattr(board.session, "import_files", imported)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "2.png"))])
    send_drop(board, data, QPoint(900, 600))
    assert asked == [[tmp_path / "2.png"]]
    assert board.session.document.project.storyboards[0].shots[-1].media_id == "m2"


def test_a_description_is_written_on_the_card(board: StoryboardPanel) -> None:
    board.view.setCurrentIndex(board.model.index(0))
    board.view.setFocus()
    QTest.keyClick(board.view, Qt.Key.Key_Return)
    editor = board.view.findChild(QPlainTextEdit)
    assert editor is not None
    editor.selectAll()
    QTest.keyClicks(editor, "Waves at night")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert board.session.document.project.storyboards[0].shots[0].description == "Waves at night"
    board.session.document.undo()
    assert board.session.document.project.storyboards[0].shots[0].description == "A calm sea, number 1"


def test_escape_leaves_the_description(board: StoryboardPanel) -> None:
    board.view.edit(board.model.index(0))
    editor = board.view.findChild(QPlainTextEdit)
    assert editor is not None
    QTest.keyClicks(editor, "x")
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    assert not board.session.document.can_undo


def test_the_last_card_adds_a_shot(window: MainWindow) -> None:
    window.show_workspace("storyboard")
    QApplication.processEvents()
    panel = window.docks["storyboard"].panel
    assert isinstance(panel, StoryboardPanel)
    window.session.selection.shots.set([ids_of(window.session)[0]])  # it stands at the end, and so does its shot
    rect = panel.view.visualRect(panel.model.index(3))
    QTest.mouseClick(panel.view.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    assert len(ids_of(window.session)) == 4
    assert window.session.selection.shots.lead == ids_of(window.session)[-1]


def test_delete_removes_the_chosen_card_and_not_a_clip(window: MainWindow) -> None:
    window.show_workspace("storyboard")
    window.session.selection.items.set(["picture"])
    window.session.selection.shots.set(["s2"])
    QApplication.processEvents()
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, Qt.Key.Key_Delete)
    assert ids_of(window.session) == ["s1", "s3"]
    assert window.session.sequence.clip("picture") is not None


def test_the_primary_button_names_number_and_price(board: StoryboardPanel) -> None:
    assert board.generate.text() == "Generate 3 shots, free"
    assert board.count.text() == "3 shots"


def test_a_failed_card_offers_retry_and_a_running_one_cancel(
    board: StoryboardPanel, monkeypatch: pytest.MonkeyPatch
) -> None:
    from studio_app.session.generation import ShotState

    states = {"s1": ShotState("failed", message="The disk is full."), "s2": ShotState("running", 0.4, 12.0)}
    asked: list[str] = []
    monkeypatch.setattr(board.session.generation, "state_of", lambda shot_id: states.get(shot_id, ShotState()))
    board.view.retry_asked.connect(lambda one: asked.append(f"retry {one}"))
    board.view.cancel_asked.connect(lambda one: asked.append(f"cancel {one}"))
    monkeypatch.setattr(board.session.generation, "generate", lambda ids: [])
    assert not board.grab().isNull()
    for row, part in ((0, "button"), (1, "cancel")):
        rect = board.view.visualRect(board.model.index(row)).toRectF()
        point = getattr(parts_of(rect), part).center().toPoint()
        QTest.mouseClick(board.view.viewport(), Qt.MouseButton.LeftButton, pos=point)
    assert asked == ["retry s1", "cancel s2"]


# inspector


def edit(panel: InspectorPanel, name: str, *values: object) -> None:
    from ui.form.form import Form

    form = next(form for form in panel.page.findChildren(Form) if name in form.editors)
    for value in values:
        form.changed.emit(name, value)
    form.finished.emit()


def test_a_slider_drag_changes_the_picture_live_as_one_step(inspector: InspectorPanel) -> None:
    session = inspector.session
    session.selection.items.set(["picture", "sound"])
    edit(inspector, "scale", 110.0, 120.0, 150.0)
    clip = session.sequence.clip("picture")
    assert clip is not None
    assert clip.effects[0].values["scale"] == 150
    session.document.undo()
    assert session.sequence.clip("picture").effects == ()  # type: ignore[union-attr]
    assert not session.document.can_undo


def test_opacity_and_volume_are_kept_as_the_project_means_them(inspector: InspectorPanel) -> None:
    session = inspector.session
    session.selection.items.set(["picture", "sound"])
    edit(inspector, "opacity", 40.0)
    edit(inspector, "volume", -6.0)
    edit(inspector, "pan", -50.0)
    picture, sound = session.sequence.clip("picture"), session.sequence.clip("sound")
    assert picture is not None
    assert sound is not None
    assert picture.opacity == pytest.approx(0.4)
    assert sound.volume == pytest.approx(0.501, abs=0.001)
    assert sound.pan == -0.5


def test_levels_that_change_over_time_are_shown_in_the_unit_of_their_field(inspector: InspectorPanel) -> None:
    from ui.form.form import Form

    session = inspector.session
    moving = Curve((Keyframe(ZERO, 1.0), Keyframe(RationalTime(1), 0.5)))
    session.document.do(SetClip(session.sequence_id, ("picture",), {"opacity": moving}))
    session.selection.items.set(["picture"])
    form = next(form for form in inspector.page.findChildren(Form) if "opacity" in form.editors)
    assert form.values()["opacity"] == 100
    assert form.cells["opacity"].keys.animated


def test_what_keyframes_move_is_shown_as_it_is_at_the_playhead(inspector: InspectorPanel) -> None:
    from ui.form.form import Form

    session = inspector.session
    moving = Curve((Keyframe(ZERO, 1.0), Keyframe(RationalTime(2), 0.5)))
    session.document.do(SetClip(session.sequence_id, ("picture",), {"opacity": moving}))
    session.selection.items.set(["picture"])
    inspector.show()
    form = next(form for form in inspector.page.findChildren(Form) if "opacity" in form.editors)
    session.transport.set_time(RationalTime(1))
    assert form.values()["opacity"] == 75
    session.transport.set_time(RationalTime(2))
    assert form.values()["opacity"] == 50
    assert not session.document.can_redo


def test_title_text_is_live_while_typing(inspector: InspectorPanel) -> None:
    inspector.session.selection.items.set(["title"])
    page = inspector.page
    edit(inspector, "text", "H", "He", "Hey")
    clip = inspector.session.sequence.clip("title")
    assert clip is not None
    assert isinstance(clip.source, GeneratorSource)
    assert clip.source.values["text"] == "Hey"
    assert inspector.page is page, "the page was made anew, which takes the cursor away"


def test_an_effect_is_added_hidden_and_removed(inspector: InspectorPanel) -> None:
    from ui.inspect_clip import ClipPage

    session = inspector.session
    session.selection.items.set(["picture"])
    page = inspector.page
    assert isinstance(page, ClipPage)
    page._add_effect("vignette")
    clip = session.sequence.clip("picture")
    assert clip is not None
    assert [use.effect for use in clip.effects] == ["vignette"]
    page = inspector.page
    assert isinstance(page, ClipPage)
    page._switch_effect(("vignette", 0), on=False)
    assert not session.sequence.clip("picture").effects[0].enabled  # type: ignore[union-attr]
    page = inspector.page
    assert isinstance(page, ClipPage)
    page._remove_effect(("vignette", 0))
    assert session.sequence.clip("picture").effects == ()  # type: ignore[union-attr]


def test_a_first_transform_does_not_interrupt_the_drag_on_a_clip_with_effects(inspector: InspectorPanel) -> None:
    from ui.inspect_clip import ClipPage

    inspector.session.selection.items.set(["picture"])
    page = inspector.page
    assert isinstance(page, ClipPage)
    page._add_effect("vignette")
    page = inspector.page
    edit(inspector, "scale", 120.0, 130.0)
    assert inspector.page is page
    assert isinstance(page, ClipPage)
    edit(inspector, "strength", 0.9)
    clip = inspector.session.sequence.clip("picture")
    assert clip is not None
    assert [use.effect for use in clip.effects] == ["transform", "vignette"]
    assert clip.effects[1].values == {"strength": 0.9}


def test_another_clip_of_the_same_kind_is_shown_on_the_same_page(inspector: InspectorPanel) -> None:
    from timeline.commands.split_clips import SplitClips
    from timeline.time import RationalTime
    from ui.form.form import Form

    session = inspector.session
    session.document.do(SplitClips(session.sequence_id, RationalTime(4), ("picture", "sound")))
    first, second = (clip.id for clip, _ in session.sequence.tracks[0].clips())
    session.selection.items.set([first])
    page = inspector.page
    session.selection.items.set([second])
    assert inspector.page is page
    edit(inspector, "opacity", 50.0)
    assert session.sequence.clip(first).opacity == 1  # type: ignore[union-attr]
    assert session.sequence.clip(second).opacity == 0.5  # type: ignore[union-attr]
    session.selection.items.set([first])
    form = next(form for form in inspector.page.findChildren(Form) if "opacity" in form.editors)
    assert form.values()["opacity"] == 100


def test_a_shot_is_edited_in_the_inspector(inspector: InspectorPanel) -> None:
    inspector.session.selection.shots.set(["s2"])
    edit(inspector, "camera_motion", "dolly_in")
    edit(inspector, "duration", 3.21)
    shot = inspector.session.document.project.shot("s2")
    assert shot is not None
    assert shot.camera_motion == "dolly_in"
    assert shot.duration.is_on_frame(inspector.session.document.project.storyboards[0].rate)


def test_a_moved_shot_shows_its_new_number(inspector: InspectorPanel) -> None:
    session = inspector.session
    board = session.document.project.storyboards[0]
    session.selection.shots.set([board.shots[2].id])
    session.document.do(MoveShot(board.id, board.shots[2].id, 0))
    page = inspector.page
    assert isinstance(page, ShotPage)
    assert page.heading.text().startswith("1 ")


def test_a_refused_edit_leaves_the_form_as_the_project_is(inspector: InspectorPanel) -> None:
    from timeline.commands.set_track import SetTrack
    from ui.form.form import Form

    session = inspector.session
    heard: list[str] = []
    session.document.refused.connect(heard.append)
    track = session.sequence.tracks[0]
    session.document.do(SetTrack(session.sequence_id, track.id, {"locked": True}))
    session.selection.items.set(["picture"])
    form = next(form for form in inspector.page.findChildren(Form) if "opacity" in form.editors)
    form.editors["opacity"].set_value(40.0)
    form.changed.emit("opacity", 40.0)
    assert len(heard) == 1
    assert form.values()["opacity"] == 100


def test_with_nothing_chosen_the_sequence_is_shown(inspector: InspectorPanel) -> None:
    from ui.inspect_facts import SequencePage

    assert isinstance(inspector.page, SequencePage)
    inspector.session.selection.items.set(["picture"])
    inspector.session.selection.items.clear()
    assert isinstance(inspector.page, SequencePage)


def test_a_removed_clip_leaves_the_inspector(inspector: InspectorPanel) -> None:
    from timeline.commands.delete_items import DeleteItems
    from ui.inspect_clip import ClipPage

    session = inspector.session
    session.selection.items.set(["title"])
    session.document.do(DeleteItems(session.sequence_id, ("title",)))
    assert not isinstance(inspector.page, ClipPage)


# jobs


def test_a_failed_job_stays_with_its_reason_until_dismissed(session: Session, qtbot: QtBot) -> None:
    panel = JobsPanel(session)
    shown(qtbot, panel, 352, 500)
    assert panel.stack.currentIndex() == 1

    def fail(job: Job) -> None:
        raise StudioError("The disk is full. Free some space and retry.")

    job = session.jobs.submit("Film", fail, kind="export", subject="film.mp4")
    qtbot.waitUntil(lambda: job.state is JobState.FAILED)
    qtbot.waitUntil(lambda: any("disk is full" in row._reason.text() for row in panel.rows.values()))
    panel.clear()
    assert len(panel.rows) == 1
    panel.dismiss(job)
    qtbot.waitUntil(lambda: not panel.rows)


def test_the_verb_of_a_shot_stays_in_sight_however_low_the_inspector_is(window: MainWindow) -> None:
    window.session.selection.shots.set(["s1"])
    dock = window.docks["inspector"]
    window.show_panel("inspector")
    panel = dock.panel
    assert isinstance(panel, InspectorPanel)
    page = panel.page
    assert isinstance(page, ShotPage)
    panel.setFixedHeight(260)
    QApplication.processEvents()
    assert page.button.isVisible()
    assert panel.rect().contains(page.button.mapTo(panel, page.button.rect().bottomRight()))
    window.session.selection.shots.set(["s2"])
    other = panel.page
    assert isinstance(other, ShotPage)
    assert other is not page
    window.session.selection.items.set(["picture"])
    QApplication.processEvents()
    assert panel._foot is None

"""The panel round the rows: headers, markers, wheel, menus, switches."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QToolButton

from engines.play.zones import Marked, Pace
from studio_app.actions.registry import Actions
from studio_app.session.generation import ShotState
from studio_app.session.placing import title_clip
from tests.timeline.notation import f, placeholder
from tests.ui.timeline_view.conftest import CTRL, NONE, SHIFT, Board, Make
from timeline.commands.overwrite_clips import OverwriteClips
from timeline.commands.set_track import SetTrack
from timeline.time import RationalTime, TimeRange
from ui.timeline_view.layout import TALL_HEIGHT, Hit, Zone
from ui.timeline_view.look import colour
from ui.timeline_view.menu import header_menu, item_menu

pytestmark = pytest.mark.qt


def wheel(hand: Board, notches: float, held: Qt.KeyboardModifier, x: float = 400) -> None:
    point = QPointF(x, 60)
    event = QWheelEvent(
        point,
        point,
        QPoint(0, 0),
        QPoint(0, round(notches * 120)),
        Qt.MouseButton.NoButton,
        held,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(hand.view.viewport(), event)


# --- headers ---


@pytest.mark.parametrize(("button", "field"), [("mute", "muted"), ("solo", "solo")])
def test_a_header_button_sets_its_track_and_shows_it(board: Make, button: str, field: str) -> None:
    hand = board(V1="A:0-24", A1="B:0-24")
    header = hand.panel.headers.header("A1")
    assert header is not None
    QTest.mouseClick(getattr(header, button), Qt.MouseButton.LeftButton)
    assert getattr(hand.session.sequence.track("A1"), field) is True
    assert getattr(header, button).isChecked()
    hand.session.document.undo()
    assert not getattr(header, button).isChecked()


@pytest.mark.parametrize(("button", "field"), [("lock", "locked"), ("sync", "sync_lock")])
def test_locks_are_no_steps_of_the_cut_and_undo_leaves_them(board: Make, button: str, field: str) -> None:
    hand = board(V1="A:0-24", A1="B:0-24")
    session, header = hand.session, hand.panel.headers.header("A1")
    session.document.do(SetTrack("cut", "V1", {"name": "Picture"}))
    states = len(session.document.states)
    assert header is not None
    before = getattr(session.sequence.track("A1"), field)
    QTest.mouseClick(getattr(header, button), Qt.MouseButton.LeftButton)
    assert getattr(session.sequence.track("A1"), field) is not before
    assert len(session.document.states) == states
    session.document.undo()
    track = session.sequence.track("V1")
    assert track is not None
    assert track.name == "", "what was done before is undone"
    assert getattr(session.sequence.track("A1"), field) is not before, "the lock stays"


def test_every_button_has_a_name_and_a_tip(board: Make) -> None:
    hand = board(V1="A:0-24", A1="B:0-24")
    buttons = [*hand.panel.findChildren(QToolButton), *hand.panel.switches()]
    assert len(buttons) > 12
    assert all(one.accessibleName() and one.toolTip() for one in buttons)


def test_a_double_click_on_the_empty_header_toggles_tall(board: Make) -> None:
    hand = board(V1="A:0-24")
    header = hand.panel.headers.header("V1")
    assert header is not None
    QTest.mouseDClick(header, Qt.MouseButton.LeftButton, pos=QPoint(150, 55))
    assert header.height() == TALL_HEIGHT
    QTest.mouseDClick(header, Qt.MouseButton.LeftButton, pos=QPoint(150, 100))
    assert header.height() == 72


def test_a_track_is_renamed_in_place(board: Make) -> None:
    hand = board(V1="A:0-24")
    header = hand.panel.headers.header("V1")
    assert header is not None
    QTest.mouseDClick(header, Qt.MouseButton.LeftButton, pos=QPoint(80, 18))
    QTest.keyClicks(header.findChild(type(header._editor)), "Faces")
    QTest.keyClick(header.findChild(type(header._editor)), Qt.Key.Key_Return)
    track = hand.session.sequence.track("V1")
    assert track is not None
    assert track.name == "Faces"


# --- wheel and zoom ---


def test_the_wheel_with_ctrl_zooms_at_the_pointer(board: Make) -> None:
    hand = board(V1="A:0-96")
    before = hand.view.scale.exact_at(400)
    wheel(hand, 1, CTRL)
    assert hand.view.scale.frame_px > 10
    assert hand.view.scale.x_of(before) == pytest.approx(400, abs=1)


def test_the_wheel_with_shift_scrolls_the_time(board: Make) -> None:
    hand = board(V1=" ".join(f"{letter}:0-96" for letter in "ABCD"))
    wheel(hand, -1, SHIFT)
    assert hand.view.scale.origin_px == 120
    assert hand.panel.bar.value() == 120
    wheel(hand, 1, NONE)
    assert hand.view.scale.origin_px == 120


def test_the_middle_button_pans(board: Make) -> None:
    hand = board(V1=" ".join(f"{letter}:0-96" for letter in "ABCD"))
    viewport = hand.view.viewport()
    QTest.mousePress(viewport, Qt.MouseButton.MiddleButton, pos=QPoint(500, 60))
    QTest.mouseMove(viewport, QPoint(400, 60))
    QTest.mouseRelease(viewport, Qt.MouseButton.MiddleButton, pos=QPoint(400, 60))
    assert hand.view.scale.origin_px == 100


def test_zooming_in_out_and_fit(board: Make) -> None:
    hand = board(V1="A:0-96")
    hand.panel.zoom("in")
    assert hand.view.scale.frame_px == pytest.approx(20)
    hand.panel.zoom("out")
    assert hand.view.scale.frame_px == pytest.approx(10)
    hand.panel.zoom("fit")
    assert hand.view.scale.x_of(RationalTime(4)) == pytest.approx(hand.view.viewport().width() - 24, abs=1)


# --- menus, transitions, shots ---


def entries(menu: QMenu) -> dict[str, Callable[[], None]]:
    """What can be chosen, also in menus within, by its title."""
    own = {one.text().split("\t")[0]: one.trigger for one in menu.actions() if one.text() and one.menu() is None}
    for one in menu.actions():
        within = one.menu()
        if isinstance(within, QMenu):
            own |= entries(within)
    return own


def test_the_menu_of_a_gap_closes_it(board: Make) -> None:
    hand = board(V1="A:0-24 _24 B:0-24")
    gap = hand.session.sequence.tracks[0].items[1].id
    hand.session.selection.items.set((gap,))
    actions = Actions(hand.session)
    hand.panel.asked.connect(actions.run)
    menu = item_menu(hand.panel, hand.session, hand.view, Hit(Zone.GAP, "V1", gap))
    entries(menu)["Close gap"]()
    assert hand["V1"] == "A:0-24 B:0-24"


def test_every_menu_entry_names_an_action_that_exists(board: Make) -> None:
    hand = board(V1="A:0-24", A1="")
    actions, asked = Actions(hand.session), []
    hand.panel.asked.connect(asked.append)
    for menu in (
        item_menu(hand.panel, hand.session, hand.view, Hit(Zone.CLIP, "V1", "A")),
        item_menu(hand.panel, hand.session, hand.view, Hit(Zone.EMPTY, "V1")),
        header_menu(hand.panel, hand.session, hand.view, hand.panel.headers, ""),
    ):
        for trigger in entries(menu).values():
            trigger()
    assert len(asked) > 15
    assert [one for one in asked if one not in actions] == []


def test_a_selected_transition_is_deleted(board: Make) -> None:
    hand = board(V1="A:20-44 >4+4< B:20-44")
    hand.click(24, "V1")
    assert hand.selected == {"x0"}
    Actions(hand.session).run("edit.delete")
    assert hand["V1"] == "A:20-44 B:20-44"


def test_retry_on_a_failed_placeholder_sends_the_shot_again(board: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    hand = board(V1="")
    hand.session.document.do(OverwriteClips("cut", (("V1", f(0), placeholder("P:0-48", "shot")),)))
    sent: list[str] = []
    monkeypatch.setattr(hand.session.generation, "state_of", lambda _: ShotState("failed", message="No network"))
    monkeypatch.setattr(hand.session.generation, "retry", sent.append)
    row = hand.view.layout_now.row("V1")
    assert row is not None
    QTest.mouseClick(hand.view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(480 - 25, row.clip_top + 46))
    assert sent == ["shot"]


# --- switches ---


def test_snapping_follows_the_settings(board: Make) -> None:
    hand = board(V1="A:0-24")
    actions = Actions(hand.session)  # kept: a connection holds its object weakly
    hand.panel.asked.connect(actions.run)
    was = hand.view.snapping
    hand.panel.snap.click()
    assert hand.view.snapping is not was
    assert hand.panel.snap.isChecked() is hand.view.snapping


def test_another_project_is_shown_from_its_start(board: Make) -> None:
    hand = board(V1="A:0-24")
    saved = hand.session.document.saved
    renamed = replace(saved.project, sequences=(replace(saved.project.sequences[0], id="other", name="Other cut"),))
    hand.session.document.replace(replace(saved, project=renamed), None)
    assert hand.panel.tab_title == "Other cut"
    assert hand.view.sequence.id == "other"


def test_fit_asked_twice_goes_back(board: Make) -> None:
    hand = board(V1="A:0-96")
    before = hand.view.scale
    hand.panel.zoom("fit")
    assert hand.view.scale != before
    hand.panel.zoom("fit")
    assert hand.view.scale == before


def test_the_status_line_says_what_is_chosen(board: Make) -> None:
    hand = board(V1="A:10-54 B:0-24")
    hand.click(22, "V1")
    assert hand.said[-1].startswith("A: 1 s 20 fr, handles 10 fr and 1 s 22 fr.")
    hand.click(60, "V1", SHIFT)
    assert hand.said[-1].startswith("2 clips, 2 s 20 fr in all.")
    hand.click(90, "V1")
    assert hand.said[-1] == hand.panel.hint


def test_the_cache_bar_shows_what_plays_in_real_time_and_what_does_not(board: Make) -> None:
    hand = board(V1="A:0-240")
    ruler, scale = hand.panel.ruler, hand.view.scale
    paces = [(f(0), f(48), Pace.SMOOTH), (f(48), f(96), Pace.SLOW), (f(96), f(144), Pace.READY)]
    hand.session.paces = (
        *(Marked(TimeRange.between(start, end), pace) for start, end, pace in paces),
        Marked(TimeRange.between(f(144), f(240)), Pace.UNKNOWN),
    )
    hand.session.paced.emit()
    picture = ruler.grab().toImage()
    ratio = picture.devicePixelRatio()
    seen = [
        picture.pixelColor(int(scale.x_of(f(frame)) * ratio), picture.height() - 2).name()
        for frame in (20, 70, 120, 200)
    ]
    ready, slow = colour("state.ready").name(), colour("state.slow").name()
    assert seen[:3] == [ready, slow, ready]
    assert seen[3] not in (ready, slow)


def test_the_menu_of_a_clip_shows_the_keys_in_force_and_offers_sync_only_where_it_is_lost(board: Make) -> None:
    hand = board(V1="A:0-24", A1="_4 a:0-20")
    hand.session.keymap.know(Actions(hand.session))
    menu = item_menu(hand.panel, hand.session, hand.view, Hit(Zone.CLIP, "V1", "A"))
    texts = [one.text() for one in menu.actions()]
    assert "Group\tCtrl+G" in texts
    assert "Move into sync" not in texts
    within = {one.text(): one.menu() for one in menu.actions() if one.menu() is not None}
    assert {"Transition", "Time"} <= set(within)


def test_a_picture_and_its_sound_count_as_one_clip(board: Make) -> None:
    hand = board(V1="A:0-24 C:0-12", A1="B:0-24", links="AB")
    hand.click(12, "V1")
    hand.click(30, "V1", SHIFT)
    assert hand.said[-1].startswith("2 clips, 1 s 12 fr in all.")


def test_an_empty_timeline_says_how_the_first_clip_comes_in(board: Make) -> None:
    hand = board(V1="", A1="")
    words = hand.panel.empty_words
    assert not words.isHidden()
    assert "comma" in " ".join(one.text() for one in words.findChildren(QLabel))
    hand.session.document.do(OverwriteClips(hand.session.sequence_id, (("V1", f(0), title_clip("One")),)))
    assert words.isHidden()
    hand.session.document.undo()
    assert not words.isHidden()


# --- the corner ---


def test_the_timecode_in_the_corner_is_typed_into(board: Make) -> None:
    hand = board(V1="A:0-48 B:0-48")
    field, session = hand.panel.corner_box.field, hand.session
    QTest.mouseClick(field, Qt.MouseButton.LeftButton)
    assert field.is_open
    QTest.keyClicks(field.edit, "112")
    QTest.keyClick(field.edit, Qt.Key.Key_Return)
    assert session.transport.time == f(36)
    assert hand.panel.corner_box.timecode == "00:00:01:12"
    session.selection.items.set(["B"])
    QTest.mouseClick(field, Qt.MouseButton.LeftButton)
    QTest.keyClicks(field.edit, "+12")
    QTest.keyClick(field.edit, Qt.Key.Key_Return)
    assert hand["V1"] == "A:0-48 _12 B:0-48", "a relative time moves what is selected"
    QTest.mouseClick(field, Qt.MouseButton.LeftButton)
    QTest.keyClicks(field.edit, "12+x")
    QTest.keyClick(field.edit, Qt.Key.Key_Return)
    assert field.is_open, "what is wrong stays to be mended"
    QTest.keyClick(field.edit, Qt.Key.Key_Escape)
    assert not field.is_open
    QTest.mouseClick(field, Qt.MouseButton.LeftButton, CTRL)
    assert hand.panel.corner_box.timecode == "36", "counted in frames"

"""The effects panel in the real window: what it lists, finds, applies and gives to a drag."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from studio_app.actions.registry import Actions
from studio_app.session.applying import offer_of
from studio_app.session.session import Session
from timeline.commands.set_track import SetTrack
from timeline.commands.split_clips import SplitClips
from timeline.items import GeneratorSource
from timeline.time import RationalTime
from timeline.track import Track
from ui.drag_mime import offer_in
from ui.effect_items import OFFER
from ui.main_window import MainWindow
from ui.panels.effects import EffectsPanel

pytestmark = pytest.mark.qt
TEXT, HELP = Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole
SPOKEN = Qt.ItemDataRole.AccessibleTextRole


@pytest.fixture
def panel(session: Session, qtbot: QtBot) -> Iterator[EffectsPanel]:
    found = EffectsPanel(session)
    qtbot.addWidget(found)
    found.resize(384, 400)
    found.show()
    QApplication.processEvents()
    yield found
    found.release()


def choose(panel: EffectsPanel, kind: str, offer_id: str) -> None:
    offer = offer_of(kind, offer_id)
    assert offer is not None
    panel.choose(offer)


def texts(panel: EffectsPanel) -> list[str]:
    return [panel.model.index(place, 0).data(TEXT) for place in range(panel.model.rowCount())]


def enter(panel: EffectsPanel) -> None:
    QTest.keyClick(panel.list, Qt.Key.Key_Return)


def double_click(panel: EffectsPanel) -> None:
    panel.list.scrollTo(panel.list.currentIndex())
    place: QPoint = panel.list.visualRect(panel.list.currentIndex()).center()
    QTest.mouseClick(panel.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseDClick(panel.list.viewport(), Qt.MouseButton.LeftButton, pos=place)


def picture(session: Session) -> Track:
    return session.sequence.picture_tracks()[0]


def test_it_lists_what_there_is_in_sections_with_help_and_marks_the_default(panel: EffectsPanel) -> None:
    shown = texts(panel)
    headings = [shown.index(one) for one in ("Blur and sharpen", "Transitions", "Generators")]
    assert headings == sorted(headings)
    assert (
        headings[0] < shown.index("Vignette") < headings[1] < shown.index("Wipe") < headings[2] < shown.index("Title")
    )
    assert not {"Transform", "Slate"} & set(shown)
    for place in range(panel.model.rowCount()):
        index = panel.model.index(place, 0)
        if index.data(OFFER) is None:
            assert not panel.model.flags(index)
        else:
            assert index.data(HELP).endswith(".")
    assert panel.model.index(shown.index("Cross dissolve"), 0).data(SPOKEN) == "Cross dissolve, default, Transitions"
    assert "default for sound" in panel.model.index(shown.index("Crossfade"), 0).data(SPOKEN)
    assert panel.list.verticalScrollBar().value() == 0


def test_the_search_finds_by_words_and_enter_goes_to_the_list(panel: EffectsPanel) -> None:
    panel.search.setFocus()
    QTest.keyClicks(panel.search, "corners")
    assert texts(panel) == ["Stylise", "Vignette"]
    QTest.keyClick(panel.search, Qt.Key.Key_Return)
    assert panel.list.hasFocus()
    assert panel.chosen == offer_of("effect", "vignette")
    panel.search.setText("nothing like it")
    assert panel.stack.currentIndex() == 1
    assert panel.chosen is None
    panel.search.clear()
    assert "Wipe" in texts(panel)


def test_enter_lays_an_effect_on_the_selected_clips_in_one_step(panel: EffectsPanel, session: Session) -> None:
    steps = len(session.document.states)
    session.selection.items.set(("picture", "sound"))
    choose(panel, "effect", "vignette")
    enter(panel)
    clip = session.sequence.clip("picture")
    assert clip is not None
    assert [use.effect for use in clip.effects] == ["vignette"]
    assert len(session.document.states) == steps + 1
    session.document.undo()
    session.selection.items.set(("sound",))
    told: list[str] = []
    session.told.connect(lambda message, _: told.append(message))
    before = session.document.project
    enter(panel)
    assert session.document.project is before
    assert told == ["The selected clips have no picture for an effect."]


def test_a_double_click_lays_a_transition_over_the_nearest_edit_once(panel: EffectsPanel, session: Session) -> None:
    session.document.do(SplitClips(session.sequence_id, RationalTime(4), ("picture",)))
    session.transport.set_time(RationalTime(4))
    choose(panel, "transition", "wipe")
    steps = len(session.document.states)
    double_click(panel)
    laid = picture(session).transitions
    assert [(one.effect, one.left_id is not None, one.right_id is not None) for one in laid] == [("wipe", True, True)]
    assert len(session.document.states) == steps + 1


def test_a_generator_goes_to_the_playhead_and_covers_nothing(panel: EffectsPanel, session: Session) -> None:
    before = picture(session).items
    tracks = len(session.sequence.tracks)
    session.transport.set_time(RationalTime(2))
    choose(panel, "generator", "solid")
    enter(panel)
    assert picture(session).items == before
    made = session.sequence.clip(session.selection.item_ids[0])
    assert made is not None
    assert isinstance(made.source, GeneratorSource)
    assert made.source.generator == "solid"
    assert len(session.sequence.tracks) == tracks + 1
    session.transport.set_time(RationalTime(10))
    enter(panel)
    last = picture(session).items[-1]
    assert last.id == session.selection.item_ids[0]
    session.document.undo()
    session.document.undo()
    assert len(session.sequence.tracks) == tracks


def test_locked_tracks_refuse_with_a_sentence(panel: EffectsPanel, session: Session) -> None:
    told: list[str] = []
    session.told.connect(lambda message, _: told.append(message))
    session.document.do(SetTrack(session.sequence_id, picture(session).id, {"locked": True}))
    before = session.document.project
    session.selection.items.set(("picture",))
    for kind, name in (("effect", "vignette"), ("generator", "solid"), ("transition", "wipe")):
        told.clear()
        choose(panel, kind, name)
        enter(panel)
        assert session.document.project is before
        assert len(told) == 1
        assert told[0].endswith(".")


def test_another_default_transition_is_marked_kept_and_laid_by_the_key(
    panel: EffectsPanel, session: Session, actions: Actions
) -> None:
    choose(panel, "transition", "wipe")
    apply, default = panel.menu()
    assert apply.isEnabled()
    assert not default.isChecked()
    default.trigger()
    assert panel.menu()[1].isChecked()
    assert panel.list.currentIndex().data(SPOKEN) == "Wipe, default, Transitions"
    session.document.do(SplitClips(session.sequence_id, RationalTime(4), ("picture",)))
    session.transport.set_time(RationalTime(4))
    actions.run("clip.transition")
    assert [one.effect for one in picture(session).transitions] == ["wipe"]
    assert '"default_transition": "wipe"' in session.settings.path.read_text()
    session.settings.values.default_transition = "gone_plug_in"
    assert "default" not in panel.list.currentIndex().data(SPOKEN)


def test_in_the_window_it_is_a_tab_beside_the_media_pool(window: MainWindow) -> None:
    window.run("panel.effects")
    QApplication.processEvents()
    dock = window.docks["effects"]
    assert dock.isVisible()
    assert window.docks["media_pool"] in window.tabifiedDockWidgets(dock)
    found = dock.panel
    assert isinstance(found, EffectsPanel)
    assert found.list.hasFocus()
    hints: list[str] = []
    found.message.connect(hints.append)
    QTest.keyClick(found.list, Qt.Key.Key_Down)
    assert hints == ["Directional blur. Enter lays it on the selected clips; or drag it onto a clip."]


def test_letters_and_space_are_not_the_lists(panel: EffectsPanel) -> None:
    panel.list.setFocus()
    chosen = panel.chosen
    QTest.keyClick(panel.list, Qt.Key.Key_W)
    QTest.keyClick(panel.list, Qt.Key.Key_W, Qt.KeyboardModifier.ShiftModifier)
    assert panel.chosen == chosen


def test_arrows_step_over_the_headings(panel: EffectsPanel) -> None:
    panel.list.setFocus()
    choose(panel, "effect", "vignette")
    QTest.keyClick(panel.list, Qt.Key.Key_Down)
    assert panel.chosen == offer_of("transition", "blur")


def test_a_drag_carries_what_is_chosen(panel: EffectsPanel) -> None:
    choose(panel, "transition", "slide")
    mime = panel.model.mimeData([panel.list.currentIndex()])
    assert offer_in(mime) == offer_of("transition", "slide")
    assert panel.list.dragEnabled()

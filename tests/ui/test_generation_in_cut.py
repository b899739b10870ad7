"""Generate here, takes on trial, short takes and finals, as the window shows them."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from studio_app.services.keys import Keys
from studio_app.session.in_cut import Wish, place, spot_of
from studio_app.session.over_long import trim_shot
from studio_app.session.session import Session
from studio_app.session.shot_state import ShotState
from studio_app.session.taking import takes_of, toggle_rejected
from tests.ui.conftest import picture_file
from timeline.items import MediaSource, Placeholder
from timeline.media import Lineage, Media, MediaKind, Take
from timeline.query import clips_of_shot
from timeline.time import RationalTime
from ui.audition_bar import AuditionBar
from ui.dialogs.finals import FinalsDialog
from ui.dialogs.take_too_short import too_short_dialog
from ui.dialogs.too_long import too_long_dialog
from ui.drag_mime import SHOT_MIME
from ui.generate_popover import GeneratePopover
from ui.main_window import MainWindow
from ui.take_strip import TakeStrip
from ui.timeline_view.placeholder_painter import state_words, verb_boxes

pytestmark = pytest.mark.qt


def popover(window: MainWindow) -> GeneratePopover:
    panel = window.docks["timeline"].panel
    found = panel.findChildren(GeneratePopover)
    assert found, "the popover is open"
    return found[-1]


def a_film(folder: Path, name: str, seconds: int) -> Media:
    path = picture_file(folder, f"{name}.png")
    return Media(
        str(path),
        MediaKind.VIDEO,
        name,
        RationalTime(seconds),
        64,
        36,
        has_video=True,
        rate=RationalTime(25).fraction,
        id=name,
    )


def shot_with_takes(session: Session, folder: Path, *seconds: int) -> str:
    """A place of four seconds with takes of these lengths; the first stands in it."""
    session.transport.set_marks(RationalTime(12), RationalTime(16))
    session.selection.items.clear()
    shot = place(session, spot_of(session), Wish("A lake", ""))
    for number, length in enumerate(seconds, 1):
        media = a_film(folder, f"take{number}", length)
        lineage = Lineage("procedural" if number == 1 else "runway", cost="0" if number == 1 else "0.24")
        session.document.add_take(Take(media.id, lineage, shot_id=shot), media)
        if number == 1:
            from timeline.commands.land_take import LandTake

            session.document.amend(LandTake(shot, media.id))
    session.selection.items.set([clip.id for _, clip in clips_of_shot(session.document.project, shot)])
    return shot


def test_shift_g_opens_what_is_asked_at_the_marks_and_says_price_and_reason(
    window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    session.transport.set_marks(RationalTime(12), RationalTime(16))
    session.selection.items.clear()
    window.run("shot.generate_here")
    found = popover(window)
    assert not found.button.isEnabled()
    assert found.reason.text() == "Say what is to be seen first."
    found.text.setPlainText("A calm lake")
    found.engine.show_value("")
    found.show_plan()
    assert found.button.isEnabled()
    assert "free" in found.button.text()
    assert "on this computer" in found.reason.text()
    assert not found.first.isEnabled(), "no picture stands beside the marks"
    found.engine.show_value("runway")
    found.show_plan()
    assert not found.button.isEnabled()
    assert "key" in found.reason.text()
    found.close()
    assert session.document.project.storyboards[-1].title == "Small", "nothing was placed"


def test_a_card_without_a_take_drops_as_its_placeholder_and_asks_what_makes_it(
    window: MainWindow, session: Session
) -> None:
    view = window.docks["timeline"].panel.view
    row = view.layout_now.row(session.sequence.picture_tracks()[0].id)
    assert row is not None
    spot = QPointF(view.scale.x_of(RationalTime(12)), row.clip_top + row.clip_height / 2 - view.scroll_y)
    mime = QMimeData()
    mime.setData(SHOT_MIME, b'["s2"]')
    keys = (mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    actions = Qt.DropAction.CopyAction
    QApplication.sendEvent(view.viewport(), QDragEnterEvent(spot.toPoint(), actions, *keys))
    QApplication.sendEvent(view.viewport(), QDragMoveEvent(spot.toPoint(), actions, *keys))
    QApplication.sendEvent(view.viewport(), QDropEvent(spot, actions, *keys))
    QApplication.processEvents()
    found = popover(window)
    assert found.text.toPlainText() == "A calm sea, number 2"
    ((_, clip),) = clips_of_shot(session.document.project, "s2")
    assert isinstance(clip.source, Placeholder)
    assert clip.duration == RationalTime(5)
    found.close()


def test_takes_are_tried_by_key_with_a_bar_over_the_picture_and_enter_uses_one(
    window: MainWindow, session: Session, tmp_path: Path
) -> None:
    shot = shot_with_takes(session, tmp_path, 5, 5, 6)
    bar = window.findChild(AuditionBar)
    assert bar is not None
    assert bar.isHidden()
    view = window.docks["timeline"].panel.view
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_BracketRight)
    assert not bar.isHidden()
    assert bar.words.text() == "Take 2 of 3"
    assert "Runway" in bar.fact.text()
    assert "0.24" in bar.fact.text()
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert bar.isHidden()
    QTest.keyClick(view, Qt.Key.Key_PageUp, Qt.KeyboardModifier.ControlModifier)
    assert bar.words.text() == "Take 3 of 3"
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert bar.isHidden()
    ((_, clip),) = clips_of_shot(session.document.project, shot)
    assert clip.source == MediaSource("take3")
    assert session.document.undo_label == "Use take"


def test_the_strip_says_what_is_noted_and_offers_what_can_be_done(
    session: Session, tmp_path: Path, qtbot: QtBot
) -> None:
    shot = shot_with_takes(session, tmp_path, 5, 5)
    toggle_rejected(session, "take2")
    strip = TakeStrip(session, session.document.library.takes_of(shot), "take1")
    qtbot.addWidget(strip)
    menu = strip.menu_of(takes_of(session, shot)[1])
    texts = [(one.text(), one.isChecked()) for one in menu.actions() if one.text()]
    assert texts == [
        ("Use take", False),
        ("Compare with the one in the cut", False),
        ("Starred", False),
        ("Rejected", True),
        ("Note…", False),
    ]


def test_a_short_take_asks_with_four_ways_and_does_the_marked_one(
    session: Session, tmp_path: Path, qtbot: QtBot
) -> None:
    shot = shot_with_takes(session, tmp_path, 5, 3)
    ((sequence, clip),) = clips_of_shot(session.document.project, shot)
    dialog = too_short_dialog(None, session, f"{sequence.id} {clip.id} take2")
    assert dialog is not None
    qtbot.addWidget(dialog)
    assert [card.accessibleName() for card in dialog.cards] == [
        "Slow. All of it at 75 %",
        "Hold the last frame. It stands for 1.0 s",
        "Extend. 1.0 s are made anew",
        "Trim the clip. A gap of 1.0 s is left",
    ]
    dialog.cards[2].click()
    assert (dialog.button.text(), dialog.engine.currentText()) == ("Extend, free", "Starcut, free")
    dialog.cards[1].click()
    assert dialog.button.text() == "Use take"
    dialog.end("use")
    pieces = [one for _, one in clips_of_shot(session.document.project, shot)]
    assert [(one.duration, one.freeze is None) for one in pieces] == [(RationalTime(3), True), (RationalTime(1), False)]


def test_finals_show_their_bill_before_anything_is_sent(session: Session, tmp_path: Path, qtbot: QtBot) -> None:
    shot_with_takes(session, tmp_path, 5)
    dialog = FinalsDialog(None, session)
    qtbot.addWidget(dialog)
    (line,) = dialog.rows
    assert line.bill.draft.name == "A lake"
    assert not dialog.button.isEnabled(), "without a key nobody but the Starcut engine is there"
    assert line.bill.fault
    assert dialog.wanted.cost == Decimal(0)


def test_each_state_of_a_place_has_words_and_its_verbs(session: Session) -> None:
    words = [state_words(ShotState(one, 0.42, message="No credits left."))[0] for one in (
        "queued", "running", "landing", "failed", "over_budget", "unknown")]  # fmt: skip
    assert words == [
        "Queued",
        "Running 42 %",
        "Landing",
        "No credits left.",
        "Over budget",
        "Nobody knows whether it was sent",
    ]
    assert list(verb_boxes("failed", 0, 400, 800, 0, 70)) == ["retry", "free"]
    assert list(verb_boxes("failed", 0, 150, 800, 0, 70)) == ["retry"], "the reason goes before the second verb"
    assert list(verb_boxes("unknown", 0, 400, 800, 0, 70)) == ["look", "anew"]
    assert list(verb_boxes("over_budget", 0, 400, 800, 0, 70)) == ["cap", "free"], (
        "trying again under the same cap is no way on"
    )
    assert verb_boxes("running", 0, 400, 800, 0, 70) == {}


def test_a_shot_that_is_too_long_offers_parts_a_shorter_place_or_another_engine_with_prices(
    window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    session.desk.access.keys = Keys(environment={"RUNWAYML_API_SECRET": "good-key"})
    session.transport.set_marks(RationalTime(12), RationalTime(24))
    session.selection.items.clear()
    window.run("shot.generate_here")
    found = popover(window)
    found.text.setPlainText("A calm lake")
    found.engine.show_value("runway")
    found.show_plan()
    assert not found.button.isEnabled()
    assert found.reason.text() == "Runway gen4.5 makes 10 s at most; this lasts 12 s."
    assert window.frameGeometry().adjusted(0, 0, 1, 1).contains(found.geometry()), "also what grew while it stood"
    buttons = {one.text(): one for one in found.ways.findChildren(QPushButton) if not one.isHidden()}
    assert list(buttons) == ["2 joined parts, $ 1.56", "Trim to 10 s, $ 1.20", "Starcut, free"]
    buttons["2 joined parts, $ 1.56"].click()
    assert (found.button.text(), found.ways.isHidden()) == ("Generate, $ 1.56", True)
    assert "2 joined parts, each begun with the last picture" in found.reason.text()
    found.engine.chosen.emit("runway")
    next(one for one in found.ways.findChildren(QPushButton) if "Trim" in one.text()).click()
    assert (found.length.text(), found.button.text()) == ("00:00:10:00", "Generate, $ 1.20")
    found.close()


def test_a_card_that_was_too_long_asks_what_happens(session: Session, tmp_path: Path, qtbot: QtBot) -> None:
    session.desk.access.keys = Keys(environment={"RUNWAYML_API_SECRET": "good-key"})
    session.transport.set_marks(RationalTime(12), RationalTime(24))
    session.selection.items.clear()
    shot = place(session, spot_of(session), Wish("A lake", "runway"))
    asked: list[tuple[str, str]] = []
    session.offered.connect(lambda message, verb, _do: asked.append((message, verb)))
    session.generation.generate([shot])
    assert asked == [("“A lake” is longer than its engine makes. Nothing was sent.", "Choose what happens")]
    dialog = too_long_dialog(None, session, f"{shot} runway")
    assert dialog is not None
    qtbot.addWidget(dialog)
    assert [card.accessibleName() for card in dialog.cards] == [
        "2 joined parts. $ 1.56",
        "Trim to 10 s. $ 1.20",
        "Starcut. free",
    ]
    assert dialog.button.text() == "Generate, $ 1.56"
    assert trim_shot(session, shot, 10.0)
    ((_, clip),) = clips_of_shot(session.document.project, shot)
    assert clip.duration == RationalTime(10)
    assert too_long_dialog(None, session, f"{shot} runway") is None, "it fits by now"
    assert session.document.undo_label == "Trim to 10 s"

"""Pictures and music of services from the window: words, engine, price on the button, and where they land."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from engines.play.audio_sink import WallClockSink
from studio_app.services.keys import Keys
from studio_app.services.paths import user_paths
from studio_app.session.engine_options import keep_for_all, with_option
from studio_app.session.session import Session
from tests.fakes.providers import FakeProviders
from timeline.commands.add_shot import AddShot
from timeline.commands.edit_shot import EditShot
from timeline.storyboard import Shot
from timeline.time import RationalTime
from ui.dialogs.music import MusicDialog
from ui.dialogs.picture import picture_dialog
from ui.engine_options import EngineOptions
from ui.qt.main_thread import post

pytestmark = pytest.mark.qt


@pytest.fixture
def session(fakes: FakeProviders) -> Iterator[Session]:
    keys = Keys(
        environment={"STABILITY_API_KEY": "good-key", "ELEVENLABS_API_KEY": "good-key", "RUNWAYML_API_SECRET": "k"}
    )
    one = Session(user_paths(), WallClockSink(), post, keys=keys)
    one.settings.values.engine_addresses = {name: fakes.base(name) for name in ("stability", "elevenlabs")}
    one.desk.access.pace = 0.002
    one.files.new("Film", 320, 180)
    yield one
    one.close()


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    one = QWidget()
    qtbot.addWidget(one)
    return one


def test_a_picture_is_asked_for_with_its_price_and_becomes_the_shots_first(
    qtbot: QtBot, session: Session, parent: QWidget
) -> None:
    shot = Shot("A lake at dawn")
    session.document.do(AddShot(session.document.project.storyboards[0].id, shot))
    dialog = picture_dialog(parent, session, shot.id)
    qtbot.waitUntil(lambda: dialog.engine.findData("stability/core") >= 0)
    assert dialog.text.toPlainText() == "A lake at dawn"
    dialog.engine.show_value("stability/core")
    dialog.show_plan()
    assert dialog.button.text() == "Make, $ 0.03"
    dialog.text.clear()
    dialog.show_plan()
    assert (dialog.button.isEnabled(), dialog.button.text()) == (False, "Make")
    dialog.text.setPlainText("A lake at night")
    dialog.show_plan()
    assert "chosen by hand" in dialog.reason.text()
    dialog.end("make")

    def reference() -> str:
        found = session.document.project.shot(shot.id)
        return found.image_reference if found is not None else ""

    qtbot.waitUntil(lambda: bool(reference()))
    assert Path(reference()).is_file()


def test_the_engine_here_is_refused_for_a_change_by_words_in_the_dialog(
    qtbot: QtBot, session: Session, parent: QWidget, tmp_path: Path
) -> None:
    picture = tmp_path / "boat.png"
    picture.write_bytes(b"")
    dialog = picture_dialog(parent, session, str(picture))
    dialog.text.setPlainText("At night")
    dialog.engine.show_value("")
    dialog.show_plan()
    assert (dialog.button.isEnabled(), "does not change pictures" in dialog.reason.text()) == (False, True)
    dialog.engine.show_value("auto")
    dialog.show_plan()
    assert dialog.button.text() == "Make, $ 0.07"


def test_music_of_a_service_has_words_and_a_price_where_the_composer_has_its_form(
    qtbot: QtBot, session: Session, parent: QWidget
) -> None:
    session.transport.set_marks(RationalTime(0), RationalTime(6))
    dialog = MusicDialog(parent, session)
    qtbot.waitUntil(lambda: dialog.engine.findData("elevenlabs/music_v2") >= 0)
    assert (dialog.form.isHidden(), dialog.text.isHidden(), dialog.compose.text()) == (False, True, "Compose")
    dialog.engine.show_value("elevenlabs/music_v2")
    dialog.engine.chosen.emit("elevenlabs/music_v2")
    assert (dialog.form.isHidden(), dialog.text.isHidden(), dialog.compose.isEnabled()) == (True, False, False)
    dialog.text.setPlainText("Slow piano")
    dialog.engine.chosen.emit("elevenlabs/music_v2")
    assert dialog.compose.text().startswith("Make, $ 0.0")
    before = len(session.sequence.tracks)
    dialog.end("compose")
    qtbot.waitUntil(lambda: len(session.sequence.tracks) > before)
    assert session.sequence.tracks[-1].name == "Music"


def test_the_values_of_an_engine_are_a_form_and_go_along_with_its_jobs(
    qtbot: QtBot, session: Session, parent: QWidget
) -> None:
    shot, board = Shot("A lake", engine="runway/gen4.5"), session.document.project.storyboards[0]
    session.document.do(AddShot(board.id, shot))
    widget = EngineOptions(session)
    qtbot.addWidget(widget)
    widget.show_of(shot)
    assert widget.form is not None
    assert set(widget.form.values()) == {"public_figures"}
    session.document.do(EditShot(board.id, shot.id, {"extra": with_option(shot, "public_figures", "low")}))
    plan = session.generation.plan_of(shot.id)
    assert plan is not None
    assert plan.request.options == {"public_figures": "low"}
    keep_for_all(session.desk, "comfyui", "workflow", "/flows/wan.json")
    widget.show_of(Shot("A lake", engine="comfyui"))
    assert widget.form.values()["workflow"] == "/flows/wan.json"
    widget.show_of(Shot("A lake", engine="auto"))
    assert widget.form is None

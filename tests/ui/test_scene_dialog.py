"""A shot's scene in the window: shown, changed as undoable edits, kept with the shot, saved and opened."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtWidgets import QComboBox, QWidget
from pytestqt.qtbot import QtBot

from engines.generate.registry import engine
from studio_app.actions.registry import Actions
from studio_app.actions.shot import has_take_scene
from studio_app.session import scene_form
from studio_app.session.session import Session
from timeline.commands.edit_shot import EditShot
from timeline.media import Lineage, Media, MediaKind, Take
from ui.dialogs.scene import SceneDialog, show_scene

pytestmark = pytest.mark.qt


@pytest.fixture
def shot_id(session: Session) -> str:
    board = session.document.project.storyboards[0]
    shot = board.shots[0]
    session.document.do(EditShot(board.id, shot.id, {"description": "A lighthouse above the sea at dusk"}))
    session.document.seal()
    return shot.id


@pytest.fixture
def dialog(session: Session, shot_id: str, qtbot: QtBot) -> Iterator[SceneDialog]:
    parent = QWidget()
    qtbot.addWidget(parent)
    made = show_scene(parent, session, shot_id)
    assert made is not None
    yield made
    parent.close()


def scene_of(session: Session, shot_id: str) -> dict[str, object]:
    shot = session.document.project.shot(shot_id)
    assert shot is not None
    return dict(shot.scene)


def test_it_shows_what_the_words_make_and_changes_nothing(dialog: SceneDialog, session: Session, shot_id: str) -> None:
    assert dialog.plain["setting"] == "sea"
    form = dialog.groups.forms[("Place",)]
    assert form.values()["time"] == "dusk"
    assert not scene_of(session, shot_id)
    assert not dialog.back.isEnabled()


def test_a_change_is_one_undo_step_and_the_next_take_is_drawn_from_it(
    dialog: SceneDialog, session: Session, shot_id: str
) -> None:
    for value in ("night", "dawn", "day"):
        dialog.groups.changed.emit(("time",), value)
    dialog.groups.finished.emit()
    assert scene_of(session, shot_id)["time"] == "day"
    asked = session.generation.request_of(shot_id)
    assert asked is not None
    assert asked[1].scene["time"] == "day"
    assert engine().scene(asked[1])["time"] == "day"
    assert dialog.groups.forms[("Place",)].values()["time"] == "day"
    session.document.undo()
    assert not scene_of(session, shot_id)
    assert dialog.groups.forms[("Place",)].values()["time"] == "dusk"


def test_a_lighting_brings_its_numbers(dialog: SceneDialog) -> None:
    dialog.groups.changed.emit(("lighting", "name"), "noir")
    assert dialog.plain["lighting"]["contrast"] == 1.3
    assert dialog.groups.forms[("Light", "lighting")].values()["contrast"] == pytest.approx(1.3)


def test_entries_come_and_go(dialog: SceneDialog, session: Session) -> None:
    before = len(dialog.plain["subjects"])
    for adder in scene_form.adders():
        dialog.groups.added.emit(adder)
    assert len(dialog.plain["subjects"]) == before + 1
    assert ("Subject", "subjects", before) in dialog.groups.forms
    assert ("Becomes", "keys", 0, "scene") in dialog.groups.forms
    dialog.groups.removed.emit(("subjects", before))
    assert len(dialog.plain["subjects"]) == before
    assert ("Subject", "subjects", before) not in dialog.groups.forms
    session.document.undo()
    assert len(dialog.plain["subjects"]) == before + 1


def test_what_cannot_be_is_told_and_changes_nothing(dialog: SceneDialog, session: Session, shot_id: str) -> None:
    dialog.groups.changed.emit(("life",), 99.0)
    assert "0 to 4" in dialog.problem.text()
    assert not scene_of(session, shot_id)
    dialog.groups.changed.emit(("life",), 2.0)
    assert dialog.problem.isHidden()


def test_a_scene_is_saved_and_opened(
    dialog: SceneDialog, session: Session, shot_id: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "scene.json"
    face = SimpleNamespace(ask_save_file=lambda *_: path, ask_open_files=lambda *_: [path], show=lambda *_: None)
    monkeypatch.setattr(session, "face", face)
    dialog.save_file()
    saved = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps({**saved, "weather": "rain"}), "utf-8")
    dialog.open_file()
    assert scene_of(session, shot_id)["weather"] == "rain"
    path.write_text("{", "utf-8")
    dialog.open_file()
    assert "scene.json" in dialog.problem.text()
    assert scene_of(session, shot_id)["weather"] == "rain"


def test_the_scene_of_a_take_can_be_kept(session: Session, shot_id: str, tmp_path: Path) -> None:
    asked = session.generation.request_of(shot_id)
    assert asked is not None
    scene = {**engine().scene(asked[1]), "seed": 77}
    session.selection.shots.set([shot_id])
    actions = Actions(session)
    assert not has_take_scene(session)
    media = Media(str(tmp_path / "take.mp4"), MediaKind.VIDEO, has_video=True)
    lineage = Lineage("procedural", request=asked[1].model_dump(mode="json"), extra={"facts": {"scene": scene}})
    session.document.add_take(Take(media.id, lineage, shot_id=shot_id), media)
    assert session.generation.scene_of(shot_id)["seed"] == 77
    actions.run("shot.keep_take_scene")
    assert scene_of(session, shot_id)["seed"] == 77
    again = session.generation.request_of(shot_id)
    assert again is not None
    assert again[1].seed == 77
    assert not has_take_scene(session)


def test_back_to_the_words_forgets_what_was_changed(dialog: SceneDialog, session: Session, shot_id: str) -> None:
    dialog.rearrange()
    assert scene_of(session, shot_id)
    dialog.back.click()
    assert not scene_of(session, shot_id)


def test_a_shot_that_is_gone_closes_it(dialog: SceneDialog, session: Session, shot_id: str) -> None:
    session.selection.shots.set([shot_id])
    board = session.document.project.storyboards[0]
    from timeline.commands.remove_shot import RemoveShot

    session.document.do(RemoveShot(board.id, shot_id))
    assert not dialog.isVisible()


def test_a_picture_of_the_scene_arrives(dialog: SceneDialog, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: dialog.picture.picture is not None, timeout=20_000)
    first = dialog.picture.picture
    dialog.groups.changed.emit(("look",), "noir")
    qtbot.waitUntil(lambda: dialog.picture.picture is not first, timeout=20_000)


def test_the_keys_begin_at_the_scene_and_not_at_the_button_that_closes_it(dialog: SceneDialog) -> None:
    dialog.show()
    first = dialog.groups.findChild(QComboBox)
    assert dialog.focusWidget() is first

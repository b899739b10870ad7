"""The question a failed shot asks: another engine, for this much. One press on its card, its row or its menu sends it there."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engines.generate.fallback import Finish
from engines.play.audio_sink import WallClockSink
from studio_app.planning.camera_choice import chosen_camera
from studio_app.services.keys import Keys, NoStore
from studio_app.services.paths import user_paths
from studio_app.session.session import Session
from tests.fakes.providers import FakeProviders
from tests.studio_app.remote_desk import board
from timeline.storyboard import Shot
from ui.inspect_shot import ShotPage
from ui.inspect_shots import ShotsPage
from ui.job_controls import JobControls
from ui.panels.storyboard import StoryboardPanel
from ui.qt.job_threads import qthread
from ui.qt.main_thread import post
from ui.shot_held import answers, buttons
from ui.shot_items import parts_of

pytestmark = [pytest.mark.qt, pytest.mark.media]


@pytest.fixture
def remote(fakes: FakeProviders) -> Iterator[Session]:
    keys = Keys(NoStore(), {"RUNWAYML_API_SECRET": "bad-key", "LUMA_API_KEY": "good-key"})
    one = Session(user_paths(), WallClockSink(), post, qthread, keys=keys)
    one.settings.values.engine_addresses = {name: fakes.base(name) for name in ("runway", "luma", "luma_legacy")}
    one.settings.values.engine_finish = Finish.ALWAYS
    one.desk.access.pace = 0.002
    one.files.new("Film", 320, 180)
    yield one
    one.close()


def test_one_press_on_the_card_sends_it_to_the_engine_that_was_asked_about(
    remote: Session, fakes: FakeProviders, qtbot: QtBot
) -> None:
    (shot,) = board(remote, "A lake #quick")
    panel = StoryboardPanel(remote)
    qtbot.addWidget(panel)
    panel.resize(1180, 600)
    panel.show()
    (job,) = remote.generation.generate([shot])
    qtbot.waitUntil(lambda: job.is_over, timeout=60_000)
    QApplication.processEvents()
    offer = remote.generation.state_of(shot).offer
    assert offer is not None
    wanted = f"Send to Luma, $ {offer.cost:.2f}"
    found = answers("failed", is_local=False, offer=offer)
    assert [one.text for one in found] == [wanted, "Retry", "Use Starcut engine"]
    controls = JobControls(job, remote)
    qtbot.addWidget(controls)
    controls.refresh()
    assert controls.send.isVisibleTo(controls)
    assert controls.send.toolTip() == wanted
    assert wanted in [one.text() for one in controls.menu().actions()]
    card = panel.view.visualRect(panel.model.index(0)).toRectF()
    assert panel.menu_at(card.center().toPoint()).actions()[0].text() == wanted
    parts = parts_of(card)
    answer, place = buttons(parts.button, parts.picture, found)[0]
    assert answer.id == "offer"
    assert parts.picture.contains(place)
    QTest.mouseClick(panel.view.viewport(), Qt.MouseButton.LeftButton, pos=place.center().toPoint())
    qtbot.waitUntil(lambda: all(one.is_over for one in remote.jobs.all), timeout=60_000)
    assert [one.lineage.engine for one in remote.document.library.takes_of(shot)] == ["luma"]
    controls.refresh()
    assert not controls.send.isVisibleTo(controls)


def test_a_shot_of_a_service_says_in_the_inspector_what_happens_if_it_fails_and_whether_its_camera_stands_still(
    remote: Session, qtbot: QtBot
) -> None:
    first, second = board(remote, "A lake", "A hill")
    of_board = remote.document.project.storyboards[0]

    def now(shot_id: str) -> Shot:
        found = remote.document.project.shot(shot_id)
        assert found is not None
        return found

    page = ShotPage(remote, of_board, now(first))
    qtbot.addWidget(page)
    assert page.finish.isVisibleTo(page)
    assert (page.finish.values(), page.form.values()["camera_motion"]) == ({"failure_policy": ""}, "")
    page.finish.changed.emit("failure_policy", "strict")
    page.form.changed.emit("camera_motion", "static")
    assert remote.desk.allowed(now(first)).finish is Finish.STRICT
    assert chosen_camera(now(first)) == "static"
    page.refresh()
    assert (page.finish.values(), page.form.values()["camera_motion"]) == ({"failure_policy": "strict"}, "static")
    page.form.changed.emit("camera_motion", "")
    assert chosen_camera(now(first)) == ""
    remote.selection.shots.set([first, second])
    several = ShotsPage(remote, (first, second))
    qtbot.addWidget(several)
    several.finish.changed.emit("failure_policy", "always_finish")
    assert [remote.desk.allowed(now(one)).finish for one in (first, second)] == [Finish.ALWAYS, Finish.ALWAYS]
    page.engine.chosen.emit("")
    page.refresh()
    assert not page.finish.isVisibleTo(page)

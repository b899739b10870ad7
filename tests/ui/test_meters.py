"""The meters: how they move, what they show, when they ask."""

from __future__ import annotations

import math
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engines.media.running_loudness import Loudness
from engines.play.levels import Level
from ui import words
from ui.ballistics import FLOOR, MARKS, Ballistics, dbfs, share
from ui.main_window import MainWindow
from ui.panels.meters import MetersPanel
from ui.peak_meter import PeakMeter, lufs
from ui.qt import tokens

pytestmark = pytest.mark.qt


@dataclass
class Still:
    """A clock that everything was heard by."""

    place: float = math.inf


def sample(level: float) -> float:
    return float(10 ** (level / 20))


def test_a_bar_goes_up_at_once_and_falls_20_db_in_1_7_seconds() -> None:
    one = Ballistics()
    one.hear(sample(-10), 5.0)
    assert one.level == pytest.approx(-10)
    one.go_on(6.7)
    assert one.level == pytest.approx(-30)
    one.go_on(60.0)
    assert one.level == FLOOR


def test_a_peak_is_held_for_a_second_and_a_half_and_then_falls() -> None:
    one = Ballistics()
    one.hear(sample(-6), 0.0)
    for tenth in range(1, 15):
        one.hear(sample(-40), tenth / 10)
    assert one.held == pytest.approx(-6)
    one.go_on(1.5 + 1.7)
    assert one.held == pytest.approx(-26)
    one.hear(sample(-3), 3.3)
    assert one.held == pytest.approx(-3)
    one.go_on(20.0)
    assert one.is_at_rest


def test_the_light_goes_on_at_full_scale_and_stays_until_cleared() -> None:
    one = Ballistics()
    one.hear(32767 / 32768, 0.0)
    lit = [one.is_clipped]
    one.hear(1.0, 0.1)
    one.go_on(100.0)
    lit.append(one.is_clipped)
    one.clear()
    assert [*lit, one.is_clipped] == [False, True, False]


@pytest.mark.parametrize("peak", [4.0, math.inf, math.nan])
def test_a_bar_never_stands_above_the_scale(peak: float) -> None:
    one = Ballistics()
    one.hear(peak, 1.0)
    one.go_on(1.0 + 1.7)
    assert one.level <= -20
    assert one.held <= 0
    assert one.is_clipped is (peak > 1)


def test_the_scale_runs_from_0_to_minus_60_and_never_back() -> None:
    assert (share(0), share(6), share(FLOOR), share(-90)) == (1, 1, 0, 0)
    places = [share(level / 2) for level in range(0, -121, -1)]
    assert places == sorted(places, reverse=True)
    assert len({share(mark) for mark in MARKS}) == len(MARKS)
    assert dbfs(0.0) == FLOOR
    assert dbfs(0.5) == pytest.approx(-6.02, abs=0.01)


@pytest.fixture
def meter(qtbot: QtBot) -> PeakMeter:
    made = PeakMeter()
    qtbot.addWidget(made)
    made.resize(70, 480)
    made.show()
    return made


def colour_at(meter: PeakMeter, channel: int, level: float) -> QColor:
    bar = meter.bars()[channel]
    image = meter.grab().toImage()
    ratio = image.devicePixelRatio()
    y = bar.bottom() - share(level) * bar.height()
    return image.pixelColor(round(bar.center().x() * ratio), round(y * ratio))


def test_the_bars_stand_as_high_as_what_was_heard_in_three_colours(meter: PeakMeter) -> None:
    meter.hear((sample(-3), sample(-20)), 1.0)
    meter.refresh()
    assert colour_at(meter, 0, -4.5) == tokens.color("meter.high")
    assert colour_at(meter, 0, -12) == tokens.color("meter.mid")
    assert colour_at(meter, 0, -30) == tokens.color("meter.low")
    assert colour_at(meter, 1, -30) == tokens.color("meter.low")
    assert colour_at(meter, 1, -15) == tokens.color("surface.inset")


def test_a_click_puts_the_lights_out(meter: PeakMeter) -> None:
    meter.hear((1.2, 0.1), 1.0)
    meter.refresh()
    light = meter.lights()[0].center().toPoint()
    assert meter.grab().toImage().pixelColor(light * meter.devicePixelRatioF()) == tokens.color("meter.high")
    meter.describe()
    assert "Clipped" in meter.accessibleDescription()
    QTest.mouseClick(meter, Qt.MouseButton.LeftButton, pos=QPoint(20, 6))
    assert not any(one.is_clipped for one in meter.channels)
    assert "Clipped" not in meter.accessibleDescription()


def test_the_foot_says_the_loudness_with_a_real_minus(meter: PeakMeter) -> None:
    assert meter.figures() == (("S", "–"), ("I", "–"))
    meter.set_loudness(-14.0, -16.44, -15.8)
    assert meter.figures() == (("S", f"{words.MINUS}16.4"), ("I", f"{words.MINUS}15.8"))
    meter.resize(46, 330)
    assert meter.figures() == (("", f"{words.MINUS}15.8"),)
    assert meter.bars()[1].right() < 22
    assert lufs(-math.inf) == "–"


def test_only_what_changed_on_screen_is_painted(
    meter: PeakMeter, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    meter.hear((0.5, 0.5), 1.0)
    meter.refresh()
    asked: list[object] = []
    monkeypatch.setattr(meter, "update", lambda *what: asked.append(what))
    meter.refresh()
    meter.go_on(1.0001)
    meter.refresh()
    assert asked == []
    meter.go_on(1.5)
    meter.refresh()
    assert len(asked) == 1


# --- in the window ----------------------------------------------------------------------------------------------------


def panel_of(window: MainWindow) -> MetersPanel:
    panel = window.docks["meters"].panel
    assert isinstance(panel, MetersPanel)
    return panel


def settle() -> None:
    for _ in range(4):
        QApplication.processEvents()


def test_the_meters_stand_right_of_the_timeline_as_wide_as_designed(window: MainWindow) -> None:
    dock, timeline = window.docks["meters"], window.docks["timeline"]
    settle()
    assert abs(dock.width() - 72) <= 2
    assert dock.geometry().left() > timeline.geometry().right()
    window.resize(1300, 800)
    settle()
    assert abs(dock.width() - 48) <= 2
    window.resize(1500, 900)
    settle()
    assert abs(dock.width() - 72) <= 2


def test_shift_6_gives_them_the_keys(window: MainWindow) -> None:
    assert window.session.keymap.keys_of("panel.meters") == ("Shift+6",)
    window.run("panel.meters")
    assert window.panels.active is window.docks["meters"].panel


def test_the_lights_go_out_by_a_command_too(window: MainWindow) -> None:
    meter = panel_of(window).meter
    meter.hear((1.0, 1.5), 1.0)
    window.run("meters.clear")
    assert not any(one.is_clipped for one in meter.channels)


@pytest.mark.parametrize("which", ["program", "source"])
def test_they_follow_whichever_viewer_plays_and_rest_when_all_is_quiet(
    window: MainWindow, which: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    panel, session = panel_of(window), window.session
    assert not panel.timer.isActive()
    transport = session.transport
    if which == "source":
        session.source.show("m1")
        transport = session.source.transport
    levels = [Level(1, (sample(-9), sample(-12)), Loudness(-20, -21, -22.4), Still())]
    monkeypatch.setattr(type(transport), "levels_since", lambda self, number: tuple(levels[number:]))
    panel._heard, panel._number = None, 0
    transport.play()
    assert panel.timer.isActive()
    assert panel._number == 1  # what was heard before nobody looked at
    levels.append(Level(2, (sample(-6), sample(-12)), Loudness(-20, -21, -22.4), Still()))
    panel.look()
    assert panel.meter.channels[0].level == pytest.approx(-6, abs=0.5)
    assert panel.meter.integrated == pytest.approx(-22.4)
    transport.pause()
    assert panel.timer.isActive()
    for channel in panel.meter.channels:
        channel.level = channel.held = FLOOR
    panel._until = 0.0
    panel.look()
    assert not panel.timer.isActive()


def test_nobody_asks_while_they_are_hidden(window: MainWindow) -> None:
    panel = panel_of(window)
    window.docks["meters"].close()
    window.session.transport.play()
    assert not panel.timer.isActive()
    window.docks["meters"].show()
    settle()
    assert panel.timer.isActive()
    window.session.transport.pause()

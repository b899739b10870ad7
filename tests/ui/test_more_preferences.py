"""Appearance, lengths, audio, the place of the caches: what is chosen counts where it says."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QFileDialog, QStyle
from pytestqt.qtbot import QtBot

import ui
from studio_app.services.paths import user_paths
from studio_app.services.settings import Accent
from studio_app.session.session import Session
from timeline.time import RationalTime
from ui.main_window import MainWindow
from ui.preferences.audio import AudioPage
from ui.preferences.playback_cache import PlaybackAndCachePage
from ui.qt import tokens
from ui.qt.style import StarcutStyle

pytestmark = pytest.mark.qt


def luminance(colour: str) -> float:
    shade = QColor(colour)
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (shade.redF(), shade.greenF(), shade.blueF())
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("accent", list(Accent))
def test_every_accent_can_be_read_on_and_seen(accent: Accent) -> None:
    colours = tokens.accents()[accent.value]
    assert set(colours) in (set(), {"default", "hover", "pressed", "dim", "selected"})
    for name in ("default", "hover", "pressed"):
        colour = colours.get(name) or tokens.hex_of(f"accent.{name}")
        assert contrast(colour, tokens.hex_of("text.on_accent")) >= 4.5
    assert contrast(colours.get("default") or tokens.hex_of("accent.default"), tokens.hex_of("surface.panel")) >= 4.5
    assert contrast(colours.get("selected") or "#373023", tokens.hex_of("text.primary")) >= 4.5


def test_an_accent_is_worn_and_taken_off() -> None:
    before = tokens.hex_of("accent.default")
    try:
        tokens.wear("silver")
        assert tokens.hex_of("accent.default") == "#cfcfcf"
        assert tokens.hex_of("surface.selected") == "#303030"
    finally:
        tokens.undress()
    assert tokens.hex_of("accent.default") == before


def test_titles_and_stills_are_as_long_as_chosen(window: MainWindow) -> None:
    session = window.session
    session.choose("title_seconds", 2.4)
    session.choose("still_seconds", 3.0)
    assert session.lengths.title == RationalTime(Fraction(12, 5))
    session.transport.set_time(RationalTime(20))
    before = {clip.id for track in session.sequence.tracks for clip, _ in track.clips()}
    window.run("clip.new_title")
    new = [clip for track in session.sequence.tracks for clip, _ in track.clips() if clip.id not in before]
    assert [clip.duration for clip in new] == [RationalTime(Fraction(12, 5))]
    session.selection.media.set(["m2"])
    window.run("clip.append")
    still = [clip for track in session.sequence.tracks for clip, _ in track.clips() if clip.name == "Still 2"]
    assert [clip.duration for clip in still] == [RationalTime(3)]


def test_autosave_and_motion_follow_at_once(window: MainWindow) -> None:
    window.session.choose("autosave_seconds", 30)
    window.session.choose("reduced_motion", True)
    assert window._autosave.interval() == 30_000
    assert not window.isAnimated()


def test_a_device_that_is_gone_stays_to_be_seen(session: Session, qtbot: QtBot) -> None:
    session.settings.values.audio_device = "Studio monitors"
    page = AudioPage(session)
    qtbot.addWidget(page)
    page.show_devices(("Headphones",))
    texts = [page.device.itemText(row) for row in range(page.device.count())]
    assert texts == ["System default", "Headphones", "Studio monitors (not there)"]
    assert page.device.currentData() == "Studio monitors"
    page.device.setCurrentIndex(1)
    page.device.activated.emit(1)
    assert session.settings.values.audio_device == "Headphones"


def test_caches_move_at_the_next_start(
    session: Session, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = PlaybackAndCachePage(session)
    qtbot.addWidget(page)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    page._choose_folder()
    assert "From the next start" in page.moved.text()
    assert user_paths().cache == tmp_path / "Starcut cache"
    page.release()


@pytest.mark.parametrize("chosen", ["relative/place", 7, "\0", "/proc/nowhere/cache"])
def test_a_place_that_cannot_be_had_is_left(own_home: Path, chosen: object) -> None:
    usual = user_paths()
    usual.config.mkdir(parents=True, exist_ok=True)
    (usual.config / "settings.json").write_text(json.dumps({"cache_folder": chosen}))
    assert user_paths() == usual


def test_with_reduced_motion_nothing_of_qt_moves_by_itself(window: MainWindow) -> None:
    style, hint = StarcutStyle(), QStyle.StyleHint.SH_Widget_Animation_Duration
    assert style.styleHint(hint) > 0
    window.session.choose("reduced_motion", True)
    assert style.styleHint(hint) == 0
    assert not QApplication.isEffectEnabled(Qt.UIEffect.UI_AnimateMenu)
    window.session.choose("reduced_motion", False)
    assert style.styleHint(hint) > 0


def test_no_widget_of_ours_moves_by_itself() -> None:
    """What would has to ask `motion.is_reduced` and is named here."""
    kinds = ("QPropertyAnimation", "QVariantAnimation", "QTimeLine", "QGraphicsEffect", "QMovie")
    files = Path(ui.__file__).parent.rglob("*.py")
    assert [file.name for file in files if any(kind in file.read_text(encoding="utf-8") for kind in kinds)] == []


def test_the_default_transition_is_chosen_with_its_length(session: Session, qtbot: QtBot) -> None:
    from ui.preferences.lengths import LengthsPage

    page = LengthsPage(session)
    qtbot.addWidget(page)
    assert page.transition.currentText() == "Cross dissolve"
    page.transition.setCurrentIndex(page.transition.findData("wipe"))
    page.transition.activated.emit(page.transition.currentIndex())
    assert session.settings.values.default_transition == "wipe"

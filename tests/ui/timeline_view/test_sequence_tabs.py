"""Tabs of open sequences, the column of tools, brackets of the selected edit, nests and badges."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from studio_app.services.settings import SettingsStore
from studio_app.session.trimming import SelectedEdit
from tests.timeline.notation import RATE, clip, f, track
from tests.ui.timeline_view.conftest import LEFT, Board, Make
from timeline.cuts import EditPoint
from timeline.items import Clip, Gap, SequenceSource
from timeline.media import Media, MediaKind
from timeline.project import Saved
from timeline.sequence import Sequence
from timeline.time import TimeRange
from ui.panels.timeline import TimelinePanel
from ui.qt import tokens
from ui.timeline_view import clip_marks, waveform
from ui.timeline_view.clip_header import draw_header
from ui.timeline_view.clip_look import ClipLook
from ui.timeline_view.edit_brackets import edit_brackets
from ui.timeline_view.facts import Facts
from ui.timeline_view.filmstrip import Filmstrips
from ui.timeline_view.holes import Holes
from ui.timeline_view.layout import colour_kind
from ui.timeline_view.scale import Scale
from ui.timeline_view.sequence_tabs import OpenSequences

pytestmark = pytest.mark.qt


def nested(board: Make) -> Board:
    """The cut, a trailer, and a nest that the cut shows."""
    hand = board(V1="A:0-48", A1="B:0-24")
    saved = hand.session.document.saved
    main = saved.project.sequences[0]
    rate = main.rate
    nest = Sequence(id="nest", name="Crossing", rate=rate, tracks=(track("C:0-96"),))
    trailer = Sequence(id="trailer", name="Trailer", rate=rate, tracks=(track("D:0-24", "V7"),))
    shows = Clip(SequenceSource("nest"), TimeRange(f(0), f(96)), id="n")
    first = main.tracks[0]
    main = replace(main, tracks=(replace(first, items=(*first.items, Gap(f(12)), shows)), *main.tracks[1:]))
    project = replace(saved.project, sequences=(main, nest, trailer))
    hand.session.document.replace(Saved(project, saved.library), None)
    QApplication.processEvents()
    return hand


def names(hand: Board) -> list[str]:
    return [tab.name for tab in hand.panel.tabs._tabs]


def test_one_sequence_alone_has_no_tabs(board: Make) -> None:
    hand = board(V1="A:0-24")
    assert hand.panel.tabs.isHidden()
    assert hand.panel.tab_title == hand.session.sequence.name


def test_sequences_that_stand_for_themselves_have_tabs_and_nests_when_they_are_opened(board: Make) -> None:
    hand = nested(board)
    main = hand.session.sequence.name
    assert names(hand) == [main, "Trailer"]
    assert hand.panel.tab_title == "Timeline"
    hand.session.transport.set_sequence("nest")
    assert names(hand) == [main, "Trailer", "Crossing"]
    assert hand.panel.tabs._tabs[2].is_nest


def test_a_click_on_a_tab_shows_its_sequence_as_it_was_left(board: Make) -> None:
    hand = nested(board)
    hand.view.zoom_at(2.0, 100)
    scale = hand.view.scale
    hand.session.transport.set_time(f(30))
    tabs = hand.panel.tabs
    QTest.mouseClick(tabs, LEFT, pos=tabs.rects()[1].center() - QPoint(10, 0))
    assert hand.session.sequence_id == "trailer"
    QTest.mouseClick(tabs, LEFT, pos=tabs.rects()[0].center() - QPoint(10, 0))
    assert hand.session.sequence_id == "cut"
    assert hand.view.scale == scale
    assert hand.session.transport.time == f(30)


def test_closing_the_active_tab_shows_its_neighbour_and_keeps_the_sequence(board: Make) -> None:
    hand = nested(board)
    tabs = hand.panel.tabs
    QTest.mouseClick(tabs, LEFT, pos=tabs.close_rect(0).center())
    assert hand.session.sequence_id == "trailer"
    assert len(hand.session.document.project.sequences) == 3
    assert tabs.isHidden()
    hand.session.transport.set_sequence("cut")
    assert len(names(hand)) == 2


def test_tabs_work_by_key(board: Make) -> None:
    hand = nested(board)
    QTest.keyClick(hand.panel.tabs, Qt.Key.Key_Right)
    assert hand.session.sequence_id == "trailer"
    QTest.keyClick(hand.panel.tabs, Qt.Key.Key_Delete)
    assert hand.session.sequence_id == "cut"


def test_the_last_tab_stays() -> None:
    tabs = OpenSequences()
    tabs.open("a")
    assert tabs.close("a") is None
    assert tabs.close("gone") is None


# --- nests, badges, brackets ---


def test_a_nest_is_teal_and_carries_its_sequences_name(board: Make) -> None:
    hand = nested(board)
    sequence, project = hand.session.sequence, hand.session.document.project
    one = sequence.clip("n")
    assert one is not None
    assert colour_kind(one, sequence.tracks[0]) == "nested"
    assert Facts(project, hand.session.document.library).name(one) == "Crossing"
    row = hand.view.layout_now.row("V1")
    image = hand.view.viewport().grab().toImage()
    x = round(hand.view.scale.x_of(f(100)))
    ratio = image.devicePixelRatio()
    assert image.pixelColor(round(x * ratio), round((row.clip_top + 2) * ratio)).name() == tokens.hex_of("clip.nested")


def test_the_selected_edit_wears_brackets(board: Make) -> None:
    hand = board(V1="A:0-24 B:0-24", A1="C:0-24")
    cut = EditPoint("V1", "A", "B", "both")
    (roll,) = edit_brackets(SelectedEdit((cut,)), hand.session.sequence)
    assert (roll.time, roll.side, roll.kind) == (f(24), "both", "roll")
    (trim,) = edit_brackets(SelectedEdit((cut.turned("out"),), ripple=False), hand.session.sequence)
    assert (trim.side, trim.kind) == ("out", "overwrite")
    assert edit_brackets(SelectedEdit((EditPoint("V1", "A", "gone"),)), hand.session.sequence) == ()
    hand.session.trimming.select(SelectedEdit((cut,)))
    image = hand.view.viewport().grab().toImage()
    row, ratio = hand.view.layout_now.row("V1"), image.devicePixelRatio()
    seen = image.pixelColor(round(241 * ratio), round((row.clip_top + 30) * ratio)).name()
    assert seen == tokens.hex_of("trim.roll")


def header_texts(hand: Board, one: Clip, width: int, monkeypatch: pytest.MonkeyPatch) -> list[tuple[float, str]]:
    """What is written on the strip of a clip of this width, from left to right."""
    from ui.timeline_view import clip_header

    written: list[tuple[float, str]] = []

    def write(_painter: object, x: float, _middle: float, text: str, *_: object, **__: object) -> float:
        written.append((x, text))
        return 0.0

    monkeypatch.setattr(clip_header, "draw_line", write)
    image = QImage(600, 80, QImage.Format.Format_ARGB32_Premultiplied)
    painter = QPainter(image)
    row = hand.view.layout_now.row("V1")
    look = ClipLook(row, 0.0, float(width), False, True, False, 600.0, 1.0)
    facts = Facts(hand.session.document.project, hand.session.document.library, lambda _: True)
    draw_header(painter, QRectF(0, 0, width, 60), one, facts, look, "video")
    painter.end()
    return sorted(written)


def test_chips_hide_from_the_right_and_never_reach_the_name(board: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    hand = board(V1="A:0-24")
    one = replace(clip("A:0-48@-1"), name="A long name of a clip", group="g")
    counts = []
    for width in range(20, 400, 3):
        texts = [text for _, text in header_texts(hand, one, width, monkeypatch)]
        chips = [text for text in texts if text != one.name]
        assert chips in ([], ["−100 %"], ["−100 %", "P"])
        counts.append(len(chips))
    assert counts == sorted(counts)
    assert counts[0] == 0
    assert counts[-1] == 2


def test_a_frozen_frame_says_so(board: Make) -> None:
    hand = board(V1="A:0-24")
    facts = Facts(hand.session.document.project, hand.session.document.library)
    assert facts.chips(replace(clip("A:0-48@2"), freeze=f(3))) == ("Freeze",)


def test_levels_are_written_in_db_and_per_cent() -> None:
    assert clip_marks.level_words("volume", 0.5) == "−6.0 dB"
    assert clip_marks.level_words("volume", 0.0) == "−∞ dB"
    assert clip_marks.level_words("opacity", 0.8) == "80 %"


def test_a_fade_darkens_its_corner_only(board: Make) -> None:
    picture = clip_marks.wedge(40, 30, False, 1.0).toImage()
    assert picture.pixelColor(2, 2).alpha() > 100
    assert picture.pixelColor(38, 28).alpha() == 0
    other = clip_marks.wedge(40, 30, True, 1.0).toImage()
    assert other.pixelColor(37, 2).alpha() > 100
    assert other.pixelColor(1, 28).alpha() == 0


# --- the column of tools ---


def test_tools_that_do_not_fit_are_in_the_menu_at_the_foot(board: Make) -> None:
    hand = board(V1="A:0-24")
    tools = hand.panel.tools
    every = list(tools.buttons)
    tools.resize(tools.width(), 600)
    assert tools.folded == ()
    tools.resize(tools.width(), 200)
    folded: list[str] = list(tools.folded)
    assert folded == every[-len(folded) :]
    assert len(tools.menu().actions()) == len(folded)
    assert tools.more.geometry().bottom() <= 200
    chosen: list[str] = []
    tools.chosen.connect(chosen.append)
    tools.menu().actions()[0].trigger()
    assert chosen == folded[:1]


# --- bodies ---


def test_a_nest_on_a_sound_track_shows_what_is_heard_in_it(board: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    hand = board(V1="A:0-24", A1="B:0-24")
    saved = hand.session.document.saved
    main = saved.project.sequences[0]
    inner = replace(track("_24 C:0-24", "A9"), id="inner")
    nest = Sequence(id="nest", name="Crossing", rate=main.rate, tracks=(inner,))
    shows = Clip(SequenceSource("nest"), TimeRange(f(0), f(48)), id="n")
    main = replace(main, tracks=(main.tracks[0], replace(main.tracks[1], items=(shows,))))
    loud = np.tile((np.array([-0.9, 0.9, 0.5]) * 32767).astype(np.int16), (500, 3, 1))
    monkeypatch.setattr(hand.session.waveforms, "outline", lambda _: loud)
    monkeypatch.setattr(waveform, "_BUDGET_SECONDS", 10.0)
    hand.session.document.replace(Saved(replace(saved.project, sequences=(main, nest)), saved.library), None)
    hand.view.set_scale(replace(hand.view.scale, pixels_per_second=240.0, origin_px=0.0))
    hand.view.viewport().grab()  # while one zooms no tile is made
    hand.view.spoil()
    image, row = hand.view.viewport().grab().toImage(), hand.view.layout_now.row("A1")
    ratio, y = image.devicePixelRatio(), row.clip_top + 18 + 8

    def green(x: int) -> int:
        return int(image.pixelColor(round(x * ratio), round(y * ratio)).green())

    assert green(120) < 80
    assert green(360) > 100


def test_what_arrives_is_painted_where_it_was_missing() -> None:
    holes, scale = Holes(), Scale(RATE, 24.0, 100.0)
    assert holes.take(scale, 0) is None
    holes.add(scale, QRectF(10, 50, 20, 30))
    holes.add(scale, QRectF(40, 60, 20, 30))
    assert holes.take(scale.scrolled(90.0), 5) == QRect(20 - 1, 45 - 1, 50 + 2, 40 + 2)
    assert holes.take(scale, 0) is None
    holes.add(scale, QRectF(10, 50, 20, 30))
    assert holes.take(scale.zoomed(2.0, 0.0), 0) is None


def test_a_filmstrip_shows_the_nearest_picture_until_the_right_one_is_there(tmp_path: Path) -> None:
    paths = {}
    for seconds, shade in ((0, 0xFF0000), (8, 0x0000FF)):
        image = QImage(64, 36, QImage.Format.Format_RGB32)
        image.fill(shade)
        paths[seconds] = tmp_path / f"{seconds}.png"
        image.save(str(paths[seconds]))
    strips = Filmstrips(lambda _media, time, _width: paths.get(int(time.to_seconds())))
    media = Media("/a.mp4", MediaKind.VIDEO, "a", f(480), 640, 360, RATE, has_video=True, id="m")
    target = QImage(2000, 40, QImage.Format.Format_RGB32)

    def painted() -> str:
        target.fill(0)
        painter = QPainter(target)
        painter.setClipRect(QRectF(0, 0, 640, 36))
        strips.draw(painter, QRectF(0, 0, 640, 36), clip("m:0-240"), media, Scale(RATE, 64.0))
        painter.end()
        shades = [target.pixelColor(64 * n + 20, 10) for n in range(10)]
        return "".join("r" if one.red() > 200 else "b" if one.blue() > 200 else "." for one in shades)

    assert painted() == ".........."
    strips._load()
    assert painted() == "rrrrrbbbbb"


def test_an_empty_project_after_another_shows_a_minute_and_no_single_frames(board: Make) -> None:
    made = board(V1="a:0-24")
    made.view.set_scale(Scale(RATE, 900.0, 300.0))
    made.session.files.new("Next", 1280, 720, RATE)
    assert made.view.scale == Scale(made.session.sequence.rate)


# --- as it was left ---


def test_heights_and_open_sequences_come_back_in_the_next_run(board: Make, qtbot: QtBot) -> None:
    hand = nested(board)
    session = hand.session
    hand.view.set_tall("V1", 111)
    tabs = hand.panel.tabs
    QTest.mouseClick(tabs, LEFT, pos=tabs.rects()[1].center() - QPoint(10, 0))
    session.transport.set_sequence("nest")
    QTest.mouseClick(tabs, Qt.MouseButton.MiddleButton, pos=tabs.rects()[0].center())
    assert names(hand) == ["Trailer", "Crossing"]
    session.settings.save()
    again = SettingsStore(session.settings.path)
    (kept,) = again.values.timelines.values()
    assert (kept.heights, kept.tabs, kept.closed, kept.active) == ({"V1": 111}, ["trailer", "nest"], ["cut"], "nest")
    other = TimelinePanel(session)
    qtbot.addWidget(other)
    other.resize(1200, 400)
    other.show()
    QApplication.processEvents()
    try:
        assert [tab.name for tab in other.tabs._tabs] == ["Trailer", "Crossing"]
        session.transport.set_sequence("cut")
        assert other.view.layout_now.row("V1").height == 111
    finally:
        other.release()
    saved = session.document.saved
    session.document.replace(Saved(replace(saved.project, id="other"), saved.library), None)
    QApplication.processEvents()
    assert hand.view.heights.own == {}, "another project has rows of its own"
    session.document.replace(saved, None)
    QApplication.processEvents()
    assert hand.view.heights.own == {"V1": 111}
    assert session.sequence_id == "cut"

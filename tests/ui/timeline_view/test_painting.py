"""What is painted, seen at its pixels; and that only what changed is painted again."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QRect
from PySide6.QtGui import QColor, QImage, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

from tests.timeline.notation import f, placeholder
from tests.ui.timeline_view.conftest import Board, Make
from timeline.commands.overwrite_clips import OverwriteClips
from timeline.commands.set_track import SetTrack
from timeline.commands.trim_clip import TrimClip
from timeline.items import Clip
from timeline.media import Library
from timeline.project import Saved
from timeline.time import RationalTime
from ui.qt import tokens
from ui.timeline_view import waveform
from ui.timeline_view.facts import Facts
from ui.timeline_view.sync import SyncOffsets

pytestmark = pytest.mark.qt


def picture(hand: Board) -> QImage:
    QApplication.processEvents()
    return hand.view.viewport().grab().toImage()


def pixel(image: QImage, point: QPoint) -> str:
    ratio = image.devicePixelRatio()
    return QColor(image.pixel(round(point.x() * ratio), round(point.y() * ratio))).name()


def test_a_title_wears_its_colours_and_a_missing_file_is_red(board: Make) -> None:
    hand = board(V1="a:0-24 A:0-24", A1="B:0-24")
    image = picture(hand)
    top = hand.view.layout_now.rows[0].clip_top
    assert pixel(image, QPoint(180, top + 3)) == tokens.hex_of("clip.title")
    assert pixel(image, QPoint(180, top + 60)) == tokens.hex_of("clip.title_body")
    assert pixel(image, QPoint(450, top + 3)) == tokens.hex_of("clip.missing")


def test_a_selected_clip_has_an_accent_edge_while_the_panel_has_the_keys(board: Make) -> None:
    hand = board(V1="a:0-24")
    hand.session.selection.items.set(("a",))
    hand.view.set_active(True)
    edge = QPoint(120, hand.view.layout_now.rows[0].clip_top)
    assert pixel(picture(hand), edge) == tokens.hex_of("accent.default")
    hand.view.set_active(False)
    assert pixel(picture(hand), edge) == tokens.hex_of("border.inactive")


def test_the_playhead_is_one_accent_line_over_all_rows(board: Make) -> None:
    hand = board(V1="a:0-24", A1="")
    hand.session.transport.set_time(f(30))
    image = picture(hand)
    for y in (5, 40, 100, 300):
        assert pixel(image, QPoint(300, y)) == tokens.hex_of("accent.default")
        assert pixel(image, QPoint(299, y)) == tokens.hex_of("surface.window")


def test_narrow_clips_run_together_in_their_colour(board: Make) -> None:
    hand = board(V1=" ".join(f"{letter}:0-1" for letter in "abcdefgh"))
    hand.view.set_scale(replace(hand.view.scale, pixels_per_second=30.0))
    row = hand.view.layout_now.rows[0]
    placed = list(hand.view.layout_now.placements(row.track, 0, 100, 4.0))
    assert [one.length for one in placed] == [3, 3, 2]
    image = picture(hand)
    assert {pixel(image, QPoint(x, row.clip_top + 5)) for x in range(3, 9)} == {tokens.hex_of("clip.title")}


def test_a_locked_lane_is_darker(board: Make) -> None:
    hand = board(V1="a:0-24")
    empty = QPoint(400, 30)
    assert pixel(picture(hand), empty) == tokens.hex_of("surface.lane")
    hand.session.document.do(SetTrack("cut", "V1", {"locked": True}))
    assert pixel(picture(hand), empty) == tokens.hex_of("surface.lane_alt")


def test_a_placeholder_shows_its_dashes_and_prompt(board: Make) -> None:
    hand = board(V1="")
    hand.session.document.do(OverwriteClips("cut", (("V1", f(0), placeholder("P:0-24", "shot")),)))
    image = picture(hand)
    row = hand.view.layout_now.rows[0]
    seen = {pixel(image, QPoint(x, row.clip_top)) for x in range(4, 200)}
    assert tokens.hex_of("clip.placeholder_line") in seen
    assert tokens.hex_of("clip.placeholder_body") in {pixel(image, QPoint(x, row.clip_top + 55)) for x in range(4, 200)}


class Painted(QObject):
    """Notes which parts of a widget are painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.parts: list[QRect] = []
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QPaintEvent):
            self.parts += list(event.region())
        return False


def test_an_edit_paints_its_own_clips_only(board: Make) -> None:
    hand = board(V1="a:0-24", V2="b:0-24", A1="C:0-24")
    picture(hand)
    painted = Painted(hand.view.viewport())
    hand.session.document.do(TrimClip("cut", "a", "out", f(-4)))
    QApplication.processEvents()
    row = hand.view.layout_now.row("V1")
    assert row is not None
    assert [(one.top(), one.bottom()) for one in painted.parts] == [(row.clip_top, row.clip_top + row.clip_height - 1)]
    end = hand.point(24, "V1").x()
    assert all(one.right() < end + 8 for one in painted.parts)


def test_a_moving_playhead_paints_strips_only(board: Make) -> None:
    hand = board(V1="a:0-96")
    picture(hand)
    painted = Painted(hand.view.viewport())
    hand.session.transport.set_time(f(40))
    QApplication.processEvents()
    assert painted.parts
    assert max(one.width() for one in painted.parts) <= 5


def test_linked_clips_that_drifted_apart_say_by_how_much(board: Make) -> None:
    hand = board(V1="_2 A:0-24", A1="A:0-24")
    sequence = hand.session.sequence
    tracks = tuple(
        replace(
            track,
            items=tuple(
                replace(one, id=f"{track.id}{one.id}", link="x") if isinstance(one, Clip) else one
                for one in track.items
            ),
        )
        for track in sequence.tracks
    )
    apart = replace(sequence, tracks=tracks)
    picture_clip, sound = tracks[0].items[1], tracks[1].items[0]
    assert isinstance(picture_clip, Clip)
    assert isinstance(sound, Clip)
    offsets = SyncOffsets()
    assert offsets.of(apart, tracks[0], picture_clip) == 2
    assert offsets.of(apart, tracks[1], sound) == -2


def test_chips_say_speed_effects_and_take(board: Make) -> None:
    hand = board(V1="A:0-24@1/2")
    clip = hand.session.sequence.clip("A")
    assert clip is not None
    facts = Facts(hand.session.document.project, hand.session.document.library)
    assert facts.chips(clip) == ("50 %",)
    with_proxies = replace(facts, has_proxy=lambda media_id: True)
    assert with_proxies.chips(clip) == ("50 %", "P")
    assert with_proxies.chips(clip, is_audio=True) == ("50 %",)
    assert Facts(hand.session.document.project, Library()).name(replace(clip, name="")) == "Missing media"


# --- waveforms ---


def test_a_waveform_column_shows_the_loudest_peak_under_it() -> None:
    peaks = np.zeros((1000, 2), np.float32)
    peaks[500] = (-0.5, 0.9)
    top, bottom, _ = waveform.columns_of(peaks, 20.0, 0, 200)  # five peaks a pixel
    assert top.argmax() == 100
    assert top[100] == pytest.approx(0.9)
    assert bottom[100] == pytest.approx(-0.5)


@pytest.mark.parametrize("pps", [0.5, 20.0, 100.0, 700.0])
def test_tiles_of_a_waveform_join_without_a_seam(pps: float) -> None:
    rng = np.random.default_rng(3)
    high = rng.uniform(0, 1, 3000).astype(np.float32)
    peaks = np.stack([-high, high], 1)
    whole = waveform.columns_of(peaks, pps, 0, 1024)[0]
    parts = [waveform.columns_of(peaks, pps, first, 512)[0] for first in (0, 512)]
    assert np.array_equal(whole, np.concatenate(parts))


def test_beyond_the_end_of_a_file_there_is_silence() -> None:
    peaks = np.ones((100, 2), np.float32)
    top, _, core = waveform.columns_of(peaks, 100.0, 90, 20)
    assert top[:10].min() == 1
    assert top[10:].max() == 0
    assert core[10:].max() == 0


def test_a_clip_played_backwards_shows_its_sound_backwards() -> None:
    peaks = np.zeros((100, 2), np.float32)
    peaks[10] = (-1, 1)
    assert waveform.columns_of(peaks, 100.0, 0, 100, backwards=True)[0].argmax() == 89


def test_whole_number_peaks_are_full_scale_at_127() -> None:
    peaks = np.full((10, 2), 127, np.int8)
    assert waveform.columns_of(peaks, 100.0, 0, 5)[0].max() == pytest.approx(1.0)


def test_opening_a_project_shows_all_of_it(board: Make) -> None:
    hand = board(V1="a:0-24")
    sequence = board(V1="a:0-24 b:0-2400").session.sequence
    project = replace(hand.session.document.project, sequences=(sequence,))
    hand.session.document.replace(Saved(project), None)
    assert hand.view.scale.x_of(RationalTime(101)) == pytest.approx(hand.view.viewport().width() - 24, abs=1)

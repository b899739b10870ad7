"""What is dropped on the tracks."""

import json
import wave
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.timeline.notation import f, text_of
from tests.ui.timeline_view.conftest import Board, Make
from timeline.project import Saved
from timeline.storyboard import Shot, Storyboard
from ui.drag_mime import MEDIA_MIME, SHOT_MIME

pytestmark = pytest.mark.qt
COPY, LEFT, NONE = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier


def carried(kind: str, *ids: str) -> QMimeData:
    mime = QMimeData()
    mime.setData(kind, json.dumps(ids).encode())
    return mime


def hang(widget: QWidget, mime: QMimeData, point: QPointF, held: Qt.KeyboardModifier = NONE) -> QDragMoveEvent:
    place = point.toPoint()
    QApplication.sendEvent(widget, QDragEnterEvent(place, COPY, mime, LEFT, held))
    event = QDragMoveEvent(place, COPY, mime, LEFT, held)
    QApplication.sendEvent(widget, event)
    return event


def drop(widget: QWidget, mime: QMimeData, point: QPointF, held: Qt.KeyboardModifier = NONE) -> QDropEvent:
    hang(widget, mime, point, held)
    event = QDropEvent(point, COPY, mime, LEFT, held)
    QApplication.sendEvent(widget, event)
    return event


def at(hand: Board, frame: float, track_id: str) -> QPointF:
    return QPointF(hand.point(frame, track_id))


def test_media_land_on_the_track_and_their_sound_on_the_matching_one(board: Make) -> None:
    hand = board(V1="", V2="", A1="", A2="")
    event = drop(hand.view.viewport(), carried(MEDIA_MIME, "B"), at(hand, 30, "V2"))
    assert event.isAccepted()
    assert (hand["V2"], hand["A2"]) == ("_30 B:0-100", "_30 B:0-100")
    picture, sound = hand.session.sequence.tracks[1].items[1], hand.session.sequence.tracks[3].items[1]
    assert picture.link == sound.link is not None  # type: ignore[union-attr]
    assert hand.selected == {picture.id, sound.id}
    assert hand.undo_steps == 1


def test_several_media_land_one_after_another(board: Make) -> None:
    hand = board(V1="", A1="")
    drop(hand.view.viewport(), carried(MEDIA_MIME, "C", "A"), at(hand, 0, "V1"))
    assert hand["V1"] == "C:0-100 A:0-100"


def test_ctrl_inserts_and_what_follows_moves(board: Make) -> None:
    hand = board(V1="A:0-24 B:0-24", A1="")
    drop(hand.view.viewport(), carried(MEDIA_MIME, "C"), at(hand, 24, "V1"), CTRL)
    assert hand["V1"] == "A:0-24 C:0-100 B:0-24"


def test_a_hanging_drag_shows_a_preview_and_leaving_takes_it_away(board: Make) -> None:
    hand = board(V1="A:0-24", A1="")
    before = hand.session.document.project
    event = hang(hand.view.viewport(), carried(MEDIA_MIME, "B"), at(hand, 40, "V1"))
    assert event.isAccepted()
    assert hand.view.preview is not None
    assert hand.view.overlay.ghosts
    QApplication.sendEvent(hand.view.viewport(), QDragLeaveEvent())
    assert hand.view.preview is None
    assert hand.session.document.project is before


def test_the_head_snaps_to_the_end_of_a_clip(board: Make) -> None:
    hand = board(V1="A:0-24", A1="")
    drop(hand.view.viewport(), carried(MEDIA_MIME, "B"), at(hand, 24.7, "V1"))
    assert hand["V1"] == "A:0-24 B:0-100"


def test_leaving_upwards_over_the_ruler_takes_the_ghost_away(board: Make) -> None:
    hand = board(V1="A:0-24", A1="")
    hang(hand.panel.ruler, carried(MEDIA_MIME, "B"), QPointF(60, 20))
    assert hand.view.overlay.ghosts
    QApplication.sendEvent(hand.panel.ruler, QDragLeaveEvent())
    assert not hand.view.overlay.ghosts
    assert hand.view.preview is None


def test_a_drop_on_the_ruler_makes_a_track_on_top(board: Make) -> None:
    hand = board(V1="A:0-24", A1="")
    drop(hand.panel.ruler, carried(MEDIA_MIME, "B"), QPointF(0, 20))
    tracks = hand.session.sequence.picture_tracks()
    assert [text_of(one) for one in tracks] == ["A:0-24", "B:0-100"]
    assert hand["A1"] == "B:0-100"


def test_a_drop_below_the_last_row_makes_a_sound_track(board: Make) -> None:
    hand = board(V1="", A1="C:0-24")
    drop(hand.view.viewport(), carried(MEDIA_MIME, "B"), QPointF(0, hand.view.layout_now.height + 20))
    assert [text_of(one) for one in hand.session.sequence.audio_tracks()] == ["C:0-24", "B:0-100"]
    assert hand["V1"] == "B:0-100"


def test_a_locked_track_refuses_with_a_red_ghost(board: Make) -> None:
    hand = board(V1="A:0-24", A1="", locked=("V1",))
    hang(hand.view.viewport(), carried(MEDIA_MIME, "B"), at(hand, 40, "V1"))
    assert hand.view.overlay.refused
    drop(hand.view.viewport(), carried(MEDIA_MIME, "B"), at(hand, 40, "V1"))
    assert hand["V1"] == "A:0-24"


def test_an_unmade_shot_lands_as_a_placeholder_of_its_length(board: Make) -> None:
    hand = board(V1="", A1="")
    project = hand.session.document.project
    shot = Shot("Pines in fog", duration=f(48), id="p1")
    hand.session.document.replace(
        Saved(replace(project, storyboards=(Storyboard(shots=(shot,)),)), hand.session.document.library), None
    )
    drop(hand.view.viewport(), carried(SHOT_MIME, "p1"), at(hand, 10, "V1"))
    clip = hand.session.sequence.tracks[0].items[1]
    assert clip.duration == f(48)
    assert clip.source.kind == "placeholder"  # type: ignore[union-attr]


def test_what_it_does_not_know_is_not_taken(board: Make) -> None:
    hand = board(V1="", A1="")
    mime = QMimeData()
    mime.setText("hello")
    assert not drop(hand.view.viewport(), mime, at(hand, 10, "V1")).isAccepted()


def test_a_file_from_the_desktop_is_imported_and_lands_where_it_fell(board: Make, tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "tone.wav"
    with wave.open(str(path), "wb") as tone:
        tone.setnchannels(1)
        tone.setsampwidth(2)
        tone.setframerate(48000)
        tone.writeframes(bytes(2 * 48000))
    hand = board(V1="", A1="", A2="")
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    assert drop(hand.view.viewport(), mime, at(hand, 10, "A2")).isAccepted()
    qtbot.waitUntil(lambda: bool(hand["A2"]), timeout=30000)
    assert hand["A2"] == "_10 tone.wav:0-24"
    assert [one.path for one in hand.session.document.library.media.values()][-1] == str(path)

"""What is dropped on the tracks."""

import json
import wave
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.timeline.notation import f, text_of
from tests.ui.conftest import picture_file
from tests.ui.timeline_view.conftest import Board, Make
from timeline.commands.add_bin import AddBin
from timeline.commands.add_subclip import AddSubclip
from timeline.commands.set_clip import SetClip
from timeline.commands.set_pool_entry import SetPoolEntry
from timeline.items import Clip
from timeline.media import Lineage, Take
from timeline.pool import Bin, Subclip
from timeline.project import Saved
from timeline.storyboard import Shot, Storyboard
from timeline.time import TimeRange
from ui.drag_mime import MEDIA_MIME, SHOT_MIME, media_mime
from ui.media_model import BIN_MIME
from ui.timeline_view.scale import Scale

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


# --- what is shown, and what is refused in place ---


def files_at(*paths: Path) -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return mime


def test_the_ghost_is_as_long_as_the_marked_part_and_says_where_it_would_land(board: Make) -> None:
    hand = board(V1="A:0-24", A1="")
    hand.session.document.do(SetPoolEntry(("B",), {"mark_in": f(10), "mark_out": f(40)}))
    hang(hand.view.viewport(), carried(MEDIA_MIME, "B"), at(hand, 40, "V1"))
    picture, sound = hand.view.overlay.ghosts
    assert (picture.range.start, picture.range.duration, sound.track_id) == (f(40), f(30), "A1")
    assert picture.label == "00:00:01:16  1 s 6 fr"
    drop(hand.view.viewport(), carried(MEDIA_MIME, "B"), at(hand, 40, "V1"))
    assert hand["V1"] == "A:0-24 _16 B:10-40"


def test_a_range_of_the_source_viewer_and_a_subclip_land_as_they_are(board: Make) -> None:
    hand = board(V1="", A1="")
    hand.session.document.do(AddSubclip(Subclip("B", TimeRange(f(50), f(12)), "Two", id="sub")))
    mime = media_mime(("A", "sub"), (TimeRange(f(5), f(10)), None))
    drop(hand.view.viewport(), mime, at(hand, 0, "V1"))
    assert hand["V1"] == "A:5-15 Two:50-62"


def test_what_a_drop_would_cover_is_hatched_and_an_insert_tells_how_many_clips_move(board: Make) -> None:
    hand = board(V1="A:0-24 _60 C:0-24", A1="")
    hang(hand.view.viewport(), carried(MEDIA_MIME, "B"), at(hand, 50, "V1"))
    assert [(one.range.start, one.range.duration) for one in hand.view.overlay.covers] == [(f(84), f(24))]
    assert "covers 1 clip" in hand.said[-1]
    hang(hand.view.viewport(), carried(MEDIA_MIME, "B"), at(hand, 50, "V1"), CTRL)
    assert "ripples 1 clip" in hand.said[-1]


def test_a_modifier_that_changes_while_the_mouse_rests_counts_at_once(
    board: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand = board(V1="A:0-24 B:0-24", A1="")
    # Qt answers with the modifiers of the last event of any test before.
    monkeypatch.setattr("ui.timeline_view.drops.QGuiApplication.queryKeyboardModifiers", lambda: NONE)
    hang(hand.view.viewport(), carried(MEDIA_MIME, "C"), at(hand, 24, "V1"))
    assert hand.said[-1].startswith("Overwrite")
    monkeypatch.setattr("ui.timeline_view.drops.QGuiApplication.queryKeyboardModifiers", lambda: CTRL)
    hand.view.drops._look_at_keys()
    assert hand.said[-1].startswith("Insert")
    QApplication.sendEvent(hand.view.viewport(), QDragLeaveEvent())
    assert not hand.view.drops._keys.isActive()


def test_a_drag_held_at_the_edge_scrolls(board: Make) -> None:
    hand = board(V1=" ".join(f"{letter}:0-96" for letter in "ABCDEF"), A1="")
    edge = hand.view.drops._edge
    hang(hand.view.viewport(), carried(MEDIA_MIME, "C"), QPointF(600, 40))
    hang(hand.view.viewport(), carried(MEDIA_MIME, "C"), QPointF(hand.view.viewport().width() - 3, 40))
    edge._start = (600, 40)
    edge._before -= 0.05
    edge.tick()
    assert hand.view.scale.origin_px > 20
    QApplication.sendEvent(hand.view.viewport(), QDragLeaveEvent())
    assert not edge.is_running


def test_a_file_dropped_on_the_header_of_a_shots_clip_is_a_take_of_it(board: Make) -> None:
    hand = board(V1="A:0-48", A1="")
    hand.session.document.do(SetClip("cut", ("A",), {"shot_id": "s1"}))
    hand.view.refresh()
    header = QPointF(hand.spot(20, "V1", 8))
    hang(hand.view.viewport(), carried(MEDIA_MIME, "B"), header)
    assert "as take 1" in hand.said[-1]
    drop(hand.view.viewport(), carried(MEDIA_MIME, "B"), header)
    assert hand["V1"] == "A:0-48"
    assert [take.media_id for take in hand.session.document.library.takes_of("s1")] == ["B"]
    drop(hand.view.viewport(), carried(MEDIA_MIME, "B"), header)
    assert "a take of this shot already" in " ".join(hand.said)
    assert len(hand.session.document.library.takes_of("s1")) == 1


def test_a_finished_shot_brings_its_sound_along(board: Make) -> None:
    hand = board(V1="", A1="")
    document = hand.session.document
    shot = Shot("Pines in fog", name="Pines", duration=f(48), id="p1")
    take = Take("B", Lineage("slate"), "p1")
    board_with = replace(document.project, storyboards=(Storyboard(shots=(shot,)),))
    document.replace(Saved(board_with, document.library.with_take(take)), None)
    hand.view.set_scale(Scale(Fraction(24), 240.0))  # another project is fitted into the view
    drop(hand.view.viewport(), carried(SHOT_MIME, "p1"), at(hand, 10, "V1"))
    assert (hand["V1"], hand["A1"]) == ("_10 Pines:0-100", "_10 Pines:0-100")
    picture = hand.session.sequence.tracks[0].items[1]
    assert isinstance(picture, Clip)
    assert (picture.shot_id, picture.link is not None) == ("p1", True)


@pytest.mark.parametrize("kind", ["gone", "crowd", "vanishes", "words"])
def test_crowds_and_files_that_are_gone_are_refused_in_place(board: Make, tmp_path: Path, kind: str) -> None:
    hand = board(V1="A:0-24", A1="")
    path = tmp_path / "shot.mov"
    path.write_bytes(b"x")
    paths = {
        "gone": [tmp_path / "nowhere.mov"],
        "crowd": [tmp_path / f"{n}.mov" for n in range(5000)],
        "vanishes": [path],
        "words": [tmp_path / "note.txt"],
    }[kind]
    mime = files_at(*paths)
    hang(hand.view.viewport(), mime, at(hand, 40, "V1"))
    if kind == "vanishes":
        path.unlink()
    before, jobs = hand.session.document.project, len(hand.session.jobs.all)
    drop(hand.view.viewport(), mime, at(hand, 40, "V1"))
    words = {"gone": "no longer there", "crowd": "too many", "vanishes": "no longer there", "words": "no footage"}
    assert words[kind] in hand.said[-1]
    assert hand.session.document.project is before
    assert len(hand.session.jobs.all) == jobs
    assert hand.view.preview is None
    assert not hand.view.overlay.ghosts


def test_the_outline_of_a_file_of_sound_hangs_over_a_sound_track(board: Make, tmp_path: Path) -> None:
    hand = board(V1="A:0-24", V2="", A1="", A2="")
    path = tmp_path / "rain.mp3"
    path.write_bytes(b"x")
    hang(hand.view.viewport(), files_at(path), at(hand, 40, "A2"))
    assert [(one.track_id, one.is_audio) for one in hand.view.overlay.ghosts] == [("A2", True)]
    hang(hand.view.viewport(), files_at(path, tmp_path), at(hand, 40, "A2"))
    assert [(one.track_id, one.is_audio) for one in hand.view.overlay.ghosts] == [("V2", False)]


def test_a_folder_lands_as_its_files_one_after_another(board: Make, tmp_path: Path, qtbot: QtBot) -> None:
    hand = board(V1="A:0-24", A1="")
    for name in ("first", "second"):
        picture_file(tmp_path, f"{name}.png", 0x203040 if name == "first" else 0x908070)
    (tmp_path / "notes.txt").write_text("no footage")
    drop(hand.view.viewport(), files_at(tmp_path), at(hand, 40, "V1"))
    qtbot.waitUntil(lambda: len(hand.session.sequence.tracks[0].items) == 4, timeout=8000)
    assert [one.name for one in hand.session.sequence.tracks[0].items if isinstance(one, Clip)][1:] == [
        "first.png",
        "second.png",
    ]
    assert hand.session.document.undo_label == "Overwrite"


def test_a_file_on_the_header_of_any_clip_is_a_take_or_refused_in_words(board: Make) -> None:
    hand = board(V1="A:0-48 t:0-48", A1="")
    on_title = QPointF(hand.spot(60, "V1", 8))
    drop(hand.view.viewport(), carried(MEDIA_MIME, "B"), on_title)
    assert "shows no file" in hand.said[-1]
    assert hand["V1"] == "A:0-48 t:0-48"
    header = QPointF(hand.spot(20, "V1", 8))
    hang(hand.view.viewport(), carried(MEDIA_MIME, "B"), header)
    assert "as take 2 of “A”" in hand.said[-1]
    drop(hand.view.viewport(), carried(MEDIA_MIME, "B"), header)
    assert hand["V1"] == "A:0-48 t:0-48"
    assert len(hand.session.document.library.takes) == 2
    clip = hand.session.sequence.clip("A")
    assert clip is not None
    assert hand.view.facts.chips(clip) == ("1/2",)
    assert hand.view.facts.initial(clip) == "", "no engine made it"


def test_text_is_not_taken_and_it_is_said_why(board: Make) -> None:
    hand = board(V1="", A1="")
    mime = QMimeData()
    mime.setText("hello")
    assert not hang(hand.view.viewport(), mime, at(hand, 10, "V1")).isAccepted()
    assert "Text cannot be dropped here" in " ".join(hand.said)


def test_media_that_left_the_pool_meanwhile_change_nothing(board: Make) -> None:
    hand = board(V1="", A1="")
    drop(hand.view.viewport(), carried(MEDIA_MIME, "nobody"), at(hand, 10, "V1"))
    assert hand.said[-1] == "This is no longer in the media pool."
    assert hand.undo_steps == 0


def test_a_project_file_is_left_to_the_window(board: Make, tmp_path: Path) -> None:
    hand = board(V1="", A1="")
    assert not hang(hand.view.viewport(), files_at(tmp_path / "film.starcut"), at(hand, 10, "V1")).isAccepted()


def test_a_crowd_has_one_outline_a_track_and_lands_whole(board: Make) -> None:
    hand = board(V1="", A1="")
    names = [chr(65 + number % 26) for number in range(60)]
    hang(hand.view.viewport(), carried(MEDIA_MIME, *names), at(hand, 0, "V1"))
    assert [one.range.duration for one in hand.view.overlay.ghosts] == [f(6000), f(6000)]
    drop(hand.view.viewport(), carried(MEDIA_MIME, *names), at(hand, 0, "V1"))
    assert [len(track.items) for track in hand.session.sequence.tracks] == [60, 60]
    assert hand.undo_steps == 1


def folders(*ids: str) -> QMimeData:
    mime = QMimeData()
    mime.setData(BIN_MIME, "\n".join(ids).encode())
    return mime


def test_a_folder_lands_as_its_clips_in_the_order_of_the_pool_those_of_inner_folders_first(board: Make) -> None:
    hand = board(V1="", A1="")
    document = hand.session.document
    for one in (Bin("Day", id="day"), Bin("Morning", "day", id="morning"), Bin("Other", id="other")):
        document.do(AddBin(one))
    document.do(SetPoolEntry(("C", "B"), {"bin_id": "day", "mark_in": f(0), "mark_out": f(10)}))
    document.do(SetPoolEntry(("E",), {"bin_id": "morning", "mark_in": f(0), "mark_out": f(10)}))
    document.do(SetPoolEntry(("F",), {"bin_id": "other"}))
    assert drop(hand.view.viewport(), folders("day"), at(hand, 0, "V1")).isAccepted()
    assert hand["V1"] == "E:0-10 B:0-10 C:0-10"
    document.undo()
    look = hand.session.settings.values.pool
    look.sort, look.descending = "name", True
    drop(hand.view.viewport(), folders("day"), at(hand, 0, "V1"))
    assert hand["V1"] == "E:0-10 C:0-10 B:0-10"


def test_a_folder_without_clips_says_so(board: Make) -> None:
    hand = board(V1="A:0-24")
    hand.session.document.do(AddBin(Bin("Later", id="later")))
    hang(hand.view.viewport(), folders("later"), at(hand, 40, "V1"))
    assert hand.said[-1] == "There are no clips in “Later”."
    drop(hand.view.viewport(), folders("later"), at(hand, 40, "V1"))
    assert hand["V1"] == "A:0-24"
    assert hand.said[-1] == "There are no clips in “Later”."

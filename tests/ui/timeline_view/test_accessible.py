"""The timeline as a screen reader meets it: asked through Qt's own door, in the process."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest
import shiboken6
from PySide6.QtCore import QEvent, QPoint
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication

from tests.timeline.notation import f
from tests.ui.timeline_view.conftest import Board, Make
from timeline.commands.delete_items import DeleteItems
from timeline.commands.move_clips import MoveClips
from timeline.commands.set_track import SetTrack
from ui.timeline_view.accessible import TimelineFace
from ui.timeline_view.view import TimelineView

pytestmark = pytest.mark.qt
NAME, DESCRIPTION, VALUE = QAccessible.Text.Name, QAccessible.Text.Description, QAccessible.Text.Value


@pytest.fixture(autouse=True)
def somebody_listens() -> Iterator[None]:
    QAccessible.setActive(True)
    yield
    QAccessible.setActive(False)


def face_of(hand: Board) -> TimelineFace:
    face = QAccessible.queryAccessibleInterface(hand.view)
    assert isinstance(face, TimelineFace)
    return face


def heard(hand: Board, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """What is told from now on: (kind of event, name or message)."""
    told: list[tuple[str, str]] = []

    def note(event) -> None:  # type: ignore[no-untyped-def]
        about = event.accessibleInterface()
        told.append((event.type().name, event.message() if hasattr(event, "message") else about.text(NAME)))

    monkeypatch.setattr("ui.timeline_view.voice.QAccessible.updateAccessibility", note)
    return told


def test_tracks_from_top_to_bottom_and_their_clips_and_gaps_are_told(board: Make) -> None:
    hand = board(V1="A:0-48 _24 B:0-36", V2="_24 C:0-24", A1="D:0-48", links="AD", locked=("V2",))
    timeline = face_of(hand)
    tracks = [timeline.child(number) for number in range(timeline.childCount())]
    assert [track.text(NAME).split()[0] for track in tracks] == ["V2", "V1", "A1"]
    assert tracks[0].text(DESCRIPTION) == "1 clip, locked"
    assert tracks[1].text(DESCRIPTION) == "2 clips, target"
    items = [tracks[1].child(number) for number in range(tracks[1].childCount())]
    assert [item.text(NAME) for item in items] == [
        "A, 00:00:00:00, 2 s",
        "Gap, 00:00:02:00, 1 s",
        "B, 00:00:03:00, 1 s 12 fr",
    ]
    assert items[0].text(DESCRIPTION) == "On V1, missing media, linked"
    assert [item.role() for item in items] == [QAccessible.Role.ListItem] * 3
    assert all(item.parent() is tracks[1] and tracks[1].indexOfChild(item) == n for n, item in enumerate(items))
    assert tracks[1].parent() is timeline
    assert timeline.indexOfChild(tracks[1]) == 1


def test_whatever_else_is_asked_of_a_face_has_an_answer(board: Make) -> None:
    """As a bridge to assistive technology asks: an answer of the wrong kind ends the process."""
    timeline = face_of(board(V1="A:0-24 B:0-24"))
    track = timeline.child(0)
    for face, has in ((timeline, {"action"}), (track, {"selection"}), (track.child(1), {"action"})):
        kinds = ("action", "attributes", "editableText", "selection", "tableCell", "text", "value")
        assert {kind for kind in kinds if getattr(face, f"{kind}Interface")() is not None} == has
        assert face.window() is not None or face.relations() == []
        assert face.state().invalid == 0


def test_nothing_is_built_until_it_is_asked_for(board: Make) -> None:
    hand = board(V1=" ".join(f"c{n}:0-2" for n in range(1000)))
    timeline = face_of(hand)
    assert (timeline.built, timeline.childCount()) == (0, 1)
    track = timeline.child(0)
    assert track.childCount() == 1000
    assert timeline.built == 1
    assert track.child(700).text(NAME).startswith("c700")
    assert timeline.built == 2


def test_a_selected_clip_is_said_to_be_selected_and_gets_the_focus(
    board: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand = board(V1="A:0-24 B:0-24")
    timeline = face_of(hand)
    hand.view.activateWindow()
    hand.view.setFocus()
    told = heard(hand, monkeypatch)
    hand.session.selection.items.set(["B"])
    assert ("Selection", "B, 00:00:01:00, 1 s") in told
    face, other = timeline.item_face("B"), timeline.item_face("A")
    assert face is not None
    assert other is not None
    assert face.state().selected
    assert not other.state().selected
    selection = timeline.child(0).selectionInterface()
    assert selection.selectedItemCount() == 1
    assert selection.selectedItem(0) is face
    if hand.view.hasFocus():
        assert ("Focus", "B, 00:00:01:00, 1 s") in told
        assert timeline.focusChild() is face
        assert face.state().focused


def test_pressing_a_clip_selects_it_with_what_is_linked_and_brings_it_into_view(board: Make) -> None:
    hand = board(V1="A:0-24 _400 B:0-24", A1="_424 C:0-24", links="BC")
    face = face_of(hand).item_face("B")
    assert face is not None
    assert face.state().offscreen
    action = face.actionInterface()
    action.doAction(action.actionNames()[0])
    assert hand.selected == {"B", "C"}
    assert not face.state().offscreen


def test_the_playhead_is_spoken_where_it_rests(board: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    hand = board(V1="A:0-48 B:0-24")
    told = heard(hand, monkeypatch)
    monkeypatch.setattr(hand.view, "hasFocus", lambda: True)
    hand.session.transport.set_time(f(50))
    hand.panel.voice.say_place()
    assert told[-1] == ("Announcement", "00:00:02:02, B")
    timeline = face_of(hand)
    assert timeline.text(VALUE) == "00:00:02:02"
    assert timeline.text(DESCRIPTION).startswith("Playhead 00:00:02:02, B")


def test_a_clip_is_found_where_it_is_on_the_screen(board: Make) -> None:
    hand = board(V1="A:0-24 B:0-24", A1="C:0-24")
    place = hand.view.viewport().mapToGlobal(hand.point(30, "V1"))
    track = face_of(hand).childAt(place.x(), place.y())
    clip = track.childAt(place.x(), place.y())
    assert clip.text(NAME).startswith("B,")
    assert clip.rect().contains(place)
    assert track.rect().contains(place)
    outside = hand.view.viewport().mapToGlobal(QPoint(5, hand.view.layout_now.height + 20))
    assert face_of(hand).childAt(outside.x(), outside.y()) is None


def test_what_is_gone_is_not_told_any_more(board: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    hand = board(V1="A:0-24 B:0-24 C:0-24")
    timeline = face_of(hand)
    gone, stays = timeline.item_face("B"), timeline.item_face("C")
    assert gone is not None
    assert stays is not None
    told = heard(hand, monkeypatch)
    assert hand.session.document.do(DeleteItems(hand.session.sequence_id, ("B",)))
    assert any(kind == "ObjectReorder" for kind, _ in told)
    assert timeline.child(0).indexOfChild(stays) == 2
    assert stays.text(NAME) == "C, 00:00:02:00, 1 s"
    assert hand.session.document.do(MoveClips(hand.session.sequence_id, (("C", "V1", f(96)),)))
    assert stays.text(NAME) == "C, 00:00:04:00, 1 s"
    gc.collect()
    assert not shiboken6.isValid(gone)


def test_a_track_says_when_it_is_locked_or_hidden(board: Make) -> None:
    hand = board(V1="A:0-24")
    track = face_of(hand).child(0)
    hand.session.document.do(SetTrack(hand.session.sequence_id, "V1", {"muted": True, "locked": True}))
    assert track.text(DESCRIPTION) == "1 clip, locked, hidden"
    assert track.state().readOnly


def test_faces_outlive_neither_their_view_nor_the_search_for_cycles(board: Make) -> None:
    view = TimelineView(board(V1="A:0-24 B:0-24").session)
    timeline = QAccessible.queryAccessibleInterface(view)
    assert isinstance(timeline, TimelineFace)
    kept = [timeline.item_face(one) for one in "AB"]
    gc.collect()
    assert [face.text(NAME)[0] for face in kept if face is not None] == ["A", "B"]
    view.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    assert not any(shiboken6.isValid(face) for face in (timeline, *kept))


def test_while_nobody_listens_no_face_is_made(board: Make) -> None:
    hand = board(V1="A:0-24")
    QAccessible.setActive(False)
    hand.session.selection.items.set(["A"])
    hand.session.document.do(DeleteItems(hand.session.sequence_id, ("A",)))
    QAccessible.setActive(True)
    assert face_of(hand).built == 0

"""Effects, transitions and generators dropped on the tracks."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget

from studio_app.session.applying import offer_of
from tests.timeline.notation import f
from tests.ui.timeline_view.conftest import Board, Make
from timeline.items import Clip
from ui.drag_mime import EFFECT_MIME, offer_mime

pytestmark = pytest.mark.qt
COPY, LEFT, NONE = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def carried(kind: str, offer_id: str) -> QMimeData:
    offer = offer_of(kind, offer_id)
    assert offer is not None
    return offer_mime(offer)


def hang(widget: QWidget, mime: QMimeData, point: QPointF) -> None:
    place = point.toPoint()
    QApplication.sendEvent(widget, QDragEnterEvent(place, COPY, mime, LEFT, NONE))
    QApplication.sendEvent(widget, QDragMoveEvent(place, COPY, mime, LEFT, NONE))


def drop(widget: QWidget, mime: QMimeData, point: QPointF) -> QDropEvent:
    hang(widget, mime, point)
    event = QDropEvent(point, COPY, mime, LEFT, NONE)
    QApplication.sendEvent(widget, event)
    return event


def at(hand: Board, frame: float, track_id: str) -> QPointF:
    return QPointF(hand.point(frame, track_id))


@pytest.mark.parametrize(
    ("frame", "lies", "said"), [(38.5, "24+0", "ends at"), (40.3, "12+12", "centred on"), (41.8, "0+24", "starts at")]
)
def test_a_transition_lies_over_the_cut_as_the_pointer_says(board: Make, frame: float, lies: str, said: str) -> None:
    hand = board(V1="A:30-70 B:30-70", A1="")
    mime = carried("transition", "wipe")
    hang(hand.view.viewport(), mime, at(hand, frame, "V1"))
    ghost = hand.view.overlay.ghosts[0]
    before, after = map(int, lies.split("+"))
    assert (ghost.range.start, ghost.range.end) == (f(40 - before), f(40 + after))
    assert ghost.label == "24 frames"
    assert said in hand.said[-1]
    assert hand.undo_steps == 0
    assert drop(hand.view.viewport(), mime, at(hand, frame, "V1")).isAccepted()
    assert hand["V1"] == f"A:30-70 >{lies}< B:30-70"
    assert hand.session.sequence.tracks[0].transitions[0].effect == "wipe"
    assert hand.undo_steps == 1
    assert not hand.view.overlay.ghosts


def test_a_transition_needs_a_cut_within_reach(board: Make) -> None:
    hand = board(V1="A:30-70 B:30-70", A1="")
    drop(hand.view.viewport(), carried("transition", "wipe"), at(hand, 43, "V1"))
    assert hand["V1"] == "A:30-70 B:30-70"
    assert "drop it on a cut" in hand.said[-1]
    assert hand.undo_steps == 0


def test_a_transition_is_shortened_to_the_handles_and_says_so(board: Make) -> None:
    hand = board(V1="A:30-70 B:4-40", A1="")
    mime = carried("transition", "dissolve")
    hang(hand.view.viewport(), mime, at(hand, 40, "V1"))
    assert "16 frames" in hand.view.overlay.ghosts[0].label
    assert "16 frames instead of 24 frames" in hand.said[-1]
    drop(hand.view.viewport(), mime, at(hand, 40, "V1"))
    assert hand["V1"] == "A:30-70 >4+12< B:4-40"
    assert "16 frames instead of 24 frames" in hand.said[-1]


def test_without_handles_the_ghost_is_red_and_nothing_changes(board: Make) -> None:
    hand = board(V1="A:0-100 B:0-100", A1="")
    before = hand.session.document.project
    mime = carried("transition", "dissolve")
    hang(hand.view.viewport(), mime, at(hand, 100, "V1"))
    assert hand.view.overlay.refused
    assert "no handle there" in hand.view.overlay.ghosts[0].label
    drop(hand.view.viewport(), mime, at(hand, 100, "V1"))
    assert hand.session.document.project is before
    assert "no handle there" in hand.said[-1]


def test_beside_a_gap_it_is_a_fade_within_the_clip(board: Make) -> None:
    hand = board(V1="_10 A:0-40 _10 B:0-40", A1="")
    drop(hand.view.viewport(), carried("transition", "fade"), at(hand, 9, "V1"))
    drop(hand.view.viewport(), carried("transition", "fade"), at(hand, 51.5, "V1"))
    found = [(one.left_id, one.right_id) for one in hand.session.sequence.tracks[0].transitions]
    assert found == [(None, "A"), ("A", None)]


def test_another_kind_takes_the_place_of_what_lies_there_as_long_as_it_was(board: Make) -> None:
    hand = board(V1="A:30-70 >5+6< B:30-70", A1="")
    drop(hand.view.viewport(), carried("transition", "slide"), at(hand, 44.5, "V1"))
    assert hand["V1"] == "A:30-70 >5+6< B:30-70"
    assert [one.effect for one in hand.session.sequence.tracks[0].transitions] == ["slide"]
    assert "in place of" in hand.said[-1]


def test_a_locked_track_refuses_effects_and_transitions(board: Make) -> None:
    hand = board(V1="A:30-70 B:30-70", A1="", locked=("V1",))
    before = hand.session.document.project
    for mime in (carried("transition", "wipe"), carried("effect", "vignette"), carried("generator", "solid")):
        drop(hand.view.viewport(), mime, at(hand, 40, "V1"))
        assert hand.session.document.project is before
        assert "locked" in hand.said[-1]


def test_crossfades_are_for_sound_and_wipes_for_pictures(board: Make) -> None:
    hand = board(V1="A:30-70 B:30-70", A1="C:30-70 D:30-70")
    drop(hand.view.viewport(), carried("transition", "wipe"), at(hand, 40, "A1"))
    assert "changes pictures" in hand.said[-1]
    drop(hand.view.viewport(), carried("crossfade", "dissolve"), at(hand, 40, "V1"))
    assert "for sound" in hand.said[-1]
    assert hand.undo_steps == 0
    drop(hand.view.viewport(), carried("crossfade", "dissolve"), at(hand, 40, "A1"))
    assert hand["A1"] == "C:30-70 >12+12< D:30-70"


def test_an_effect_lands_on_the_clip_that_is_lit(board: Make) -> None:
    hand = board(V1="A:0-40 B:0-40", A1="")
    mime = carried("effect", "vignette")
    hang(hand.view.viewport(), mime, at(hand, 60, "V1"))
    assert [(one.range.start, one.range.end) for one in hand.view.overlay.ghosts] == [(f(40), f(80))]
    drop(hand.view.viewport(), mime, at(hand, 60, "V1"))
    assert [use.effect for use in hand.clip("B").effects] == ["vignette"]
    assert hand.clip("A").effects == ()
    assert hand.said[-1] == "Vignette on the clip."
    assert hand.selected == {"B"}
    assert hand.undo_steps == 1


def test_on_a_selected_clip_it_lands_on_all_selected_ones_in_one_step(board: Make) -> None:
    hand = board(V1="A:0-40 B:0-40 C:0-40", A1="D:0-40")
    hand.session.selection.items.set(("A", "C", "D"))
    drop(hand.view.viewport(), carried("effect", "vignette"), at(hand, 20, "V1"))
    assert [len(hand.clip(one).effects) for one in "ABCD"] == [1, 0, 1, 0]
    assert hand.undo_steps == 1


def test_an_effect_over_nothing_or_over_sound_says_what_it_needs(board: Make) -> None:
    hand = board(V1="A:0-40", A1="C:0-40")
    for frame, row in ((60, "V1"), (20, "A1")):
        drop(hand.view.viewport(), carried("effect", "vignette"), at(hand, frame, row))
        assert "on a clip" in hand.said[-1]
    assert hand.undo_steps == 0


def test_a_generator_lands_as_a_clip(board: Make) -> None:
    hand = board(V1="A:0-40", A1="")
    drop(hand.view.viewport(), carried("generator", "solid"), at(hand, 60, "V1"))
    clip = hand.session.sequence.tracks[0].items[-1]
    assert isinstance(clip, Clip)
    assert (clip.name, clip.duration.to_seconds()) == ("Solid colour", 5.0)
    assert hand.selected == {clip.id}
    assert hand.undo_steps == 1


def test_esc_takes_the_ghost_away_and_changes_nothing(board: Make) -> None:
    hand = board(V1="A:30-70 B:30-70", A1="")
    before = hand.session.document.project
    hang(hand.view.viewport(), carried("transition", "wipe"), at(hand, 40, "V1"))
    assert hand.view.preview is not None
    QApplication.sendEvent(hand.view.viewport(), QDragLeaveEvent())  # what Qt sends when Esc ends a drag
    assert hand.view.preview is None
    assert not hand.view.overlay.ghosts
    assert hand.view.overlay.snap is None
    assert hand.session.document.project is before


@pytest.mark.parametrize("data", [b'["effect", "no_such"]', b"[1]", b"{", b""])
def test_an_effect_that_is_not_known_here_is_refused(board: Make, data: bytes) -> None:
    hand = board(V1="A:0-40", A1="")
    mime = QMimeData()
    mime.setData(EFFECT_MIME, data)
    drop(hand.view.viewport(), mime, at(hand, 20, "V1"))
    assert hand.said[-1] == "This effect is not installed here."
    assert hand.undo_steps == 0

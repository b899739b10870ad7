"""The kept picture of the rows: whatever happened, it shows what painting all of it anew shows."""

import random

import numpy as np
import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from tests.timeline.notation import f
from tests.ui.timeline_view.conftest import Board, Make
from timeline.commands.delete_items import DeleteItems
from timeline.commands.move_clips import MoveClips
from timeline.commands.slip_clip import SlipClip
from timeline.commands.trim_clip import TrimClip

pytestmark = pytest.mark.qt
CORNER, FEW = 4, 40
"""A rounded corner that is painted twice may be a few levels darker, in a pixel here and there."""


def seen(hand: Board) -> QImage:
    QApplication.processEvents()
    return hand.view.viewport().grab().toImage()


def difference(one: QImage, other: QImage) -> tuple[int, int]:
    """The largest difference of two pictures (0-255) and in how many pixels there is any."""
    first, second = (np.frombuffer(each.constBits(), np.uint8).astype(int) for each in (one, other))
    apart = abs(first - second).reshape(-1, 4).max(axis=1)
    return int(apart.max()), int(np.count_nonzero(apart))


def painted_anew(hand: Board) -> QImage:
    hand.view.spoil()
    return seen(hand)


@pytest.mark.parametrize("seed", range(4))
def test_after_any_scrolling_editing_and_choosing_it_is_as_if_painted_anew(board: Make, seed: int) -> None:
    hand = board(V2="_30 G:0-50", V1="A:0-96 _40 B:0-24 C:0-24 D:10-50 E:0-90", A1="F:0-96 H:0-60", links="AF")
    view, session = hand.view, hand.session
    dice = random.Random(seed)
    clips = "ABCDEFGH"
    bar, rows = view.horizontalScrollBar(), view.verticalScrollBar()
    deeds = {
        "pan": lambda: bar.setValue(bar.value() + dice.randint(-90, 140)),
        "rows": lambda: rows.setValue(dice.randint(0, 40)),
        "choose": lambda: session.selection.items.set(dice.sample(clips, dice.randint(0, 2))),
        "hover": lambda: view.hover(dice.choice([None, *clips])),
        "playhead": lambda: view.move_playhead(f(dice.randint(0, 200))),
        "zoom": lambda: view.zoom_at(dice.choice([0.8, 1.25]), 300),
        "slip": lambda: session.document.do(SlipClip(session.sequence_id, (dice.choice("AD"),), f(1))),
        "trim": lambda: session.document.do(TrimClip(session.sequence_id, dice.choice("ABFH"), "out", f(-1))),
        "move": lambda: session.document.do(
            MoveClips(session.sequence_id, ((dice.choice("BDG"), dice.choice(["V1", "V2"]), f(dice.randint(0, 300))),))
        ),
        "delete": lambda: session.document.do(DeleteItems(session.sequence_id, (dice.choice("CE"),))),
        "undo": session.document.undo,
    }
    view.set_tall("V1")
    seen(hand)
    done = []
    for _ in range(40):
        done.append(dice.choice(list(deeds)))
        deeds[done[-1]]()
        shown = seen(hand)
        worst, places = difference(shown, painted_anew(hand))
        assert worst <= CORNER, f"{places} pixels by {worst} after {done}"
        assert places <= FEW, f"{places} pixels by {worst} after {done}"


def test_the_playhead_moves_without_painting_clips(board: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    hand = board(V1="A:0-96 B:0-24")
    seen(hand)
    painted: list[object] = []
    monkeypatch.setattr("ui.timeline_view.rows.paint_rows", lambda *given: painted.append(given))
    hand.view.move_playhead(f(30))
    QApplication.processEvents()
    assert not painted
    hand.view.update_item("A")
    QApplication.processEvents()
    assert len(painted) == 1

"""What a clip may have cost, typed or chosen."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from ui.sky.cost_box import CostBox

pytestmark = pytest.mark.qt


@pytest.mark.parametrize(
    ("typed", "wanted"), [("1.25", 1.25), ("$ 0,30", 0.3), ("≤ $ 3", 3.0), ("0", 0.0), ("free", 0.0)]
)
def test_any_amount_can_be_typed(typed: str, wanted: float, qtbot: QtBot) -> None:
    box = CostBox()
    qtbot.addWidget(box)
    told: list[object] = []
    box.limited.connect(told.append)
    for text in (typed, "nonsense", "-4", "nan"):
        box.setEditText(text)
        box.edit.editingFinished.emit()
    assert told == [wanted], "what is no amount changes nothing"
    shown = box.currentText()
    box.setEditText("")
    box.edit.editingFinished.emit()
    assert told == [wanted, None]
    assert box.currentText() == "Any cost"
    box.show_most(wanted)
    assert box.currentText() == shown
    assert len(told) == 2, "what the chips take away is followed, not asked again"

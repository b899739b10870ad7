from dataclasses import replace

import pytest

from tests.timeline.notation import Cut
from timeline.commands.add_shot import AddShot
from timeline.commands.add_storyboard import AddStoryboard
from timeline.commands.edit_shot import EditShot
from timeline.commands.move_shot import MoveShot
from timeline.commands.remove_shot import RemoveShot
from timeline.commands.set_storyboard import SetStoryboard
from timeline.storyboard import Shot, Storyboard
from timeline.time import RationalTime


@pytest.fixture
def cut() -> Cut:
    cut = Cut(V1="")
    cut.do(AddStoryboard(Storyboard(shots=tuple(Shot(name, id=name) for name in "abc"), id="board")))
    return cut


def order(cut: Cut) -> str:
    return "".join(shot.id for shot in cut.history.project.storyboards[0].shots)


def test_shots_are_added_moved_and_removed(cut: Cut) -> None:
    cut.do(AddShot("board", Shot("d", id="d")))
    cut.do(AddShot("board", Shot("e", id="e"), 1))
    assert order(cut) == "aebcd"
    change = cut.do(MoveShot("board", "d", 0))
    assert order(cut) == "daebc"
    assert change.storyboards == {"board"}
    cut.do(MoveShot("board", "a", 99))
    assert order(cut) == "debca"
    assert not cut.do(MoveShot("board", "d", 0))
    assert cut.do(RemoveShot("board", "e")).shots == {"e"}
    assert order(cut) == "dbca"


def test_shots_are_edited_and_typing_is_one_step(cut: Cut) -> None:
    for text in ("S", "Sea"):
        change = cut.history.do(EditShot("board", "a", {"description": text}), cut.library)
    assert change.shots == {"a"}
    assert cut.history.entries == ("Add storyboard", "Change shot")
    assert cut.history.project.shot("a") == Shot("Sea", id="a")
    assert not cut.do(EditShot("board", "a", {"description": "Sea"}))


def test_a_storyboard_is_changed(cut: Cut) -> None:
    cut.do(SetStoryboard("board", {"title": "Film", "narrative_structure": "three_act"}))
    assert cut.history.project.storyboards[0].title == "Film"
    assert not cut.do(SetStoryboard("board", {"title": "Film"}))


def test_what_makes_no_sense_is_refused(cut: Cut) -> None:
    assert "longer than nothing" in cut.refuses(EditShot("board", "a", {"duration": RationalTime(0)}))
    assert "longer than nothing" in cut.refuses(AddShot("board", Shot("x", duration=RationalTime(-1))))
    assert "“sideways” is not a camera motion" in cut.refuses(EditShot("board", "a", {"camera_motion": "sideways"}))
    assert "cannot be set" in cut.refuses(EditShot("board", "a", {"id": "z"}))
    assert "one of linear" in cut.refuses(SetStoryboard("board", {"narrative_structure": "spiral"}))
    assert "picture size" in cut.refuses(SetStoryboard("board", {"width": 0}))
    assert "already" in cut.refuses(AddShot("board", Shot("a", id="a")))
    assert "already" in cut.refuses(AddStoryboard(Storyboard(shots=(Shot("a", id="a"),))))
    for command in (
        EditShot("board", "z", {"name": "x"}),
        MoveShot("board", "z", 0),
        RemoveShot("board", "z"),
        RemoveShot("nowhere", "a"),
    ):
        assert "no longer" in cut.refuses(command)
    assert cut.refuses(AddShot("board", replace(Shot("x"), transition_duration=RationalTime(-1))))

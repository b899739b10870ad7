"""What is said of transitions that an edit took away."""

import pytest

from studio_app.session.lost_transitions import lost_words
from tests.timeline.notation import Cut, f
from timeline.command import Command
from timeline.commands.delete_items import DeleteItems
from timeline.commands.remove_transition import RemoveTransition
from timeline.commands.ripple_trim_clip import RippleTrimClip
from timeline.commands.roll_edit import RollEdit
from timeline.commands.slide_clip import SlideClip
from timeline.commands.trim_clip import TrimClip

SHORT = "The cross dissolve at 00:00:01:16 was removed: its clips no longer overlap enough."
APART = "The cross dissolve at 00:00:01:16 was removed: its clips no longer meet."


def said(cut: Cut, command: Command, *, is_done: bool = True) -> str:
    before = cut.history.project
    cut.do(command)
    return lost_words(before, cut.history.project, "cut", is_done=is_done)


def row() -> Cut:
    return Cut(V1="A:10-50 >6+6< B:50-80 C:40-90")


@pytest.mark.parametrize(
    ("command", "sentence"),
    [
        (TrimClip("cut", "A", "out", f(-10)), APART),
        (RippleTrimClip("cut", "B", "out", f(-26)), SHORT),
        (RollEdit("cut", "A", "B", f(-36)), SHORT),
        (RollEdit("cut", "B", "C", f(-27)), SHORT),
        (SlideClip("cut", "B", f(-36)), SHORT),
        (TrimClip("cut", "B", "out", f(-10)), ""),
        (RollEdit("cut", "A", "B", f(-4)), ""),
        (RemoveTransition("cut", "x0"), ""),
        (DeleteItems("cut", ("B",)), ""),
    ],
)
def test_a_transition_that_fits_no_more_is_named_with_its_place_and_the_reason(command: Command, sentence: str) -> None:
    assert said(row(), command) == sentence


def test_before_it_is_done_it_is_said_in_the_present() -> None:
    words = said(row(), RippleTrimClip("cut", "B", "out", f(-26)), is_done=False)
    assert words == "The cross dissolve at 00:00:01:16 goes: its clips no longer overlap enough."


def test_of_several_the_first_is_named_and_the_others_are_counted() -> None:
    cut = Cut(V1="A:10-50 >6+6< B:20-50 >6+6< C:20-70")
    words = said(cut, RippleTrimClip("cut", "B", "out", f(-27)))
    assert words == (
        "The cross dissolve at 00:00:01:16 and 1 other transition were removed: their clips no longer overlap enough."
    )


def test_a_fade_and_a_crossfade_of_sound_have_names_of_their_own() -> None:
    fade = Cut(V1="A:10-50 B:20-50 >12+0<")
    assert said(fade, RippleTrimClip("cut", "B", "out", f(-20))).endswith("was removed: its clip is too short for it.")
    sound = Cut(A1="A:10-50 >6+6< B:20-50")
    assert said(sound, RippleTrimClip("cut", "B", "out", f(-26))).startswith("The crossfade at 00:00:01:16")

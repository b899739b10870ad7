"""Timeline 2.0: every rule, each fault by its path; every plan's cut is one, and comes back as a storyboard of the same length."""

import copy
import json
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio_app.planning.assemble import assemble, total_length
from studio_app.planning.planner.contract import ContractError, as_json
from studio_app.planning.planner.foreign import in_whole_frames
from studio_app.planning.planner.plan import Brief, planned
from studio_app.planning.planner.reel import fitted, parsed_reel
from studio_app.planning.planner.reel_board import board_of_reel, reel_of
from timeline.media import Library
from timeline.storyboard import STRUCTURES
from timeline.time import RATES, RationalTime

GOOD: dict[str, Any] = {
    "version": "2.0",
    "totalDuration": 5500,
    "timeline": [
        {"sceneId": 1, "start": 0, "end": 3000},
        {"sceneId": 2, "start": 2500, "end": 5500, "transition": {"type": "fade"}},
    ],
    "tracks": {
        "video": [{"sceneId": 1, "asset": "a.png", "effect": "ken_burns_zoom"}, {"sceneId": 2, "asset": "b.mp4"}],
        "audio": [
            {"type": "music", "file": "m.mp3", "start": 0, "end": 5500, "duckRegions": [{"start": 500, "end": 900}]}
        ],
        "captions": [{"text": "Hello", "start": 200, "end": 2800, "sceneId": 1}],
    },
}
BROKEN = [
    (("timeline", 0, "end"), 0, "timeline[0].end: 0 does not lie behind the start (0)"),
    (("timeline", 1, "start"), 2400, "timeline[1].start: It overlaps the scene before by 600 ms; its transition lasts 500 ms"),
    (("timeline", 1, "end"), 5600, "timeline[1].end: 5600 lies behind the end of the whole (5500)"),
    (("timeline", 1, "sceneId"), 1, "timeline[1].sceneId: Scene 1 stands in the timeline already"),
    (("timeline", 1, "transition", "duration"), 2001, "timeline[1].transition.duration: 2001 is too large; it is 2000 at most"),
    (("timeline", 1, "transition", "duration"), 1600, "timeline[1].transition.duration: 1600 is more than half of a scene of 3000 ms"),
    (("timeline", 0, "start"), 2600, "timeline[1].start: 2500 lies before the scene that stands before it"),
    (("totalDuration",), 999, "totalDuration: 999 is too small; it is 1000 at least"),
    (("totalDuration",), 60_001, "totalDuration: 60001 is too large; it is 60000 at most"),
    (("tracks", "captions", 0, "start"), 100, "tracks.captions[0].start: 100 is too early for scene 1; 200 at least"),
    (("tracks", "captions", 0, "end"), 2900, "tracks.captions[0].end: 2900 is too late for scene 1; 2800 at most"),
    (("tracks", "captions", 0, "sceneId"), 7, "tracks.captions[0].sceneId: There is no scene 7 in the timeline"),
    (("tracks", "video", 0, "sceneId"), 7, "tracks.video[0].sceneId: There is no scene 7 in the timeline"),
    (("tracks", "video", 0, "transform"), {"scale": 6}, "tracks.video[0].transform.scale: 6 is too large; it is 5 at most"),
    (("tracks", "video", 0, "colour"), "red", "tracks.video[0].colour: There is no such field"),
    (("tracks", "audio", 0, "end"), 5501, "tracks.audio[0].end: 5501 lies behind the end of the whole (5500)"),
    (("tracks", "audio", 0, "volume"), 2.5, "tracks.audio[0].volume: 2.5 is too large; it is 2 at most"),
    (("tracks", "audio", 0, "duckRegions", 0, "end"), 400, "tracks.audio[0].duckRegions[0].end: 400 does not lie behind the start"),
]  # fmt: skip


@pytest.mark.parametrize(("place", "value", "words"), BROKEN, ids=[words.split(":")[0] for *_, words in BROKEN])
def test_each_fault_is_named_by_its_path(place: tuple[Any, ...], value: Any, words: str) -> None:
    plain = copy.deepcopy(GOOD)
    group = plain
    for part in place[:-1]:
        group = group[part]
    group[place[-1]] = value
    with pytest.raises(ContractError) as caught:
        parsed_reel(json.dumps(plain))
    assert caught.value.message.startswith(words)


def test_a_timeline_becomes_a_storyboard_of_its_length() -> None:
    reel = parsed_reel(json.dumps(GOOD))
    board, notes = board_of_reel(reel)
    assert total_length(board) == RationalTime(5500, 1000).snapped(board.rate)
    assert [one.image_reference for one in board.shots] == ["a.png", "b.mp4"]
    assert board.music is not None
    assert "ducking" in notes[0]


@settings(deadline=None, max_examples=60)
@given(st.integers(1, 20), st.integers(20, 75), st.sampled_from(RATES), st.sampled_from(["", *STRUCTURES]))
def test_every_plan_s_cut_is_a_timeline_and_comes_back(
    count: int, seconds: int, rate: Fraction, structure: str
) -> None:
    text = " ".join(f"Sentence number {index}." for index in range(count))
    board = planned(Brief(text, seconds=Fraction(seconds), structure=structure, rate=rate)).board
    reel, _ = reel_of(assemble(board, lambda _: None), Library())
    assert parsed_reel(as_json(reel)) == reel
    assert abs(reel.totalDuration - min(60_000, round(total_length(board).fraction * 1000))) <= 1
    assert [one.text for one in reel.tracks.captions] == [str(one.overlays[0].style["text"]) for one in board.shots]
    again = in_whole_frames(board_of_reel(reel)[0])
    assert abs(total_length(again).fraction * 1000 - reel.totalDuration) <= 17 * len(board.shots)


@given(st.lists(st.integers(1000, 60_000), min_size=1, max_size=60), st.integers(0, 2000))
def test_what_is_fitted_holds_every_rule(lengths: list[int], overlap: int) -> None:
    found, overlaps = fitted(lengths, [0] + [overlap] * (len(lengths) - 1))
    assert sum(found) - sum(overlaps) <= 60_000
    assert min(found) >= 1000
    assert all(o * 2 <= min(pair) for o, pair in zip(overlaps[1:], pairwise(found), strict=True))

"""The contract of segments: what is validated, how frames are grouped and why, what one request holds."""

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio_app.planning.planner.contract import ContractError
from studio_app.planning.planner.segments.groups import batches, grouped, one_request
from studio_app.planning.planner.segments.pictures import Pictures
from studio_app.planning.planner.segments.request import parsed_request


def asked(*shots: tuple[int, int], **settings: Any) -> dict[str, Any]:
    """A request for frames of (scene, shot)."""
    ids = [f"SCENE_{scene}_SHOT_{shot}" for scene, shot in shots]
    return {
        "generated_frames": [
            {"frame_id": name, "image_url": "a.png", "scene_number": scene, "shot_order": shot}
            for name, (scene, shot) in zip(ids, shots, strict=True)
        ],
        "storyboard_frames": [{"frame_id": name, "description": f"What {name} shows"} for name in ids],
        "video_settings": settings,
        "project_context": {"project_id": "demo", "episode_id": "e1"},
    }


def groups(plain: dict[str, Any]) -> list[tuple[str, ...]]:
    return [one.frame_ids for one in grouped(parsed_request(json.dumps(plain)))]


def test_frames_are_sorted_and_paired_within_their_scene() -> None:
    found = grouped(parsed_request(json.dumps(asked((2, 1), (1, 3), (1, 1), (1, 2)))))
    assert [one.file_name for one in found] == ["segment_1_1.mp4", "segment_1_3.mp4", "segment_2_1.mp4"]
    assert [len(one.frames) for one in found] == [2, 1, 1]
    assert [one.reason for one in found] == [
        "shots 1 and 2 follow each other in scene 1; 3 s by the settings",
        "shot 3 is the last of an odd number in scene 1, and no segment crosses scenes; 3 s by the settings",
        "scene 2 has one shot; 3 s by the settings",
    ]


def test_a_segment_lasts_as_its_storyboard_says_within_two_to_four_seconds() -> None:
    plain = asked((1, 1), (1, 2), (2, 1), (3, 1), duration_per_segment=2.5)
    for index, seconds in ((0, 1.5), (1, 2.0), (2, 0.5)):
        plain["storyboard_frames"][index]["duration_seconds"] = seconds
    found = grouped(parsed_request(json.dumps(plain)))
    assert [one.seconds for one in found] == [Fraction(7, 2), Fraction(2), Fraction(5, 2)]
    assert "lie outside 2 to 4 s" in found[1].reason


def test_four_scenes_do_not_fit_one_request_and_batches_are_offered() -> None:
    found = grouped(parsed_request(json.dumps(asked((1, 1), (2, 1), (3, 1), (4, 1)))))
    with pytest.raises(ContractError, match=r"4 segments in 4 scenes.*a request holds 3.*2 requests with --batches"):
        one_request(found)
    assert [[one.id for one in part] for part in batches(found)] == [
        ["SEGMENT_1", "SEGMENT_2", "SEGMENT_3"],
        ["SEGMENT_4"],
    ]


def changed(*place: Any, to: Any) -> dict[str, Any]:
    plain = asked((1, 1), (1, 2))
    group: Any = plain
    for part in place[:-1]:
        group = group[part]
    group[place[-1]] = to
    return plain


@pytest.mark.parametrize(
    ("plain", "words"),
    [
        (changed("generated_frames", 1, "frame_id", to="SCENE_1_SHOT_1"), "generated_frames[1].frame_id: SCENE_1_SHOT_1 stands there"),
        (changed("generated_frames", 1, "frame_id", to="SHOT_2"), 'generated_frames[1].frame_id: "SHOT_2" is not written as it must'),
        (changed("generated_frames", 1, "scene_number", to=3), "generated_frames[1].scene_number: 3 does not fit SCENE_1_SHOT_2"),
        (changed("generated_frames", 0, "shot_order", to=3), "generated_frames[0].shot_order: 3 does not fit SCENE_1_SHOT_1"),
        (changed("storyboard_frames", 1, "frame_id", to="SCENE_9_SHOT_1"), "generated_frames[1].frame_id: No storyboard frame describes"),
        (changed("storyboard_frames", 0, "description", to=""), "storyboard_frames[0].description: It is empty"),
        (changed("video_settings", "duration_per_segment", to=5), "video_settings.duration_per_segment: 5 is too large; it is 4"),
        (changed("video_settings", "motion_strength", to=1.2), "video_settings.motion_strength: 1.2 is too large"),
        (changed("video_settings", "resolution", to="4k"), "video_settings.resolution: There is no such field"),
        (changed("project_context", "episode_id", to="../../etc"), "project_context.episode_id: "),
        (changed("generated_frames", to=[]), "generated_frames: There must be 1 at least"),
    ],
)  # fmt: skip
def test_each_fault_is_named_by_its_path(plain: dict[str, Any], words: str) -> None:
    with pytest.raises(ContractError) as caught:
        parsed_request(json.dumps(plain))
    assert caught.value.message.startswith(words)


def test_pictures_that_cannot_be_there_are_named_before_anything_is_made(tmp_path: Path) -> None:
    plain = changed("generated_frames", 1, "image_url", to="ftp://x/a.png")
    with pytest.raises(ContractError) as caught:
        Pictures(tmp_path, tmp_path / "keep").check(parsed_request(json.dumps(plain)))
    assert [one.path for one in caught.value.faults] == [
        "generated_frames[0].image_url",
        "generated_frames[1].image_url",
    ]


@given(st.sets(st.tuples(st.integers(1, 5), st.integers(1, 6)), min_size=1, max_size=12), st.floats(2, 4))
def test_every_grouping_keeps_every_rule(shots: set[tuple[int, int]], seconds: float) -> None:
    found = grouped(parsed_request(json.dumps(asked(*shots, duration_per_segment=seconds))))
    assert sorted(name for one in found for name in one.frame_ids) == sorted(f"SCENE_{a}_SHOT_{b}" for a, b in shots)
    assert len({one.file_name for one in found}) == len(found)
    for part in batches(found):
        assert 1 <= len(part) <= 3
        assert sum(one.seconds for one in part) <= 12
    for one in found:
        assert 1 <= len(one.frames) <= 2
        assert len({frame.picture.scene_number for frame in one.frames}) == 1
        assert 2 <= one.seconds <= 4
        assert one.reason

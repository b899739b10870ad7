"""Scene graph 2.0: every rule, each fault by its path; there and back without a loss."""

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio_app.planning.assemble import total_length
from studio_app.planning.planner.contract import ContractError, as_json
from studio_app.planning.planner.foreign import in_whole_frames
from studio_app.planning.planner.graph import SceneGraph, graph_faults, parsed_graph
from studio_app.planning.planner.graph_in import board_of
from studio_app.planning.planner.graph_out import graph_of
from studio_app.planning.planner.plan import Brief, planned
from timeline.storyboard import Shot, Storyboard
from timeline.time import RationalTime


def scene(number: int = 1, **changes: Any) -> dict[str, Any]:
    media = {"type": "video", "engine": "local", "prompt": "A lake"}
    return {"id": number, "description": "A lake", "duration": 3000, "media": media, **changes}


def graph(*scenes: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"version": "2.0", "scenes": list(scenes or (scene(),)), **more}


BROKEN = [
    (graph(scene(), scene(2, duration=500)), "scenes[1].duration: 500 is too small; it is 1000 at least"),
    (graph(scene(duration=60_001)), "scenes[0].duration: 60001 is too large; it is 60000 at most"),
    (graph(scene(duration="3000")), 'scenes[0].duration: "3000" is not a whole number'),
    (graph(scene(0)), "scenes[0].id: 0 is too small; it is 1 at least"),
    (graph(scene(4), scene(4)), "scenes[1].id: 4 is the id of scenes[0] already"),
    (graph(scene(1, duration=40_000), scene(2, duration=30_000)), "scenes: The durations add up to 70000 ms"),
    (graph(scene(mood="warm")), "scenes[0].mood: There is no such field"),
    (graph(scene(captoin="warm")), "scenes[0].captoin: There is no such field; did you mean “caption”?"),
    (graph(scene(media={"type": "video", "engine": "runway"})), "scenes[0].media.prompt: It is missing, and an engine needs one"),
    (graph(scene(media={"type": "video", "engine": "sora"})), 'scenes[0].media.engine: "sora" is none of runway, pika, luma, local'),
    (graph(scene(media={"type": "image"})), "scenes[0].media.asset: It is missing; an image is a file"),
    (graph(scene(transition="spin")), 'scenes[0].transition: "spin" is none of cut, fade, fade_black'),
    (graph(scene(overlays=[{"type": "logo"}])), "scenes[0].overlays[0].asset: It is missing, and a logo needs one"),
    (graph(scene(overlays=[{"type": "text", "text": "Hi", "scale": 3}])), "scenes[0].overlays[0].scale: 3"),
    (graph(scene(overlays=[{"type": "text", "text": "Hi", "opacity": 1.5}])), "scenes[0].overlays[0].opacity: 1.5"),
    (graph(scene(overlays=[{"type": "text", "text": "Hi", "position": "custom", "x": 3}])), "scenes[0].overlays[0].y: It is missing"),
    ({"version": "2.0", "scenes": []}, "scenes: There must be 1 at least"),
    ({"version": "1.0", "scenes": [scene()]}, 'version: "1.0" is none of 2.0'),
    (graph(globalAudio={"voice": "a.wav"}), "globalAudio.voice: There is no such field"),
]  # fmt: skip


@pytest.mark.parametrize(("plain", "words"), BROKEN, ids=[words.split(":")[0] for _, words in BROKEN])
def test_each_fault_is_named_by_its_path(plain: dict[str, Any], words: str) -> None:
    with pytest.raises(ContractError) as caught:
        parsed_graph(json.dumps(plain))
    assert caught.value.message.startswith(words)
    assert caught.value.message.count("\n") == 0


def test_what_is_no_json_is_told_in_a_sentence_and_all_faults_are_there() -> None:
    for text in ("", "{", '{"version": NaN}', "[" * 100_000):
        with pytest.raises(ContractError, match="This is"):
            parsed_graph(text)
    with pytest.raises(ContractError, match="and 1 more") as caught:
        parsed_graph(json.dumps(graph(scene(duration=1), scene(0))))
    assert [one.path for one in caught.value.faults] == ["scenes[0].duration", "scenes[1].id"]


def test_a_file_that_is_not_there_is_named_by_its_path(tmp_path: Path) -> None:
    plain = graph(scene(media={"type": "image", "asset": "gone.png"}))
    with pytest.raises(ContractError, match=r"scenes\[0\].media.asset: The file “gone.png” is not there"):
        board_of(parsed_graph(json.dumps(plain)), tmp_path)


def test_a_plan_is_a_scene_graph_and_comes_back(tmp_path: Path) -> None:
    image = str(tmp_path / "a.png")
    board = planned(Brief("A lake at dawn. A boat, far out.", (image,), style="warm, slow zoom")).board
    found, notes = graph_of(board, tmp_path)
    assert not notes
    assert [one.media.effect for one in found.scenes] == ["ken_burns_zoom", "ken_burns_zoom"]
    assert (found.scenes[0].media.asset, found.scenes[1].transition) == ("a.png", "fade")
    again, _ = board_of(found)
    for old, new in zip(board.shots, again.shots, strict=True):
        assert (new.duration, new.mood, new.transition) == (old.duration, old.mood, old.transition)
        assert (new.camera_motion, new.transition_duration) == (old.camera_motion, old.transition_duration)
        assert new.overlays[0].style["text"] == old.overlays[0].style["text"]


def test_a_film_keeps_its_length_and_its_style_at_another_rate() -> None:
    board = planned(Brief("A lake. A boat. A hill.", seconds=Fraction(15), style="cinematic")).board
    found, _ = graph_of(board)
    assert found.scenes[0].media.prompt == "A lake, cinematic style"
    again = in_whole_frames(board_of(found)[0])
    assert (again.rate, total_length(again)) == (30, RationalTime(15))


def test_a_long_storyboard_is_scaled_and_that_is_told() -> None:
    board = Storyboard(shots=tuple(Shot(f"Lake {one}", duration=RationalTime(9)) for one in range(9)))
    found, notes = graph_of(board)
    assert sum(one.duration for one in found.scenes) <= 60_000
    assert "scaled" in notes[0]


WORDS = st.text("abc xyz.", min_size=1, max_size=30).filter(lambda text: bool(text.strip()))
FILES = st.sampled_from(["a.png", "pictures/b.jpg", "c.mp4"])
MEDIA = st.one_of(
    st.fixed_dictionaries({"type": st.just("image"), "asset": st.sampled_from(["a.png", "b.jpg"])},
                          optional={"effect": st.sampled_from(["ken_burns_zoom", "ken_burns_pan", "slow_zoom_in", "static"])}),
    st.fixed_dictionaries({"type": st.just("video"), "engine": st.sampled_from(["runway", "pika", "luma", "local"]), "prompt": WORDS},
                          optional={"asset": FILES}),
)  # fmt: skip
OVERLAYS = st.one_of(
    st.fixed_dictionaries({"type": st.sampled_from(["logo", "graphic", "product_image"]), "asset": FILES}),
    st.fixed_dictionaries({"type": st.just("text"), "text": WORDS, "position": st.sampled_from(["center", "top-left", "bottom-right"]),
                           "scale": st.sampled_from([0.5, 1.0, 2.0]), "opacity": st.sampled_from([0.25, 1.0])}),
)  # fmt: skip
SCENES = st.fixed_dictionaries(
    {"description": WORDS, "duration": st.integers(1000, 10_000), "media": MEDIA},
    optional={
        "caption": WORDS,
        "audio": st.fixed_dictionaries({"type": st.sampled_from(["sfx", "music", "voiceover"]), "file": st.just("a.wav")}),
        "style": st.fixed_dictionaries({"mood": WORDS}, optional=
            {"camera_motion": st.sampled_from(["dolly", "pan_left", "wobbly"]), "lighting": WORDS}),
        "transition": st.sampled_from(["cut", "fade", "fade_black", "swipe_left", "swipe_right"]),
    },
)  # fmt: skip


@settings(deadline=None, max_examples=80)
@given(
    st.lists(SCENES, min_size=1, max_size=6),
    st.lists(st.integers(1, 99), min_size=6, max_size=6, unique=True),
    st.lists(OVERLAYS, max_size=2),
    st.fixed_dictionaries(
        {}, optional={"voiceScript": WORDS, "voiceFile": st.just("v.wav"), "backgroundMusic": st.just("m.mp3")}
    ),
)
def test_a_scene_graph_survives_being_a_storyboard(
    scenes: list[dict[str, Any]], ids: list[int], overlays: list[dict[str, Any]], audio: dict[str, str]
) -> None:
    over = sorted(overlays, key=lambda one: one["type"] == "text")
    plain = graph(
        *({**one, "id": number, "overlays": over} for one, number in zip(scenes, ids, strict=False)), globalAudio=audio
    )
    given_graph = SceneGraph.model_validate_json(json.dumps(plain), strict=True)
    assert not graph_faults(given_graph)
    assert parsed_graph(as_json(given_graph)) == given_graph
    board, _ = board_of(given_graph)
    assert sum((shot.duration.fraction for shot in board.shots), Fraction(0)) * 1000 == sum(
        s["duration"] for s in scenes
    )
    assert graph_of(board)[0] == given_graph

"""What was asked for is read from the request and from what the engine meant to make; a check never loses a take."""

from __future__ import annotations

from pathlib import Path

import pytest

from engines.analyse.quality import Quality, Reason
from engines.generate.base import GenerationRequest, Result
from engines.generate.registry import engine
from engines.media.inspection import probe_here
from studio_app.planning.checking import check, wanted_of, with_quality
from timeline.errors import Cancelled
from timeline.media import Media, MediaKind


class Told:
    def __init__(self, stop: bool = False) -> None:
        self.stop = stop

    def check(self) -> None:
        if self.stop:
            raise Cancelled

    def progress(self, fraction: float, note: str = "") -> None:
        pass


def test_motion_is_wanted_of_a_camera_that_moves_alone() -> None:
    assert wanted_of(GenerationRequest(prompt="sea", camera_motion="pan_left"), {}).motion
    assert not wanted_of(GenerationRequest(prompt="sea", camera_motion="static"), {}).motion
    assert wanted_of(GenerationRequest(), {"scene": {"camera": {"motion": "zoom_in"}}}).motion


def test_palettes_are_wanted_unless_the_look_takes_the_colours_or_the_scene_has_several() -> None:
    scene = {"palettes": [{"name": "ocean", "weight": 1.0}, {"name": "fire", "weight": 0.2}], "look": "natural"}
    assert set(wanted_of(GenerationRequest(), {"scene": scene}).palettes) == {"ocean"}
    assert not wanted_of(GenerationRequest(), {"scene": {**scene, "look": "noir"}}).palettes
    assert not wanted_of(GenerationRequest(), {"scene": {**scene, "keys": [{}]}}).palettes
    own = {"palettes": [{"colours": ["#102030", "#405060"], "weight": 1.0}]}
    assert wanted_of(GenerationRequest(), {"scene": own}).palettes == {"asked for": "102030 405060"}


def test_a_storm_may_flash_and_silence_may_be_asked_for() -> None:
    assert wanted_of(GenerationRequest(), {"scene": {"weather": "storm"}}).flashes
    assert wanted_of(GenerationRequest(sound=True), {}).sound
    assert not wanted_of(GenerationRequest(sound=True), {"music": {"presence": "silence"}}).sound


def test_a_film_that_is_gone_is_not_judged_and_a_stop_is_a_stop(tmp_path: Path) -> None:
    media = Media(str(tmp_path / "gone.mp4"), MediaKind.VIDEO, "gone", has_video=True, width=64, height=36)
    result = Result(tmp_path / "gone.mp4", 1)
    assert check(media, GenerationRequest(), result, tmp_path, Told()) is None
    with pytest.raises(Cancelled):
        check(media, GenerationRequest(), result, tmp_path, Told(stop=True))


def test_the_judgement_stands_among_the_facts() -> None:
    result = Result(Path("a.mp4"), 1, {"seen": "a sea"})
    facts = with_quality(result, Quality((Reason("static", "It stands still."),))).facts
    assert facts == {
        "seen": "a sea",
        "quality": {"good": False, "reasons": ["static"], "sentence": "It stands still."},
    }
    assert with_quality(result, None) is result


@pytest.mark.media
@pytest.mark.slow
def test_a_take_of_our_own_engine_passes(tmp_path: Path) -> None:
    request = GenerationRequest(prompt="a calm ocean, camera pans left", duration=1.0, width=320, height=180)
    result = engine("procedural").generate(request, tmp_path / "sea.mp4", Told())
    found = check(probe_here(result.path), request, result, tmp_path, Told())
    assert found is not None
    assert found.good, found.sentence

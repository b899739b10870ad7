"""A film in time: loops without a seam, parts that join, nothing that flickers or pops."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from effects.frame import Frame
from engines.errors import EngineError
from engines.generate.base import GenerationRequest
from engines.generate.procedural.draw import layers
from engines.generate.procedural.draw.scene import Scene
from engines.generate.procedural.draw.setting import settings
from engines.generate.procedural.spec import CameraPath
from engines.generate.registry import engine
from engines.media.inspection import probe_here
from tests.engines.generate.drawing import drawn, luma

SMALL = (160, 90)
ALL = sorted(settings())
SOME = ("sea", "meadow", "mountains", "city", "underwater", "abstract", "road", "village")


class Job:
    def check(self) -> None:
        """Goes on."""

    def progress(self, fraction: float, note: str = "") -> None:
        """Tells nobody."""


def apart(a: NDArray[np.float32], b: NDArray[np.float32]) -> float:
    return float(np.sqrt(((a - b) ** 2).mean()))


def same(a: Frame, b: Frame) -> bool:
    return all(np.array_equal(p, q) for p, q in zip(a.planes, b.planes, strict=True))


def film_of(scene: Scene, rate: int = 24) -> list[NDArray[np.float32]]:
    return [luma(scene.frame(i, i / rate)) for i in range(round(scene.spec.seconds * rate))]


@pytest.mark.parametrize("setting", [pytest.param(one, marks=[] if one in SOME else pytest.mark.slow) for one in ALL])
def test_the_last_frame_of_a_loop_leads_into_the_first(setting: str) -> None:
    for camera in ("static", "orbit_left") if setting in ("sea", "meadow") else ("static",):
        frames = film_of(drawn(setting, SMALL, seconds=2.5, loop=True, camera=CameraPath(camera)))
        steps = [apart(a, b) for a, b in pairwise(frames)]
        # Near the seam; where drawings are held for some frames, the steps between them count.
        near = [step for step in (*steps[-8:], *steps[:8]) if step > 0.01]
        assert apart(frames[-1], frames[0]) <= 1.5 * float(np.mean(near or [0.0])) + 0.1, camera


def test_what_falls_in_a_loop_falls_on() -> None:
    for weather in ("rain", "snow", "storm"):
        frames = film_of(drawn("mountains", SMALL, seconds=2.5, loop=True, weather=weather))
        steps = [apart(a, b) for a, b in pairwise(frames)]
        assert apart(frames[-1], frames[0]) <= 1.5 * float(np.mean(steps)), weather


def test_where_qt_cannot_be_loaded_the_picture_is_the_same_but_for_rounding(monkeypatch: pytest.MonkeyPatch) -> None:
    usual = drawn("village", SMALL, camera=CameraPath("orbit_left"))
    monkeypatch.setattr(layers, "easel_for", lambda pixels: None)
    plain = drawn("village", SMALL, camera=CameraPath("orbit_left"))
    for at in (0.0, 2.3):
        for a, b in zip(usual.frame(0, at).planes, plain.frame(0, at).planes, strict=True):
            assert np.abs(a.astype(np.int16) - b).mean() < 1.0


def test_without_a_loop_the_end_is_not_the_beginning() -> None:
    frames = film_of(drawn("sea", SMALL, seconds=2.5, camera=CameraPath("pan_left")))
    steps = [apart(a, b) for a, b in pairwise(frames)]
    assert apart(frames[-1], frames[0]) > 3 * float(np.mean(steps))


@pytest.mark.parametrize("setting", ["sea", "road", "snowfield"])
def test_a_part_of_a_long_film_is_the_whole_film_s(setting: str) -> None:
    """Forty seconds: each stretch is drawn by a scene of its own, from its own first frame on."""
    fields = {"seconds": 40.0, "camera": CameraPath("dolly_in"), "weather": "snow"}
    whole = drawn(setting, SMALL, **fields)
    frames = {i: whole.frame(i, i / 24) for i in range(0, 960, 53)}
    for first in (320, 640):
        alone = drawn(setting, SMALL, **fields)
        for i in range(first, first + 160):
            if i in frames:
                assert same(alone.frame(i, i / 24), frames[i])
    across = [luma(whole.frame(i, i / 24)) for i in range(316, 325)]
    steps = [apart(a, b) for a, b in pairwise(across)]
    assert max(steps) < 2 * float(np.median(steps)) + 0.2, "nothing shows where two parts meet"


@pytest.mark.media
def test_a_part_is_as_long_as_asked_and_one_outside_is_refused(tmp_path: Path) -> None:
    request = GenerationRequest(prompt="the sea", duration=2.0, width=64, height=64, sound=True, part=(24, 36))
    result = engine().generate(request, tmp_path / "a.mp4", Job())
    assert result.facts["frames"] == 12
    assert probe_here(str(tmp_path / "a.mp4")).duration.nearest_frame(request.rate) == 12
    for part in ((40, 49), (5, 5), (-1, 3)):
        with pytest.raises(EngineError, match="film"):
            engine().generate(request.model_copy(update={"part": part}), tmp_path / "b.mp4", Job())
    assert not (tmp_path / "b.mp4").exists()


CALM = [one for one in ALL if one != "subway"]  # where a train rushes past


@pytest.mark.parametrize("setting", [pytest.param(one, marks=[] if one in SOME else pytest.mark.slow) for one in CALM])
def test_nothing_flickers_or_pops(setting: str) -> None:
    """A slow pan: what moves goes on as it went. Noise that is new in each frame would bend 1.7 times as much as it steps."""
    path = CameraPath("pan_left", amount=0.6, easing="constant")
    scene = drawn(setting, (320, 180), camera=path, weather="clear", subject_motion="slow")
    frames = [luma(scene.frame(i, i / 24)) for i in range(20, 38)]
    steps = [apart(a, b) for a, b in pairwise(frames)]
    bends = [apart(a + c, 2 * b) for a, b, c in zip(frames, frames[1:], frames[2:], strict=False)]
    assert float(np.mean(bends)) < BENDS.get(setting, 7.0), "root mean square of second differences, in code values"
    assert float(np.mean(bends)) < 1.45 * float(np.mean(steps))
    assert max(bends) < 1.6 * float(np.median(bends)) + 0.2, "no moment stands out"
    light = np.array([frame.mean() for frame in frames])
    limit = 0.6 if setting == "blueprint" else 0.25  # which draws itself
    assert np.abs(np.diff(light, n=2)).max() < limit, "brightness does not tremble"


BENDS = {"desert": 1.5, "mountains": 3.6, "sea": 2.5, "meadow": 3.6, "village": 3.0}
"""Calm places; elsewhere lit windows, thin lines and what passes fast bend more."""

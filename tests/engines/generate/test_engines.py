from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from engines.errors import EngineError
from engines.generate.base import GenerationRequest
from engines.generate.providers.procedural import Procedural
from engines.generate.providers.slate import counter_frame
from engines.generate.registry import DEFAULT_ENGINE, engine, engines, visible_engines
from engines.media.inspection import probe_here
from timeline.errors import Cancelled
from timeline.time import RationalTime


class Job:
    """Counts what it is told; stops after `allowed` checks."""

    def __init__(self, allowed: int = 1 << 30) -> None:
        self.allowed, self.fractions = allowed, [0.0]

    def check(self) -> None:
        self.allowed -= 1
        if self.allowed < 0:
            raise Cancelled

    def progress(self, fraction: float, note: str = "") -> None:
        self.fractions.append(fraction)


def asked(**fields: Any) -> GenerationRequest:
    return GenerationRequest(**{"prompt": "a boat on the sea", "width": 128, "height": 72, "duration": 0.5, **fields})


def test_every_engine_file_loads_and_hidden_ones_are_not_offered() -> None:
    assert not engines().unavailable
    assert {"procedural", "slate"} <= set(engines().classes)
    assert visible_engines()[0] == DEFAULT_ENGINE
    assert "slate" not in visible_engines()
    assert all(value.id == key for key, value in engines().classes.items())


def test_an_unknown_engine_is_refused_with_the_known_ones() -> None:
    with pytest.raises(EngineError, match="choose procedural"):
        engine("veo")


@pytest.mark.media
@pytest.mark.parametrize("name", ["procedural", "slate"])
def test_a_film_has_the_frames_the_rate_and_the_size_asked_for(name: str, tmp_path: Path) -> None:
    job, target = Job(), tmp_path / "a.mp4"
    result = engine(name).generate(asked(rate=Fraction(30000, 1001), duration=RationalTime(1001, 1500)), target, job)
    media = probe_here(str(target))
    assert (media.width, media.height, media.rate) == (128, 72, Fraction(30000, 1001))
    assert result.facts["frames"] == 20
    assert media.duration.nearest_frame(Fraction(30000, 1001)) == 20
    assert job.fractions == sorted(job.fractions)
    assert job.fractions[-1] == pytest.approx(1.0)
    assert [path.name for path in tmp_path.iterdir()] == ["a.mp4"]


@pytest.mark.media
@pytest.mark.parametrize("checks", [0, 1, 3, 8])
@pytest.mark.parametrize("name", ["procedural", "slate"])
def test_cancelling_leaves_no_file(name: str, checks: int, tmp_path: Path) -> None:
    with pytest.raises(Cancelled):
        engine(name).generate(asked(), tmp_path / "a.mp4", Job(checks))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.media
def test_a_film_that_was_there_survives_a_cancelled_one(tmp_path: Path) -> None:
    target = tmp_path / "a.mp4"
    target.write_bytes(b"old")
    with pytest.raises(Cancelled):
        engine().generate(asked(), target, Job(4))
    assert target.read_bytes() == b"old"


@pytest.mark.media
def test_an_odd_size_is_made_even_and_told(tmp_path: Path) -> None:
    result = engine().generate(asked(width=131, height=75), tmp_path / "a.mp4", Job())
    assert result.facts["size"] == [130, 74]
    assert "130x74" in result.facts["note"]


@pytest.mark.media
def test_the_prompt_may_name_the_length(tmp_path: Path) -> None:
    result = engine().generate(
        asked(prompt="waves, half a second? no: 1 second", duration=None, rate=Fraction(12)), tmp_path / "a.mp4", Job()
    )
    assert result.facts["frames"] == 12


@pytest.mark.media
@pytest.mark.slow
def test_sound_is_stereo_and_as_long_as_the_picture(tmp_path: Path) -> None:
    engine().generate(asked(sound=True, duration=2.0), tmp_path / "a.mp4", Job())
    media = probe_here(str(tmp_path / "a.mp4"))
    assert media.has_audio
    assert media.channels == 2


@pytest.mark.media
def test_a_picture_is_moved_over_without_stretching(tmp_path: Path) -> None:
    picture = np.zeros((400, 400, 3), np.uint8)
    cv2.circle(picture, (200, 200), 60, (255, 255, 255), -1)
    cv2.imwrite(str(tmp_path / "disc.png"), picture)
    frame = Procedural().sketch(
        asked(image_reference=str(tmp_path / "disc.png"), camera_motion="pan_left"), 0.25, (256, 144)
    )
    ys, xs = np.nonzero(frame.planes[0] > 120)
    assert (np.ptp(xs) + 1) / (np.ptp(ys) + 1) == pytest.approx(1.0, abs=0.05)


def test_a_preview_is_the_film_in_small() -> None:
    engine_ = Procedural()
    small = engine_.sketch(asked(prompt="a lighthouse at dusk", width=1280, height=720), 0.2, (160, 90)).planes[0]
    large = engine_.sketch(asked(prompt="a lighthouse at dusk", width=1280, height=720), 0.2, (480, 270)).planes[0]
    reduced = cv2.resize(large, (160, 90), interpolation=cv2.INTER_AREA)
    a, b = (cv2.GaussianBlur(p.astype(np.float32), (0, 0), 3) for p in (small, reduced))
    assert float(np.abs(a - b).mean()) < 5


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"duration": 0.0}, "more than 0"),
        ({"duration": -3.0}, "more than 0"),
        ({"duration": 10_000.0}, "600"),
        ({"width": 8}, "32 to 4096"),
        ({"width": 100_000}, "32 to 4096"),
        ({"rate": Fraction(0)}, "rate"),
        ({"rate": Fraction(1000)}, "rate"),
        ({"camera_motion": "wobble"}, "wobble"),
        ({"subject_motion": "swim"}, "swim"),
        ({"image_reference": "nowhere.png"}, "nowhere.png"),
        ({"duration": None, "prompt": "the sea for 40 minutes"}, "600"),
    ],
)
def test_what_cannot_be_made_is_refused_in_a_sentence(fields: dict[str, Any], words: str, tmp_path: Path) -> None:
    with pytest.raises(EngineError, match=words):
        engine().estimate(asked(**fields))
    with pytest.raises(EngineError, match=words):
        engine().generate(asked(**fields), tmp_path / "a.mp4", Job())
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("value", "rate"),
    [(23.976, "24000/1001"), (29.97, "30000/1001"), (25, "25"), ("30000/1001", "30000/1001"), (12.5, "25/2")],
)
def test_rates_are_exact(value: float | str, rate: str) -> None:
    assert GenerationRequest.model_validate({"rate": value}).rate == Fraction(rate)


def test_an_estimate_grows_with_the_film_and_costs_nothing() -> None:
    short, long = (engine().estimate(asked(duration=seconds, width=1280, height=720)) for seconds in (2.0, 20.0))
    assert 0 < short.seconds < long.seconds
    assert long.cost == 0


def test_the_counter_counts() -> None:
    assert not np.array_equal(counter_frame(1, (128, 72)).planes[0], counter_frame(2, (128, 72)).planes[0])


def test_a_dry_run_says_what_is_seen_and_which_words_change_nothing() -> None:
    told = engine().explain(GenerationRequest(prompt="Two birds above the sea at night, glorbic"))
    assert "sea" in told["Seen"]
    assert "night" in told["Seen"]
    assert told["Not understood"] == "glorbic"
    assert "Not understood" not in engine().explain(GenerationRequest(prompt="The sea at night"))

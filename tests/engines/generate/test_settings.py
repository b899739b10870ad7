"""Every setting: found, named, and looked at in other frames, lights and weathers than its own."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import combinations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from effects.frame import Frame
from engines.generate.base import GenerationRequest
from engines.generate.procedural.create import create
from engines.generate.procedural.draw.scene import Scene
from engines.generate.procedural.draw.setting import implied, settings
from engines.generate.procedural.interpret import interpret
from engines.generate.procedural.scene.light import TIMES, WEATHERS
from engines.generate.procedural.spec import Intent, SceneSpec

FRAMES = {"9:16": (72, 128), "21:9": (168, 72), "1:1": (90, 90), "4:5": (80, 100)}
OTHERWISE = (("dusk", "rain", "9:16"), ("night", "snow", "21:9"), ("dawn", "storm", "1:1"), ("day", "fog", "4:5"))
"""Light, weather and frame as a setting does not usually have them; each is looked at in two of them."""
FOUL = ["rain", "snow", "fog", "storm"]
OUTDOORS = [name for name, setting in settings().items() if not (setting.is_sheltered or setting.always_alive)]


def spec_of(
    name: str, time: str = "", weather: str = "", size: tuple[int, int] = (128, 72), seed: int = 1
) -> SceneSpec:
    request = GenerationRequest(prompt=name, width=size[0], height=size[1], duration=4.0, seed=seed)
    return create(Intent(setting=name, time=time, weather=weather), request)


@cache
def picture(name: str, time: str = "", weather: str = "", size: tuple[int, int] = (128, 72)) -> Frame:
    """One moment of a setting, without its grain."""
    return Scene(spec_of(name, time, weather, size), *size, fine=1.0, only=3.0).frame(0, 3.0)


def luma(frame: Frame) -> NDArray[np.float32]:
    return frame.planes[0].astype(np.float32)


def blocks(frame: Frame) -> NDArray[np.float32]:
    """The picture as 12x12 mean colours."""
    return np.stack(
        [cv2.resize(p.astype(np.float32), (12, 12), interpolation=cv2.INTER_AREA) for p in frame.planes[:3]]
    )


def test_there_are_many_settings_and_each_says_what_it_needs() -> None:
    assert len(settings()) >= 24
    for name, setting in settings().items():
        assert len(setting.words) >= 7, name
        assert setting.usual_time in TIMES, name
        assert setting.usual_weather in WEATHERS, name
        assert -0.4 < setting.horizon < 0.4, name
        assert set(setting.special_of) <= set(settings()), name
        assert setting.loose in ("", "leaves", "sand"), name
        assert "\n\n" not in (setting.build.__doc__ or "\n\n"), f"{name}: one line says what is built"


def test_no_word_names_two_settings_and_nothing_implies_two() -> None:
    words = [word for setting in settings().values() for word in setting.words]
    assert sorted(words) == sorted(set(words))
    reasons = [reason for setting in settings().values() for reason in setting.implied_by]
    assert sorted(reasons) == sorted(set(reasons))
    assert set(implied("time")) <= set(TIMES)
    assert set(implied("weather")) <= set(WEATHERS)


@pytest.mark.parametrize(
    ("word", "fitting"),
    {
        "city": "city", "ocean": "sea", "beach": "beach", "underwater": "underwater", "forest": "forest", "desert": "desert",
        "mountain": "mountains", "space": "space", "studio": "studio", "interior": "room", "exterior": "meadow", "abstract": "abstract",
        "street": "street", "park": "park", "kitchen": "kitchen", "apartment": "room", "cafe": "cafe", "bedroom": "room",
        "office": "office", "subway": "subway", "night": "night_sky", "rain": "street", "snow": "snowfield", "neon": "street",
        "golden hour": "meadow",
        "noir": "street", "moody": "forest", "clouds": "clouds", "day": "meadow", "stage": "stage", "factory": "factory",
        "jungle": "jungle", "lake": "lake",
        "river": "river", "skyline": "skyline", "blueprint": "blueprint", "paper collage": "collage", "above the clouds": "clouds",
        "alien planet": "planet", "snow field": "snowfield",
    }.items(),
)  # fmt: skip
def test_a_place_that_is_named_alone_is_drawn(word: str, fitting: str) -> None:
    assert interpret(GenerationRequest(prompt=word)).setting == fitting


@pytest.mark.parametrize("name", settings())
def test_a_setting_holds_in_other_frames_lights_and_weathers(name: str) -> None:
    for time, weather, frame in OTHERWISE[list(settings()).index(name) % 2 :: 2]:
        y = luma(picture(name, time, weather, FRAMES[frame]))
        told = f"{time}, {weather}, {frame}"
        smooth = cv2.GaussianBlur(y, (0, 0), 1.0) - y.mean()
        assert smooth.std() > 4, f"{told}: something is to be seen"
        rough = float((smooth[:, 1:] * smooth[:, :-1]).mean() / (smooth * smooth).mean())
        assert rough > 0.8, f"{told}: neighbouring pixels belong together"
        assert (y <= 17).mean() < 0.35, f"{told}: not lost in black"
        assert (y >= 234).mean() < 0.2, f"{told}: not lost in white"
        assert min(y[:, 0].max(), y[:, -1].max(), y[0].max(), y[-1].max()) > 17, f"{told}: painted up to its borders"


def test_no_two_settings_look_alike() -> None:
    seen = {name: blocks(picture(name, "day", "clear")) for name in settings()}
    alike = {
        (a, b): round(float(np.abs(seen[a] - seen[b]).mean()), 1)
        for a, b in combinations(seen, 2)
        if np.abs(seen[a] - seen[b]).mean() < 5.0
    }
    assert not alike


@pytest.mark.parametrize("weather", FOUL)
def test_weather_is_seen_in_settings_under_the_sky(weather: str) -> None:
    for name in OUTDOORS[FOUL.index(weather) % 2 :: 2]:
        time = "night" if name == "night_sky" else "day"
        fine, foul = picture(name, time, "clear"), picture(name, time, weather)
        change = np.abs(blocks(fine) - blocks(foul))
        assert change.mean() > 2.0, f"{name}: {change.mean():.1f}"


@pytest.mark.parametrize("name", [name for name in OUTDOORS if settings()[name].loose][::2])
def test_a_strong_wind_moves_more(name: str) -> None:
    def moved(wind: float) -> float:
        scene = Scene(replace(spec_of(name, "day", "clear", (112, 64)), wind=wind), 112, 64, fine=1.0)
        first, later = (cv2.GaussianBlur(luma(scene.frame(0, at)), (0, 0), 0.8) for at in (1.0, 1.5))
        return float(np.abs(first - later).mean())

    assert moved(2.5) > moved(0.3)

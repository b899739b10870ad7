from __future__ import annotations

import hashlib
import subprocess
import sys
from itertools import pairwise

import cv2
import numpy as np
import pytest

from effects.frame import Frame
from engines.generate.procedural.draw.setting import settings
from engines.generate.procedural.draw.settings.abstract import colour_index
from tests.engines.generate.drawing import colourfulness, difference, frame_of, luma, scene_of

HASHED = "lighthouse and two boats on the sea at dusk, birds, rain"


def digest(frame: Frame) -> str:
    return hashlib.sha256(b"".join(np.ascontiguousarray(plane).tobytes() for plane in frame.planes)).hexdigest()


def hashes(prompt: str) -> str:
    scene = scene_of(prompt, camera_motion="orbit_left")
    return " ".join(digest(scene.frame(i, i / 24)) for i in (0, 7, 40))


@pytest.mark.parametrize("setting", settings())
def test_the_same_request_gives_the_same_pixels(setting: str) -> None:
    prompt = f"{setting.replace('_', ' ')} at dusk"
    assert hashes(prompt) == hashes(prompt)


@pytest.mark.slow
@pytest.mark.parametrize("prompt", [HASHED, "neon street, an umbrella", "fish under water"])
def test_a_fresh_process_with_another_number_of_threads_gives_the_same_pixels(prompt: str) -> None:
    code = (
        "import sys, cv2\ncv2.setNumThreads(int(sys.argv[2]))\n"
        "from tests.engines.generate.test_pictures import hashes\nprint(hashes(sys.argv[1]))"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", code, prompt, threads], capture_output=True, text=True, check=True
        ).stdout.strip()
        for threads in ("1", "2")
    }
    assert found == {hashes(prompt)}


def test_frames_do_not_depend_on_the_order_they_are_drawn_in() -> None:
    forth, back = scene_of(HASHED), scene_of(HASHED)
    ahead = [digest(forth.frame(i, i / 24)) for i in (0, 30, 60)]
    behind = [digest(back.frame(i, i / 24)) for i in (60, 30, 0)]
    assert ahead == behind[::-1]


def test_another_seed_gives_another_picture() -> None:
    assert difference(frame_of("mountains at dawn", seed=1), frame_of("mountains at dawn", seed=2)) > 2


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("sea at dawn", "sea at night"),
        ("sea at noon", "sea at sunset"),
        ("forest in the morning", "forest in the morning, fog"),
        ("mountains by day", "mountains by day in a storm"),
        ("meadow by day", "meadow by day, snow"),
        ("sea by day", "sea by day, purple sky"),
        ("sea by day", "sea by day, fire"),
        ("city by day", "neon city by day"),
        ("mountains by day", "mountains by day, noir"),
        ("mountains by day", "mountains by day, anime"),
        ("mountains by day", "mountains by day, minimal"),
        ("mountains by day", "mountains by day, cinematic"),
        ("mountains by day", "mountains by day, vintage"),
        ("sea by day", "sea by day with a lighthouse"),
        ("sea by day with a boat", "sea by day with five boats"),
        ("meadow by day with a house", "meadow by day with a balloon"),
        ("mountains by day", "mountains by day with a lake"),
        ("forest by day", "pine forest by day"),
        ("forest by day", "autumn forest by day"),
        ("meadow by day", "wheat field by day"),
        ("night sky", "night sky with northern lights"),
        ("sea by day", "close up, sea by day"),
        ("sea by day, happy", "sea by day, melancholic"),
        ("street at night", "street at night, no people"),
    ],
)
def test_words_change_the_picture(before: str, after: str) -> None:
    assert difference(frame_of(before), frame_of(after)) > 0.15


@pytest.mark.parametrize("setting", ["sea", "mountains", "meadow", "desert", "city", "forest"])
def test_night_is_darker_than_dusk_and_dusk_than_day(setting: str) -> None:
    day, dusk, night = (float(luma(frame_of(f"{setting} at {time}")).mean()) for time in ("noon", "dusk", "night"))
    assert day > dusk + 8
    assert dusk > night + 8
    assert night > 24, "night is dark, not black"


def test_noir_has_no_colour_and_anime_more() -> None:
    plain, noir, anime = (colourfulness(frame_of(f"mountains by day{style}")) for style in ("", ", noir", ", anime"))
    assert noir < 1.5
    assert anime > plain * 1.1


@pytest.mark.parametrize("setting", settings())
def test_no_picture_is_noise_or_empty(setting: str) -> None:
    y = luma(frame_of(f"{setting.replace('_', ' ')} scene"))
    y = y - y.mean()
    contrast = float(y.std())
    neighbours = float((y[:, 1:] * y[:, :-1]).mean() / (y * y).mean())
    assert contrast > 7, "something is to be seen"
    assert neighbours > 0.75, "neighbouring pixels belong together"


def test_a_smooth_sky_has_no_steps() -> None:
    """Without grain nor dither an 8-bit gradient stands still for many rows."""
    sky = luma(frame_of("sea at dusk", size=(320, 720)))[20:200]
    columns = np.abs(np.diff(sky, axis=0))
    longest = 0
    for column in columns.T[::16]:
        run = 0
        for step in column:
            run = run + 1 if step == 0 else 0
            longest = max(longest, run)
    assert longest <= 9


@pytest.mark.parametrize("size", [(144, 256), (256, 256), (336, 144), (32, 32), (402, 64)])
def test_any_proportions_are_filled(size: tuple[int, int]) -> None:
    for setting in ("sea with a lighthouse", "city", "room", "geometric"):
        frame = frame_of(setting, size=size, camera_motion="pan_left", at=4.0)
        assert frame.size == size
        assert frame.planes[1].shape == (size[1] // 2, size[0] // 2)
        edge = np.concatenate([luma(frame)[:, 0], luma(frame)[:, -1]])
        assert edge.max() > 17, "no border is left unpainted"


@pytest.mark.parametrize("setting", settings())
def test_life_goes_on_before_a_still_camera_but_far_things_stand(setting: str) -> None:
    scene = scene_of(f"{setting.replace('_', ' ')} at dusk", camera_motion="static")
    first, later = luma(scene.frame(0, 0.0)), luma(scene.frame(0, 2.0))
    changed = np.abs(cv2.GaussianBlur(later - first, (0, 0), 1.5))
    assert changed.max() > 1.2, "something moves"
    if setting not in ("abstract", "geometric", "underwater"):
        assert np.median(changed) < 4, "most of it stands"


def test_frames_follow_one_another_without_a_jump() -> None:
    for setting in ("sea", "underwater", "space", "abstract", "meadow"):
        scene = scene_of(f"{setting} by day", duration=6.0)
        frames = [luma(scene.frame(0, i / 8)) for i in range(0, 48, 1)]
        steps = np.array([np.abs(b - a).mean() for a, b in pairwise(frames)])
        assert steps.max() < 3 * np.median(steps) + 0.5, setting


def test_a_slower_subject_motion_moves_less() -> None:
    def moved(motion: str) -> float:
        scene = scene_of("sea by day, three boats", subject_motion=motion)
        return float(np.abs(luma(scene.frame(0, 0.0)) - luma(scene.frame(0, 0.25))).mean())

    assert moved("slow") < moved("medium") < moved("fast")


def test_a_wave_just_below_a_whole_turn_still_has_a_colour() -> None:
    near = np.nextafter(np.float32(-60 / 230), np.float32(-1)) - np.zeros((2, 2), np.float32)
    assert int(np.max(colour_index(near.astype(np.float32)))) < 1024
    spread = np.linspace(-9, 9, 400_001, dtype=np.float32)[None, :]
    assert int(np.max(colour_index(spread))) < 1024

"""Words move the picture: each of sixty changes its block means, and where a direction can be measured it is the right one."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from effects.frame import Frame
from engines.generate.base import GenerationRequest
from engines.generate.procedural.create import create
from engines.generate.procedural.draw.joined import Joined
from engines.generate.procedural.draw.scene import Scene
from engines.generate.procedural.interpret import interpret
from engines.generate.procedural.scene.spec import SceneSpec

SIZE = (160, 90)
MOMENTS = (0.25, 1.75, 3.75)
STEP = 0.25
LAND, MAN, SEA = "a meadow with a house", "a man in a meadow", "the sea by day with a boat, close up"
SHAPES, DOLLY, ROOM = "geometric", "forest by day, dolly in", "a room"
WORDS = {
    LAND: (
        "red,blue,neon colours,green,dark,pastel,grey,fire,golden,warm,cool,vivid,subtle,very bright,"
        "high contrast,desaturated,moody lighting,noir,documentary,backlit,golden hour,sunset,midnight,dawn,"
        "rain,fog,snow,thunderstorm,cloudy,windy,happy,melancholic,tense,dreamy,anime,cartoon,watercolour,"
        "minimal,vintage,low poly,paper cut,film grain,cinematic,symmetric,left heavy,right heavy,top heavy,"
        "close up,extreme wide,macro,pov,handheld,bokeh,god rays,autumn,winter,a horse,a lighthouse,two trees,"
        "without the house,pan left,tilt up,zoom in,orbit,crane up,roll,whip pan,bird's eye,tracking,fast,"
        "slow,pulsing,horizontal,thriller,commercial,then night"
    ),
    MAN: "running,dancing,jumping,spinning,growing,shrinking,flying,toward us,to the left",
    SEA: "calm,stormy,huge waves,three boats,on the left,in front of an island",
    SHAPES: "circle,triangle,jerky",
    DOLLY: "telephoto,ease in",
    ROOM: "at night,a cat",
}  # fmt: skip
CASES = [(base, word) for base, listed in WORDS.items() for word in listed.split(",")]
QUICK = (
    "warm",
    "dark",
    "snow",
    "left heavy",
    "running",
    "three boats",
    "pan left",
    "watercolour",
    "circle",
    "then night",
)
Blocks = NDArray[np.float32]


class Seen(NamedTuple):
    """Block means of three moments (moment, plane, 16, 16), how much moves in a quarter of a second, the frames."""

    blocks: Blocks
    motion: float
    frames: tuple[Frame, ...]


def film_of(prompt: str) -> tuple[Joined, SceneSpec]:
    request = GenerationRequest(prompt=prompt, width=SIZE[0], height=SIZE[1], duration=4.0, seed=1)
    spec = create(interpret(request), request)

    def part(scene: SceneSpec, moment: float | None) -> Scene:
        return Scene(scene, *SIZE, 1.0, moment)

    return Joined(spec, *SIZE, part, None), spec


def blocks(frame: Frame) -> Blocks:
    planes = (cv2.resize(plane.astype(np.float32), (16, 16), interpolation=cv2.INTER_AREA) for plane in frame.planes)
    return np.stack(list(planes))


@cache
def seen(prompt: str) -> Seen:
    film, _ = film_of(prompt)
    frames = tuple(film.frame(round(at * 24), at) for at in MOMENTS)
    later = film.frame(round((MOMENTS[1] + STEP) * 24), MOMENTS[1] + STEP)
    change = later.planes[0].astype(np.float32) - frames[1].planes[0].astype(np.float32)
    motion = float(np.abs(cv2.GaussianBlur(change, (0, 0), 1.0)).mean())
    return Seen(np.stack([blocks(frame) for frame in frames]), motion, frames)


@cache
def noise_of(prompt: str) -> float:
    """What another grain alone changes."""
    return float(np.abs(blocks(film_of(prompt)[0].frame(7, MOMENTS[1])) - seen(prompt).blocks[1]).mean())


def luma(prompt: str) -> float:
    return float(seen(prompt).blocks[:, 0].mean())


def warmth(prompt: str) -> float:
    """Red over blue: V less U."""
    return float((seen(prompt).blocks[:, 2] - seen(prompt).blocks[:, 1]).mean())


def colour(prompt: str) -> float:
    return float(np.abs(seen(prompt).blocks[:, 1:] - 128).mean())


def contrast(prompt: str) -> float:
    return float(seen(prompt).frames[1].planes[0].astype(np.float32).std())


def centre(prompt: str, without: str) -> float:
    """Where what was added stands, 0 at the left border and 1 at the right."""
    change = np.abs(seen(prompt).blocks[1] - seen(without).blocks[1]).sum(axis=(0, 1))
    return float((change * np.linspace(0, 1, 16)).sum() / change.sum())


def changes(base: str, word: str) -> None:
    """The picture or what moves in it is another one, by more than the noise of the grain."""
    plain, said = seen(base), seen(f"{base}, {word}")
    noise = noise_of(base)
    difference = float(np.abs(said.blocks - plain.blocks).mean())
    assert difference > noise, f"{word}: {difference:.3f} against {noise:.3f}"
    assert difference > 0.02


@pytest.mark.parametrize(("base", "word"), [case for case in CASES if case[1] in QUICK])
def test_a_word_of_each_kind_changes_the_picture(base: str, word: str) -> None:
    changes(base, word)


@pytest.mark.slow
@pytest.mark.parametrize(("base", "word"), [case for case in CASES if case[1] not in QUICK])
def test_each_word_changes_the_picture(base: str, word: str) -> None:
    changes(base, word)


def test_there_are_more_than_sixty() -> None:
    assert len(set(CASES)) >= 60


@pytest.mark.parametrize("word", ["warm", "fire", "sunset"])
def test_warm_words_make_it_warmer(word: str) -> None:
    assert warmth(f"{LAND}, {word}") > warmth(LAND) + 3


@pytest.mark.slow
def test_cool_makes_it_cooler_and_very_cool_more_so() -> None:
    assert warmth(f"{LAND}, very cool") < warmth(f"{LAND}, slightly cool") < warmth(LAND) - 1


@pytest.mark.parametrize("word", ["dark", "midnight", "thunderstorm"])
def test_dark_words_make_it_darker(word: str) -> None:
    assert luma(f"{LAND}, {word}") < luma(LAND) - 5


@pytest.mark.parametrize("word", ["very bright", "snow"])
def test_bright_words_make_it_brighter(word: str) -> None:
    assert luma(f"{LAND}, {word}") > luma(LAND) + 5


@pytest.mark.slow
def test_what_is_not_dark_is_no_darker() -> None:
    assert luma(f"{LAND}, not dark") > luma(f"{LAND}, dark") + 5


@pytest.mark.slow
def test_colour_goes_and_comes_with_the_words() -> None:
    assert colour(f"{LAND}, black and white") < 3 < colour(LAND) < colour(f"{LAND}, vivid")


@pytest.mark.slow
def test_contrast_rises_and_falls_with_the_words() -> None:
    assert contrast(f"{LAND}, low contrast") < contrast(LAND) < contrast(f"{LAND}, high contrast")


@pytest.mark.slow
@pytest.mark.parametrize("base", [LAND, SEA])
def test_fast_moves_more_than_slow(base: str) -> None:
    assert seen(f"{base}, slow").motion < seen(f"{base}, fast").motion * 0.9


@pytest.mark.slow
@pytest.mark.parametrize(
    ("base", "word"), [(LAND, "rain"), (LAND, "windy"), (LAND, "handheld"), (MAN, "running"), (SEA, "stormy")]
)
def test_lively_words_move_more(base: str, word: str) -> None:
    assert seen(f"{base}, {word}").motion > seen(base).motion * 1.3


def test_what_is_on_the_left_stands_left_of_what_is_on_the_right() -> None:
    plain = "the sea by day"
    left, right = (centre(f"{plain}, a big boat on the {side}", plain) for side in ("left", "right"))
    assert left < 0.5 < right


@pytest.mark.slow
def test_more_of_a_thing_changes_more() -> None:
    plain = "a meadow by day"
    one, seven = (
        np.abs(seen(f"{plain}, {said}").blocks - seen(plain).blocks).mean() for said in ("a horse", "seven horses")
    )
    assert seven > one * 1.5


def test_a_pan_to_the_left_and_one_to_the_right_go_opposite_ways() -> None:
    def shift(prompt: str) -> float:
        first, last = (seen(prompt).frames[n].planes[0].astype(np.float32) for n in (0, 2))
        return float(cv2.phaseCorrelate(first, last)[0][0])

    assert shift(f"{LAND}, pan left") > 2 > -2 > shift(f"{LAND}, pan right")


@pytest.mark.parametrize(
    "prompt", ["", "🌊🌅", "море и ночь", "boat " * 10_000, "a bright dark hot cold city forest, no city", "-> then ->"]
)
def test_any_text_makes_a_picture(prompt: str) -> None:
    frame = film_of(prompt)[0].frame(12, 0.5)
    assert frame.size == SIZE
    assert frame.planes[0].std() > 1

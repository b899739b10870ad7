"""Films from a picture: they begin as the picture, move through its depth, and take any proportions."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from engines.errors import MediaError
from engines.generate.base import GenerationRequest
from engines.generate.procedural.draw.depth import guessed_depth
from engines.generate.procedural.draw.moves import MOVES
from engines.generate.procedural.draw.reference import ReferenceScene
from engines.generate.procedural.spec import CameraPath, SceneSpec
from engines.generate.registry import engine
from tests.engines.generate.drawing import difference, drawn, flow, luma, texture

SIZE = (320, 180)


class Job:
    def check(self) -> None:
        """Goes on."""

    def progress(self, fraction: float, note: str = "") -> None:
        """Tells nobody."""


@pytest.fixture(scope="module")
def still(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A meadow as a picture without colour, so that nothing is lost between RGB and YUV."""
    path = tmp_path_factory.mktemp("still") / "still.png"
    picture = drawn("meadow", SIZE).frame(0, 1.0).planes[0].astype(np.float32)
    cv2.imwrite(str(path), np.clip((picture - 16) * 255 / 219, 0, 255).round().astype(np.uint8))
    return path


def film(path: Path, motion: str = "static", size: tuple[int, int] = SIZE, **fields: object) -> ReferenceScene:
    spec = SceneSpec("meadow", camera=CameraPath(motion), seconds=4.0, **fields)  # type: ignore[arg-type]
    return ReferenceScene(spec, path, *size)


def grey_of(path: Path) -> NDArray[np.float32]:
    picture = cv2.imread(str(path), cv2.IMREAD_GRAYSCALE)
    return np.asarray(picture, np.float32) * 219 / 255 + 16


@pytest.mark.media
@pytest.mark.parametrize("motion", sorted(MOVES))
def test_the_first_frame_is_the_picture_whatever_the_camera_and_the_weather_do(motion: str, still: Path) -> None:
    for weather in ("clear", "snow", "fog") if motion == "dolly_in" else ("clear",):
        made = film(still, motion, weather=weather)
        assert np.abs(luma(made.frame(0, 0.0)) - grey_of(still)).max() <= 1.5
        if motion not in ("static", "handheld"):
            assert np.abs(luma(made.frame(96, 4.0)) - grey_of(still)).mean() > 1


@pytest.mark.media
def test_what_is_low_in_the_picture_travels_farther_than_the_sky(still: Path) -> None:
    made = film(still, "truck_right", life=0.0)
    a, b = made.frame(48, 2.0), made.frame(54, 2.25)
    moved, where = flow(a, b)[..., 0], texture(a)
    rows = np.zeros_like(where)
    rows[140:] = True
    low = float(np.median(moved[where & rows]))
    assert low < -0.2
    high = float(np.median(moved[:60]))
    assert low < high - 0.2


@pytest.mark.media
def test_snow_comes_by_and_by_and_light_breathes(still: Path) -> None:
    snow = film(still, weather="snow")
    assert difference(snow.frame(0, 0.2), film(still).frame(0, 0.2)) < difference(
        snow.frame(0, 1.5), film(still).frame(0, 1.5)
    )
    calm = film(still)
    assert 0.3 < abs(float(luma(calm.frame(0, 1.3)).mean() - luma(calm.frame(0, 0.0)).mean())) < 8


@pytest.mark.media
def test_a_film_gives_its_first_frame(tmp_path: Path) -> None:
    made = GenerationRequest(prompt="the sea by day, pan left", duration=1.0, width=160, height=90)
    engine().generate(made, tmp_path / "sea.mp4", Job())
    begins = engine().sketch(made, 0.0, (160, 90))
    again = made.model_copy(update={"prompt": "zoom in", "image_reference": str(tmp_path / "sea.mp4")})
    frame = engine().sketch(again, 0.0, (160, 90))
    assert begins is not None
    assert frame is not None
    assert difference(begins, frame) < 4
    engine().generate(again, tmp_path / "again.mp4", Job())
    assert (tmp_path / "again.mp4").stat().st_size > 1000


@pytest.mark.media
@pytest.mark.parametrize("shape", [(2, 2), (4, 900), (900, 4), (33, 1201)])
def test_any_proportions_fill_the_frame(shape: tuple[int, int], tmp_path: Path) -> None:
    cv2.imwrite(str(tmp_path / "odd.png"), np.full((*shape, 3), 120, np.uint8))
    for motion in ("zoom_out", "orbit_left", "roll"):
        frame = film(tmp_path / "odd.png", motion, (64, 48)).frame(96, 4.0)
        assert frame.size == (64, 48)
        assert luma(frame).min() > 90


@pytest.mark.media
def test_what_is_no_picture_is_refused_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "words.png").write_text("no picture")
    with pytest.raises(MediaError, match=r"words\.png"):
        film(tmp_path / "words.png")


def test_a_sky_is_far_and_what_stands_before_it_is_near() -> None:
    rng = np.random.default_rng(5)
    luma_plane = np.full((180, 320), 190, np.uint8)
    luma_plane[110:] = rng.integers(60, 140, (70, 320))
    luma_plane[60:150, 140:180] = rng.integers(20, 90, (90, 40))
    grey = np.full_like(luma_plane, 128)
    near = guessed_depth(luma_plane, grey, grey)
    assert near[:50].mean() < 0.15
    assert near[160:].mean() > 0.7
    assert near[75:100, 150:170].mean() > near[75:100, 20:60].mean() + 0.1
    assert guessed_depth(np.full((9, 11), 50, np.uint8), *(np.full((9, 11), 128, np.uint8),) * 2).shape == (9, 11)

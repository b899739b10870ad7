"""Figures of clips made by formula come out as they were put in."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from engines.analyse import Analysis, analyse
from engines.analyse.measures.colour import Colour
from engines.analyse.measures.composition import Composition
from engines.analyse.measures.consistency import Consistency
from engines.analyse.measures.cuts import Cuts
from engines.analyse.measures.graphics import Graphics
from engines.analyse.measures.motion import Motion
from engines.media.inspection import probe_here
from tests.engines.analyse.clips import RATE, SIZE, Pixels, field, film, moved, texture

pytestmark = pytest.mark.media

WIDE = texture((700, 500))
COUNT = 30


def figures(path: Path, *names: str) -> Analysis:
    return analyse(probe_here(path), measures=names)


def motion(path: Path) -> Motion:
    found = figures(path, "motion").get(Motion)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("x", "y", "direction", "camera"),
    [
        (-2.0, 0, "left", "pan right"),
        (3.0, 0, "right", "pan left"),
        (0, 1.5, "down", "tilt up"),
        (0, -6, "up", "tilt down"),
    ],
)
def test_a_pan_has_the_speed_and_the_way_it_was_given(
    tmp_path: Path, x: float, y: float, direction: str, camera: str
) -> None:
    found = motion(film(tmp_path / "pan.mp4", lambda n: moved(WIDE, x * n, y * n), 24))
    speed = float(np.hypot(x, y)) * float(RATE) / SIZE[0]
    assert found.level == pytest.approx(speed, rel=0.02)
    assert (found.camera_x, found.camera_y) == pytest.approx(
        (x * float(RATE) / SIZE[0], y * float(RATE) / SIZE[0]), abs=0.02 * speed
    )
    assert (found.direction, found.camera, found.trend) == (direction, camera, "steady")
    assert found.camera_share > 0.95


def test_a_zoom_and_a_roll_are_told_from_a_pan(tmp_path: Path) -> None:
    zoom = motion(film(tmp_path / "zoom.mp4", lambda n: moved(WIDE, 0, 0, 1.004**n), COUNT))
    assert zoom.camera == "zoom in"
    assert zoom.camera_zoom == pytest.approx(1.004 ** float(RATE), rel=0.005)
    roll = motion(film(tmp_path / "roll.mp4", lambda n: moved(WIDE, 0, 0, 1.2, 0.4 * n), COUNT))
    assert roll.camera == "roll"
    assert roll.camera_roll == pytest.approx(10.0, abs=0.3)


def test_a_subject_before_a_still_camera_is_not_taken_for_the_camera(tmp_path: Path) -> None:
    patch = texture((50, 50), 9, 2)

    def walk(n: int) -> Pixels:
        picture = moved(WIDE, 0).copy()
        picture[70:120, 20 + 4 * n : 70 + 4 * n] = patch
        return picture

    found = motion(film(tmp_path / "walk.mp4", walk, COUNT))
    assert found.camera == "static"
    assert found.camera_level < 0.003
    assert found.subject_level > 0.008


def test_both_are_told_apart_when_both_move(tmp_path: Path) -> None:
    patch = texture((60, 60), 9, 2)

    def walk(n: int) -> Pixels:
        picture = moved(WIDE, -3.0 * n).copy()
        picture[60:120, 20 + 4 * n : 80 + 4 * n] = patch
        return picture

    found = motion(film(tmp_path / "both.mp4", walk, COUNT))
    assert found.camera == "pan right"
    assert found.camera_x == pytest.approx(-3 * 25 / 320, rel=0.03)
    assert found.subject_level > 0.02


def test_a_still_is_still_and_a_pan_that_speeds_up_increases(tmp_path: Path) -> None:
    still = motion(film(tmp_path / "still.mp4", lambda n: moved(WIDE, 0), 12))
    assert (still.camera, still.direction, still.trend) == ("static", "none", "steady")
    assert still.level < 0.001
    faster = motion(film(tmp_path / "faster.mp4", lambda n: moved(WIDE, -0.08 * n * n), 36))
    assert faster.trend == "increasing"
    slower = motion(film(tmp_path / "slower.mp4", lambda n: moved(WIDE, -0.08 * (36 - n) ** 2), 36))
    assert slower.trend == "decreasing"


def test_a_ramp_of_brightness_has_its_middle_and_its_rise(tmp_path: Path) -> None:
    found = figures(
        film(tmp_path / "ramp.mp4", lambda n: field((50 + 4 * n,) * 3), COUNT), "colour", "consistency", "cuts"
    )
    colour, over, cuts = found.get(Colour), found.get(Consistency), found.get(Cuts)
    assert colour is not None
    assert over is not None
    assert cuts is not None
    assert colour.brightness == pytest.approx((50 + 4 * 14.5) / 255, abs=0.01)
    assert over.brightness_drift == pytest.approx(4 * 29 / 255, abs=0.01)
    assert over.flicker < 1e-4
    assert cuts.count == 0, "a fade is no cut"
    assert list(over.curve) == sorted(over.curve)


def test_flicker_is_as_large_as_it_was_made(tmp_path: Path) -> None:
    def lit(n: int) -> Pixels:
        return np.clip(moved(WIDE, 0).astype(int) + (10 if n % 2 else 0), 0, 255).astype(np.uint8)

    over = figures(film(tmp_path / "flicker.mp4", lit, COUNT), "consistency").get(Consistency)
    assert over is not None
    assert over.flicker == pytest.approx(10 / 255, rel=0.05)


def test_colours_and_their_shares_are_those_that_were_laid(tmp_path: Path) -> None:
    def two(_: int) -> Pixels:
        picture = field((200, 40, 30))
        picture[:, 240:] = (30, 60, 190)
        return picture

    found = figures(film(tmp_path / "two.mp4", two, 6), "colour", "composition", "graphics")
    colour = found.get(Colour)
    assert colour is not None
    first, second = colour.swatches[:2]
    assert (first.share, second.share) == pytest.approx((0.75, 0.25), abs=0.03)
    for swatch, code in ((first, (200, 40, 30)), (second, (30, 60, 190))):
        assert tuple(bytes.fromhex(swatch.colour[1:])) == pytest.approx(code, abs=12)
    assert colour.dominant == first.colour
    assert sum(colour.histograms.luma) == pytest.approx(1, abs=1e-3)
    assert colour.histograms.red[200 * 16 // 256] == pytest.approx(0.75, abs=0.05)
    graphics = found.get(Graphics)
    assert graphics is not None
    assert graphics.gradient_direction == pytest.approx(0, abs=2), "one upright edge"


@pytest.mark.parametrize(("rgb", "hue"), [((220, 30, 30), 0), ((30, 200, 40), 120), ((40, 50, 220), 240)])
def test_a_hue_is_where_colour_wheels_have_it(tmp_path: Path, rgb: tuple[int, int, int], hue: int) -> None:
    colour = figures(film(tmp_path / "one.mp4", lambda _: field(rgb), 4), "colour").get(Colour)
    assert colour is not None
    assert colour.hue is not None
    assert abs((colour.hue - hue + 180) % 360 - 180) < 6
    assert colour.contrast < 0.01


def test_grey_has_no_hue_and_the_grey_palette(tmp_path: Path) -> None:
    colour = figures(film(tmp_path / "grey.mp4", lambda _: moved(WIDE, 0), 4), "colour").get(Colour)
    assert colour is not None
    assert colour.hue is None
    assert colour.palette == "mono"
    assert colour.palette_distance < 0.02


@pytest.mark.parametrize("name", ["ocean", "fire", "forest", "dreamy", "neon"])
def test_a_picture_in_a_palette_is_found_to_be_in_it(tmp_path: Path, name: str) -> None:
    from effects.palettes import PALETTES

    codes = [tuple(bytes.fromhex(code)) for code in PALETTES[name].split()]

    def stripes(_: int) -> Pixels:
        picture = field((0, 0, 0))
        for place, code in enumerate(codes):
            picture[place * 30 : place * 30 + 30] = code
        return picture

    colour = figures(film(tmp_path / f"{name}.mp4", stripes, 3), "colour").get(Colour)
    assert colour is not None
    assert colour.palette == name
    assert colour.palette_distance < 0.03


def test_cuts_are_found_to_the_frame_and_a_flash_or_a_fast_pan_is_none(tmp_path: Path) -> None:
    shots = [texture((700, 500), seed) for seed in (1, 2, 4)]

    def cut(n: int) -> Pixels:
        if n == 50:
            return field((255, 255, 255))
        if n < 12:
            return moved(shots[0], -4 * n)
        if n < 37:
            return moved(shots[1], 3 * n)
        return field((30, 90, 200)) if n < 58 else moved(shots[2], -9 * (n - 58))

    found = figures(film(tmp_path / "cuts.mp4", cut, 80), "cuts", "consistency")
    cuts, over = found.get(Cuts), found.get(Consistency)
    assert cuts is not None
    assert over is not None
    assert [one.frame for one in cuts.cuts] == [12, 37, 58]
    assert [one.seconds for one in cuts.cuts] == pytest.approx([12 / 25, 37 / 25, 58 / 25], abs=1e-3)
    assert cuts.per_minute == pytest.approx(3 * 60 / 3.2, rel=0.01)
    assert over.flashes == 1


def test_the_weight_lies_where_the_bright_disc_lies(tmp_path: Path) -> None:
    import cv2

    def disc(_: int) -> Pixels:
        return cv2.circle(field((30, 30, 30)), (80, 60), 25, (240, 220, 60), -1).astype(np.uint8)

    found = figures(film(tmp_path / "disc.mp4", disc, 3), "composition").get(Composition)
    assert found is not None
    assert (found.mass_x, found.mass_y) == pytest.approx((0.25, 1 / 3), abs=0.02)
    assert found.balance_x < -0.1
    assert found.balance_y < -0.1
    assert found.thirds > 2
    assert found.symmetry < 0.5


def test_a_mirrored_picture_is_symmetric_and_stripes_have_their_way(tmp_path: Path) -> None:
    def stripes(_: int) -> Pixels:
        down = (np.sin(np.arange(SIZE[1]) / 4) * 80 + 120).astype(np.uint8)
        return np.repeat(np.repeat(down[:, None], SIZE[0], 1)[..., None], 3, 2)

    found = figures(film(tmp_path / "stripes.mp4", stripes, 3), "composition", "graphics")
    composed, graphics = found.get(Composition), found.get(Graphics)
    assert composed is not None
    assert graphics is not None
    assert composed.symmetry > 0.98
    assert graphics.gradient_direction == pytest.approx(90, abs=2)
    assert graphics.gradient_order > 0.9
    assert graphics.busyness > 0.9
    empty = figures(film(tmp_path / "empty.mp4", lambda _: field((90, 90, 90)), 3), "graphics").get(Graphics)
    assert empty is not None
    assert (empty.busyness, empty.edge_density) == (0, 0)
    assert empty.gradient_direction is None

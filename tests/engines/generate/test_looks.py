"""What looks, depth of field and shafts do to pixels."""

from __future__ import annotations

from itertools import combinations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from engines.generate.procedural.draw.focus import softened
from engines.generate.procedural.draw.texture import Texture
from engines.generate.procedural.draw.treat import faceted, flattened, glowing, inked, step_table, torn, washed
from engines.generate.procedural.draw.window import Window
from engines.generate.procedural.scene.looks import LOOKS
from engines.generate.procedural.spec import CameraPath, Subject
from tests.engines.generate.drawing import SIZE, colourfulness, difference, drawn, luma

ELEVEN = "cinematic anime cartoon minimal abstract noir watercolour low_poly paper neon film".split()
Bytes = NDArray[np.uint8]


def disc(level: int = 160, size: int = 80) -> Bytes:
    """A round shape in the middle of nothing."""
    data = np.zeros((size, size, 4), np.uint8)
    cv2.circle(data, (size // 2, size // 2), size // 3, (level, 120, 140, 255), -1)
    return data


def sharpness(plane: NDArray[np.float32]) -> float:
    return float(np.abs(cv2.Laplacian(plane, cv2.CV_32F)).mean())


def test_every_look_is_a_picture_of_its_own() -> None:
    frames = {
        look: drawn("meadow", look=look, camera=CameraPath("static")).frame(0, 1.0) for look in ["natural", *ELEVEN]
    }
    for a, b in combinations(frames, 2):
        assert difference(frames[a], frames[b]) > 0.8, (a, b)
    colours = {look: colourfulness(frame) for look, frame in frames.items()}
    assert colours["noir"] < 1.5
    assert colours["cartoon"] > colours["natural"] * 1.15
    assert colours["anime"] > colours["natural"] * 1.1
    assert colours["minimal"] < colours["natural"]
    assert float(luma(frames["neon"]).mean()) < float(luma(frames["natural"]).mean()) - 15
    dark = {look: float((luma(frame) < 60).mean()) for look, frame in frames.items()}
    assert dark["cartoon"] > dark["natural"] + 0.005, "ink"


def test_a_half_applied_look_lies_between() -> None:
    none, half, whole = (
        drawn("mountains", look="cartoon", look_amount=amount).frame(0, 1.0) for amount in (0.0, 0.5, 1.0)
    )
    assert 0 < difference(none, half) < difference(none, whole)


def test_steps_of_light_are_few_and_have_soft_borders() -> None:
    table = step_table(5)
    ramp = table[np.arange(16, 236)]
    assert (np.diff(ramp.astype(int)) >= 0).all()
    flat = [level for level in np.unique(ramp) if (ramp == level).sum() > 12]
    assert len(flat) in (5, 6)
    assert np.diff(ramp.astype(int)).max() < 12


def test_drawings_are_held_on_twos_while_the_camera_goes_on() -> None:
    assert LOOKS["anime"].hold == 12
    for look, camera, held in (("anime", "static", True), ("anime", "pan_left", False), ("paper", "pan_left", True)):
        scene = drawn("sea", look=look, camera=CameraPath(camera))
        a, b, c = (luma(scene.frame(i, i / 24)) for i in (12, 13, 15))
        assert np.array_equal(a, b) == held, (look, camera)
        assert not np.array_equal(b, c)


def test_ink_is_drawn_inside_the_outline_and_nowhere_else() -> None:
    plain, lined = disc(), inked(disc(), 1.0, 3.0, (0.0, 0.0, 0.0))
    assert np.array_equal(plain[..., 3], lined[..., 3])
    assert lined[40, 40, 0] == 160
    assert lined[40, 40 + 25, 0] < 90
    mist = np.full((60, 60, 4), (40, 60, 60, 120), np.uint8)
    assert np.abs(inked(mist, 1.0, 3.0, (0.0, 0.0, 0.0)).astype(int) - mist).max() <= 1


def test_flat_tones_keep_what_stands_out() -> None:
    data = disc()
    data[..., 0] = np.where(data[..., 3] > 0, 160 + np.random.default_rng(3).integers(-7, 8, data.shape[:2]), 0)
    data[39:42, 39:42, 0] = 235
    calm = flattened(data, 9)
    inner = (slice(28, 36), slice(28, 36), 0)
    assert calm[inner].std() < data[inner].std() / 2
    assert calm[40, 40, 0] > 225
    assert np.array_equal(calm[..., 3], data[..., 3])


def test_facets_are_of_one_tone_and_leave_the_outline() -> None:
    data = np.zeros((96, 96, 4), np.uint8)
    data[..., 0] = np.linspace(40, 220, 96)[None, :].astype(np.uint8)
    data[..., 1:3], data[..., 3] = 128, 255
    facets = faceted(data, 24, 5)
    assert (np.diff(facets[48, :, 0].astype(int)) == 0).mean() > 0.75
    assert np.array_equal(faceted(disc(), 12, 5)[..., 3], disc()[..., 3])
    assert np.array_equal(facets, faceted(data, 24, 5))


def test_torn_paper_has_a_white_rim_and_a_shadow() -> None:
    data = disc(60)
    sheet = torn(data, 3.0, 5.0, 0.0, 4)
    beyond = (data[..., 3] == 0) & (sheet[..., 3] > 0)
    assert beyond.sum() > 100
    assert int(sheet[..., 0][beyond].max()) > 190, "rim"
    assert (sheet[..., 0][beyond].astype(int) < 12).any(), "shadow"
    whole = np.full((20, 20, 4), 255, np.uint8)
    assert torn(whole, 3.0, 5.0, 0.0, 4) is whole


def test_neon_darkens_bodies_and_lights_their_outlines_and_washes_let_the_paper_through() -> None:
    lit = glowing(disc(), 1.0, 3.0, 2)
    assert lit[40, 40, 0] < 110 < lit[40, 65, 0]
    washed_disc = washed(disc(60), 1.0, 30, 7)
    assert washed_disc[40, 40, 0] > 70
    for made in (lit, washed_disc):
        assert (made[..., :3] <= made[..., 3:]).all(), "premultiplied it stays"


def test_neon_leaves_no_wide_area_light_or_gaudy() -> None:
    data = np.full((60, 80, 4), 255, np.uint8)
    data[..., :3] = (180, 90, 210)  # a bright pink sky
    y, u, v = (int(value) for value in glowing(data, 0.85, 2.0, 1)[30, 40, :3])
    assert y < 80
    assert np.hypot(u - 128, v - 128) < 0.6 * np.hypot(90 - 128, 210 - 128)


def test_textures_shade_or_dust_the_picture() -> None:
    plain = np.full((90, 160), 150, np.uint8)
    for name in ("paper", "canvas"):
        texture = Texture.of(name, 1.0, 160, 90, 3)
        assert texture is not None
        shaded = plain.copy()
        texture.lay(shaded, 0)
        assert 100 < shaded.mean() < 150
        assert shaded.std() > 1
    film = Texture.of("film", 1.0, 160, 90, 3)
    assert film is not None
    dusted = [plain.copy() for _ in range(12)]
    for number, luma_plane in enumerate(dusted):
        film.lay(luma_plane, number)
    touched = [int((one != 150).sum()) for one in dusted]
    assert any(touched)
    assert max(touched) < 600
    assert Texture.of("", 1.0, 160, 90, 3) is None


def test_depth_of_field_softens_what_is_out_of_focus() -> None:
    far, near = (slice(20, 70), slice(None)), (slice(118, 144), slice(None))

    def parts(amount: float, focus: float) -> tuple[float, float]:
        y = luma(drawn("meadow", depth_of_field=amount, focus=focus, life=0.0).frame(0, 1.0))
        return sharpness(y[far]), sharpness(y[near])

    sharp_far, sharp_near = parts(0.0, 0.5)
    far_in_focus, near_out = parts(2.0, 0.05)
    assert near_out < sharp_near * 0.75
    far_out, near_in_focus = parts(2.0, 0.95)
    assert near_in_focus > sharp_near * 0.8
    assert far_out < sharp_far * 0.9
    assert far_out < far_in_focus


def test_a_softened_picture_keeps_its_place_and_its_weight() -> None:
    data, window = disc(200, 61), Window(-0.5, -0.5, 61, 61, 61)
    for spread in (0.02, 0.09):
        soft, moved = softened(data, window, spread, False)
        assert soft.shape[:2] == (moved.height, moved.width)
        weights = [one[..., 3].astype(float) / w.scale**2 for one, w in ((data, window), (soft, moved))]
        assert weights[1].sum() == pytest.approx(weights[0].sum(), rel=0.03)
        for weight, w in zip(weights, (window, moved), strict=True):
            assert float((weight * w.xs()).sum() / weight.sum()) == pytest.approx(0.0, abs=0.004)


def test_shafts_lighten_bands_of_the_air_behind_what_is_near() -> None:
    fields = {"subjects": (Subject("person"),), "time": "morning", "life": 0.0}
    plain, lit = (luma(drawn("mountains", SIZE, shafts=amount, **fields).frame(0, 1.0)) for amount in (0.0, 1.5))
    more = lit - plain
    assert more.mean() > 0.5
    assert more.max() > 6
    assert cv2.GaussianBlur(more[20:90], (0, 0), 4).std() > 0.8, "bands, not a veil"

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from effects.colour import rgb_of, yuv_of
from effects.cube import LutError
from effects.video.lut import Lut
from timeline.time import ZERO


def cube(path: Path, grade, side: int = 17, head: str = "") -> str:
    steps = np.linspace(0, 1, side)
    blue, green, red = np.meshgrid(steps, steps, steps, indexing="ij")
    colours = grade(np.stack([red, green, blue], -1)).reshape(-1, 3)
    lines = "\n".join(" ".join(f"{one:.6f}" for one in colour) for colour in colours)
    path.write_text(f'# made by a test\nTITLE "t"\n{head}LUT_3D_SIZE {side}\n{lines}\n')
    return str(path)


def picture() -> np.ndarray:
    ramp = np.linspace(20, 235, 96)
    return (
        np.rint(np.dstack(np.broadcast_arrays(ramp[None], ramp[::-1][None], 128 + 0 * ramp[None])))
        .astype(np.uint8)
        .repeat(8, 0)
    )


def test_no_file_gives_the_frame_itself(noise):
    frame = noise()
    assert Lut().render(frame, ZERO) is frame


def test_a_table_that_changes_nothing_changes_nothing(tmp_path):
    frame = yuv_of(picture())
    seen = Lut(file=cube(tmp_path / "same.cube", lambda rgb: rgb)).render(frame, ZERO)
    assert max(int(np.abs(a.astype(int) - b).max()) for a, b in zip(seen.planes, frame.planes, strict=True)) <= 1


def test_colours_follow_the_table_between_its_entries(tmp_path):
    def grade(rgb: np.ndarray) -> np.ndarray:
        return rgb * (0.8, 0.9, 0.7) + (0.1, 0.05, 0.0)

    seen = rgb_of(Lut(file=cube(tmp_path / "warm.cube", grade)).render(yuv_of(picture()), ZERO))
    assert np.abs(seen - grade(picture() / 255) * 255).mean() < 1.5


def test_a_curve_of_one_dimension_is_read_too(tmp_path):
    path = tmp_path / "curve.cube"
    path.write_text("LUT_1D_SIZE 2\n1 1 1\n0 0 0\n")
    seen = rgb_of(Lut(file=str(path)).render(yuv_of(picture()), ZERO))
    assert np.abs(seen.astype(int) - (255 - picture().astype(int))).mean() < 2


def test_a_domain_moves_the_ends(tmp_path, plain):
    path = cube(tmp_path / "half.cube", lambda rgb: rgb, head="DOMAIN_MIN 0 0 0\nDOMAIN_MAX 0.5 0.5 0.5\n")
    assert abs(int(rgb_of(Lut(file=path).render(plain(colour=(60, 60, 60)), ZERO))[2, 2, 0]) - 120) <= 2


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("hello", "how large"),
        ("LUT_3D_SIZE 2\n0 0 0\n", "should have 8 colours and has 1"),
        ("LUT_3D_SIZE 5000\n", "from 2 to 129"),
        ("LUT_3D_SIZE two\n", "cannot be read"),
        ("LUT_3D_SIZE 2\n" + "0 0 x\n" * 8, "cannot be read"),
        ("LUT_1D_SIZE 2\n1e99 0 0\n0 0 0\n", "cannot be used"),
        ("\x00\xff\x10", "how large"),
    ],
)
def test_a_bad_file_is_refused_in_a_sentence(tmp_path, noise, text, words):
    path = tmp_path / "bad.cube"
    path.write_text(text)
    with pytest.raises(LutError) as refused:
        Lut(file=str(path)).render(noise(), ZERO)
    assert words in refused.value.message
    assert "bad.cube" in refused.value.message


def test_a_file_that_is_gone_is_named(noise):
    with pytest.raises(LutError, match=r"gone\.cube"):
        Lut(file="/nowhere/gone.cube").render(noise(), ZERO)


def test_a_newer_version_of_the_file_is_read(tmp_path, plain):
    path = tmp_path / "one.cube"
    frame = plain(colour=(100, 100, 100))
    before = Lut(file=cube(path, lambda rgb: rgb)).render(frame, ZERO)
    after = Lut(file=cube(path, lambda rgb: rgb * 0.5, side=9)).render(frame, ZERO)
    assert after.planes[0][0, 0] < before.planes[0][0, 0] - 20

from __future__ import annotations

import numpy as np

from effects.colour import yuv_of
from effects.frame import Frame
from effects.video.denoise import Denoise
from timeline.time import ZERO


def scene() -> tuple[Frame, Frame]:
    """An edge, clean and with noise of 8 levels."""
    rgb = np.full((120, 160, 3), 80, np.uint8)
    rgb[:, 80:] = 180
    clean = yuv_of(rgb)
    noise = np.random.default_rng(4)
    planes = (np.clip(p + noise.normal(0, 8, p.shape), 16, 235).round().astype(np.uint8) for p in clean.planes)
    return clean, Frame(tuple(planes))


def psnr(one: np.ndarray, other: np.ndarray) -> float:
    return float(10 * np.log10(255**2 / np.mean((one.astype(float) - other) ** 2)))


def test_noise_falls_by_more_than_3_db_and_the_edge_stays():
    clean, noisy = scene()
    seen = Denoise(strength=1).render(noisy, ZERO)
    for index in range(3):
        assert psnr(seen.planes[index], clean.planes[index]) > psnr(noisy.planes[index], clean.planes[index]) + 3
    step = seen.planes[0][:, 80].mean() - seen.planes[0][:, 79].mean()
    assert step > 0.9 * (float(clean.planes[0][0, 80]) - clean.planes[0][0, 79])


def test_colour_can_be_left_alone():
    _, noisy = scene()
    assert np.array_equal(Denoise(colour=0).render(noisy, ZERO).planes[1], noisy.planes[1])

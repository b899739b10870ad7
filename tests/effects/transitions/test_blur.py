from __future__ import annotations

import numpy as np

from effects.planes import blurred
from effects.transitions.blur import Blur


def test_detail_is_gone_in_the_middle(noise):
    left, right = noise(128, 72, 1), noise(128, 72, 2)
    seen = Blur().render(left, right, 0.5).planes[0]
    assert seen.std() < left.planes[0].std() / 8
    assert abs(seen.mean() - (left.planes[0].mean() + right.planes[0].mean()) / 2) < 1.5


def test_no_amount_is_a_mix_without_blur(noise):
    left, right = noise(seed=1), noise(seed=2)
    seen = Blur(amount=0).render(left, right, 0.5)
    assert np.abs(seen.planes[0] - (left.planes[0] * 0.5 + right.planes[0] * 0.5)).max() <= 0.5


def test_a_wide_blur_on_a_smaller_picture_equals_the_plain_one(noise):
    import cv2

    frame = noise(256, 256)
    wanted = cv2.GaussianBlur(frame.planes[0].astype(np.float32), (0, 0), 12, borderType=cv2.BORDER_REPLICATE)
    assert np.abs(blurred(frame, 12).planes[0] - wanted)[32:-32, 32:-32].max() <= 2

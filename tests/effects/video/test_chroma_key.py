from __future__ import annotations

import numpy as np
import pytest

from effects.colour import rgb_of, yuv_of
from effects.video.chroma_key import ChromaKey
from timeline.time import ZERO

GREEN, SKIN = (0, 177, 64), (220, 170, 140)


def screen():
    rgb = np.full((60, 80, 3), GREEN, np.uint8)
    rgb[20:40, 30:50] = SKIN
    return yuv_of(rgb)


def test_no_tolerance_gives_the_frame_itself(noise):
    frame = noise()
    assert ChromaKey(tolerance=0).render(frame, ZERO) is frame


def test_the_screen_goes_and_the_subject_stays():
    seen = ChromaKey().render(screen(), ZERO)
    assert seen.alpha[5, 5] == 0
    assert seen.alpha[30, 40] == 255
    assert np.abs(rgb_of(seen)[30, 40].astype(int) - SKIN).max() <= 3


@pytest.mark.parametrize("share", [0.6, 1.2])
def test_a_shaded_or_brighter_screen_goes_too(plain, share):
    colour = tuple(min(int(level * share), 255) for level in GREEN)
    assert ChromaKey().render(plain(colour=colour), ZERO).alpha.max() < 20


@pytest.mark.parametrize("colour", [(128, 128, 128), (255, 255, 255), (0, 0, 0), (200, 40, 40), (40, 60, 200)])
def test_greys_and_other_colours_stay(plain, colour):
    assert ChromaKey().render(plain(colour=colour), ZERO).alpha.min() == 255


def test_the_shine_of_the_screen_is_taken_off(plain):
    greenish = (150, 200, 150)
    seen = rgb_of(ChromaKey(spill=1).render(plain(colour=greenish), ZERO))[4, 4].astype(int)
    assert seen[1] - seen[0] < 25
    kept = rgb_of(ChromaKey(spill=0).render(plain(colour=greenish), ZERO))[4, 4].astype(int)
    assert kept[1] - kept[0] > 45


def test_shrinking_takes_a_rim_off():
    whole, less = (int((ChromaKey(shrink=px).render(screen(), ZERO).alpha > 128).sum()) for px in (0, 3))
    assert 14 * 14 * 0.8 < less < whole


def test_a_grey_screen_keys_nothing(noise):
    frame = noise()
    assert ChromaKey(colour="#808080").render(frame, ZERO) is frame

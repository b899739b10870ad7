"""Each look moves what it says, and goes there evenly."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from numpy.typing import NDArray

from effects.frame import Frame, plain
from engines.evolve.grading import LOOKS, ColorStyle
from engines.evolve.source import FramesClip
from tests.engines.evolve.footage import camera_clip
from tests.engines.evolve.looking import film_of, source_of

SOURCE = source_of(camera_clip(noise=0, shake=0, seconds=0.2, sound=False))


def seen(style: str, strength: float = 1.0) -> Frame:
    return film_of("evolve.color_grade", [SOURCE], {"color_style": style, "strength": strength}).frame(2)


def chroma(frame: Frame) -> float:
    u, v = (plane.astype(float) - 128 for plane in frame.planes[1:])
    return float(np.hypot(u, v).mean())


def warmth(frame: Frame) -> float:
    return float(frame.planes[2].astype(float).mean() - frame.planes[1].astype(float).mean())


def levels(frame: Frame) -> NDArray[np.float64]:
    return np.percentile(frame.planes[0], (1, 50, 99))


GIVEN = SOURCE.frame(2)


def test_noir_has_no_colour_at_all_and_more_contrast() -> None:
    noir = seen("noir")
    assert chroma(noir) == 0
    assert np.ptp(np.percentile(noir.planes[0], (10, 90))) > np.ptp(np.percentile(GIVEN.planes[0], (10, 90)))


def test_vintage_is_warmer_fainter_and_its_blacks_are_lifted() -> None:
    vintage = seen("vintage")
    assert warmth(vintage) > warmth(GIVEN) + 6
    assert chroma(vintage) < 0.85 * chroma(GIVEN)
    assert levels(vintage)[0] > levels(GIVEN)[0] + 2
    assert levels(vintage)[2] < levels(GIVEN)[2]


def test_vibrant_has_more_colour_and_keeps_its_hues() -> None:
    vibrant = seen("vibrant")
    assert chroma(vibrant) > 1.2 * chroma(GIVEN)
    angles = [np.arctan2(*(f.planes[n].astype(float).mean() - 128 for n in (2, 1))) for f in (vibrant, GIVEN)]
    assert abs(angles[0] - angles[1]) < 0.2


def test_moody_is_darker_cooler_and_fainter() -> None:
    moody = seen("moody")
    assert levels(moody)[1] < levels(GIVEN)[1] - 15
    grey = FramesClip([plain(64, 36, (120, 128, 128))], Fraction(24))
    assert warmth(film_of("evolve.color_grade", [grey], {"color_style": "moody"}).frame(0)) < -3
    assert chroma(moody) < 0.8 * chroma(GIVEN)


def test_cinematic_has_cool_shadows_and_warm_lights() -> None:
    made = seen("cinematic")
    small = GIVEN.planes[0][::2, ::2]
    shift = made.planes[2].astype(float) - made.planes[1] - (GIVEN.planes[2].astype(float) - GIVEN.planes[1])
    assert shift[small > 170].mean() > shift[small < 80].mean() + 4
    assert made.planes[0].std() > GIVEN.planes[0].std()


@pytest.mark.parametrize("style", list(ColorStyle))
def test_a_look_goes_from_nothing_to_all_evenly(style: ColorStyle) -> None:
    distances = [np.abs(seen(style, s).planes[0].astype(int) - GIVEN.planes[0]).mean() for s in (0.02, 0.3, 0.6, 1)]
    assert distances == sorted(distances)
    assert distances[0] < 1
    assert distances[1] == pytest.approx(0.3 * distances[3], rel=0.25)
    assert LOOKS[style]

"""What changed, in words and figures."""

from __future__ import annotations

import pytest

from engines.evolve.told import exposure, percent, signed, white_balance


def test_figures_have_their_sign_and_unit() -> None:
    assert signed(-1.42) == "−1.4"
    assert signed(0.26) == "+0.3"
    assert signed(0.01) == "0.0"
    assert exposure(-1.4) == ("Exposure", "−1.4 EV in mid tones")
    assert exposure(0.0) == ("Exposure", "unchanged")
    assert percent(0.484) == "48 %"


def test_a_bluer_picture_is_a_lower_setting_of_the_camera() -> None:
    settings = [white_balance((1.0, 1.0, 2.0**stops))[1] for stops in (0.8, 0.4, -0.4)]
    kelvin = [int(words.split(" to ")[1].replace(" ", "").removesuffix("K")) for words in settings]
    assert kelvin == sorted(kelvin)
    assert kelvin[0] == pytest.approx(4100, abs=200)
    assert white_balance((1.0, 1.0, 1.0)) == ("White balance", "unchanged")

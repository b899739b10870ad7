"""What is wrong with a film is told with its reason; what is meant to be so is not wrong."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from effects.palettes import PALETTES
from engines.analyse import analyse
from engines.analyse.quality import Quality, Wanted, judge
from engines.media.inspection import probe_here
from tests.engines.analyse.clips import Pixels, field, film, moved, sine, texture

pytestmark = pytest.mark.media

WIDE = texture((700, 500))


def judged(path: Path, wanted: Wanted | None = None) -> Quality:
    return judge(analyse(probe_here(path)), wanted)


def kinds(quality: Quality) -> list[str]:
    return [one.kind for one in quality.reasons]


def test_a_sound_film_has_no_fault(tmp_path: Path) -> None:
    path = film(tmp_path / "good.mp4", lambda n: moved(WIDE, -2 * n), 20, sound=sine(440, 0.8))
    found = judged(path, Wanted(motion=True, sound=True))
    assert found.good
    assert found.sentence == "No fault was found."


def test_flicker_is_told_but_not_of_lightning(tmp_path: Path) -> None:
    def lit(n: int) -> Pixels:
        return np.clip(moved(WIDE, 0).astype(int) + (8 if n % 2 else 0), 0, 255).astype(np.uint8)

    path = film(tmp_path / "flicker.mp4", lit, 20)
    assert kinds(judged(path)) == ["flicker"]
    assert "flickers" in judged(path).sentence
    assert judged(path, Wanted(flashes=True)).good


def test_an_empty_a_black_and_a_blown_out_picture_are_told(tmp_path: Path) -> None:
    assert kinds(judged(film(tmp_path / "empty.mp4", lambda _: field((90, 120, 140)), 4))) == ["empty"]
    assert judged(film(tmp_path / "black.mp4", lambda _: field((0, 0, 0)), 4)).sentence == "The picture is black."

    def glaring(_: int) -> Pixels:
        picture = moved(WIDE, 0).copy()
        picture[:, :200] = 255
        return picture

    assert kinds(judged(film(tmp_path / "white.mp4", glaring, 4))) == ["clipped"]


def test_a_still_picture_is_wrong_only_where_motion_was_asked_for(tmp_path: Path) -> None:
    path = film(tmp_path / "still.mp4", lambda _: moved(WIDE, 0), 12)
    assert judged(path).good
    assert kinds(judged(path, Wanted(motion=True))) == ["static"]


def test_other_colours_than_those_of_the_palette_are_told(tmp_path: Path) -> None:
    def red(n: int) -> Pixels:
        return np.clip(moved(WIDE, n).astype(int) * (1.4, 0.3, 0.1), 0, 255).astype(np.uint8)

    path = film(tmp_path / "red.mp4", red, 6)
    assert kinds(judged(path, Wanted(palettes={"ocean": PALETTES["ocean"]}))) == ["off-palette"]
    assert judged(path, Wanted(palettes={"ocean": PALETTES["ocean"], "fire": PALETTES["fire"]})).good


def test_silence_is_wrong_only_where_sound_was_asked_for(tmp_path: Path) -> None:
    silent = film(tmp_path / "mute.mp4", lambda n: moved(WIDE, n), 12, sound=np.zeros((24000, 2), np.float32))
    assert judged(silent).good
    assert kinds(judged(silent, Wanted(sound=True))) == ["silent"]
    without = film(tmp_path / "none.mp4", lambda n: moved(WIDE, n), 6)
    assert kinds(judged(without, Wanted(sound=True))) == ["silent"]

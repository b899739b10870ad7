"""The way through a clip: what is looked at, what is told of it, what bad files do."""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from engines.analyse import Analysis, analyse
from engines.analyse import analyser as subject
from engines.analyse.analysis import from_plain
from engines.analyse.measures.cuts import Cuts
from engines.analyse.measures.motion import Motion
from engines.analyse.measures.sound import Sound
from engines.analyse.registry import measures
from engines.analyse.store import analysed, analysis_path, stored
from engines.errors import MediaError
from engines.media.inspection import probe_here
from tests.engines.analyse.clips import field, film, moved, sine, texture
from tests.engines.media.footage import make_sound
from timeline.errors import Cancelled

pytestmark = pytest.mark.media

WIDE = texture((700, 500))


class Watched:
    def __init__(self, stop_after: int = 10**9) -> None:
        self.fractions: list[float] = []
        self.left = stop_after

    def check(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise Cancelled

    def progress(self, fraction: float, note: str = "") -> None:
        self.fractions.append(fraction)


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("clip") / "clip.mp4"
    return film(path, lambda n: moved(WIDE, -2.0 * n), 30, sound=sine(440, 1.2))


@pytest.fixture(scope="module")
def found(clip: Path) -> Analysis:
    return analyse(probe_here(clip))


def test_every_measure_tells_something_of_a_film_with_sound(found: Analysis) -> None:
    assert set(found.figures) == set(measures().classes)
    assert (found.looked_at, found.whole, found.notes) == (30, True, ())
    assert (found.width, found.height, found.rate) == (320, 180, 25)


def test_each_figure_describes_itself() -> None:
    for kind in measures().classes.values():
        assert kind.label
        assert kind.__doc__
        for name, field_ in kind.figures.model_fields.items():
            assert field_.description, f"{kind.__name__}.{name}"
            assert field_.description.endswith("."), f"{kind.__name__}.{name}"


def test_an_analysis_comes_back_from_its_plain_form(found: Analysis) -> None:
    assert from_plain(json.loads(json.dumps(found.as_plain()))) == found
    with pytest.raises(MediaError):
        from_plain({**found.as_plain(), "version": -1})
    with pytest.raises(MediaError):
        from_plain(["nothing"])


def test_the_same_clip_gives_the_same_figures(clip: Path, found: Analysis) -> None:
    assert analyse(probe_here(clip)).figures == found.figures


def test_progress_goes_up_to_the_end_and_a_stop_is_heard_between_two_pictures(clip: Path) -> None:
    watched = Watched()
    analyse(probe_here(clip), watched)
    assert watched.fractions == sorted(watched.fractions)
    assert watched.fractions[-1] == 1
    with pytest.raises(Cancelled):
        analyse(probe_here(clip), Watched(stop_after=5))


def test_figures_are_kept_by_content_and_read_again(
    clip: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    media = probe_here(clip)
    assert stored(media, tmp_path) is None
    made = analysed(media, tmp_path)
    monkeypatch.setattr("engines.analyse.store.analyse", lambda *_: pytest.fail("it is known"))
    moved_away = replace(media, path="/elsewhere/clip.mp4", name="Harbour")
    assert analysed(moved_away, tmp_path) == replace(made, name="Harbour")
    analysis_path(media, tmp_path).write_text('{"version": 3, "half')
    assert stored(media, tmp_path) is None, "half a file is none"


def test_only_what_was_asked_for_is_measured(clip: Path) -> None:
    found = analyse(probe_here(clip), measures=["cuts"])
    assert set(found.figures) == {"cuts"}
    assert found.notes == ()


def test_a_sound_alone_and_a_picture_alone_tell_what_can_be_told(tmp_path: Path) -> None:
    sound = analyse(probe_here(make_sound(tmp_path / "tone.wav", "pcm_s16le", sine(300, 1.5))))
    assert set(sound.figures) == {"sound"}
    assert sound.notes == ("It has no picture.",)
    silent = analyse(probe_here(film(tmp_path / "one.mp4", lambda _: field((200, 90, 30)), 1)))
    assert silent.get(Motion) is None
    assert silent.get(Sound) is None
    assert silent.get(Cuts) is not None
    assert "It has one picture only: nothing can be said about motion." in silent.notes


def test_a_still_is_measured_as_one_picture(tmp_path: Path) -> None:
    import cv2

    path = tmp_path / "still.png"
    cv2.imwrite(str(path), field((20, 120, 220)))
    found = analyse(probe_here(path))
    assert found.seconds is None
    assert {"colour", "graphics", "composition"} <= set(found.figures)


def test_a_cut_off_film_tells_what_is_there_and_a_vanished_one_a_sentence(clip: Path, tmp_path: Path) -> None:
    media = probe_here(clip)
    gone = replace(media, path=str(tmp_path / "gone.mp4"))
    with pytest.raises(MediaError) as caught:
        analyse(gone)
    assert caught.value.message.endswith(".")
    whole = film(tmp_path / "long.ts", lambda n: moved(WIDE, -2.0 * n), 60)
    described = probe_here(whole)
    whole.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    half = analyse(described)
    assert half.get(Motion) is not None
    (tmp_path / "noise.mp4").write_bytes(np.random.default_rng(1).bytes(5000))
    with pytest.raises(MediaError):
        analyse(replace(media, path=str(tmp_path / "noise.mp4")))


def test_of_a_long_film_stretches_are_looked_at_from_the_first_to_the_last(
    clip: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stretches = subject.stretches_of(Fraction(3600), Fraction(25), whole=False)
    assert len(stretches) == subject.STRETCHES
    assert stretches[0][0] == 0
    assert stretches[-1][1] == pytest.approx(3600, abs=0.05)
    assert all(a[1] <= b[0] for a, b in pairwise(stretches))
    monkeypatch.setattr(subject, "LONGEST_WHOLE", 0.5)
    monkeypatch.setattr(subject, "STRETCHES", 3)
    monkeypatch.setattr(subject, "STRETCH_SECONDS", 0.1875)
    found = analyse(probe_here(clip))
    assert not found.whole
    assert found.looked_at == 15
    assert found.pictures == 30
    motion, cuts = found.get(Motion), found.get(Cuts)
    assert motion is not None
    assert motion.camera_x == pytest.approx(-2 * 25 / 320, rel=0.03)
    assert cuts is not None
    assert not cuts.exact


@pytest.mark.parametrize("size", [(16, 16), (2, 64), (640, 32)])
def test_odd_shapes_are_measured_too(tmp_path: Path, size: tuple[int, int]) -> None:
    found = analyse(probe_here(film(tmp_path / "odd.mp4", lambda n: texture(size, n), 5)))
    assert {"colour", "graphics", "composition", "consistency"} <= set(found.figures)

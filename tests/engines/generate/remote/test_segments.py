"""Films longer than a model makes: joined parts, none paid for twice, no picture shown twice."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engines.generate.base import GenerationRequest
from engines.generate.providers.runway import Runway
from engines.generate.remote.faults import ProviderError
from engines.generate.remote.models import shipped
from engines.generate.remote.provider import Access, Alone
from engines.generate.remote.running import Clock, Diary, Forgetful
from engines.generate.remote.segments import joined, parts_of, run_parts
from engines.media.probe import probe
from tests.fakes.providers import FakeProviders
from timeline.time import RationalTime

GEN = shipped().models["runway/gen4.5"]


@given(st.floats(0.5, 110))
def test_parts_are_as_long_together_as_was_asked_and_each_can_be_made(seconds: float) -> None:
    parts = parts_of(seconds, GEN)
    seams = (len(parts) - 1) / GEN.rate
    assert sum(one.asked for one in parts) - seams >= seconds - 1e-4, "joined they are as long as was asked"
    assert all(one.asked - 0.015 <= one.made <= 10 for one in parts)
    assert sum(one.made for one in parts) - seams > seconds - 1 / 60


def test_a_model_of_few_lengths_makes_full_parts_and_a_short_one_where_that_is_less() -> None:
    few = GEN.model_copy(update={"seconds": (5.0, 10.0), "seconds_step": 0})
    assert [one.made for one in parts_of(12.0, few)] == [10, 5]
    assert [one.made for one in parts_of(9.5, few)] == [10]
    assert [one.made for one in parts_of(12.0, GEN)] == [10, 3], "equal ones would be 7 and 7"
    assert [one.made for one in parts_of(13.5, GEN)] == [7, 7]


def test_what_would_be_too_many_parts_is_refused() -> None:
    with pytest.raises(ProviderError, match="10 seconds at most"):
        parts_of(500, GEN)


def test_a_film_in_parts_is_made_once_each_and_joined_without_a_doubled_picture(tmp_path: Path) -> None:
    now = [0.0]
    clock = Clock(lambda: now[0], lambda seconds: now.__setitem__(0, now[0] + seconds))
    with FakeProviders() as fakes:
        engine = Runway()
        engine.access = Access(key=lambda _: "good-key", bases={"runway": fakes.base("runway")})
        request = GenerationRequest(prompt="a train #quick", duration=RationalTime(13), model="gen4.5")
        parts = parts_of(13.0, GEN)
        diaries: list[Diary] = [Forgetful(), Forgetful()]
        films = run_parts(engine, request, parts, tmp_path, Alone(), diaries.__getitem__, clock)
        assert len(films) == fakes.ledger.count() == 2
        run_parts(engine, request, parts, tmp_path, Alone(), diaries.__getitem__, clock)
        assert fakes.ledger.count() == 2
        first, second = fakes.ledger.jobs.values()
    film = probe(joined(films, tmp_path / "whole.mp4", Alone()))
    assert film.duration == RationalTime.from_frames(7 * 24 * 2 - 1, film.rate or 24)
    assert (first.seconds, second.seconds) == (7, 7)


def test_ten_seconds_of_video_are_no_eleven() -> None:
    assert [GEN.lengths_about(one) for one in (4.004, 10.01, 4.0167, 5.0)] == [4, 10, 5, 5]
    assert GEN.lengths_about(10.02) is None


def test_a_model_that_begins_with_a_picture_says_so_before_anything_is_sent(tmp_path: Path) -> None:
    engine = Runway()
    engine.access = Access(key=lambda _: "good-key")
    request = GenerationRequest(prompt="a train", duration=RationalTime(5), model="gen4_turbo")
    with pytest.raises(ProviderError, match="begins with a picture"):
        engine.estimate(request)
    (tmp_path / "a.png").write_bytes(b"a picture")
    assert engine.estimate(request.model_copy(update={"image_reference": str(tmp_path / "a.png")})).cost > 0

"""From a request to a film through a provider: started once, waited for, fetched, and never paid for twice."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from engines.generate.base import GenerationRequest
from engines.generate.providers.runway import Runway
from engines.generate.remote.faults import Fault, ProviderError
from engines.generate.remote.models import shipped
from engines.generate.remote.provider import Access
from engines.generate.remote.running import Clock, Forgetful, run
from engines.generate.remote.states import Handle
from engines.generate.remote.verify import verify
from engines.media.probe import probe
from tests.fakes.providers import FakeProviders
from tests.fakes.providers.films import film
from timeline.errors import Cancelled
from timeline.time import RationalTime


class Told:
    """A job that remembers what it was told, and stops when asked to."""

    def __init__(self, stop_at: str = "") -> None:
        self.notes: list[str] = []
        self._stop_at, self._stop = stop_at, False

    def check(self) -> None:
        if self._stop:
            raise Cancelled

    def progress(self, fraction: float, note: str = "") -> None:
        self.notes.append(note)
        self._stop = self._stop or bool(self._stop_at and self._stop_at in note)


def instant() -> Clock:
    """A clock that sleeps by moving on."""
    now = [1_000_000.0]
    return Clock(lambda: now[0], lambda seconds: now.__setitem__(0, now[0] + seconds))


def engine(fakes: FakeProviders, key: str = "good-key") -> Runway:
    made = Runway()
    made.access = Access(key=lambda _: key, bases={"runway": fakes.base("runway")})
    return made


def request(prompt: str = "a lighthouse at night", **more: Any) -> GenerationRequest:
    return GenerationRequest(prompt=prompt, duration=RationalTime(2), **more)


def made(fakes: FakeProviders, folder: Path, prompt: str, diary: Forgetful | None = None, **more: Any) -> Path:
    target = folder / "take.mp4"
    run(engine(fakes), request(prompt, **more), target, Told(), diary or Forgetful(), instant())
    return target


def test_a_film_arrives_whole_and_its_cost_is_the_providers(fakes: FakeProviders, tmp_path: Path) -> None:
    diary = Forgetful()
    film = made(fakes, tmp_path, "a lighthouse at night", diary)
    assert probe(film).duration == RationalTime(2)
    assert diary.cost == fakes.ledger.billed() == Decimal("0.24")
    assert [path.name for path in tmp_path.iterdir()] == ["take.mp4"]


@pytest.mark.parametrize("faults", ["#busyx2", "#downx2", "#busy-date", "#busy-plain #down"])
def test_what_was_refused_for_certain_is_sent_again_and_billed_once(
    fakes: FakeProviders, tmp_path: Path, faults: str
) -> None:
    assert made(fakes, tmp_path, f"a lake {faults}").exists()
    assert fakes.ledger.count() == 1


@pytest.mark.parametrize(
    "faults", ["#poll-downx3", "#poll-html", "#poll-cutx2", "#poll-busy", "#odd-word", "#breaksx2", "#expires",
               "#file-downx2", "#no-length", "#slow"]
)  # fmt: skip
def test_trouble_on_the_way_loses_nothing(fakes: FakeProviders, tmp_path: Path, faults: str) -> None:
    assert probe(made(fakes, tmp_path, f"a lake {faults} #quick")).duration == RationalTime(2)
    assert fakes.ledger.count() == 1


@pytest.mark.parametrize("faults", ["#cut", "#garbled"])
def test_an_answer_that_got_lost_is_never_sent_again(fakes: FakeProviders, tmp_path: Path, faults: str) -> None:
    diary = Forgetful()
    with pytest.raises(ProviderError) as caught:
        made(fakes, tmp_path, f"a lake {faults}", diary)
    assert caught.value.fault is Fault.OUTCOME_UNKNOWN
    assert fakes.ledger.count() == 1
    with pytest.raises(ProviderError) as again:  # the program begins anew, and knows that it was sent
        made(fakes, tmp_path, f"a lake {faults}", diary)
    assert again.value.fault is Fault.OUTCOME_UNKNOWN
    assert fakes.ledger.count() == 1
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("faults", "fault"),
    [("#fail-moderation", Fault.MODERATED), ("#late-moderation #quick", Fault.MODERATED), ("#fails", Fault.FAILED),
     ("#no-credits", Fault.CREDITS), ("#empty", Fault.BAD_RESULT), ("#no-film", Fault.BAD_RESULT), ("#gone", Fault.LOST)],
)  # fmt: skip
def test_a_failure_has_its_kind_and_leaves_no_file(
    fakes: FakeProviders, tmp_path: Path, faults: str, fault: Fault
) -> None:
    with pytest.raises(ProviderError) as caught:
        made(fakes, tmp_path, f"a lake {faults}")
    assert caught.value.fault is fault
    assert "good-key" not in caught.value.message + str(caught.value.detail)
    assert not list(tmp_path.iterdir())


def test_a_job_of_another_process_is_gone_on_with(fakes: FakeProviders, tmp_path: Path) -> None:
    diary = Forgetful()
    one, stopped = engine(fakes), Told("Running")
    one.cancel = lambda *_: None  # type: ignore[method-assign, assignment, return-value]
    with pytest.raises(Cancelled):  # as a window that is closed: it does not ask the provider to stop
        run(one, request(), tmp_path / "take.mp4", stopped, diary, instant())
    assert isinstance(diary.handle, Handle)
    assert made(fakes, tmp_path, "a lighthouse at night", diary).exists()
    assert fakes.ledger.count() == 1


def test_cancelling_tells_the_provider(fakes: FakeProviders, tmp_path: Path) -> None:
    with pytest.raises(Cancelled):
        run(engine(fakes), request(), tmp_path / "take.mp4", Told("Waiting"), Forgetful(), instant())
    assert [job.cancelled for job in fakes.ledger.jobs.values()] == [True]
    assert fakes.ledger.billed() == 0


def test_a_wrong_key_and_a_retired_model_say_so(fakes: FakeProviders, tmp_path: Path) -> None:
    with pytest.raises(ProviderError, match="does not accept the key") as caught:
        run(engine(fakes, "bad-key-123"), request(), tmp_path / "take.mp4", Told(), Forgetful(), instant())
    assert "bad-key-123" not in str(caught.value) + str(caught.value.detail)
    with pytest.raises(ProviderError, match=r"retired on 30 July 2026. Use gen4_turbo"):
        made(fakes, tmp_path, "x", model="gen3a_turbo")


def test_a_length_that_is_too_long_is_refused_and_not_cut(fakes: FakeProviders, tmp_path: Path) -> None:
    long = GenerationRequest(prompt="a lake", duration=RationalTime(30))
    with pytest.raises(ProviderError, match="10 seconds at most; 30 were asked for"):
        run(engine(fakes), long, tmp_path / "take.mp4", Told(), Forgetful(), instant())
    assert fakes.ledger.count() == 0


def test_a_film_with_fewer_lines_than_were_asked_for_says_so(tmp_path: Path) -> None:
    path = tmp_path / "film.mp4"
    path.write_bytes(film((320, 180), 2.0, "a"))
    models = {one.id: one for one in shipped().of("luma")}
    asked = request(width=1920, height=1080)
    assert verify(path, asked, models["ray-3.2"])["differs"][-1] == "It is 320 × 180; 1080 lines were asked for."
    most_there_are = models["ray-3.2"].model_copy(update={"resolutions": ("180p",)})
    assert "lines" not in " ".join(verify(path, asked, most_there_are)["differs"])
    gen4 = next(one for one in shipped().of("runway") if one.id == "gen4.5")
    assert verify(path, asked, gen4)["differs"][-1] == "It is 320 × 180; 720 lines were asked for."
    assert "lines" not in " ".join(verify(path, request(width=320, height=180), gen4)["differs"])

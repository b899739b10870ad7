"""Paid work is sent once, whatever comes back: errors after it was taken, answers of another shape, redirects, long waits."""

import re
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from engines.errors import EngineError
from engines.generate.registry import engine, engines
from engines.generate.remote.faults import Fault, ProviderError
from engines.generate.remote.provider import Access, RemoteEngine
from engines.generate.remote.running import Forgetful, run
from engines.generate.remote.states import Output
from tests.engines.generate.remote.test_providers import (
    REMOTE,
    SERVICES,
    WITH_FILMS,
    Told,
    first_of,
    instant,
    pictures,
    reached,
    request_for,
)
from tests.fakes.providers import FakeProviders

__all__ = ["pictures"]
pytestmark = pytest.mark.media
LISTS = [name for name in REMOTE if engines().classes[name].can_list]  # type: ignore[attr-defined]
AT_ONCE = [name for name in REMOTE if name not in WITH_FILMS]


def ended(
    name: str, fakes: FakeProviders, pictures: dict[str, str], target: Path, words: str, diary: Forgetful | None = None
) -> ProviderError | None:
    """How it failed; None: it did not."""
    asked = request_for(first_of(name), pictures, words)
    try:
        run(reached(fakes, name), asked, target, Told(), diary or Forgetful(), instant())
    except ProviderError as error:
        return error
    return None


@pytest.mark.parametrize("name", REMOTE)
@pytest.mark.parametrize("faults", ["#oops", "#proxy", "#see-other", "#no-id", "#null-id", "#list-answer"])
def test_an_answer_that_leaves_doubt_is_never_followed_by_another_sending(
    name: str, faults: str, fakes: FakeProviders, pictures: dict[str, str], tmp_path: Path
) -> None:
    target, diary = tmp_path / "a.mp4", Forgetful()
    error = ended(name, fakes, pictures, target, faults, diary)
    assert fakes.ledger.count() == 1
    if error is None:
        assert name in LISTS, "only a service that can be asked what it took may go on"
        assert target.exists()
        return
    if error.fault is Fault.BAD_RESULT:
        assert name in AT_ONCE, "an answer that is no result, from who answers with the result"
        return
    assert error.fault is Fault.OUTCOME_UNKNOWN
    assert "billed" in error.message
    assert "othing was charged" not in error.message
    again = ended(name, fakes, pictures, target, faults, diary)  # the program begins anew
    assert again is not None
    assert again.fault is Fault.OUTCOME_UNKNOWN
    assert fakes.ledger.count() == 1


@pytest.mark.parametrize("name", SERVICES)
def test_what_was_refused_for_its_size_is_told_as_that(
    name: str, fakes: FakeProviders, pictures: dict[str, str], tmp_path: Path
) -> None:
    error = ended(name, fakes, pictures, tmp_path / "a.mp4", "#too-large")
    assert error is not None
    assert error.fault is Fault.INVALID
    assert "too large" in error.message
    assert fakes.ledger.count() == 0


@pytest.mark.parametrize("name", WITH_FILMS)
@pytest.mark.parametrize("faults", ["#early-404x2", "#poll-listx2"])
def test_a_question_that_is_answered_oddly_at_first_loses_nothing(
    name: str, faults: str, fakes: FakeProviders, pictures: dict[str, str], tmp_path: Path
) -> None:
    target = tmp_path / "a.mp4"
    assert ended(name, fakes, pictures, target, faults) is None
    assert target.exists()
    assert fakes.ledger.count() == 1


@pytest.mark.parametrize("name", [one for one in LISTS if one != "comfyui"])
def test_who_cannot_be_asked_whether_a_job_was_taken_leaves_it_in_doubt(
    name: str, fakes: FakeProviders, pictures: dict[str, str], tmp_path: Path
) -> None:
    diary, one = Forgetful(), reached(fakes, name)
    called = one.call

    def without_list(method: str, path: str, *given: object, **named: object) -> object:
        if method == "GET":
            raise ProviderError(Fault.UNREACHABLE, "The line broke.")
        return called(method, path, *given, **named)  # type: ignore[arg-type]

    one.call = without_list  # type: ignore[method-assign]
    asked = request_for(first_of(name), pictures, "#cut")
    with pytest.raises(ProviderError) as caught:
        run(one, asked, tmp_path / "a.mp4", Told(), diary, instant())
    assert caught.value.fault is Fault.OUTCOME_UNKNOWN
    assert diary.client_key
    assert ended(name, fakes, pictures, tmp_path / "a.mp4", "#cut", diary) is None  # the line is back: it is found
    assert fakes.ledger.count() == 1


@pytest.mark.parametrize("name", REMOTE)
def test_neither_work_nor_key_follows_a_redirect(
    name: str, fakes: FakeProviders, pictures: dict[str, str], tmp_path: Path
) -> None:
    error = ended(name, fakes, pictures, tmp_path / "a.mp4", "#redirectx9")
    assert error is not None
    assert "does not follow" in error.message
    assert "localhost" in error.message
    assert (fakes.ledger.count(), fakes.strayed) == (0, [])


@pytest.mark.parametrize("name", WITH_FILMS)
def test_a_film_that_moved_is_fetched_where_it_is_and_no_key_goes_along(
    name: str, fakes: FakeProviders, pictures: dict[str, str], tmp_path: Path
) -> None:
    target = tmp_path / "a.mp4"
    assert ended(name, fakes, pictures, target, "#file-moved") is None
    assert target.exists()
    assert fakes.strayed
    assert not [one for one in fakes.strayed if "good-key" in str(one.headers)]


def test_a_result_that_is_nowhere_is_given_up(fakes: FakeProviders, pictures: dict[str, str], tmp_path: Path) -> None:
    error = ended("runway", fakes, pictures, tmp_path / "a.mp4", "#file-loop")
    assert error is not None
    assert error.fault is Fault.BAD_RESULT


def test_the_key_goes_to_googles_own_address_only(fakes: FakeProviders) -> None:
    google = engine("google", access=Access(key=lambda _: "good-key"))
    assert isinstance(google, RemoteEngine)
    own = "https://generativelanguage.googleapis.com"
    assert google.fetch_headers(Output(f"{own}/v1beta/files/a:download"))
    for stray in (
        f"{own}.evil.example/a",
        f"{own}:8443/a",
        f"{own.replace('https', 'http')}/a",
        f"{own}@evil.example/a",
        "a",
    ):
        assert google.fetch_headers(Output(stray)) == {}, stray


@pytest.mark.parametrize("key", ["g\u2022\u2022d-key", "good\nkey"])
def test_a_key_that_cannot_be_one_is_told_before_anything_is_sent(
    key: str, fakes: FakeProviders, pictures: dict[str, str], tmp_path: Path
) -> None:
    diary = Forgetful()
    with pytest.raises(ProviderError, match="Nothing was sent; copy it anew") as caught:
        run(
            reached(fakes, "runway", key),
            request_for(first_of("runway"), pictures),
            tmp_path / "a.mp4",
            Told(),
            diary,
            instant(),
        )
    assert caught.value.fault is Fault.AUTH
    assert (fakes.ledger.count(), diary.client_key) == (0, "")
    with pytest.raises(ProviderError, match="signs in it"):
        reached(fakes, "runway", key).test()


@pytest.mark.parametrize("name", [one for one in SERVICES if one != "higgsfield"])  # that names no time
def test_who_wants_to_be_asked_an_hour_later_is_not_asked_before(
    name: str, fakes: FakeProviders, pictures: dict[str, str], tmp_path: Path
) -> None:
    error = ended(name, fakes, pictures, tmp_path / "a.mp4", "#busy-long")
    assert error is not None
    assert error.fault is Fault.RATE_LIMITED
    assert re.search(r"asked again at .*\d\d:\d\d\.", error.message)
    assert fakes.ledger.count() == 0


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_that_repeats_the_key_shows_it_to_nobody(
    name: str, fakes: FakeProviders, pictures: dict[str, str], tmp_path: Path
) -> None:
    for words in ("#echo-key", "#echo-late #fails"):
        error = ended(name, fakes, pictures, tmp_path / "a.mp4", words)
        assert error is not None
        assert "good-key" not in f"{error.message} {error.detail}"


@pytest.mark.parametrize("name", AT_ONCE)
def test_an_answer_that_was_put_down_before_the_program_ended_is_not_paid_again(
    name: str, fakes: FakeProviders, pictures: dict[str, str], tmp_path: Path
) -> None:
    one, diary = reached(fakes, name), Forgetful()
    one.access = replace(one.access, answers=tmp_path / "kept")
    diary.accepted = killed  # type: ignore[assignment, method-assign]
    asked = request_for(first_of(name), pictures)
    with pytest.raises(SystemExit):
        run(one, asked, tmp_path / "a.png", Told(), diary, instant())
    assert len(list((tmp_path / "kept").iterdir())) == 1
    again = Forgetful(diary.client_key, diary.sent_at)
    made = run(one, asked, tmp_path / "a.png", Told(), again, instant())
    assert made.path.exists()
    assert fakes.ledger.count() == 1
    assert not list((tmp_path / "kept").iterdir())


def killed(_: object) -> None:
    raise SystemExit


def test_nothing_is_sent_for_what_the_disk_has_no_room_for(
    fakes: FakeProviders, pictures: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda _: SimpleNamespace(free=1000))
    with pytest.raises(EngineError, match="nothing was sent"):
        run(
            reached(fakes, "stability"), request_for(first_of("stability"), pictures), tmp_path / "a", Told(),
            Forgetful(), instant(),
        )  # fmt: skip
    assert fakes.ledger.count() == 0

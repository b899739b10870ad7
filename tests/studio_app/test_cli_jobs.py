"""starcut jobs, engines and fake-providers: the same shapes whatever is there, a sentence for what makes no sense."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from studio_app.cli import run
from studio_app.services.job_book import BookState, Entry, JobBook
from studio_app.services.metrics import as_prometheus, metrics
from studio_app.services.paths import user_paths
from tests.fakes.providers import FakeProviders


def _never(*_: object) -> Any:
    raise AssertionError("no window is wanted")


def starcut(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = run(words, _never, _never)
    told = capsys.readouterr()
    return code, told.out, told.err


def keys_of(text: str) -> tuple[list[str], list[str]]:
    facts = json.loads(text)
    return sorted(facts), sorted(facts["month"])


def test_an_empty_book_answers_in_the_same_shape_as_a_full_one(capsys: pytest.CaptureFixture[str]) -> None:
    code, empty, _ = starcut(capsys, "jobs", "--json")
    assert (code, json.loads(empty)["jobs"]) == (0, [])
    book = JobBook(user_paths().job_book)
    book.add(Entry("film", "shot", "Lake", "runway", {}, "", estimate=Decimal("0.24")))
    book.close()
    assert keys_of(starcut(capsys, "jobs", "--json")[1]) == keys_of(empty)
    assert starcut(capsys, "jobs")[1].count("Lake") == 1


def test_figures_of_an_empty_book_are_figures(capsys: pytest.CaptureFixture[str]) -> None:
    assert any(
        one["name"] == "starcut_cost_total" for one in json.loads(starcut(capsys, "jobs", "--metrics", "json")[1])
    )


def test_money_is_told_to_the_cent_however_much_it_is() -> None:
    book = JobBook(user_paths().job_book)
    entry = book.add(Entry("film", "shot", "Lake", "runway", {}, "", estimate=Decimal("12345.67")))
    book.write(entry.id, BookState.DONE, "", cost="12345.67")
    assert 'starcut_cost_total{engine="runway",currency="USD"} 12345.67' in as_prometheus(metrics(book))
    book.close()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("jobs", "xyz"), "No job begins with 'xyz'"),
        (("jobs", "--state", "foo"), "There is no state 'foo'"),
        (("fake-providers", "--port", "99999"), "from 0 to 65535"),
        (("fake-providers", "--pace", "-1"), "from 0 to 3600 seconds"),
    ],
)
def test_what_makes_no_sense_is_a_sentence(
    words: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, error = starcut(capsys, *words)
    assert code != 0
    assert said in error
    assert error.count("\n") == 1


@pytest.mark.parametrize("text", ["renamed = 3", 'model = ["x"]', "[words]\na = 3", "model = {}"])
def test_a_faulty_own_list_of_models_is_named(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    own = user_paths().own_models
    own.parent.mkdir(parents=True, exist_ok=True)
    own.write_text(text)
    code, out, error = starcut(capsys, "engines")
    assert "fault of Starcut" not in out + error
    assert "models.toml" in out + error
    assert (code, "procedural" in out) != (0, False)


@pytest.fixture
def fakes(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeProviders]:
    with FakeProviders() as one:
        addresses = {name: one.base(name.partition("-")[0]) for name in ("fal", "fal-files", "fal-site", "replicate")}
        paths = user_paths()
        paths.settings_file.parent.mkdir(parents=True, exist_ok=True)
        paths.settings_file.write_text(json.dumps({"engine_addresses": addresses}))
        monkeypatch.setenv("FAL_KEY", "good-key")
        monkeypatch.setenv("REPLICATE_API_TOKEN", "good-key")
        yield one


@pytest.mark.media
def test_a_model_of_fal_that_is_in_no_list_is_learnt_and_makes_a_film(
    fakes: FakeProviders, capsys: pytest.CaptureFixture[str], tmp_path: Any
) -> None:
    model, film = "acme/dreamer/v2", tmp_path / "lake.mp4"
    code, out, error = starcut(capsys, "engines", "fal", "--learn", model, "--price", "480p=0.05,720p=0.20", "--json")
    assert (code, error) == (0, "")
    found = json.loads(out)["learnt"]
    assert found["kinds"] == ["text_to_video", "image_to_video"]
    assert (found["seconds"], found["sizes"], found["resolutions"]) == ([6, 12], ["16:9", "9:16"], ["480p", "720p"])
    assert (found["prompt_limit"], found["negative"]) == (1500, True)
    assert found["options"] == {"@image": "start_image_url", "@duration": "text s"}
    words = ("generate", "A lake #quick", "--engine", f"fal/{model}", "--duration", "5", "-o", str(film), "--json")
    code, out, error = starcut(capsys, *words)
    assert (code, film.exists()) == (0, True), out + error
    assert [(one.model, one.seconds) for one in fakes.ledger.jobs.values()] == [(model, 6.0)]
    assert fakes.ledger.billed() == Decimal("1.20")
    code, _, error = starcut(capsys, "engines", "fal", "--learn", model, "--price", "1")
    assert (code != 0, "in the list already" in error) == (True, True)


def test_a_model_of_replicate_is_learnt_with_the_names_of_its_inputs(
    fakes: FakeProviders, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = starcut(
        capsys, "engines", "replicate", "--learn", "acme/dreamer", "--price", "0.4", "--unit", "clip", "--json"
    )
    found = json.loads(out)["learnt"]
    assert (code, found["kinds"], found["seconds"], found["seconds_step"]) == (0, ["image_to_video"], [2, 8], 1)
    assert found["options"] == {"@image": "start_image"}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("fal", "--learn", "acme/dreamer/v2"), "Say what the model costs"),
        (("fal", "--learn", "acme/nothing", "--price", "1"), "fal"),
        (("luma", "--learn", "ray-9", "--price", "1"), "does not publish"),
        (("procedural", "--learn", "x", "--price", "1"), "Which service"),
    ],
)
def test_a_model_that_cannot_be_learnt_is_a_sentence_and_the_list_stays(
    words: tuple[str, ...], said: str, fakes: FakeProviders, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, error = starcut(capsys, "engines", *words)
    assert code != 0
    assert said in error
    assert error.count("\n") == 1
    assert not user_paths().own_models.exists()

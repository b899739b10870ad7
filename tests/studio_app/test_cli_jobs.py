"""starcut jobs, engines and fake-providers: the same shapes whatever is there, a sentence for what makes no sense."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest

from studio_app.cli import run
from studio_app.services.job_book import BookState, Entry, JobBook
from studio_app.services.metrics import as_prometheus, metrics
from studio_app.services.paths import user_paths


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

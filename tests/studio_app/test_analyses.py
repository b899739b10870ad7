"""Figures of clips, asked for by a page: read by a worker, measured by a job that can be stopped."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from engines.media.inspection import probe_here
from studio_app.cli import run
from studio_app.services.analyses import Analyses, Colour
from studio_app.services.jobs import Jobs, JobState, plain_thread, run_now
from tests.engines.analyse.clips import field, film
from timeline.media import Media

pytestmark = pytest.mark.media


@pytest.fixture
def media(tmp_path: Path) -> Media:
    return probe_here(film(tmp_path / "clip.mp4", lambda n: field((40 + n, 90, 200)), 6))


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Callable[[], Analyses]]:
    there: list[Analyses] = []

    def one() -> Analyses:
        there.append(Analyses(run_now, plain_thread, Jobs(run_now, plain_thread), tmp_path / "cache"))
        return there[-1]

    yield one
    for analyses in there:
        analyses.close()
        analyses._jobs.close()


def until(what: Callable[[], object]) -> None:
    end = time.monotonic() + 10
    while not what() and time.monotonic() < end:
        time.sleep(0.005)
    assert what()


def test_what_was_not_measured_is_measured_once_and_told(media: Media, make: Callable[[], Analyses]) -> None:
    analyses = make()
    told: list[str] = []
    analyses.arrived.connect(told.append)
    assert analyses.get(media) is None
    until(lambda: analyses.is_looked_up(media))
    assert analyses.get(media) is None
    job = analyses.measure(media)
    until(lambda: job.is_over and analyses.get(media) is not None)
    assert job.state is JobState.DONE
    assert media.id in told
    found = analyses.get(media)
    assert found is not None
    assert found.get(Colour) is not None
    again = make()
    until(lambda: again.get(media) is not None)
    assert again.get(media) == found, "another window reads it from disk"


def test_a_file_that_is_gone_says_why(media: Media, make: Callable[[], Analyses], tmp_path: Path) -> None:
    analyses = make()
    gone = replace(media, path=str(tmp_path / "gone.mp4"), content_hash="other")
    job = analyses.measure(gone)
    until(lambda: job.is_over)
    assert job.state is JobState.FAILED
    assert analyses.failure_of(gone).endswith(".")
    assert analyses.job_of(gone) is None


def test_the_command_tells_figures_as_text_and_as_json(media: Media, capsys: pytest.CaptureFixture[str]) -> None:
    def window(_: object, *__: object) -> int:
        raise AssertionError("no window was asked for")

    for word in ("analyze", "analyse"):
        assert run([word, media.path], open_window=window, draw_screens=window) == 0  # type: ignore[arg-type]
        text = capsys.readouterr().out
        assert "brightness" in text
        assert "Note: It has no sound." in text
    assert run(["analyze", media.path, "--json"], open_window=window, draw_screens=window) == 0  # type: ignore[arg-type]
    facts = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert facts["measures"]["colour"]["dominant"].startswith("#")
    assert facts["quality"]["reasons"] == ["empty"]
    assert run(["analyze", "--list"], open_window=window, draw_screens=window) == 0  # type: ignore[arg-type]
    assert "Mean luma" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["gone.mp4"], "“gone.mp4” was not found."),
        ([], "Which file? Name a film, a sound or a picture."),
        (["CLIP", "--measures", "colour,beauty"], "There is no measure 'beauty'"),
    ],
)
def test_a_wrong_word_gets_one_sentence(
    media: Media, words: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    given = [media.path if one == "CLIP" else one for one in words]
    assert run(["analyze", *given], open_window=lambda _: 0, draw_screens=lambda *_: []) == 1
    assert capsys.readouterr().err.startswith(sentence)

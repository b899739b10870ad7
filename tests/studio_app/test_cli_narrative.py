"""starcut narrative: a storyboard, films, the shots of one film, a project; and what is none of these."""

from __future__ import annotations

import json
import shutil
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from studio_app.cli import run
from tests.engines.analyse.clips import SIZE, Pixels, field, film, texture
from timeline.items import Clip, MediaSource
from timeline.media import Library, Media, MediaKind
from timeline.project import Project, Saved
from timeline.project_file import save
from timeline.sequence import Sequence
from timeline.time import RationalTime, TimeRange
from timeline.track import Track, TrackKind

pytestmark = pytest.mark.media
WIDE = texture((SIZE[0] + 160, SIZE[1]))
BOARD = """title: Harbour
scenes:
  - {name: Calm, description: A quiet garden, duration: 10}
  - {name: Chase, description: A chase and a fight, duration: 30, subject_motion: run}
  - {name: Rest, description: She sleeps, duration: 20}
"""


def starcut(*words: str) -> int:
    def window(_: object, *__: object) -> int:
        raise AssertionError("no window was asked for")

    return run(("narrative", *words), open_window=window, draw_screens=window)  # type: ignore[arg-type]


@pytest.fixture
def told(capsys: pytest.CaptureFixture[str]):  # type: ignore[no-untyped-def]
    """Runs the command for programs and reads what it told."""

    def tell(*words: str) -> dict[str, Any]:
        assert starcut(*words, "--json") == 0
        return dict(json.loads(capsys.readouterr().out.strip().splitlines()[-1]))

    return tell


def shots(number: int) -> Pixels:
    """Ten pictures that stand, then ten that run."""
    return field((40, 60, 200)) if number < 10 else WIDE[:, (number - 10) * 12 : (number - 10) * 12 + SIZE[0]]


def test_a_storyboard_is_told_in_acts_with_a_curve_and_reasons(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "harbour.yaml"
    path.write_text(BOARD, "utf-8")
    assert starcut(str(path)) == 0
    told = capsys.readouterr().out
    assert told.startswith("Three acts, 3 scenes, 60.0 s")
    assert "Setup: 0.0 s to 10.0 s (ideal 0.0 s to 15.0 s)" in told
    assert "Confrontation: 10.0 s to 40.0 s (ideal 15.0 s to 45.0 s)" in told
    assert "(climax)" in next(line for line in told.splitlines() if "Chase" in line)
    assert "words (chase, fight)" in told
    curves = [line.split()[1] for line in told.splitlines()[1:3]]
    assert [len(one) for one in curves] == [60, 60]


def test_by_count_each_act_has_as_many(tmp_path: Path, told) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "harbour.yaml"
    path.write_text(BOARD, "utf-8")
    plain = told(str(path), "--by", "count", "--structure", "heros_journey")
    assert plain["structure"] == "hero_journey"
    assert [len(act["scenes"]) for act in plain["acts"]] == [1, 0, 1, 0, 1]
    assert plain["duration"] == "60"


def test_one_film_is_told_by_its_shots_several_are_a_scene_each(tmp_path: Path, told) -> None:  # type: ignore[no-untyped-def]
    one = film(tmp_path / "one.mp4", shots, 20)
    film(tmp_path / "two.mp4", lambda _: field((40, 160, 60)), 10)
    plain = told(str(one))
    assert [scene["start"] for scene in plain["scenes"]] == ["0", "2/5"]
    assert plain["scenes"][1]["tension"] > plain["scenes"][0]["tension"]
    assert [scene["name"] for scene in told(str(tmp_path))["scenes"]] == ["one", "two"]


def test_scenes_are_told_with_their_files_and_by_ids_that_stay(tmp_path: Path, told) -> None:  # type: ignore[no-untyped-def]
    folder = tmp_path / "films"
    folder.mkdir()
    one = film(folder / "one.mp4", shots, 20)
    shutil.copy(one, folder / "one again.mp4")
    film(folder / "two.mp4", lambda _: field((40, 160, 60)), 10)
    board = tmp_path / "harbour.yaml"
    board.write_text(BOARD, "utf-8")
    for what in (folder, one, board):
        plain = told(str(what))
        assert told(str(what)) == plain, "the same each time"
        ids = [scene["id"] for scene in plain["scenes"]]
        assert len(set(ids)) == len(ids)
    assert [scene["path"] for scene in plain["scenes"]] == [None] * 3
    assert [Path(scene["path"]).name for scene in told(str(folder))["scenes"]] == [
        "one again.mp4",
        "one.mp4",
        "two.mp4",
    ]


def test_a_project_is_told_by_its_clips_also_where_a_file_is_gone(tmp_path: Path, told) -> None:  # type: ignore[no-untyped-def]
    gone = Media(
        "/gone/fight.mp4", MediaKind.VIDEO, duration=RationalTime(9), rate=Fraction(24), has_video=True, id="m"
    )
    rows = [
        Clip(MediaSource("m"), TimeRange(RationalTime(n), RationalTime(2)), name=name, id=name)
        for n, name in enumerate(("garden", "fight", "sleep"))
    ]
    cut = Sequence(tracks=(Track(TrackKind.VIDEO, tuple(rows)),))
    path = tmp_path / "film.starcut"
    save(path, Saved(Project(sequences=(cut,)), Library().with_media(gone)))
    plain = told(str(path))
    assert [scene["id"] for scene in plain["scenes"]] == ["garden", "fight", "sleep"]
    assert [scene["place"] for scene in plain["scenes"]] == ["00:00:00:00", "00:00:02:00", "00:00:04:00"]
    assert plain["climax"] == "fight"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("nowhere.mp4",), "was not found"),
        (("harbour.yaml", "--structure", "seven_act"), "choose three_act"),
        (("harbour.yaml", "empty"), "name it alone"),
        (("empty",), "no scene in it"),
        (("noise.mp4",), "noise.mp4"),
    ],
)
def test_what_is_no_story_is_one_sentence(
    words: tuple[str, ...],
    sentence: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty").mkdir()
    (tmp_path / "harbour.yaml").write_text(BOARD, "utf-8")
    (tmp_path / "noise.mp4").write_bytes(b"no film at all" * 100)
    assert starcut(*words) == 1
    told = capsys.readouterr().err.strip()
    assert sentence in told
    assert "\n" not in told

"""starcut index, query, similar and map."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from engines.media.note import note_of
from studio_app.catalogue.catalogue import Catalogue
from studio_app.catalogue.keeping import COPIES, NAME
from studio_app.catalogue.query import WORDS_LEAST
from studio_app.catalogue.row import Edge
from studio_app.cli import run
from studio_app.services.paths import user_paths
from tests.catalogue.library import library
from tests.engines.analyse.clips import field, film


def _never(*_: object) -> Any:
    raise AssertionError("no window is wanted")


def starcut(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = run(words, _never, _never)
    told = capsys.readouterr()
    return code, told.out, told.err


@pytest.fixture
def filled() -> None:
    catalogue = Catalogue(user_paths().catalogue)
    clips = [one.seen for one in library(120)]
    catalogue.put(clips)
    catalogue.tag(clips[0].content_hash, ["night"])
    catalogue.rate(clips[0].content_hash, 4)
    catalogue.put_project("p", "P", "", [], [Edge(clips[0].content_hash, clips[1].content_hash)])
    catalogue.close()


@pytest.mark.media
def test_a_folder_is_indexed_queried_and_compared(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    folder = tmp_path / "films"
    folder.mkdir()
    for name, colour in (("red", (200, 40, 30)), ("crimson", (196, 38, 36)), ("blue", (30, 50, 190))):
        film(folder / f"{name} chase.mp4", lambda n, colour=colour: field((colour[0], colour[1] + n, colour[2])), 6)  # type: ignore[misc]
    (folder / "notes.txt").write_text("no film")
    (folder / "broken.mp4").write_bytes(b"nothing of the kind" * 50)
    code, out, _ = starcut(capsys, "index", str(folder), "--json")
    told = json.loads(out.splitlines()[-1])
    assert (code, told["new"], told["clips"], len(told["failed"])) == (1, 3, 3, 1)
    (folder / "broken.mp4").unlink()
    code, out, _ = starcut(capsys, "index", str(folder))
    assert code == 0
    assert "3 known" in out
    _, out, _ = starcut(capsys, "query", "--genre", "action", "--text", "red", "--json")
    found = json.loads(out)
    assert [one["name"] for one in found["clips"]] == ["red chase.mp4"]
    assert found["clips"][0]["members"][0]["reasons"]
    _, out, _ = starcut(capsys, "similar", str(folder / "red chase.mp4"), "--threshold", "0", "--json")
    names = [one["name"] for one in json.loads(out)["clips"]]
    assert names == ["crimson chase.mp4", "blue chase.mp4"]
    picture = tmp_path / "red.png"
    cv2.imwrite(str(picture), np.full((90, 160, 3), (30, 40, 200), np.uint8))
    _, out, _ = starcut(capsys, "similar", str(picture), "--threshold", "0", "--json")
    assert json.loads(out)["clips"][-1]["name"] == "blue chase.mp4"


@pytest.mark.usefixtures("filled")
def test_a_query_takes_names_as_people_write_them(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = starcut(capsys, "query", "--genre", "Sci-Fi, action", "--pacing", "fast paced", "--limit", "3")
    assert code == 0
    assert out.startswith("3 of 12")
    assert "action" in out
    _, out, _ = starcut(capsys, "query", "--tag", "Night", "--json")
    assert json.loads(out)["total"] == 1
    _, out, _ = starcut(capsys, "query", "--text", "unheard of")
    assert out.strip() == "Nothing matches."


@pytest.mark.usefixtures("filled")
def test_what_clips_have_cost_is_told_by_engine_and_currency(capsys: pytest.CaptureFixture[str]) -> None:
    catalogue = Catalogue(user_paths().catalogue)
    euros = replace(library(1)[0].seen, content_hash="e" * 32, engine="remote", cost=2.0, currency="EUR")
    catalogue.put([euros])
    catalogue.close()
    costly = sum(one.seen.cost for one in library(120))
    assert starcut(capsys, "query", "--spent")[1] == f"remote: {costly:.2f} USD\nremote: 2.00 EUR\n"
    _, out, _ = starcut(capsys, "query", "--spent", "--from", "2090-01-01", "--json")
    assert json.loads(out) == {"spent": []}


@pytest.mark.usefixtures("filled")
def test_palettes_words_and_duplicates_are_searched(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = starcut(capsys, "similar", "--palette", "#d03018:3, #1a1020", "--limit", "4", "--json")
    assert {one["colour"] for one in json.loads(out)["clips"]} == {"#d03018"}
    _, out, _ = starcut(capsys, "similar", "--words", "a creepy place", "--json")
    found = {str(WORDS_LEAST): json.loads(out)["total"]}
    for least in (str(WORDS_LEAST), "0.9"):
        _, out, _ = starcut(capsys, "similar", "--words", "a creepy place", "--threshold", least, "--json")
        assert (json.loads(out)["total"] == found[str(WORDS_LEAST)] > 0) is (least != "0.9")
    _, out, _ = starcut(capsys, "similar", "--duplicates", "--json")
    pairs = json.loads(out)["pairs"]
    assert ["/films/1/clip_000038.mp4", "/films/1/clip_000039.mp4"] in [sorted(one["clips"]) for one in pairs[:3]]


@pytest.mark.usefixtures("filled")
def test_the_map_is_told_drawn_and_the_same_again(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    _, out, _ = starcut(capsys, "map", "--json")
    told = json.loads(out)
    assert len(told["clips"]) == told["total"] == 120
    assert all(0 <= one["x"] <= 1.6 and 0 <= one["y"] <= 1 for one in told["clips"])
    first = next(one for one in told["clips"] if one["name"] == "clip 000000.mp4")
    assert (first["path"], first["genre"], first["pacing"]) == ("/films/1/clip_000000.mp4", "action", "fast_paced")
    assert (first["rating"], first["style"], first["generation"]) == (4, "raw", 0)
    assert told["edges"] == [[clip.seen.content_hash for clip in library(2)]]
    assert starcut(capsys, "map", "-o", str(tmp_path / "sky.json"))[0] == 0
    assert json.loads((tmp_path / "sky.json").read_text()) == told
    _, again, _ = starcut(capsys, "map", "--json")
    assert json.loads(again) == told
    _, out, _ = starcut(capsys, "map", "--genre", "action", "--json")
    some = {one["content_hash"]: (one["x"], one["y"]) for one in json.loads(out)["clips"]}
    places = {one["content_hash"]: (one["x"], one["y"]) for one in told["clips"]}
    assert 0 < len(some) < 120
    assert all(places[key] == place for key, place in some.items())  # a filter moves no star
    svg, png = tmp_path / "sky.svg", tmp_path / "sky.png"
    assert starcut(capsys, "map", "-o", str(svg))[0] == 0
    assert svg.read_text().count("<circle") == 120
    assert ">Horror<" in svg.read_text()
    assert starcut(capsys, "map", "-o", str(png), "--colour-by", "pacing")[0] == 0
    assert cv2.imread(str(png)).max() > 60


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("query", "--genre", "western"), "There is no genre 'western'. Choose action"),
        (("query", "--limit", "-1"), "must be 0 (all) or more"),
        (("query", "--rating", "9"), "must be 0 to 5"),
        (("query", "--from", "2026-13-99"), "“2026-13-99” is no date"),
        (("query", "--until", "yesterday"), "is no date"),
        (("query", "--from", "2026-02-01", "--until", "2026-01-01"), "Nothing is made since"),
        (("query", "--max-cost", "-1"), "must be a number from 0 on"),
        (("query", "--longest", "nan"), "--longest is nan"),
        (("query", "--shortest", "9", "--longest", "3"), "No clip is at least 9 s"),
        (("query", "--tag", ""), "A tag is empty"),
        (("query", "--text", "?!"), "no word in it"),
        (("similar", "--words", "sea", "--by-look", "nan"), "A weight is"),
        (("similar", "--words", "sea", "--threshold", "nan"), "must be 0 to 1"),
        (("query", "--project", "Nobody's"), "There is no project “Nobody's”"),
        (("similar", "nowhere.mp4"), "“nowhere.mp4” was not found"),
        (("similar",), "Like what?"),
        (("similar", "--palette", "reddish"), "“reddish” is no colour"),
        (("similar", "--words", "sea", "--threshold", "3"), "must be 0 to 1"),
        (("index",), "Which folder?"),
        (("index", "/nowhere/at/all"), "There is no folder"),
        (("map", "-o", "sky.bmp"), "does not say what to write"),
    ],
)
def test_bad_input_is_one_sentence(capsys: pytest.CaptureFixture[str], words: tuple[str, ...], said: str) -> None:
    code, out, error = starcut(capsys, *words)
    assert code == 1
    assert said in error
    assert len(error.strip().splitlines()) == 1
    assert not out.strip()


@pytest.mark.usefixtures("filled")
def test_a_damaged_catalogue_is_rebuilt_from_the_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    path = user_paths().catalogue / NAME
    for one in path.parent.glob(f"{NAME}-*"):
        one.unlink()
    path.write_bytes(b"damaged " * 2000)
    code, _, error = starcut(capsys, "query")
    assert code == 1
    assert "Rebuild it" in error
    code, out, _ = starcut(capsys, "index", "--rebuild")
    assert code == 0
    assert "0 clips" in out
    assert starcut(capsys, "index", "--check")[0] == 0


@pytest.mark.media
def test_what_was_indexed_is_looked_at_again_although_the_file_cannot_be_read_at_all(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    folder = tmp_path / "films"
    folder.mkdir()
    film(folder / "red.mp4", lambda n: field((200, 40 + n, 30)), 4)
    alone = film(tmp_path / "alone.mp4", lambda n: field((20, 40 + n, 130)), 4)
    assert starcut(capsys, "index", str(folder), str(alone))[0] == 0
    path = user_paths().catalogue / NAME
    assert len(list((path.parent / COPIES).iterdir())) == 1, "checked and copied, once a day"
    _, out, _ = starcut(capsys, "index", "--list", "--json")
    assert json.loads(out)["watched"] == [str(alone), str(folder)]
    shutil.rmtree(path.parent / COPIES)
    with path.open("r+b") as file:
        file.write(b"no catalogue any more..")
    code, _, error = starcut(capsys, "query")
    assert (code, "starcut index --rebuild" in error) == (1, True)
    code, out, _ = starcut(capsys, "index", "--rebuild")
    assert (code, "2 clips" in out) == (0, True)
    _, out, _ = starcut(capsys, "index", "--forget", str(alone))
    assert out.split() == [str(folder)]
    assert starcut(capsys, "index", "--forget", "elsewhere")[0] == 1


def test_the_map_of_nothing_says_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    code, _, error = starcut(capsys, "map")
    assert code == 1
    assert "starcut index FOLDER" in error


@pytest.mark.media
def test_films_made_on_the_command_line_are_found_by_what_they_were_asked_for(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    folder = tmp_path / "films"
    folder.mkdir()
    made, child = folder / "a.mp4", folder / "b.mp4"
    small = ("--size", "64x36", "--duration", "0.5", "--silent", "--backend", "processor")
    assert starcut(capsys, "generate", "a lighthouse\nin the   storm", "-o", str(made), *small)[0] == 0
    assert starcut(capsys, "evolve", "mutate.pixelate", str(made), "-o", str(child))[0] == 0
    assert note_of(made) == "a lighthouse in the storm"
    assert note_of(child) == "a lighthouse in the storm . Pixelate"
    assert starcut(capsys, "index", str(folder))[0] == 0
    _, out, _ = starcut(capsys, "query", "--text", "lighthouse", "--json")
    assert {one["name"] for one in json.loads(out)["clips"]} == {"a.mp4", "b.mp4"}
    _, out, _ = starcut(capsys, "query", "--text", "lighthouse pixelate", "--json")
    assert [one["name"] for one in json.loads(out)["clips"]] == ["b.mp4"]


def test_a_file_that_is_gone_or_says_nothing_has_no_note(tmp_path: Path) -> None:
    assert note_of(tmp_path / "gone.mp4") == ""
    (tmp_path / "text.mp4").write_text("no film")
    assert note_of(tmp_path / "text.mp4") == ""

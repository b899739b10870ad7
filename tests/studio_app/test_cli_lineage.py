"""starcut lineage: told, drawn, written, made again."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as Xml

import pytest

from studio_app.cli import run
from tests.studio_app.test_rebuilding import NIGHT, SHARP, Studio, same, shown
from timeline.lineage_files import NAMESPACE
from timeline.media import Library, Lineage, Take
from timeline.project import Project, Saved
from timeline.project_file import load, save

pytestmark = pytest.mark.media


def starcut(*words: str) -> int:
    def none(*_: object) -> int:
        return 3

    return run(words, none, none)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("lineage")
    (folder / "film.media").mkdir()
    studio = Studio(folder / "film.media")
    sea = studio.grow("sea", "the sea at dawn")
    studio.evolve("night", [studio.evolve("sharp", [sea], SHARP)], NIGHT)
    save(folder / "film.starcut", Saved(Project(name="Film"), studio.library))
    return folder / "film.starcut"


def test_it_is_told_as_words_and_as_nodes_and_edges(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert starcut("lineage", str(project)) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "Film: 3 clips, 1 family"
    assert lines[-1] == "      night; Time of day, night; of sharp"
    assert starcut("lineage", str(project), "--of", "sharp", "--json") == 0
    facts = json.loads(capsys.readouterr().out)
    assert [(one["label"], one["type"], one["generation"]) for one in facts["nodes"]] == [
        ("sea", "ancestor", 0),
        ("sharp", "current", 1),
        ("night", "descendant", 2),
    ]
    assert {"id", "label", "type", "generation", "thumbnail", "duration"} <= facts["nodes"][0].keys()
    assert facts["nodes"][0]["duration"] == 0.5
    edge = facts["edges"][1]
    assert (edge["source"], edge["target"], edge["relationship"], edge["method"]) == (
        "sharp",
        "night",
        "variation",
        "vary.time_of_day",
    )
    assert starcut("lineage", str(project), "--of", "sea", "--depth", "1", "--json") == 0
    assert len(json.loads(capsys.readouterr().out)["nodes"]) == 2


def test_a_film_is_found_in_the_project_beside_it(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert starcut("lineage", str(project.parent / "film.media" / "night.mp4"), "--json") == 0
    facts = json.loads(capsys.readouterr().out)
    assert {one["label"]: one["type"] for one in facts["nodes"]}["night"] == "current"
    stranger = tmp_path / "alone" / "clip.mp4"
    stranger.parent.mkdir()
    shutil.copy(project.parent / "film.media" / "sea.mp4", stranger)
    assert starcut("lineage", str(stranger)) == 1
    assert capsys.readouterr().err.startswith("No project knows how “clip.mp4” was made")
    shutil.copy(project.parent / "film.media" / "night.mp4", stranger)
    assert starcut("index", str(project)) == 0
    capsys.readouterr()
    assert starcut("lineage", str(stranger)) == 0, "by its content, in a project of the catalogue"
    assert "night; Time of day, night; of sharp" in capsys.readouterr().out


def test_a_film_tells_its_family_without_a_project_and_is_made_again_from_it(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    alone = tmp_path / "alone"
    alone.mkdir()
    made = project.parent / "film.media"
    shutil.copy(made / "night.mp4", alone / "clip.mp4")
    assert starcut("lineage", str(alone / "clip.mp4")) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [one.strip() for one in lines[2:]] == [
        "sea; file is gone",
        "sharp; Sharpen, 80 %; of sea; file is gone",
        "clip.mp4; Time of day, night; of sharp",
    ]
    shutil.copy(made / "sea.mp4", alone / "wave.mp4")  # found by its content, whatever it is called
    assert starcut("lineage", str(alone / "clip.mp4"), "--rebuild", "clip.mp4", "-o", str(alone / "again.mp4")) == 0
    assert same(shown(alone / "again.mp4"), shown(made / "night.mp4"))


def test_a_drawing_and_graphml_are_read_by_a_parser(project: Path, tmp_path: Path) -> None:
    drawing, graph = tmp_path / "a.svg", tmp_path / "a.graphml"
    assert starcut("lineage", str(project), "--svg", str(drawing), "--graphml", str(graph), "--of", "night") == 0
    svg = Xml.parse(drawing).getroot()
    texts = ["".join(one.itertext()) for one in svg.iter("{http://www.w3.org/2000/svg}text")]
    assert {"sea", "sharp"} < set(texts)
    assert texts[-3:] == ["night", "Time of day,", "night"], "its name, and what made it in two lines"
    assert len(list(svg.iter("{http://www.w3.org/2000/svg}image"))) == 3
    root = Xml.parse(graph).getroot()
    keys = {one.get("id") for one in root.iter(f"{{{NAMESPACE}}}key")}
    nodes = [one.get("id") for one in root.iter(f"{{{NAMESPACE}}}node")]
    edges = [(one.get("source"), one.get("target")) for one in root.iter(f"{{{NAMESPACE}}}edge")]
    assert (nodes, edges) == (["sea", "sharp", "night"], [("sea", "sharp"), ("sharp", "night")])
    assert {one.get("key") for one in root.iter(f"{{{NAMESPACE}}}data")} <= keys


def test_a_take_is_made_again_on_command(project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    elsewhere = tmp_path / "film.starcut"
    shutil.copy(project, elsewhere)  # the recipe alone: its takes are looked for where they were and beside it
    data = elsewhere.read_text().replace(str(project.parent), str(tmp_path / "nowhere"))
    elsewhere.write_text(data)
    target = tmp_path / "again.mp4"
    assert starcut("lineage", str(elsewhere), "--rebuild", "NIGHT", "-o", str(target), "--json") == 0
    facts = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert facts["file"] == str(target)
    assert same(shown(target), shown(project.parent / "film.media" / "night.mp4"))


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--of", "dawn"), "There is no clip “dawn” in this project. Made here: sea, sharp, night."),
        (("--rebuild", "night", "-o", "night.mov"), "“night.mov” does not say what to write. End its name with .mp4."),
        (("--svg", "a.png"), "“a.png” does not say what to write. End its name with .svg."),
    ],
)
def test_bad_words_get_one_sentence(
    project: Path, words: tuple[str, ...], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert starcut("lineage", str(project), *words) == 1
    assert capsys.readouterr().err.strip() == sentence


def test_two_clips_of_one_name_are_told_apart_by_id_and_a_circle_is_named(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    library = load(project).library
    sea = library.media["sea"]
    library = Library().with_media(sea, replace(sea, id="other"))
    for one, parent in (("sea", "other"), ("other", "sea")):
        library = library.with_take(Take(one, Lineage("evolve", input_media_ids=(parent,))))
    save(tmp_path / "c.starcut", Saved(Project(name="C"), library))
    assert starcut("lineage", str(tmp_path / "c.starcut"), "--of", "sea") == 0
    assert starcut("lineage", str(tmp_path / "c.starcut"), "--of", "SEA") == 1
    captured = capsys.readouterr()
    assert "Left out" in captured.out
    assert "2 clips are called “SEA”" in captured.err

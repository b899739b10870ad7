"""The command line as a person or a program uses it, in processes of its own only where the exit matters."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from studio_app.cli import run, with_word
from timeline.project import Project, Saved
from timeline.project_file import load, save

BOARD = """
title: Two counters
target_resolution: 160x90
narrative_structure: three_act
scenes:
  - description: First
    duration: 1
  - description: Second
    duration: 1
    transition_duration: 0.5
"""


def starcut(*words: str) -> int:
    def window(_: object, *__: object) -> int:
        raise AssertionError("no window was asked for")

    return run(words, open_window=window, draw_screens=window)  # type: ignore[arg-type]


@pytest.fixture
def board(tmp_path: Path) -> Path:
    path = tmp_path / "board.yaml"
    path.write_text(BOARD, "utf-8")
    return path


@pytest.fixture
def film(board: Path, tmp_path: Path) -> Path:
    assert starcut("produce", str(board), "-o", str(tmp_path / "out"), "--engine", "slate") == 0
    return tmp_path / "out"


@pytest.mark.media
def test_produce_writes_all_files_and_goes_on_where_it_stopped(
    film: Path, board: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    names = {"film.mp4", "film.edl", "film.fcpxml", "film.otio", "film.xml", "film.starcut", "thumbnail.jpg"}
    assert names <= {path.name for path in film.iterdir()}
    assert not list(film.rglob("*.part"))
    shots = {path: path.stat().st_mtime_ns for path in (film / "film.media").glob("*.mp4")}
    assert len(shots) == 2
    board.write_text(BOARD.replace("Second", "Another"), "utf-8")
    capsys.readouterr()
    assert starcut("produce", str(board), "-o", str(film), "--engine", "slate", "--json") == 0
    done = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert (done["made"], done["kept"]) == (1, 1)
    assert all(path.stat().st_mtime_ns == before for path, before in shots.items())


@pytest.mark.media
def test_info_and_check_read_what_produce_wrote(film: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert starcut("info", str(film / "film.starcut"), "--json") == 0
    facts = json.loads(capsys.readouterr().out)
    assert facts["sequences"][0]["frames"] == 36  # 24 + 24 - 12 of the dissolve
    assert starcut("check", str(film / "film.starcut")) == 0
    next((film / "film.media").glob("*.mp4")).unlink()
    capsys.readouterr()
    assert starcut("check", str(film / "film.starcut")) == 1
    assert "is missing" in capsys.readouterr().out


@pytest.mark.media
def test_export_writes_by_suffix_and_names_the_known_ones(film: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("again.mp4", "cut.edl", "cut.otio", "cut.xml", "review.mp4"):
        wishes = ["--burn-in"] if name == "review.mp4" else []
        assert starcut("export", str(film / "film.starcut"), "-o", str(film / name), *wishes) == 0
        assert (film / name).stat().st_size > 0
    capsys.readouterr()
    assert starcut("export", str(film / "film.starcut"), "-o", str(film / "cut.doc")) == 1
    assert ".fcpxml" in capsys.readouterr().err
    assert not (film / "cut.doc").exists()


@pytest.mark.media
def test_generate_makes_a_clip_and_a_dry_run_makes_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "clip.mp4"
    words = ("generate", "A calm sea", "-o", str(target), "--engine", "slate", "--size", "160x90", "--duration", "0.5")
    assert starcut(*words, "--dry-run", "--json") == 0
    assert json.loads(capsys.readouterr().out)["cost"] == "0"
    assert not target.exists()
    assert starcut(*words) == 0
    assert target.exists()


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("info", "nowhere.starcut"), "nowhere.starcut"),
        (("produce", "nowhere.yaml", "-o", "out"), "nowhere.yaml"),
        (("generate", "sea", "-o", "x.mp4", "--duration", "0"), "0"),
        (("generate", "sea", "-o", "x.mp4", "--duration", "-4"), "-4"),
        (("generate", "sea", "-o", "x.mp4", "--duration", "10000"), "10000"),
        (("generate", "sea", "-o", "x.mp4", "--size", "large"), "large"),
        (("generate", "sea", "-o", "x.mp4", "--fps", "0"), "0"),
        (("generate", "sea", "-o", "x.mp4", "--engine", "nobody"), "nobody"),
        (("generate", "sea", "-o", "nowhere/x.mp4"), "nowhere"),
        (("generate", "sea"), "-o"),
    ],
)
def test_bad_input_gets_one_sentence_and_leaves_no_file(
    words: tuple[str, ...],
    sentence: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert starcut(*words) == 1
    said = capsys.readouterr().err.strip()
    assert sentence in said
    assert len(said.splitlines()) == 1
    assert "Traceback" not in said
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_a_project_cut_in_half_is_refused_and_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "film.starcut"
    save(path, Saved(Project(name="Film")))
    half = path.read_bytes()[: path.stat().st_size // 2]
    path.write_bytes(half)
    assert starcut("info", str(path)) == 1
    assert "film.starcut" in capsys.readouterr().err
    assert path.read_bytes() == half


@pytest.mark.media
def test_rendering_an_empty_project_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "film.starcut"
    save(path, Saved(Project(name="Film")))
    assert starcut("render", str(path), "-o", str(tmp_path / "film.mp4")) == 1
    assert capsys.readouterr().err.strip()
    assert not list(tmp_path.glob("film.mp4*"))


def test_a_fault_of_our_own_is_a_sentence_too(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def break_down(_: str = "") -> None:
        raise IndexError("beyond the end")

    monkeypatch.setattr("studio_app.cli.engines.visible_engines", break_down)
    assert starcut("engines") == 1
    said = capsys.readouterr().err.strip()
    assert "fault of Starcut (IndexError: beyond the end)" in said
    assert len(said.splitlines()) == 1


def test_wrong_usage_is_exit_2() -> None:
    with pytest.raises(SystemExit) as stop:
        starcut("dance")
    assert stop.value.code == 2


def test_engines_are_listed_with_the_default_first(capsys: pytest.CaptureFixture[str]) -> None:
    assert starcut("engines", "--json") == 0
    rows = json.loads(capsys.readouterr().out)["engines"]
    assert rows[0]["id"] == "procedural"
    assert rows[0]["ready"]
    assert "slate" not in {row["id"] for row in rows}


@pytest.mark.skipif(os.name == "nt", reason="signals are sent otherwise on Windows")
def test_ctrl_c_while_it_starts_is_an_ending_not_an_error(tmp_path: Path) -> None:
    code = (
        "import signal, sys, time, types, studio_app.__main__ as m\n"
        # what a shell starts in the background ignores Ctrl+C, and hands that on to all below it
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "sys.modules['studio_app.cli'] = s = types.ModuleType('s')\n"
    )
    code += "s.__getattr__ = lambda name: (print('ready', flush=True), time.sleep(30)); m.main()"
    root = Path(__file__).resolve().parents[2]
    process = subprocess.Popen(
        [sys.executable, "-c", code], cwd=root, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stdout
    assert process.stdout.readline() == "ready\n"  # in the middle of an import
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=20)
    assert process.returncode == 130
    assert said == "Cancelled. Nothing half made is left.\n"


@pytest.mark.media
@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="signals are sent otherwise on Windows")
def test_ctrl_c_ends_with_130_and_the_next_run_keeps_what_was_done(tmp_path: Path) -> None:
    board = tmp_path / "long.yaml"
    scenes = "".join(f"  - description: Mountains {n}\n    duration: 4\n" for n in range(4))
    board.write_text(f"title: Long\ntarget_resolution: 640x360\nscenes:\n{scenes}", "utf-8")
    command = [sys.executable, "-m", "studio_app", "produce", str(board), "-o", str(tmp_path / "out"), "--jobs", "1"]
    root = Path(__file__).resolve().parents[2]
    process = subprocess.Popen(command, cwd=root, stderr=subprocess.PIPE, text=True)
    media = tmp_path / "out" / "film.media"
    deadline = time.monotonic() + 90
    while time.monotonic() < deadline and process.poll() is None and not list(media.glob("*.mp4")):
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130, said
    assert "Traceback" not in said
    done = list(media.glob("*.mp4"))
    assert done
    assert not list((tmp_path / "out").rglob("*.part"))
    load_before = {path.name: path.stat().st_mtime_ns for path in done}
    run_again = subprocess.run([*command, "--json"], cwd=root, capture_output=True, text=True, check=True)
    assert json.loads(run_again.stdout.splitlines()[-1])["kept"] >= len(done)
    assert all((media / name).stat().st_mtime_ns == before for name, before in load_before.items())
    assert load(tmp_path / "out" / "film.starcut").project.name == "Long"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (["film.starcut"], ["open", "film.starcut"]),
        (["plan.yaml"], ["open", "plan.yaml"]),
        (["open", "film.starcut"], ["open", "film.starcut"]),
        (["render", "film.starcut"], ["render", "film.starcut"]),
        (["--version"], ["--version"]),
        (["rendr"], ["rendr"]),
        ([], []),
    ],
)
def test_a_file_without_a_word_is_opened(typed: list[str], meant: list[str]) -> None:
    assert with_word(typed) == meant


def test_a_file_of_any_name_is_opened_where_it_is_there(tmp_path: Path) -> None:
    plan = tmp_path / "plan.txt"
    plan.write_text("A calm sea.")
    opened: list[str | None] = []
    assert run([str(plan)], lambda path: opened.append(path) or 0, lambda folder, scale: []) == 0  # type: ignore[func-returns-value]
    assert opened == [str(plan)]

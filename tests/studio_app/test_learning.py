"""What was learnt, on disk: bounded, shared, forgiving; and `starcut learn`."""

from __future__ import annotations

import argparse
import json
import threading
from pathlib import Path

import pytest

from engines.generate.base import GenerationRequest, Result
from engines.generate.procedural.scene.file import to_plain
from engines.generate.procedural.spec import SceneSpec
from studio_app.cli import learn
from studio_app.cli import run as command
from studio_app.cli.console import Console
from studio_app.services.learning import Learning
from studio_app.services.paths import user_paths
from tests.engines.generate.learnt_runs import run
from timeline.media import Media, MediaKind


@pytest.fixture
def learning(tmp_path: Path) -> Learning:
    return Learning(tmp_path / "learnt", tmp_path / "cache")


def again(learning: Learning, tmp_path: Path) -> Learning:
    return Learning(tmp_path / "learnt", tmp_path / "cache")


def starcut(*words: str) -> int:
    return command(list(words), lambda _: 1, lambda *_: [])


def test_runs_thumbs_looks_and_what_was_accepted_are_there_after_a_restart(learning: Learning, tmp_path: Path) -> None:
    told = []
    learning.changed.connect(lambda: told.append(1))
    for number in range(2):
        learning.add(run(f"r{number}", brightness=20.0))
    learning.set_thumb("r0", "up")
    suggestion = learning.suggestions()[0]
    learning.accept(suggestion)
    after = again(learning, tmp_path)
    assert after.runs == learning.runs
    assert after.thumb_of("r0") == "up"
    assert after.registry.as_plain() == learning.registry.as_plain()
    assert after.accepted == learning.accepted
    assert suggestion.key in after.accepted.nudges
    after.take_back(suggestion.key)
    assert learning.accepted.nudges == {}, "what another window writes is seen"
    assert len(told) == 4


def test_a_thumb_can_be_taken_back_and_one_for_a_film_nobody_knows_is_nothing(learning: Learning) -> None:
    learning.add(run("a", unsteady=40.0))
    assert learning.registry.looks == ()
    learning.set_thumb("a", "up")
    assert len(learning.registry.looks) == 1
    learning.set_thumb("a", "")
    learning.set_thumb("nobody", "up")
    assert learning.thumb_of("a") == ""


def test_only_the_embedded_engine_is_learnt_from_and_no_reference_picture_is_named(learning: Learning) -> None:
    scene = to_plain(SceneSpec("sea"))
    media = Media("/takes/a.mp4", MediaKind.VIDEO, id="m1")
    request = GenerationRequest(prompt="a sea", image_reference="/home/secret/face.png")
    result = Result(Path("/takes/a.mp4"), 1, {"scene": scene, "seen": "secret.png, sea"})
    learning.note("slate", request, result, media)
    assert learning.runs == ()
    learning.note("procedural", request, result, media)
    assert [one.id for one in learning.runs] == ["m1"]
    assert "secret" not in (learning._folder / "log.jsonl").read_text()
    learning.note("procedural", request, Result(Path("b"), 1, {"scene": {"setting": "nowhere"}}), media)
    assert len(learning.runs) == 1, "what cannot be read is left out, the take is not lost"


def test_damaged_files_are_put_aside_and_learning_goes_on(learning: Learning, tmp_path: Path) -> None:
    learning.add(run("a"))
    folder = tmp_path / "learnt"
    (folder / "looks.json").write_text("{broken")
    (folder / "accepted.json").write_text('{"nudges": {"a b": "c"}}')
    with (folder / "log.jsonl").open("ab") as file:
        file.write(b"\xff\xfe torn")
    after = again(learning, tmp_path)
    assert after.registry.looks == ()
    assert after.accepted.nudges == {}
    assert [one.id for one in after.runs] == ["a"]
    assert (folder / "looks.damaged").read_text() == "{broken"
    after.add(run("b", "blue"))
    assert len(after.registry.looks) == 1


def test_everything_is_forgotten_at_once(learning: Learning, tmp_path: Path) -> None:
    learning.add(run("a"))
    learning.forget_all()
    assert (learning.runs, learning.registry.looks) == ((), ())
    assert list((tmp_path / "learnt").iterdir()) == []


def test_threads_that_log_at_the_same_time_lose_nothing(learning: Learning, tmp_path: Path) -> None:
    def work(name: str) -> None:
        for number in range(10):
            learning.add(run(f"{name}{number}"))

    threads = [threading.Thread(target=work, args=(name,)) for name in "abc"]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(again(learning, tmp_path).runs) == 30
    assert learning.registry.looks[0].count == 30


def test_learn_finds_looks_the_same_ones_each_time_and_generate_knows_their_names(
    own_home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert starcut("learn", "--runs", "3", "--json", "--seed", "4") == 0
    told = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert told["runs"] == 3
    assert told["good"] >= 1
    name = told["looks"][0]["name"]
    assert starcut("generate", f"a house, like {name}", "--dry-run", "--json") == 0
    facts = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert [chip["value"] for chip in facts["chips"] if chip["domain"] == "look"] == [name]
    assert list(facts["request"]["learnt"]["looks"]) == [name]
    files = sorted(one.name for one in user_paths().learnt.iterdir())
    assert files == ["log.jsonl", "looks.json"], "no film is kept"
    first = (user_paths().learnt / "log.jsonl").read_bytes()
    monkeypatch.setenv("STARCUT_HOME", str(tmp_path / "other"))
    assert starcut("learn", "--runs", "3", "--seed", "4") == 0
    assert (user_paths().learnt / "log.jsonl").read_bytes() == first


def test_learning_that_is_stopped_keeps_what_was_learnt(own_home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    stop = threading.Event()

    class Impatient(Console):
        def progress(self, what: str, fraction: float, **facts: object) -> None:
            stop.set()

    options = argparse.Namespace(runs=50, explore=0.3, seed=1, keep="")
    assert learn.run(options, Impatient(as_json=True, stop=stop)) == 130
    told = json.loads(capsys.readouterr().out)
    assert (told["runs"], told["stopped"]) == (1, True)
    paths = user_paths()
    assert len(Learning(paths.learnt, paths.cache).runs) == 1


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--runs", "0"), "must be 1 to"),
        (("--explore", "2"), "must be 0 to 1"),
        (("--keep", "/nowhere/at/all"), "There is no folder"),
    ],
)
def test_learn_refuses_what_cannot_be_done(
    own_home: Path, words: tuple[str, ...], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert starcut("learn", *words) == 1
    assert sentence in capsys.readouterr().err

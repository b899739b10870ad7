"""starcut score: its words come from the music's model; a file and its stems, or one sentence."""

from __future__ import annotations

import json
import wave
from pathlib import Path

import pytest

from engines.generate.procedural.compose.brief import MusicBrief
from engines.generate.procedural.compose.notes import STEMS
from studio_app.cli import make_parser, run


def starcut(*words: str) -> int:
    def window(_: object, *__: object) -> int:
        raise AssertionError("no window was asked for")

    return run(words, open_window=window, draw_screens=window)  # type: ignore[arg-type]


def test_every_field_of_the_music_is_a_word_of_the_command() -> None:
    options = make_parser("score").parse_args(["score", "-o", "a.wav"])
    told = {name.removeprefix("music_"): value for name, value in vars(options).items() if name.startswith("music_")}
    assert MusicBrief(**told) == MusicBrief()


def test_music_is_written_with_its_stems_and_told_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target, stems = tmp_path / "storm.wav", tmp_path / "stems"
    words = ("a storm over the sea", "--duration", "3", "--genre", "techno", "--bpm", "128", "--presence", "full")
    assert starcut("score", *words, "-o", str(target), "--stems", str(stems), "--cuts", "1.5", "--json") == 0
    done = json.loads(capsys.readouterr().out.strip().splitlines()[-1])
    assert abs(done["bpm"] / 128 - 1) <= 0.02
    assert done["sections"][-1][2] == 3
    assert sorted(path.stem for path in stems.iterdir()) == sorted(STEMS)
    for path in (target, *stems.iterdir()):
        with wave.open(str(path)) as file:
            assert file.getnframes() == 3 * 48000


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--duration", "0"), "hours long"),
        (("--cuts", "one"), "no list of times"),
        (("--bpm", "1000"), "bpm"),
        (("--sound-font", "no.sf2"), "sound font"),
        (("--loop", "--duration", "700"), "10 minutes"),
    ],
)
def test_bad_words_get_one_sentence_and_leave_nothing(
    words: tuple[str, ...], sentence: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert starcut("score", "-o", str(tmp_path / "a.wav"), *words) == 1
    said = capsys.readouterr().err.strip()
    assert sentence in said
    assert "\n" not in said
    assert not list(tmp_path.iterdir())

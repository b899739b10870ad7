"""starcut evolve: one operation, several in a row, what there is, and what cannot be."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from engines.errors import EngineError
from engines.evolve.registry import operations
from engines.media.inspection import probe_here
from studio_app.cli import run
from studio_app.cli.evolve import steps_of
from tests.engines.evolve.footage import camera_clip


def starcut(*words: str) -> int:
    def none(*_: object) -> int:
        return 3

    return run(words, none, none)  # type: ignore[arg-type]


def test_steps_are_read_in_a_row_and_values_go_to_those_that_have_them() -> None:
    steps = steps_of(
        "evolve.denoise -> evolve.upscale->evolve.sharpen",
        ("strength=0.5", "target_resolution=720p", "evolve.sharpen.sharpen_intensity=0.2"),
    )
    assert [(step.operation, dict(step.values)) for step in steps] == [
        ("evolve.denoise", {"strength": "0.5"}),
        ("evolve.upscale", {"target_resolution": "720p"}),
        ("evolve.sharpen", {"strength": "0.5", "sharpen_intensity": "0.2"}),
    ]


@pytest.mark.parametrize(
    ("text", "settings", "sentence"),
    [
        ("", (), "Which operation"),
        ("evolve.denoise ->", (), "Which operation"),
        ("evolve.denois", (), "There is no operation 'evolve.denois'; choose evolve.denoise"),
        ("evolve.denoise", ("loud=1",), "There is no value 'loud'"),
        ("evolve.denoise", ("strength",), "sets nothing"),
        ("evolve.denoise", ("strength=2",), "does not fit"),
        ("evolve.denoise", ("evolve.sharpen.strength=1",), "not among the operations"),
        ("evolve.color_grade", ("color_style=sepia",), "is none of cinematic"),
    ],
)
def test_what_cannot_be_is_one_sentence(text: str, settings: tuple[str, ...], sentence: str) -> None:
    with pytest.raises(EngineError) as raised:
        steps_of(text, settings)
    assert sentence in raised.value.message


def test_the_list_tells_each_operation_with_its_values(capsys: pytest.CaptureFixture[str]) -> None:
    assert starcut("evolve", "--list", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert list(told) == list(operations().classes)
    assert told["evolve.sharpen"]["values"]["strength"]["default"] == 0.7
    assert starcut("evolve", "--list") == 0
    lines = capsys.readouterr().out.splitlines()
    assert "      target_resolution = 1080p: 720p, 1080p, 1440p, 4K" in lines


@pytest.mark.media
def test_a_chain_is_made_into_one_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    clip, made = camera_clip(seconds=0.5), tmp_path / "take.mp4"
    words = ("evolve.color_grade -> extend.reverse", str(clip.path), "-o", str(made), "--set", "style=noir")
    assert starcut("evolve", *words, "--seed", "3", "--json") == 0
    done = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert [step["operation"] for step in done["steps"]] == ["evolve.color_grade", "extend.reverse"]
    assert done["seed"] == 3
    media = probe_here(made)
    assert (media.width, media.height, media.rate) == (*clip.size, clip.rate)
    assert media.duration.nearest_frame(clip.rate) == 2 * clip.count


@pytest.mark.media
def test_strength_0_gives_the_very_file_back(tmp_path: Path) -> None:
    clip, made = camera_clip(seconds=0.5), tmp_path / "take.mp4"
    assert starcut("evolve", "evolve.denoise", str(clip.path), "-o", str(made), "--strength", "0") == 0
    assert made.read_bytes() == clip.path.read_bytes()


@pytest.mark.media
def test_a_failure_leaves_no_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    clip, made = camera_clip(seconds=0.5), tmp_path / "take.mp4"
    assert starcut("evolve", "extend.loop", str(clip.path), "-o", str(made), "--set", "target_duration=0.2") == 1
    assert "cannot be extended to 0.2 s" in capsys.readouterr().err
    assert starcut("evolve", "remix.transition", str(clip.path), "-o", str(made)) == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.media
def test_nothing_changed_is_the_very_file_whatever_it_is_called(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    clip = tmp_path / "clip.mov"
    clip.write_bytes(camera_clip(seconds=0.5).path.read_bytes())
    same, other = tmp_path / "same.mov", tmp_path / "other.mp4"
    assert starcut("evolve", "evolve.sharpen", str(clip), "-o", str(same), "--strength", "0") == 0
    assert same.read_bytes() == clip.read_bytes()
    assert starcut("evolve", "evolve.sharpen", str(clip), "-o", str(other), "--strength", "0") == 0
    assert probe_here(other).duration == probe_here(clip).duration
    assert starcut("evolve", "evolve.sharpen", str(clip), "-o", str(tmp_path / "x.mov")) != 0
    assert "End its name with .mp4" in capsys.readouterr().err

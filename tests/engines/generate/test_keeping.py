"""Painted plates on disk: read back to the bit, of no use for another scene, and never a reason to fail."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from effects.frame import Frame
from engines.generate.procedural.draw import keeping
from engines.generate.procedural.draw.keeping import SUFFIX, Keeper, kept
from engines.generate.procedural.draw.layers import Sprites
from engines.generate.procedural.draw.scene import Scene
from engines.generate.procedural.draw.sheet import Sheet
from engines.generate.procedural.draw.stage import Stage
from engines.generate.procedural.spec import CameraPath, SceneSpec

SIZE = (640, 360)
SPEC = SceneSpec("desert", camera=CameraPath("dolly_in"), weather="cloudy", depth_of_field=0.8)


def same(a: Frame, b: Frame) -> bool:
    return all(np.array_equal(p, q) for p, q in zip(a.planes, b.planes, strict=True))


def test_a_scene_read_back_is_the_scene_to_the_bit(tmp_path: Path) -> None:
    painted = Scene(SPEC, *SIZE).frame(3, 1.0)
    first = Scene(SPEC, *SIZE, keep_in=tmp_path / "plates").frame(3, 1.0)
    files = list((tmp_path / "plates").iterdir())
    assert [file.suffix for file in files] == [SUFFIX]
    written = files[0].stat().st_mtime_ns
    again = Scene(SPEC, *SIZE, keep_in=tmp_path / "plates").frame(3, 1.0)
    assert same(painted, first)
    assert same(painted, again)
    assert files[0].stat().st_mtime_ns >= written
    assert len(list((tmp_path / "plates").iterdir())) == 1


def test_what_is_read_back_is_not_painted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Scene(SPEC, *SIZE, keep_in=tmp_path)
    painted = []
    clear = Sheet.clear
    monkeypatch.setattr(Sheet, "clear", lambda window: painted.append(window) or clear(window))
    Scene(SPEC, *SIZE, keep_in=tmp_path)
    again = len(painted)
    Scene(SPEC, *SIZE)
    assert again < (len(painted) - again) / 2


def test_another_scene_seed_or_size_has_a_file_of_its_own(tmp_path: Path) -> None:
    names = {
        Keeper.of(tmp_path, spec, *size, 1.25).path.name  # type: ignore[union-attr]
        for spec in (SPEC, replace(SPEC, seed=5), replace(SPEC, life=2.0), replace(SPEC, look="paper"))
        for size in (SIZE, (1280, 720))
    }
    assert len(names) == 8
    assert Keeper.of(tmp_path, SPEC, 320, 180, 1.0) is None, "a small scene is painted sooner than read"
    assert Keeper.of(None, SPEC, *SIZE, 1.0) is None


@pytest.mark.parametrize("damage", [b"", b"PK\x03\x04 not a zip", None])
def test_a_damaged_file_is_painted_anew(damage: bytes | None, tmp_path: Path) -> None:
    usual = Scene(SPEC, *SIZE, keep_in=tmp_path).frame(0, 0.0)
    file = next(tmp_path.iterdir())
    file.write_bytes(file.read_bytes()[:-9000] if damage is None else damage)
    assert same(Scene(SPEC, *SIZE, keep_in=tmp_path).frame(0, 0.0), usual)
    assert file.stat().st_size > 100_000, "and kept again"


def test_a_folder_that_takes_no_files_is_no_reason_to_fail(tmp_path: Path) -> None:
    (tmp_path / "plates").write_text("a file where a folder should be")
    assert Scene(SPEC, *SIZE, keep_in=tmp_path / "plates").frame(0, 0.0).size == SIZE


def test_what_does_more_than_hang_plates_is_painted_each_time(tmp_path: Path) -> None:
    @kept
    def lamps(stage: Stage) -> None:
        stage.lamplight = 0.5
        stage.plate(Sheet.clear(stage.window(0.5, top=0.0, bottom=0.1)), 0.5)

    @kept
    def birds(stage: Stage) -> None:
        stage.add(Sprites([], lambda seconds: [], 0.2))

    def furnish() -> Stage:
        stage = Stage(SPEC, *SIZE)
        stage.keeper = Keeper.of(tmp_path, SPEC, *SIZE, 1.25)
        lamps(stage)
        birds(stage)
        assert stage.keeper is not None
        stage.keeper.finish()
        return stage

    for _ in range(2):
        stage = furnish()
        assert stage.lamplight == 0.5
        assert len(stage.layers) == 2
    assert not list(tmp_path.iterdir())


def test_the_name_changes_with_the_code_that_draws(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = Keeper.of(tmp_path, SPEC, *SIZE, 1.25)
    monkeypatch.setattr(keeping, "_code", lambda: "other")
    after = Keeper.of(tmp_path, SPEC, *SIZE, 1.25)
    assert before is not None
    assert after is not None
    assert before.path != after.path

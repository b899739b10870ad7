"""The starter: standard library only, repeatable installs, and a sentence where something is missing."""

from __future__ import annotations

import ast
import importlib.util
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def launch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.setenv("STARCUT_VENV", str(tmp_path / "venv"))
    spec = importlib.util.spec_from_file_location("launch", ROOT / "launch.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_it_needs_nothing_but_the_standard_library() -> None:
    tree = ast.parse((ROOT / "launch.py").read_text("utf-8"))
    imported = {
        name.split(".")[0]
        for node in ast.walk(tree)
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    assert imported <= set(sys.stdlib_module_names)


def test_every_dependency_has_an_exact_version_and_no_address() -> None:
    text = (ROOT / "constraints.txt").read_text("utf-8")
    assert "://" not in text
    pinned = {line.split("==")[0].lower().replace("_", "-") for line in text.splitlines() if "==" in line}
    project = (ROOT / "pyproject.toml").read_text("utf-8")
    wanted = re.findall(r'^  "([A-Za-z0-9-]+)>=', project, re.MULTILINE)
    assert wanted
    assert {name.lower() for name in wanted} <= pinned


def test_it_installs_again_when_what_is_wanted_changes(launch: ModuleType, tmp_path: Path) -> None:
    launch.PYTHON.parent.mkdir(parents=True)
    launch.PYTHON.write_text("")
    assert not launch.stamp_is_right("run")
    launch.stamp_file("run").write_text(launch.fingerprint("run"))
    assert launch.stamp_is_right("run")
    assert not launch.stamp_is_right("test")
    copy = tmp_path / "copy"
    copy.mkdir()
    for name in ("pyproject.toml", "constraints.txt"):
        (copy / name).write_bytes((ROOT / name).read_bytes())
    launch.ROOT = copy
    assert launch.stamp_is_right("run")
    (copy / "constraints.txt").write_text("numpy==2.0.0\n")
    assert not launch.stamp_is_right("run")


def test_missing_libraries_are_named_with_their_packages(launch: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(launch, "loads", lambda name: name != "libEGL.so.1")
    monkeypatch.setattr(launch.os, "geteuid", lambda: 1000, raising=False)
    monkeypatch.setattr(launch.shutil, "which", lambda name: "/usr/bin/apt-get" if name == "apt-get" else None)
    with pytest.raises(SystemExit) as stop:
        launch.check_system_libraries()
    assert "libEGL.so.1" in str(stop.value)
    assert "sudo apt install libegl1" in str(stop.value)


def test_without_portaudio_it_goes_on_and_says_what_is_lost(
    launch: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(launch, "loads", lambda name: "portaudio" not in name)
    monkeypatch.setattr(launch.os, "geteuid", lambda: 1000, raising=False)
    launch.check_system_libraries()
    assert "no sound" in capsys.readouterr().err

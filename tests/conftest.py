"""Shared by all tests: no test touches the user's own folders, and Qt never looks for a screen."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.fakes.providers import FakeProviders

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Settings, caches and recovery files of a test lie in a folder of its own."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("STARCUT_HOME", str(home))
    return home


@pytest.fixture(autouse=True, scope="session")
def one_application() -> object:
    """Qt allows one application a process: the window's kind is made first, for text drawn without it would bar it."""
    from PySide6.QtWidgets import QApplication

    return QApplication.instance() or QApplication([])


@pytest.fixture
def fakes() -> Iterator[FakeProviders]:
    """All services, on this computer."""
    from tests.fakes.providers import FakeProviders

    with FakeProviders() as one:
        yield one


@pytest.fixture
def shared() -> Path:
    """The shared test data beside the checkout."""
    if not SHARED.is_dir():
        pytest.skip("the shared test data are not beside this checkout")
    return SHARED

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

import effects
from effects.base import VideoEffect
from effects.registry import discover, generators, transitions, video_effects


def test_what_storyboards_can_name_is_there():
    assert set(transitions().classes) == {"fade", "dissolve", "wipe", "slide", "zoom", "spin", "blur", "morph"}
    assert {"title", "solid", "particle", "lens_flare", "slate"} <= set(generators().classes)
    assert {"transform", "vignette", "color_filter"} <= set(video_effects().classes)


def test_a_broken_file_is_listed_and_does_not_stop_the_others(tmp_path, monkeypatch):
    package = tmp_path / "plugins_for_test"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "broken.py").write_text("import nothing_of_this_name")
    (package / "empty.py").write_text("")
    (package / "_private.py").write_text("raise RuntimeError")
    (package / "good.py").write_text(
        "from effects.base import VideoEffect\n"
        "class Good(VideoEffect):\n"
        "    def render(self, frame, at):\n"
        "        return frame\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    module = ModuleType("plugins_for_test")
    module.__path__ = [str(package)]
    found = discover(module, VideoEffect)
    assert set(found.classes) == {"good"}
    assert set(found.unavailable) == {"broken", "empty"}
    assert "nothing_of_this_name" in found.unavailable["broken"]


@pytest.mark.qt
def test_text_is_drawn_without_screen_or_application():
    code = (
        "from effects.paint import ensure_qt, draw_text; from effects.text_style import TextStyle\n"
        "ensure_qt(); ensure_qt()\n"
        "ink = draw_text('Ag', TextStyle(size=40), (50, 50), (100, 100))\n"
        "assert ink.pixels[..., 3].max() == 255\n"
        "from PySide6.QtGui import QGuiApplication\n"
        "assert QGuiApplication.platformName() == 'offscreen'\n"
        "import os; assert 'QT_QPA_PLATFORM' not in os.environ\n"
    )
    environment = {"PATH": "", "PYTHONPATH": str(Path(effects.__file__).parents[1])}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr

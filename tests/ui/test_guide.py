"""Every key that the guide names is in force: `<kbd title="clip.insert">,</kbd>`, or `preset:action` for another preset."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest

from studio_app.session.keymap import normal
from ui.main_window import MainWindow

pytestmark = pytest.mark.qt

PAGES = sorted((Path(__file__).parents[2] / "docs" / "guide").glob("*.md"))
KEY = re.compile(r"<kbd([^>]*)>(.*?)</kbd>")


def test_every_key_of_the_guide_is_the_key_of_the_action_it_names(window: MainWindow) -> None:
    keymap = window.session.keymap
    named: dict[str, list[tuple[str, str, str]]] = {}
    for page in PAGES:
        for attributes, keys in KEY.findall(page.read_text(encoding="utf-8")):
            title = re.fullmatch(r' title="([\w.:]+)"', attributes)
            assert title is not None, f"{page.name}: {keys} names no action"
            preset, _, action = title[1].rpartition(":")
            named.setdefault(preset or "default", []).append((page.name, action, normal(html.unescape(keys))))
    assert len(named["default"]) > 50
    for preset, rows in named.items():
        keymap.choose(preset)
        assert keymap.preset == preset
        wrong = [(page, action, keys) for page, action, keys in rows if keys not in keymap.keys_of(action)]
        assert wrong == [], preset


def test_plain_words_name_no_key_beside_those_that_are_checked() -> None:
    """A key written as plain text would not be noticed when it changes."""
    for page in PAGES:
        text = KEY.sub("", page.read_text(encoding="utf-8"))
        assert re.findall(r"\b(?:Ctrl|Alt|Shift)\+\w+|\bF\d{1,2}\b", text) == [], page.name

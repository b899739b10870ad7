from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from studio_app.services.settings import SettingsStore
from studio_app.session.keymap import Keymap, KeysFileError, normal, presets


@dataclass(frozen=True)
class One:
    id: str
    keys: tuple[str, ...] = ()
    scope: str = ""


ACTIONS = (
    One("clip.add_edit", ("Ctrl+K",)),
    One("tool.razor", ("C",)),
    One("tool.ripple", ("B",)),
    One("clip.overwrite", (".", "F10")),
    One("edit.delete", ("Delete", "Backspace")),
    One("shot.remove", ("Delete",), "storyboard"),
)


@pytest.fixture
def keymap(tmp_path: Path) -> Keymap:
    keymap = Keymap(SettingsStore(tmp_path / "settings.json"))
    keymap.know(ACTIONS)
    return keymap


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("Delete", "Del"),
        ("Shift+Ctrl+k", "Ctrl+Shift+K"),
        ("Ctrl++", "Ctrl++"),
        ("+", "+"),
        ("Ctrl+Alt+Shift+pageup", "Ctrl+Alt+Shift+PgUp"),
        ("Hyper+K", ""),
        ("", ""),
    ],
)
def test_a_key_has_one_spelling(given: str, wanted: str) -> None:
    assert normal(given) == wanted


def test_a_preset_takes_keys_from_actions_it_does_not_name(keymap: Keymap) -> None:
    keymap.choose("avid")
    assert keymap.keys_of("clip.overwrite")[0] == "B"
    assert keymap.keys_of("tool.ripple") == ()


def test_the_users_own_key_leaves_its_former_owner_and_comes_back_by_reset(keymap: Keymap) -> None:
    keymap.assign("tool.razor", ["K", "ctrl+k"])
    assert keymap.keys_of("tool.razor") == ("K", "Ctrl+K")
    assert keymap.keys_of("clip.add_edit") == ()
    assert keymap.is_changed("clip.add_edit")
    keymap.reset("clip.add_edit")
    assert keymap.keys_of("clip.add_edit") == ("Ctrl+K",)
    assert keymap.keys_of("tool.razor") == ("K",)


def test_a_panel_keeps_its_own_meaning_of_a_key(keymap: Keymap) -> None:
    keymap.assign("edit.delete", ["Del", "X"])
    assert keymap.keys_of("shot.remove") == ("Del",)
    assert keymap.holders("Delete", "storyboard") == ("shot.remove",)
    assert keymap.holders("X", "") == ("edit.delete",)


def test_giving_an_action_what_it_has_anyway_leaves_no_change(keymap: Keymap) -> None:
    keymap.assign("tool.razor", ["K"])
    keymap.assign("tool.razor", ["C"])
    assert not keymap._settings.values.keys


def test_keys_travel_as_a_file(keymap: Keymap, tmp_path: Path) -> None:
    keymap.choose("resolve")
    keymap.assign("tool.razor", ["K"])
    keymap.write(tmp_path / "mine.json")
    other = Keymap(SettingsStore(tmp_path / "other.json"))
    other.know(ACTIONS)
    other.read(tmp_path / "mine.json")
    assert other.preset == "resolve"
    assert other.keys_of("tool.razor") == ("K",)


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"format": "starcut keys", "keys": {"a": ["Hyper+"]}}', "\x00", "[" * 9000]
)
def test_a_file_without_keys_is_refused_and_changes_nothing(keymap: Keymap, tmp_path: Path, text: str) -> None:
    keymap.assign("tool.razor", ["K"])
    path = tmp_path / "bad.json"
    path.write_text(text)
    with pytest.raises(KeysFileError, match=r"bad\.json"):
        keymap.read(path)
    assert keymap.keys_of("tool.razor") == ("K",)


def test_unknown_actions_and_a_preset_of_a_newer_version_are_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text(json.dumps({"key_preset": "emacs", "keys": {"gone.away": ["C"]}}))
    keymap = Keymap(SettingsStore(path))
    keymap.know(ACTIONS)
    assert keymap.preset == "default"
    assert keymap.keys_of("tool.razor") == ("C",)


def test_every_preset_has_a_title_and_a_sentence() -> None:
    assert list(presets()) == ["default", "premiere", "resolve", "final_cut", "avid", "kdenlive"]
    assert all(one.title and one.help.endswith(".") for one in presets().values())

"""Which keys run which action: what the actions say, a preset over it, the user's own changes over both.

Each layer takes the keys it gives away from those below: no two actions share a key in one scope, whatever is added later.
Keys are portable texts as Qt writes them (`Ctrl+Alt+Shift+K`); no Qt here.
"""

from __future__ import annotations

import json
import logging
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Protocol

import resources
from studio_app.services.settings import SettingsStore
from studio_app.services.signal import Signal
from timeline.atomic import write_atomically
from timeline.errors import StudioError

log = logging.getLogger(__name__)

DEFAULT = "default"
_ORDER = ("Meta", "Ctrl", "Alt", "Shift")
_NAMES = {
    "delete": "Del",
    "escape": "Esc",
    "insert": "Ins",
    "pageup": "PgUp",
    "pagedown": "PgDown",
    "pgdn": "PgDown",
    "enter": "Return",
    "cmd": "Ctrl",
    "control": "Ctrl",
    "option": "Alt",
}
_MOST_BYTES = 1 << 20
_FORMAT = "starcut keys"

Keys = tuple[str, ...]


class KeysFileError(StudioError):
    """A file that holds no keys."""


class Keyed(Protocol):
    """What is asked of an action."""

    @property
    def id(self) -> str:
        """Its id."""

    @property
    def keys(self) -> Keys:
        """What it says itself."""

    @property
    def scope(self) -> str:
        """Id of the panel, or empty: the window."""


@dataclass(frozen=True)
class Preset:
    """Keys of a program: `keys` holds what differs from Default; an empty row unbinds."""

    id: str
    title: str
    help: str
    keys: Mapping[str, Keys]


def normal(keys: str) -> str:
    """One spelling per key: `Shift+Ctrl+delete` -> `Ctrl+Shift+Del`. Empty where there is no key in it."""
    parts = keys.split("+") if not keys.endswith("+") else [*keys[:-1].rstrip("+").split("+"), "+"]
    parts = [part.strip() for part in parts if part.strip()]
    named = [_NAMES.get(part.lower(), part) for part in parts]
    held = {part.capitalize() for part in named[:-1]}
    if not named or not held <= set(_ORDER):
        return ""
    last = named[-1]
    last = last.upper() if len(last) == 1 else last[0].upper() + last[1:]
    return "+".join([*(one for one in _ORDER if one in held), last])


@cache
def presets() -> Mapping[str, Preset]:
    """The presets that are shipped (`resources/keys/<id>.toml`), Default first."""
    found = {
        DEFAULT: Preset(DEFAULT, "Default", "Premiere habits first, Resolve and Final Cut where it has no key.", {})
    }
    for name in _ORDERED:
        data = tomllib.loads(resources.read_text(f"keys/{name}.toml"))
        keys = {action: tuple(normal(one) for one in row) for action, row in data["keys"].items()}
        found[name] = Preset(name, data["title"], data["help"], keys)
    return found


_ORDERED = ("premiere", "resolve", "final_cut", "avid", "kdenlive")


class Keymap:
    """The keys in force. `changed` tells of a new preset or of changes by the user."""

    def __init__(self, settings: SettingsStore) -> None:
        self._settings = settings
        self._scopes: dict[str, str] = {}
        self._defaults: dict[str, Keys] = {}
        self._in_force: dict[str, Keys] = {}
        self.changed: Signal[[]] = Signal()

    def know(self, actions: Iterable[Keyed]) -> None:
        """Take the actions there are, and what they say of their keys."""
        for one in actions:
            self._scopes[one.id] = one.scope
            self._defaults[one.id] = tuple(normal(keys) for keys in one.keys)
        self._look()

    @property
    def preset(self) -> str:
        """Id of the preset in use."""
        chosen = self._settings.values.key_preset
        return chosen if chosen in presets() else DEFAULT

    def keys_of(self, action_id: str) -> Keys:
        """The keys of an action; the first is shown."""
        return self._in_force.get(action_id, ())

    def preset_keys_of(self, action_id: str) -> Keys:
        """What it would have without the user's changes."""
        return self._layered(self.preset, {}).get(action_id, ())

    def is_changed(self, action_id: str) -> bool:
        """Whether the user's changes give it other keys than the preset does."""
        return self.keys_of(action_id) != self.preset_keys_of(action_id)

    def holders(self, keys: str, scope: str) -> tuple[str, ...]:
        """Who has a key in a scope now: nobody, or one."""
        wanted = normal(keys)
        return tuple(one for one, row in self._in_force.items() if wanted in row and self._scopes.get(one) == scope)

    def scope_of(self, action_id: str) -> str:
        """The panel in which its keys work; empty: the whole window."""
        return self._scopes.get(action_id, "")

    # changes

    def choose(self, preset: str) -> None:
        """Use another preset; the user's changes stay on top."""
        if preset in presets() and preset != self.preset:
            self._settings.values.key_preset = preset
            self._keep()

    def assign(self, action_id: str, keys: Iterable[str]) -> None:
        """Give an action these keys; whoever had one of them in its scope loses it."""
        own = self._settings.values.keys
        taken = tuple(dict.fromkeys(key for one in keys if (key := normal(one))))
        scope = self.scope_of(action_id)
        for other, row in own.items():
            if other != action_id and self.scope_of(other) == scope:
                own[other] = [key for key in row if key not in taken]
        own.pop(action_id, None)
        if taken != self._layered(self.preset, self._own()).get(action_id, ()):
            own[action_id] = list(taken)
        self._keep()

    def reset(self, action_id: str) -> None:
        """An action gets its keys of the preset back, from whoever has them."""
        wanted = self._layered(self.preset, {}).get(action_id, ())
        self.assign(action_id, wanted)

    def reset_all(self) -> None:
        """Drop all changes; the preset stays."""
        self._settings.values.keys = {}
        self._keep()

    # files

    def write(self, path: Path) -> None:
        """Write preset and changes to a file that `read` takes on another machine. Raises KeysFileError."""
        data = {"format": _FORMAT, "version": 1, "preset": self.preset, "keys": self._settings.values.keys}
        try:
            write_atomically(path, json.dumps(data, indent=1, sort_keys=True).encode())
        except OSError as error:
            raise KeysFileError(f"{path.name} cannot be written there. Choose another folder.", str(error)) from error

    def read(self, path: Path) -> None:
        """Take preset and changes from a file. Raises KeysFileError and changes nothing where it holds none."""
        try:
            if path.stat().st_size > _MOST_BYTES:
                raise ValueError("too large")
            data: Any = json.loads(path.read_bytes())
            if data["format"] != _FORMAT or not isinstance(data["keys"], dict):
                raise ValueError("another format")
            keys = {str(one): [normal(str(key)) for key in row] for one, row in data["keys"].items()}
            if not all(all(row) for row in keys.values()):
                raise ValueError("a key that cannot be read")
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise KeysFileError(
                f"{path.name} holds no keys of Starcut. Your keys are as they were.", str(error)
            ) from error
        values = self._settings.values
        values.key_preset = data["preset"] if data.get("preset") in presets() else DEFAULT
        values.keys = keys
        self._keep()

    # layers

    def _own(self) -> Mapping[str, Keys]:
        return {one: tuple(row) for one, row in self._settings.values.keys.items()}

    def _layered(self, preset: str, own: Mapping[str, Keys]) -> dict[str, Keys]:
        known = self._scopes
        result = dict(self._defaults)
        for layer in (presets()[preset].keys, own):
            there = {one: row for one, row in layer.items() if one in known}
            taken: dict[tuple[str, str], str] = {}
            for one, row in there.items():
                taken.update({(known[one], key): one for key in row})
            for one, row in {**result, **there}.items():
                result[one] = tuple(key for key in row if taken.get((known[one], key), one) == one)
        return result

    def _keep(self) -> None:
        self._settings.save()
        self._look()

    def _look(self) -> None:
        self._in_force = self._layered(self.preset, self._own())
        self.changed.emit()

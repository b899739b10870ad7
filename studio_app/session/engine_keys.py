"""Engines that are reached over the network: keys, addresses, and whether they answer, which is asked there: off the main thread."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from effects.params import ParamSpec
from engines.generate.registry import visible_engines
from engines.generate.remote.models import Model
from engines.generate.remote.provider import RemoteEngine
from studio_app.session.engine_options import option_specs, options_for_all
from studio_app.session.generation_desk import Desk
from timeline.errors import StudioError


@dataclass(frozen=True)
class Place:
    """An address an engine is reached at. `name`: the engine's id, or of a second place one of its own ("fal-files")."""

    name: str
    address: str
    usual: str

    @property
    def is_usual(self) -> bool:
        """Whether nobody set another."""
        return self.address == self.usual


@dataclass(frozen=True)
class EngineRow:
    """An engine that is reached over the network. `source`: where its key comes from, "keyring", "environment" or nothing."""

    id: str
    label: str
    key_name: str
    key_page: str
    source: str
    missing: str
    places: tuple[Place, ...]
    options: tuple[ParamSpec, ...]
    """The form of its own values, and what they are for all its jobs."""
    values: Mapping[str, Any]
    models: tuple[str, ...]
    """One line each: name, what it does, price, or why it is retired."""

    @property
    def wants_key(self) -> bool:
        """Whether it needs one at all."""
        return bool(self.key_name)


def engine_rows(desk: Desk) -> tuple[EngineRow, ...]:
    """All of them, by name. Looks into the keyring: not for the main thread where that may be locked."""
    found = []
    for engine_id in visible_engines():
        maker = desk.access.engine(engine_id)
        if not isinstance(maker, RemoteEngine):
            continue
        keys = desk.access.keys
        key_name = next(
            (name for name in maker.key_names if keys.find(name)), maker.key_names[0] if maker.key_names else ""
        )
        found.append(
            EngineRow(
                maker.id,
                maker.label,
                key_name,
                maker.key_page,
                keys.source(key_name) if key_name else "",
                maker.available() or "",
                places_of(desk, maker),
                option_specs(maker.id, desk.access.models),
                options_for_all(desk, maker.id),
                tuple(_words(one) for one in maker.models),
            )
        )
    return tuple(sorted(found, key=lambda one: one.label.casefold()))


def places_of(desk: Desk, maker: RemoteEngine) -> tuple[Place, ...]:
    """Where an engine is reached, its first place first."""
    others = desk.access.access.bases
    return tuple(Place(name, others.get(name, usual), usual) for name, usual in maker.usual_bases().items())


def keep_address(desk: Desk, place: Place, value: str) -> str:
    """Reach an engine elsewhere from now on (nothing, or the usual address: where it is by itself).

    Gives a sentence about what is wrong, or nothing. Main thread: the settings are written.
    """
    value = value.strip().rstrip("/")
    if problem := _address_fault(value):
        return problem
    kept = {name: one for name, one in desk.values.engine_addresses.items() if name != place.name}
    if value and value != place.usual.rstrip("/"):
        kept[place.name] = value
    desk.values.engine_addresses = kept
    desk.settings.save()
    return ""


def _address_fault(value: str) -> str:
    try:
        parts = urlsplit(value)
        is_whole = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_whole = False
    if value and not is_whole:
        return "An address looks like https://example.com or http://127.0.0.1:8188."
    if value and (parts.username or parts.password or parts.query or parts.fragment):
        return "An address holds no names, keys or questions: only where the service is."
    return ""


def test_engine(desk: Desk, engine_id: str) -> tuple[bool, str]:
    """Ask the engine whether it is there and takes the key: whether so, and a sentence. Waits for the network."""
    maker = desk.access.engine(engine_id)
    try:
        if not isinstance(maker, RemoteEngine):
            return True, f"{maker.label} is on this computer."
        if maker.key_names and maker.key() is None:
            return False, f"{maker.label} has no key yet."
        return True, maker.test()
    except StudioError as error:
        return False, error.message


def keep_key(desk: Desk, name: str, value: str) -> str:
    """Put a key into the keyring (an empty one is forgotten); a sentence about what is wrong, or nothing."""
    try:
        desk.access.keys.keep(name, value)
    except StudioError as error:
        return error.message
    return ""


def _words(model: Model) -> str:
    if why := model.retired():
        return why
    about = "" if model.price_is_sure else "about "
    prices = (
        " to ".join(f"{one}" for one in sorted({min(model.price.values()), max(model.price.values())}))
        if model.price
        else ""
    )
    money = f", {about}${prices} a {model.unit}" if prices and prices != "0" else ", free" if prices else ""
    return f"{model.label}: {', '.join(one.replace('_', ' ') for one in model.kinds)}{money}"

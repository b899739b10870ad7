"""Engines that want a key: which there are, whether there is one, whether it is good. The last is asked there: off the main thread."""

from __future__ import annotations

from dataclasses import dataclass

from engines.generate.registry import visible_engines
from engines.generate.remote.models import Model
from engines.generate.remote.provider import RemoteEngine
from studio_app.session.generation_desk import Desk
from timeline.errors import StudioError


@dataclass(frozen=True)
class EngineRow:
    """An engine that is reached over the network. `source`: where its key comes from, "keyring", "environment" or nothing."""

    id: str
    label: str
    key_name: str
    key_page: str
    source: str
    missing: str
    address: str
    usual_address: str
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
                maker.address,
                maker.base,
                tuple(_words(one) for one in maker.models),
            )
        )
    return tuple(sorted(found, key=lambda one: one.label.casefold()))


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

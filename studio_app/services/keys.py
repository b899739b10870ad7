"""Keys of remote engines: in the system's keyring, else from the environment. They are written nowhere else.

A key is read where it is used and given out as text; what is logged, shown in errors or put into a book goes through `hidden`.
"""

from __future__ import annotations

import logging
import os
import re
import threading
from collections.abc import Iterable, Mapping
from typing import Protocol

from engines.generate.remote.hiding import hidden as hidden
from timeline.errors import StudioError

log = logging.getLogger(__name__)

SERVICE = "starcut"
_SECRET_NAME = re.compile(r"(?i)(?:^|_)(?:key|secret|token|password)(?:_id)?$")
_seen: set[str] = set()
"""Every key that anybody read in this process. The log asks here: asking a keyring while a line is written could go round in circles."""


class Store(Protocol):
    """What of the keyring is used."""

    def get_password(self, service: str, name: str) -> str | None:
        """The secret of a name."""

    def set_password(self, service: str, name: str, value: str) -> None:
        """Keep a secret."""

    def delete_password(self, service: str, name: str) -> None:
        """Forget it."""


class NoStore:
    """A system without a keyring."""

    def get_password(self, service: str, name: str) -> str | None:
        """None."""
        return None

    def set_password(self, service: str, name: str, value: str) -> None:
        """Say so. Raises StudioError."""
        raise StudioError(
            f"This system has no keyring that Starcut can use. Set {name} in the environment before you start Starcut."
        )

    def delete_password(self, service: str, name: str) -> None:
        """Nothing."""


def system_store() -> Store:
    """The system's keyring, where it has a safe one."""
    try:
        import keyring
        from keyring.backends import fail, null

        found = keyring.get_keyring()
        unsafe = isinstance(found, fail.Keyring | null.Keyring) or "plaintext" in type(found).__module__.casefold()
        return NoStore() if unsafe else found
    except Exception:  # plug-in fence: backends of any make are loaded here
        log.info("no keyring", exc_info=True)
        return NoStore()


class Keys:
    """Keys by the names of their environment variables. The keyring comes first. Any thread."""

    def __init__(self, store: Store | None = None, environment: Mapping[str, str] | None = None) -> None:
        self._given = store
        self._environment = os.environ if environment is None else environment
        self._lock = threading.Lock()
        self._known: dict[str, str | None] = {}

    @property
    def has_store(self) -> bool:
        """Whether a key that is entered here can be kept."""
        return not isinstance(self._store, NoStore)

    def find(self, name: str) -> str | None:
        """The key of a name; None where there is none."""
        with self._lock:
            if name not in self._known:
                found = self._known[name] = self._read(name)
                if found:
                    _seen.add(found)
            return self._known[name]

    def source(self, name: str) -> str:
        """Where the key comes from: "keyring", "environment" or nothing."""
        if self.find(name) is None:
            return ""
        return "environment" if self._environment.get(name, "").strip() == self.find(name) else "keyring"

    def keep(self, name: str, value: str) -> None:
        """Put a key into the keyring; an empty one is forgotten. Raises StudioError in one sentence, which does not hold the key."""
        value = value.strip()
        if not (value.isascii() and value.isprintable()):
            raise StudioError(
                "This is no key: it has signs in it that no key has. Copy it anew; dots that hide one are not it."
            )
        if value:
            _seen.add(value)
        try:
            if value:
                self._store.set_password(SERVICE, name, value)
            elif self._store.get_password(SERVICE, name) is not None:
                self._store.delete_password(SERVICE, name)
        except StudioError:
            raise
        except Exception as error:  # noqa: BLE001 - plug-in fence: what a keyring raises may hold the key
            raise StudioError(
                f"The keyring did not take the key ({type(error).__name__}). Unlock it and retry."
            ) from None
        with self._lock:
            self._known.pop(name, None)

    def all_known(self, names: Iterable[str]) -> tuple[str, ...]:
        """The keys there are, to hide them where they must not be seen."""
        return tuple(found for name in names if (found := self.find(name)))

    @property
    def _store(self) -> Store:
        if self._given is None:
            self._given = system_store()
        return self._given

    def _read(self, name: str) -> str | None:
        try:
            found = self._store.get_password(SERVICE, name)
        except Exception as error:  # noqa: BLE001 - plug-in fence: a locked or broken keyring is no reason not to look further
            log.info("the keyring does not answer: %s", type(error).__name__)
            found = None
        return (found or self._environment.get(name, "")).strip() or None


def hidden_here(text: str) -> str:
    """The text without any key that this process has read, and without what looks like one: for what is written down."""
    return hidden(text, tuple(_seen))


class Hiding(logging.Filter):
    """Takes keys out of what is logged: every key this process has read, and what the environment holds under such a name."""

    def __init__(self, environment: Mapping[str, str] | None = None) -> None:
        super().__init__()
        there = os.environ if environment is None else environment
        self._outside = {value for name, value in there.items() if _SECRET_NAME.search(name) and len(value) > 7}

    def filter(self, record: logging.LogRecord) -> bool:
        """Always lets the line through, without its secrets."""
        known = _seen | self._outside
        record.msg, record.args = hidden(_text_of(record), known), ()
        if record.exc_info and record.exc_info[1] is not None:
            record.exc_text = hidden(logging.Formatter().formatException(record.exc_info), known)
            record.exc_info = None
        return True


def guard_log() -> None:
    """Take keys out of everything that the root's handlers write from now on, by whomever."""
    for handler in logging.getLogger().handlers:
        if not any(isinstance(one, Hiding) for one in handler.filters):
            handler.addFilter(Hiding())


def _text_of(record: logging.LogRecord) -> str:
    """The line; where its values do not fit its words, the words: a log never raises."""
    try:
        return record.getMessage()
    except (TypeError, ValueError):
        return str(record.msg)

"""Signals without Qt: strong references, a Subscription to close, and a failing listener does not starve the next."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Generic, ParamSpec

P = ParamSpec("P")
log = logging.getLogger(__name__)


class Subscription:
    """One listener's hold on a signal; `close` ends it, and closing twice is fine."""

    def __init__(self, close: Callable[[], None]) -> None:
        self._close = close

    def close(self) -> None:
        """Stop listening."""
        self._close()


class Signal(Generic[P]):
    """Calls its listeners, in order of connection, on the thread that emits (for documents: the main thread)."""

    def __init__(self) -> None:
        self._listeners: dict[int, Callable[P, object]] = {}
        self._next = 0

    def connect(self, listener: Callable[P, object]) -> Subscription:
        """Call `listener` at each emit until the subscription is closed."""
        key = self._next
        self._next += 1
        self._listeners[key] = listener
        return Subscription(lambda: self._listeners.pop(key, None) and None)

    def emit(self, *args: P.args, **kwargs: P.kwargs) -> None:
        """Call every listener; one that raises is logged and the next is still called."""
        for listener in list(self._listeners.values()):
            try:
                listener(*args, **kwargs)
            except Exception:  # a listener's bug must not starve the others
                log.exception("a listener of a signal failed")

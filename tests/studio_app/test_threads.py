"""The end waits for all threads together, not longer than it was told to, and says which still run."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator

import pytest

from studio_app.services.jobs import plain_thread
from studio_app.services.threads import Threads


def until(event: threading.Event) -> Callable[[], None]:
    def run() -> None:
        event.wait(20)

    return run


@pytest.fixture
def go_on() -> Iterator[threading.Event]:
    event = threading.Event()
    yield event
    event.set()


def test_what_hangs_is_named_and_what_ends_is_not(go_on: threading.Event) -> None:
    threads = Threads(plain_thread)
    for name in ("one", "other"):
        threads(name, until(go_on))
    threads("quick", lambda: None)
    begun = time.monotonic()
    assert threads.wait(0.2) == ("one", "other")
    assert time.monotonic() - begun < 1.0, "both within one span of time"
    go_on.set()
    assert threads.wait(10) == ()


def test_what_takes_long_by_itself_is_told_of_but_not_waited_for(go_on: threading.Event) -> None:
    threads = Threads(plain_thread, long=("trial",))
    threads("trial", until(go_on))
    begun = time.monotonic()
    assert threads.wait(5) == ("trial",)
    assert time.monotonic() - begun < 1.0

"""Of work of which only the newest counts, the newest is done."""

from __future__ import annotations

import threading

from studio_app.services.jobs import plain_thread
from studio_app.services.latest import Latest


def test_what_is_asked_for_meanwhile_is_done_once_and_only_the_last_of_it() -> None:
    latest, begun, go_on, done = Latest("test", plain_thread), threading.Event(), threading.Event(), []
    outdated: list[bool] = []

    def first() -> None:
        begun.set()
        go_on.wait(10)
        outdated.append(latest.is_outdated)

    latest.ask(first)
    assert begun.wait(10)
    for number in range(3):
        latest.ask(lambda number=number: done.append(number))  # type: ignore[misc]
    go_on.set()
    ended = threading.Event()
    while not done:
        ended.wait(0.01)
    latest.close(10)
    assert (done, outdated) == ([2], [True])


def test_work_that_fails_does_not_keep_the_next_from_being_done() -> None:
    latest, done = Latest("test", plain_thread), threading.Event()

    def fails() -> None:
        raise IndexError("a fault nobody foresaw")

    latest.ask(fails)
    latest.ask(done.set)
    assert done.wait(10)
    latest.close(10)


def test_nothing_is_begun_once_it_is_closed() -> None:
    latest, done = Latest("test", plain_thread), threading.Event()
    latest.close(10)
    latest.ask(done.set)
    assert not done.wait(0.05)

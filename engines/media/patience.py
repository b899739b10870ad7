"""Giving up a picture on the way to it: whoever asked wants another one by now."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_over: ContextVar[Callable[[], bool] | None] = ContextVar("_over", default=None)


class GivenUp(Exception):  # noqa: N818 - nothing went wrong; never seen outside of engines
    """The picture is not wanted any more. Readers stay where they are and go on from there."""


@contextmanager
def patient_until(is_over: Callable[[], bool]) -> Iterator[None]:
    """What this thread decodes within raises GivenUp soon after `is_over`: it is asked before each packet, so be quick.

    Within another such block both count.
    """
    outer = _over.get()
    both = is_over if outer is None else lambda: outer() or is_over()
    token = _over.set(both)
    try:
        yield
    finally:
        _over.reset(token)


def check() -> None:
    """Raise GivenUp when the work at hand is not wanted any more."""
    is_over = _over.get()
    if is_over is not None and is_over():
        raise GivenUp

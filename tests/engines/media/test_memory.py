"""Freed memory goes back to the system now and then, not all the time."""

from __future__ import annotations

import pytest

from engines.media import memory


def test_memory_is_given_back_once_in_a_few_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[float] = []
    clock = [100.0]
    monkeypatch.setattr(memory, "give_back", lambda: given.append(clock[0]))
    giving = memory.GivingBack(lambda: clock[0])
    for _ in range(100):
        clock[0] += 0.1
        assert giving.at_times() == (bool(given) and given[-1] == clock[0])
    assert len(given) == 2

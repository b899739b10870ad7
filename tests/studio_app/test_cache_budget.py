"""One budget over all that is kept on disk: the longest unused goes first, what is in use never."""

from __future__ import annotations

import os
import queue
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from engines.render.renderer import Renderer
from studio_app.services.cache_budget import CacheBudget, MemoryBudget, Usage, touch
from studio_app.services.jobs import plain_thread

KB = 1024
DAY = 86400.0


@pytest.fixture
def calls() -> queue.Queue[Callable[[], None]]:
    return queue.Queue()


def budget_of(folder: Path, size: int, calls: queue.Queue[Callable[[], None]]) -> CacheBudget:
    return CacheBudget(folder, lambda: size, calls.put, plain_thread)


def kept(folder: Path, name: str, *, days: float, size: int = 10 * KB) -> Path:
    """A file of the cache that was used so long ago."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(bytes(size))
    used = time.time() - days * DAY
    os.utime(path, (used, used))
    return path


def test_what_was_unused_longest_goes_first_whatever_it_is(
    tmp_path: Path, calls: queue.Queue[Callable[[], None]]
) -> None:
    old_proxy = kept(tmp_path, "proxies/ab/one.mp4", days=9)
    old_piece = kept(tmp_path, "proxies/ab/two.parts/000000240_0_1.mp4", days=8)
    picture = kept(tmp_path, "thumbnails/thumbnails/cd/three.jpg", days=3)
    wave = kept(tmp_path, "waveforms/ef/four.npy", days=1)
    scene = kept(tmp_path, "plates/four.plates", days=7)
    figures = kept(tmp_path, "analyses/ab/five.json", days=6)
    other = kept(tmp_path, "somebody_elses/five.bin", days=99)
    usage = budget_of(tmp_path, 25 * KB, calls).tidy()
    assert [path.exists() for path in (old_proxy, old_piece, scene, figures, picture, wave)] == [False] * 4 + [True] * 2
    assert other.exists()
    sizes = {"proxies": 0, "previews": 0, "thumbnails": 10 * KB, "waveforms": 10 * KB, "plates": 0, "analyses": 0}
    assert usage == Usage(sizes, 2)


def test_within_the_budget_nothing_goes(tmp_path: Path, calls: queue.Queue[Callable[[], None]]) -> None:
    old = kept(tmp_path, "proxies/ab/one.mp4", days=900)
    assert budget_of(tmp_path, 10 * KB, calls).tidy().total == 10 * KB
    assert old.exists()


def test_what_is_in_use_and_what_was_just_written_stays_however_full_it_is(
    tmp_path: Path, calls: queue.Queue[Callable[[], None]]
) -> None:
    used = kept(tmp_path, "proxies/ab/used.mp4", days=9)
    being_made = kept(tmp_path, "proxies/ab/made.parts/000000240_0_1.mp4", days=8)
    other_window = kept(tmp_path, "proxies/ab/fresh.mp4", days=0)
    idle = kept(tmp_path, "proxies/ab/idle.mp4", days=1)
    budget = budget_of(tmp_path, 1, calls)
    budget.add_user(lambda: {used})
    budget.add_user(lambda: {being_made.parent})
    budget.tidy()
    assert [path.exists() for path in (used, being_made, other_window, idle)] == [True, True, True, False]
    budget.clear()
    assert [path.exists() for path in (used, being_made, other_window)] == [True, True, False]


def test_a_used_file_becomes_young_again(tmp_path: Path, calls: queue.Queue[Callable[[], None]]) -> None:
    first, second = kept(tmp_path, "proxies/a.mp4", days=9), kept(tmp_path, "proxies/b.mp4", days=2)
    touch(first)
    touch(tmp_path / "not there")
    budget_of(tmp_path, 15 * KB, calls).tidy()
    assert [path.exists() for path in (first, second)] == [True, False]


def test_a_file_that_cannot_be_deleted_does_not_stop_the_tidying(
    tmp_path: Path, calls: queue.Queue[Callable[[], None]], monkeypatch: pytest.MonkeyPatch
) -> None:
    locked, free = kept(tmp_path, "proxies/a.mp4", days=9), kept(tmp_path, "proxies/b.mp4", days=2)
    unlink = Path.unlink

    def refuse(path: Path, missing_ok: bool = False) -> None:
        if path == locked:
            raise PermissionError(13, "is open")
        unlink(path, missing_ok)

    monkeypatch.setattr(Path, "unlink", refuse)
    budget_of(tmp_path, 15 * KB, calls).tidy()
    assert [path.exists() for path in (locked, free)] == [True, False]


def test_the_window_is_told_and_growth_is_reason_enough_to_look(
    tmp_path: Path, calls: queue.Queue[Callable[[], None]]
) -> None:
    kept(tmp_path, "proxies/a.mp4", days=9)
    budget = budget_of(tmp_path, 5 * KB, calls)
    told: list[Usage] = []
    budget.measured.connect(told.append)
    budget.grew(KB)
    assert calls.empty()
    budget.grew(64 << 20)
    calls.get(timeout=10)()
    assert [usage.total for usage in told] == [0]
    budget.close()


def test_there_is_room_as_far_as_budget_and_disk_go(tmp_path: Path, calls: queue.Queue[Callable[[], None]]) -> None:
    budget = budget_of(tmp_path / "not made yet", 100 * KB, calls)
    assert budget.can_take(90 * KB)
    assert not budget.can_take(110 * KB)
    used = kept(tmp_path / "not made yet", "proxies/a.mp4", days=0, size=50 * KB)
    assert budget.can_take(90 * KB)
    budget.add_user(lambda: {used})
    assert not budget.can_take(90 * KB)
    assert not budget_of(tmp_path, 1 << 62, calls).can_take(1 << 60)


def test_one_memory_budget_bounds_every_renderer_when_it_is_made_and_when_it_changes() -> None:
    budget = [1000 << 20]
    memory = MemoryBudget(lambda: budget[0])
    renderers = [memory.adopt(Renderer(), goes_back=back) for back in (True, False)]
    for size in (1000 << 20, 400 << 20):
        budget[0] = size
        memory.apply()
        kept = [one._compositor.footage.cache_bytes + one._kept_bytes for one in renderers]
        assert all(kept)
        assert sum(kept) + memory.ahead + memory.readers.limit <= size
    for one in renderers:
        one.close()

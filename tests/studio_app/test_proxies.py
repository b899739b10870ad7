"""Proxies are found, measured for, made one after another, used by the preview, and never in the way."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from engines.errors import MediaError
from engines.media.probe import probe
from engines.media.proxy import ProxyBusyError, ProxyDiskError, pieces_of, proxy_path
from studio_app.services import proxies, proxy_process
from studio_app.services.cache_budget import CacheBudget
from studio_app.services.jobs import Job, Jobs, JobState, plain_thread
from studio_app.services.proxies import Proxies
from studio_app.services.proxy_entry import ProxyState, proxies_in
from studio_app.services.proxy_process import ProxyProcess
from studio_app.services.settings import SettingsStore
from tests.engines.media import footage
from timeline.errors import Cancelled
from timeline.media import Media, MediaKind
from timeline.time import RationalTime

pytestmark = pytest.mark.media
GB = 1 << 30


class Maker:
    """Measures and makes at once, or as a test wants it."""

    def __init__(self) -> None:
        self.costs: dict[str, float] = {}
        self.measured: list[str] = []
        self.made: list[str] = []
        self.paused: list[bool] = []
        self.hold = threading.Event()
        self.hold.set()
        self.failures: dict[str, list[MediaError]] = {}

    def measure(self, media: Media, side: int, check: Callable[[], None]) -> float:
        self.measured.append(media.name)
        return self.costs.get(media.name, 300.0)

    def make(
        self, media: Media, path: Path, side: int, check: Callable[[], None], progress: Callable[[float], None]
    ) -> None:
        progress(0.5)
        check()
        while not self.hold.wait(0.01):
            check()
        if failures := self.failures.get(media.name):
            raise failures.pop(0)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"proxy of " + media.name.encode())
        self.made.append(media.name)

    def pause(self, is_paused: bool) -> None:
        self.paused.append(is_paused)

    def close(self) -> None: ...


class Desk:
    """Proxies with what they need, and a main loop."""

    def __init__(self, folder: Path) -> None:
        self.calls: queue.Queue[Callable[[], None]] = queue.Queue()
        self.jobs = Jobs(self.calls.put, plain_thread)
        self.settings = SettingsStore(folder / "settings.json")
        self.budget = CacheBudget(
            folder / "cache", lambda: self.settings.values.cache_gb * GB, self.calls.put, plain_thread
        )
        self.maker = Maker()
        self.busy = False
        self.proxies = self.again()

    def again(self) -> Proxies:
        return Proxies(
            self.jobs,
            self.settings,
            self.budget,
            self.calls.put,
            plain_thread,
            lambda: self.busy,
            self.maker,
            patience=0,
        )

    def run_until(self, done: Callable[[], bool], seconds: float = 20) -> None:
        while not done():
            self.calls.get(timeout=seconds)()

    def run(self, media: Media, state: ProxyState) -> None:
        self.run_until(lambda: self.proxies.state(media) is state and not self.jobs.running)

    def settle(self) -> None:
        """Run all that is posted until nothing comes for a while."""
        while True:
            try:
                self.calls.get(timeout=0.2)()
            except queue.Empty:
                return


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path)
    yield desk
    desk.proxies.close()
    desk.jobs.close()
    desk.budget.close()


def film(name: str, **changes: object) -> Media:
    facts = {"width": 1920, "height": 1080, "rate": Fraction(25), "has_video": True, "duration": RationalTime(60)}
    return Media(f"/{name}", MediaKind.VIDEO, name, content_hash=name, id=name, **{**facts, **changes})  # type: ignore[arg-type]


SLOW, QUICK, GLASS = film("slow"), film("quick"), film("glass", has_alpha=True)
SIZE = (960, 540)


def test_a_slow_film_gets_a_proxy_by_itself_and_a_quick_one_none(desk: Desk) -> None:
    desk.maker.costs["quick"] = 12.0
    labels: list[str] = []
    desk.jobs.changed.connect(lambda job: labels.append(f"{job.label}: {job.note}"))
    desk.proxies.consider([SLOW, QUICK, GLASS])
    desk.run(SLOW, ProxyState.READY)
    desk.settle()
    assert desk.maker.made == ["slow"]
    assert sorted(desk.maker.measured) == ["quick", "slow"]
    assert "Proxies: slow" in labels
    assert desk.jobs.all == ()  # nobody asked for it: no row stays
    stand_in = desk.proxies.stand_in(SLOW, SIZE)
    assert stand_in is not None
    assert Path(stand_in.path).read_bytes() == b"proxy of slow"
    assert (stand_in.duration, stand_in.rate) == (SLOW.duration, SLOW.rate)
    assert desk.proxies.stand_in(QUICK, SIZE) is None
    assert desk.proxies.stand_in(GLASS, SIZE) is None
    assert not desk.proxies.can_have(GLASS)


def test_what_was_made_or_measured_is_known_at_the_next_start(desk: Desk) -> None:
    desk.maker.costs["quick"] = 12.0
    desk.proxies.consider([SLOW, QUICK])
    desk.run(SLOW, ProxyState.READY)
    desk.settle()
    desk.maker.measured.clear()
    desk.proxies.close()
    desk.proxies = desk.again()
    desk.proxies.consider([SLOW, QUICK])
    desk.run(SLOW, ProxyState.READY)
    desk.settle()
    assert (desk.maker.measured, desk.maker.made) == ([], ["slow"])


def test_switched_off_none_is_made_but_by_hand_and_a_deleted_one_does_not_come_back(desk: Desk) -> None:
    desk.settings.values.proxies_automatic = False
    desk.proxies.consider([SLOW])
    desk.settle()
    assert desk.maker.measured == []
    desk.proxies.make(SLOW)
    desk.run(SLOW, ProxyState.READY)
    stand_in = desk.proxies.stand_in(SLOW, SIZE)
    assert stand_in is not None
    desk.settings.values.proxies_automatic = True
    desk.proxies.delete(SLOW)
    desk.proxies.consider_again()
    desk.settle()
    assert desk.proxies.state(SLOW) is ProxyState.NONE
    assert not Path(stand_in.path).exists()
    assert SettingsStore(desk.settings.path).values.no_proxy == ["slow"]
    desk.proxies.make(SLOW)
    desk.run(SLOW, ProxyState.READY)
    assert SettingsStore(desk.settings.path).values.no_proxy == []


def test_cancel_passes_over_all_that_waits_until_somebody_asks(desk: Desk) -> None:
    desk.maker.hold.clear()
    desk.proxies.consider([SLOW, film("second")])
    desk.run_until(lambda: desk.proxies.state(film("second")) is ProxyState.WAITING and bool(desk.jobs.running))
    desk.jobs.running[0].cancel()
    desk.run_until(lambda: not desk.jobs.all)
    desk.maker.hold.set()
    desk.settle()
    assert {desk.proxies.state(one) for one in (SLOW, film("second"))} == {ProxyState.NONE}
    assert desk.maker.made == []


def test_it_rests_while_something_better_is_done(desk: Desk) -> None:
    desk.busy = True
    desk.proxies.consider([SLOW])
    desk.settle()
    assert desk.maker.measured == []
    desk.maker.hold.clear()
    desk.busy = False
    desk.run_until(lambda: False in desk.maker.paused or _passed(desk))
    desk.busy = True
    desk.run_until(lambda: True in desk.maker.paused or _passed(desk))
    desk.busy = False
    desk.maker.hold.set()
    desk.run(SLOW, ProxyState.READY)


def test_a_full_disk_is_said_once_and_ends_the_row(desk: Desk) -> None:
    desk.maker.failures["slow"] = [ProxyDiskError("The disk of the cache is full: “slow” gets no proxy.")]
    desk.proxies.consider([SLOW, film("second")])
    failed: list[Job] = []
    desk.jobs.changed.connect(lambda job: failed.append(job) if job.state is JobState.FAILED else None)
    desk.run_until(lambda: bool(failed))
    desk.settle()
    assert desk.maker.made == []
    assert [job.error.message for job in desk.jobs.all if job.error] == [
        "The disk of the cache is full: “slow” gets no proxy."
    ]
    assert "disk" in desk.proxies.reason(SLOW)
    assert desk.proxies.state(film("second")) is not ProxyState.WAITING


def test_a_film_that_cannot_be_read_does_not_keep_the_others_from_theirs(desk: Desk) -> None:
    desk.maker.failures["slow"] = [MediaError("“slow” went away while its proxy was made.")]
    desk.proxies.consider([SLOW, film("second")])
    desk.run(film("second"), ProxyState.READY)
    assert desk.proxies.state(SLOW) is ProxyState.FAILED
    assert desk.proxies.reason(SLOW) == "“slow” went away while its proxy was made."


def test_what_another_window_makes_is_waited_for(desk: Desk) -> None:
    desk.maker.failures["slow"] = [
        ProxyBusyError("Another window makes it."),
        ProxyBusyError("Another window makes it."),
    ]
    desk.proxies.consider([SLOW])
    desk.run(SLOW, ProxyState.READY)


def test_a_cache_emptied_by_hand_gives_the_original_back(desk: Desk) -> None:
    desk.proxies.consider([SLOW])
    desk.run(SLOW, ProxyState.READY)
    stand_in = desk.proxies.stand_in(SLOW, SIZE)
    assert stand_in is not None
    Path(stand_in.path).unlink()
    assert desk.proxies.stand_in(SLOW, SIZE) is None
    assert desk.proxies.state(SLOW) is ProxyState.NONE


def test_a_film_linked_to_another_file_is_not_shown_by_the_old_proxy(desk: Desk) -> None:
    desk.proxies.consider([SLOW])
    desk.run(SLOW, ProxyState.READY)
    assert desk.proxies.stand_in(replace(SLOW, path="/other", content_hash="other"), SIZE) is None


def test_the_budget_never_takes_a_proxy_of_the_open_project_and_makes_none_it_has_no_room_for(desk: Desk) -> None:
    desk.proxies.consider([SLOW])
    desk.run(SLOW, ProxyState.READY)
    desk.budget.clear()
    assert desk.proxies.stand_in(SLOW, SIZE) is not None
    long = film("long", duration=RationalTime(200 * 3600))
    desk.proxies.consider([SLOW, long])
    desk.run(long, ProxyState.FAILED)
    assert "no room" in desk.proxies.reason(long)


def test_the_other_process_measures_makes_pauses_and_stops(tmp_path: Path) -> None:
    media = probe(footage.make_film(tmp_path / "film.mp4", options={"g": "48", "preset": "veryfast"}))
    process, target = ProxyProcess(), tmp_path / "cache" / "film.mp4"
    assert process.measure(media, 64, lambda: None) > 0
    asked: list[None] = []

    def stop() -> None:
        process.pause(True)  # at the first look, before it can have got anywhere
        asked.append(None)
        if len(asked) > 2:
            raise Cancelled

    with pytest.raises(Cancelled):
        process.make(media, target, 64, stop, lambda _: None)
    assert not target.exists()
    assert process.measure(media, 64, _for_seconds(20)) > 0, "the pause was that of the work that was stopped"
    process.make(media, target, 64, lambda: None, lambda _: None)
    assert target.exists()
    with pytest.raises(MediaError, match="not there"):
        process.make(replace(media, path="/nowhere.mp4"), tmp_path / "other.mp4", 64, lambda: None, lambda _: None)
    process.close()


def test_a_process_that_is_killed_costs_one_proxy_a_try_and_the_next_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(proxy_process, "LOOK_SECONDS", 0.002)
    media = probe(footage.make_film(tmp_path / "film.mp4", count=900, options={"preset": "ultrafast"}))
    process, target = ProxyProcess(), tmp_path / "cache" / "film.mp4"
    told: list[float] = []

    def kill_half_way() -> None:
        if list(pieces_of(target).glob("*.mp4")) and process._process is not None:
            process._process.kill()

    with pytest.raises(MediaError, match="ends the process"):
        process.make(media, target, 64, kill_half_way, lambda _: None)
    assert not target.exists()
    process.make(media, target, 64, lambda: None, told.append)
    assert target.exists()
    assert all(fraction > 0.25 for fraction in told)
    process.close()


def test_a_draft_reads_the_largest_proxy_that_lies_in_the_cache_and_else_the_film(tmp_path: Path) -> None:
    for side in (360, 540):
        path = proxy_path(SLOW, tmp_path, side)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"a proxy")
    stand_in = proxies_in(tmp_path)
    found = stand_in(SLOW, SIZE)
    assert found is not None
    assert found.path == str(proxy_path(SLOW, tmp_path, 540))
    assert stand_in(QUICK, SIZE) is None
    assert stand_in(GLASS, SIZE) is None


def test_a_large_library_is_taken_in_at_once(desk: Desk) -> None:
    desk.settings.values.proxies_automatic = False
    many = [film(str(number)) for number in range(5000)]
    started = time.process_time()
    desk.proxies.consider(many)
    assert time.process_time() - started < 0.25


def test_while_other_films_are_taken_in_the_known_ones_stay_known(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.proxies.consider([SLOW])
    desk.run(SLOW, ProxyState.READY)
    seen: list[Media | None] = []

    def looks(media: Media) -> bool:
        """As the drawing thread may at any moment."""
        seen.append(desk.proxies.stand_in(SLOW, SIZE))
        return True

    monkeypatch.setattr(proxies, "may_have_proxy", looks)
    desk.proxies.consider([film("another"), SLOW])
    assert len(seen) == 1
    assert seen[0] is not None


def _for_seconds(most: float) -> Callable[[], None]:
    """A check that gives up what never ends."""
    end = time.monotonic() + most

    def check() -> None:
        if time.monotonic() > end:
            raise Cancelled

    return check


def _passed(desk: Desk) -> bool:
    desk.calls.put(lambda: None)
    return False

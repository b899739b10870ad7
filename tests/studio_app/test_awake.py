from __future__ import annotations

import threading
from pathlib import Path

from studio_app.services.awake import Awake
from studio_app.services.jobs import Job, Jobs
from studio_app.services.settings import SettingsStore


class FakeInhibitor:
    """Counts, and breaks when it is held twice or let go twice."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def hold(self, why: str) -> None:
        assert not self.said or self.said[-1] == "free"
        self.said.append(why)

    def release(self) -> None:
        assert self.said[-1] != "free"
        self.said.append("free")


def film(job: Job) -> None:
    while job.fraction != 1.0:
        job.check()
        threading.Event().wait(0.002)


def wait(jobs: Jobs, job: Job) -> None:
    job.progress(1.0)
    while not job.is_over:
        threading.Event().wait(0.002)


def test_the_machine_stays_awake_while_films_are_made_and_not_in_a_pause_or_after_a_failure(tmp_path: Path) -> None:
    jobs, bus, settings = Jobs(limits={"export": 2}), FakeInhibitor(), SettingsStore(tmp_path / "s.json")
    Awake(jobs, settings, bus)
    wait(jobs, jobs.submit("proxy", film, kind="proxy"))
    assert bus.said == []
    a, b = jobs.submit("a.mp4", film, kind="export"), jobs.submit("b.mp4", film, kind="export")
    while len(jobs.running) < 2:
        threading.Event().wait(0.002)
    jobs.hold(a)
    assert bus.said[-1] != "free"
    jobs.hold(b)
    assert bus.said[-1] == "free"
    jobs.go_on(a)
    wait(jobs, a)
    jobs.go_on(b)
    wait(jobs, b)
    broken = jobs.submit("c.mp4", lambda _: 1 / 0, kind="export")
    wait(jobs, broken)
    assert bus.said[-1] == "free"
    assert set(bus.said) <= {"a.mp4 is being made", "b.mp4 is being made", "c.mp4 is being made", "free"}
    jobs.close()


def test_whoever_lets_the_machine_sleep_is_followed_at_once(tmp_path: Path) -> None:
    jobs, bus, settings = Jobs(), FakeInhibitor(), SettingsStore(tmp_path / "s.json")
    awake = Awake(jobs, settings, bus)
    settings.values.keep_awake = False
    job = jobs.submit("take", film, kind="generate")
    while not jobs.running:
        threading.Event().wait(0.002)
    assert bus.said == []
    settings.values.keep_awake = True
    awake.look()
    assert bus.said == ["take is being made"]
    awake.close()  # the window closes while it runs
    assert bus.said[-1] == "free"
    wait(jobs, job)
    jobs.close()

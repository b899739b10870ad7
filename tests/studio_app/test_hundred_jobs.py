"""A hundred jobs over all providers, each with a fault of its own, in a program that is killed again and again."""

from __future__ import annotations

import os
import random
import re
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from engines.generate.base import GenerationRequest
from engines.generate.registry import engines
from engines.generate.remote.provider import Alone, RemoteEngine
from engines.generate.remote.wire import Wire
from studio_app.planning.remote_clip import RemoteClips
from studio_app.services.access import EngineAccess
from studio_app.services.job_book import BookState, Entry, JobBook
from studio_app.services.keys import Keys, NoStore
from studio_app.services.settings import SettingsStore
from tests.engines.generate.remote.test_providers import BEHIND, REMOTE, WITH_FILMS, first_of, pictures, request_for
from tests.fakes.providers import FakeProviders
from timeline.errors import StudioError

__all__ = ["pictures"]
pytestmark = [pytest.mark.media, pytest.mark.slow]
ROOT = Path(__file__).parents[2]
JOBS, KILLS, AT_ONCE = 100, 6, 12
FAULTS = (
    "", "#busyx2", "#cut", "#poll-downx2", "#breaks", "#fails", "#gateway", "#no-credits", "#expires", "#downx2",
    "#late-moderation", "#garbled", "#downx4", "#poll-cut", "#gone", "#fail-moderation", "#no-film", "#oops", "#early-404x2",
    "#no-id", "#file-moved", "#proxy", "#echo-key", "#redirect", "#list-answer", "#too-large", "#see-other", "#poll-list", "#busy-long",
)  # fmt: skip


def plan(number: int, pictures: dict[str, str]) -> tuple[str, GenerationRequest]:
    """Who makes a job, and of what: every engine meets many faults, every fault many engines."""
    name = REMOTE[number % len(REMOTE)]
    fault = FAULTS[(number + number // len(REMOTE) * 5) % len(FAULTS)]
    if fault == "#gateway" and 504 in engines().classes[name].safe_statuses:  # type: ignore[attr-defined]
        fault = "#cut"  # this provider's gateway refuses before anything is taken
    if fault in ("#fails", "#late-moderation") and name not in WITH_FILMS:
        fault = ""  # it answers with the picture itself
    return name, request_for(first_of(name), pictures, f"no {number:03} {fault}")


def clips_at(url: str, folder: Path) -> RemoteClips:
    settings = SettingsStore(folder / "settings.json")
    addresses = {one: f"{url}/{BEHIND.get(one, one)}" for one in REMOTE} | {"fal-files": f"{url}/fal"}
    settings.values.engine_addresses = addresses
    names = [name for one in engines().classes.values() if issubclass(one, RemoteEngine) for name in one.key_names]
    access = EngineAccess(Keys(NoStore(), dict.fromkeys(names, "good-key")), settings, folder / "models.toml")
    access.pace = 0.001
    return RemoteClips(access, JobBook(folder / "jobs.db"))


def work(clips: RemoteClips, folder: Path, pictures: dict[str, str]) -> None:
    """What a program does: goes on with what is left, then makes what was never begun."""

    def go_on(entry: Entry) -> None:
        clips.go_on(entry, Alone())

    def make(number: int) -> None:
        name, request = plan(number, pictures)
        maker = clips.access.engine(name)
        assert isinstance(maker, RemoteEngine)
        clips.make(maker, request, folder / f"take {number}.mp4", Alone())

    def tried(do: Any, what: Any) -> None:
        with suppress(StudioError):  # the book has it with its cause
            do(what)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(lambda one: tried(go_on, one), clips.left()))
        begun = {one.name for one in clips.book.all()}
        missing = [number for number in range(JOBS) if f"take {number}.mp4" not in begun]
        list(pool.map(lambda one: tried(make, one), missing))


def die_after(steps: int) -> None:
    """No handler runs, nothing is flushed: at the write to the book, or between an answer and its writing down."""
    lock, left = threading.Lock(), [steps]

    def counted(done: Any) -> Any:
        def step(*given: Any, **named: Any) -> Any:
            result = done(*given, **named)
            with lock:
                left[0] -= 1
                if left[0] == 0:
                    os.kill(os.getpid(), signal.SIGKILL)
            return result

        return step

    JobBook.write, JobBook.add = counted(JobBook.write), counted(JobBook.add)  # type: ignore[method-assign]
    Wire.request, Wire.fetch = counted(Wire.request), counted(Wire.fetch)  # type: ignore[method-assign]


def main() -> None:
    """The program that is killed: address, folder, folder of the pictures, after how many steps."""
    url, folder, shown, steps = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4])
    die_after(steps)
    work(clips_at(url, folder), folder, found_in(shown))


def told(book: JobBook, fakes: FakeProviders, number: int) -> str:
    """All that happened to a job, for who has to find out why."""
    (entry,) = [one for one in book.all() if one.name == f"take {number}.mp4"]
    there = [one for one in fakes.ledger.jobs.values() if f"no {number:03} " in one.prompt]
    lines = [f"{one.at:.3f} {one.state} {one.text}" for one in book.history(entry.id)]
    lines += [f"{one.created:.3f} taken by {one.provider} as {one.id}" for one in there]
    return "\n".join([f"{entry.engine} {entry.request['prompt']}", *sorted(lines)])


def uneven(book: JobBook, fakes: FakeProviders) -> str:
    """The jobs that cost more or less there than here."""
    there = {number: fakes.ledger.price_of(one) for one in fakes.ledger.jobs.values()
             for number in range(JOBS) if f"no {number:03} " in one.prompt}  # fmt: skip
    here = {int(one.name[5:-4]): one.cost for one in book.all() if one.name.startswith("take")}
    return "\n".join(told(book, fakes, one) for one in here if here[one] != there.get(one, 0))


def found_in(folder: Path) -> dict[str, str]:
    return {
        "first": f"{folder}/first.png",
        "last": f"{folder}/last.png",
        "film": f"{folder}/source.mp4",
        "workflow": f"{folder}/workflow.json",
    }


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no such signal here")
def test_a_hundred_jobs_with_faults_in_a_program_that_is_killed_again_and_again(
    fakes: FakeProviders, pictures: dict[str, str], tmp_path: Path
) -> None:
    chance, shown = random.Random(7), Path(pictures["first"]).parent
    ended = []
    for _ in range(KILLS):
        command = [sys.executable, "-c", "from tests.studio_app.test_hundred_jobs import main; main()"]
        command += [fakes.url, str(tmp_path), str(shown), str(chance.randint(40, 240))]
        run = subprocess.run(command, cwd=ROOT, capture_output=True, check=False, timeout=120)
        assert run.returncode in (-signal.SIGKILL, 0), run.stderr.decode()
        ended.append(run.returncode)
        time.sleep(0.5)  # what it sent last is on its way; `running.SETTLES` waits for that at another pace
    assert ended.count(-signal.SIGKILL) >= KILLS - 1
    clips = clips_at(fakes.url, tmp_path)
    work(clips, tmp_path, pictures)
    book = clips.book

    entries = book.all()
    assert sorted(one.name for one in entries) == sorted(f"take {number}.mp4" for number in range(JOBS)), "none is lost"
    twice = [number for number in range(JOBS) if fakes.ledger.count(prompt=f"no {number:03} ") > 1]
    assert not twice, "\n".join(told(book, fakes, number) for number in twice)
    ours = {one.handle.id for one in entries if one.handle}
    unknown = [one for one in entries if one.state is BookState.UNKNOWN]
    assert {one.state for one in entries} <= {BookState.DONE, BookState.FAILED, BookState.UNKNOWN}
    assert not [one.name for one in entries if one.state is BookState.DONE and not Path(one.target).exists()]
    ill = [one for one in entries if one.state in (BookState.FAILED, BookState.UNKNOWN)]
    assert not [(one.engine, one.request["prompt"], one.message) for one in ill if not one.message or not one.fault]
    assert len(unknown) < JOBS / 2

    for one in unknown:  # what a user does who has looked into the account there
        words = str(one.request["prompt"])[:13]
        if any(words in each.prompt and fakes.ledger.price_of(each) for each in fakes.ledger.jobs.values()):
            book.write(one.id, BookState.FAILED, "billed, and lost", cost=str(one.estimate))
        else:
            book.set_state(one.id, BookState.FAILED, "It was not taken, or not billed.", one.fault)
    assert book.spent().reserved == 0
    assert book.spent().billed == fakes.ledger.billed(), uneven(book, fakes)
    assert len(ours) + len(unknown) >= fakes.ledger.count(), "each job that was taken has its line in the book"

    failed = book.all(states=[BookState.FAILED])
    assert len(failed) > 10
    for one in failed:  # the retry that the cause asks for: other words, credits, a service that is up again
        maker = clips.access.engine(one.engine)
        assert isinstance(maker, RemoteEngine)
        request = GenerationRequest.model_validate(one.request)
        calm = re.sub(r"#(?!quick)[a-z0-9-]+", "", request.prompt).replace("no ", "again ")
        clips.make(maker, request.model_copy(update={"prompt": calm}), tmp_path / f"again {one.name}", Alone())
    assert book.spent().billed == fakes.ledger.billed()
    book.close()

"""Proxies of the open project's films: found, measured for, made one after another in the background, used by the preview.

The edit never knows of them: a proxy is found by what is in its source, and only whoever draws a preview is given it.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable
from pathlib import Path

from engines.errors import MediaError
from engines.media.proxy import (
    ProxyBusyError,
    ProxyDiskError,
    may_have_proxy,
    pieces_of,
)
from engines.media.scrub_cost import TOO_SLOW_MS
from studio_app.services.cache_budget import CacheBudget, touch
from studio_app.services.jobs import Job, Jobs, Joinable, Post, StartThread
from studio_app.services.proxy_entry import ProxyEntry, ProxyState, expected_bytes
from studio_app.services.proxy_process import ProxyMaker, ProxyProcess
from studio_app.services.settings import SettingsStore
from studio_app.services.signal import Signal
from timeline.atomic import write_atomically
from timeline.errors import Cancelled, StudioError
from timeline.media import Media

log = logging.getLogger(__name__)

LOOK_SECONDS = 0.25
START_SECONDS = 4.0
"""The window has better things to do at first than to be measured beside."""


class Proxies:
    """`changed` tells, on the main thread, the id of a film whose state is another one now.

    `is_busy` says that there is something better to do (playing, exporting, drawing thumbnails): the work rests meanwhile.
    """

    def __init__(
        self,
        jobs: Jobs,
        settings: SettingsStore,
        budget: CacheBudget,
        post: Post,
        start_thread: StartThread,
        is_busy: Callable[[], bool] = lambda: False,
        maker: ProxyMaker | None = None,
        patience: float = START_SECONDS,
    ) -> None:
        self.changed: Signal[str] = Signal()
        self._jobs, self._settings, self._budget = jobs, settings, budget
        self._post, self._start_thread, self._is_busy = post, start_thread, is_busy
        self._maker = maker or ProxyProcess()
        self._folder = budget.folder / "proxies"
        self._lock = threading.RLock()
        self._turn = threading.Lock()
        self._woken = threading.Event()
        self._entries: dict[str, ProxyEntry] = {}
        self._patience = patience
        self._looker: Joinable | None = None
        self._job: Job | None = None
        self._is_stopped = False
        """By Cancel or a full disk: only what a hand asks for is made, until another project or other settings."""
        self._closing = False
        budget.add_user(self.in_use)

    # the drawing side

    def stand_in(self, media: Media, size: tuple[int, int]) -> Media | None:
        """The proxy to read in place of `media` (engines.render.footage.StandIns). Any thread, at once."""
        entry = self._entries.get(media.id)
        if entry is None or entry.state is not ProxyState.READY or not self._settings.values.proxies_used:
            return None
        if entry.media.path != media.path or entry.media.content_hash != media.content_hash:
            return None
        if not entry.path.is_file():  # somebody emptied the cache
            self._set(entry, ProxyState.NONE)
            return None
        return entry.stand_in

    # the asking side: main thread

    def state(self, media: Media) -> ProxyState:
        """How a film stands."""
        entry = self._entries.get(media.id)
        return entry.state if entry is not None else ProxyState.NONE

    def stands_for(self, media_id: str) -> bool:
        """Whether the viewer reads a proxy of this film."""
        entry = self._entries.get(media_id)
        return entry is not None and entry.state is ProxyState.READY and self._settings.values.proxies_used

    def reason(self, media: Media) -> str:
        """Why there is none, if making it failed."""
        entry = self._entries.get(media.id)
        return entry.reason if entry is not None else ""

    def can_have(self, media: Media) -> bool:
        """Whether one could be made at all."""
        return may_have_proxy(media)

    def consider(self, media: Iterable[Media]) -> None:
        """These are the films of the open project: find their proxies; measure those that are new."""
        side = self._settings.values.proxy_size.short_side
        media = list(media)
        with self._lock:
            before = self._entries
            self._is_stopped = self._is_stopped and any(one.id in before for one in media)
            entries: dict[str, ProxyEntry] = {}
            for one in media:
                old = before.get(one.id)
                if old is not None and old.side == side and (old.media is one or old.media == one):
                    entries[one.id] = old
                elif may_have_proxy(one):
                    entries[one.id] = ProxyEntry(one, side, self._folder)
            self._entries = entries  # at once: the drawing and the making thread look without the lock
        self._look()

    def consider_again(self) -> None:
        """The settings were changed: those that were passed over are looked at anew."""
        with self._lock:
            for entry in self._entries.values():
                entry.is_new = entry.is_new or entry.state is ProxyState.NONE
            media = [entry.media for entry in self._entries.values()]
        self.consider(media)
        self._is_stopped = False

    def make(self, media: Media) -> None:
        """Make one whatever the film costs to scrub."""
        values = self._settings.values
        if media.content_hash in values.no_proxy:
            values.no_proxy = [one for one in values.no_proxy if one != media.content_hash]
            self._settings.save()
        entry = self._entries.get(media.id)
        if entry is not None and entry.state in (ProxyState.NONE, ProxyState.FAILED):
            entry.asked = True
            self._queue(entry)

    def delete(self, media: Media) -> None:
        """Delete it, and make none for this film by itself any more. Raises OSError where the system forbids it."""
        entry = self._entries.get(media.id)
        if entry is None:
            return
        values = self._settings.values
        values.no_proxy = [*(one for one in values.no_proxy if one != media.content_hash), media.content_hash][-2000:]
        self._settings.save()
        self._set(entry, ProxyState.NONE)
        entry.path.unlink(missing_ok=True)

    def in_use(self) -> set[Path]:
        """What the cache must keep: the proxies of the open project and what is being made."""
        with self._lock:
            entries = list(self._entries.values())
        kept = {entry.path for entry in entries if entry.state is ProxyState.READY}
        return kept | {pieces_of(entry.path) for entry in entries if entry.state is ProxyState.MAKING}

    def close(self, timeout: float = 8.0) -> None:
        """End the work, waited for so many seconds at most; what is made so far stays for the next time.

        Who is at the process then closes it, or it ends with us.
        """
        with self._lock:
            self._closing = True
            looker, job = self._looker, self._job
        self._woken.set()
        if job is not None:
            job.cancel()
        if looker is not None:
            looker.join(timeout)
        if self._turn.acquire(timeout=timeout):
            try:
                self._maker.close()
            finally:
                self._turn.release()

    # finding and measuring: a thread of its own

    def _look(self) -> None:
        with self._lock:
            if self._looker is None and not self._closing and any(one.is_new for one in self._entries.values()):
                self._looker = self._start_thread("proxies", self._look_at_all)

    def _look_at_all(self) -> None:
        while True:
            with self._lock:
                new = [one for one in self._entries.values() if one.is_new]
                if not new or self._closing:
                    self._looker = None
                    break
            self._find(new)
            for entry in new:
                try:
                    self._measure(entry)
                except Cancelled:
                    continue  # another project, or the end
                except MediaError as error:
                    log.info("%s was not measured: %s", entry.media.name, error.message)
        with self._turn:
            if self._job is None:
                self._maker.close()

    def _find(self, new: list[ProxyEntry]) -> None:
        """Take what is there already."""
        for entry in new:
            entry.is_new = False
            if entry.path.is_file():
                touch(entry.path)
                self._set(entry, ProxyState.READY)

    def _measure(self, entry: ProxyEntry) -> None:
        values = self._settings.values
        if entry.state is not ProxyState.NONE or not values.proxies_automatic:
            return
        if entry.media.content_hash not in values.no_proxy and self._cost(entry) > TOO_SLOW_MS:
            self._queue(entry)

    def _cost(self, entry: ProxyEntry) -> float:
        try:
            return float(entry.cost_path.read_text())
        except (OSError, ValueError):
            pass

        def check() -> None:
            if self._is_gone(entry):
                raise Cancelled

        check()
        self._woken.wait(self._patience)
        while self._is_busy():
            check()
            self._woken.wait(LOOK_SECONDS)
        with self._turn:
            check()
            cost = self._maker.measure(entry.media, entry.side, check)
        self._patience = 0.0
        try:
            entry.cost_path.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(entry.cost_path, f"{cost:.1f}".encode())
        except OSError as error:
            log.info("what %s costs to scrub could not be kept: %s", entry.media.name, error)
        return cost

    # making: one job for all that wait

    def _queue(self, entry: ProxyEntry) -> None:
        if self._is_gone(entry) or (self._is_stopped and not entry.asked):
            return
        self._set(entry, ProxyState.WAITING)
        self._post(self._submit)

    def _submit(self) -> None:
        """On the main thread: a job, unless there is one, or nothing to do."""
        with self._lock:
            if self._job is not None or self._closing or not self._waiting():
                return
            self._job = self._jobs.submit("Proxies", self._make_all, self._done, self._failed, kind="proxy")

    def _done(self, _: object) -> None:
        """All that waited is made. Nobody asked for it, so no row stays."""
        job, self._job = self._job, None
        if job is not None:
            self._jobs.dismiss(job)
        self._submit()

    def _failed(self, error: StudioError) -> None:
        """Stopped by a hand, or by the disk: what waited is passed over until somebody asks."""
        job, self._job, self._is_stopped = self._job, None, True
        stopped = isinstance(error, Cancelled)
        with self._lock:
            left = [one for one in self._entries.values() if one.state in (ProxyState.WAITING, ProxyState.MAKING)]
        for entry in left:
            self._set(entry, ProxyState.NONE if stopped else ProxyState.FAILED, "" if stopped else error.message)
        if job is not None and stopped:
            self._jobs.dismiss(job)
        self._submit()

    def _waiting(self) -> list[ProxyEntry]:
        with self._lock:
            found = [one for one in self._entries.values() if one.state is ProxyState.WAITING]
        return sorted(found, key=lambda one: not one.asked)

    def _make_all(self, job: Job) -> None:
        try:
            self._make_waiting(job)
        finally:  # stopped, too: a process that waits to be asked again holds its libraries
            with self._turn:
                self._maker.close()

    def _make_waiting(self, job: Job) -> None:
        done = 0
        while waiting := self._waiting():
            entry = waiting[0]
            name = f"{entry.media.name}" + (f", {done + 1} of {done + len(waiting)}" if done + len(waiting) > 1 else "")
            job.progress(done / (done + len(waiting)), name)
            try:
                self._make_one(entry, job, done, name)
            except ProxyBusyError:
                job.check()
                self._set(entry, ProxyState.WAITING)
                self._woken.wait(4 * LOOK_SECONDS)  # another window makes it: look again when it may be there
                continue
            except Cancelled:
                if not self._is_gone(entry):
                    self._set(entry, ProxyState.NONE)
                job.check()
                continue
            except ProxyDiskError as error:
                self._set(entry, ProxyState.FAILED, error.message)
                raise
            except MediaError as error:
                log.info("no proxy of %s: %s", entry.media.name, error.message)
                self._set(entry, ProxyState.FAILED, error.message)
            done += 1

    def _make_one(self, entry: ProxyEntry, job: Job, done: int, name: str) -> None:
        if not self._budget.can_take(expected_bytes(entry)):
            raise MediaError("There is no room for its proxy in the cache; the preferences say how large that may be.")
        self._set(entry, ProxyState.MAKING)

        def check() -> None:
            if job.is_cancel_asked or self._is_gone(entry):
                raise Cancelled
            self._maker.pause(job.is_on_hold or self._is_busy())

        def progress(fraction: float) -> None:
            job.progress((done + fraction) / (done + max(1, len(self._waiting()) + 1)), name)

        with self._turn:
            self._maker.make(entry.media, entry.path, entry.side, check, progress)
        self._budget.grew(entry.path.stat().st_size if entry.path.is_file() else 0)
        self._set(entry, ProxyState.READY)

    def _is_gone(self, entry: ProxyEntry) -> bool:
        return self._closing or self._entries.get(entry.media.id) is not entry

    def _set(self, entry: ProxyEntry, state: ProxyState, reason: str = "") -> None:
        entry.state, entry.reason = state, reason
        self._post(lambda: self.changed.emit(entry.media.id))

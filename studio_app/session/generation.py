"""Shot -> job -> take -> clip. A placeholder of the planned length stands in the cut until its first take arrives."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

from engines.generate.base import GenerationRequest, Result
from engines.generate.registry import DEFAULT_ENGINE, engines
from engines.generate.routing import Route
from studio_app.planning.assemble import assemble, shot_name
from studio_app.planning.checking import Check
from studio_app.planning.request import request_for
from studio_app.services.job_book import BookState, Entry
from studio_app.services.job_entry import request_of
from studio_app.services.jobs import Job, Jobs, JobState
from studio_app.services.learning import Learning
from studio_app.services.signal import Signal
from studio_app.session.asked_before import ask_again
from studio_app.session.cancelled_jobs import settle_cancelled
from studio_app.session.covering import cover_places
from studio_app.session.document import Document
from studio_app.session.generation_desk import Desk
from studio_app.session.generation_plan import Plan, plan_before
from studio_app.session.generation_work import Made, Offer, TakeWork
from studio_app.session.joined_parts import (
    BEGINS_WITH,
    PARTS,
    as_place,
    begun_before,
    cost_of_parts,
    estimate_of,
    give_up_unknown,
    is_part_of_open,
    parts_in,
)
from studio_app.session.landing import is_free, land, lost_its_place, stand_in_for
from studio_app.session.left_behind import last_failures, left_behind
from studio_app.session.remarks import remark_words
from studio_app.session.shot_requests import ShotRequests
from studio_app.session.shot_state import ShotState
from studio_app.session.take_files import free_target, slug
from studio_app.session.telling import Telling
from timeline.command import Batch
from timeline.commands.add_sequence import AddSequence
from timeline.commands.remove_sequence import RemoveSequence
from timeline.errors import Cancelled, Left, StudioError
from timeline.filling import waits_for
from timeline.items import new_id
from timeline.media import Media
from timeline.query import all_clips, clips_of_shot
from timeline.storyboard import Shot, Storyboard


class Generation(ShotRequests):
    """Makes takes for shots. Main thread; the work runs in jobs."""

    def __init__(
        self,
        document: Document,
        jobs: Jobs,
        take_folder: Callable[[], Path],
        desk: Desk,
        tidy: Callable[[], None] = lambda: None,
        check: Check = lambda *_: None,
        learning: Learning | None = None,
    ) -> None:
        super().__init__(document, desk, learning)
        self._tidy = tidy
        self._check = check
        self._jobs = jobs
        self._take_folder = take_folder
        self._job_of: dict[str, Job] = {}
        self._work_of: dict[Job, TakeWork] = {}
        self._stuck: dict[str, Entry] = {}
        """By shot: what cannot go on by itself, left by an earlier run or over the budget."""
        self._asked: dict[str, TakeWork] = {}
        """By entry: failed jobs of an earlier run that asked about a dearer engine."""
        self.changed: Signal[str] = Signal()
        self.failed: Signal[str] = Signal()
        self.said: Signal[str] = Signal()
        """What the user should know and need not act on: words that were changed, a soft cap that is passed."""
        self.telling = Telling(self.said.emit, self.failed.emit)
        self.landed: Signal[str, str] = Signal()
        """A take arrived: the shot and the file. Its places in the cut show it already."""
        self.short: Signal[str, str] = Signal()
        """A take arrived and is too short for a place that waits for it: the shot and the file."""
        self.too_long: Signal[str, str] = Signal()
        """A shot is longer than the engine that was asked for makes: the shot and the engine. Nothing was sent."""
        jobs.changed.connect(self._job_changed)
        document.replaced.connect(self._change_over)
        desk.projects.never_sent = self._never_sent

    def _never_sent(self, project_id: str) -> tuple[str, ...]:
        project = self._document.project
        return project.never_sent if project.id == project_id else ()

    def state_of(self, shot_id: str) -> ShotState:
        """Where a shot stands."""
        shot = self._document.project.shot(shot_id)
        takes = len(self._document.library.takes_of(shot_id))
        job = self._job_of.get(shot_id)
        if job is not None and job.state in (JobState.QUEUED, JobState.RUNNING):
            landing = job.fraction is not None and job.fraction >= 1
            state = "landing" if landing else job.state.value
            return ShotState(state, job.fraction, job.seconds_left, job.note, takes)
        if (stuck := self._stuck.get(shot_id)) is not None:
            asked = self._asked.get(stuck.id)
            offer = asked.offer if asked is not None else None
            return ShotState(_STUCK_STATES.get(stuck.state, "failed"), message=stuck.message, takes=takes, offer=offer)
        if job is not None and job.state is JobState.FAILED and job.error is not None:
            return ShotState("failed", message=job.error.message, takes=takes, offer=self.offer_of(job))
        if takes:
            return ShotState("ready", takes=takes)
        if shot is not None and shot.media_id:
            return ShotState("footage")
        return ShotState()

    @property
    def unknown(self) -> int:
        """How many shots wait for somebody to find out whether they were taken, those of earlier runs too."""
        return sum(one.state is BookState.UNKNOWN for one in self._stuck.values())

    def missing(self, board: Storyboard) -> tuple[str, ...]:
        """Ids of the shots that have nothing to show and no job under way."""
        waiting = ("none", "failed")
        return tuple(shot.id for shot in board.shots if self.state_of(shot.id).state in waiting and not shot.media_id)

    def place(self, board: Storyboard) -> str:
        """Stand a storyboard's shots in a sequence and return its id: the one they are in, else a new one, in place of empty ones."""
        shots = {shot.id for shot in board.shots}
        for sequence, _, clip in all_clips(self._document.project):
            if clip.shot_id in shots:
                return sequence.id
        sequence = assemble(board, self.media_for)
        empty = [RemoveSequence(one.id) for one in self._document.project.sequences if not one.duration]
        self._document.do(Batch((AddSequence(sequence), *empty), "Stand shots on the timeline"))
        return sequence.id

    def generate(self, shot_ids: Iterable[str], engine_id: str | None = None) -> list[Job]:
        """Queue a job for each shot that has none under way. What cannot be planned says why on its card."""
        ready = [one for one in dict.fromkeys(shot_ids) if self.state_of(one).state not in _UNDER_WAY]
        asked = [found for one in ready if (found := self._shot_of(one)) is not None]
        there = {one.id: entry for _, one in asked if (entry := self._paid_before(one, engine_id)) is not None}
        fetched = [job for entry in there.values() if (job := self.go_on_with(entry)) is not None]
        unpaid = [shot.id for _, shot in asked if shot.id not in there]
        cover_places(self._document, unpaid)
        asked = [found for one in unpaid if (found := self._shot_of(one)) is not None]
        try:
            with (
                self.telling.together(),
                self.desk.book.at_once(),
            ):  # one write to the disk for all, before any of them is begun
                works = [work for one in asked if (work := self._planned(*one, engine_id)) is not None]
        except StudioError as error:
            self.failed.emit(error.message)
            return fetched
        return [*fetched, *(self._submit(one) for one in works)]

    def _paid_before(self, shot: Shot, engine_id: str | None) -> Entry | None:
        """The last job of a shot where its service has it, or may: it is asked for and not sent anew. `engine_id`: who is wanted."""
        wanted = (shot.engine if engine_id is None else engine_id).partition("/")[0]
        for entry in self.desk.book.select("subject = ? AND project = ?", (shot.id, self._document.project.id), 1):
            if entry.state is BookState.CANCELLED:
                continue  # who stopped it may want another
            if wanted in ("auto", entry.engine) and self.desk.book.may_be_fetched(entry):
                return entry
        return None

    def plan_at_work(self, shot_id: str) -> Plan | None:
        """What is being made for a shot now, as it was sent; None: nothing."""
        job = self._job_of.get(shot_id)
        work = self._work_of.get(job) if job is not None and not job.is_over else None
        return work.plan if work is not None else None

    def cancel(self, shot_id: str) -> None:
        """Stop the job of a shot."""
        if job := self._job_of.get(shot_id):
            job.cancel()
            self.changed.emit(shot_id)

    def retry(self, shot_id: str) -> None:
        """Send a failed shot again; of one whose outcome is unknown that is what the user decided.

        What failed on the way back only is asked for once more, and nothing is sent.
        """
        job = self._job_of.get(shot_id)
        entry = self.entry_of(job) if job is not None and job.state is JobState.FAILED else None
        stuck = self._stuck.get(shot_id)
        if entry is None and stuck is not None and stuck.state is BookState.FAILED:
            entry = stuck  # of an earlier run
        if entry is not None and self.desk.book.may_be_fetched(entry) and self.go_on_with(entry) is not None:
            return
        stuck = self._stuck.pop(shot_id, None)
        if stuck is not None and stuck.state is not BookState.FAILED:
            self.desk.book.set_state(stuck.id, BookState.FAILED, "sent anew by hand")
            give_up_unknown(self.desk.book, stuck)
        self.generate([shot_id])

    def accept(self, shot_id: str) -> Job | None:
        """Yes to the question of a failed shot: it goes to the engine that was offered. None where there is none, or it can no more."""
        job, stuck = self._job_of.get(shot_id), self._stuck.get(shot_id)
        work = self._work_of.get(job) if job is not None and self.offer_of(job) is not None else None
        work = self._asked.pop(stuck.id, None) if stuck is not None else work
        offer = work.offer if work is not None else None
        if work is None or offer is None:
            return None
        self._stuck.pop(shot_id, None)
        name = work.entry.name
        number = len(self._document.library.takes_of(shot_id)) + 1
        target = free_target(self._take_folder(), f"{slug(name)}_{shot_id}_take", number, work.target.suffix)
        try:
            plan = work.agreed(offer)
        except StudioError as error:
            self._not_sent(work.shot, name, offer.engine, error)
            return None
        place = {key: one for key, one in work.entry.place.items() if key != PARTS}
        written = self._written(work.shot, plan, target, name, place)
        if written is None:
            return None
        written.chain = [*work.chain]
        return self._submit(written)

    def offer_of(self, job: Job) -> Offer | None:
        """Who could make the shot of a job that failed, once the user says so; None for one that is not its shot's last."""
        work, is_last = self._work_of.get(job), self._job_of.get(job.subject) is job
        asks = is_last and job.state is JobState.FAILED and job.subject not in self._stuck
        return work.offer if work is not None and asks else None

    def look_again(self, shot_id: str) -> None:
        """Ask the service once more whether it took a job without an answer; nothing is sent anew by that."""
        stuck, found = self._stuck.get(shot_id), self._shot_of(shot_id)
        if stuck is not None and stuck.state is BookState.UNKNOWN and found is not None:
            del self._stuck[shot_id]
            self._gone_on(found[1], stuck)

    def home_of(self, entry: Entry) -> Shot | None:
        """The shot of a job of the book, or what stands for it where the job is for no shot; None: it is gone."""
        if "part" in entry.place:
            return None  # the job it is a part of goes on with it
        found = self._shot_of(entry.subject)
        return found[1] if found is not None else stand_in_for(entry) if is_free(entry) else None

    def can_go_on(self, entry: Entry) -> bool:
        """Whether the shot of a job of the book is there and has none under way."""
        return self.home_of(entry) is not None and self.state_of(entry.subject).state not in _UNDER_WAY

    def go_on_with(self, entry: Entry) -> Job | None:
        """Go on with a job of the book where it stands; None for a shot that is gone or has a job under way."""
        shot = self.home_of(entry)
        if shot is None or not self.can_go_on(entry):
            return None
        self._stuck.pop(entry.subject, None)
        return next(iter(self._gone_on(shot, entry)), None)

    def again(self, entry: Entry) -> Job | None:
        """Send once more what was sent then: the same words, seed and model, as a job of its own. None as in `go_on_with`."""
        shot = self.home_of(entry)
        if shot is None or not self.can_go_on(entry):
            return None
        try:
            request = request_of(entry)
        except StudioError as error:
            self.failed.emit(error.message)
            return None
        number = len(self._document.library.takes_of(shot.id))
        target = free_target(
            self._take_folder(), f"{slug(entry.name)}_{shot.id}_take", number + 1, Path(entry.target).suffix
        )
        here = Route(entry.engine, "same recipe", "It is sent once more as it was.")
        parts = parts_in(entry.place)
        begun = 1 if BEGINS_WITH in entry.place else 0
        cost = estimate_of(self.desk.access.engine(entry.engine), request, parts, begun).cost
        plan = Plan(entry.engine, request, here, cost, currency=entry.currency, parts=parts)
        self._stuck.pop(shot.id, None)
        work = self._written(shot, plan, target, entry.name, entry.place)
        return None if work is None else self._submit(work)

    def let_go(self, entry: Entry) -> None:
        """A job of the book is settled: its card forgets it."""
        if (stuck := self._stuck.get(entry.subject)) is not None and stuck.id == entry.id:
            del self._stuck[entry.subject]
        self.changed.emit(entry.subject)

    def write_off(self, entry: Entry) -> None:
        """A job was settled as lost: its row goes, and its card says what the book says."""
        job = self._job_of.get(entry.subject)
        if job is not None and (found := self.entry_of(job)) is not None and found.id == entry.id:
            self._jobs.dismiss(job)
        if (settled := self.desk.book.find(entry.id)) is not None:
            self._stuck[entry.subject] = settled
        self.changed.emit(entry.subject)

    def move(self, job: Job, by: int) -> None:
        """Let a waiting job start earlier or later; the book keeps the order, so that a restart does."""
        self._jobs.move(job, by)
        waiting = [one for one in self._jobs.queued if one.lane == job.lane and one in self._work_of]
        for place, one in enumerate(waiting):
            self.desk.book.set_priority(self._work_of[one].entry.id, len(waiting) - place)

    def _keep_unknown(self, work: TakeWork) -> None:
        """A job whose outcome nobody knows is no failed one: it is not sent again by generating what is missing."""
        entry = self.desk.book.find(work.entry.id)
        if entry is not None and entry.state is BookState.UNKNOWN:
            self._stuck[work.shot.id] = entry
            self.changed.emit(work.shot.id)

    def can_try_another_seed(self, shot_id: str) -> bool:
        """Whether one more take of the shot would be another one: a scene arranged by hand keeps its seed."""
        shot = self._document.project.shot(shot_id)
        return shot is not None and not isinstance(shot.scene.get("seed"), int)

    def entry_of(self, job: Job) -> Entry | None:
        """What the book says of a job of the list."""
        work = self._work_of.get(job)
        return None if work is None else self.desk.book.find(work.entry.id)

    def resume(self) -> list[Job]:
        """Go on with what an earlier run of this project left: films that are there land, services are asked, the rest is sent.

        What was sent without an answer is not sent again: its card says so.
        """
        book, project = self.desk.book, self._document.project
        started = []
        at_work = [work.entry.id for job, work in self._work_of.items() if not job.is_over]
        for entry in book.claim(project.id, at_work):
            found = self._shot_of(entry.subject)
            if is_part_of_open(book, entry):
                continue
            if entry.state is BookState.UNKNOWN:
                self._stuck[entry.subject] = entry
                self.changed.emit(entry.subject)
            elif found is None and entry.state is BookState.QUEUED and not entry.client_key and not is_free(entry):
                book.set_state(entry.id, BookState.CANCELLED, "its shot is gone and nothing was sent")
            else:
                started += self._gone_on(found[1] if found is not None else stand_in_for(entry), entry)
        for entry in left_behind(self._document, book):
            started += self._gone_on(self.home_of(entry) or stand_in_for(entry), entry)
        failed = [one for one in last_failures(project.id, book) if not self._document.library.takes_of(one.subject)]
        for entry in (*failed, *book.held(project.id)):
            home = self.home_of(entry)
            if home is not None and self.state_of(entry.subject).state not in _UNDER_WAY:
                self._stuck[entry.subject] = entry
                if entry.state is BookState.FAILED:
                    with suppress(StudioError):  # what another version wrote is no question any more
                        work = self._work(home, plan_before(entry), entry, Path(entry.target))
                        self._asked |= {entry.id: work} if ask_again(work) else {}
                self.changed.emit(entry.subject)
        return started

    def _gone_on(self, shot: Shot, entry: Entry) -> list[Job]:
        """The job that goes on; none where this version cannot read it: its card and a sentence say so, and the others go on."""
        try:
            return [self._resumed(shot, entry)]
        except StudioError as error:
            was_sent = bool(entry.client_key) or entry.state is BookState.UNKNOWN  # never sent again by itself
            state = BookState.UNKNOWN if was_sent else BookState.FAILED
            self._stuck[entry.subject] = replace(entry, state=state, message=error.message)
            self.failed.emit(error.message)
            self.changed.emit(entry.subject)
            return []

    def _resumed(self, shot: Shot, entry: Entry) -> Job:
        plan, target = plan_before(entry), Path(entry.target)
        self.desk.book.take(entry.id)
        work = self._work(shot, plan, entry, target)
        if entry.state is not BookState.LANDING or not target.exists():
            return self._submit(work)
        facts = {"provider": entry.engine, "model": entry.model} if entry.engine != DEFAULT_ENGINE else {}
        result, cost = Result(target, plan.request.seed, facts), cost_of_parts(self.desk.book, entry)
        return self._submit(work, lambda job: work.landed(result, entry.engine, "", job, cost))

    def _planned(self, board: Storyboard, shot: Shot, engine_id: str | None) -> TakeWork | None:
        number = len(self._document.library.takes_of(shot.id))
        name = shot_name(shot, board.shots.index(shot))
        target = free_target(self._take_folder(), f"{slug(name)}_{shot.id}_take", number + 1)
        project = self._document.project.id
        request = self._with_learnt(request_for(board, shot, take=number))
        request = request.model_copy(update={"backend": self.desk.values.backend.value})
        wanted = shot.engine if engine_id is None else engine_id
        self._stuck.pop(shot.id, None)
        try:
            plan = self.desk.planner(project).plan(shot, request, wanted, board)
        except StudioError as error:
            self._not_sent(shot, name, wanted, error)
            if self.desk.planner(project).too_long(shot, request, wanted) is not None:
                self.too_long.emit(shot.id, wanted)
            return None
        return self._written(shot, plan, target, name)

    def restyle(
        self,
        media: Media,
        words: str,
        engine_id: str,
        shot_id: str | None = None,
        *,
        name: str = "",
        seed: int = 0,
        place: Mapping[str, Any] | None = None,
    ) -> Job | None:
        """Send a film to an engine that changes films by words ("runway/aleph2"): one take more of the shot, or a file of the pool.

        Its lineage names the film, and what `place` says of the asking (`relationship`, ASKED); the take is `called` as it says.
        None where it cannot be sent; that is told.
        """
        found = self._shot_of(shot_id or "")
        shot = replace(found[1] if found is not None else Shot(words, id=shot_id or new_id()), description=words)
        name = f"{media.name}, {name or words.rstrip('.')}"[:_LONGEST_NAME]
        request = GenerationRequest(
            prompt=words, duration=media.duration, width=media.width, height=media.height, rate=media.rate or Fraction(24),
            source_video=media.path, seed=seed,
        )  # fmt: skip
        return self.make(replace(shot, extra={}), request, engine_id, name, {"source": media.id, **(place or {})})

    def make(
        self,
        shot: Shot,
        request: GenerationRequest,
        engine_id: str,
        name: str,
        place: Mapping[str, Any],
        suffix: str = ".mp4",
    ) -> Job | None:
        """Send a request that is not what a shot says, in the name of `shot`, which need not be in the project.

        `place` says where the result goes; it stays with the job. None where it cannot be sent; that is told.
        """
        target = free_target(self._take_folder(), f"{slug(name)}_{shot.id}_", 1, suffix)
        try:
            plan = self.desk.planner(self._document.project.id).plan(shot, request, engine_id)
        except StudioError as error:
            self._not_sent(shot, name, engine_id, error)
            return None
        return self.send(shot, plan, target, name, place)

    def send(self, shot: Shot, plan: Plan, target: Path, name: str, place: Mapping[str, Any]) -> Job | None:
        """Send what was planned before. None where the book or a cap says no; that is told."""
        work = self._written(shot, plan, target, name, place)
        return None if work is None else self._submit(work)

    def _written(
        self, shot: Shot, plan: Plan, target: Path, name: str, place: Mapping[str, Any] | None = None
    ) -> TakeWork | None:
        """Into the book, ready to begin; None where the book or a cap says no, and the card says why."""
        project = self._document.project.id
        place = {**(place or {}), **as_place(plan.parts)}
        try:
            before = begun_before(self.desk.book, project, shot.id, plan.request, place) if plan.parts else None
            if before is not None:  # what was made of it is not paid for again
                self.desk.book.take(before.id)
                return self._work(shot, plan, before, Path(before.target))
            entry = Entry(project, shot.id, name, plan.engine, plan.request.model_dump(mode="json"), str(target),
                          plan.request.model, place, estimate=plan.cost, currency=plan.currency)  # fmt: skip
            entry = self.desk.book.add(entry, self.desk.caps)
        except StudioError as error:
            self._not_sent(shot, name, plan.engine, error)
            return None
        if entry.state is BookState.OVER_BUDGET:
            self._stuck[shot.id] = entry
            self.telling.held(name, entry.message)
            self.changed.emit(shot.id)
            return None
        if self.desk.book.warning(entry, self.desk.caps):
            self.telling.soft_cap(name)
        remark_words(self.desk.book, entry.id, plan)
        for note in plan.notes:
            self.telling.note(name, note)
        return self._work(shot, plan, entry, target)

    def _not_sent(self, shot: Shot, name: str, wanted: str, error: StudioError) -> None:
        self._stuck[shot.id] = Entry(
            self._document.project.id, shot.id, name, wanted, {}, "", state=BookState.FAILED, message=error.message
        )
        self.telling.refused(name, error.message)
        self.changed.emit(shot.id)

    def _work(self, shot: Shot, plan: Plan, entry: Entry, target: Path) -> TakeWork:
        learning = self._learning
        note = learning.note if learning is not None else (lambda *_: None)
        return TakeWork(self.desk, shot, plan, entry, target, self._check, note)

    def _submit(self, work: TakeWork, do: Callable[[Job], Made] | None = None) -> Job:
        def done(made: Made) -> None:
            self._land(work.shot.id, made)

        def failed(error: StudioError) -> None:
            if isinstance(error, Left):
                return  # the book has it: it is picked up with the project
            if isinstance(error, Cancelled):
                work.target.unlink(missing_ok=True)  # it may have been ready just before; nothing knows of it
                self._cancelled(work)
            else:
                self._keep_unknown(work)
                self.failed.emit(error.message)

        lane = self._lane(work.plan.engine)
        if (old := self._job_of.get(work.shot.id)) is not None and old.state is JobState.FAILED:
            self._jobs.dismiss(old)  # it is asked for anew: the book keeps how it failed, the list what is to be done
        job = self._jobs.submit(
            work.entry.name, do or work, done, failed, kind="generate", subject=work.shot.id, lane=lane
        )
        self._job_of[work.shot.id] = job
        self._work_of[job] = work
        self.changed.emit(work.shot.id)
        return job

    def _cancelled(self, work: TakeWork) -> None:
        """Say what a service answered to being stopped: it may have begun to cost."""
        entry, words, is_known = settle_cancelled(self.desk.book, work.entry, has_parts=bool(work.plan.parts))
        if not is_known:
            self._keep_unknown(work)
        if words:
            self.said.emit(f"{entry.name}: {words}")

    def _lane(self, engine_id: str) -> str:
        """Jobs of a service wait for each other, not for those of this computer."""
        at_once = getattr(engines().classes.get(engine_id), "concurrency", 0)
        if not at_once:
            return "generate"
        lane = f"generate {engine_id}"
        self._jobs.set_limit(lane, at_once)
        return lane

    def _land(self, shot_id: str, made: Made) -> None:
        media = land(self._document, shot_id, made)
        self.desk.book.set_state(made.entry.id, BookState.DONE)
        self._tidy()  # the engine may have kept something
        self.changed.emit(shot_id)
        self.landed.emit(shot_id, media.id)
        project = self._document.project
        if any(waits_for(clip, shot_id) for _, clip in clips_of_shot(project, shot_id)):
            self.short.emit(shot_id, media.id)
        elif not is_free(made.entry) and lost_its_place(project, shot_id):
            self.said.emit(f"“{made.entry.name}” is in the media pool. Its place in the cut is gone.")

    def _job_changed(self, job: Job) -> None:
        if job.kind == "generate":
            self.changed.emit(job.subject)

    def _change_over(self) -> None:
        """Another project: what runs here is left to the book, what the new one left is picked up."""
        for job in self._job_of.values():
            job.leave()
        self._job_of.clear()
        self._stuck.clear()
        self._asked.clear()
        if self._document.is_open:
            self.resume()


_LONGEST_NAME = 60
_UNDER_WAY = ("queued", "running", "landing")
_STUCK_STATES = {BookState.OVER_BUDGET: "over_budget", BookState.UNKNOWN: "unknown"}

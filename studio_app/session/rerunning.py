"""A branch made once more: from another source, or from what another engine makes of the same shot; child after child."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from engines.evolve.run import Step
from studio_app.planning.rebuilding import part_of
from studio_app.services.jobs import Job, JobState
from studio_app.services.signal import Signal
from studio_app.session.evolve_attempts import Attempt, Landing, next_seed
from studio_app.session.evolve_picks import Pick
from studio_app.session.job_records import engine_name
from timeline.errors import EditRefused
from timeline.library_lineage import lineage_of, parent_ids, steps_of
from timeline.media import Take
from timeline.query import media_name

if TYPE_CHECKING:
    from studio_app.session.session import Session


_NOTHING = "Nothing was made of this clip yet."


@dataclass(eq=False)
class Rerun:
    """One branch under way: what is still to be made, and what stands for which clip by now."""

    name: str
    """What it grows from now."""
    waiting: list[str]
    """Media ids of the clips to be made once more, parents first."""
    stands_for: dict[str, str]
    whole: int
    now: str = ""
    """The clip that is being made once more."""
    job: Job | None = None
    attempt: Attempt | None = None
    """What makes it; None while an engine makes the first one."""
    made: list[str] = field(default_factory=list)
    left_out: int = 0
    """Clips below it that services made, and what came of those."""


class Rerunning:
    """Main thread. Each clip is a job of its own, started when its parents are there. `changed`: one more is made, or none will be."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.changed: Signal[[]] = Signal()
        self.running: list[Rerun] = []
        session.jobs.changed.connect(self._job_changed)
        session.document.replaced.connect(self.running.clear)

    def branch_of(self, root_id: str) -> tuple[str, ...]:
        """What would be made once more, in that order: the descendants of a clip that operations made.

        What a service made of one of them, and what came of that, is left out: it would cost again, and be another film.
        """
        library = self._session.document.library
        graph = lineage_of(library)
        below = graph.descendants(root_id, None)
        kept: dict[str, None] = {}
        for one in graph.in_order(below):
            take = library.take_of_media(one)
            is_ours = take is not None and bool(steps_of(take.lineage))
            if is_ours and all(parent in kept for parent in graph.parents(one) if parent in below):
                kept[one] = None
        return tuple(kept)

    def _left_out(self, root_id: str, branch: tuple[str, ...]) -> int:
        return len(lineage_of(self._session.document.library).descendants(root_id, None)) - len(branch)

    def from_source(self, root_id: str, source_id: str) -> Rerun:
        """Make all descendants of a clip of another one instead. Raises EditRefused."""
        library = self._session.document.library
        source = library.media.get(source_id)
        branch = self._branch(root_id)
        if source is None or not source.has_video:
            raise EditRefused("Only clips with a picture can be sources.")
        if source_id == root_id or source_id in branch:
            raise EditRefused("A branch cannot grow from itself. Choose a clip outside of it.")
        left_out = self._left_out(root_id, branch)
        run = Rerun(media_name(source), list(branch), {root_id: source_id}, len(branch), left_out=left_out)
        self.running.append(run)
        self._go_on(run)
        return run

    def from_engine(self, root_id: str, engine_id: str) -> Rerun:
        """Let an engine make one more take of a clip's shot, and all descendants of that. Raises EditRefused."""
        branch = self.branch_of(root_id)
        job = self.again_by(root_id, engine_id)
        name = f"{job.label}, {engine_name(engine_id)}"
        left_out = self._left_out(root_id, branch)
        run = Rerun(name, list(branch), {}, len(branch) + 1, now=root_id, job=job, left_out=left_out)
        self.running.append(run)
        self.changed.emit()
        return run

    def shot_of(self, media_id: str) -> str:
        """The shot whose words a clip was made from. Raises EditRefused."""
        document = self._session.document
        take = document.library.take_of_media(media_id)
        shot_id = take.shot_id if take is not None and not steps_of(take.lineage) else None
        if shot_id is None or document.project.shot(shot_id) is None:
            raise EditRefused("Only takes made from a shot's words can be made by another engine.")
        return shot_id

    def again_by(self, media_id: str, engine_id: str) -> Job:
        """One more take of a clip's shot by an engine, this once: the shot keeps its own. Raises EditRefused."""
        jobs = self._session.generation.generate([self.shot_of(media_id)], engine_id)
        if not jobs:
            raise EditRefused("A take of this shot is being made already. Wait for it, or cancel it.")
        return jobs[0]

    def with_another_seed(self, media_id: str) -> None:
        """One more clip by the same operations of the same parents, with other random choices. Raises EditRefused."""
        library = self._session.document.library
        take = library.take_of_media(media_id)
        if take is None or not steps_of(take.lineage):
            raise EditRefused("Only what operations made can be made again with another seed.")
        parents = parent_ids(take, library)
        if any(one not in library.media for one in parents):
            raise EditRefused("A clip it was made of is gone. Relink it, or rebuild it from its recipe.")
        attempt = self._attempt(take, parents)
        used = {one.lineage.seed for one in library.takes.values() if parent_ids(one, library) == parents}
        while attempt.seed in used:
            attempt.seed = next_seed(attempt.seed)
        self._session.evolving.makers.start(attempt)

    def cancel(self, run: Rerun) -> None:
        """Stop a branch; what is made of it stays."""
        if run in self.running:
            self.running.remove(run)
        if run.job is not None and not run.job.is_over:
            run.job.cancel()
        self.changed.emit()

    def _branch(self, root_id: str) -> tuple[str, ...]:
        branch = self.branch_of(root_id)
        if not branch:
            is_paid = self._left_out(root_id, branch)
            raise EditRefused("Services made what there is of it; that would cost again." if is_paid else _NOTHING)
        return branch

    def _go_on(self, run: Rerun) -> None:
        """Start the next clip, or tell that all are there."""
        if not run.waiting:
            self.running.remove(run)
            made = f"{len(run.made)} clip{'s' if len(run.made) != 1 else ''}"
            if run.made:
                told = f"The branch stands again from “{run.name}”: {made}."
                if run.left_out:
                    told += f" Left out, since a service made it: {run.left_out}."
                self._session.offer(told, "Show", partial(self._show, run.made[-1]))
            self.changed.emit()
            return
        run.now = old = run.waiting.pop(0)
        library = self._session.document.library
        take = library.take_of_media(old)
        if take is None:
            self._stop(run, "nothing says how it was made")
            return
        parents = tuple(run.stands_for.get(one, one) for one in parent_ids(take, library))
        gone = [one for one in parents if one not in library.media or one in self._session.presence.missing]
        if gone:
            name = media_name(library.media[gone[0]]) if gone[0] in library.media else "A parent"
            self._stop(run, f"the file of “{name}” is gone")
            return
        run.attempt = self._session.evolving.makers.start(self._attempt(take, parents))
        run.job = run.attempt.job
        self.changed.emit()

    def _attempt(self, take: Take, parents: tuple[str, ...]) -> Attempt:
        lineage, library = take.lineage, self._session.document.library
        lead = library.media[parents[0]]
        steps = tuple(Step(name, dict(values)) for name, values in steps_of(lineage))
        # a stretch of the parent is a stretch of the new one only where that is as long
        part = part_of(lineage.request)
        part = part if part is not None and part.end <= lead.duration else None
        landing = Landing.TAKE if take.shot_id is not None else Landing.CLIP
        name = take.name or media_name(library.media[take.media_id])
        pick = Pick(lead.id, media_name(lead), take.shot_id)
        return Attempt(name, steps, lineage.seed or 0, pick, parents, part, landing)

    def _show(self, media_id: str) -> None:
        self._session.lineage.choose(media_id)
        if self._session.face is not None:
            self._session.face.show("lineage", media_id)

    def _stop(self, run: Rerun, why: str) -> None:
        self.running.remove(run)
        media = self._session.document.library.media.get(run.now)
        name = media_name(media) if media is not None else run.now
        done = f"{len(run.made)} of {run.whole} clips were made; they stay."
        self._session.tell(f"The branch ends before “{name}”: {why}. {done}", error=True)
        self.changed.emit()

    def _job_changed(self, job: Job) -> None:
        if job.is_over:
            for run in [one for one in self.running if one.job is job]:
                self._ended(run, job)

    def _ended(self, run: Rerun, job: Job) -> None:
        """A clip is there: the next one. It failed: no more. It was cancelled: no more, and nobody need be told."""
        if job.state is JobState.CANCELLED:
            self.running.remove(run)
            self.changed.emit()
        elif job.state is JobState.FAILED:
            self._stop(run, "it could not be made")
        else:
            takes = self._session.document.library.takes_of(job.subject) if run.attempt is None else ()
            new = run.attempt.media_id if run.attempt is not None else takes[-1].media_id
            run.stands_for[run.now] = new
            run.made.append(new)
            self._go_on(run)

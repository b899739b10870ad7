"""Shot -> job -> take -> clip. A placeholder of the planned length stands in the cut until its first take arrives."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from engines.generate.base import Backend, GenerationRequest, Result
from engines.generate.registry import DEFAULT_ENGINE, engine
from engines.media.probe import probe
from studio_app.planning.assemble import assemble, shot_name
from studio_app.planning.checking import Check, with_quality
from studio_app.planning.request import request_for
from studio_app.planning.takes import make_take
from studio_app.services.jobs import Job, Jobs, JobState
from studio_app.services.learning import Learning
from studio_app.services.signal import Signal
from studio_app.session.document import Document
from studio_app.session.take_files import free_target, make_folder, slug
from timeline.command import Batch, Command
from timeline.commands.add_sequence import AddSequence
from timeline.commands.fill_clip import FillClip
from timeline.commands.remove_sequence import RemoveSequence
from timeline.errors import Cancelled, StudioError
from timeline.items import MediaSource, Placeholder
from timeline.media import Media, Take
from timeline.project import Project
from timeline.query import all_clips, clips_of_shot
from timeline.storyboard import Shot, Storyboard


@dataclass(frozen=True)
class ShotState:
    """What a card shows: `none`, `footage`, `queued`, `running`, `landing`, `ready` or `failed`."""

    state: str = "none"
    fraction: float | None = None
    seconds_left: float | None = None
    message: str = ""
    takes: int = 0


class Generation:
    """Makes takes for shots. Main thread; the work runs in jobs."""

    def __init__(
        self,
        document: Document,
        jobs: Jobs,
        take_folder: Callable[[], Path],
        backend: Callable[[], Backend] = lambda: "auto",
        keep_in: Path | None = None,
        tidy: Callable[[], None] = lambda: None,
        check: Check = lambda *_: None,
        learning: Learning | None = None,
    ) -> None:
        self._document = document
        self._backend = backend
        self._keep_in, self._tidy = keep_in, tidy
        self._check, self._learning = check, learning
        self._jobs = jobs
        self._take_folder = take_folder
        self._job_of: dict[str, Job] = {}
        self.changed: Signal[str] = Signal()
        self.failed: Signal[str] = Signal()
        jobs.changed.connect(self._job_changed)
        document.replaced.connect(self._forget)

    def state_of(self, shot_id: str) -> ShotState:
        """Where a shot stands."""
        shot = self._document.project.shot(shot_id)
        takes = len(self._document.library.takes_of(shot_id))
        job = self._job_of.get(shot_id)
        if job is not None and job.state in (JobState.QUEUED, JobState.RUNNING):
            landing = job.fraction is not None and job.fraction >= 1
            state = "landing" if landing else job.state.value
            return ShotState(state, job.fraction, job.seconds_left, job.note, takes)
        if job is not None and job.state is JobState.FAILED and job.error is not None:
            return ShotState("failed", message=job.error.message, takes=takes)
        if takes:
            return ShotState("ready", takes=takes)
        if shot is not None and shot.media_id:
            return ShotState("footage")
        return ShotState()

    def media_for(self, shot: Shot) -> Media | None:
        """What stands for a shot: the take used in a cut, else the newest take, else its own footage."""
        library = self._document.library
        takes = library.takes_of(shot.id)
        used = {
            clip.source.media_id
            for _, clip in clips_of_shot(self._document.project, shot.id)
            if isinstance(clip.source, MediaSource)
        }
        take = next((one for one in takes if one.media_id in used), takes[-1] if takes else None)
        return library.media.get(take.media_id if take else shot.media_id or "")

    def request_of(self, shot_id: str) -> tuple[str, GenerationRequest] | None:
        """The engine and what it would be sent for the next take of a shot; None for a shot with nothing to go by."""
        found = self._document.project.storyboards
        for board in found:
            shot = board.shot(shot_id)
            if shot is not None and (shot.description.strip() or shot.image_reference or shot.scene):
                takes = len(self._document.library.takes_of(shot_id))
                return shot.engine or DEFAULT_ENGINE, self._with_learnt(request_for(board, shot, take=takes))
        return None

    def _with_learnt(self, request: GenerationRequest) -> GenerationRequest:
        """The request with the looks its prompt names and, where the project wants it, what the user accepted of what was learnt."""
        if self._learning is None:
            return request
        learnt = self._learning.for_prompt(request.prompt, with_nudges=self._document.project.uses_learnt)
        return request.model_copy(update={"learnt": learnt}) if learnt else request

    def scene_of(self, shot_id: str) -> Mapping[str, Any]:
        """The scene that the shot's next take is drawn from, as plain values: its own, else that of its newest take, else of its words.

        Empty for an engine that has none, and for a shot with nothing to go by. Raises EngineError.
        """
        shot = self._document.project.shot(shot_id)
        if shot is None or shot.scene:
            return {} if shot is None else shot.scene
        asked = self.request_of(shot_id)
        if asked is None:
            return {}
        engine_id, request = asked
        for take in reversed(self._document.library.takes_of(shot_id)):
            scene = _scene_in(take)
            same = ("prompt", "camera_motion", "subject_motion")
            then = take.lineage.request
            is_same = all(then.get(name) == getattr(request, name) for name in same)
            if scene and is_same and (then.get("learnt") or {}) == request.learnt:
                return scene
        return engine(engine_id).scene(request)

    def scene_of_take(self, shot_id: str) -> Mapping[str, Any]:
        """The scene that the take in use was drawn from, as it was recorded; empty where there is none."""
        shot = self._document.project.shot(shot_id)
        media = self.media_for(shot) if shot is not None else None
        take = self._document.library.take_of_media(media.id) if media is not None else None
        return _scene_in(take) if take is not None else {}

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

    def generate(self, shot_ids: Iterable[str]) -> list[Job]:
        """Queue a job for each shot that has none under way."""
        started = []
        for shot_id in shot_ids:
            project = self._document.project
            found = next(((b, shot) for b in project.storyboards if (shot := b.shot(shot_id))), None)
            if found is None or self.state_of(shot_id).state in ("queued", "running", "landing"):
                continue
            started.append(self._start(*found))
        return started

    def cancel(self, shot_id: str) -> None:
        """Stop the job of a shot."""
        if job := self._job_of.get(shot_id):
            job.cancel()
            self.changed.emit(shot_id)

    def retry(self, shot_id: str) -> None:
        """Send a failed shot again."""
        self.generate([shot_id])

    def can_try_another_seed(self, shot_id: str) -> bool:
        """Whether one more take of the shot would be another one: a scene arranged by hand keeps its seed."""
        shot = self._document.project.shot(shot_id)
        return shot is not None and not isinstance(shot.scene.get("seed"), int)

    def _start(self, board: Storyboard, shot: Shot) -> Job:
        number = len(self._document.library.takes_of(shot.id))
        request = self._with_learnt(request_for(board, shot, take=number))
        request = request.model_copy(update={"backend": self._backend()})
        maker = engine(shot.engine or DEFAULT_ENGINE, self._keep_in)
        name = shot_name(shot, board.shots.index(shot))
        target = free_target(self._take_folder(), f"{slug(name)}_{shot.id}_take", number + 1)

        def work(job: Job) -> tuple[Result, Media]:
            make_folder(target.parent)
            result = maker.generate(request, target, job)
            job.progress(1.0, "Checking")
            media = replace(probe(result.path), name=name)
            quality = self._check(media, request, result, job)
            if quality is not None and not quality.good:
                job.doubt = quality.sentence
            if self._learning is not None:
                self._learning.note(maker.id, request, result, media)
            job.progress(1.0, "Landing")
            return with_quality(result, quality), media

        def done(made: tuple[Result, Media]) -> None:
            self._land(shot.id, maker.id, maker.version, request, *made)

        def failed(error: StudioError) -> None:
            if isinstance(error, Cancelled):
                target.unlink(missing_ok=True)  # it may have been ready just before; nothing knows of it
            else:
                self.failed.emit(error.message)

        job = self._jobs.submit(name, work, done, failed, kind="generate", subject=shot.id)
        self._job_of[shot.id] = job
        self.changed.emit(shot.id)
        return job

    def _land(
        self, shot_id: str, engine_id: str, version: str, request: GenerationRequest, result: Result, media: Media
    ) -> None:
        take = make_take(shot_id, engine_id, version, request, result, media)
        first = not self._document.library.takes_of(shot_id)
        self._document.add_take(take, media)
        if first:
            fills = _fills(self._document.project, shot_id, media.id)
            for fill in fills:  # no steps: a take that arrived stays, whatever is undone
                self._document.amend(fill)
        self._tidy()  # the engine may have kept something
        self.changed.emit(shot_id)

    def _job_changed(self, job: Job) -> None:
        if job.kind == "generate":
            self.changed.emit(job.subject)

    def _forget(self) -> None:
        for job in self._job_of.values():
            job.cancel()
        self._job_of.clear()


def _scene_in(take: Take) -> Mapping[str, Any]:
    """The scene that a take's facts name; empty for takes of other engines, and of older versions."""
    facts = take.lineage.extra.get("facts")
    scene = facts.get("scene") if isinstance(facts, Mapping) else None
    return scene if isinstance(scene, Mapping) else {}


def _fills(project: Project, shot_id: str, media_id: str) -> list[Command]:
    return [
        FillClip(sequence.id, clip.id, media_id)
        for sequence, clip in clips_of_shot(project, shot_id)
        if isinstance(clip.source, Placeholder)
    ]

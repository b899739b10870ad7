"""What the program viewer shows in place of what the project holds: drafts where a take is waited for, a take that is tried.

Nothing of it is in the project: no step, no save, no export. A draft is a small, quick film by the embedded engine in the
cache; it goes when the real one lands. Where a part of a clip is made anew, the old pictures stand for the new ones.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from engines.generate.base import GenerationRequest
from engines.generate.registry import DEFAULT_ENGINE, made_by
from engines.media.probe import probe
from studio_app.services.jobs import Job, JobState
from studio_app.services.signal import Signal
from timeline.commands.use_take import UseTake
from timeline.edits import exchanged, shifted
from timeline.errors import Cancelled, EditRefused, StudioError
from timeline.filling import filled
from timeline.items import Clip, Item, MediaSource, Placeholder
from timeline.media import Library, Media
from timeline.project import Project
from timeline.query import all_clips
from timeline.respeeding import at_speed
from timeline.sequence import Sequence
from timeline.storyboard import Shot
from timeline.time import RationalTime

if TYPE_CHECKING:
    from studio_app.session.session import Session

KIND = "draft"
RETAKE = "retake"
"""In a shot's extra: which file (`media`) it makes a part of anew, and from which source time (`start`) on."""
_Before = tuple[str, RationalTime, Fraction]
"""A file, the source time that was seen first, how fast it played."""
_WIDTH, _RATE, _LONGEST = 256, Fraction(12), RationalTime(8)


class StandIns:
    """Main thread; drafts are made in jobs. `changed`: something else is shown (the shot's id; empty: a trial)."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._drafts: dict[str, Media] = {}
        self._asked: dict[str, str] = {}
        self._drawn: dict[str, Job] = {}
        self._trial: tuple[str, frozenset[str], str] | None = None
        self._tried: tuple[Project, Project] | None = None
        """The project that was dressed last, and what it is with the trial in it."""
        self.changed: Signal[str] = Signal()
        session.transport.dress = self.dress
        session.generation.changed.connect(self._follow)
        session.document.replaced.connect(self._forget)

    # drafts

    def draft_of(self, shot_id: str) -> Media | None:
        """The draft that stands for a shot without a take; None: there is none (yet)."""
        return self._drafts.get(shot_id)

    def _follow(self, shot_id: str) -> None:
        generation = self._session.generation
        if generation.state_of(shot_id).state not in ("queued", "running", "landing") or not self._is_waited_for(
            shot_id
        ):
            if (job := self._drawn.pop(shot_id, None)) is not None and not job.is_over:
                self._asked.pop(shot_id, None)  # nobody waits for it any more; another time it is drawn
                job.cancel()
            if self._session.document.library.takes_of(shot_id) and self._drafts.pop(shot_id, None) is not None:
                self._tell(shot_id)
            return
        shot = self._session.document.project.shot(shot_id)
        at_work = generation.plan_at_work(shot_id)
        if shot is None or at_work is None or at_work.engine == DEFAULT_ENGINE or RETAKE in shot.extra:
            return
        request = _cheap(at_work.request, shot)
        path = self._session.paths.cache / "drafts" / f"{_key(request)}.mp4"
        if self._asked.get(shot_id) != str(path):
            self._asked[shot_id] = str(path)
            self._make(shot_id, request, path, shot.name or shot.description)

    def _make(self, shot_id: str, request: GenerationRequest, path: Path, name: str) -> None:
        project_id = self._session.document.project.id

        def work(job: Job) -> Media:
            if not path.is_file():
                path.parent.mkdir(parents=True, exist_ok=True)
                self._session.aside.do(job, made_by, DEFAULT_ENGINE, None, request, path)
            return replace(probe(path), id=f"draft-{shot_id}")

        def done(media: Media) -> None:
            document = self._session.document
            if document.project.id == project_id and not document.library.takes_of(shot_id):
                self._drafts[shot_id] = media
                self._tell(shot_id)

        def failed(error: StudioError) -> None:
            """A draft is a courtesy: without one the slate stands."""
            if isinstance(error, Cancelled):
                for one in jobs.all:
                    if (one.kind, one.subject, one.state) == (KIND, shot_id, JobState.CANCELLED):
                        jobs.dismiss(one)

        jobs = self._session.jobs
        label = f"Draft: {name[:40]}"
        self._drawn[shot_id] = jobs.submit(label, work, done, failed, kind=KIND, subject=shot_id, lane=KIND)

    def _is_waited_for(self, shot_id: str) -> bool:
        return any(
            isinstance(clip.source, Placeholder) and clip.source.shot_id == shot_id
            for _, _, clip in all_clips(self._session.document.project)
        )

    def _tell(self, shot_id: str) -> None:
        self._session.transport.refresh()
        self.changed.emit(shot_id)

    def _forget(self) -> None:
        self._drafts.clear()
        self._asked.clear()
        for job in self._drawn.values():
            job.cancel()
        self._drawn.clear()
        self._trial = self._tried = None

    # a take on trial

    def try_take(self, sequence_id: str, clip_ids: frozenset[str], media_id: str) -> None:
        """Show another take in clips, until `end_trial`."""
        self._trial, self._tried = (sequence_id, clip_ids, media_id), None
        self._tell("")

    def end_trial(self) -> None:
        """Show what is in the cut."""
        if self._trial is not None:
            self._trial = self._tried = None
            self._tell("")

    # dressing

    def dress(self, project: Project, library: Library) -> tuple[Project, Library]:
        """The project as the viewer shows it; itself where nothing stands in."""
        retaken = {shot_id: old for shot_id, old in _retaken(project).items() if not library.takes_of(shot_id)}
        if not self._drafts and self._trial is None and not retaken:
            return project, library
        project = self._with_trial(project, library)
        for sequence in project.sequences:
            rows = self._rows(sequence, library, retaken)
            if rows:
                project = project.with_sequence(_with(sequence, rows))
        return project, library.with_media(*self._drafts.values())

    def _with_trial(self, project: Project, library: Library) -> Project:
        """With the take on trial in its clips, and its sound; one that is too short with its last frame held."""
        if self._trial is None:
            return project
        sequence_id, clip_ids, media_id = self._trial
        if self._tried is None or self._tried[0] is not project:
            try:
                new = UseTake(sequence_id, tuple(sorted(clip_ids)), media_id, "hold").apply(project, library)
            except EditRefused:  # a locked track, a take that is shorter than a frame: the picture alone is shown below
                new = project
            self._tried = (project, new)
        return self._tried[1]

    def _rows(
        self, sequence: Sequence, library: Library, retaken: Mapping[str, _Before]
    ) -> dict[str, dict[str, tuple[Item, ...]]]:
        rows: dict[str, dict[str, tuple[Item, ...]]] = {}
        for track in sequence.tracks:
            if track.is_audio:
                continue
            for clip, _ in track.clips():
                new = self._shown(sequence, clip, library, retaken)
                if new is not clip:
                    rows.setdefault(track.id, {})[clip.id] = (new,)
        return rows

    def _shown(self, sequence: Sequence, clip: Clip, library: Library, retaken: Mapping[str, _Before]) -> Clip:
        source, trial = clip.source, self._trial
        if trial is not None and trial[0] == sequence.id and clip.id in trial[1]:
            media = library.media.get(trial[2])
            return clip if media is None or source == MediaSource(media.id) else _tried(clip, media, sequence.frame)
        if not isinstance(source, Placeholder):
            return clip
        if (draft := self._drafts.get(source.shot_id)) is not None:
            return replace(clip, source=MediaSource(draft.id))
        if (old := retaken.get(source.shot_id)) is not None and old[0] in library.media:
            return replace(at_speed(clip, old[1], old[2]), source=MediaSource(old[0]))
        return clip


def _tried(clip: Clip, media: Media, frame: RationalTime) -> Clip:
    """A take in a clip; one that is too short from its start, then its last frame stands."""
    whole = filled(replace(clip, freeze=None), media, frame)
    if whole is not None:
        return whole
    start = shifted(clip, -clip.source_range.start)
    return replace(start, source=MediaSource(media.id), freeze=None)


def _with(sequence: Sequence, rows: Mapping[str, Mapping[str, tuple[Item, ...]]]) -> Sequence:
    tracks = tuple(exchanged(track, rows[track.id]) if track.id in rows else track for track in sequence.tracks)
    return replace(sequence, tracks=tracks)


def _retaken(project: Project) -> dict[str, _Before]:
    """Of each shot that makes a part of a clip anew: the file, the source time it begins at, and how fast it played."""
    found: dict[str, _Before] = {}
    for board in project.storyboards:
        for shot in board.shots:
            if isinstance(plain := shot.extra.get(RETAKE), Mapping):
                start, speed = RationalTime.parse(str(plain.get("start", "0"))), Fraction(str(plain.get("speed", "1")))
                found[shot.id] = (str(plain.get("media", "")), start, speed)
    return found


def _cheap(request: GenerationRequest, shot: Shot) -> GenerationRequest:
    """The same words, small and coarse in time; without pictures and without what only the chosen engine has."""
    width, height = request.width, request.height
    tall = max(32, round(_WIDTH * height / max(1, width)) // 2 * 2)
    return GenerationRequest(
        prompt=shot.description or request.prompt,
        duration=min(request.length, _LONGEST),
        width=_WIDTH,
        height=tall,
        rate=min(request.rate, _RATE),
        seed=request.seed,
        camera_motion=request.camera_motion,
        subject_motion=request.subject_motion,
        mood=request.mood,
        style=request.style,
        learnt=request.learnt,
    )


def _key(request: GenerationRequest) -> str:
    return hashlib.blake2b(request.model_dump_json().encode(), digest_size=12).hexdigest()

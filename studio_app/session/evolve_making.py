"""From what was asked for to what is there: jobs that evolve, where results land, and using one in the cut."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from engines.errors import EngineError
from engines.evolve.run import Step, edit_of, evolved, suffix_of
from engines.generate.base import Result
from engines.media.probe import probe
from studio_app.planning.evolved_edit import edit_command
from studio_app.planning.takes import footage_take, make_evolved_take
from studio_app.services.evolve_store import EvolveStore
from studio_app.services.jobs import Job
from studio_app.services.signal import Signal
from studio_app.session.evolve_attempts import Attempt, Landing, Variant
from studio_app.session.evolve_offers import DEFAULT_PACE, titles_of
from studio_app.session.evolve_picks import Pick, clip_of, words_of
from studio_app.session.evolve_variants import of_attempt, of_take
from studio_app.session.take_files import free_target, make_folder, slug
from timeline.command import Batch, Command
from timeline.commands.fill_clip import FillClip
from timeline.commands.overwrite_clips import OverwriteClips
from timeline.commands.set_clip import SetClip
from timeline.commands.set_pool_entry import SetPoolEntry
from timeline.errors import Cancelled, EditRefused, StudioError
from timeline.items import Clip, MediaSource, new_id
from timeline.media import Media, Take
from timeline.query import all_clips, clips_of_shot, linked_ids, media_name
from timeline.time import RationalTime, TimeRange

if TYPE_CHECKING:
    from studio_app.session.session import Session

KIND = "evolve"
_ENCODING = 0.02
"""Seconds for a million pixels: what decoding and encoding take besides."""
_TELLING = 8.0
"""Million pixels of film below which a run says nothing of the pace: most of it is beginning and ending."""
STARS = 5


class Makers:
    """Attempts of this run of the program, in the order in which they were asked for. Main thread; work runs in jobs."""

    def __init__(self, session: Session, told: Callable[[], None], store: EvolveStore) -> None:
        self._session, self._told, self._store = session, told, store
        self._attempts: list[Attempt] = []
        self.landed: Signal[Attempt] = Signal()
        session.jobs.changed.connect(self._job_changed)

    @property
    def all(self) -> tuple[Attempt, ...]:
        """Every attempt that was not cancelled."""
        return tuple(self._attempts)

    # making

    def start(self, attempt: Attempt) -> Attempt:
        """Queue the job of an attempt (again)."""
        library = self._session.document.library
        parents = [library.media[one] for one in attempt.parents]
        words = [words_of(library.take_of_media(one.id)) for one in parents]
        if attempt not in self._attempts:
            self._attempts.append(attempt)
        label = f"{attempt.pick.name}, {attempt.name[:1].lower()}{attempt.name[1:]}"
        make = self._edit if attempt.landing is Landing.EDIT else self._film
        attempt.job = make(attempt, label, parents, words)
        self._told()
        return attempt

    def _film(self, attempt: Attempt, label: str, parents: list[Media], words: list[str]) -> Job:
        suffix = suffix_of(attempt.steps, parents) if attempt.part is None else ".mp4"
        target = free_target(self._session.files.take_folder, f"{slug(label)}_{attempt.id}_take", 1, suffix)

        def work(job: Job) -> tuple[Result, Media]:
            make_folder(target.parent)
            film = (attempt.steps, parents, target, attempt.seed, attempt.part, words)
            result = self._session.aside.do(job, evolved, *film)
            job.progress(1.0, "Checking")
            media = replace(probe(result.path), name=label)
            job.progress(1.0, "Landing")
            return result, media

        def done(made: tuple[Result, Media]) -> None:
            self._land(attempt, parents, words, *made)

        def failed(error: StudioError) -> None:
            if isinstance(error, Cancelled):
                target.unlink(missing_ok=True)  # it may have been ready just before; nothing knows of it
            self._ended(attempt, error)

        return self._session.jobs.submit(label, work, done, failed, kind=KIND, subject=attempt.id)

    def _edit(self, attempt: Attempt, label: str, parents: list[Media], words: list[str]) -> Job:
        def work(job: Job) -> Any:
            made = edit_of(attempt.steps[0], parents, seed=attempt.seed, job=job, words=words)
            if made is None:
                raise EngineError(f"{titles_of(attempt.steps)} makes a film, not clips. Choose another place for it.")
            return made

        def done(edit: Any) -> None:
            session = self._session
            at = session.transport.time.snapped(session.sequence.rate)
            command = edit_command(session.sequence, edit, parents, at, titles_of(attempt.steps))
            if session.document.do_alone(command):
                session.tell(f"{command.label} stands on tracks of its own from the playhead on.")
            self._attempts.remove(attempt)
            self._told()

        return self._session.jobs.submit(
            label, work, done, lambda error: self._ended(attempt, error), kind=KIND, subject=attempt.id
        )

    def _ended(self, attempt: Attempt, error: StudioError) -> None:
        if isinstance(error, Cancelled):
            if attempt in self._attempts:
                self._attempts.remove(attempt)
        else:
            self._session.tell(error.message, error=True)
        self._told()

    def _land(self, attempt: Attempt, parents: list[Media], words: list[str], result: Result, media: Media) -> None:
        document = self._session.document
        shot_id = self._shot_for(attempt)
        take = make_evolved_take(
            document.library,
            attempt.steps,
            parents,
            result,
            media,
            shot_id=shot_id,
            name=attempt.name,
            part=attempt.part,
            words=words,
        )
        attempt.media_id = media.id
        document.add_take(take, media)
        self._note_pace(attempt, media)
        self._session.budget.tidy_soon()
        self._told()
        self.landed.emit(attempt)

    def _shot_for(self, attempt: Attempt) -> str | None:
        """The shot a result is a take of; a clip of footage becomes a shot by its first one, whose file is take 1."""
        pick, document = attempt.pick, self._session.document
        if attempt.landing is not Landing.TAKE or attempt.part is not None:
            return None
        clip = clip_of(self._session, pick)
        shot_id = clip.shot_id if clip is not None else pick.shot_id
        if shot_id is not None or clip is None or pick.sequence_id is None:
            return shot_id
        own, sequence = document.library.media[pick.media_id], document.project.sequence(pick.sequence_id)
        if sequence is None or clip.source != MediaSource(own.id):
            return None
        linked = (sequence.clip(one) for one in linked_ids(sequence, (clip.id,)))
        ids = tuple(one.id for one in linked if one is not None and one.source == clip.source)
        shot_id = new_id()
        # no step: a take that arrived stays, whatever is undone
        if not document.amend(SetClip(sequence.id, ids, {"shot_id": shot_id})):
            return None
        document.add_take(footage_take(own, shot_id, media_name(own)), own)
        return shot_id

    def next_take(self, pick: Pick) -> int:
        """The number of the next take of a pick's shot, behind those on their way. Footage that is no shot yet is take 1."""
        library = self._session.document.library
        clip = clip_of(self._session, pick)
        shot_id = clip.shot_id if clip is not None else pick.shot_id
        there = len(library.takes_of(shot_id)) if shot_id is not None else 1
        coming = [one for one in self._attempts if one.is_open and one.landing is Landing.TAKE and one.part is None]
        return there + 1 + sum(one.pick.media_id == pick.media_id for one in coming)

    def cancel(self, attempt_id: str) -> None:
        """Stop an attempt; of a failed one: take its card away."""
        attempt = self.named(attempt_id)
        if attempt is None or attempt.job is None:
            return
        if attempt.is_open:
            attempt.job.cancel()
        elif attempt.state != "ready":
            self._attempts.remove(attempt)
            self._session.jobs.dismiss(attempt.job)
        self._told()

    def retry(self, attempt_id: str) -> None:
        """Make a failed attempt once more, in its place."""
        attempt = self.named(attempt_id)
        if attempt is not None and attempt.job is not None and attempt.state == "failed":
            self._session.jobs.dismiss(attempt.job)
            self.start(attempt)

    def cancel_all(self) -> None:
        """Stop all that is on its way."""
        for one in [one for one in self._attempts if one.is_open]:
            self.cancel(one.id)

    @property
    def has_open(self) -> bool:
        """Whether something is on its way."""
        return any(one.is_open for one in self._attempts)

    def named(self, attempt_id: str) -> Attempt | None:
        """An attempt by its id."""
        return next((one for one in self._attempts if one.id == attempt_id), None)

    def forget(self) -> None:
        """Another project: what is on its way belongs to the one before."""
        for one in self._attempts:
            if one.job is not None:
                one.job.cancel()
        self._attempts.clear()

    # what there is

    def variants(self, pick: Pick) -> tuple[Variant, ...]:
        """What was made of a clip, and what is being made, in order of arrival; what failed keeps its place."""
        library, project = self._session.document.library, self._session.document.project
        used = _used(clip for _, _, clip in all_clips(project))
        mine = [one for one in self._attempts if one.pick.media_id == pick.media_id]
        known = {one.media_id for one in mine}
        found = []
        for take in library.takes.values():
            if take.media_id not in known and pick.media_id in take.lineage.input_media_ids[:1]:
                stars = project.pool.entry(take.media_id).rating
                found.append(of_take(take, is_used=take.media_id in used, is_starred=stars > 0))
        for one in mine:
            stars = project.pool.entry(one.media_id).rating if one.media_id else 0
            found.append(of_attempt(one, is_used=one.media_id in used, is_starred=stars > 0))
        return tuple(found)

    def use(self, media_id: str, pick: Pick | None) -> None:
        """Show a result in the cut, in place of what was picked: place, length, effects and fades stay. One step."""
        library, project = self._session.document.library, self._session.document.project
        media = library.media.get(media_id)
        if media is None or pick is None:
            return
        take = library.take_of_media(media_id)
        part = _part_of(take)
        clip = clip_of(self._session, pick)
        if part is not None:
            self._lay_over(media, pick, clip, part)
            return
        targets: list[tuple[str, Clip]] = []
        if clip is not None and pick.sequence_id is not None:
            targets = [(pick.sequence_id, clip)]
        elif take is not None and take.shot_id is not None:
            targets = [(sequence.id, one) for sequence, one in clips_of_shot(project, take.shot_id)]
        if not targets:
            raise EditRefused("This clip is not in the cut. Drag the variant onto the timeline.")
        commands: list[Command] = []
        for sequence_id, one in targets:
            sequence = project.sequence(sequence_id)
            if sequence is None:
                continue
            for other in linked_ids(sequence, (one.id,)):
                linked = sequence.clip(other)
                track = sequence.track_holding(other)
                suits = track is not None and (media.has_audio or not track.is_audio)
                if linked is not None and linked.source == one.source and suits:
                    commands.append(FillClip(sequence_id, other, media.id))
        self._session.document.do_alone(Batch(tuple(dict.fromkeys(commands)), "Use take"))

    def _lay_over(self, media: Media, pick: Pick, clip: Clip | None, part: TimeRange) -> None:
        """A result of a marked part covers just that part."""
        sequence = self._session.document.project.sequence(pick.sequence_id or "")
        track = sequence.track_holding(clip.id) if sequence is not None and clip is not None else None
        if sequence is None or clip is None or track is None:
            raise EditRefused("The clip this part was taken from is not in the cut any more.")
        index = track.index_of(clip.id)
        start = track.starts[index or 0] + clip.offset_of(part.start)
        length = min(part.duration, media.duration) / abs(clip.speed)
        shown = TimeRange(RationalTime(0), length.snapped(sequence.rate) * abs(clip.speed))
        laid = replace(
            clip, id=new_id(), source=MediaSource(media.id), source_range=shown, link=None, markers=(), name=media.name
        )
        at = start.snapped(sequence.rate)
        command = OverwriteClips(sequence.id, ((track.id, at, laid),))
        self._session.document.do_alone(Batch((command,), "Use take"))

    def star(self, media_id: str) -> None:
        """Mark a result as a good one, or not any more: five stars in the pool. One step."""
        stars = self._session.document.project.pool.entry(media_id).rating
        self._session.document.do_alone(SetPoolEntry((media_id,), {"rating": 0 if stars else STARS}))

    # how long

    def estimate(
        self, steps: Iterable[Step], picks: Iterable[Pick], part_of: Callable[[Pick], TimeRange | None]
    ) -> tuple[float, float]:
        """About how many seconds of work, and how many of picture, by what runs took here before."""
        library = self._session.document.library.media
        work = picture = 0.0
        pace = _ENCODING + sum(self._store.pace(one.operation) or DEFAULT_PACE for one in steps)
        for pick in picks:
            media = library.get(pick.media_id)
            if media is None:
                continue
            part = part_of(pick)
            seconds = (part.duration if part is not None else media.duration).to_seconds() or 5.0
            picture += seconds
            work += _megapixels(media, seconds) * pace
        return work, picture

    def _note_pace(self, attempt: Attempt, media: Media) -> None:
        size = _megapixels(media, media.duration.to_seconds())
        if len(attempt.steps) == 1 and attempt.job is not None and size >= _TELLING:
            seconds = attempt.job.seconds_spent / size - _ENCODING
            self._store.note_pace(attempt.steps[0].operation, max(0.001, seconds))

    def _job_changed(self, job: Job) -> None:
        if job.kind == KIND:
            self._told()


def _part_of(take: Take | None) -> TimeRange | None:
    """The stretch of its parent that a take was made of; None: all of it."""
    found = take.lineage.request.get("part") if take is not None else None
    if not found:
        return None
    start, length = (RationalTime.parse(one) for one in found)
    return TimeRange(start, length)


def _used(clips: Iterable[Clip]) -> frozenset[str]:
    return frozenset(one.source.media_id for one in clips if isinstance(one.source, MediaSource))


def _megapixels(media: Media, seconds: float) -> float:
    rate = float(media.rate) if media.rate is not None else 24.0
    return media.width * media.height * rate * seconds / 1e6

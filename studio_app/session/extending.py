"""A take that is too short for its clip, made longer: its motion goes on here, or a service goes on from its last picture."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from engines.errors import EngineError
from engines.evolve.run import Step, evolved
from engines.generate.base import GenerationRequest, Result
from engines.generate.registry import visible_engines
from engines.generate.remote.provider import RemoteEngine
from engines.generate.remote.segments import Part
from engines.generate.remote.verify import LENGTH_TOLERANCE
from engines.media.probe import probe
from studio_app.planning.request import seed_of
from studio_app.planning.takes import make_evolved_take
from studio_app.services.jobs import Job
from studio_app.session.evolve_picks import words_of
from studio_app.session.failures import tell_failure
from studio_app.session.generation_plan import Plan
from studio_app.session.joined_parts import BEGINS_WITH
from studio_app.session.over_long import home_of
from studio_app.session.take_files import free_target, make_folder, slug
from studio_app.session.taking import use_take
from timeline.errors import Cancelled, EditRefused, StudioError
from timeline.filling import waits_for
from timeline.items import Clip
from timeline.media import Media
from timeline.query import clips_of_shot, media_name
from timeline.storyboard import Shot
from timeline.time import RationalTime

if TYPE_CHECKING:
    from studio_app.session.session import Session

HERE = ""
"""The embedded operation in place of an engine."""
USE_IN = "use_in"
"""In the place of an entry: the sequence and the clip that use the take when it is there."""
KIND = "evolve"
_LEAST = 0.05


@dataclass(frozen=True)
class Extender:
    """Who can make a take longer, for how much."""

    engine: str
    label: str
    cost: Decimal = Decimal(0)


def extenders(session: Session, clip: Clip, media: Media) -> tuple[Extender, ...]:
    """Who can make what a take lacks for a clip: this computer first, then the services that are ready, the cheapest first."""
    found = []
    for one in visible_engines():
        maker = session.desk.access.engine(one)
        if isinstance(maker, RemoteEngine) and not maker.available():
            try:
                found.append(Extender(one, maker.label, extension_plan(session, clip, media, one).cost))
            except StudioError:  # it makes no films that go on from a picture, or none so long
                continue
    return (Extender(HERE, "Starcut"), *sorted(found, key=lambda one: (one.cost, one.label)))


def extend(session: Session, sequence_id: str, clip: Clip, media: Media, engine: str) -> Job | None:
    """Make a take of the same shot that is long enough, and use it in the clip when it is there. None where it is not sent."""
    if engine == HERE:
        return _here(session, sequence_id, clip, media)
    plan = extension_plan(session, clip, media, engine)
    shot, name = _shot(session, clip, media), f"{media_name(media)}, longer"
    target = free_target(session.files.take_folder, f"{slug(name)}_{shot.id}_take", 1)
    place = {
        "source": media.id,
        "relationship": "extension",
        BEGINS_WITH: media.path,
        USE_IN: [sequence_id, clip.id],
    }
    return session.generation.send(shot, plan, target, name, place)


def _shot(session: Session, clip: Clip, media: Media) -> Shot:
    found = home_of(session, clip.shot_id or "")
    take = session.document.library.take_of_media(media.id)
    words = str(take.lineage.request.get("prompt", "")) if take is not None else ""
    if found is not None:
        return replace(found[1], description=words or found[1].description, extra={})
    return Shot(words or media_name(media), id=clip.shot_id or "")


def _needed(clip: Clip, media: Media) -> RationalTime:
    """How long the file must be, in whole frames of its own."""
    rate = media.rate or Fraction(24)
    return RationalTime.from_frames(math.ceil(clip.source_range.duration.fraction * rate), rate)


def extension_plan(session: Session, clip: Clip, media: Media, engine: str) -> Plan:
    """One part that is there, and one that begins with its last picture. Raises EngineError."""
    shot, rate = _shot(session, clip, media), media.rate or Fraction(24)
    if not shot.description.strip():
        raise EngineError("It has no words to go on by.")
    needed, has = _needed(clip, media), media.duration
    tail = max(_LEAST, (needed - has).to_seconds() + 1 / float(rate))
    request = GenerationRequest(
        prompt=shot.description,
        duration=RationalTime.parse(f"{tail:.3f}"),
        width=media.width,
        height=media.height,
        rate=rate,
        seed=_seed(session, clip),
        image_reference=media.path,  # its last picture, which is taken from it when the job runs
        extends=_name_there(session, media, engine),
    )
    plan = session.desk.planner(session.document.project.id).plan(shot, request, engine)
    parts = (Part(has.to_seconds(), has.to_seconds()), Part(tail, tail))
    return replace(
        plan, request=plan.request.model_copy(update={"duration": needed, "image_reference": ""}), parts=parts
    )


def _name_there(session: Session, media: Media, engine: str) -> str:
    """What the engine itself calls the job that made a take, where it goes on from its own; empty where it goes on from the picture."""
    take, service = session.document.library.take_of_media(media.id), engine.partition("/")[0]
    facts = take.lineage.extra.get("facts") if take is not None else None
    if not isinstance(facts, Mapping) or facts.get("provider") != service:
        return ""
    goes_on = any("extend" in one.kinds for one in session.desk.access.models.of(service) if not one.retired())
    return str(facts.get("job") or "") if goes_on else ""


def _seed(session: Session, clip: Clip) -> int:
    found = home_of(session, clip.shot_id or "")
    takes = len(session.document.library.takes_of(clip.shot_id)) if clip.shot_id else 0
    return seed_of(*found, takes) if found is not None else 0


def _here(session: Session, sequence_id: str, clip: Clip, media: Media) -> Job:
    needed = _needed(clip, media).to_seconds()
    return continue_here(session, media, needed, clip.shot_id, lambda film: _use(session, sequence_id, clip.id, film))


def continue_here(
    session: Session, media: Media, seconds: float, shot_id: str | None, then: Callable[[Media], None]
) -> Job:
    """Make one more take, `seconds` long, whose motion goes on where `media` ends: here, free. `then` gets it."""
    library = session.document.library
    steps = (Step("extend.continue", {"target_duration": seconds}),)
    name, words = f"{media_name(media)}, longer", (words_of(library.take_of_media(media.id)),)
    target = free_target(session.files.take_folder, f"{slug(name)}_take", 1)

    def work(job: Job) -> tuple[Result, Media]:
        make_folder(target.parent)
        result = session.aside.do(job, evolved, steps, [media], target, 1, None, words)
        return result, replace(probe(result.path), name=name)

    def done(made: tuple[Result, Media]) -> None:
        result, film = made
        take = make_evolved_take(
            session.document.library, steps, [media], result, film, shot_id=shot_id, name="Continue", words=words
        )
        session.document.add_take(take, film)
        session.budget.tidy_soon()
        then(film)

    def failed(error: StudioError) -> None:
        if isinstance(error, Cancelled):
            target.unlink(missing_ok=True)
        tell_failure(session, error)

    return session.jobs.submit(name, work, done, failed, kind=KIND, subject=shot_id or "")


def _use(session: Session, sequence_id: str, clip_id: str, media: Media) -> None:
    try:
        if use_take(session, ((sequence_id, clip_id),), media.id, at_once=False):
            session.tell(f"“{media_name(media)}” is in the cut.")
    except EditRefused:
        session.tell(f"“{media_name(media)}” is among the takes. Its place in the cut is gone.")


class Extending:
    """Uses what a service made longer where it was wanted, also after a restart. Main thread."""

    def __init__(self, session: Session) -> None:
        self._session = session
        session.generation.landed.connect(self._landed)

    def _landed(self, shot_id: str, media_id: str) -> None:
        session = self._session
        media = session.document.library.media.get(media_id)
        found = session.desk.book.select("subject = ? AND target = ?", (shot_id, media.path), 1) if media else ()
        place = found[0].place.get(USE_IN) if found else None
        if media is not None and isinstance(place, list) and len(place) == 2:
            _use(session, str(place[0]), str(place[1]), media)
        elif media is not None and found and found[0].cost:
            self._offer_longer(shot_id, media)

    def _offer_longer(self, shot_id: str, media: Media) -> None:
        """A paid take is shorter than its shot, and no place in a cut waits for it, which would ask: it can be made longer."""
        session = self._session
        shot, project = session.document.project.shot(shot_id), session.document.project
        if shot is None or any(waits_for(clip, shot_id) for _, clip in clips_of_shot(project, shot_id)):
            return
        has, wanted = media.duration.to_seconds(), shot.duration.to_seconds()
        if has >= wanted * (1 - LENGTH_TOLERANCE):
            return

        def make() -> None:
            def told(film: Media) -> None:
                session.tell(f"“{media_name(film)}” is among the takes, {wanted:g} s long.")

            continue_here(session, media, wanted, shot_id, told)

        session.offer(f"“{media_name(media)}” has {has:.1f} s of {wanted:g} s.", "Let it go on, free", make)

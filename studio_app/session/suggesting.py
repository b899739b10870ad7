"""Suggestions for a clip or a shot: an unused take, and what goes before or after it."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence as Row
from pathlib import Path

from engines.analyse.edges import Edge, KnownEdges
from engines.errors import MediaError
from studio_app.catalogue.features import parts_of
from studio_app.catalogue.query import Weights
from studio_app.catalogue.similarity import scores
from studio_app.catalogue.traits import traits_of
from studio_app.planning.narrative.materials import called, words_of
from studio_app.planning.suggest.continuity import Continuity, continuity
from studio_app.planning.suggest.takes import Candidate, nearest
from studio_app.planning.takes import footage_take
from studio_app.services.jobs import Job
from studio_app.session import placing
from studio_app.session.cutting_in import carry_out, incoming_of, take_for
from studio_app.session.narrating import Known, Offer, Offers
from studio_app.session.pool_items import uses_in
from studio_app.session.session import Session
from studio_app.session.sky_media import bring_in, media_of, seen_media, shown_name
from studio_app.session.suggest_elsewhere import Elsewhere, clips_elsewhere
from studio_app.session.suggest_target import MEASURED_NOW, Target, faults, features, needed_target, pictures
from timeline.command import Batch, Command
from timeline.commands.fill_clip import FillClip
from timeline.commands.insert_clips import InsertClips
from timeline.errors import EditRefused
from timeline.media import Library, Media
from timeline.query import clips_of_shot, range_of
from timeline.time import ZERO, RationalTime

MOST = 8
"""So many are offered."""
_WEIGHTS = Weights(look=1.0, motion=0.7, meaning=0.4, sound=0.4)
"""Names and prompts say less than pictures of whether a take can stand there."""
LOOKED_AT = 200
"""So many files at most are opened for the pictures at their ends."""
LOOKED_AT_ELSEWHERE = 40
"""So many of other projects and indexed folders besides: those that look most like the clip."""
_LOOK_ALONE = Weights(look=1.0, motion=0.0, meaning=0.0, sound=0.0)


# --- a take -----------------------------------------------------------------------------------------------------------


def suggest_take(session: Session) -> None:
    """The unused files that are most like what the shot shows now; where it shows nothing, like what is said of it."""
    target = needed_target(session)
    library, project = session.document.library, session.document.project
    used = {one for one, times in uses_in(project).items() if times}
    shot_id = target.shot.id if target.shot is not None else target.clip.shot_id if target.clip is not None else None
    own = {take.media_id for take in library.takes_of(shot_id)} if shot_id else set()
    free = [one for one in pictures(session, target.media.id if target.media else "") if one.id not in used]
    free.sort(key=lambda one: one.id not in own)
    looked_at = free[:MEASURED_NOW]
    ratings = {one.id: project.pool.entry(one.id).rating for one in looked_at}
    catalogue, here = session.cataloguing.catalogue, {one.content_hash for one in library.media.values()}

    def work(known: Known, _: Job) -> tuple[tuple[Candidate, ...], Row[Elsewhere]]:
        like = _likeness(target, looked_at, known, library)
        candidates = tuple(
            Candidate(one.id, called(one), like[one.id], False, one.id in own, ratings[one.id], faults(known, one))
            for one in looked_at
        )
        content = target.media.content_hash if target.media is not None else ""
        return candidates, clips_elsewhere(catalogue, content, target.words, here, _WEIGHTS)

    verb = "Show" if target.clip is None and target.shot is None else "Use take"

    def done(made: tuple[tuple[Candidate, ...], Row[Elsewhere]]) -> None:
        found, away = made
        rows = tuple(
            Offer(
                one.candidate.name,
                ", ".join(one.reasons),
                verb,
                lambda media=library.media[one.candidate.id]: _use(session, target, media),  # type: ignore[misc]
                library.media[one.candidate.id],
            )
            for one in nearest(found, MOST)
        )
        rows += tuple(_from_elsewhere(session, target, one) for one in away)
        note = f"{len(free) - MEASURED_NOW} more unused files were not compared." if len(free) > MEASURED_NOW else ""
        empty = "Every file of the pool is used."
        again = lambda: suggest_take(session)  # noqa: E731 - a name for what it is
        session.narrating.show(None, Offers(f"Takes for “{target.name}”", rows, empty, note, again))

    media = [*looked_at, *([target.media] if target.media is not None else [])]
    session.narrating.study(f"Takes for “{target.name}”", media, work, done)


def _from_elsewhere(session: Session, target: Target, one: Elsewhere) -> Offer:
    """Import it, then use it as if it had been there."""

    def use(ids: list[str]) -> None:
        for media_id in ids[:1]:
            _use(session, target, session.document.library.media[media_id])

    return Offer(
        shown_name(session, one.row),
        f"{round(one.likeness * 100)}\u00a0% like it, not in this project",
        "Import",
        lambda: bring_in(session, [one.row], use),
        media_of(session, one.row),
    )


def _likeness(target: Target, media: Row[Media], known: Known, library: Library) -> Mapping[str, float]:
    """0..1 of each file to the target: by look, motion and sound, and by words; by words alone where it has no picture."""
    analysis = known.get(target.media.id) if target.media is not None else None
    said = " ".join((target.words, words_of(target.media, library) if target.media is not None else ""))
    asked = parts_of(traits_of(analysis) if analysis is not None else None, said)
    found = scores(features(media, known, library), asked, _WEIGHTS)
    return {one.id: float(score) for one, score in zip(media, found, strict=True)}


def _use(session: Session, target: Target, media: Media) -> None:
    """Lay a file beside the takes of the shot and show it where the shot stands; one step back undoes the showing."""
    library = session.document.library
    if target.clip is not None and session.sequence.clip(target.clip.id) is not None:
        if target.clip.shot_id is None or media.id not in {
            one.media_id for one in library.takes_of(target.clip.shot_id)
        }:
            carry_out(session, take_for(session, target.clip, incoming_of(session, [media.id])[0]))
        session.document.do_alone(FillClip(session.sequence_id, target.clip.id, media.id))
        return
    if target.shot is None:
        session.source.show(media.id)
        return
    if media.id not in {one.media_id for one in library.takes_of(target.shot.id)}:
        session.document.add_take(footage_take(media, target.shot.id, called(media)), media)
    places = clips_of_shot(session.document.project, target.shot.id)
    commands: tuple[Command, ...] = tuple(FillClip(sequence.id, clip.id, media.id) for sequence, clip in places)
    if commands:
        session.document.do_alone(Batch(commands, "Use take"))
    else:
        session.tell(f"“{called(media)}” is the newest take of the shot now.")


# --- neighbours -------------------------------------------------------------------------------------------------------


def find_neighbour(session: Session, *, after: bool) -> None:
    """The files whose first picture follows the clip's last one best (`after`), or whose last one leads to its first."""
    target = needed_target(session)
    if target.media is None:
        raise EditRefused(f"“{target.name}” has no picture yet. Generate it first.")
    own, part, library = target.media, target.part, session.document.library
    used = uses_in(session.document.project)
    others = [one for one in pictures(session, own.id) if not own.content_hash or one.content_hash != own.content_hash]
    others.sort(key=lambda one: bool(used.get(one.id)))
    from_pool, edges = others[:LOOKED_AT], session.narrating.edges
    catalogue, here_too = session.cataloguing.catalogue, {one.content_hash for one in library.media.values()}

    def work(_: Known, job: Job) -> list[tuple[Media, Continuity]]:
        here = edges.get(own, part, job)[1 if after else 0]
        away = clips_elsewhere(catalogue, own.content_hash, "", here_too, _LOOK_ALONE, 0.0, LOOKED_AT_ELSEWHERE)
        looked_at = [*from_pool, *(seen_media(one.row) for one in away)]
        found = []
        for place, one in enumerate(looked_at):
            job.check()
            job.progress(place / len(looked_at), f"{place + 1} of {len(looked_at)}")
            if (ends := _ends(edges, one, job)) is not None:
                found.append((one, continuity(here, ends[0]) if after else continuity(ends[1], here)))
        return sorted(found, key=lambda one: -one[1].score)[:MOST]

    def done(found: list[tuple[Media, Continuity]]) -> None:
        rows = tuple(_neighbour(session, target, one, how, after) for one, how in found)
        where = "after" if after else "before"
        empty = "There is no other picture in the pool, nor in what was indexed."
        note = f"{len(others) - LOOKED_AT} more files were not looked at." if len(others) > LOOKED_AT else ""
        session.narrating.show(None, Offers(f"What goes {where} “{target.name}”", rows, empty, note))

    session.narrating.study(f"Neighbours of “{target.name}”", (), work, done)


def _ends(edges: KnownEdges, media: Media, job: Job) -> tuple[Edge, Edge] | None:
    try:
        return edges.get(media, None, job)
    except MediaError:
        return None


def _neighbour(session: Session, target: Target, media: Media, how: Continuity, after: bool) -> Offer:
    frame = RationalTime.from_frames(1, media.rate) if media.rate else ZERO
    at = ZERO if after or media.is_endless else max(ZERO, media.duration - frame)
    is_here = media.id in session.document.library.media
    verb = "Show" if target.clip is None else "Insert after" if after else "Insert before"
    told = (f"{round(how.score * 100)} %", *how.reasons, *(() if is_here else ("not in this project",)))

    def came(arrived: list[Media]) -> None:
        for one in arrived[:1]:
            _insert(session, target, one, after)

    def do() -> None:
        if is_here:
            _insert(session, target, media, after)
        else:
            session.import_files([Path(media.path)], came)

    return Offer(called(media), ", ".join(told), verb if is_here else "Import", do, media, at)


def _insert(session: Session, target: Target, media: Media, after: bool) -> None:
    """Beside the clip, on its track; what follows moves."""
    sequence = session.sequence
    clip = sequence.clip(target.clip.id) if target.clip is not None else None
    track = sequence.track_holding(clip.id) if clip is not None else None
    where = range_of(sequence, clip.id) if clip is not None else None
    if clip is None or track is None or where is None:
        session.source.show(media.id)
        return
    at = where.end if after else where.start
    sound = session.targets.sound
    placed = placing.place_pieces(sequence.rate, (placing.Piece(media),), at, track.id, sound.id if sound else None)
    if session.document.do_alone(InsertClips(sequence.id, at, placed)):
        session.selection.items.set(one.id for _, _, one in placed)

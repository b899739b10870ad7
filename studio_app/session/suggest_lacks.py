"""Suggestions for a whole project: what its storyboard lacks, and which files are there twice."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import count

from engines.analyse.measures.motion import Motion
from studio_app.catalogue.query import Weights
from studio_app.catalogue.similarity import near_pairs
from studio_app.planning.narrative.materials import called
from studio_app.planning.suggest.duplicates import Copy, Twice, duplicates
from studio_app.planning.suggest.missing import Missing, missing_in
from studio_app.services.jobs import Job
from studio_app.session.narrating import Known, Offer, Offers
from studio_app.session.pool_items import uses_in
from studio_app.session.session import Session
from studio_app.session.sky_media import media_of, shown_name
from studio_app.session.suggest_elsewhere import TwiceElsewhere, twice_elsewhere
from studio_app.session.suggest_target import MEASURED_NOW, faults, features, pictures
from timeline.command import Command
from timeline.commands.add_shot import AddShot
from timeline.commands.edit_shot import EditShot
from timeline.commands.set_pool_entry import SetPoolEntry
from timeline.errors import EditRefused
from timeline.media import Media
from timeline.storyboard import Storyboard

TWICE = 0.97
_BY_LOOK = Weights(look=1.0, motion=0.8, meaning=0.0, sound=0.5)


# --- what is missing --------------------------------------------------------------------------------------------------


def find_missing(session: Session) -> None:
    """What the storyboard lacks, each with a shot or a change that mends it."""
    boards = session.document.project.storyboards
    if not boards or not boards[0].shots:
        raise EditRefused("The storyboard has no shots yet. Add one, then ask what is missing.")
    board, media_for = boards[0], session.generation.media_for
    shown = {shot.id: media for shot in board.shots if (media := media_for(shot)) is not None}
    structure = session.narrating.structure
    films = [one for one in shown.values() if one.id not in session.presence.missing]

    def work(known: Known, _: Job) -> tuple[Missing, ...]:
        ways = {shot_id: _way(known, media) for shot_id, media in shown.items()}
        return missing_in(board, lambda shot: shot.id in shown, lambda shot: ways.get(shot.id, ""), structure)

    def done(found: tuple[Missing, ...]) -> None:
        rows = tuple(_mend(session, board, one, shown) for one in found)
        empty = "Nothing is missing that could be told from here."
        again = lambda: find_missing(session)  # noqa: E731
        session.narrating.show(None, Offers(f"Missing in “{board.title}”", rows, empty, "", again))

    session.narrating.study(f"What is missing in “{board.title}”", films, work, done)


def _way(known: Known, media: Media) -> str:
    """Left or right, where the picture goes; empty for all else."""
    motion = known[media.id].get(Motion) if media.id in known else None
    return motion.direction if motion is not None and motion.direction in ("left", "right") else ""


def _mend(session: Session, board: Storyboard, one: Missing, shown: Mapping[str, Media]) -> Offer:
    shot_id = board.shots[one.at].id
    picture = shown.get(shot_id)
    if one.generate:
        return Offer(one.sentence, "", "Generate", lambda: session.generation.generate(one.shot_ids), picture)
    if one.shot is not None:
        shot = one.shot
        add = AddShot(board.id, shot, one.insert_at)
        reasons = f"New shot {one.insert_at + 1}: {shot.description}"
        return Offer(one.sentence, reasons, "Add shot", lambda: _did(session, add, shot.id), picture)
    if one.change:
        edit = EditShot(board.id, shot_id, one.change)
        return Offer(one.sentence, "", "Change", lambda: _did(session, edit, shot_id), picture)
    return Offer(one.sentence, "", "Show", lambda: session.selection.shots.set([shot_id]), picture)


def _did(session: Session, command: Command, shot_id: str) -> None:
    if session.document.do_alone(command):
        session.selection.shots.set([shot_id])


# --- what is there twice ----------------------------------------------------------------------------------------------


def find_duplicates(session: Session) -> None:
    """Files that are the same, or nearly: which of them to keep, and why."""
    found_now = list(reversed(pictures(session)))
    if len(found_now) < 2:
        raise EditRefused("There are fewer than two pictures in the pool.")
    library, project = session.document.library, session.document.project
    uses, entry = uses_in(project), project.pool.entry
    known_now = [one for one in found_now if session.analyses.get(one) is not None]
    fresh = [one for one in found_now if session.analyses.get(one) is None]
    looked_at = [*known_now, *fresh[:MEASURED_NOW]]

    catalogue, here = session.cataloguing.catalogue, {one.content_hash: one for one in library.media.values()}

    def work(known: Known, _: Job) -> tuple[tuple[Twice, ...], Sequence[TwiceElsewhere]]:
        number = count()
        copies = [
            Copy(
                one.id,
                called(one),
                one.content_hash,
                uses.get(one.id, 0),
                entry(one.id).rating,
                one.width * one.height,
                one.duration,
                len(faults(known, one)),
                next(number),
            )
            for one in found_now
        ]
        measured = [one for one in looked_at if one.id in known]
        pairs = near_pairs(features(measured, known, library), TWICE, _BY_LOOK)
        found = duplicates(copies, ((measured[a].id, measured[b].id, score) for a, b, score in pairs))
        return found, twice_elsewhere(catalogue, here)

    def done(made: tuple[tuple[Twice, ...], Sequence[TwiceElsewhere]]) -> None:
        found, away = made
        rows = tuple(_throw_away(session, group, copy, like) for group in found for copy, like in group.others)
        rows += tuple(_there_too(session, here[one.content_hash], one) for one in away)
        left = len(found_now) - len(looked_at)
        note = f"{left} more files were compared by their content alone." if left else ""
        again = lambda: find_duplicates(session)  # noqa: E731
        session.narrating.show(None, Offers("There twice", rows, "Nothing is there twice.", note, again))

    session.narrating.study("Duplicates", looked_at, work, done)


def _throw_away(session: Session, group: Twice, copy: Copy, like: float) -> Offer:
    media = session.document.library.media.get(copy.id)
    same = "is the same file as" if like >= 1 else f"is {round(like * 100)}\u00a0% like"
    sentence = f"“{copy.name}” {same} “{group.keep.name}”"
    if copy.uses:
        show: Callable[[], object] = lambda: session.selection.media.set([group.keep.id, copy.id])  # noqa: E731
        return Offer(sentence, f"{group.sentence} Both are used in a cut.", "Select both", show, media)
    hide = SetPoolEntry((copy.id,), {"hidden": True})
    return Offer(sentence, group.sentence, "Remove from pool", lambda: session.document.do_alone(hide), media)


def _there_too(session: Session, media: Media, one: TwiceElsewhere) -> Offer:
    """A copy that is not in the project: nothing is thrown away there, but both are shown beside each other in the sky."""

    def show() -> None:
        session.constellation.set_everywhere(True)
        session.constellation.chosen.set([media.content_hash, one.row.content_hash])
        if session.face is not None:
            session.face.show("constellation")

    sentence = f"“{shown_name(session, one.row)}” is {round(one.likeness * 100)}\u00a0% like “{called(media)}”"
    return Offer(sentence, f"It is not in this project: {one.row.path}", "Show both", show, media_of(session, one.row))

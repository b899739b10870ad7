"""The takes of a shot in the cut: which there are, which one is shown, using another one, what is noted about them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

from studio_app.session.chosen import selected_clips, under_playhead
from studio_app.session.spending import cost_of
from timeline.command import Batch, Command
from timeline.commands.set_pool_entry import SetPoolEntry
from timeline.commands.use_take import Short, UseTake
from timeline.errors import EditRefused, StudioError
from timeline.filling import lacking
from timeline.items import Clip, MediaSource
from timeline.media import Media, Take
from timeline.query import linked_ids, media_name
from timeline.sequence import Sequence
from timeline.time import ZERO, RationalTime

if TYPE_CHECKING:
    from studio_app.session.session import Session

STARS = 5


@dataclass(frozen=True)
class TakeFacts:
    """What is known about a take, as strips and bars show it. `number` from 1, in order of arrival."""

    take: Take
    media: Media
    number: int
    count: int
    engine: str
    cost: Decimal
    is_starred: bool
    is_rejected: bool
    note: str


def takes_of(session: Session, shot_id: str | None) -> tuple[TakeFacts, ...]:
    """All takes of a shot whose file is known, in order of arrival, rejected ones too."""
    library, pool = session.document.library, session.document.project.pool
    takes = library.takes_of(shot_id) if shot_id is not None else ()
    found = []
    for number, take in enumerate(takes, 1):
        media = library.media.get(take.media_id)
        if media is None:
            continue
        entry = pool.entry(media.id)
        found.append(
            TakeFacts(
                take,
                media,
                number,
                len(takes),
                engine_label(session, take.lineage.engine),
                cost_of(take),
                entry.rating > 0,
                entry.rejected,
                entry.note,
            )
        )
    return tuple(found)


def engine_label(session: Session, engine_id: str) -> str:
    """What an engine is called; those that made nothing by themselves (footage, operations) by their ids."""
    if engine_id in ("footage", "evolve"):
        return engine_id.capitalize()
    try:
        return session.desk.access.engine(engine_id).label
    except StudioError:  # a project may come from a Starcut that had more engines
        return engine_id


def take_clip(session: Session) -> Clip | None:
    """The clip that takes are tried in: the selected one, else the uppermost under the playhead that belongs to a shot."""
    sequence = session.sequence
    clips = [one for one in selected_clips(session) if _is_picture(sequence, one) and one.shot_id is not None]
    if clips:
        return clips[-1]
    under = (clip for track, clip in reversed(under_playhead(session, anywhere=True)) if not track.is_audio)
    return next((clip for clip in under if clip.shot_id is not None), None)


def _is_picture(sequence: Sequence, clip: Clip) -> bool:
    track = sequence.track_holding(clip.id)
    return track is not None and not track.is_audio


def together_with(session: Session, sequence: Sequence, clip: Clip, media: Media) -> tuple[str, ...]:
    """Ids of a clip and of what is linked to it and shows the same file, as far as a take can be shown there."""
    found = [clip.id]
    for one in linked_ids(sequence, (clip.id,)):
        other, track = sequence.clip(one), sequence.track_holding(one)
        if other is None or track is None or one == clip.id or track.locked or other.source != clip.source:
            continue
        if media.has_audio or not track.is_audio:
            found.append(one)
    return tuple(found)


def is_too_short(sequence: Sequence, clip: Clip, media: Media) -> RationalTime:
    """How much record time a take lacks for a clip; 0: it fits."""
    return lacking(clip, media, sequence.frame) / abs(clip.speed)


def use_take(
    session: Session,
    places: Iterable[tuple[str, str]],
    media_id: str,
    short: Short = "",
    name: str = "Use take",
    *,
    at_once: bool = True,
) -> bool:
    """Show a take in clips (sequence id, clip id), as one step. Where it is too short and nothing is said, it is asked.

    False: it was asked, or cannot be; then nothing is changed. `at_once` False: nobody waits for it, so the question is only
    offered and does not stand in the way of what is being done.
    """
    project, library = session.document.project, session.document.library
    media = library.media.get(media_id)
    commands: list[Command] = []
    for sequence_id, clip_id in places:
        sequence = project.sequence(sequence_id)
        clip = sequence.clip(clip_id) if sequence is not None else None
        if sequence is None or clip is None or media is None:
            raise EditRefused("This take, or its clip, is no longer there.")
        if clip.source == MediaSource(media_id):
            continue
        if not short and is_too_short(sequence, clip, media) > ZERO and session.face is not None:
            ask = partial(session.face.show, "take_too_short", f"{sequence_id} {clip_id} {media_id}")
            if at_once:
                ask()
            else:
                session.offer(f"“{media_name(media)}” is too short for its place.", "Choose what happens", ask)
            return False
        commands.append(UseTake(sequence_id, together_with(session, sequence, clip, media), media_id, short))
    return bool(commands) and session.document.do_alone(Batch(tuple(commands), name))


# --- what is noted ----------------------------------------------------------------------------------------------------


def toggle_star(session: Session, media_id: str) -> None:
    """Mark a take as a good one, or not any more. A star takes a rejection away."""
    is_starred = session.document.project.pool.entry(media_id).rating > 0
    changes = {"rating": 0} if is_starred else {"rating": STARS, "rejected": False}
    session.document.do_alone(SetPoolEntry((media_id,), changes))


def toggle_rejected(session: Session, media_id: str) -> None:
    """Leave a take out of auditions, or take it in again. It stays among the takes."""
    is_rejected = session.document.project.pool.entry(media_id).rejected
    changes = {"rejected": False} if is_rejected else {"rejected": True, "rating": 0}
    session.document.do_alone(SetPoolEntry((media_id,), changes))


def set_note(session: Session, media_id: str, note: str) -> None:
    """What is to be remembered about a take."""
    session.document.do_alone(SetPoolEntry((media_id,), {"note": note.strip()}))


def compare(session: Session, media_id: str, other_id: str) -> None:
    """Open the compare viewer on two takes, side by side: the first is before, the other after."""
    from studio_app.session.comparing import Mode

    def begin() -> None:
        session.evolving.work_on(media_id)
        session.comparing.compare_with(other_id)
        session.comparing.set_mode(Mode.SIDE)

    if session.face is None:
        begin()
        return
    session.face.show("workspace", "evolve")
    session.face.show("compare")
    session.post(begin)  # a viewer that comes up begins with the chosen operation

"""What is chosen in the media pool, and what is done to all of it at once."""

from __future__ import annotations

from collections.abc import Sequence as Row
from pathlib import Path

from studio_app.session.session import Session
from timeline.command import Batch, Command
from timeline.commands.set_pool_entry import SetPoolEntry
from timeline.commands.set_subclip import SetSubclip
from timeline.media import Media
from timeline.query import together_ids


def media_ids(session: Session) -> tuple[str, ...]:
    """The chosen files."""
    return tuple(one for one in session.selection.media.ids if one in session.document.library.media)


def subclip_ids(session: Session) -> tuple[str, ...]:
    """The chosen subclips."""
    pool = session.document.project.pool
    return tuple(one for one in session.selection.media.ids if pool.subclip(one) is not None)


def sequence_ids(session: Session) -> tuple[str, ...]:
    """The chosen sequences."""
    return tuple(one for one in session.selection.media.ids if session.document.project.sequence(one) is not None)


def has_clips(session: Session) -> bool:
    """Whether files or subclips are chosen."""
    return bool(media_ids(session) or subclip_ids(session))


def has_sequences(session: Session) -> bool:
    """Whether sequences are chosen."""
    return bool(sequence_ids(session))


def can_be_rated(session: Session) -> bool:
    """Whether something is chosen that can have stars and a colour."""
    return has_clips(session) or has_sequences(session)


def has_anything(session: Session) -> bool:
    """Whether clips, sequences or folders are chosen."""
    return can_be_rated(session) or bool(session.browsing.bins.ids)


def lead_media(session: Session) -> Media | None:
    """The file chosen last, or that of the subclip chosen last."""
    lead = session.selection.media.lead or ""
    subclip = session.document.project.pool.subclip(lead)
    return session.document.library.media.get(subclip.media_id if subclip is not None else lead)


def set_on_chosen(session: Session, name: str, value: object) -> None:
    """Set a field of all chosen files, sequences and subclips, as one step."""
    commands: list[Command] = []
    if files := (*media_ids(session), *sequence_ids(session)):
        commands.append(SetPoolEntry(files, {name: value}))
    if parts := subclip_ids(session):
        commands.append(SetSubclip(parts, {name: value}))
    if commands:
        session.document.do_alone(commands[0] if len(commands) == 1 else Batch(tuple(commands), "Change clips in pool"))


def rate_chosen(session: Session, stars: int) -> None:
    """Give the chosen clips so many stars; those that all have them already lose them."""
    pool = session.document.project.pool
    now = {pool.entry(one).rating for one in (*media_ids(session), *sequence_ids(session))}
    now |= {one.rating for one in map(pool.subclip, subclip_ids(session)) if one is not None}
    set_on_chosen(session, "rating", 0 if now == {stars} else stars)


def jump(session: Session, clip_id: str) -> None:
    """Show a clip in its sequence: the playhead on its first frame, the clip selected."""
    for sequence in session.document.project.sequences:
        track = sequence.track_holding(clip_id)
        index = track.index_of(clip_id) if track is not None else None
        if track is not None and index is not None:
            session.transport.set_sequence(sequence.id)
            session.transport.set_time(track.starts[index])
            session.selection.items.set(together_ids(sequence, [clip_id]))
            return


def find_again(session: Session, wanted: Row[Media]) -> None:
    """Ask where the first of these missing files is now; it and those that lie beside it are linked again."""
    if session.face is not None and wanted:
        for path in session.face.ask_open_files(f"Find {Path(wanted[0].path).name}", "media")[:1]:
            session.relinking.start(wanted, path)

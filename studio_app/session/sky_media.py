"""Stars as media: which file of the open project a clip of the catalogue is, and how one from elsewhere comes in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from studio_app.catalogue.row import Row
from studio_app.session.pool_items import Listing
from timeline.media import Media, MediaKind
from timeline.time import RationalTime

if TYPE_CHECKING:
    from studio_app.session.session import Session


def media_id_of(session: Session, row: Row) -> str | None:
    """The clip's id in the open project, None where it is not part of it."""
    project, library = session.document.project.id, session.document.library
    for project_id, media_id in row.media_ids:
        if project_id == project and media_id in library.media:
            return media_id
    return library.by_content.get(row.content_hash)


def media_of(session: Session, row: Row) -> Media:
    """The clip as a file that can be looked at: that of the project, else the one the catalogue saw."""
    known = media_id_of(session, row)
    if known is not None:
        return session.document.library.media[known]
    return seen_media(row)


def seen_media(row: Row) -> Media:
    """A clip that is not in the open project as the file the catalogue saw. Any thread."""
    try:
        kind = MediaKind(row.kind)
    except ValueError:
        kind = MediaKind.VIDEO
    seconds = RationalTime(Fraction(row.seconds).limit_denominator(48000))
    rate = Fraction(row.rate).limit_denominator(1001) if row.rate > 0 else None
    return Media(
        row.path,
        kind,
        row.name,
        seconds,
        row.width,
        row.height,
        rate,
        has_video=row.width > 0,
        content_hash=row.content_hash,
        id=f"star {row.content_hash}",
    )


def shown_name(session: Session, row: Row) -> str:
    """What people call the clip: the name the project gives it, else the file's without its ending."""
    known = media_id_of(session, row)
    if known is not None:
        listing = Listing(session.document.project, session.document.library, frozenset())
        return listing.name_of(session.document.library.media[known])
    return Path(row.name).stem if row.name else Path(row.path).stem


def bring_in(session: Session, rows: Sequence[Row], then: Callable[[list[str]], None]) -> None:
    """Ids of these clips in the open project, in their order; those from elsewhere are imported first."""
    known = [media_id_of(session, row) for row in rows]
    away = [Path(row.path) for row, one in zip(rows, known, strict=True) if one is None]
    if not away:
        then([one for one in known if one is not None])
        return

    def came(_: list[Media]) -> None:
        then([one for row in rows if (one := media_id_of(session, row)) is not None])

    session.import_files(away, came)


def used_hashes(session: Session) -> list[str]:
    """Content of what the open sequence shows, in order of its first use."""
    library = session.document.library.media
    first: dict[str, RationalTime] = {}
    for track in session.sequence.tracks:
        for clip, where in track.clips():
            media_id = getattr(clip.source, "media_id", None)
            media = library.get(media_id) if media_id is not None else None
            if media is not None and media.content_hash:
                first[media.content_hash] = min(where.start, first.get(media.content_hash, where.start))
    return sorted(first, key=first.__getitem__)

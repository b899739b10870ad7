"""Which clips operations are for: what is chosen on the timeline, in the pool or in the storyboard."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio_app.planning.assemble import shot_name
from timeline.items import Clip, MediaSource
from timeline.media import Library, Media, Take
from timeline.query import media_name, range_of, source_name
from timeline.sequence import Sequence
from timeline.time import RationalTime, TimeRange

if TYPE_CHECKING:
    from studio_app.session.session import Session


@dataclass(frozen=True)
class Pick:
    """One clip to work on: a file, and where it was chosen. `clip_id` names a clip of the sequence `sequence_id`."""

    media_id: str
    name: str
    shot_id: str | None = None
    clip_id: str | None = None
    sequence_id: str | None = None


def picks_of(session: Session) -> tuple[Pick, ...]:
    """What is chosen now, where it was chosen last; the first chosen comes first."""
    selection = session.selection
    by_focus = {"items": _of_items, "media": _of_media, "shots": _of_shots}
    return tuple(dict.fromkeys(by_focus[selection.focus](session)))


def pick_of_media(session: Session, media_id: str) -> Pick | None:
    """A file of the library as a pick, when it has a picture."""
    library = session.document.library
    media = library.media.get(media_id)
    if media is None or not media.has_video:
        return None
    take = library.take_of_media(media_id)
    return Pick(media_id, media_name(media), take.shot_id if take is not None else None)


def _of_items(session: Session) -> Iterable[Pick]:
    sequence, library = session.sequence, session.document.library
    for one in session.selection.items.ids:
        clip, track = sequence.clip(one), sequence.track_holding(one)
        if clip is None or track is None or track.is_audio or not isinstance(clip.source, MediaSource):
            continue
        media = library.media.get(clip.source.media_id)
        if media is not None and media.has_video:
            yield Pick(media.id, source_name(clip, library), clip.shot_id, clip.id, sequence.id)


def _of_media(session: Session) -> Iterable[Pick]:
    for one in session.selection.media.ids:
        found = pick_of_media(session, one)
        if found is not None:
            yield found


def _of_shots(session: Session) -> Iterable[Pick]:
    project = session.document.project
    for board in project.storyboards:
        for number, shot in enumerate(board.shots):
            if shot.id in session.selection.shots:
                media = session.generation.media_for(shot)
                if media is not None and media.has_video:
                    yield Pick(media.id, shot_name(shot, number), shot.id)


def frame_under_playhead(session: Session, pick: Pick, media: Media) -> int | None:
    """The frame of the file that the playhead shows in the picked clip; None where it stands elsewhere."""
    rate = media.rate
    clip = clip_of(session, pick)
    if clip is None or rate is None or pick.sequence_id != session.sequence_id:
        return None
    where = range_of(session.sequence, clip.id)
    time = session.transport.time
    if where is None or not where.start <= time < where.end:
        return None
    return max(0, clip.source_time(time - where.start).frames(rate))


def clip_of(session: Session, pick: Pick) -> Clip | None:
    """The clip that was picked, if it is still there and shows the file."""
    sequence = session.document.project.sequence(pick.sequence_id or "")
    return sequence.clip(pick.clip_id) if sequence is not None and pick.clip_id is not None else None


def marked_part(session: Session, pick: Pick) -> TimeRange | None:
    """The stretch of the file (source range) between the marks: of the sequence for its clips, else of the pool. None: none."""
    clip = clip_of(session, pick)
    if clip is None:
        entry = session.document.project.pool.entry(pick.media_id)
        media = session.document.library.media[pick.media_id]
        if entry.mark_in is None and entry.mark_out is None:
            return None
        start = entry.mark_in or RationalTime(0)
        end = entry.mark_out if entry.mark_out is not None else media.duration
        return TimeRange.between(start, end) if start < end else None
    if pick.sequence_id != session.sequence_id or clip.speed <= 0 or clip.freeze is not None:
        return None
    return _under_marks(session, session.sequence, clip)


def _under_marks(session: Session, sequence: Sequence, clip: Clip) -> TimeRange | None:
    where, transport = range_of(sequence, clip.id), session.transport
    if where is None or (transport.mark_in is None and transport.mark_out is None):
        return None
    start = max(where.start, transport.mark_in) if transport.mark_in is not None else where.start
    end = min(where.end, transport.mark_out) if transport.mark_out is not None else where.end
    if start >= end:
        return None
    return TimeRange.between(clip.running_time(start - where.start), clip.running_time(end - where.start))


def take_number(library: Library, pick: Pick) -> int | None:
    """Which take of its shot the picked file is, from 1; None where it is none."""
    takes = library.takes_of(pick.shot_id) if pick.shot_id is not None else ()
    return next((n for n, one in enumerate(takes, 1) if one.media_id == pick.media_id), None)


def generation_of(library: Library, media_id: str) -> int:
    """0 for footage and first takes; 1 more than its latest parent for what was evolved."""
    take = library.take_of_media(media_id)
    return take.lineage.generation if take is not None else 0


def words_of(take: Take | None) -> str:
    """The prompt a file was made from; empty for footage."""
    return str(take.lineage.request.get("prompt", "")) if take is not None else ""

"""Match frame and back: from a place in the sequence to the same frame of its source, and the other way round."""

from __future__ import annotations

from studio_app.session.session import Session
from timeline.commands.set_pool_entry import SetPoolEntry
from timeline.errors import EditRefused
from timeline.items import Clip, MediaSource, SequenceSource
from timeline.query import media_name
from timeline.sequence import Sequence
from timeline.time import ZERO, FrameRate, RationalTime, TimeRange
from timeline.track import Track


def match(session: Session) -> None:
    """Open the source of the clip under the playhead on the frame that is seen, and mark there what the clip uses.

    The topmost targeted track that has a clip there, else the topmost. A nest opens as the active sequence. Raises EditRefused.
    """
    found = under_playhead(session)
    if not found:
        raise EditRefused("No clip is under the playhead.")
    track, clip = found[0]
    place = track.range_of(track.index_of(clip.id) or 0).start
    if isinstance(clip.source, SequenceSource):
        at = _shown(clip, session.transport.time - place, session.sequence.rate)
        session.transport.set_sequence(clip.source.sequence_id)
        session.transport.set_time(at)
        return
    media = session.document.library.media.get(clip.source.media_id) if isinstance(clip.source, MediaSource) else None
    if media is None:
        raise EditRefused(f"“{clip.name or 'This clip'}” has no file that the source viewer could show.")
    rate = media.rate if media.rate is not None and media.has_video else session.sequence.rate
    session.transport.pause()
    used = clip.source_range
    if not media.is_endless:
        entry = session.document.project.pool.entry(media.id)
        wanted = {"mark_in": max(ZERO, used.start), "mark_out": min(used.end, media.duration)}
        if any(getattr(entry, name) != value for name, value in wanted.items()):
            session.document.do_alone(SetPoolEntry((media.id,), wanted))
    session.source.show(media.id)
    session.source.go_to(_shown(clip, session.transport.time - place, rate))


def reverse_match(session: Session) -> None:
    """Put the playhead on the frame of the source viewer: the next place behind it where the sequence shows that, else the first.

    Raises EditRefused.
    """
    source, media = session.source, session.source.media
    if media is None:
        raise EditRefused("The source viewer is empty. Open a clip of the media pool in it.")
    places = sorted(uses_of(session.sequence, media.id, source.time, source.transport.sequence.frame))
    if not places:
        raise EditRefused(f"This frame of “{media_name(media)}” is not in the sequence.")
    now = session.transport.time
    session.transport.pause()
    session.transport.set_time(next((one for one in places if one > now), places[0]))


def uses_of(sequence: Sequence, media_id: str, time: RationalTime, frame: RationalTime) -> set[RationalTime]:
    """Record times at which clips show the source frame that begins at `time` and lasts `frame`."""
    found = set()
    for track in sequence.tracks:
        if not any(one == media_id for one, _ in track.media_uses):
            continue
        for clip, where in track.clips():
            if isinstance(clip.source, MediaSource) and clip.source.media_id == media_id:
                at = _place_of(clip, where, TimeRange(time, frame))
                if at is not None:
                    found.add(RationalTime.from_frames(at.frames(sequence.rate), sequence.rate))
    return {one for one in found if one >= ZERO}


def _place_of(clip: Clip, where: TimeRange, wanted: TimeRange) -> RationalTime | None:
    """Where in the sequence a clip begins to show a stretch of its source."""
    if clip.freeze is not None:
        return where.start if wanted.contains(clip.freeze) else None
    shown = clip.source_range.intersection(wanted)
    if shown is None:
        return None
    ahead = shown.start - clip.source_range.start if clip.speed > 0 else clip.source_range.end - shown.end
    return where.start + ahead / abs(clip.speed)


def _shown(clip: Clip, since_start: RationalTime, rate: FrameRate) -> RationalTime:
    """The start of the source frame that is seen; played backwards, an instant is the upper border of its frame."""
    time = clip.source_time(since_start)
    if clip.freeze is None and clip.speed < 0:
        number = time.frames(rate)
        return RationalTime.from_frames(number - (1 if time.is_on_frame(rate) else 0), rate)
    return RationalTime.from_frames(time.frames(rate), rate)


def under_playhead(session: Session) -> list[tuple[Track, Clip]]:
    """Clips under the playhead of the sequence: those of targeted tracks first, then from the top track down."""
    sequence, time, targets = session.sequence, session.transport.time, session.targets.ids
    tracks = (*reversed(sequence.picture_tracks()), *sequence.audio_tracks())
    found = [(track, item) for track in tracks if isinstance(item := track.item_at(time), Clip)]
    return sorted(found, key=lambda one: one[0].id not in targets)

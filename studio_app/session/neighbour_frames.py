"""The frames beside a place in the cut as pictures on the disk: what a film that is made there can begin and end with."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from engines.errors import ExportError
from engines.export.still import write_still
from studio_app.services.jobs import Job
from studio_app.session.failures import tell_failure
from timeline.items import Clip, MediaSource, Placeholder, SequenceSource, UnknownSource
from timeline.media import Library
from timeline.project import Project
from timeline.query import range_of, source_name, timecode_at
from timeline.sequence import Sequence
from timeline.time import ZERO, RationalTime, TimeRange
from timeline.track import Track, TrackKind

if TYPE_CHECKING:
    from studio_app.session.session import Session

KIND = "keyframe"


@dataclass(frozen=True)
class Edge:
    """One frame: of which clip, at which record time of the sequence. `words` says which it is."""

    clip_id: str
    time: RationalTime
    words: str
    key: str
    """By all that decides the picture."""
    is_bare: bool = False
    """The file's own picture, without what was done to the clip: what is made of it gets that once more."""


@dataclass(frozen=True)
class Frames:
    """What there is at both ends; None: nothing is seen there, or what is seen is not made yet."""

    first: Edge | None = None
    last: Edge | None = None


def frames_of(
    session: Session,
    where: TimeRange,
    track_id: str,
    retaken: str = "",
    head: RationalTime = ZERO,
    tail: RationalTime = ZERO,
) -> Frames:
    """The frames at both ends of a record range of a track: of the clips that touch it, or of the clip that is `retaken`.

    Where nothing touches it on its track, or that is yet to be made, what is seen there below counts. `head` and `tail`:
    how much more than the range is made.
    """
    sequence = session.sequence
    track = sequence.track(track_id)
    library = session.document.library
    if retaken:
        clip, span = sequence.clip(retaken), range_of(sequence, retaken)
        if clip is None or span is None:
            return Frames()
        last = min(where.end + tail, span.end) - sequence.frame
        return Frames(
            _edge(
                sequence, clip, max(where.start - head, span.start), library, "The frame it begins with now", bare=True
            ),
            _edge(sequence, clip, last, library, "The frame it ends with now", bare=True),
        )
    before = _seen_at(sequence, track, where.start - sequence.frame)
    after = _seen_at(sequence, track, where.end)
    return Frames(
        _edge(sequence, before, where.start - sequence.frame, library, "Last frame of “{}”") if before else None,
        _edge(sequence, after, where.end, library, "First frame of “{}”") if after else None,
    )


def _seen_at(sequence: Sequence, track: Track | None, time: RationalTime) -> Clip | None:
    """The clip of the track itself, else the highest footage below it, else the lowest clip: titles lie over pictures."""
    if track is not None and (own := _clip_at(track, time)) is not None:
        return own
    pictures = [one for one in sequence.tracks if one.kind is TrackKind.VIDEO and not one.muted]
    below = pictures[: pictures.index(track)] if track in pictures else pictures
    found = [clip for one in below if (clip := _clip_at(one, time)) is not None]
    footage = [clip for clip in found if isinstance(clip.source, MediaSource | SequenceSource)]
    return footage[-1] if footage else found[0] if found else None


def _clip_at(track: Track, time: RationalTime) -> Clip | None:
    item = track.item_at(time) if time >= ZERO else None
    return item if isinstance(item, Clip) and item.enabled else None


def _edge(
    sequence: Sequence, clip: Clip, time: RationalTime, library: Library, words: str, *, bare: bool = False
) -> Edge | None:
    if isinstance(clip.source, Placeholder | UnknownSource):
        return None
    where = range_of(sequence, clip.id)
    seen = replace(_plain(clip) if bare else clip, id="", link=None, group=None, markers=())
    size = (sequence.width, sequence.height, sequence.rate)
    text = f"{seen!r} {time - where.start if where is not None else time} {size}"
    digest = hashlib.blake2b(text.encode(), digest_size=10).hexdigest()
    return Edge(clip.id, time, words.format(clip.name or source_name(clip, library)), digest, bare)


def _plain(clip: Clip) -> Clip:
    return replace(clip, effects=(), opacity=1.0)


def kept_path(session: Session, edge: Edge) -> Path:
    """Where the picture of a frame lies, made or not: beside the takes of the project."""
    return session.files.take_folder / "keyframes" / f"frame_{edge.key}.png"


def extract(
    session: Session,
    edges: Iterable[Edge],
    then: Callable[[], None] = lambda: None,
    film: tuple[Project, Library] | None = None,
) -> Job | None:
    """Write the pictures that are not there yet, in a job; `then` is called on the main thread, at once where all are there.

    `film`: the project as it was when the frames were looked up, with its library; None: as it is.
    """
    wanted = [(edge, path) for edge in edges if not (path := kept_path(session, edge)).is_file()]
    if not wanted:
        then()
        return None
    project, library = film or (session.document.project, session.document.library)
    sequence_id = session.sequence_id

    def work(job: Job) -> None:
        for number, (edge, path) in enumerate(wanted):
            job.progress(number / len(wanted), "Extracting frames")
            _write(project, library, sequence_id, edge, path)

    name = f"Frame at {timecode_at(session.sequence, wanted[0][0].time)}"
    return session.jobs.submit(name, work, lambda _: then(), partial(tell_failure, session), kind=KIND, lane=KIND)


def _write(project: Project, library: Library, sequence_id: str, edge: Edge, path: Path) -> None:
    """The clip alone, as it is placed and graded, or bare: titles and what lies over it are no part of it. Raises ExportError."""
    sequence = project.sequence(sequence_id)
    track = sequence.track_holding(edge.clip_id) if sequence is not None else None
    clip = sequence.clip(edge.clip_id) if sequence is not None else None
    if sequence is None or track is None or clip is None:
        raise ExportError("The clip whose frame was wanted is gone.")
    plain = replace(_plain(clip) if edge.is_bare else clip, fade_in=ZERO, fade_out=ZERO)
    items = tuple(plain if one.id == clip.id else one for one in track.items)
    alone = replace(track, items=items, transitions=(), muted=False, solo=False)
    bare = project.with_sequence(replace(sequence, tracks=(alone,)))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ExportError(
            f"Frames cannot be kept in “{path.parent}”: {error.strerror}. Save the project in another folder."
        ) from error
    write_still(bare, library, sequence.id, edge.time, path)

"""What the media pool lists: folders, files and subclips as items; which of them pass the search and the filters; their order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from studio_app.services.job import Job
from studio_app.session.browsing import Browsing, Filters
from studio_app.session.placing import as_media
from timeline.items import Clip, MediaSource, SequenceSource
from timeline.media import Library, Media, MediaKind
from timeline.pool import Bin, PoolEntry, Subclip
from timeline.project import Project
from timeline.query import media_name
from timeline.sequence import Sequence
from timeline.time import ZERO, RationalTime, TimeRange
from timeline.timecode import rate_name

LABELS = ("red", "yellow", "green", "teal", "blue", "purple", "pink", "default")
"""Colours of labels: those of markers."""

COMING = ("generate", "evolve")
"""Jobs whose results come into the pool."""


@dataclass(frozen=True)
class PoolItem:
    """A line of the pool: a folder, a file, a subclip of a file, or a sequence (`media` then stands for it, without a path).

    Or a clip that is being generated (`job`): it can be looked at and stopped, no more.
    """

    id: str
    name: str
    media: Media | None = None
    subclip: Subclip | None = None
    bin: Bin | None = None
    entry: PoolEntry = field(default_factory=lambda: PoolEntry(""))
    sequence: Sequence | None = None
    job: Job | None = None
    amount: int = 0
    """Of a folder: how many clips lie in it, however deep."""

    @property
    def label(self) -> str:
        """Name of its colour, or empty."""
        return self.subclip.label if self.subclip is not None else self.entry.label

    @property
    def rating(self) -> int:
        """Stars, 0 for none."""
        return self.subclip.rating if self.subclip is not None else self.entry.rating

    @property
    def range(self) -> TimeRange:
        """The part of the file it stands for (source time); empty for folders and stills."""
        if self.subclip is not None:
            return self.subclip.range
        return TimeRange(ZERO, self.media.duration if self.media is not None else ZERO)

    @property
    def marked(self) -> TimeRange | None:
        """The part between the source marks, where there are any."""
        entry, whole = self.entry, self.range
        if self.subclip is not None or (entry.mark_in is None and entry.mark_out is None) or not whole.duration:
            return None
        start, end = entry.mark_in or whole.start, entry.mark_out or whole.end
        return TimeRange.between(start, end) if start < end else None

    @property
    def kind(self) -> str:
        """Video, Sound, Picture, Subclip, Sequence or Folder."""
        if self.media is None:
            return "Generating" if self.job is not None else "Folder"
        if self.sequence is not None:
            return "Sequence"
        if self.subclip is not None:
            return "Subclip"
        return {MediaKind.AUDIO: "Sound", MediaKind.IMAGE: "Picture"}.get(self.media.kind, "Video")

    @property
    def size(self) -> str:
        """SD, HD, Full HD or UHD, by the shorter side; empty without a picture."""
        side = min(self.media.width, self.media.height) if self.media is not None else 0
        return "" if not side else "SD" if side < 720 else "HD" if side < 1080 else "Full HD" if side < 2160 else "UHD"

    @property
    def rate(self) -> str:
        """`25`, `29.97`; empty without one."""
        return rate_name(self.media.rate) if self.media is not None and self.media.rate is not None else ""

    @property
    def codec(self) -> str:
        """Of the picture, else of the sound."""
        return (self.media.video_codec or self.media.audio_codec) if self.media is not None else ""


@dataclass(frozen=True)
class Use:
    """A place where a file stands in a sequence; linked picture and sound are one."""

    sequence_id: str
    sequence_name: str
    clip_id: str
    track_id: str
    start: RationalTime


def places_of(project: Project, media_id: str) -> list[Use]:
    """Every use of a file, or of a sequence within others, sequence by sequence, in order of time."""
    found: list[Use] = []
    for sequence in project.sequences:
        seen: set[str] = set()
        here = []
        for track in sequence.tracks:
            if media_id not in track.nested_ids and not any(used == media_id for used, _ in track.media_uses):
                continue
            for clip, where in track.clips():
                if _shows(clip, media_id) and (clip.link or clip.id) not in seen:
                    seen.add(clip.link or clip.id)
                    here.append(Use(sequence.id, sequence.name, clip.id, track.id, where.start))
        found += sorted(here, key=lambda use: use.start)
    return found


def _shows(clip: Clip, media_id: str) -> bool:
    source = clip.source
    if isinstance(source, SequenceSource):
        return source.sequence_id == media_id
    return isinstance(source, MediaSource) and source.media_id == media_id


def uses_in(project: Project) -> Mapping[str, int]:
    """How often each file is used in all sequences."""
    tracks = (track for sequence in project.sequences for track in sequence.tracks)
    groups = frozenset[tuple[str, str]]().union(*(track.media_uses for track in tracks))
    return Counter(media_id for media_id, _ in groups)


def nests_in(project: Project) -> Mapping[str, int]:
    """How often each sequence is shown within others; linked picture and sound are one."""
    found = {
        (clip.source.sequence_id, clip.link or clip.id)
        for sequence in project.sequences
        for track in sequence.tracks
        if track.nested_ids
        for clip, _ in track.clips()
        if isinstance(clip.source, SequenceSource)
    }
    return Counter(sequence_id for sequence_id, _ in found)


class Listing:
    """All that is in the pool at one moment, and what of it is shown."""

    def __init__(self, project: Project, library: Library, missing: frozenset[str], jobs: tuple[Job, ...] = ()) -> None:
        self.project, self.library, self.missing = project, library, missing
        self._jobs = jobs

    @cached_property
    def uses(self) -> Mapping[str, int]:
        """How often each file is used, and each sequence within others. Counted when somebody wants to see it."""
        return {**uses_in(self.project), **nests_in(self.project)}

    @cached_property
    def clips(self) -> tuple[PoolItem, ...]:
        """Every sequence, file and subclip that is not hidden, in order of arrival. An only sequence is none of them:

        it is open, and there is none that could show it.
        """
        pool, found = self.project.pool, list[PoolItem]()
        if len(self.project.sequences) > 1:
            for nest in self.project.sequences:
                found.append(PoolItem(nest.id, nest.name, as_media(nest), entry=pool.entry(nest.id), sequence=nest))
        for media in self.library.media.values():
            entry = pool.entry(media.id)
            if not entry.hidden or self.uses.get(media.id):
                found.append(PoolItem(media.id, self.name_of(media), media, entry=entry))
        for one in pool.subclips:
            of = self.library.media.get(one.media_id)
            if of is not None:
                found.append(PoolItem(one.id, one.name, of, one, entry=pool.entry(of.id)))
        return tuple(found)

    def name_of(self, media: Media) -> str:
        """The name given here, else that of the shot a take was made for, else the file's."""
        if given := self.project.pool.entry(media.id).name:
            return given
        take = self._takes.get(media.id)
        shot = self.project.shot(take) if take else None
        return (shot.name if shot is not None else "") or media_name(media)

    @cached_property
    def _takes(self) -> Mapping[str, str]:
        """Shot of each file that is a take."""
        return {take.media_id: take.shot_id or "" for take in self.library.takes.values()}

    def is_take(self, media: Media) -> bool:
        """Whether an engine made it."""
        return media.id in self._made

    @cached_property
    def _made(self) -> frozenset[str]:
        return frozenset(take.media_id for take in self.library.takes.values() if take.is_made)

    def home(self, item: PoolItem) -> str | None:
        """Id of the folder an item lies in, None at the top."""
        one = item.bin.parent_id if item.bin else item.subclip.bin_id if item.subclip else item.entry.bin_id
        return self.project.pool.place(one)

    def shown(self, browsing: Browsing, sort: str = "", descending: bool = False) -> list[PoolItem]:
        """The folders and clips of the open folder; while searching, the clips below it that match. Folders come first.

        What is being generated stands between them at the top, where it will land.
        """
        at = browsing.bin_id
        if browsing.is_searching:
            below = self.project.pool.below(at) if at is not None else None
            words = browsing.words.lower().split()
            clips = [
                one
                for one in self.clips
                if (below is None or self.home(one) in below) and self.matches(one, words, browsing.filters)
            ]
            bins: list[PoolItem] = []
        else:
            clips = [one for one in self.clips if self.home(one) == at]
            bins = [one for one in self.bins if self.home(one) == at]
        self._sort(bins, clips, sort, descending)
        coming = self.coming if at is None and not browsing.is_searching else []
        return bins + coming + clips

    def inside(self, bin_ids: Iterable[str], sort: str = "", descending: bool = False) -> list[PoolItem]:
        """The clips of folders, however deep, as one who opens them sees them: of each its inner folders come first."""
        found: dict[str, PoolItem] = {}
        opened: set[str] = set()

        def open_up(bin_id: str) -> None:
            if bin_id in opened:
                return
            opened.add(bin_id)
            clips = [one for one in self.clips if self.home(one) == bin_id]
            bins = [one for one in self.bins if self.home(one) == bin_id]
            self._sort(bins, clips, sort, descending)
            for inner in bins:
                open_up(inner.id)
            found.update((one.id, one) for one in clips)

        for one in bin_ids:
            open_up(one)
        return list(found.values())

    def _sort(self, bins: list[PoolItem], clips: list[PoolItem], sort: str, descending: bool) -> None:
        """In place, by a column; by none they stay in order of arrival."""
        if sort:
            clips.sort(key=self._key(sort), reverse=descending)
            bins.sort(key=lambda one: one.name.casefold(), reverse=descending and sort == "name")

    @cached_property
    def coming(self) -> list[PoolItem]:
        """What engines work on or will, in order."""
        return [
            PoolItem(f"job {id(job):x}", job.label, job=job)
            for job in self._jobs
            if job.kind in COMING and not job.is_over
        ]

    @cached_property
    def bins(self) -> tuple[PoolItem, ...]:
        """Every folder, by name, with the number of clips in it."""
        pool = self.project.pool
        amounts: Counter[str] = Counter()
        for clip in self.clips:
            amounts.update(one.id for one in pool.path_to(self.home(clip)))
        made = (PoolItem(one.id, one.name, bin=one, amount=amounts[one.id]) for one in pool.bins)
        return tuple(sorted(made, key=lambda one: one.name.casefold()))

    def matches(self, item: PoolItem, words: list[str], filters: Filters) -> bool:
        """Whether a clip holds all the words (name, note, codec, file and its folder) and passes the filters.

        Not the whole path: a "2" somewhere above in it would find everything.
        """
        media = item.media
        if media is None:
            return False
        if words:
            place = " ".join(Path(media.path).parts[-2:])
            text = " ".join((item.name, item.entry.note, media.video_codec, media.audio_codec, place)).lower()
            if not all(word in text for word in words):
                return False
        states = filters.states
        used = bool(self.uses.get(media.id))
        return (
            (not filters.kinds or item.kind in filters.kinds)
            and (not filters.sizes or item.size in filters.sizes)
            and (not filters.rates or item.rate in filters.rates)
            and (not filters.labels or item.label in filters.labels)
            and item.rating >= filters.rating
            and ("used" not in states or used)
            and ("unused" not in states or not used)
            and ("offline" not in states or media.id in self.missing)
            and ("generated" not in states or self.is_take(media))
        )

    def _key(self, column: str) -> Callable[[PoolItem], Any]:
        keys: dict[str, Callable[[PoolItem], Any]] = {
            "name": lambda one: one.name.casefold(),
            "length": lambda one: one.range.duration,
            "rate": lambda one: (one.media.rate if one.media else None) or 0,
            "size": lambda one: one.media.width * one.media.height if one.media else 0,
            "codec": lambda one: one.codec,
            "sound": lambda one: (one.media.channels, one.media.sample_rate) if one.media else (0, 0),
            "used": lambda one: self.uses.get(one.media.id, 0) if one.media else 0,
            "label": lambda one: LABELS.index(one.label) if one.label in LABELS else len(LABELS),
            "rating": lambda one: one.rating,
            "date": lambda one: one.media.modified if one.media else "",
            "path": lambda one: str(Path(one.media.path)) if one.media else "",
        }
        return keys.get(column, keys["name"])

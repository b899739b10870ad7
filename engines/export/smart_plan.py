"""What of a film is copied and what is made: pure for the timeline, then by what the files allow."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import pairwise

from effects.video.transform import Transform
from engines.export.base import Stretch
from engines.export.smart_source import CopySource, Unfit
from engines.render.plan import heard_or_seen
from engines.render.sizing import view, wanted
from timeline.curve import Curve
from timeline.items import Clip, EffectUse, MediaSource, SequenceSource
from timeline.media import Library, Media, MediaKind
from timeline.sequence import Sequence
from timeline.time import RationalTime
from timeline.track import BlendMode, Track, TrackKind

_SHORTEST_SECONDS = Fraction(1, 5)
"""Shorter copies are not worth the key frames they force on their neighbours."""
_NEUTRAL = Transform()


@dataclass(frozen=True)
class Run:
    """Frames [start, start + count) of the film: those of `media` from its frame `source` on, or, without one, made.

    `why` says of made frames what is done to them.
    """

    start: int
    count: int
    media: Media | None = None
    source: int = 0
    why: str = ""

    @property
    def end(self) -> int:
        """The first frame after it."""
        return self.start + self.count


@dataclass(frozen=True)
class SmartPlan:
    """The runs of a whole film in order, without a hole. `whys` counts made frames by what is done to them."""

    runs: tuple[Run, ...]
    whys: Mapping[str, int] = field(default_factory=dict)

    @property
    def frames(self) -> int:
        """Length of the film."""
        return self.runs[-1].end if self.runs else 0

    @property
    def copied(self) -> int:
        """How many frames are copied."""
        return sum(run.count for run in self.runs if run.media is not None)

    @property
    def share(self) -> float:
        """Copied frames by all frames, 0 to 1."""
        return self.copied / self.frames if self.frames else 0.0


def untouched_runs(sequence: Sequence, library: Library, stretch: Stretch, size: tuple[int, int]) -> tuple[Run, ...]:
    """Where the film shows frames of a file to which nothing is done, by the timeline alone; the rest with its reason."""
    if stretch.rate != sequence.rate:
        return (Run(0, stretch.frames, why="another frame rate"),)
    return tuple(_joined(_Reader(sequence, library, stretch, size).runs()))


def smart_plan(runs: tuple[Run, ...], sources: Mapping[str, CopySource | str], rate: Fraction) -> SmartPlan:
    """What of the untouched runs can be copied. `sources`: by media id, opened, or why they are not."""
    whys: Counter[str] = Counter()
    result: list[Run] = []
    for run in runs:
        for part in _parts(run, sources, rate):
            if part.media is None:
                whys[part.why] += part.count
            result.append(part)
    merged = tuple(_joined(replace(run, why="") if run.media is None else run for run in result))
    return SmartPlan(merged, dict(whys.most_common()))


AT_A_CUT = "frames at cuts"


def _parts(run: Run, sources: Mapping[str, CopySource | str], rate: Fraction) -> Iterator[Run]:
    if run.media is None:
        yield run
        return
    source = sources.get(run.media.id, "it is not copied")
    if isinstance(source, str):
        yield Run(run.start, run.count, why=source)
        return
    try:
        first, end = _copyable(source, run)
    except Unfit as reason:
        yield Run(run.start, run.count, why=str(reason))
        return
    if end - first < max(Fraction(1), rate * _SHORTEST_SECONDS):
        yield Run(run.start, run.count, why=AT_A_CUT)
        return
    if first > run.source:
        yield Run(run.start, first - run.source, why=AT_A_CUT)
    yield Run(run.start + first - run.source, end - first, run.media, first)
    if end < run.source + run.count:
        yield Run(run.start + end - run.source, run.source + run.count - end, why=AT_A_CUT)


def _copyable(source: CopySource, run: Run) -> tuple[int, int]:
    """The source frames [first, end) of a run that can be copied; empty where there are none."""
    last = run.source + run.count
    first = source.first_key(run.source, last)
    return (last, last) if first is None else (first, source.clean_end(first, last))


def _joined(runs: Iterator[Run]) -> Iterator[Run]:
    """Neighbours that go on with each other become one: a clip that was only split is no cut."""
    kept: Run | None = None
    for run in runs:
        if run.count <= 0:
            continue
        if kept is not None and _goes_on(kept, run):
            kept = replace(kept, count=kept.count + run.count)
            continue
        if kept is not None:
            yield kept
        kept = run
    if kept is not None:
        yield kept


def _goes_on(before: Run, after: Run) -> bool:
    if before.media is None or after.media is None:
        return before.media is after.media and before.why == after.why
    return before.media.id == after.media.id and before.source + before.count == after.source


class _Reader:
    """Reads a timeline between the points where something begins or ends; there it can only change."""

    def __init__(self, sequence: Sequence, library: Library, stretch: Stretch, size: tuple[int, int]) -> None:
        self._sequence, self._library, self._stretch, self._size = sequence, library, stretch, size
        self._rate = stretch.rate
        self._tracks = heard_or_seen(sequence.picture_tracks())[::-1]
        self._passages = {track.id: _passages(track) for track in self._tracks}
        self._seen = view((sequence.width, sequence.height), size)
        self._fits: dict[str, str] = {}

    def runs(self) -> Iterator[Run]:
        points = sorted(self._points() | {0, self._stretch.frames})
        for start, end in pairwise(points):
            yield self._run(start, end - start)

    def _points(self) -> set[int]:
        times: list[RationalTime] = []
        for track in self._tracks:
            times += track.starts
            for begin, end in self._passages[track.id]:
                times += (begin, end)
            for clip, where in track.clips():
                if clip.fade_in:
                    times.append(where.start + clip.fade_in)
                if clip.fade_out:
                    times.append(where.end - clip.fade_out)
        found = set()
        for time in times:
            exact = (time - self._stretch.start).fraction * self._rate
            found |= {exact.__floor__(), exact.__ceil__()}
        return {point for point in found if 0 < point < self._stretch.frames}

    def _run(self, start: int, count: int) -> Run:
        time = self._stretch.time_of(start)
        for track in self._tracks:
            if any(begin <= time < end for begin, end in _near(self._passages[track.id], time)):
                return Run(start, count, why="transitions")
            item = track.item_at(time)
            if not isinstance(item, Clip) or not item.enabled:
                continue
            if isinstance(item.opacity, Curve):
                return Run(start, count, why="moving opacity")
            if min(float(item.opacity), track.opacity) <= 0 or (
                track.kind is TrackKind.EFFECTS and not _working(item.effects, track.effects)
            ):
                continue
            begin = track.starts[track.index_of(item.id) or 0]
            return self._of_clip(start, count, track, item, begin)
        return Run(start, count, why="black")

    def _of_clip(self, start: int, count: int, track: Track, clip: Clip, begin: RationalTime) -> Run:
        why = self._touched(start, count, track, clip, begin)
        media = self._library.media.get(clip.source.media_id) if isinstance(clip.source, MediaSource) else None
        if why or media is None or media.rate is None:
            return Run(start, count, why=why or "titles and other drawn pictures")
        first = clip.source_time(self._stretch.time_of(start) - begin).frames(media.rate)
        last = first + count
        inside = max(0, first), min(last, media.duration.nearest_frame(media.rate))
        if inside != (first, last):
            return Run(start, count, why="more of a clip than its file has")
        return Run(start, count, media, first)

    def _touched(self, start: int, count: int, track: Track, clip: Clip, begin: RationalTime) -> str:
        """What is done to the clip, or to all of it that is seen in these frames."""
        if track.kind is TrackKind.EFFECTS or _working(clip.effects, track.effects):
            return "effects"
        if track.blend is not BlendMode.NORMAL or min(float(clip.opacity), track.opacity) < 1:  # type: ignore[arg-type]
            return "opacity and blend modes"
        end = begin + clip.duration
        time, after = self._stretch.time_of(start), self._stretch.time_of(start + count)
        if time < begin + clip.fade_in or (clip.fade_out and after > end - clip.fade_out):
            return "fades"
        if clip.speed != 1:
            return "another speed"
        if clip.freeze is not None:
            return "frozen frames"
        if isinstance(clip.source, SequenceSource):
            return "nested sequences"
        if not isinstance(clip.source, MediaSource):
            return "titles and other drawn pictures"
        media = self._library.media.get(clip.source.media_id)
        return self._unlike(media) if media is not None else "missing files"

    def _unlike(self, media: Media) -> str:
        if media.id not in self._fits:
            self._fits[media.id] = self._compared(media)
        return self._fits[media.id]

    def _compared(self, media: Media) -> str:
        if media.kind is not MediaKind.VIDEO or not media.has_video:
            return "stills"
        if media.variable_rate or media.rate != self._rate:
            return "another frame rate"
        if media.faults:
            return "damaged files"
        if media.interlaced or media.rotation or media.has_alpha:
            return "interlaced, turned or transparent files"
        canvas = self._seen.canvas
        whole = (canvas.width, canvas.height) == self._size == (media.width, media.height)
        if not whole or wanted(media, _NEUTRAL, canvas).size != self._size:
            return "another picture size"
        return ""


def _working(*uses: tuple[EffectUse, ...]) -> bool:
    """Whether any effect does something."""
    return any(use.enabled and not _is_neutral(use) for each in uses for use in each)


def _is_neutral(use: EffectUse) -> bool:
    """Whether it is a transform that moves nothing."""
    if use.effect != "transform" or any(isinstance(value, Curve) for value in use.values.values()):
        return False
    try:
        return Transform.model_validate(dict(use.values)) == _NEUTRAL
    except ValueError:
        return False


def _passages(track: Track) -> list[tuple[RationalTime, RationalTime]]:
    """What transitions cover, in order."""
    if track.kind is TrackKind.EFFECTS:
        return []
    found = []
    for transition in track.transitions:
        cut = track.cut_of(transition)
        if cut is not None:
            found.append((cut - transition.before, cut + transition.after))
    return sorted(found)


def _near(
    passages: list[tuple[RationalTime, RationalTime]], time: RationalTime
) -> list[tuple[RationalTime, RationalTime]]:
    """Those that can reach a time: they may touch, but not hold each other."""
    place = bisect_right(passages, time, key=lambda one: one[0])
    return passages[max(0, place - 2) : place]

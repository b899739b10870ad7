"""Smart render: footage that nothing was done to is copied bit for bit; only what was changed, and frames at cuts, are made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from engines.export.base import Check, Meter, Stretch, Tell, stretch_of
from engines.export.presets import Mp4Preset
from engines.export.smart_film import SmartFilm
from engines.export.smart_plan import Run, SmartPlan, smart_plan, untouched_runs
from engines.export.smart_source import CopySource, Unfit
from engines.export.smart_verify import verify_smart
from engines.export.stages import Stages
from timeline.media import Library, Media
from timeline.project import Project
from timeline.sequence import Sequence
from timeline.time import TimeRange

TellSmart = Callable[["SmartReport"], None]
"""Called once, when the film is ready."""
LEAST_SHARE = 0.1
"""Films of which less could be copied are rendered as a whole."""
_COARSEST_QUALITY = 23
_TELL_SECONDS = 0.1


@dataclass(frozen=True)
class SmartReport:
    """What was copied (or would be). `whys`: made frames by what is done to them. `fallback`: why all was rendered after all."""

    frames: int
    copied: int = 0
    whys: Mapping[str, int] = field(default_factory=dict)
    fallback: str = ""
    is_off: bool = False

    @property
    def share(self) -> float:
        """Copied by all frames, 0 to 1."""
        return self.copied / self.frames if self.frames else 0.0

    @property
    def sentence(self) -> str:
        """One line for people."""
        if self.is_off:
            return "Everything is rendered: smart render is off."
        if self.fallback:
            return f"Everything was rendered: {self.fallback}."
        if not self.copied:
            return "Everything is rendered: no footage in it is untouched and of the film's own format."
        return f"{percent(self.share)} copied, {self.frames - self.copied} of {self.frames} frames rendered."

    def facts(self) -> dict[str, object]:
        """The same for programs."""
        return {
            "frames": self.frames,
            "copied": self.copied,
            "rendered": self.frames - self.copied,
            "share": round(self.share, 4),
            "percent": percent(self.share),
            "rendered_because": dict(self.whys),
            "fallback": self.fallback,
        }


def percent(share: float) -> str:
    """`83 %`; never 100 for less than all."""
    return f"{min(round(share * 100), 99) if share < 1 else 100} %"


def smart_estimate(
    sequence: Sequence, library: Library, settings: Mp4Preset, marked: TimeRange | None = None
) -> SmartReport:
    """What an export would copy. Opens the files; takes some milliseconds a clip. Raises ExportError."""
    stretch = stretch_of(sequence, settings.rate_for(sequence), marked)
    if not settings.copy_untouched or settings.burn_in:
        return SmartReport(stretch.frames, is_off=True)
    size = settings.size_for(sequence)
    with _planned(sequence, library, stretch, settings, size) as (plan, _):
        return SmartReport(plan.frames, plan.copied if plan.share >= LEAST_SHARE else 0, plan.whys)


def write_smart(
    what: tuple[Project, Library, str],
    stretch: Stretch,
    settings: Mp4Preset,
    size: tuple[int, int],
    part: Path,
    *,
    progress: Tell,
    check: Check,
) -> tuple[SmartReport, dict[str, str]]:
    """Write the film to `part`, if enough of it can be copied and what was written is right.

    The report says what was copied; when it is nothing, `part` is to be written by rendering. Also gives what the film lacks,
    by clip. Raises ExportError or Cancelled.
    """
    if not settings.copy_untouched:
        return SmartReport(stretch.frames, is_off=True), {}
    project, library, sequence_id = what
    sequence = project.sequence(sequence_id)
    assert sequence is not None  # noqa: S101 - asked before
    try:
        with _planned(sequence, library, stretch, settings, size) as (plan, sources):
            if plan.share < LEAST_SHARE:
                return SmartReport(stretch.frames, 0, plan.whys), {}
            film = SmartFilm(what, stretch, settings, size, part, plan, sources)
            meter = Meter(stretch.frames)
            with Stages(check) as stages:
                film.start(stages)
                while not stages.wait(_TELL_SECONDS):
                    check()
                    progress(meter.at(film.done))
            check()
            verify_smart(part, plan, stretch, film.digests, film.samples, settings.quality)
            return SmartReport(stretch.frames, plan.copied, plan.whys), film.lacks
    except Unfit as reason:
        return SmartReport(stretch.frames, fallback=str(reason)), {}


@contextmanager
def _planned(
    sequence: Sequence, library: Library, stretch: Stretch, settings: Mp4Preset, size: tuple[int, int]
) -> Iterator[tuple[SmartPlan, Mapping[str, CopySource]]]:
    """The plan, and its files opened as long as the block lasts."""
    if settings.quality > _COARSEST_QUALITY:
        run = Run(0, stretch.frames, why="a film smaller than its footage is wanted")
        yield SmartPlan((run,), {run.why: run.count}), {}
        return
    runs = untouched_runs(sequence, library, stretch, size)
    with ExitStack() as files:
        sources = _opened(runs, files)
        yield (
            smart_plan(runs, sources, stretch.rate),
            {key: one for key, one in sources.items() if not isinstance(one, str)},
        )


def _opened(runs: tuple[Run, ...], files: ExitStack) -> dict[str, CopySource | str]:
    """The files of the runs by media id, or why they are not copied; those seen longest come first."""
    seen: Counter[str] = Counter()
    media: dict[str, Media] = {}
    for run in runs:
        if run.media is not None:
            seen[run.media.id] += run.count
            media[run.media.id] = run.media
    result: dict[str, CopySource | str] = {}
    ids: dict[tuple[str, int], bytes] = {}
    for media_id, _ in seen.most_common():
        try:
            source = files.enter_context(CopySource(media[media_id]))
        except Unfit as reason:
            result[media_id] = str(reason)
            continue
        own = source.sets.ids()
        if any(ids.get(key, unit) != unit for key, unit in own.items()):
            result[media_id] = "it was coded in another way than the footage that is copied"
            continue
        ids |= own
        result[media_id] = source
    return result

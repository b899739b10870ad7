"""What every export shares: progress, the stretch to deliver, disk space, and a file that is finished or not there."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from time import perf_counter

from engines.errors import ExportError, MediaError
from engines.export.presets import readable_bytes
from engines.media.trial import make_sure
from engines.media.writer import unwritable
from engines.render.offline import is_missing
from timeline.atomic import whole_file
from timeline.items import Clip
from timeline.media import Library, Media, MediaKind
from timeline.nesting import DEEPEST, nested_in, sequences_inside, shows_itself
from timeline.project import Project
from timeline.query import media_name, media_of
from timeline.sequence import Sequence
from timeline.time import ZERO, RationalTime, TimeRange

Check = Callable[[], None]
"""Raises Cancelled when the user wants to stop, and waits while he wants a pause; called often, on any thread."""
_SPARE_BYTES = 20_000_000


@dataclass(frozen=True)
class Progress:
    """How far an export is. `seconds_left` is None until it can be told."""

    done_frames: int
    total_frames: int
    fps: float = 0.0
    seconds_left: float | None = None


Tell = Callable[[Progress], None]


class Meter:
    """Works out speed and time left from the frames done."""

    def __init__(self, total: int, now: Callable[[], float] = perf_counter) -> None:
        self._total, self._now, self._started = total, now, now()

    def at(self, done: int) -> Progress:
        """Progress when `done` frames are written."""
        passed = self._now() - self._started
        fps = done / passed if passed > 0.2 else 0.0
        left = (self._total - done) / fps if fps > 0 and done > 2 else None
        return Progress(done, self._total, fps, left)


@dataclass(frozen=True)
class Stretch:
    """What is delivered: `frames` frames at `rate` from `start` (record) on, and the samples that last as long."""

    start: RationalTime
    frames: int
    rate: Fraction
    sample_rate: int

    def time_of(self, frame: int) -> RationalTime:
        """Record time of a frame of the film."""
        return self.start + RationalTime.from_frames(frame, self.rate)

    @property
    def start_sample(self) -> int:
        """First sample of the sequence that is heard."""
        return self.start.samples(self.sample_rate)

    @property
    def samples(self) -> int:
        """Length in samples."""
        return self.samples_until(self.frames)

    def samples_until(self, frame: int) -> int:
        """Samples that the first `frame` frames last."""
        return RationalTime.from_frames(frame, self.rate).samples(self.sample_rate)

    @property
    def seconds(self) -> float:
        """Length, about."""
        return float(self.frames / self.rate)


def sequence_of(project: Project, sequence_id: str) -> Sequence:
    """The sequence to deliver. Raises ExportError."""
    sequence = project.sequence(sequence_id)
    if sequence is None:
        raise ExportError("This sequence is no longer in the project; choose another one.", sequence_id)
    return sequence


def stretch_of(sequence: Sequence, rate: Fraction, marked: TimeRange | None) -> Stretch:
    """The whole sequence, or what of `marked` lies in it. Raises ExportError when that is nothing."""
    if sequence.duration_frames == 0:
        raise ExportError(f"“{sequence.name}” is empty: put a clip on its timeline first.")
    whole = TimeRange(ZERO, RationalTime.from_frames(sequence.duration_frames, sequence.rate))
    kept = whole if marked is None else whole.intersection(marked)
    if kept is None or kept.duration.nearest_frame(rate) < 1:
        raise ExportError("Between mark in and mark out there is nothing to export; move the marks.")
    return Stretch(kept.start.snapped(sequence.rate), kept.duration.nearest_frame(rate), rate, sequence.sample_rate)


def unheard(project: Project, library: Library, sequence: Sequence, stretch: Stretch) -> dict[str, str]:
    """A sentence for each clip of the stretch whose sound is missing, by clip id: there the film is silent.

    Within a nested sequence all clips count, shown here or not.
    """
    heard = TimeRange(stretch.start, RationalTime.from_frames(stretch.frames, stretch.rate))
    found = {}
    for inner in sequences_inside(project, sequence):
        for track in inner.audio_tracks():
            if track.muted:
                continue
            for clip, where in track.clips():
                media = media_of(clip, library)
                is_heard = clip.enabled and (inner is not sequence or where.overlaps(heard))
                if media is not None and is_heard and is_missing(media):
                    name = media_name(media)
                    found[clip.id] = (
                        f"“{name}” is not there, so its sound is missing. "
                        "Put it back, or link the clip to another file."
                    )
    return found


def ready_to_draw(project: Project, library: Library, sequence: Sequence, *, writes: bool = False) -> None:
    """Start Qt, which draws text, on this thread if the film shows anything but files: loading it takes 0.3 s.

    `writes`: text is drawn in any case.
    """
    inside = sequences_inside(project, sequence)
    is_odd = len(inside) > DEEPEST or any(shows_itself(project, one) for one in inside)  # then a card says so
    shown = (clip for inner in inside for track in inner.picture_tracks() for clip, _ in track.clips())
    if writes or is_odd or any(_is_drawn(project, library, clip) for clip in shown):
        from effects.paint import ensure_qt

        ensure_qt()


def _is_drawn(project: Project, library: Library, clip: Clip) -> bool:
    media = media_of(clip, library)
    if media is None:
        return nested_in(project, clip) is None
    return is_missing(media) or _may_be_unreadable(media)


def _may_be_unreadable(media: Media) -> bool:
    """Whether a card may have to be drawn for it: refused here, or another file than the one that was brought in.

    Qt that starts on another thread, for the first card there, crashes the process when it ends.
    """
    try:
        make_sure(media.path)
        return media.kind is not MediaKind.IMAGE_SEQUENCE and Path(media.path).stat().st_size != media.file_size
    except (MediaError, OSError):
        return True


def require_space(path: Path, expected: int) -> None:
    """Raise ExportError unless the folder of `path` exists, may be written to, and has room."""
    folder = path.parent
    if not folder.is_dir():
        raise ExportError(f"The folder “{folder}” does not exist. Choose another one.")
    if path.is_dir():
        raise ExportError(f"“{path.name}” is a folder. Give the film another name.")
    if not os.access(folder, os.W_OK) or (path.exists() and not os.access(path, os.W_OK)):
        raise ExportError(f"“{path.name}” may not be written in “{folder}”. Choose another folder.")
    free = shutil.disk_usage(folder).free
    if free < expected + _SPARE_BYTES:
        raise ExportError(
            f"There is not enough room for “{path.name}”: it needs about {readable_bytes(expected + _SPARE_BYTES)}, "
            f"and {readable_bytes(free)} are free. Free some space or choose another disk."
        )


@contextmanager
def finished_file(path: Path) -> Iterator[Path]:
    """Gives the `.part` to write to; it takes the name of `path` when the block ends well, else it is deleted.

    What was at `path` stays until then.
    """
    try:
        with whole_file(path) as part:
            yield part
    except OSError as error:
        raise unwritable(path, error) from error

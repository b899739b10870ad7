"""The way through a clip: its pictures and its sound once, shown to all measures.

A film of up to ten minutes is decoded wholly: cuts and flicker are exact to the frame; a closer look is taken at some hundred
moments spread evenly. Of a longer one a hundred stretches of two seconds are decoded.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil
from pathlib import Path
from types import MappingProxyType
from typing import Any

from effects.frame import Frame
from engines.analyse.analysis import Analysis
from engines.analyse.base import SOUND_RATE, Clip, Figures, Measure, Picture, Progress
from engines.analyse.registry import measures as all_measures
from engines.errors import MediaError
from engines.media.audio_reader import AudioReader
from engines.media.probe import probe
from engines.media.reader import PictureReader, open_video
from timeline.media import Media, MediaKind
from timeline.time import ZERO, RationalTime

LONGEST_WHOLE = 600.0
"""Seconds of a film that is decoded from end to end."""
CLOSE_LOOKS = 120
"""So many moments at most are looked at closely, each with the picture after it."""
STRETCHES, STRETCH_SECONDS = 100, 2.0
SIDE = 256
"""The longer side of the pictures that are measured, in pixels."""
_SOUND_SECONDS = 5
_SOUND_SHARE = 0.15
"""Of the progress, where there is a picture too."""


class NoProgress:
    """For whoever does not want to know."""

    def check(self) -> None:
        """Go on."""

    def progress(self, fraction: float, note: str = "") -> None:
        """Say nothing."""


def analyse(
    source: Path | str | Media, job: Progress | None = None, measures: Collection[str] | None = None
) -> Analysis:
    """Measure a file, or a medium that was probed. `measures` are ids; None: all that there are.

    What cannot be told (no sound, one picture, a damaged end) is left out, with a sentence in `notes`. Raises MediaError
    where nothing can be told at all, Cancelled when the job is. Bounded memory; one thread.
    """
    told = job or NoProgress()
    told.check()
    media = source if isinstance(source, Media) else probe(source)
    clip = _clip_of(media)
    chosen = {name: kind(clip) for name, kind in all_measures().classes.items() if measures is None or name in measures}
    walk = _Walk(media, clip, chosen, told)
    walk.go()
    figures = {name: found for name, found in walk.found() if found is not None}
    if not figures and walk.failures:
        raise walk.failures[0]
    return Analysis(
        name=media.name or Path(media.path).name,
        content_hash=media.content_hash,
        seconds=clip.seconds,
        width=media.width,
        height=media.height,
        rate=round(clip.rate, 6),
        pictures=max(walk.looked_at, round((clip.seconds or 0) * clip.rate), 0) if media.has_video else 0,
        looked_at=walk.looked_at,
        whole=clip.whole,
        notes=tuple(dict.fromkeys(walk.notes)),
        figures=MappingProxyType(figures),
    )


def _clip_of(media: Media) -> Clip:
    seconds = None if media.is_endless else media.duration.to_seconds()
    rate = float(media.rate) if media.rate else 0.0
    return Clip(media, seconds, rate, whole=(seconds or 0.0) <= LONGEST_WHOLE)


@dataclass
class _Walk:
    media: Media
    clip: Clip
    chosen: dict[str, Measure[Any]]
    job: Progress
    looked_at: int = 0
    notes: list[str] = field(default_factory=list)
    failures: list[MediaError] = field(default_factory=list)

    def go(self) -> None:
        """Through the pictures, then through the sound; what fails in one is no reason to leave out the other."""
        eyes = [one for one in self.chosen.values() if one.needs != "sound"]
        ears = [one for one in self.chosen.values() if one.needs == "sound"]
        sees, hears = self.media.has_video and bool(eyes), self.media.has_audio and bool(ears)
        share = 1 - _SOUND_SHARE if hears else 1.0
        if sees:
            self._guarded(lambda: self._see(eyes, share))
        elif eyes:
            self.notes.append("It has no picture.")
        if hears:
            self._guarded(lambda: self._hear(ears, share if sees else 0.0))
        elif ears:
            self.notes.append("It has no sound.")
        self.job.check()
        self.job.progress(1.0)

    def found(self) -> Iterator[tuple[str, Figures | None]]:
        """What each measure has to say; nothing of those that were shown nothing."""
        for name, one in self.chosen.items():
            yield name, one.found()

    def _guarded(self, part: Callable[[], None]) -> None:
        try:
            part()
        except MediaError as error:
            self.failures.append(error)
            self.notes.append(error.message)

    def _see(self, eyes: list[Measure[Any]], share: float) -> None:
        size = small_size(self.media)
        with closing(open_video(self.media)) as reader:
            if self.media.is_endless:
                self._show(eyes, Picture(reader.frame_at(ZERO, size), 0, 0.0), close=True, pair=False)
            else:
                self._see_film(reader, eyes, size, share)
            if damage := getattr(reader, "damage", ""):
                self.notes.append(damage)
        if self.media.kind is not MediaKind.IMAGE and self.looked_at == 1:
            self.notes.append("It has one picture only: nothing can be said about motion.")

    def _see_film(self, reader: PictureReader, eyes: list[Measure[Any]], size: tuple[int, int], share: float) -> None:
        length = self.media.duration.fraction
        rate = self.media.rate or Fraction(25)
        stretches = stretches_of(length, rate, whole=self.clip.whole)
        total = sum(end - start for start, end in stretches)
        step = max(1, ceil(total * rate / CLOSE_LOOKS))
        done = Fraction(0)
        for start, end in stretches:
            # Counted within its stretch: of two-second stretches a few moments each are looked at closely.
            for number, (at, frame) in enumerate(_pictures(reader, start, end, size)):
                self.job.check()
                picture = Picture(frame, round(at * rate), float(at), number)
                self._show(eyes, picture, close=number % step == 0, pair=step > 1 and number % step == 1)
                self.job.progress(share * float(min(Fraction(1), (done + at - start) / total)), "Looking")
            done += end - start

    def _show(self, eyes: list[Measure[Any]], picture: Picture, *, close: bool, pair: bool) -> None:
        self.looked_at += 1
        for one in eyes:
            if one.needs == "every" or close or (pair and one.needs == "pair"):
                one.look(picture)

    def _hear(self, ears: list[Measure[Any]], begun: float) -> None:
        length = self.media.duration.to_seconds()
        count = round(length * SOUND_RATE)
        with closing(AudioReader(self.media, SOUND_RATE)) as reader:
            for start in range(0, count, _SOUND_SECONDS * SOUND_RATE):
                self.job.check()
                samples = reader.read(start, min(_SOUND_SECONDS * SOUND_RATE, count - start))
                for one in ears:
                    one.hear(samples)
                self.job.progress(begun + (1 - begun) * min(1.0, (start + len(samples)) / count), "Listening")
            if reader.damage:
                self.notes.append(reader.damage)


def _pictures(
    reader: PictureReader, start: Fraction, end: Fraction, size: tuple[int, int]
) -> Iterator[tuple[Fraction, Frame]]:
    """The pictures shown from `start` until `end`, each with when it begins. The last of a film has no end of its own."""
    at = start
    while at < end:
        time = RationalTime(at)
        frame = reader.frame_at(time, size)
        begins, ends = reader.shown(time)
        yield max(begins, Fraction(0)), frame
        if ends is None or ends <= at:
            return
        at = ends


def small_size(media: Media) -> tuple[int, int]:
    """The size at which a medium is measured: its shape, even sides, the longer one SIDE at most."""
    scale = min(1.0, SIDE / max(media.width, media.height, 1))
    return (max(2, round(media.width * scale / 2) * 2), max(2, round(media.height * scale / 2) * 2))


def stretches_of(length: Fraction, rate: Fraction, *, whole: bool) -> list[tuple[Fraction, Fraction]]:
    """What is decoded of a film, half-open, in seconds of its own; the first and the last moment are always in it."""
    if whole:
        return [(Fraction(0), max(length, 1 / rate))]
    each = Fraction(STRETCH_SECONDS)
    starts = [Fraction(n, STRETCHES - 1) * (length - each) for n in range(STRETCHES)]
    on_frames = [Fraction(int(start * rate)) / rate for start in starts]
    return [(start, start + each) for start in on_frames]

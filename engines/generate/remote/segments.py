"""Films longer than a model makes: parts that follow one another, each begun with the last picture of the one before."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from effects.colour import rgb_of
from engines.generate.base import GenerationRequest, JobLike
from engines.generate.film import sound_of, write_film
from engines.generate.remote.faults import Fault, ProviderError
from engines.generate.remote.models import Model
from engines.generate.remote.provider import RemoteEngine, too_long
from engines.generate.remote.running import Clock, Diary, run
from engines.generate.share import Share
from engines.media.audio_reader import AudioReader
from engines.media.probe import probe
from engines.media.reader import PictureReader, open_video
from timeline.media import Media
from timeline.time import FrameRate, RationalTime

MOST_PARTS = 12
SAMPLE_RATE = 48000
_SHORTEST, _SPARE = 0.1, 0.02
"""Seconds of a last part at least; what a part is longer than its share, so that little losses do not add up."""


@dataclass(frozen=True)
class Part:
    """One stretch of a film: how long it is asked for, and made."""

    asked: float
    made: float


def parts_of(seconds: float, model: Model, label: str = "") -> tuple[Part, ...]:
    """The least number of parts that a model can make `seconds` of when they are joined. Raises ProviderError (INVALID) for too many.

    About equal ones, or full ones and a short one where the model's lengths make that shorter, and so cheaper. Each part but
    the first gives one picture to its seam.
    """
    made = model.lengths_about(seconds)
    if made is not None:
        return (Part(seconds, made),)
    longest, seam = max(model.seconds), 1 / model.rate
    count = math.ceil((seconds - seam) / (longest - seam) - 1e-9)
    if count > MOST_PARTS or "image_to_video" not in model.kinds:
        request = GenerationRequest(duration=RationalTime.parse(f"{seconds:.3f}"))
        raise too_long(label or model.provider, model, request)
    whole = seconds + (count - 1) * seam
    share, rest = round(whole / count, 6), max(_SHORTEST, round(whole - (count - 1) * longest, 6))
    equal = (Part(share, model.lengths_about(share + _SPARE) or longest),) * count
    uneven = (*((Part(longest, longest),) * (count - 1)), Part(rest, model.lengths_about(rest + _SPARE) or longest))
    return min(equal, uneven, key=lambda parts: sum(one.made for one in parts))


def run_parts(
    engine: RemoteEngine,
    request: GenerationRequest,
    parts: Sequence[Part],
    folder: Path,
    job: JobLike,
    diary_of: Callable[[int], Diary],
    clock: Clock | None = None,
) -> tuple[Path, ...]:
    """Make the parts one after the other; those whose film lies in `folder` are not made again.

    Each has a diary of its own, so that a program that ends in the middle pays for no part twice. Raises as `run` does.
    """
    films: list[Path] = []
    for index in range(len(parts)):
        target = folder / f"part-{index + 1:02d}.mp4"
        if not target.exists():
            wanted = part_request(request, parts, index)
            if films:
                before = str(last_picture(films[-1], folder / f"after-{index:02d}.png"))
                wanted = wanted.model_copy(update={"image_reference": before})
            share = Share(job, index / len(parts), 1 / len(parts))
            run(engine, wanted, target, share, diary_of(index), clock)
        films.append(target)
    return tuple(films)


def part_request(request: GenerationRequest, parts: Sequence[Part], index: int) -> GenerationRequest:
    """What is asked for as one of the parts; the picture a later one begins with is known when the one before it is there."""
    changes: dict[str, object] = {
        "duration": RationalTime.parse(f"{parts[index].asked:.3f}"),
        "seed": request.seed + index,
    }
    if index:
        changes["image_reference"] = ""
    if index < len(parts) - 1:
        changes["last_image"] = ""
    return request.model_copy(update=changes)


def last_picture(film: Path, target: Path) -> Path:
    """The last picture of a film as a PNG. Raises MediaError."""
    media = probe(film)
    reader = open_video(media)
    try:
        rate = media.rate or Fraction(1)
        last = max(0, media.duration.nearest_frame(rate) - 1)
        picture = rgb_of(reader.frame_at(RationalTime.from_frames(last, rate), (media.width, media.height)))
    finally:
        reader.close()
    if not cv2.imwrite(str(target), cv2.cvtColor(picture, cv2.COLOR_RGB2BGR)):
        raise ProviderError(
            Fault.BAD_RESULT, f"The last picture of {film.name} could not be written; look at the disk."
        )
    return target


def joined(films: Sequence[Path], target: Path, job: JobLike) -> Path:
    """One film out of films, in the size and at the rate of the first; a part's first picture, which is the last one of the part
    before, is shown once. Raises MediaError, ExportError, Cancelled."""
    media = [probe(one) for one in films]
    rate = media[0].rate
    if rate is None:
        raise ProviderError(Fault.BAD_RESULT, f"{films[0].name} is no film.")
    size = (media[0].width // 2 * 2, media[0].height // 2 * 2)
    places = [
        (number, index)
        for number, one in enumerate(media)
        for index in range(1 if number else 0, one.duration.nearest_frame(rate))
    ]
    with ExitStack() as stack:
        readers: list[PictureReader] = []
        for one in media:
            readers.append(open_video(one))
            stack.callback(readers[-1].close)
        write_film(
            target,
            lambda at: readers[places[at][0]].frame_at(RationalTime.from_frames(places[at][1], rate), size),
            len(places),
            size=size,
            rate=rate,
            samples=sound_of(_sound(media, rate), len(places), rate, silent=False),
            job=job,
            note="Joining",
        )
    return target


def _sound(media: Sequence[Media], rate: FrameRate) -> NDArray[np.float32] | None:
    """The parts' sound in a row, each without what belongs to its first picture; None where none has any."""
    if not any(one.has_audio for one in media):
        return None
    pieces = []
    for number, one in enumerate(media):
        first = round(SAMPLE_RATE / rate) if number else 0
        count = round(one.duration.nearest_frame(rate) * SAMPLE_RATE / rate) - first
        if not one.has_audio:
            pieces.append(np.zeros((count, 2), np.float32))
            continue
        reader = AudioReader(one, SAMPLE_RATE)
        try:
            pieces.append(reader.read(first, count))
        finally:
            reader.close()
    return np.concatenate(pieces)

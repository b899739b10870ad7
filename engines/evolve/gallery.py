"""Contact sheets of the operations: each with every choice it has, the clip before, at half and at full strength."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from effects.colour import rgb_of
from effects.frame import Plane
from effects.paint import ensure_qt
from effects.params import ParamSpec, specs_of
from engines.evolve.base import Film, Making
from engines.evolve.registry import operation, operation_class, operations
from engines.evolve.source import FileClip, FittedClip, Kept, alike
from engines.generate.base import GenerationRequest, JobLike
from engines.generate.registry import engine
from engines.media.inspection import probe_here
from timeline.media import Media
from timeline.time import ZERO, RationalTime, TimeRange

SECONDS = 3
"""Of each clip: the sheets are made of its beginning."""
_WORK = 2
"""Clips are worked on so much larger than they are shown."""
COLUMNS = 4
_MOMENTS = (0.2, 0.5, 0.8)
MADE = (
    "a fisherman walks along a harbour with boats in the morning, handheld",
    "a busy city street at dusk with people, slow pan",
    "a forest path in autumn, somebody runs",
)
"""What the embedded engine is asked for where no clip is given."""
_ASKED = "rain over a harbour at night"
"""For operations that want words."""


@dataclass(frozen=True)
class Row:
    """One line of a sheet: the values an operation is given besides its strength, and words for them."""

    label: str
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Shown:
    """A picture of a sheet, (h, w, 3) RGB, and what stands below it."""

    picture: Plane
    label: str


def rows_of(operation_id: str) -> tuple[Row, ...]:
    """The operation as it is, then every other choice, and every switch turned."""
    specs = specs_of(operation_class(operation_id))
    asked = {spec.name: _ASKED for spec in specs if spec.kind == "text" and spec.default == ""}
    rows = [Row("as it is", asked)]
    for spec in specs:
        if spec.kind == "choice":
            rows += [Row(_said(spec, one), {**asked, spec.name: one}) for one in spec.choices if one != spec.default]
        elif spec.kind == "bool":
            rows.append(
                Row(f"{spec.label.lower()} {'off' if spec.default else 'on'}", {**asked, spec.name: not spec.default})
            )
    first = [_said(spec, str(spec.default)) for spec in specs if spec.kind == "choice"]
    return (Row(first[0] if first else rows[0].label, asked), *rows[1:])


def _said(spec: ParamSpec, choice: str) -> str:
    return f"{spec.label.lower()} {choice.replace('_', ' ')}"


def sheet_names() -> tuple[str, ...]:
    """A sheet for each operation, by its id."""
    return tuple(operations().classes)


def parents_for(clips: Sequence[Media], width: int) -> tuple[Kept, ...]:
    """The clips' beginnings as parents, so large that pictures `width` pixels wide look right. Close them."""
    opened: list[Kept] = []
    for media in clips:
        part = None if media.is_endless else TimeRange(ZERO, min(media.duration, RationalTime(SECONDS)))
        source = FileClip(media, part)
        wide = min(source.size[0], width * _WORK) // 2 * 2
        high = max(2, round(wide * source.size[1] / source.size[0] / 2) * 2)
        opened.append(FittedClip(source, (wide, high), source.rate) if wide < source.size[0] else source)
    return alike(opened)


def made_clips(folder: Path, job: JobLike, count: int = len(MADE), size: tuple[int, int] = (960, 540)) -> list[Media]:
    """Films of the embedded engine to show operations on, put in `folder`."""
    ensure_qt()
    made = []
    for number, words in enumerate(MADE[:count]):
        request = GenerationRequest(
            prompt=words, duration=RationalTime(SECONDS), width=size[0], height=size[1], sound=True, seed=number
        )
        made.append(probe_here(engine().generate(request, folder / f"clip {number + 1}.mp4", job).path))
    return made


def shown(operation_id: str, row: Row, sources: Sequence[Kept], width: int, job: JobLike) -> Iterator[Shown]:
    """`COLUMNS` pictures: before, at half and at full strength; without a strength, before and three moments of the film."""
    kind = operation_class(operation_id)
    parents = _as_many(sources, kind.sources)
    middle = parents[0].count // 2
    yield Shown(_small(rgb_of(parents[0].frame(middle)), width), f"{operation_id}: before")
    if "strength" in kind.model_fields:
        for strength, moment in ((0.5, 0.5), (1.0, 0.5), (1.0, 0.85)):
            job.check()
            film = operation(operation_id, {**row.values, "strength": strength}).film(parents, Making(1, job))
            yield Shown(_picture(film, moment, width), f"{row.label}, {strength:.0%}")
        return
    film = operation(operation_id, row.values).film(parents, Making(1, job))
    for moment in _MOMENTS:
        job.check()
        yield Shown(_picture(film, moment, width), f"{row.label}, at {moment:.0%}")


def _as_many(sources: Sequence[Kept], wanted: tuple[int, int]) -> tuple[Kept, ...]:
    """As many parents as there are and may be; one clip serves as its own second."""
    least, most = wanted
    row = tuple(sources)
    while len(row) < least:
        row = (*row, row[0])
    return row[:most]


def _picture(film: Film, moment: float, width: int) -> Plane:
    return _small(rgb_of(film.frame(min(film.count - 1, round(moment * film.count)))), width)


def _small(picture: Plane, width: int) -> Plane:
    height = max(1, round(width * picture.shape[0] / picture.shape[1]))
    way = cv2.INTER_AREA if picture.shape[1] > width else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(picture, (width, height), interpolation=way), np.uint8)

"""Running operations: parents opened and made alike, a chain of steps as one film, written whole or not at all."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from effects.frame import Frame
from engines.errors import EngineError
from engines.evolve.base import VERSION, Edit, Film, Making, Operation
from engines.evolve.format_told import format_told
from engines.evolve.recipe import Origin, Recipe, recipe_of
from engines.evolve.registry import operation
from engines.evolve.source import FileClip, FilmClip, Kept, alike
from engines.generate.base import MAX_SECONDS, JobLike, Result
from engines.generate.film import sound_of, write_film
from engines.generate.share import Share
from engines.media.note import joined, note_of
from timeline.atomic import whole_file
from timeline.media import Media, MediaKind
from timeline.time import TimeRange

ENGINE = "evolve"
"""What a take's lineage names as its engine."""
_LOOKING = 0.3
"""Of a job's progress: looking at the whole clip, where an operation does so."""
_SUFFIXES = (".mp4", ".m4v", ".mov", ".mkv")
"""Endings of films that are copied as they are and, where that cannot be, written anew."""
_MOST_PIXELS = 8192 * 4320


@dataclass(frozen=True)
class Step:
    """An operation by its id and its values: plain data, as recipes keep it."""

    operation: str
    values: Mapping[str, Any] = field(default_factory=dict)

    def made(self) -> Operation:
        """The operation itself. Raises EngineError."""
        return operation(self.operation, self.values)

    def as_plain(self) -> dict[str, Any]:
        """For JSON, with every value spelled out: later defaults do not change an old recipe."""
        return {"operation": self.operation, "values": self.made().model_dump(mode="json")}


def evolve(
    steps: Sequence[Step],
    parents: Sequence[Media],
    target: Path,
    *,
    seed: int = 0,
    job: JobLike,
    part: TimeRange | None = None,
    words: Sequence[str] = (),
    names: Sequence[str] = (),
) -> Result:
    """Make the film of `steps` in a row and put it at `target` when it is whole; nothing is left there on failure.

    The first step takes all parents, the others what the step before made. `part` (source range) takes only that stretch of
    the first parent. `words`: what each parent was made from; `names`: what the film's recipe calls them, if not as
    they are called now. Steps whose strength is 0 are left out; if none remains, the
    first parent comes back: its very file where the suffix is the target's, else its frames.
    The result's facts: the steps with all values, what changed, content hashes of the parents.
    Raises EngineError, MediaError, ExportError, Cancelled.
    """
    wanted = [step.made() for step in steps]
    _check_count(wanted, steps, parents)
    _check_there(parents)
    with opened(parents, part, words) as sources:
        first = sources[0]
        busy = [one for one in wanted if not one.changes_nothing]
        if not busy and len(parents) == 1 and first.is_whole and target.suffix.lower() == _suffix(parents[0]):
            _copy(parents[0], target)
            film = Film(first.count, first.frame, first.size, first.rate, None, (("Everything", "unchanged"),))
        else:
            job.progress(0.0, "Looking")
            film = film_of(busy, sources, Making(seed, Share(job, 0.0, _LOOKING)))
            told = tuple(row for media in parents for row in format_told(media))
            film = replace(film, changes=(*film.changes, *dict.fromkeys(told)))
            recipe = _recipe(steps, parents, seed, part, words, names)
            _write(film, target, job, words_of(wanted, parents), recipe.written())
    return Result(target, seed, _facts(steps, parents, film))


def evolved(
    steps: Sequence[Step],
    parents: Sequence[Media],
    target: Path,
    seed: int,
    part: TimeRange | None,
    words: Sequence[str],
    job: JobLike,
) -> Result:
    """`evolve` as a call that another process can be handed: values in a row, the job last."""
    return evolve(steps, parents, target, seed=seed, job=job, part=part, words=words)


def suffix_of(steps: Sequence[Step], parents: Sequence[Media]) -> str:
    """The ending of a result's file: the parent's own where nothing is changed, for then it is that very file. Raises EngineError."""
    is_same = len(parents) == 1 and all(step.made().changes_nothing for step in steps)
    own = _suffix(parents[0]) if is_same and parents[0].kind is MediaKind.VIDEO else ""
    return own if own in _SUFFIXES else ".mp4"


def film_of(wanted: Sequence[Operation], sources: Sequence[Kept], how: Making) -> Film:
    """The film of operations in a row over opened parents, not yet drawn."""
    lead = sources[0]
    film = Film(lead.count, lead.frame, lead.size, lead.rate, lead.samples() if not wanted else None)
    changes: list[tuple[str, str]] = []
    given: Sequence[Kept] = sources
    for one in wanted:
        if len(given) < one.sources[0]:
            raise EngineError(f"{one.shown_name()} needs {_number(one.sources[0])} clips or more.")
        film = one.film(given, how)
        _check_film(film)
        changes += film.changes
        given = [FilmClip(film, lead.name, lead.words)]
    return Film(film.count, film.frame, film.size, film.rate, film.samples, tuple(changes))


def edit_of(
    step: Step, parents: Sequence[Media], *, seed: int = 0, job: JobLike, words: Sequence[str] = ()
) -> Edit | None:
    """The result of a step as clips and cuts; None where it is no edit. Raises as `evolve` does."""
    made = step.made()
    _check_count([made], [step], parents)
    _check_there(parents)
    with opened(parents, None, words) as sources:
        return made.edit(sources, Making(seed, job))


@contextmanager
def opened(
    parents: Sequence[Media], part: TimeRange | None = None, words: Sequence[str] = ()
) -> Iterator[tuple[Kept, ...]]:
    """The parents as operations see them: the others made to fit the first. Closed at the end."""
    files: list[FileClip] = []
    try:
        for index, media in enumerate(parents):
            files.append(FileClip(media, None if index else part, words[index] if index < len(words) else ""))
        yield alike(files)
    finally:
        for file in files:
            file.close()


def _check_count(wanted: Sequence[Operation], steps: Sequence[Step], parents: Sequence[Media]) -> None:
    if not wanted:
        raise EngineError("Which operation? Name one, as vary.weather.")
    for index, (one, step) in enumerate(zip(wanted, steps, strict=True)):
        least, most = one.sources
        given = len(parents) if index == 0 else 1
        if given < least:
            have = "none was given" if not given else "only one was given" if given == 1 else f"{given} were given"
            raise EngineError(f"{one.shown_name()} ({step.operation}) needs {_number(least)} clips or more; {have}.")
        if given > most:
            clips = "one clip" if most == 1 else f"{most} clips at most"
            raise EngineError(f"{one.shown_name()} ({step.operation}) takes {clips}; {given} were given.")


def _number(count: int) -> str:
    return {1: "one", 2: "two"}.get(count, str(count))


def _check_there(parents: Sequence[Media]) -> None:
    for media in parents:
        if not Path(media.path).exists() and not media.kind.value.endswith("sequence"):
            raise EngineError(
                f"The file of “{media.name}” is gone. Relink it, or rebuild it from its recipe.", media.path
            )


def _check_film(film: Film) -> None:
    seconds = film.count / film.rate
    if film.count < 1:
        raise EngineError("Nothing would be left of the clip; choose a longer one.")
    if seconds > MAX_SECONDS:
        raise EngineError(f"The film would be {float(seconds):.0f} seconds long; {MAX_SECONDS} is the longest.")
    if film.size[0] * film.size[1] > _MOST_PIXELS:
        raise EngineError(f"The picture would be {film.size[0]} x {film.size[1]} pixels; that is too large.")


def _suffix(media: Media) -> str:
    return Path(media.path).suffix.lower()


def _copy(media: Media, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    with whole_file(target) as part:
        shutil.copyfile(media.path, part)


def words_of(wanted: Sequence[Operation], parents: Sequence[Media]) -> str:
    """What a result says of itself: what its parents say, and what was done to them."""
    return joined([*(note_of(one.path) for one in parents), *(one.shown_name() for one in wanted)])


def _recipe(
    steps: Sequence[Step],
    parents: Sequence[Media],
    seed: int,
    part: TimeRange | None,
    words: Sequence[str],
    names: Sequence[str],
) -> Recipe:
    called = [names[index] if index < len(names) else one.name for index, one in enumerate(parents)]
    origins = (Origin(name, one.content_hash, recipe_of(one.path)) for name, one in zip(called, parents, strict=True))
    return Recipe(VERSION, tuple(step.as_plain() for step in steps), seed, tuple(origins), part, tuple(words))


def _write(film: Film, target: Path, job: JobLike, words: str, recipe: str) -> None:
    def drawer(index: int) -> Frame:
        job.check()
        return film.frame(index)

    samples = sound_of(film.samples, film.count, film.rate, silent=False)
    size, rate = film.size, film.rate
    write_film(target, drawer, film.count, size=size, rate=rate, samples=samples, job=job, first=_LOOKING, words=words,
               recipe=recipe)  # fmt: skip


def _facts(steps: Sequence[Step], parents: Sequence[Media], film: Film) -> dict[str, Any]:
    return {
        "version": VERSION,
        "steps": [step.as_plain() for step in steps],
        "changes": [list(row) for row in film.changes],
        "parents": [media.content_hash for media in parents],
    }

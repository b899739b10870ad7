"""Takes made again from their recipes alone: what a project file says of them is enough, wherever it was taken."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from engines.errors import EngineError
from engines.evolve.base import VERSION
from engines.evolve.run import Step, evolve
from engines.generate.base import GenerationRequest, JobLike, Result
from engines.generate.registry import engine
from engines.generate.share import Share
from engines.media.content_hash import content_hash
from engines.media.probe import probe
from timeline.library_lineage import lineage_of, parent_ids, steps_of
from timeline.media import Library, Lineage, Media, Take
from timeline.project_file import is_there
from timeline.query import media_name
from timeline.time import RationalTime, TimeRange

IsThere = Callable[[Media], bool]


@dataclass(frozen=True)
class Rebuilt:
    """A film made again. `is_same`: byte for byte what it was; `notes` say why it may not be."""

    result: Result
    is_same: bool
    notes: tuple[str, ...] = ()


def rebuild(
    media_id: str,
    library: Library,
    target: Path,
    job: JobLike,
    *,
    there: IsThere = lambda media: is_there(media.path, media.kind),
    keep_in: Path | None = None,
) -> Rebuilt:
    """Make the take whose file was `media_id` again, at `target`: the same frames, before they are encoded.

    What it was made of is read where it is there, else made again first, in a folder that goes when this is done. `keep_in`:
    see Engine. Nothing is left at `target` on failure: EngineError in one sentence, MediaError, Cancelled.
    """
    order = recipe(media_id, library, there)
    notes: list[str] = []
    with tempfile.TemporaryDirectory(prefix=".rebuild_", dir=_folder(target)) as folder:
        made: dict[str, Media] = {}
        for number, take in enumerate(order):
            part = Share(job, number / len(order), 1 / len(order))
            is_last = number == len(order) - 1
            place = target if is_last else Path(folder) / f"{number}.mp4"
            result = _make(take, library, made, place, part, keep_in, notes)
            if not is_last:
                old = library.media[take.media_id]
                made[old.id] = replace(probe(place), id=old.id, name=old.name)
    recorded = order[-1].lineage.content_hash
    is_same = bool(recorded) and content_hash(target) == recorded
    return Rebuilt(result, is_same, tuple(dict.fromkeys(notes)))


def recipe(media_id: str, library: Library, there: IsThere) -> tuple[Take, ...]:
    """The takes to be made, the wanted one last: its ancestors that are gone come before it. Raises EngineError.

    A take that another computer made for money is not made again: it would cost again, and be another one.
    """
    graph = lineage_of(library)
    needed: dict[str, Take] = {}
    waiting = [media_id]
    while waiting:
        one = waiting.pop()
        if one not in needed:
            needed[one] = _take_of(one, library)
            waiting += [parent for parent in graph.parents(one) if not _at(parent, library, there)]
    return tuple(needed[one] for one in graph.in_order(needed))


def why_not(media_id: str, library: Library, there: IsThere) -> str | None:
    """Why a file cannot be made again, in a sentence; None if it can."""
    try:
        recipe(media_id, library, there)
    except EngineError as error:
        return error.message
    return None


def _at(media_id: str, library: Library, there: IsThere) -> bool:
    media = library.media.get(media_id)
    return media is not None and there(media)


def _name(media_id: str, library: Library) -> str:
    media = library.media.get(media_id)
    return media_name(media) if media is not None else media_id


def _take_of(media_id: str, library: Library) -> Take:
    take = library.take_of_media(media_id)
    if take is None or media_id not in library.media:
        raise EngineError(f"Nothing says how “{_name(media_id, library)}” was made. Relink its file instead.")
    if not steps_of(take.lineage):
        maker = engine(take.lineage.engine)
        if maker.needs_key:
            raise EngineError(f"“{_name(media_id, library)}” was made by {maker.label}, which cannot repeat a film.")
    return take


def _folder(target: Path) -> Path:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise EngineError(f"“{target.parent}” cannot be made: {error.strerror}. Choose another folder.") from error
    return target.parent


def _make(
    take: Take,
    library: Library,
    made: Mapping[str, Media],
    place: Path,
    job: JobLike,
    keep_in: Path | None,
    notes: list[str],
) -> Result:
    lineage = take.lineage
    steps = steps_of(lineage)
    if steps:
        notes += _other_version(take, library, VERSION, "the operations")
        parents = [made.get(one) or library.media[one] for one in parent_ids(take, library)]
        notes += _changed_parents(lineage, parents, made)
        return evolve(
            [Step(name, values) for name, values in steps],
            parents,
            place,
            seed=lineage.seed or 0,
            job=job,
            part=part_of(lineage.request),
            words=[str(one) for one in lineage.request.get("words") or ()],
            names=_names_then(lineage),
        )
    maker = engine(lineage.engine, keep_in)
    notes += _other_version(take, library, maker.version, maker.label)
    return maker.generate(request_of(lineage), place, job)


def request_of(lineage: Lineage) -> GenerationRequest:
    """What an engine was sent, drawn by who drew it then where that is known. Raises EngineError for a damaged record."""
    try:
        request = GenerationRequest.model_validate(dict(lineage.request))
    except ValidationError as error:
        raise EngineError("The record of how this was made is damaged. Generate it anew.", str(error)) from error
    facts = lineage.extra.get("facts")
    drawn_by = str(facts.get("drawn_by", "")) if isinstance(facts, Mapping) else ""
    if drawn_by == "processor" and request.backend == "auto":
        return request.model_copy(update={"backend": "processor"})
    return request


def part_of(request: Mapping[str, Any]) -> TimeRange | None:
    """The stretch of its first parent that a take was made of (source range); None: all of it."""
    found = request.get("part")
    try:
        start, length = (RationalTime.parse(str(one)) for one in found or ())
    except ValueError:
        return None
    return TimeRange(start, length)


def _names_then(lineage: Lineage) -> list[str]:
    """What the parents were called when the film was made: its own recipe says so."""
    facts = lineage.extra.get("facts")
    names = facts.get("parent_names") if isinstance(facts, Mapping) else None
    return [str(one) for one in names] if isinstance(names, list | tuple) else []


def _other_version(take: Take, library: Library, now: str, who: str) -> list[str]:
    then = take.lineage.engine_version
    if then and then != now:
        return [f"“{_name(take.media_id, library)}” was made by version {then} of {who}; this is version {now}."]
    return []


def _changed_parents(lineage: Lineage, parents: list[Media], made: Mapping[str, Media]) -> list[str]:
    facts = lineage.extra.get("facts")
    hashes = facts.get("parents") if isinstance(facts, Mapping) else None
    rows = zip(parents, hashes, strict=False) if isinstance(hashes, list | tuple) else ()
    return [
        f"“{media_name(one)}” is not the file it was."
        for one, then in rows
        if one.id not in made and then and one.content_hash and one.content_hash != then
    ]

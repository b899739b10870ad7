"""Takes and where they came from."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from engines.evolve.base import FAMILIES, VERSION
from engines.evolve.recipe import Recipe
from engines.evolve.run import ENGINE, Step
from engines.generate.base import GenerationRequest, Result
from timeline.library_lineage import ASKED
from timeline.media import Library, Lineage, Media, Take
from timeline.time import TimeRange


def make_take(
    shot_id: str, engine_id: str, version: str, request: GenerationRequest, result: Result, media: Media
) -> Take:
    """The take of a result, with all that is needed to make it again."""
    lineage = Lineage(
        engine=engine_id,
        engine_version=version,
        request=request.model_dump(mode="json"),
        seed=result.seed,
        content_hash=media.content_hash,
        created=_now(),
        extra={"facts": dict(result.facts)} if result.facts else {},
    )
    return Take(media.id, lineage, shot_id=shot_id)


def make_evolved_take(
    library: Library,
    steps: Sequence[Step],
    parents: Sequence[Media],
    result: Result,
    media: Media,
    *,
    shot_id: str | None = None,
    name: str = "",
    part: TimeRange | None = None,
    words: Sequence[str] = (),
    cost: Decimal = Decimal(0),
) -> Take:
    """The take that operations made of `parents` (see engines.evolve.run.evolve, whose arguments these are).

    `library` tells which parents are takes themselves, and of which generation. With a `shot_id` it is one more take of that
    shot, else an asset of its own. Its request holds what `planning.rebuilding` needs: steps with every value, seed, parents.
    """
    takes = [library.take_of_media(one.id) for one in parents]
    plain = list(result.facts.get("steps") or [step.as_plain() for step in steps])
    parent_ids = [one.id for one in parents]
    lineage = Lineage(
        engine=ENGINE,
        engine_version=VERSION,
        relationship=_relationship(plain, len(parents)),
        request=_request(plain, result.seed, parent_ids, part, words),
        seed=result.seed,
        input_take_ids=tuple(one.id for one in takes if one is not None),
        input_media_ids=tuple(one.id for one in parents),
        generation=1 + max(one.lineage.generation if one is not None else 0 for one in takes),
        content_hash=media.content_hash,
        cost=str(cost),
        created=_now(),
        extra={"facts": {**result.facts, "parent_names": [one.name for one in parents]}},
    )
    return Take(media.id, lineage, shot_id=shot_id, name=name)


def take_by_recipe(library: Library, recipe: Recipe, media: Media) -> Take:
    """The take that a film is which came with its own recipe; parents `library` has not stand under their content's hash."""
    here = {one.content_hash: one.id for one in library.media.values() if one.content_hash}
    parent_ids = [here.get(one.content_hash, one.content_hash) for one in recipe.parents]
    takes = [library.take_of_media(one) for one in parent_ids]
    known = max((one.lineage.generation for one in takes if one is not None), default=0)
    lineage = Lineage(
        engine=ENGINE,
        engine_version=recipe.version,
        relationship=_relationship(recipe.steps, len(recipe.parents)),
        request=_request(recipe.steps, recipe.seed, parent_ids, recipe.part, recipe.words),
        seed=recipe.seed,
        input_take_ids=tuple(one.id for one in takes if one is not None),
        input_media_ids=tuple(parent_ids),
        generation=max(recipe.generation, 1 + known),
        content_hash=media.content_hash,
        created=media.modified,
        extra={
            "facts": {
                "parents": [one.content_hash for one in recipe.parents],
                "parent_names": [one.name for one in recipe.parents],
            }
        },
    )
    return Take(media.id, lineage)


def _request(
    plain: Sequence[Mapping[str, Any]],
    seed: int,
    parent_ids: Sequence[str],
    part: TimeRange | None,
    words: Sequence[str],
) -> dict[str, Any]:
    request: dict[str, Any] = {**plain[0], "seed": seed, "parents": list(parent_ids)}
    if len(plain) > 1:
        request["chain"] = list(plain)
    if part is not None:
        request["part"] = [str(part.start), str(part.duration)]
    if any(words):
        request["words"] = list(words)
    return request


def _relationship(plain: Sequence[Mapping[str, Any]], parents: int) -> str:
    family = "remix" if parents > 1 else str(plain[-1]["operation"]).split(".")[0]
    return FAMILIES[family if family in FAMILIES else "evolve"][0]


def child_of(
    lineage: Lineage,
    library: Library,
    parent_id: str,
    relationship: str = "variation",
    asked: Mapping[str, Any] | None = None,
) -> Lineage:
    """The lineage of what a service made out of a file: one generation on. `asked`: the operation it was asked for, with values."""
    parent = library.take_of_media(parent_id)
    return replace(
        lineage,
        relationship=relationship,
        input_media_ids=(parent_id,),
        input_take_ids=(parent.id,) if parent is not None else (),
        generation=1 + (parent.lineage.generation if parent is not None else 0),
        extra={**lineage.extra, ASKED: dict(asked)} if asked else lineage.extra,
    )


def footage_take(media: Media, shot_id: str, name: str = "") -> Take:
    """A file that was not made here, laid beside the other takes of a shot."""
    lineage = Lineage("footage", relationship="import", content_hash=media.content_hash, created=_now())
    return Take(media.id, lineage, shot_id, name)


def _now() -> str:
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")

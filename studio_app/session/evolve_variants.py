"""Results as the variants strip shows them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engines.evolve.run import Step
from studio_app.planning.lineage_words import made_by_steps
from studio_app.session.evolve_attempts import Attempt, Variant
from studio_app.session.evolve_offers import shown_steps
from studio_app.session.evolve_picks import words_of
from timeline.library_lineage import asked_of, steps_of
from timeline.media import Take


def of_take(take: Take, *, is_used: bool, is_starred: bool) -> Variant:
    """A result of an earlier run, by what its lineage tells."""
    steps = tuple(Step(name, dict(values)) for name, values in steps_of(take.lineage))
    asked = asked_of(take.lineage)
    told = asked_name(*asked) if asked[0] else words_of(take)
    name = take.name or shown_steps(steps) or told
    return Variant(
        take.media_id,
        name,
        take.lineage.seed or 0,
        "ready",
        take.media_id,
        is_used=is_used,
        is_starred=is_starred,
        steps=steps,
    )


def asked_name(operation: str, values: Mapping[str, Any]) -> str:
    """What is called by what a service was asked for: `Golden hour`, or the operation where no word decided it."""
    parts = made_by_steps(((operation, values),))
    return parts[-1].capitalize() if parts[-1][:1].isalpha() else parts[0]


def of_attempt(one: Attempt, *, is_used: bool, is_starred: bool) -> Variant:
    """One of this run: there, on its way, or failed."""
    job = one.job
    return Variant(
        one.media_id or one.id,
        one.name,
        one.seed,
        one.state,
        one.media_id,
        job.fraction if job is not None else None,
        job.seconds_left if job is not None else None,
        job.error.message if job is not None and job.error is not None else "",
        is_used,
        is_starred,
        one.steps,
    )

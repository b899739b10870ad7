"""Results as the variants strip shows them."""

from __future__ import annotations

from engines.evolve.run import Step
from studio_app.session.evolve_attempts import Attempt, Variant
from studio_app.session.evolve_offers import shown_steps
from timeline.media import Take


def of_take(take: Take, *, is_used: bool, is_starred: bool) -> Variant:
    """A result of an earlier run, by what its lineage tells."""
    request = take.lineage.request
    rows = request.get("chain") or [request]
    steps = tuple(Step(str(one.get("operation", "")), dict(one.get("values", {}))) for one in rows)
    name = take.name or shown_steps(steps)
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

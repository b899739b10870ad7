"""Where a shot stands on the way to its film."""

from __future__ import annotations

from dataclasses import dataclass

from studio_app.session.generation_work import Offer


@dataclass(frozen=True)
class ShotState:
    """What a card shows: `none`, `footage`, `queued`, `running`, `landing`, `ready`, `failed`, `over_budget` or `unknown`.

    Unknown: it was sent, nobody knows whether it was taken, and it is not sent again by itself. `offer`: of a failed one,
    another engine that could make it and is not asked without the user.
    """

    state: str = "none"
    fraction: float | None = None
    seconds_left: float | None = None
    message: str = ""
    takes: int = 0
    offer: Offer | None = None

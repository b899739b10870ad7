"""Engines elsewhere that change a film by words: which could do an operation better, for how much, and why they cannot be asked now."""

from __future__ import annotations

from typing import NamedTuple

from engines.generate.registry import visible_engines
from engines.generate.remote.models import Model
from engines.generate.remote.provider import RemoteEngine
from studio_app.services.access import EngineAccess
from studio_app.services.money import price

_KIND = "video_to_video"


class Restyler(NamedTuple):
    """A model that takes the clip itself. `reason`: why it cannot be chosen, in a sentence; empty where it can."""

    engine_id: str
    engine: str
    model: Model
    reason: str

    @property
    def id(self) -> str:
        """As shots name it: "runway/aleph2"."""
        return f"{self.engine_id}/{self.model.id}"

    @property
    def label(self) -> str:
        """`Runway aleph 2`."""
        return f"{self.engine} {self.model.label}"

    def price(self, seconds: float) -> str:
        """What so much picture costs: `about $ 2.58`, `free`."""
        cost = self.model.cost(seconds)
        about = "about " if cost and not self.model.price_is_sure else ""
        return f"{about}{price(cost)}"


def restylers(access: EngineAccess) -> tuple[Restyler, ...]:
    """All that could, by the list of models. Looks into the keyring: not for the main thread."""
    found = []
    for engine_id in visible_engines():
        maker = access.engine(engine_id)
        if not isinstance(maker, RemoteEngine):
            continue
        missing = maker.available() or ""
        found += [
            Restyler(engine_id, maker.label, one, missing)
            for one in access.models.of(engine_id)
            if _KIND in one.kinds and not one.retired()
        ]
    return tuple(found)

"""Which engines can generate here, and what those that cannot would need."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from studio_app.services.access import EngineAccess


class EngineThere(NamedTuple):
    """An engine a user may choose. `missing`: what it would need, as a sentence; empty: it is ready."""

    id: str
    label: str
    is_here: bool
    missing: str


def engines_there(access: EngineAccess | None = None) -> tuple[EngineThere, ...]:
    """All of them, the embedded one first. Looks at what is installed and whether there are keys; asks no network.

    Any thread; the first time takes a while. Without `access` no engine that wants a key counts as ready.
    """
    from engines.generate.registry import DEFAULT_ENGINE, engine, visible_engines  # late: the engines bring much along

    found = ((engine(one) if access is None else access.engine(one)) for one in visible_engines())
    return tuple(EngineThere(one.id, one.label, one.id == DEFAULT_ENGINE, one.available() or "") for one in found)

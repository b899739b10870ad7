"""Which engines can generate here, and what those that cannot would need."""

from __future__ import annotations

from typing import NamedTuple


class EngineThere(NamedTuple):
    """An engine a user may choose. `missing`: what it would need, as a sentence; empty: it is ready."""

    id: str
    label: str
    is_here: bool
    missing: str


def engines_there() -> tuple[EngineThere, ...]:
    """All of them, the embedded one first. Looks at what is installed; asks no network. Any thread; the first time takes a while."""
    from engines.generate.registry import DEFAULT_ENGINE, engine, visible_engines  # late: the engines bring much along

    found = (engine(one) for one in visible_engines())
    return tuple(EngineThere(one.id, one.label, one.id == DEFAULT_ENGINE, one.available() or "") for one in found)

"""Finds the generation engines: every public file of `providers/` holds one; the file's name is its id."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from effects.registry import Registry, discover
from engines.errors import EngineError
from engines.generate.base import Engine, GenerationRequest, JobLike, Result
from engines.generate.remote.provider import Access, RemoteEngine

DEFAULT_ENGINE = "procedural"


@cache
def engines() -> Registry[Engine]:
    """All of `engines/generate/providers`, hidden ones too."""
    import engines.generate.providers

    return discover(engines.generate.providers, Engine)  # type: ignore[type-abstract]


def engine(engine_id: str = "", keep_in: Path | None = None, access: Access | None = None) -> Engine:
    """A new engine by id; empty or "auto" is the default. `keep_in`: see Engine. `access`: keys and addresses of remote ones.

    Raises EngineError for an unknown id.
    """
    wanted = DEFAULT_ENGINE if engine_id in ("", "auto") else engine_id
    found = engines().classes.get(wanted)
    if found is None:
        known = ", ".join(visible_engines())
        raise EngineError(f"There is no engine {wanted!r}; choose {known}.", engines().unavailable.get(wanted, ""))
    made = found()
    made.keep_in = keep_in
    if access is not None and isinstance(made, RemoteEngine):
        made.access = access
    return made


def made_by(engine_id: str, keep_in: Path | None, request: GenerationRequest, target: Path, job: JobLike) -> Result:
    """The film of a request by an engine of this computer: a call that another process can be handed. Raises as `generate` does."""
    return engine(engine_id, keep_in).generate(request, target, job)


def visible_engines() -> tuple[str, ...]:
    """Ids of the engines a user may choose, the default first."""
    shown = [key for key, value in engines().classes.items() if not value.hidden]
    return tuple(sorted(shown, key=lambda key: (key != DEFAULT_ENGINE, key)))

"""Values that only one engine has: as a form shows them, kept for all its jobs in the settings or for one shot with the shot."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from effects.params import ParamSpec, specs_of
from engines.generate.registry import engines
from engines.generate.remote.models import Catalogue, shipped
from engines.generate.remote.provider import NoOptions, RemoteEngine
from engines.generate.remote.shared_options import shared_specs
from studio_app.session.generation_desk import Desk
from studio_app.session.generation_plan import OPTIONS
from timeline.storyboard import Shot


def option_specs(engine: str, models: Catalogue | None = None) -> tuple[ParamSpec, ...]:
    """The form of an engine as a shot names it ("runway/gen4.5"); empty for one without values of its own.

    `models`: the list with the user's own entries, which may take what no shipped one does.
    """
    kind = engines().classes.get(engine.partition("/")[0])
    if kind is None or not issubclass(kind, RemoteEngine):
        return ()
    own = () if kind.Options is NoOptions else specs_of(kind.Options)
    return (*own, *shared_specs((models or shipped()).of(kind.id)))


def options_for_all(desk: Desk, engine: str) -> dict[str, Any]:
    """What goes along with each job of an engine."""
    specs = option_specs(engine, desk.access.models)
    return {one.name: one.default for one in specs} | dict(desk.values.engine_options.get(engine.partition("/")[0], {}))


def keep_for_all(desk: Desk, engine: str, name: str, value: Any) -> None:
    """Let a value go along with each job of an engine from now on; the usual one is not kept. Main thread."""
    usual = {one.name: one.default for one in option_specs(engine, desk.access.models)}
    found = {**desk.values.engine_options.get(engine, {}), name: _plain(value)}
    kept = {key: one for key, one in found.items() if one != _plain(usual.get(key))}
    others = {key: one for key, one in desk.values.engine_options.items() if key != engine}
    desk.values.engine_options = {**others, engine: kept} if kept else others
    desk.settings.save()


def options_of_shot(desk: Desk, shot: Shot) -> dict[str, Any]:
    """What goes along with a shot's next take, by the engine it names."""
    return options_for_all(desk, shot.engine) | _of_shot(shot, shot.engine.partition("/")[0])


def with_option(shot: Shot, name: str, value: Any) -> dict[str, Any]:
    """The shot's extra with one value for the engine it names."""
    engine = shot.engine.partition("/")[0]
    all_of_it = shot.extra.get(OPTIONS)
    before = dict(all_of_it) if isinstance(all_of_it, Mapping) else {}
    return {**shot.extra, OPTIONS: {**before, engine: {**_of_shot(shot, engine), name: _plain(value)}}}


def _of_shot(shot: Shot, engine: str) -> dict[str, Any]:
    found = shot.extra.get(OPTIONS)
    of_it = found.get(engine) if isinstance(found, Mapping) else None
    return dict(of_it) if isinstance(of_it, Mapping) else {}


def _plain(value: Any) -> Any:
    """As files keep it: a choice is its word."""
    return getattr(value, "value", value)

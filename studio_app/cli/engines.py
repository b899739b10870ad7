"""starcut engines: what can generate, with which models, for how much, and what it would need."""

from __future__ import annotations

import argparse
from decimal import Decimal, InvalidOperation
from typing import Any, get_args

from engines.errors import EngineError
from engines.generate.registry import visible_engines
from engines.generate.remote.learning import Unit, entry, learnt
from engines.generate.remote.models import Model
from engines.generate.remote.provider import RemoteEngine
from studio_app.cli.console import JSON_HELP, Console
from studio_app.services.access import EngineAccess
from studio_app.services.keys import Keys
from studio_app.services.paths import user_paths
from studio_app.services.settings import SettingsStore

UNITS = get_args(Unit)


def add(commands: Any) -> None:
    """The command's words."""
    parser = commands.add_parser(
        "engines", help="list the engines that generate, their models, and whether they are ready"
    )
    parser.add_argument(
        "engine", metavar="ENGINE", nargs="?", default="", help="only this one, with its models and prices"
    )
    parser.add_argument("--test", action="store_true", help="ask the engine whether the key is good; costs nothing")
    parser.add_argument(
        "--learn",
        default="",
        metavar="MODEL",
        help="read what a model of fal or Replicate takes and put it into your own list; needs --price",
    )
    parser.add_argument(
        "--price", default="", metavar="USD", help="what it costs: 0.05, or by resolution: 480p=0.05,720p=0.20"
    )
    parser.add_argument("--unit", choices=UNITS, default="second", help="what the price is for (second)")
    parser.add_argument("--json", action="store_true", help=JSON_HELP)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace, console: Console) -> int:
    """Print the list, or one engine's models."""
    paths = user_paths()
    access = EngineAccess(Keys(), SettingsStore(paths.settings_file), paths.own_models)
    if options.engine and options.engine not in visible_engines():
        raise EngineError(f"There is no engine {options.engine!r}; choose {', '.join(visible_engines())}.")
    ids = (options.engine,) if options.engine else visible_engines()
    if options.learn:
        model = _learn(access, options)
        console.result({"engine": model.provider, "learnt": model.model_dump(mode="json", exclude_defaults=True)},
                       f"{model.provider}/{model.id} is in your list: {paths.own_models}\n{_line(model)}")  # fmt: skip
        return 0
    if options.test:
        if not options.engine:
            raise EngineError("Which engine? Name one to test.")
        console.result({"engine": options.engine, "test": (words := _tested(access, options.engine))}, words)
        return 0
    rows = [_row(access, one) for one in ids]
    lines = [f"{row['id']:<12} {row['label']:<12} {'ready' if row['ready'] else row['missing']}" for row in rows]
    if options.engine:
        lines += [_line(one) for one in access.models.of(options.engine)]
    if fault := access.own_models_fault:
        lines.append(f"Your own list of models is left out: {fault}")
    console.result({"engines": rows}, "\n".join(lines))
    return 0


def _learn(access: EngineAccess, options: argparse.Namespace) -> Model:
    maker = access.engine(options.engine) if options.engine else None
    if not isinstance(maker, RemoteEngine):
        raise EngineError("Which service is it of? For example: starcut engines fal --learn OWNER/MODEL --price 0.05.")
    if f"{maker.id}/{options.learn}" in access.models.models:
        raise EngineError(f"{maker.id}/{options.learn} is in the list already; see starcut engines {maker.id}.")
    price = _price(options.price)
    model = learnt(maker.id, options.learn, maker.published(options.learn), price, options.unit)
    access.add_own(entry(model))
    return model


def _price(text: str) -> dict[str, Decimal]:
    """`0.05`, or `480p=0.05,720p=0.20`. Raises EngineError."""
    found = {}
    for part in text.split(","):
        name, _, amount = part.strip().rpartition("=")
        try:
            found[name.strip()] = Decimal(amount.strip())
        except InvalidOperation:
            raise EngineError(
                "Say what the model costs, for caps cannot hold what is not known: --price 0.05, or 480p=0.05,720p=0.20."
            ) from None
    return found


def _tested(access: EngineAccess, engine_id: str) -> str:
    maker = access.engine(engine_id)
    if missing := maker.available():
        raise EngineError(missing)
    return maker.test() if isinstance(maker, RemoteEngine) else f"{maker.label} is on this computer and needs no key."


def _row(access: EngineAccess, engine_id: str) -> dict[str, Any]:
    maker = access.engine(engine_id)
    missing = maker.available()
    remote = isinstance(maker, RemoteEngine)
    return {
        "id": maker.id,
        "label": maker.label,
        "version": maker.version,
        "ready": missing is None,
        "missing": missing,
        "key": maker.needs_key or None,
        "max_seconds": maker.capabilities.max_seconds,
        "models": [one.model_dump(mode="json", exclude_defaults=True) | {"retired": one.retired()}
                   for one in access.models.of(engine_id)] if remote else [],
    }  # fmt: skip


def _line(model: Model) -> str:
    if why := model.retired():
        return f"  {model.id:<50} {why}"
    about = "" if model.price_is_sure else "about "
    prices = ", ".join(f"{name + ' ' if name else ''}$ {value}" for name, value in model.price.items())
    lengths = "-".join(f"{one:g}" for one in (min(model.seconds), max(model.seconds))) + " s" if model.seconds else ""
    each = f"an {model.unit}" if model.unit == "image" else f"a {model.unit}"
    price = f"{about}{prices} {each}" if any(model.price.values()) else "free" if prices else "price unknown"
    kinds = ", ".join(one.replace("_", " ") for one in model.kinds)
    return f"  {model.id:<50} {'; '.join(filter(None, (kinds, lengths, price)))}"

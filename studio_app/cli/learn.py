"""starcut learn --runs N: tries prompts, measures what comes of them, keeps the looks that came out well."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from engines.errors import EngineError
from engines.generate.base import GenerationRequest
from engines.generate.procedural.grow.explore import EXPLORE, tried
from engines.generate.procedural.grow.log import Run
from engines.generate.procedural.grow.trial import SECONDS
from engines.generate.registry import DEFAULT_ENGINE, engine
from studio_app.cli.console import JSON_HELP, Console
from studio_app.services.learning import Learning
from studio_app.services.paths import user_paths
from timeline.errors import Cancelled
from timeline.time import RationalTime

MOST_RUNS = 10_000


def add(commands: Any) -> None:
    """The command's words."""
    parser = commands.add_parser("learn", help="try prompts of its own, measure what comes of them, find looks")
    parser.add_argument("--runs", type=int, default=20, metavar="N", help="so many films of one second (20)")
    parser.add_argument(
        "--explore",
        type=float,
        default=EXPLORE,
        metavar="SHARE",
        help=f"share of prompts that are new; the others change one thing of one that came out well ({EXPLORE})",
    )
    parser.add_argument("--seed", type=int, default=0, metavar="N", help="the same seed and log, the same prompts (0)")
    parser.add_argument(
        "--keep", default="", metavar="DIR", help="keep the films there; without it none is written, only figures"
    )
    parser.add_argument("--json", action="store_true", help=JSON_HELP)
    parser.set_defaults(run=run)


@dataclass(frozen=True)
class _Checker:
    console: Console

    def check(self) -> None:
        self.console.check()

    def progress(self, fraction: float, note: str = "") -> None:
        """The bar counts runs."""


def run(options: argparse.Namespace, console: Console) -> int:
    """Try, measure, keep; what was learnt when it is stopped stays."""
    if not 1 <= options.runs <= MOST_RUNS:
        raise EngineError(f"The number of runs is {options.runs}; it must be 1 to {MOST_RUNS}.")
    if not 0 <= options.explore <= 1:
        raise EngineError(f"The share of new prompts is {options.explore:g}; it must be 0 to 1.")
    if options.keep and not Path(options.keep).is_dir():
        raise EngineError(f"There is no folder “{options.keep}”. Make it first, or choose another.")
    paths = user_paths()
    learning = Learning(paths.learnt, paths.cache)
    names = learning.registry.names
    done: list[Run] = []
    try:
        for number in range(options.runs):
            console.check()
            one = tried(learning.runs, options.seed, _Checker(console), options.explore)
            learning.add(one)
            done.append(one)
            console.progress("Learning", (number + 1) / options.runs, prompt=one.prompt, good=one.is_good)
            if options.keep:
                _film(one, number, Path(options.keep), console)
    except Cancelled:
        _tell(console, learning, done, names, stopped=True)
        return 130
    _tell(console, learning, done, names, stopped=False)
    return 0


def _film(one: Run, number: int, folder: Path, console: Console) -> None:
    """The film of a run, as it can be looked at."""
    length = RationalTime.from_seconds(SECONDS, Fraction(24))
    request = GenerationRequest(prompt=one.prompt, seed=one.seed, duration=length, width=640, height=360)
    target = next(path for n in range(number + 1, 10**9) if not (path := folder / f"learn_{n:04}.mp4").exists())
    engine(DEFAULT_ENGINE).generate(request, target, _Checker(console))


def _tell(console: Console, learning: Learning, done: list[Run], names: frozenset[str], *, stopped: bool) -> None:
    registry = learning.registry
    new = [one for one in registry.looks if one.name not in names]
    good = sum(one.is_good for one in done)
    found = learning.suggestions()
    facts = {
        "event": "done",
        "runs": len(done),
        "good": good,
        "stopped": stopped,
        "looks": [{"name": one.name, "colours": list(one.look.colours), "pace": one.look.pace} for one in new],
        "known": {kind: len(entries) for kind, entries in registry.kinds.items()},
        "suggestions": [one.sentence for one in found],
    }
    lines = [f"{'Stopped after ' if stopped else ''}{len(done)} runs, {good} came out well, {len(new)} new looks."]
    lines += [f"  {one.name}: {' '.join(one.look.colours)}, {one.look.pace}" for one in new[:20]]
    lines += [f"  and {len(new) - 20} more" for _ in range(len(new) > 20)]
    if new:
        lines.append(f'Name one in a prompt: starcut generate "a lighthouse, like {new[0].name}" -o clip.mp4')
    lines += [f"Suggestion (Preferences, Looks): {one.sentence}" for one in found[:3]]
    console.close()
    console.result(facts, "\n".join(lines))

"""starcut evolve OPERATION CLIP... -o FILE: one operation, or several in a row, on footage."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from effects.params import ParamSpec, specs_of
from engines.errors import EngineError, MediaError
from engines.evolve.base import FAMILIES, Operation
from engines.evolve.registry import operation_class, operations
from engines.evolve.run import Step, evolve, suffix_of
from engines.media.probe import probe
from studio_app.cli.console import JSON_HELP, Console, Piece
from studio_app.cli.target import target_file
from timeline.media import Media

ARROW = "->"


def add(commands: Any) -> None:
    """The command's words."""
    parser = commands.add_parser(
        "evolve", help="make a new take of clips: stabilise, denoise, relight, morph, loop and more"
    )
    parser.add_argument(
        "operation",
        metavar="OPERATION",
        nargs="?",
        default="",
        help='family.type (see --list), or several in a row: "evolve.denoise -> evolve.upscale"',
    )
    parser.add_argument("clips", metavar="CLIP", nargs="*", help="films or pictures; remixes take two or more")
    parser.add_argument("-o", "--output", metavar="FILE", default="", help="the new take, ending in .mp4")
    parser.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="a value of the operation; in a row of several of each that has it, or of one: evolve.upscale.detail=0.5",
    )
    parser.add_argument("--strength", metavar="S", help="how much, 0 to 1; at 0 the clip comes back as it is")
    parser.add_argument("--seed", type=int, default=0, metavar="N", help="the same seed gives the same frames (0)")
    parser.add_argument("--list", action="store_true", help="tell all operations and their values")
    parser.add_argument("--json", action="store_true", help=JSON_HELP)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace, console: Console) -> int:
    """Make the take, or tell what there is."""
    if options.list:
        console.result(_described(), _described_text())
        return 0
    settings = [*options.set, *([f"strength={options.strength}"] if options.strength is not None else [])]
    steps = steps_of(options.operation, settings)
    if not options.clips:
        raise MediaError("Which clip? Name a film or a picture behind the operation.")
    if not options.output:
        raise EngineError("Where should the take go? Name a file with -o take.mp4.")
    parents = [_footage(name) for name in options.clips]
    suffixes = dict.fromkeys((suffix_of(steps, parents), ".mp4"))
    target = target_file(options.output, tuple(suffixes), options.clips)
    result = evolve(steps, parents, target, seed=options.seed, job=Piece(target.name, console))
    media = probe(result.path)
    console.progress(target.name, 1.0)
    console.close()
    done = {"event": "done", "file": str(result.path), "seconds": media.duration.to_seconds(), **result.facts}
    lines = [f"{result.path}: {media.width}x{media.height}, {media.duration.to_seconds():.2f} s, seed {result.seed}."]
    lines += dict.fromkeys(f"  {heading}: {text}" for heading, text in result.facts["changes"])
    console.result({**done, "seed": result.seed}, "\n".join(lines))
    return 0


def steps_of(text: str, settings: Sequence[str] = ()) -> tuple[Step, ...]:
    """`a -> b -> c` with settings `name=value`, which go to each step that has such a value, or `step.name=value` to one.

    Raises EngineError in one sentence.
    """
    names = [one.strip() for one in text.split(ARROW)]
    if not text.strip() or not all(names):
        raise EngineError("Which operation? Name one, as evolve.denoise; --list tells them all.")
    kinds = [operation_class(name) for name in names]
    values: list[dict[str, Any]] = [{} for _ in names]
    for setting in settings:
        left, equals, value = setting.partition("=")
        step, _, name = left.strip().rpartition(".")
        if not equals or not name:
            raise EngineError(f'"{setting[:60]}" sets nothing. Write it like smoothing=1.5.')
        if step and step not in names:
            raise EngineError(f'"{setting[:60]}" is for {step}, which is not among the operations.')
        takers = [index for index, one in enumerate(names) if step in ("", one) and _has(kinds[index], name)]
        if not takers:
            known = dict.fromkeys(field for kind in kinds for field in (*kind.model_fields, *kind.aliases))
            raise EngineError(f"There is no value {name!r}; there is {', '.join(known) or 'none'}.")
        for index in takers:
            values[index][name] = value.strip()
    steps = tuple(Step(name, given) for name, given in zip(names, values, strict=True))
    for step_made in steps:
        step_made.made()  # what does not fit is said before anything is opened
    return steps


def _has(kind: type[Operation], name: str) -> bool:
    return name in kind.model_fields or name in kind.aliases


def _footage(name: str) -> Media:
    if not Path(name).exists():
        raise MediaError(f"“{Path(name).name}” was not found.", name)
    return probe(name)


def _described() -> dict[str, Any]:
    return {
        name: {
            "title": kind.shown_name(),
            "help": _about(kind),
            "sources": list(kind.sources),
            "keeps_length": kind.keeps_length,
            "values": {one.name: _value(one) for one in specs_of(kind)},
            "aliases": dict(kind.aliases),
        }
        for name, kind in operations().classes.items()
    }


def _value(one: ParamSpec) -> dict[str, Any]:
    told = asdict(one)
    return {key: told[key] for key in ("kind", "default", "minimum", "maximum", "unit", "choices", "help")}


def _described_text() -> str:
    lines: list[str] = []
    family = ""
    for name, kind in operations().classes.items():
        if name.split(".")[0] != family:
            family = name.split(".")[0]
            lines += ["", f"{family}: {FAMILIES[family][1]}"] if lines else [f"{family}: {FAMILIES[family][1]}"]
        clips = "" if kind.sources[0] == 1 else f" ({kind.sources[0]} clips or more)"
        lines.append(f"  {name:22} {_about(kind).split('. ')[0].rstrip('.')}{clips}")
        lines += [f"      {one.name}{_also(kind, one.name)}{_range(one)}" for one in specs_of(kind)]
    lines += [f"unavailable: {name}: {why}" for name, why in operations().unavailable.items()]
    return "\n".join(lines)


def _about(kind: type[Operation]) -> str:
    return " ".join((kind.__doc__ or "").split())


def _also(kind: type[Operation], name: str) -> str:
    others = [other for other, meant in kind.aliases.items() if meant == name]
    return f" ({', '.join(others)})" if others else ""


def _range(one: ParamSpec) -> str:
    default = one.unset if one.unset and not one.default else one.default
    if one.choices:
        return f" = {default}: {', '.join(one.choices)}"
    unit = f" {one.unit}" if one.unit else ""
    if one.minimum is None or one.maximum is None:
        return f" = {str(default) or 'empty'}{unit}"
    return f" = {default}: {one.minimum:g} to {one.maximum:g}{unit}"

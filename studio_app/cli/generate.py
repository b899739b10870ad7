"""starcut generate "PROMPT" -o FILE: one clip."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from engines.errors import EngineError
from engines.generate.base import MAX_SECONDS, GenerationRequest
from engines.generate.registry import DEFAULT_ENGINE, engine
from engines.media.probe import probe
from studio_app.cli.console import JSON_HELP, Console
from studio_app.cli.target import target_file
from timeline.time import RationalTime
from timeline.timecode import parse_rate


def add(commands: Any) -> None:
    """The command's words."""
    parser = commands.add_parser("generate", help="make one clip from a prompt")
    parser.add_argument("prompt", metavar="PROMPT", help="what is to be seen, in plain words")
    parser.add_argument("-o", "--output", metavar="FILE", default="", help="the clip, ending in .mp4")
    parser.add_argument("--duration", type=float, metavar="SECONDS", help="length (the prompt's own words, or 5)")
    parser.add_argument("--size", default="1280x720", metavar="WxH", help="in pixels (1280x720)")
    parser.add_argument("--fps", default="24", metavar="RATE", help="frames a second: 24, 29.97, 30000/1001 (24)")
    parser.add_argument("--seed", type=int, metavar="N", help="the same seed gives the same frames (0)")
    parser.add_argument("--engine", default=DEFAULT_ENGINE, help="who makes it (see: starcut engines)")
    parser.add_argument("--silent", action="store_true", help="no music")
    parser.add_argument(
        "--dry-run", action="store_true", help="say what was understood, what it takes and costs; make nothing"
    )
    parser.add_argument("--json", action="store_true", help=JSON_HELP)
    parser.set_defaults(run=run)


@dataclass(frozen=True)
class _Reporter:
    name: str
    console: Console

    def check(self) -> None:
        self.console.check()

    def progress(self, fraction: float, note: str = "") -> None:
        self.console.progress(self.name, fraction)


def run(options: argparse.Namespace, console: Console) -> int:
    """Make the clip, or only say what would be made."""
    maker = engine(options.engine)
    request = _request(options)
    estimate = maker.estimate(request)
    if options.dry_run:
        understood = dict(maker.explain(request))
        facts: dict[str, Any] = {
            "engine": maker.id,
            "request": request.model_dump(mode="json"),
            "seconds": round(estimate.seconds, 1),
            "cost": str(estimate.cost),
            "currency": estimate.currency,
            "understood": understood,
        }
        price = "free" if estimate.cost == 0 else f"{estimate.currency} {estimate.cost}"
        text = f"{maker.label}: about {estimate.seconds:.0f} s of work, {price}."
        for name, value in understood.items():
            text += f"\n  {name}: {value}"
        console.result(facts, text)
        return 0
    if not options.output:
        raise EngineError("Where should the clip go? Name a file with -o clip.mp4.")
    target = target_file(options.output, (".mp4",))
    result = maker.generate(request, target, _Reporter(target.name, console))
    media = probe(result.path)
    console.progress(target.name, 1.0)
    console.close()
    done = {"event": "done", "file": str(result.path), "seed": result.seed, "seconds": media.duration.to_seconds()}
    console.result(
        done, f"{result.path}: {media.width}x{media.height}, {media.duration.to_seconds():.2f} s, seed {result.seed}."
    )
    return 0


def _request(options: argparse.Namespace) -> GenerationRequest:
    try:
        width, height = (int(part) for part in options.size.lower().split("x"))
    except ValueError as error:
        raise EngineError(f'"{options.size}" is not a size. Write it like 1280x720.') from error
    try:
        rate = parse_rate(options.fps)
    except (ValueError, ZeroDivisionError) as error:
        raise EngineError(f'"{options.fps}" is not a frame rate. Write 24, 29.97 or 30000/1001.') from error
    facts: dict[str, Any] = {
        "prompt": options.prompt,
        "width": width,
        "height": height,
        "rate": rate,
        "seed": options.seed or 0,
    }
    if options.duration is not None:
        if not 0 < options.duration <= MAX_SECONDS:
            raise EngineError(
                f"A clip lasts more than 0 and at most {MAX_SECONDS} seconds; {options.duration:g} was asked."
            )
        facts["duration"] = RationalTime.from_seconds(options.duration, rate)
    try:
        return GenerationRequest(**facts, sound=not options.silent)
    except ValidationError as error:
        first = error.errors()[0]
        raise EngineError(f"{'.'.join(str(one) for one in first['loc'])}: {first['msg']}.") from error

"""starcut segments FILE: frames and a storyboard, as JSON, become short film segments; the answer is JSON too."""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from engines.errors import EngineError
from engines.generate.base import Engine, GenerationRequest
from engines.generate.health import Health
from engines.generate.registry import DEFAULT_ENGINE, engines, visible_engines
from engines.generate.remote.provider import RemoteEngine
from studio_app.cli.console import JSON_HELP, Console, Piece
from studio_app.planning.planner.contract import read_text
from studio_app.planning.planner.segments.groups import Segment, batches, grouped, one_request
from studio_app.planning.planner.segments.making import RATE, SIZE, WAIT_SECONDS, Order, Segments
from studio_app.planning.planner.segments.pictures import Pictures
from studio_app.planning.planner.segments.request import SegmentRequest, SegmentResponse, parsed_request
from studio_app.planning.remote_clip import RemoteClips
from studio_app.services.access import EngineAccess
from studio_app.services.job_book import JobBook
from studio_app.services.keys import Keys
from studio_app.services.paths import user_paths
from studio_app.services.settings import SettingsStore
from studio_app.session.generation_plan import Planner
from timeline.atomic import write_atomically
from timeline.errors import ProjectFileError
from timeline.project_file import load
from timeline.storyboard import Shot
from timeline.time import RationalTime

ANSWER = "segments.json"


def add(commands: Any) -> None:
    """The command's words."""
    parser = commands.add_parser(
        "segments", help="make short segments from frames and a storyboard, by the contract of video generation agents"
    )
    parser.add_argument("file", metavar="FILE", help="the request, as JSON (docs/engines.md)")
    parser.add_argument(
        "-o", "--output", metavar="DIR", default="", help="folder for project and episode (that of the request)"
    )
    parser.add_argument(
        "--engine", default="", help="who makes them: over the request's provider_override (the Starcut engine)"
    )
    parser.add_argument("--batches", action="store_true", help="as many requests of three segments as it takes")
    parser.add_argument(
        "--wait",
        type=float,
        default=WAIT_SECONDS,
        metavar="SECONDS",
        help=f"for a service, then pending; 0: till done ({WAIT_SECONDS:g})",
    )
    parser.add_argument(
        "--project",
        metavar="PROJECT",
        default="",
        help="a .starcut file, whose list of words that are never sent holds here, too",
    )
    parser.add_argument(
        "--never-sent", metavar="WORDS", default="", help="words and names that are never sent, separated by commas"
    )
    parser.add_argument(
        "--dry-run", action="store_true", help="say which segments there would be, why, and what they cost"
    )
    parser.add_argument("--json", action="store_true", help=JSON_HELP)
    parser.set_defaults(run=run)


@dataclass(frozen=True)
class _Work:
    """What is to be made, by whom, in which requests."""

    segments: Segments
    parts: tuple[tuple[Segment, ...], ...]
    console: Console


def run(options: argparse.Namespace, console: Console) -> int:
    """Validate, then make; 1 where a segment failed."""
    path = Path(options.file)
    request = parsed_request(read_text(path), path.name)
    folder = path.resolve().parent
    paths = user_paths()
    settings = SettingsStore(paths.settings_file)
    access = EngineAccess(Keys(), settings, paths.own_models, paths.plates)
    found = grouped(request)
    parts = batches(found) if options.batches else (one_request(found),)
    context = request.project_context
    target = Path(options.output or folder)
    pictures = Pictures(folder, target / context.project_id / context.episode_id / "frames")
    pictures.check(request)
    planner = Planner(access, settings.values, Health())
    maker, model = _engine(
        options.engine or request.video_settings.provider_override or "", request, access, planner, console
    )
    work = _Work(
        Segments(
            request,
            maker,
            model,
            target,
            pictures,
            lambda name: Piece(name, console),
            strictness=settings.values.engine_strictness,
            never_sent=_never_sent(options),
            wait=max(0.0, options.wait),
        ),
        parts,
        console,
    )
    if options.dry_run:
        return _tell(work)
    if not isinstance(maker, RemoteEngine):
        return _make(work)
    if missing := maker.available():
        raise EngineError(missing)
    book = JobBook(paths.job_book)
    try:
        work.segments.clips = RemoteClips(access, book)
        return _make(work)
    finally:
        book.close()


def _never_sent(options: argparse.Namespace) -> tuple[str, ...]:
    """The words named, and those of the project. Raises ProjectFileError."""
    named = tuple(word.strip() for word in options.never_sent.split(",") if word.strip())
    return (*(load(options.project).project.never_sent if options.project else ()), *named)


def _engine(
    name: str, request: SegmentRequest, access: EngineAccess, planner: Planner, console: Console
) -> tuple[Engine, str]:
    """The engine and model of a name: an engine, one of its models, an old name, or "auto"."""
    if name == "auto":
        first = request.storyboard_frames[0].description
        asked = GenerationRequest(prompt=first, duration=RationalTime(3), width=SIZE[0], height=SIZE[1], rate=RATE)
        plan = planner.plan(Shot(first), asked, "auto")
        console.say(plan.route.reason, engine=plan.engine)
        return access.engine(plan.engine), plan.request.model
    if name in ("", "local", DEFAULT_ENGINE) or name in engines().classes:
        return access.engine(DEFAULT_ENGINE if name == "local" else name), ""
    found = access.models.find(name)
    if found is None:
        raise EngineError(f"There is no engine {name!r}; choose {', '.join(visible_engines())}.")
    if said := access.models.words.get(name.strip().casefold(), ""):
        console.say(said)
    return access.engine(found.provider), found.id


def _tell(work: _Work) -> int:
    """Which segments, why, at what price; nothing is sent."""
    orders = [work.segments.order(one) for part in work.parts for one in part]
    cost = sum((one.cost for one in orders), Decimal(0))
    currency = orders[0].currency
    facts = {
        "event": "plan",
        "engine": work.segments.maker.id,
        "requests": [[one.id for one in part] for part in work.parts],
        "segments": [_plain(one) for one in orders],
        "cost": str(cost),
        "currency": currency,
    }
    lines = []
    for one in orders:
        lines.append(
            f"{one.segment.id}  {one.segment.file_name}  {float(one.segment.seconds):g} s  {', '.join(one.segment.frame_ids)}"
        )
        lines += [f"  {one.segment.reason}.", f"  {one.request.prompt}", *(f"  {note}" for note in one.notes)]
    price = "free" if not cost else f"{currency} {cost}"
    lines.append(
        f"{_counted(len(orders), 'segment')} in {_counted(len(work.parts), 'request')} by {work.segments.maker.label}, {price}."
    )
    work.console.result(facts, "\n".join(lines))
    return 0


def _plain(order: Order) -> dict[str, Any]:
    segment = order.segment
    return {
        "segment_id": segment.id,
        "associated_frames": list(segment.frame_ids),
        "file": segment.file_name,
        "seconds": float(segment.seconds),
        "reason": segment.reason,
        "prompt": order.request.prompt,
        "template": order.template,
        "model": order.request.model,
        "cost": str(order.cost),
        "notes": list(order.notes),
    }


def _make(work: _Work) -> int:
    begun = time.monotonic()
    for part in work.parts:
        for one in part:
            work.console.say(f"{one.id}: {one.reason}.", segment_id=one.id, frames=list(one.frame_ids))
    answers = [work.segments.make(part) for part in work.parts]
    answer = SegmentResponse(
        video_segments=tuple(one for each in answers for one in each.video_segments),
        failed_segments=tuple(one for each in answers for one in each.failed_segments),
    )
    target = work.segments.episode / ANSWER
    _write(target, answer)
    work.console.close()
    failed = len(answer.failed_segments)
    lines = [f"{one.segment_id}: {one.video_url}, {one.duration_seconds:g} s" for one in answer.video_segments]
    lines += [f"{one.segment_id}: {one.error}: {one.message}" for one in answer.failed_segments]
    lines.append(f"{target}: {_counted(len(answer.video_segments), 'segment')}, {failed} failed.")
    facts = {"event": "done", "file": str(target), "seconds": round(time.monotonic() - begun, 2)}
    work.console.result({**facts, **_as_plain(answer)}, "\n".join(lines))
    return 1 if failed else 0


def _as_plain(answer: SegmentResponse) -> dict[str, Sequence[Any]]:
    return answer.model_dump(mode="json")


def _write(target: Path, answer: SegmentResponse) -> None:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(target, (answer.model_dump_json(indent=2) + "\n").encode())
    except OSError as error:
        raise ProjectFileError(
            f"“{target}” cannot be written: {error.strerror}. Choose another folder with -o."
        ) from error


def _counted(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"

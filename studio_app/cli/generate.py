"""starcut generate "PROMPT" -o FILE: one clip, from words or from a scene that was saved as a file."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from fractions import Fraction
from pathlib import Path
from typing import Any, get_args

from pydantic import ValidationError

from engines.errors import EngineError
from engines.generate.base import MAX_SECONDS, Backend, Engine, Estimate, GenerationRequest, Keyframe, Makes, Result
from engines.generate.health import Health
from engines.generate.procedural.scene.file import SUFFIXES, from_plain, read_scene, to_plain, write_scene
from engines.generate.procedural.scene.spec import SceneSpec
from engines.generate.registry import DEFAULT_ENGINE
from engines.generate.remote.provider import RemoteEngine
from engines.media.probe import probe
from studio_app.cli.console import JSON_HELP, Console, Piece
from studio_app.cli.target import target_file
from studio_app.planning.remote_clip import RemoteClips
from studio_app.services.access import EngineAccess
from studio_app.services.cache_budget import CacheBudget
from studio_app.services.job_book import JobBook
from studio_app.services.jobs import plain_thread, run_now
from studio_app.services.keys import Keys
from studio_app.services.learning import Learning
from studio_app.services.paths import user_paths
from studio_app.services.settings import SettingsStore
from studio_app.session.generation_plan import Plan, Planner
from timeline.storyboard import Shot
from timeline.time import RationalTime
from timeline.timecode import parse_rate

ENDINGS: dict[str, tuple[str, ...]] = {
    "film": (".mp4",),
    "picture": (".png", ".jpg", ".jpeg", ".webp"),
    "music": (".wav", ".mp3", ".ogg", ".flac"),
    "sound": (".wav", ".mp3", ".ogg", ".flac"),
}
"""Of what is made, by its kind; a service may answer in another format of the kind, and the file ends as its content is."""


def add(commands: Any) -> None:
    """The command's words."""
    parser = commands.add_parser("generate", help="make one clip, picture or sound from a prompt")
    parser.add_argument("prompt", metavar="PROMPT", nargs="?", default="", help="what is to be seen, in plain words")
    parser.add_argument(
        "-o", "--output", metavar="FILE", default="", help="the clip, ending in .mp4; a picture (.png) or music (.wav)"
    )
    parser.add_argument("--duration", type=float, metavar="SECONDS", help="length (the prompt's own words, or 5)")
    parser.add_argument("--size", default="", metavar="WxH", help="in pixels (1280x720)")
    parser.add_argument("--fps", default="", metavar="RATE", help="frames a second: 24, 29.97, 30000/1001 (24)")
    parser.add_argument("--seed", type=int, metavar="N", help="the same seed gives the same frames (0)")
    parser.add_argument("--engine", default=DEFAULT_ENGINE, help="who makes it (see: starcut engines)")
    parser.add_argument(
        "--spec", default="", metavar="FILE", help="a scene to draw as it is, instead of a prompt (.json)"
    )
    parser.add_argument(
        "--save-spec", default="", metavar="FILE", help="write the scene that is drawn, to be edited (.json)"
    )
    parser.add_argument(
        "--key",
        action="append",
        default=[],
        metavar="'SECONDS: PROMPT'",
        help="what the scene has become at that moment; may be given more than once",
    )
    parser.add_argument(
        "--image",
        default="",
        metavar="FILE",
        help="a picture, or a film whose first frame it is, that the clip starts from",
    )
    parser.add_argument(
        "--kind",
        default="",
        choices=get_args(Makes),
        help="what is made (as the file's ending says: .png .jpg .webp a picture, .wav .mp3 music, else a film)",
    )
    parser.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="a value that only this engine has; more than once",
    )
    parser.add_argument(
        "--never-sent",
        default="",
        metavar="WORDS",
        help="words and names, with commas between them, that are taken out before a service gets the prompt",
    )
    parser.add_argument("--silent", action="store_true", help="no music")
    parser.add_argument(
        "--backend",
        default="auto",
        choices=get_args(Backend),
        help="who draws: a graphics device where there is one (auto), or the processor, as any machine will again",
    )
    parser.add_argument(
        "--frames", default="", metavar="A:B", help="only these of the film, B not; parts in a row join without a seam"
    )
    parser.add_argument(
        "--dry-run", action="store_true", help="say what was understood, what it takes and costs; make nothing"
    )
    parser.add_argument("--json", action="store_true", help=JSON_HELP)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace, console: Console) -> int:
    """Make the clip, or only say what would be made."""
    paths = user_paths()
    settings = SettingsStore(paths.settings_file)
    access = EngineAccess(Keys(), settings, paths.own_models, paths.plates)
    request = _request(options)
    plan = None
    if options.engine != DEFAULT_ENGINE:
        shot = Shot(request.prompt, camera_motion=request.camera_motion)
        plan = Planner(access, settings.values, Health(), options.never_sent.split(",")).plan(
            shot, request, options.engine
        )
        request = plan.request
    maker = access.engine(options.engine if plan is None else plan.engine)
    estimate = maker.estimate(request)
    if options.save_spec:
        _save_scene(maker, request, options)
    if options.dry_run:
        return _tell(maker, request, estimate, console, plan)
    if not options.output:
        if options.save_spec:
            console.result({"event": "done", "scene": options.save_spec}, f"{options.save_spec}: the scene.")
            return 0
        raise EngineError("Where should the clip go? Name a file with -o clip.mp4.")
    given = [options.spec] if options.spec else []
    target = target_file(options.output, ENDINGS[request.makes], given)
    if plan is not None and isinstance(maker, RemoteEngine):
        console.say(" ".join([plan.route.reason, *plan.notes]), engine=plan.engine)
    result = _made(maker, request, target, access, Piece(target.name, console))
    budget = settings.values.cache_gb << 30
    CacheBudget(paths.cache, lambda: budget, run_now, plain_thread).tidy()
    media = probe(result.path)
    console.progress(target.name, 1.0)
    console.close()
    done = {"event": "done", "file": str(result.path), "seed": result.seed, "seconds": media.duration.to_seconds()}
    size, length = f"{media.width}x{media.height}", f"{media.duration.to_seconds():.2f} s"
    told = [
        *([size] if media.has_video else []),
        *([] if request.makes == "picture" else [length]),
        f"seed {result.seed}",
    ]
    console.result(done, f"{result.path}: {', '.join(told)}.")
    return 0


def _made(maker: Engine, request: GenerationRequest, target: Path, access: EngineAccess, piece: Piece) -> Result:
    """By an engine here, or by a service, whose job is in the book before it is sent."""
    if not isinstance(maker, RemoteEngine):
        return maker.generate(request, target, piece)
    if missing := maker.available():
        raise EngineError(missing)
    book = JobBook(user_paths().job_book)
    try:
        return RemoteClips(access, book).make(maker, request, target, piece)
    finally:
        book.close()


def _tell(maker: Engine, request: GenerationRequest, estimate: Estimate, console: Console, plan: Plan | None) -> int:
    """What would be made, by whom and why, what it takes and costs."""
    understood = dict(maker.explain(request))
    facts: dict[str, Any] = {
        "engine": maker.id,
        "request": request.model_dump(mode="json"),
        "seconds": round(estimate.seconds, 1),
        "cost": str(estimate.cost),
        "currency": estimate.currency,
        "understood": understood,
        **_words(maker, request),
        **(
            {"why": plan.route.reason, "notes": list(plan.notes), "passed_over": dict(plan.route.out)}
            if plan is not None
            else {}
        ),
    }
    price = "free" if estimate.cost == 0 else f"{estimate.currency} {estimate.cost}"
    text = f"{maker.label}: about {estimate.seconds:.0f} s of work, {price}."
    for note in (plan.route.reason, *plan.notes) if plan is not None else ():
        text += f"\n  {note}"
    for name, value in understood.items():
        text += f"\n  {name}: {value}"
    console.result(facts, text)
    return 0


def _words(maker: Engine, request: GenerationRequest) -> dict[str, Any]:
    """Phrase by phrase what was understood, and what was not."""
    told = maker.understand(request)
    if told is None:
        return {}
    return {"chips": [asdict(chip) for chip in told.chips], "unknown": [asdict(one) for one in told.unknown]}


def _save_scene(maker: Engine, request: GenerationRequest, options: argparse.Namespace) -> None:
    """Write what is going to be drawn."""
    target = target_file(options.save_spec, SUFFIXES)
    scene = maker.scene(request)
    if not scene:
        raise EngineError(f"{maker.label} has no scenes to save; leave --save-spec out.")
    write_scene(from_plain(scene), target)


def _request(options: argparse.Namespace) -> GenerationRequest:
    scene = _scene(options)
    width, height = (scene.width, scene.height) if scene else (1280, 720)
    if options.size:
        try:
            width, height = (int(part) for part in options.size.lower().split("x"))
        except ValueError as error:
            raise EngineError(f'"{options.size}" is not a size. Write it like 1280x720.') from error
    try:
        rate = parse_rate(options.fps) if options.fps else scene.rate if scene else Fraction(24)
    except (ValueError, ZeroDivisionError) as error:
        raise EngineError(f'"{options.fps}" is not a frame rate. Write 24, 29.97 or 30000/1001.') from error
    seed = options.seed if options.seed is not None else scene.seed if scene else 0
    facts: dict[str, Any] = {"prompt": options.prompt, "width": width, "height": height, "rate": rate, "seed": seed}
    seconds = options.duration if options.duration is not None else scene.seconds if scene else None
    if seconds is not None:
        if not 0 < seconds <= MAX_SECONDS:
            raise EngineError(f"A clip lasts more than 0 and at most {MAX_SECONDS} seconds; {seconds:g} was asked.")
        if not 1 <= rate <= 120:
            raise EngineError(f"The frame rate is {float(rate):g}; it must be between 1 and 120.")
        facts["duration"] = RationalTime.from_seconds(seconds, rate)
        if not facts["duration"]:
            facts["duration"] = RationalTime.from_frames(1, rate)
    if scene:
        facts["scene"] = to_plain(scene)
    facts["keyframes"] = tuple(_key(text) for text in options.key)
    facts["part"], facts["backend"] = _part(options.frames), options.backend
    facts["image_reference"] = options.image
    facts["makes"] = options.kind or next(
        (kind for kind, endings in ENDINGS.items() if options.output.lower().endswith(endings)), "film"
    )
    facts["options"] = dict(_value(text) for text in options.set)
    paths = user_paths()
    facts["learnt"] = Learning(paths.learnt, paths.cache).for_prompt(options.prompt, with_nudges=False)
    try:
        return GenerationRequest(**facts, sound=not options.silent)
    except ValidationError as error:
        first = error.errors()[0]
        raise EngineError(f"{'.'.join(str(one) for one in first['loc'])}: {first['msg']}.") from error


def _scene(options: argparse.Namespace) -> SceneSpec | None:
    """The scene of --spec; what speaks against it is said."""
    if not options.spec:
        if not options.prompt.strip() and not options.key and not options.image:
            raise EngineError("What is to be seen? Give a prompt, or a scene with --spec scene.json.")
        return None
    if options.prompt.strip() or options.key:
        raise EngineError("A scene is drawn as it is: give a prompt or --spec, not both.")
    return read_scene(Path(options.spec))


def _part(text: str) -> tuple[int, int] | None:
    """`120:240`."""
    if not text:
        return None
    first, _, end = text.partition(":")
    if not (first.isdecimal() and end.isdecimal()):
        raise EngineError(f'"{text[:60]}" is no part of a film. Write it like 120:240.')
    return (int(first), int(end))


def _value(text: str) -> tuple[str, str]:
    """`strength=0.4`."""
    name, found, value = text.partition("=")
    if not found or not name.strip():
        raise EngineError(f'"{text[:60]}" is no value. Write it like strength=0.4.')
    return name.strip(), value.strip()


def _key(text: str) -> Keyframe:
    """`3: night, snow` or `3 s: night, snow`."""
    at, _, prompt = text.partition(":")
    try:
        seconds = float(at.strip().removesuffix("s").strip())
    except ValueError:
        seconds = -1.0
    if not 0 <= seconds <= MAX_SECONDS or not prompt.strip():
        raise EngineError(f'"{text[:60]}" is not a keyframe. Write it like "3: night, snow".')
    return Keyframe(at=seconds, prompt=prompt.strip())

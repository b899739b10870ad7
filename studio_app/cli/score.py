"""starcut score -o FILE: music for a mood, a genre, a tempo; for a place, with the cuts of a picture; its stems."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from effects.params import ParamSpec, specs_of
from engines.errors import EngineError
from engines.generate.base import GenerationRequest
from engines.generate.procedural.compose.brief import MusicBrief, Picture
from engines.generate.procedural.compose.cues import picture_of
from engines.generate.procedural.compose.performance import MAX_SECONDS
from engines.generate.procedural.compose.score import compose_file
from engines.generate.procedural.create import create
from engines.generate.procedural.interpret import interpret
from studio_app.cli.console import JSON_HELP, Console
from studio_app.cli.target import target_file

_USUAL_SECONDS = 30.0


def add(commands: Any) -> None:
    """The command's words; those of the music are read from its model."""
    parser = commands.add_parser("score", help="compose music, with the sounds of a place and effects on cuts")
    parser.add_argument(
        "scene", metavar="SCENE", nargs="?", default="", help="the place in plain words, for its ambience"
    )
    parser.add_argument("-o", "--output", metavar="FILE", required=True, help="the music, ending in .wav")
    parser.add_argument("--duration", type=float, metavar="SECONDS", default=_USUAL_SECONDS, help="length (30)")
    parser.add_argument("--cuts", metavar="SECONDS", default="", help="when the picture is cut, like 4.5,9,13.2")
    parser.add_argument("--loop", action="store_true", help="the end runs into the start")
    parser.add_argument("--stems", metavar="DIR", help="also write drums, bass, chords, melody, ambience and effects")
    for spec in specs_of(MusicBrief):
        parser.add_argument(f"--{spec.name.replace('_', '-')}", dest=f"music_{spec.name}", **_words(spec))
    parser.add_argument("--json", action="store_true", help=JSON_HELP)
    parser.set_defaults(run=run)


def _words(spec: ParamSpec) -> dict[str, Any]:
    """How a field of the music is asked for on the command line."""
    usual = f" ({spec.default})" if spec.default not in ("", 0, 0.0) else ""
    words: dict[str, Any] = {"help": f"{spec.help.rstrip('.')}{usual}", "default": spec.default}
    if spec.choices:
        return {**words, "choices": spec.choices}
    return {
        **words,
        "type": {"int": int, "float": float}.get(spec.kind, str),
        "metavar": (spec.unit or spec.name).upper(),
    }


def run(options: argparse.Namespace, console: Console) -> int:
    """Compose and write."""
    target = target_file(options.output, (".wav",))
    picture, mood = _picture(options)
    brief = _brief(options, mood)
    stems = Path(options.stems) if options.stems else None
    if not 0 < options.duration <= MAX_SECONDS:
        raise EngineError(f"Music can be up to {MAX_SECONDS // 3600} hours long, not {options.duration:g} seconds.")
    piece = compose_file(
        target,
        brief,
        options.duration,
        picture,
        check=console.check,
        stems=stems,
        progress=lambda done: console.progress(target.name, done),
    )
    console.close()
    facts = {
        "event": "done",
        "file": str(target),
        "seconds": options.duration,
        "mood": piece.mood_id,
        "bpm": round(piece.bpm, 3),
        "sections": [[one.name, round(one.start, 3), round(one.end, 3)] for one in piece.sections],
        "beats": [round(beat, 4) for beat in piece.beats],
        "stems": str(stems) if stems else None,
    }
    told = ", ".join(f"{one.name} from {one.start:.1f} s" for one in piece.sections)
    console.result(facts, f"{target}: {options.duration:g} s, {piece.mood_id}, {piece.bpm:.1f} bpm; {told}.")
    return 0


def _brief(options: argparse.Namespace, mood: str) -> MusicBrief:
    """The music asked for; `mood` is that of the scene, for when none was told."""
    told = {spec.name: getattr(options, f"music_{spec.name}") for spec in specs_of(MusicBrief)}
    if mood and told["mood"] == MusicBrief().mood:
        told["mood"] = mood
    try:
        return MusicBrief(**told)
    except ValidationError as error:
        first = error.errors()[0]
        raise EngineError(f"{'.'.join(str(one) for one in first['loc'])}: {first['msg']}.") from error


def _picture(options: argparse.Namespace) -> tuple[Picture, str]:
    """The place that the words name, with the cuts that were told; and its mood."""
    try:
        cuts = tuple(sorted(float(part) for part in options.cuts.split(",") if part.strip()))
    except ValueError as error:
        raise EngineError(f'"{options.cuts}" is no list of times. Write seconds, like 4.5,9,13.2.') from error
    if not options.scene.strip():
        return Picture(cuts=cuts, loops=options.loop), ""
    request = GenerationRequest(prompt=options.scene, duration=min(options.duration, 600.0))
    scene = create(interpret(request), request)
    place = picture_of(scene)
    return replace(place, cuts=cuts or place.cuts, loops=options.loop), scene.sound.mood or scene.mood

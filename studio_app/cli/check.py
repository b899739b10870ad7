"""starcut check PROJECT: whether a project can be played and delivered as it is."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from effects.registry import generators, transitions, video_effects
from engines.errors import MediaError
from engines.media.probe import probe
from engines.render.offline import is_missing
from studio_app.cli.console import JSON_HELP, Console
from timeline.items import Clip, GeneratorSource
from timeline.media import Media
from timeline.project import Saved
from timeline.project_file import load
from timeline.query import sequence_check


def add(commands: Any) -> None:
    """The command's words."""
    parser = commands.add_parser(
        "check", help="look for what would go wrong: missing and damaged files, unknown effects"
    )
    parser.add_argument("project", metavar="PROJECT", help="a .starcut file")
    parser.add_argument("--json", action="store_true", help=JSON_HELP)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace, console: Console) -> int:
    """Print what is wrong, and what is odd about its media; 1 when something is wrong."""
    saved = load(Path(options.project))
    problems = problems_of(saved)
    notes = [fault for media in saved.library.media.values() for fault in media.faults]
    lines = problems or ["Nothing is missing and every clip can be shown."]
    console.result({"ok": not problems, "problems": problems, "notes": notes}, "\n".join([*lines, *notes]))
    return 1 if problems else 0


def problems_of(saved: Saved) -> list[str]:
    """One sentence for each fault."""
    problems = [problem for one in saved.library.media.values() if (problem := _fault_of(one))]
    for sequence in saved.project.sequences:
        problems += sequence_check(sequence, saved.library, saved.project)
        for track in sequence.tracks:
            problems += [
                f"The transition {one.effect} on {track.name or 'a track'} of {sequence.name} is not known here."
                for one in track.transitions
                if one.effect not in transitions().classes
            ]
            for clip, _ in track.clips():
                problems += _unknown(clip, sequence.name)
    return problems


def _fault_of(media: Media) -> str:
    """What is wrong with a file: not there, or not to be read."""
    if is_missing(media):
        return f"{media.name or media.path} is missing: no file at {media.path}. Put it back or relink it."
    try:
        probe(media.path, media.rate)
    except MediaError as error:
        return error.message
    return ""


def _unknown(clip: Clip, sequence: str) -> list[str]:
    unknown = [use.effect for use in clip.effects if use.effect not in video_effects().classes]
    problems = [f"The effect {effect} on {clip.name} in {sequence} is not known here." for effect in unknown]
    source = clip.source
    if isinstance(source, GeneratorSource) and source.generator not in (*generators().classes, "adjustment"):
        problems.append(f"The generator {source.generator} of {clip.name} in {sequence} is not known here.")
    return problems

"""starcut info PROJECT: what a project holds."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from engines.render.offline import is_missing
from studio_app.cli.console import JSON_HELP, Console
from timeline.items import Clip
from timeline.project import Saved
from timeline.project_file import load
from timeline.sequence import Sequence
from timeline.timecode import format_timecode, rate_name


def add(commands: Any) -> None:
    """The command's words."""
    parser = commands.add_parser("info", help="tell what a project holds")
    parser.add_argument("project", metavar="PROJECT", help="a .starcut file")
    parser.add_argument("--json", action="store_true", help=JSON_HELP)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace, console: Console) -> int:
    """Print the facts."""
    facts = facts_of(load(Path(options.project)))
    console.result(facts, text_of(facts))
    return 0


def facts_of(saved: Saved) -> dict[str, Any]:
    """A project in numbers, ready for JSON."""
    library = saved.library
    missing = [one.path for one in library.media.values() if is_missing(one)]
    return {
        "name": saved.project.name,
        "sequences": [_sequence(one) for one in saved.project.sequences],
        "storyboards": [{"title": one.title, "shots": len(one.shots)} for one in saved.project.storyboards],
        "media": len(library.media),
        "takes": len(library.takes),
        "missing": missing,
    }


def _sequence(sequence: Sequence) -> dict[str, Any]:
    return {
        "name": sequence.name,
        "id": sequence.id,
        "width": sequence.width,
        "height": sequence.height,
        "rate": str(sequence.rate),
        "drop_frame": sequence.drop_frame,
        "frames": sequence.duration_frames,
        "duration": format_timecode(sequence.duration, sequence.rate, sequence.drop_frame),
        "tracks": [
            {"kind": track.kind.value, "name": track.name, "clips": sum(isinstance(one, Clip) for one in track.items)}
            for track in sequence.tracks
        ],
        "markers": len(sequence.markers),
        "rate_name": rate_name(sequence.rate),
    }


def text_of(facts: dict[str, Any]) -> str:
    """The same for people."""
    lines = [str(facts["name"])]
    for one in facts["sequences"]:
        clips = sum(track["clips"] for track in one["tracks"])
        lines.append(
            f"  {one['name']}: {one['width']}x{one['height']}, {one['rate_name']} fps, {one['duration']} ({one['frames']} frames), "
            f"{len(one['tracks'])} tracks, {clips} clips"
        )
    lines += [f"  Storyboard {one['title']}: {one['shots']} shots" for one in facts["storyboards"]]
    lines.append(f"  {facts['media']} media, {facts['takes']} takes")
    lines += [f"  Missing: {path}" for path in facts["missing"]]
    return "\n".join(lines)

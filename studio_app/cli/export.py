"""starcut export PROJECT -o FILE: a film or another tool's timeline, as the suffix says."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from studio_app.cli.console import JSON_HELP, Console
from studio_app.cli.render import (
    add_burn_in,
    add_key_frames,
    add_smart,
    preset_with,
    render,
    sequence_named,
    with_key_frames,
)
from studio_app.cli.target import inputs_of, target_file
from studio_app.planning.deliver import deliver
from timeline.interchange.base import formats
from timeline.project_file import load

FILMS = {".mp4": "match_sequence", ".wav": "sound_wav"}


def add(commands: Any) -> None:
    """The command's words."""
    parser = commands.add_parser("export", help="write MP4, WAV, EDL, FCPXML, xmeml or OTIO, as the file's suffix says")
    parser.add_argument("project", metavar="PROJECT", help="a .starcut file")
    parser.add_argument("-o", "--output", metavar="FILE", required=True, help="what to write")
    parser.add_argument("--sequence", default="", help="name or id; the first one if left out")
    add_smart(parser)
    add_burn_in(parser)
    add_key_frames(parser)
    parser.add_argument("--json", action="store_true", help=JSON_HELP)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace, console: Console) -> int:
    """Write the file and say what it could not carry."""
    saved = load(Path(options.project))
    sequence = sequence_named(saved, options.sequence)
    is_film = Path(options.output).suffix.lower() in FILMS  # asking for the other formats loads them: 50 ms, 20 MB
    known = tuple(FILMS) if is_film else (*FILMS, *(one.suffix for one in formats()))
    target = target_file(options.output, known, inputs_of(saved, options.project))
    if is_film:
        preset = preset_with(FILMS[target.suffix.lower()], options.smart, burn_in=options.burn_in)
        render(saved, sequence, target, with_key_frames(preset, options.key_frames), console)
        return 0
    delivered = deliver(saved.project, saved.library, sequence, target)
    notes = [note.sentence for note in delivered.notes]
    for note in notes:
        console.say(f"  {note}", note=note)
    console.result({"event": "done", "file": str(target), "notes": notes}, f"{target} is written.")
    return 0

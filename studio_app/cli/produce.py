"""starcut produce STORYBOARD -o DIR: the whole way from words to a film."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from studio_app.cli.console import JSON_HELP, Console
from studio_app.planning.produce import Produced, produce
from studio_app.services.learning import Learning
from studio_app.services.paths import examples_folder, user_paths
from timeline.errors import StoryboardError
from timeline.timecode import format_timecode

MOST_JOBS = 16


def add(commands: Any) -> None:
    """The command's words."""
    parser = commands.add_parser("produce", help="make a film from a storyboard file (YAML, JSON or plain text)")
    parser.add_argument(
        "storyboard", metavar="STORYBOARD", help="a .yaml, .json, .txt or .md file (docs/storyboards.md)"
    )
    parser.add_argument(
        "-o", "--output", metavar="DIR", required=True, help="folder for the film and all that belongs to it"
    )
    parser.add_argument("--engine", default="", help="make every shot with this engine (see: starcut engines)")
    parser.add_argument(
        "--jobs",
        type=int,
        choices=range(1, MOST_JOBS + 1),
        default=2,
        metavar="N",
        help="shots made at a time, 1 to 16 (2)",
    )
    parser.add_argument("--json", action="store_true", help=JSON_HELP)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace, console: Console) -> int:
    """Make the film and say where it is."""
    _make(Path(options.storyboard), Path(options.output), options.engine, options.jobs, console)
    return 0


def demo(options: argparse.Namespace, console: Console) -> Path:
    """Make the example film; returns its folder."""
    examples = examples_folder()
    if examples is None:
        raise StoryboardError("The example storyboards are not part of this installation.")
    return _make(examples / "last_ferry.yaml", Path(options.output), "", options.jobs, console).folder


def _make(storyboard: Path, folder: Path, engine: str, jobs: int, console: Console) -> Produced:
    paths = user_paths()
    learning = Learning(paths.learnt, paths.cache)
    made = produce(
        storyboard,
        folder,
        engine=engine,
        jobs=jobs,
        say=lambda what, fraction: console.progress(what, fraction),
        check=console.check,
        looks=lambda prompt: learning.for_prompt(prompt, with_nudges=False),
    )
    console.close()
    sequence = made.sequence
    length = format_timecode(sequence.duration, sequence.rate, sequence.drop_frame)
    kept = f", {made.kept} kept from before" if made.kept else ""
    text = f"{made.film}: {length}, {made.made} shots made{kept}."
    for note in made.notes:
        console.say(f"  {note}", note=note)
    facts = {
        "event": "done",
        "film": str(made.film),
        "files": [str(path) for path in made.files],
        "frames": sequence.duration_frames,
        "made": made.made,
        "kept": made.kept,
        "notes": list(made.notes),
    }
    console.result(facts, text)
    return made

"""starcut plan TEXT|FILE -o board.yaml: words and pictures become a storyboard, exactly as long as asked.

Plans of other planners (scene graph and timeline, JSON) are read, and written where the output ends in .json.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from engines.media.probe import probe
from studio_app.cli.console import JSON_HELP, Console
from studio_app.cli.target import target_file
from studio_app.planning.assemble import assemble, total_length
from studio_app.planning.footage import footage_of
from studio_app.planning.planner.contract import as_json
from studio_app.planning.planner.contract import read_text as read_json
from studio_app.planning.planner.foreign import foreign_board, read_plain
from studio_app.planning.planner.graph_out import graph_of
from studio_app.planning.planner.plan import Brief, Strategy, Voice, planned
from studio_app.planning.planner.reel import Reel
from studio_app.planning.planner.reel_board import reel_of
from studio_app.planning.storyboard_fields import seconds_of
from studio_app.planning.storyboard_file import read_storyboard
from studio_app.planning.storyboard_yaml import as_yaml
from timeline.atomic import write_atomically
from timeline.errors import StoryboardError
from timeline.media import Library
from timeline.project import Saved
from timeline.project_file import load
from timeline.storyboard import STRUCTURES, Storyboard
from timeline.timecode import parse_rate

TEXTS = (".txt", ".md")
BOARDS = (".yaml", ".yml")
PLANS = (*BOARDS, ".json", ".starcut")
FORMATS = ("storyboard", "graph", "timeline")
MOST_NAME = 4000


def add(commands: Any) -> None:
    """The command's words."""
    parser = commands.add_parser(
        "plan", help="plan a film from words and pictures: a storyboard, exactly as long as asked"
    )
    parser.add_argument(
        "text",
        metavar="TEXT|FILE",
        nargs="?",
        default="",
        help="what is seen, a sentence a scene or <SHOT 1> …; or a .txt file",
    )
    parser.add_argument(
        "-o", "--output", metavar="FILE", required=True, help="the storyboard (.yaml), or a plan for others (.json)"
    )
    parser.add_argument(
        "--images", nargs="+", default=[], metavar="FILE", help="pictures, one scene each or round the sentences"
    )
    parser.add_argument(
        "--seconds", default="", metavar="LENGTH", help="length of the film, to the frame: 15, 1:30, 45 s (15)"
    )
    parser.add_argument("--style", default="", help="look, mood and camera move: “cinematic, warm, slow zoom”")
    parser.add_argument(
        "--voice", default="", metavar="FILE", help="what is spoken: a script (.txt), or a recording of the text"
    )
    parser.add_argument(
        "--spoken", action="store_true", help="the text itself is what is spoken: scenes last as long as it takes"
    )
    parser.add_argument(
        "--structure",
        default="",
        choices=STRUCTURES,
        metavar="NAME",
        help=f"transitions by a narrative structure: {', '.join(STRUCTURES)}",
    )
    parser.add_argument(
        "--strategy",
        default="",
        choices=[one.name.lower() for one in Strategy],
        metavar="NAME",
        help=f"how scenes are found: {', '.join(one.name.lower() for one in Strategy)} (the first that fits)",
    )
    parser.add_argument("--no-captions", action="store_true", help="no sentences over the picture")
    parser.add_argument("--title", default="", help="name of the film (its first words)")
    parser.add_argument("--size", default="", metavar="WxH", help="in pixels (1280x720)")
    parser.add_argument("--fps", default="", metavar="RATE", help="frames a second (24)")
    parser.add_argument(
        "--format",
        default="",
        choices=FORMATS,
        metavar="NAME",
        help=f"what is written: {', '.join(FORMATS)} (by the name of the file)",
    )
    parser.add_argument("--json", action="store_true", help=JSON_HELP)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace, console: Console) -> int:
    """Write the plan and say how it was found."""
    form = options.format or ("graph" if Path(options.output).suffix.lower() == ".json" else "storyboard")
    suffixes = BOARDS if form == "storyboard" else (".json",)
    given = Path(options.text) if Path(options.text).suffix.lower() in PLANS and len(options.text) < MOST_NAME else None
    if given is not None:
        target = target_file(options.output, suffixes, [given])
        plan = _read(given)
    else:
        text, files = _text(options.text)
        target = target_file(options.output, suffixes, [*files, *options.images])
        found = planned(_brief(options, text))
        plan = _Plan(found.board, str(found.strategy), found.notes)
    _write(plan, form, target, console)
    return 0


@dataclass(frozen=True)
class _Plan:
    """What was planned or read: a storyboard, or the cut of a project."""

    board: Storyboard | None
    how: str
    notes: tuple[str, ...] = ()
    saved: Saved | None = None


def _read(path: Path) -> _Plan:
    """A storyboard, a scene graph, a timeline or a project. Raises StudioError."""
    if path.suffix.lower() == ".starcut":
        saved = load(path)
        return _Plan(next((one for one in saved.project.storyboards if one.shots), None), "the project", (), saved)
    if path.suffix.lower() == ".json":
        found = foreign_board(read_json(path), path.name, path.resolve().parent)
        if found is not None:
            return _Plan(found[0], "another planner", found[1])
    return _Plan(read_storyboard(path), "the storyboard")


def _write(plan: _Plan, form: str, target: Path, console: Console) -> None:
    folder = target.resolve().parent
    notes = plan.notes
    if form == "timeline":
        reel, more = _reel(plan)
        text, scenes, length = as_json(reel), len(reel.timeline), reel.totalDuration / 1000
        notes += more
    elif plan.board is None:
        raise StoryboardError(
            "This project has no storyboard. Its cut can be written as a timeline: --format timeline."
        )
    else:
        scenes, length = len(plan.board.shots), total_length(plan.board).to_seconds()
        text = as_yaml(plan.board, folder)
        if form == "graph":
            graph, more = graph_of(plan.board, folder)
            text, length = as_json(graph), graph.film_ms / 1000
            notes += more
    try:
        write_atomically(target, text.encode())
    except OSError as error:
        raise StoryboardError(f"“{target}” cannot be written: {error.strerror}.") from error
    for note in notes:
        console.say(note, note=note)
    facts = {"event": "done", "file": str(target), "format": form, "strategy": plan.how, "scenes": scenes, "seconds": length,
             "notes": list(notes)}  # fmt: skip
    console.result(facts, f"{target}: {scenes} {'scene' if scenes == 1 else 'scenes'} by {plan.how}, {length:.3f} s.")


def _reel(plan: _Plan) -> tuple[Reel, tuple[str, ...]]:
    """The cut of a project, else that of the storyboard."""
    if plan.saved is not None:
        return reel_of(plan.saved.project.sequences[0], plan.saved.library)
    board = plan.board
    if board is None:
        raise StoryboardError("There is nothing to write.")
    files = footage_of(board, "the storyboard")
    library = Library().with_media(*files.all)
    cut = assemble(
        board, lambda one: files.pictures.get(one.id), files.music, lambda one: files.sounds.get(one.id), files.voice
    )
    return reel_of(cut, library)


def _text(given: str) -> tuple[str, list[Path]]:
    """The words themselves, or those of a text file that is named."""
    path = Path(given) if given and len(given) < MOST_NAME and "\n" not in given else None
    if path is None or path.suffix.lower() not in TEXTS:
        return given, []
    return read_plain(path), [path]


def _brief(options: argparse.Namespace, text: str) -> Brief:
    images = tuple(str(Path(one).resolve()) for one in options.images)
    for one in images:
        if not probe(Path(one)).has_video:
            raise StoryboardError(f"“{Path(one).name}” is no picture.")
    width, height = _size(options.size)
    return Brief(
        text=text,
        images=images,
        seconds=_seconds(options.seconds),
        style=options.style,
        voice=_voice(options, text),
        captions=not options.no_captions,
        structure=options.structure,
        title=options.title,
        width=width,
        height=height,
        rate=_rate(options.fps),
        strategy=Strategy[options.strategy.upper()] if options.strategy else None,
    )


def _voice(options: argparse.Namespace, text: str) -> Voice | None:
    if not options.voice:
        return Voice(text) if options.spoken else None
    path = Path(options.voice)
    if path.suffix.lower() in TEXTS:
        return Voice(read_plain(path))
    media = probe(path)
    if not media.has_audio:
        raise StoryboardError(f"“{path.name}” has no sound. Name a recording, or a script that ends in .txt.")
    return Voice(text, media.duration.fraction, str(path.resolve()))


def _seconds(text: str) -> Fraction | None:
    if not text:
        return None
    found = seconds_of(text)
    if found is None:
        raise StoryboardError(f'"{text[:40]}" is no length. Write 15, 1:30 or 45 s.')
    return found


def _size(text: str) -> tuple[int, int]:
    if not text:
        return Storyboard.width, Storyboard.height
    try:
        width, height = (int(part) for part in text.casefold().split("x"))
    except ValueError:
        width = height = 0
    if not (min(width, height) >= 64 and max(width, height) <= 7680 and width % 2 == height % 2 == 0):
        raise StoryboardError(f'"{text[:40]}" is no size. Write it like 1080x1920: even numbers from 64 to 7680.')
    return width, height


def _rate(text: str) -> Fraction:
    try:
        rate = parse_rate(text) if text else Storyboard.rate
    except (ValueError, ZeroDivisionError) as error:
        raise StoryboardError(f'"{text[:40]}" is not a frame rate. Write 24, 29.97 or 30000/1001.') from error
    if not 1 <= rate <= 120:
        raise StoryboardError(f"The frame rate is {float(rate):g}; it must be between 1 and 120.")
    return rate

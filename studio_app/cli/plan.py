"""starcut plan TEXT|FILE -o board.yaml: words and pictures become a storyboard, exactly as long as asked."""

from __future__ import annotations

import argparse
from fractions import Fraction
from pathlib import Path
from typing import Any

from engines.media.probe import probe
from studio_app.cli.console import JSON_HELP, Console
from studio_app.cli.target import target_file
from studio_app.planning.assemble import total_length
from studio_app.planning.planner.plan import Brief, Planned, Voice, planned
from studio_app.planning.storyboard_fields import seconds_of
from studio_app.planning.storyboard_file import write_storyboard
from timeline.errors import StoryboardError
from timeline.storyboard import STRUCTURES, Storyboard
from timeline.timecode import parse_rate

TEXTS = (".txt", ".md")
BOARDS = (".yaml", ".yml")
MOST_TEXT = 200_000
"""Characters of a text that is planned from."""


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
    parser.add_argument("-o", "--output", metavar="FILE", required=True, help="the storyboard (.yaml)")
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
        "--structure", default="", choices=("", *STRUCTURES), help="transitions by a narrative structure"
    )
    parser.add_argument("--no-captions", action="store_true", help="no sentences over the picture")
    parser.add_argument("--title", default="", help="name of the film (its first words)")
    parser.add_argument("--size", default="", metavar="WxH", help="in pixels (1280x720)")
    parser.add_argument("--fps", default="", metavar="RATE", help="frames a second (24)")
    parser.add_argument("--json", action="store_true", help=JSON_HELP)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace, console: Console) -> int:
    """Write the storyboard and say how it was found."""
    text, given = _text(options.text)
    target = target_file(options.output, BOARDS, [*given, *options.images])
    found = planned(_brief(options, text))
    write_storyboard(found.board, target)
    _tell(found, target, console)
    return 0


def _tell(found: Planned, target: Path, console: Console) -> None:
    board = found.board
    length = total_length(board).to_seconds()
    for note in found.notes:
        console.say(note, note=note)
    facts = {
        "event": "done",
        "file": str(target),
        "strategy": str(found.strategy),
        "scenes": len(board.shots),
        "seconds": length,
        "notes": list(found.notes),
    }
    console.result(facts, f"{target}: {len(board.shots)} scenes by {found.strategy}, {length:.3f} s.")


def _text(given: str) -> tuple[str, list[Path]]:
    """The words themselves, or those of a text file that is named."""
    path = Path(given) if given and len(given) < 4000 and "\n" not in given else None
    if path is None or path.suffix.lower() not in TEXTS:
        return given, []
    return read_text(path), [path]


def read_text(path: Path) -> str:
    """A text file. Raises StoryboardError in one sentence."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise StoryboardError(f"{path.name} is not UTF-8 text; save it as UTF-8.") from error
    except OSError as error:
        raise StoryboardError(f"“{path}” cannot be read: {error.strerror}.") from error
    if len(text) > MOST_TEXT:
        raise StoryboardError(f"{path.name} is longer than {MOST_TEXT} characters; plan a part of it.")
    return text


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
    )


def _voice(options: argparse.Namespace, text: str) -> Voice | None:
    if not options.voice:
        return Voice(text) if options.spoken else None
    path = Path(options.voice)
    if path.suffix.lower() in TEXTS:
        return Voice(read_text(path))
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

"""starcut gallery: contact sheets of what the embedded engine can draw, and of what operations make of a clip."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from engines.errors import EngineError
from engines.evolve.gallery import COLUMNS, Row, Shown, made_clips, parents_for, rows_of, sheet_names, shown
from engines.evolve.source import Kept
from engines.generate.procedural.gallery import composed, drawn, jpeg_of, sheets
from engines.media.probe import probe
from studio_app.cli.console import JSON_HELP, Console
from timeline.atomic import write_atomically

NARROWEST, WIDEST = 96, 1920


def add(commands: Any) -> None:
    """The command's words."""
    parser = commands.add_parser("gallery", help="draw contact sheets of what engine and operations can make")
    parser.add_argument("-o", "--output", metavar="DIR", required=True, help="folder for the pictures")
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--engine", action="store_true", help="the embedded engine: settings, subjects, looks and more")
    what.add_argument("--evolve", action="store_true", help="the operations: each with every choice, before and after")
    parser.add_argument(
        "--clip", action="append", default=[], metavar="FILE", help="with --evolve: a clip to work on; again for more"
    )
    parser.add_argument("--only", default="", metavar="NAMES", help="only these sheets, with commas between them")
    parser.add_argument("--width", type=int, default=320, metavar="PX", help="of one picture (320)")
    parser.add_argument("--bare", action="store_true", help="no words below the pictures")
    parser.add_argument("--json", action="store_true", help=JSON_HELP)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace, console: Console) -> int:
    """Draw the sheets, one JPEG file each; what is there under their names is replaced."""
    if not options.engine and not options.evolve:
        raise EngineError("Which gallery? Say --engine for what is drawn, or --evolve for what is made of clips.")
    if options.clip and not options.evolve:
        raise EngineError("A clip is for the gallery of operations; say --evolve.")
    if not NARROWEST <= options.width <= WIDEST:
        raise EngineError(f"A picture of a sheet is {NARROWEST} to {WIDEST} pixels wide, not {options.width}.")
    folder = Path(options.output)
    files = _operations(options, console, folder) if options.evolve else _engine(options, console, folder)
    console.close()
    console.result({"event": "done", "files": files}, "\n".join(files))
    return 0


def _wanted(only: str, names: Sequence[str]) -> list[str]:
    wanted = [name.strip() for name in only.split(",") if name.strip()] or list(names)
    unknown = next((name for name in wanted if name not in names), None)
    if unknown is not None:
        raise EngineError(f"There is no sheet “{unknown}”; choose {', '.join(names)}.")
    return wanted


def _engine(options: argparse.Namespace, console: Console, folder: Path) -> list[str]:
    plans = sheets(options.width)
    wanted = _wanted(options.only, list(plans))
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for name in wanted:
        plan = plans[name]()
        pictures = []
        for number, tile in enumerate(plan.tiles):
            console.check()
            console.progress(name, number / len(plan.tiles))
            pictures.append(drawn(tile))
        labels = ["" if options.bare else tile.label for tile in plan.tiles]
        path = folder / f"{name}.jpg"
        write_atomically(path, jpeg_of(composed(pictures, labels, plan.columns)))
        console.progress(name, 1.0)
        files.append(str(path))
    return files


def _operations(options: argparse.Namespace, console: Console, folder: Path) -> list[str]:
    wanted = _wanted(options.only, sheet_names())
    job = _Job(console)
    with TemporaryDirectory() as made:
        clips = [probe(one) for one in options.clip] or made_clips(Path(made), job)
        folder.mkdir(parents=True, exist_ok=True)
        files = []
        for name in wanted:
            job.name = name
            sources = parents_for(clips, options.width)
            try:
                tiles = [one for row in rows_of(name) for one in _row(name, row, sources, options.width, job)]
            finally:
                for source in sources:
                    source.close()
            if not tiles:
                continue
            labels = ["" if options.bare else tile.label for tile in tiles]
            path = folder / f"{name}.jpg"
            write_atomically(path, jpeg_of(composed([tile.picture for tile in tiles], labels, COLUMNS)))
            console.progress(name, 1.0)
            files.append(str(path))
    return files


def _row(name: str, row: Row, sources: Sequence[Kept], width: int, job: _Job) -> list[Shown]:
    """The pictures of a row; none where the operation refuses these clips (a size that they have already)."""
    try:
        return list(shown(name, row, sources, width, job))
    except EngineError:
        return []


class _Job:
    """What operations report to: the console, under the name of their sheet."""

    def __init__(self, console: Console) -> None:
        self._console, self.name = console, "clips"

    def check(self) -> None:
        """Raise Cancelled on an interrupt."""
        self._console.check()

    def progress(self, fraction: float, note: str = "") -> None:
        """Shown with the sheet's name."""
        self._console.progress(self.name, min(fraction, 0.99))

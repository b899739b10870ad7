"""starcut gallery --engine -o DIR: contact sheets of what the embedded engine can draw."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from engines.errors import EngineError
from engines.generate.procedural.gallery import composed, drawn, jpeg_of, sheets
from studio_app.cli.console import JSON_HELP, Console
from timeline.atomic import write_atomically

NARROWEST, WIDEST = 96, 1920


def add(commands: Any) -> None:
    """The command's words."""
    parser = commands.add_parser("gallery", help="draw contact sheets of what the engine can make")
    parser.add_argument("-o", "--output", metavar="DIR", required=True, help="folder for the pictures")
    parser.add_argument("--engine", action="store_true", help="the embedded engine: settings, subjects, looks and more")
    parser.add_argument("--only", default="", metavar="NAMES", help="only these sheets, with commas between them")
    parser.add_argument("--width", type=int, default=320, metavar="PX", help="of one picture (320)")
    parser.add_argument("--bare", action="store_true", help="no words below the pictures")
    parser.add_argument("--json", action="store_true", help=JSON_HELP)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace, console: Console) -> int:
    """Draw the sheets, one JPEG file each; what is there under their names is replaced."""
    if not options.engine:
        raise EngineError("Which gallery? There is one so far: say --engine.")
    if not NARROWEST <= options.width <= WIDEST:
        raise EngineError(f"A picture of a sheet is {NARROWEST} to {WIDEST} pixels wide, not {options.width}.")
    plans = sheets(options.width)
    wanted = [name.strip() for name in options.only.split(",") if name.strip()] or list(plans)
    unknown = next((name for name in wanted if name not in plans), None)
    if unknown is not None:
        raise EngineError(f"There is no sheet “{unknown}”; choose {', '.join(plans)}.")
    folder = Path(options.output)
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
    console.close()
    console.result({"event": "done", "files": files}, "\n".join(files))
    return 0

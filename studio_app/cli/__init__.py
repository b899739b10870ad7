"""The command line: the same application without a window. One command per file, imported when it is the word said."""

from __future__ import annotations

import argparse
import contextlib
import importlib
import io
import logging
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import FrameType, ModuleType

import studio_app
from studio_app.cli.console import Console
from studio_app.cli.orders import Orders
from studio_app.services.giving_way import NORMAL, give_way_as
from studio_app.services.keys import guard_log
from timeline.errors import Cancelled, StudioError

log = logging.getLogger(__name__)

COMMANDS = (
    "produce",
    "plan",
    "segments",
    "render",
    "export",
    "generate",
    "score",
    "info",
    "check",
    "engines",
    "bench",
    "proxies",
    "hardware",
    "gallery",
    "analyze",
    "learn",
    "lineage",
    "evolve",
    "narrative",
    "index",
    "query",
    "similar",
    "map",
    "jobs",
    "fake-providers",
)
ALIASES = {"analyse": "analyze"}
"""Other spellings of commands."""
WITHOUT_FILE = ("open", "screens", "demo")
OPENED = (".starcut", ".yaml", ".yml")
"""Names that end so are files to open, whether they are there or not."""
OpenWindow = Callable[[str | None], int]
DrawScreens = Callable[[str, int, str], list[str]]


def run(arguments: Sequence[str], open_window: OpenWindow, draw_screens: DrawScreens) -> int:
    """Parse and run one command; every failure is one sentence on stderr."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a name that the terminal cannot show is no reason to fail
            stream.reconfigure(errors="backslashreplace")
    arguments = with_word(arguments)
    options = make_parser(arguments[0] if arguments else "open").parse_args(list(arguments))
    logging.basicConfig(level=logging.DEBUG if os.environ.get("STARCUT_DEBUG") else logging.ERROR)
    logging.getLogger("libav").setLevel(logging.CRITICAL)
    guard_log()
    stop = threading.Event()
    orders = _orders(stop) if getattr(options, "stop_on_eof", False) else None
    console = Console(as_json=getattr(options, "json", False), stop=stop, orders=orders)
    with _stopping(stop):
        try:
            if options.command in (None, "open"):
                return open_window(getattr(options, "project", None))
            if options.command == "screens":
                for path in draw_screens(options.output, options.scale, options.only):
                    console.say(path, file=path)
                return 0
            if options.command == "demo":
                folder = _command("produce").demo(options, console)
                project = folder / "film.starcut"
                if not options.no_window and _has_screen():
                    return open_window(str(project))
                console.say(f"Open it where there is a screen: python3 launch.py open {project}")
                return 0
            return int(options.run(options, console))
        except Cancelled:
            console.fail("Cancelled. Nothing half made is left.")
            return 130
        except StudioError as error:
            console.fail(f"{error.message} Type: {error.command}" if error.command else error.message)
            return 1
        except (KeyboardInterrupt, BrokenPipeError):
            return 130
        except OSError as error:
            console.fail(f"{error.filename or 'A file'} cannot be used: {error.strerror or error}. Choose another.")
            return 1
        except Exception as error:  # command fence: see docs/architecture.md, section 10
            log.debug("%s failed", options.command, exc_info=True)
            fault = f"{type(error).__name__}: {error}"
            console.fail(f"That is a fault of Starcut ({fault}). Set STARCUT_DEBUG=1 and try again to see where.")
            return 1
        finally:
            console.close()


def with_word(arguments: Sequence[str]) -> list[str]:
    """`starcut film.starcut` opens the window, as a double click on the file does: what is no command, and a file, is opened."""
    first = arguments[0] if arguments else ""
    is_word = first in (*COMMANDS, *ALIASES, *WITHOUT_FILE) or first.startswith("-")
    is_file = Path(first).suffix.lower() in OPENED or Path(first).is_file()
    return ["open", *arguments] if first and is_file and not is_word else list(arguments)


def make_parser(word: str = "") -> argparse.ArgumentParser:
    """All commands with their options; of those with a file only the one that is said, where `word` is one.

    What a command needs takes a good part of a second to import: the window does not wait for it.
    """
    parser = argparse.ArgumentParser(
        prog="starcut",
        description="A video editor that can grow its own footage. Without a command it opens the window.",
    )
    parser.add_argument("--version", action="version", version=f"Starcut {studio_app.__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    word = ALIASES.get(word, word)
    for name in [word] if word in COMMANDS else [] if word in WITHOUT_FILE else COMMANDS:
        _command(name).add(commands)
    opening = commands.add_parser("open", help="open the window, with a project if one is named")
    opening.add_argument("project", nargs="?", metavar="PROJECT", help="a .starcut file or a storyboard")
    screens = commands.add_parser("screens", help="draw every panel and the whole window to PNG files")
    screens.add_argument("-o", "--output", metavar="DIR", required=True, help="folder for the pictures")
    screens.add_argument(
        "--only", metavar="A,B", default="", help="only these parts, as edit,evolve (a wrong one lists them)"
    )
    screens.add_argument("--scale", type=int, choices=(0, 1, 2), default=0, help=argparse.SUPPRESS)
    demo = commands.add_parser("demo", help="make the example film and open it")
    demo.add_argument("-o", "--output", metavar="DIR", default="starcut-demo", help="folder (starcut-demo)")
    demo.add_argument("--no-window", action="store_true", help="only make the film")
    demo.add_argument("--jobs", type=int, default=2, help=argparse.SUPPRESS)
    return parser


def _command(name: str) -> ModuleType:
    return importlib.import_module(f"studio_app.cli.{name.replace('-', '_')}")


def _has_screen() -> bool:
    if not sys.platform.startswith("linux"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _orders(stop: threading.Event) -> Orders:
    """The window's exports hear it on their input, and give way to it from the first moment."""
    orders = Orders(stop)
    give_way_as(NORMAL)
    orders.listen(sys.stdin)
    return orders


@contextlib.contextmanager
def _stopping(stop: threading.Event) -> Iterator[None]:
    """Ctrl+C or a polite kill asks the work to stop."""

    def ask(_number: int, _frame: FrameType | None) -> None:
        if stop.is_set():
            raise KeyboardInterrupt
        stop.set()

    before = {number: signal.signal(number, ask) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)

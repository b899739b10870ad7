"""starcut fake-providers: the services as they speak, on this computer, for trying things by hand without a key and without money."""

from __future__ import annotations

import argparse
import importlib
import json
import time
from typing import Any

from studio_app.cli.console import JSON_HELP, Console
from timeline.errors import Cancelled, StudioError

PACE = 2.0
_LAST_PORT, _LONGEST_PACE = 65535, 3600.0
HELP_TOKENS = (
    "Words in a prompt make faults: #busy #down #cut #gateway #fail-moderation #late-moderation #fails #no-credits #expires "
    "#breaks #empty #no-film #short #small #stuck #oops #proxy #no-id #redirect #busy-long #echo-key #early-404 #file-moved"
)


def add(commands: Any) -> None:
    """The command's words."""
    parser = commands.add_parser(
        "fake-providers", help="serve all services' protocols on this computer, for trying by hand", epilog=HELP_TOKENS
    )
    parser.add_argument("--port", type=int, default=0, metavar="N", help="port (any that is free)")
    parser.add_argument(
        "--pace", type=float, default=PACE, metavar="S", help=f"seconds a step of a job takes ({PACE:g})"
    )
    parser.add_argument("--json", action="store_true", help=JSON_HELP)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace, console: Console) -> int:
    """Serve until Ctrl+C; then tell what was billed."""
    if not 0 <= options.port <= _LAST_PORT:
        raise StudioError(f"A port is a number from 0 to {_LAST_PORT}.")
    if not 0 <= options.pace < _LONGEST_PACE:
        raise StudioError(f"A step takes from 0 to {_LONGEST_PACE:g} seconds.")
    try:
        fakes = importlib.import_module("tests.fakes.providers")
    except ImportError as error:
        raise StudioError(
            "The fake services come with the source of Starcut; run this from a checkout of it."
        ) from error
    from engines.generate.registry import engines
    from engines.generate.remote.provider import RemoteEngine

    behind = {"pika": "fal"}
    with fakes.FakeProviders(options.port, options.pace) as server:
        remote = [one for one, kind in engines().classes.items() if issubclass(kind, RemoteEngine)]
        addresses = {one: server.base(behind.get(one, one)) for one in remote} | {
            one: server.base("fal") for one in ("fal-files", "fal-site")
        }
        console.result(
            {"event": "serving", "url": server.url, "addresses": addresses},
            f"Serving at {server.url}; every key is “good-key”. For Preferences, Engines, Addresses:\n"
            f"{json.dumps(addresses, indent=1)}\n{HELP_TOKENS}\nCtrl+C ends it.",
        )
        try:
            while True:
                console.check()
                time.sleep(0.2)
        except Cancelled:
            billed, count = server.ledger.billed(), server.ledger.count()
    console.result(
        {"event": "done", "jobs": count, "billed": str(billed)}, f"{count} jobs were taken, {billed} USD billed."
    )
    return 0

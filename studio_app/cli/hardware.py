"""starcut hardware: which video devices there are, and whether they give right pictures."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from typing import Any

from engines.generate.procedural.draw.gpu.device import is_worth_it, renderer
from studio_app.cli.console import JSON_HELP, Console
from studio_app.services.hardware import FORCED, Hardware, name_of, told
from studio_app.services.jobs import plain_thread, run_now
from studio_app.services.paths import user_paths
from studio_app.services.settings import SettingsStore


def add(commands: Any) -> None:
    """The command's words."""
    parser = commands.add_parser(
        "hardware",
        help="video devices: what was found, tried and why not",
        description=f"Tries each device with a small film. {FORCED}=auto, software or a device's name forces the choice.",
    )
    parser.add_argument("--again", action="store_true", help="try anew what was tried before")
    parser.add_argument("--json", action="store_true", help=JSON_HELP)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace, console: Console) -> int:
    """Try and tell."""
    paths = user_paths()
    hardware = Hardware(SettingsStore(paths.settings_file), paths.cache, run_now, plain_thread)
    hardware.look(again=True) if options.again else hardware.look()
    while hardware.is_trying:
        console.check()
        hardware.wait(0.1)
    for device in hardware.devices:
        trial = hardware.trials.get(device.id)
        if trial is not None:
            console.say(f"{device.id}: {device.name}. {told(trial)}", device=device.id, trial=asdict(trial))
    used = hardware.decoding.device
    drawing = renderer() if is_worth_it() else ""
    console.result(
        {"event": "done", "decoding": used.id if used else "software", "drawing": drawing or "processor"},
        f"Decoding: {name_of(used)}.\nDrawing of made films: {drawing or 'processor'}.",
    )
    return 0

"""starcut engines: what can generate, and what it would need."""

from __future__ import annotations

import argparse
from typing import Any

from engines.generate.registry import engine, visible_engines
from studio_app.cli.console import JSON_HELP, Console


def add(commands: Any) -> None:
    """The command's words."""
    parser = commands.add_parser("engines", help="list the engines that generate, and whether they are ready")
    parser.add_argument("--json", action="store_true", help=JSON_HELP)
    parser.set_defaults(run=run)


def run(_options: argparse.Namespace, console: Console) -> int:
    """Print the list."""
    rows = []
    for one in map(engine, visible_engines()):
        missing = one.available()
        rows.append(
            {"id": one.id, "label": one.label, "version": one.version, "ready": missing is None, "missing": missing}
        )
    lines = [f"{row['id']:<12} {row['label']:<12} {'ready' if row['ready'] else row['missing']}" for row in rows]
    console.result({"engines": rows}, "\n".join(lines))
    return 0

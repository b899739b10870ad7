"""starcut analyze FILE: what a film, a sound or a picture is, in figures."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from engines.analyse import Analysis, analyse
from engines.analyse.base import Figures
from engines.analyse.quality import judge
from engines.analyse.registry import measures
from engines.analyse.store import analysed
from engines.errors import MediaError
from engines.media.probe import probe
from studio_app.cli.console import JSON_HELP, Console, Piece
from studio_app.services.cache_budget import CacheBudget
from studio_app.services.jobs import plain_thread, run_now
from studio_app.services.paths import user_paths
from studio_app.services.settings import SettingsStore
from timeline.media import Media

_MOST_CUTS = 12


def add(commands: Any) -> None:
    """The command's words."""
    parser = commands.add_parser(
        "analyze",
        aliases=["analyse"],
        help="measure a film, a sound or a picture: colour, motion, cuts, loudness, tempo",
    )
    parser.add_argument("file", metavar="FILE", nargs="?", default="", help="a film, a sound, a picture")
    parser.add_argument("--measures", default="", metavar="NAMES", help="only these, with commas between (all)")
    parser.add_argument("--again", action="store_true", help="measure anew, also where the figures are known")
    parser.add_argument("--list", action="store_true", help="tell what is measured, and in what units")
    parser.add_argument("--json", action="store_true", help=JSON_HELP)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace, console: Console) -> int:
    """Measure the file and tell the figures."""
    if options.list:
        console.result(_described(), _described_text())
        return 0
    if not options.file:
        raise MediaError("Which file? Name a film, a sound or a picture.")
    if not Path(options.file).exists():
        raise MediaError(f"“{Path(options.file).name}” was not found.", options.file)
    found = _measured(probe(options.file), options, console)
    quality = judge(found)
    console.close()
    console.result(
        {**found.as_plain(), "file": options.file, "quality": quality.as_plain()}, text_of(found, quality.sentence)
    )
    return 0


def _measured(media: Media, options: argparse.Namespace, console: Console) -> Analysis:
    job = Piece(media.name or Path(media.path).name, console)
    if names := [one.strip() for one in options.measures.split(",") if one.strip()]:
        known = measures().classes
        if wrong := [one for one in names if one not in known]:
            raise MediaError(f"There is no measure {wrong[0]!r}; choose {', '.join(known)}.")
        return analyse(media, job, names)
    paths = user_paths()
    if options.again:
        return analyse(media, job)
    found = analysed(media, paths.cache, job)
    budget = SettingsStore(paths.settings_file).values.cache_gb << 30
    CacheBudget(paths.cache, lambda: budget, run_now, plain_thread).tidy()
    return found


def text_of(found: Analysis, quality: str = "") -> str:
    """The figures for people: a block for each measure, without what is one figure for each moment."""
    lines = [", ".join(_facts(found))]
    if found.pictures and not found.whole:
        lines.append(f"  It is long: {found.looked_at} of about {found.pictures} pictures were looked at.")
    for name, figures in found.figures.items():
        lines.append(measures().classes[name].label)
        lines += [f"  {field.replace('_', ' '):20} {text}" for field, text in _rows(figures)]
    lines += [f"Note: {note}" for note in found.notes]
    return "\n".join([*lines, f"Check: {quality}"] if quality else lines)


def _facts(found: Analysis) -> list[str]:
    facts = [found.name]
    if found.width:
        facts.append(f"{found.width}x{found.height}")
    if found.rate:
        facts.append(f"{found.rate:.5g} fps")
    if found.seconds is not None:
        facts.append(f"{found.seconds:.2f} s")
    return facts


def _rows(figures: Figures) -> list[tuple[str, str]]:
    rows = []
    for name, field in type(figures).model_fields.items():
        value = getattr(figures, name)
        extra = field.json_schema_extra
        unit = str(extra.get("unit", "")) if isinstance(extra, dict) else ""
        text = _text(value, unit)
        if text:
            rows.append((name, text))
    return rows


def _text(value: Any, unit: str) -> str:
    if isinstance(value, tuple):
        if value and hasattr(value[0], "colour"):
            return ", ".join(f"{one.colour} {one.share:.0%}" for one in value)
        if value and hasattr(value[0], "frame"):
            more = ", ..." if len(value) > _MOST_CUTS else ""
            return ", ".join(f"{one.seconds:.2f} s (frame {one.frame})" for one in value[:_MOST_CUTS]) + more
        return ""
    if isinstance(value, Figures):
        return ""
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = f"{value:.4g}" if isinstance(value, float) else str(value)
    return f"{text} {unit}".strip()


def _described() -> dict[str, Any]:
    return {
        name: {
            "label": kind.label,
            "figures": {
                one: {
                    "help": field.description,
                    **(extra if isinstance(extra := field.json_schema_extra, dict) else {}),
                }
                for one, field in kind.figures.model_fields.items()
            },
        }
        for name, kind in measures().classes.items()
    }


def _described_text() -> str:
    lines = []
    for name, one in _described().items():
        lines.append(f"{one['label']} ({name})")
        for figure, about in one["figures"].items():
            unit = f" ({about['unit']})" if about.get("unit") else ""
            lines.append(f"  {figure.replace('_', ' '):20} {about['help']}{unit}")
    return "\n".join(lines)

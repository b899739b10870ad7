"""starcut query: clips of the catalogue that are wanted."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from math import inf
from typing import Any

from studio_app.catalogue.catalogue import Catalogue
from studio_app.catalogue.errors import CatalogueError
from studio_app.catalogue.family import families
from studio_app.catalogue.query import SORTS, Found, Query
from studio_app.catalogue.row import Row
from studio_app.catalogue.searching import text_match
from studio_app.cli.console import JSON_HELP, Console
from studio_app.services.paths import user_paths


def add(commands: Any) -> None:
    """The command's words."""
    parser = commands.add_parser("query", help="find clips of the catalogue by genre, pacing, style, tags, words")
    add_filters(parser)
    parser.add_argument("--sort", choices=SORTS, default=None, help="order (newest; with --text the best fit)")
    parser.add_argument("--limit", type=int, default=20, metavar="N", help="so many at most; 0: all (20)")
    parser.add_argument(
        "--spent", action="store_true", help="only what all clips have cost, by engine (--from, --until)"
    )
    parser.add_argument("--json", action="store_true", help=JSON_HELP)
    parser.set_defaults(run=run)


def add_filters(parser: argparse.ArgumentParser) -> None:
    """What a question may ask for; those of one kind are joined by commas, one of them is enough (but for tags)."""
    for family in families().values():
        names = ", ".join(kind.id for kind in family.kinds)
        parser.add_argument(f"--{family.id}", default="", metavar="NAMES", help=f"one or more of {names}")
    parser.add_argument("--own", default="", metavar="NAMES", help="clusters of your own")
    parser.add_argument("--tag", action="append", default=[], metavar="TAG", help="has this tag; may be said again")
    parser.add_argument("--text", default="", metavar="WORDS", help="all these words, in any form")
    parser.add_argument("--rating", type=int, default=0, metavar="N", help="at least so many stars")
    parser.add_argument("--engine", default="", metavar="NAMES", help="made by these engines")
    parser.add_argument("--project", default="", metavar="NAMES", help="of these projects, by name or id")
    use = parser.add_mutually_exclusive_group()
    use.add_argument("--used", action="store_true", default=None, help="shown by some sequence")
    use.add_argument("--unused", action="store_false", dest="used", help="shown by none")
    parser.add_argument("--max-cost", type=float, default=None, metavar="N", help="cost at most so much")
    parser.add_argument("--shortest", type=float, default=None, metavar="S", help="at least so many seconds")
    parser.add_argument("--longest", type=float, default=None, metavar="S", help="at most so many seconds")
    parser.add_argument("--from", dest="made_from", default="", metavar="DATE", help="made since, as 2026-11-21")
    parser.add_argument("--until", dest="made_until", default="", metavar="DATE", help="made before")


def run(options: argparse.Namespace, console: Console) -> int:
    """Ask and tell."""
    catalogue = Catalogue(user_paths().catalogue)
    try:
        query = query_of(options, catalogue)
        if options.spent:
            _tell_spent(console, catalogue.spent(query.made_from, query.made_until))
            return 0
        found = catalogue.find(query)
        tell(console, found, catalogue.rows(found.ids))
    finally:
        catalogue.close()
    return 0


def query_of(options: argparse.Namespace, catalogue: Catalogue, **more: Any) -> Query:
    """The question that the words on the command line are. Raises CatalogueError."""
    if options.limit < 0:
        raise CatalogueError(f"The limit is {options.limit}; it must be 0 (all) or more.")
    if not 0 <= options.rating <= 5:
        raise CatalogueError(f"The rating is {options.rating}; it must be 0 to 5.")
    _check_ranges(options)
    if options.text.strip() and not text_match(options.text):
        raise CatalogueError(f"“{options.text}” has no word in it.")
    if any(not one.strip() for one in options.tag):
        raise CatalogueError("A tag is empty. Name one, or leave --tag out.")
    return Query(
        text=options.text,
        genre=_names(options.genre),
        pacing=_names(options.pacing),
        style=_names(options.style),
        own=_names(options.own, plain=True),
        tags=tuple(options.tag),
        rating=options.rating,
        engine=_names(options.engine, plain=True),
        project=_projects(_names(options.project, plain=True), catalogue.projects()),
        used=options.used,
        most_cost=options.max_cost,
        shortest=options.shortest,
        longest=options.longest,
        made_from=_date(options.made_from),
        made_until=_date(options.made_until),
        sort=getattr(options, "sort", None),
        limit=options.limit or None,
        **more,
    )


def _check_ranges(options: argparse.Namespace) -> None:
    """Raise CatalogueError for numbers that nothing can fit."""
    for name in ("max_cost", "shortest", "longest"):
        value = getattr(options, name)
        if value is not None and not 0 <= value < inf:
            raise CatalogueError(f"--{name.replace('_', '-')} is {value:g}; it must be a number from 0 on.")
    if options.shortest is not None and options.longest is not None and options.shortest > options.longest:
        raise CatalogueError(f"No clip is at least {options.shortest:g} s and at most {options.longest:g} s long.")
    if options.made_from and options.made_until and _date(options.made_from) >= _date(options.made_until):
        raise CatalogueError(f"Nothing is made since {options.made_from} and before {options.made_until}.")


def _date(text: str) -> str:
    """A date, or date and time (ISO 8601). Raises CatalogueError for what is none."""
    if not text:
        return ""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise CatalogueError(f"“{text}” is no date. Write it as 2026-11-21.") from error
    return moment.isoformat() if ":" in text else moment.date().isoformat()


def tell(console: Console, found: Found, rows: Sequence[Row]) -> None:
    """What was found: a row a clip, or all of it as JSON."""
    scores = found.scores or (None,) * len(rows)
    facts = [facts_of(row, score) for row, score in zip(rows, scores, strict=False)]
    console.result({"total": found.total, "clips": facts}, _text(found, rows, scores))


def _tell_spent(console: Console, spent: Mapping[tuple[str, str], float]) -> None:
    """What clips have cost."""
    facts = [{"engine": engine, "currency": currency, "cost": cost} for (engine, currency), cost in spent.items()]
    lines = [f"{engine}: {cost:.2f} {currency}" for (engine, currency), cost in spent.items()]
    console.result({"spent": facts}, "\n".join(lines) or "No clip has cost anything.")


def facts_of(row: Row, score: float | None = None) -> dict[str, Any]:
    """A clip for programs."""
    plain = {name: value for name, value in asdict(row).items() if name not in ("id", "media_ids")}
    plain["projects"] = sorted({project for project, _ in row.media_ids})
    return plain if score is None else {"score": score, **plain}


def _text(found: Found, rows: Sequence[Row], scores: Sequence[float | None]) -> str:
    if not rows:
        return "Nothing matches."
    lines = [f"{len(rows)} of {found.total}" if found.total > len(rows) else f"{found.total} found"]
    for row, score in zip(rows, scores, strict=False):
        sure = ", ".join(f"{one.cluster.partition('.')[2]} {one.confidence:.0%}" for one in row.members)
        lines.append(f"{'' if score is None else f'{score:.2f}  '}{row.name}  {row.seconds:.1f} s  {sure}")
        lines.append(f"      {row.path or 'its file is gone'}")
    return "\n".join(lines)


def _names(text: str, *, plain: bool = False) -> tuple[str, ...]:
    """Names with commas between; `Sci-fi` and `fast paced` are `sci_fi` and `fast_paced`."""
    names = (one.strip() for one in text.split(","))
    return tuple(one if plain else one.lower().replace("-", "_").replace(" ", "_") for one in names if one)


def _projects(names: Sequence[str], known: Mapping[str, str]) -> tuple[str, ...]:
    found = []
    for name in names:
        ids = [key for key, title in known.items() if name in (key, title)]
        if not ids:
            raise CatalogueError(f"There is no project “{name}” in the catalogue.")
        found += ids
    return tuple(found)

"""starcut similar FILE: clips of the catalogue that are like a film, a picture, colours or words; or as unlike as can be."""

from __future__ import annotations

import argparse
from math import inf
from pathlib import Path
from typing import Any

from engines.errors import MediaError
from engines.media.probe import probe
from studio_app.catalogue.catalogue import Catalogue
from studio_app.catalogue.errors import CatalogueError
from studio_app.catalogue.indexing import Indexer
from studio_app.catalogue.query import LEAST, WORDS_LEAST, Like, Query, Weights
from studio_app.cli.console import JSON_HELP, Console, Piece
from studio_app.cli.query import tell
from studio_app.services.paths import user_paths
from timeline.media import MediaKind


def add(commands: Any) -> None:
    """The command's words."""
    parser = commands.add_parser(
        "similar", help="find clips of the catalogue that are like a film, a picture, colours, words"
    )
    parser.add_argument("file", metavar="FILE", nargs="?", default="", help="a film, a sound or a picture")
    parser.add_argument(
        "--palette", default="", metavar="COLOURS", help="#rrggbb or #rrggbb:share, with commas between"
    )
    parser.add_argument("--words", default="", metavar="WORDS", help="what is to be seen")
    for name, of in (
        ("look", "colours and drawing"),
        ("motion", "motion"),
        ("meaning", "what is said"),
        ("sound", "sound"),
    ):
        usual = getattr(Weights(), name)
        parser.add_argument(
            f"--by-{name}", type=float, default=usual, metavar="W", help=f"how much {of} count ({usual:g})"
        )
    parser.add_argument(
        "--threshold",
        type=float,
        default=None,
        metavar="N",
        help=f"least likeness, 0 to 1 ({LEAST:g}; to words alone {WORDS_LEAST:g})",
    )
    parser.add_argument("--unlike", action="store_true", help="the least alike first")
    parser.add_argument("--duplicates", action="store_true", help="pairs of the catalogue that are nearly the same")
    parser.add_argument("--limit", type=int, default=10, metavar="N", help="so many at most; 0: all (10)")
    parser.add_argument("--json", action="store_true", help=JSON_HELP)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace, console: Console) -> int:
    """Compare and tell."""
    paths = user_paths()
    if options.threshold is not None and not 0 <= options.threshold <= 1:
        raise CatalogueError(f"The threshold is {options.threshold:g}; it must be 0 to 1.")
    if options.limit < 0:
        raise CatalogueError(f"The limit is {options.limit}; it must be 0 (all) or more.")
    catalogue = Catalogue(paths.catalogue)
    try:
        if options.duplicates:
            _duplicates(catalogue, options, console)
            return 0
        clips, picture = _of_file(options.file, Indexer(catalogue, paths.cache), console) if options.file else ((), "")
        by = (options.by_look, options.by_motion, options.by_meaning, options.by_sound)
        if not all(0 <= one < inf for one in by):
            raise CatalogueError("A weight is a number from 0 on.")
        usual = WORDS_LEAST if options.words and not (clips or picture or options.palette) else LEAST
        if options.unlike:
            usual = 1.0
        threshold = usual if options.threshold is None else options.threshold
        like = Like(clips, picture, _palette(options.palette), options.words, Weights(*by), threshold, options.unlike)
        found = catalogue.find(Query(like=like, limit=options.limit or None))
        console.close()
        tell(console, found, catalogue.rows(found.ids))
    finally:
        catalogue.close()
    return 0


def _of_file(name: str, indexer: Indexer, console: Console) -> tuple[tuple[str, ...], str]:
    """A film by its content, taken into the catalogue if it is not there; a picture by its looks alone."""
    path = Path(name)
    if not path.is_file():
        raise MediaError(f"“{path.name}” was not found.", name)
    media = probe(path)
    if media.kind is MediaKind.IMAGE:
        return (), name
    indexer.file(path, Piece(path.name, console))
    return (media.content_hash,), ""


def _palette(text: str) -> tuple[tuple[str, float], ...]:
    """`#c03020:2,#101018` as colours with shares. Raises CatalogueError."""
    found = []
    for part in (one.strip() for one in text.split(",") if one.strip()):
        code, _, share = part.partition(":")
        try:
            weight = float(share or 1)
            if len(bytes.fromhex(code.lstrip("#"))) != 3 or not 0 < weight < 1e6:
                raise ValueError
        except ValueError as error:
            raise CatalogueError(f"“{part}” is no colour. Write #rrggbb, or #rrggbb:share.") from error
        found.append((f"#{code.lstrip('#')}", weight))
    return tuple(found)


def _duplicates(catalogue: Catalogue, options: argparse.Namespace, console: Console) -> None:
    pairs = catalogue.near_duplicates(0.97 if options.threshold is None else options.threshold)
    shown = pairs[: options.limit or None]
    names = {row.id: row for row in catalogue.rows({one for pair in shown for one in pair[:2]})}
    facts = [{"score": round(score, 4), "clips": [names[a].path, names[b].path]} for a, b, score in shown]
    lines = [f"{score:.3f}  {names[a].name}  {names[b].name}" for a, b, score in shown]
    console.result(
        {"total": len(pairs), "pairs": facts},
        "\n".join([f"{len(pairs)} pairs", *lines]) if pairs else "No two are nearly the same.",
    )

"""starcut map: where each clip of the catalogue stands in the sky, as figures or as a picture."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from studio_app.catalogue.catalogue import Catalogue
from studio_app.catalogue.errors import CatalogueError
from studio_app.catalogue.family import families
from studio_app.catalogue.row import Row
from studio_app.catalogue.sky import Sky, extended, lay_out, silhouette
from studio_app.catalogue.sky_chart import Chart, chart_names, png_of, svg_of
from studio_app.catalogue.sky_file import load_sky, save_sky
from studio_app.cli.console import JSON_HELP, Console
from studio_app.cli.query import add_filters, query_of
from studio_app.cli.target import target_file
from studio_app.services.paths import user_paths
from studio_app.session.sky_catalogue import features_of, stars_of
from studio_app.session.sky_stars import CLASSES, FAMILIES, Family, Mask, Stars
from timeline.atomic import write_atomically

SKY = "sky.npz"
"""Beside the catalogue: the window's map, and that of tomorrow."""


def add(commands: Any) -> None:
    """The command's words."""
    parser = commands.add_parser("map", help="lay the clips of the catalogue out as a sky: figures, SVG or PNG")
    parser.add_argument(
        "-o", "--output", default="", metavar="FILE", help=".json, .svg or .png (figures to the terminal)"
    )
    parser.add_argument("--colour-by", default="genre", choices=FAMILIES, help="which family colours stars (genre)")
    parser.add_argument("--anew", action="store_true", help="lay it out anew: stars move")
    add_filters(parser)
    parser.add_argument("--json", action="store_true", help=JSON_HELP)
    parser.set_defaults(run=run, limit=0)


def run(options: argparse.Namespace, console: Console) -> int:
    """Lay out what is new, keep it, and tell or draw it."""
    target = target_file(options.output, (".json", ".svg", ".png")) if options.output else None
    folder = user_paths().catalogue
    catalogue = Catalogue(folder)
    try:
        stars = stars_of(catalogue)
        if not len(stars):
            raise CatalogueError("The catalogue is empty. Take clips in: starcut index FOLDER.")
        sky = _sky(catalogue, stars, folder / SKY, console, anew=options.anew)
        chosen = np.isin(stars.ids, catalogue.find(query_of(options, catalogue)).ids)
        rows = catalogue.rows(stars.ids[chosen].tolist()) if target is None or target.suffix.lower() == ".json" else ()
    finally:
        catalogue.close()
    family: Family = options.colour_by
    kinds = stars.codes[family].astype(np.int64)
    sorted_ones = kinds >= 0
    told = silhouette(sky.places[sorted_ones], kinds[sorted_ones]) if len(set(kinds[sorted_ones].tolist())) > 1 else 0.0
    facts = _facts(stars, sky, chosen, rows, told) | {"coloured_by": family}
    if target is not None:
        is_plain = target.suffix.lower() == ".json"
        drawn = json.dumps(facts, indent=1).encode() + b"\n" if is_plain else _drawn(target, stars, sky, chosen, family)
        write_atomically(target, drawn)
    shown = (
        f"{int(chosen.sum())} of {len(stars)} clips; by {family} they stand apart by {told:.2f} (silhouette, -1 to 1)"
    )
    console.result(
        facts if target is None else {"event": "done", "file": str(target), "silhouette": told},
        f"{target}: {shown}" if target else shown,
    )
    return 0


def _sky(catalogue: Catalogue, stars: Stars, file: Path, console: Console, *, anew: bool) -> Sky:
    """The map that was kept, with new stars placed among the old; a new one where there is none, or it knew too little."""
    rows = features_of(catalogue, stars)
    kept = None if anew else load_sky(file)
    fits = kept is not None and kept.landmarks.takes(rows.shape[1], stars.classes.shape[1])
    if kept is not None and fits and not kept.has_outgrown(len(stars)):
        sky = extended(kept, stars.hashes, rows, stars.classes, check=console.check)
    else:
        sky = lay_out(stars.hashes, rows, stars.classes, check=console.check)
    save_sky(file, sky)
    return sky


def _facts(stars: Stars, sky: Sky, chosen: Mask, rows: Sequence[Row], told: float) -> dict[str, Any]:
    """For programs: where each clip stands, what it is, and which came of which (`edges`: parent and child, by content)."""
    known = {row.id: row for row in rows}
    clips = [
        _star(stars, sky, row, known[int(stars.ids[row])])
        for row in np.nonzero(chosen)[0].tolist()
        if int(stars.ids[row]) in known
    ]
    edges = [[stars.hashes[one], stars.hashes[other]] for one, other in stars.parents if chosen[one] and chosen[other]]
    return {"total": len(stars), "silhouette": round(told, 4), "clips": clips, "edges": edges}


def _star(stars: Stars, sky: Sky, row: int, data: Row) -> dict[str, Any]:
    classes: dict[str, str | None] = {
        family: CLASSES[family][codes[row]] if codes[row] >= 0 else None for family, codes in stars.codes.items()
    }
    return {
        "content_hash": data.content_hash,
        "name": data.name,
        "path": data.path,
        "x": round(float(sky.places[row, 0]), 4),
        "y": round(float(sky.places[row, 1]), 4),
        **classes,
        "colour": "#{:02x}{:02x}{:02x}".format(*stars.colours[row].tolist()),
        "rating": data.rating,
        "used": data.used,
        "quality": data.quality,
        "generation": data.generation,
    }


def _drawn(target: Path, stars: Stars, sky: Sky, chosen: Mask, family: Family) -> bytes:
    at = np.cumsum(chosen) - 1
    lines = [(int(at[one]), int(at[other])) for one, other in stars.parents if chosen[one] and chosen[other]]
    known = families()[family]
    titles = [kind.title for name in CLASSES[family] if (kind := known.kind(name)) is not None]
    places, kinds = sky.places[chosen], stars.codes[family][chosen].astype(np.int64)
    largest = min(1.0, 60 / max(1, len(stars)) ** 0.5)
    sizes = (2.0 + 0.8 * stars.ratings[chosen] * largest).astype(np.float32)
    chart = Chart(places, kinds, sizes, chart_names(places, kinds, titles), lines)
    return svg_of(chart).encode() if target.suffix.lower() == ".svg" else png_of(chart)

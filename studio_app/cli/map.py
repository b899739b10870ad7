"""starcut map: where each clip of the catalogue stands in the sky, as figures or as a picture."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import numpy as np

from studio_app.catalogue.catalogue import Catalogue
from studio_app.catalogue.errors import CatalogueError
from studio_app.catalogue.family import families
from studio_app.catalogue.query import Weights
from studio_app.catalogue.sky import Sky, extended, lay_out, silhouette
from studio_app.catalogue.sky_chart import Chart, chart_names, png_of, svg_of
from studio_app.catalogue.sky_file import load_sky, save_sky
from studio_app.catalogue.stars import Stars
from studio_app.cli.console import JSON_HELP, Console
from studio_app.cli.query import add_filters, query_of
from studio_app.cli.target import target_file
from studio_app.services.paths import user_paths
from timeline.atomic import write_atomically

SKY = "sky-map.npz"
"""Beside the catalogue: the map of today is the map of tomorrow."""
_LAID_BY = Weights()


def add(commands: Any) -> None:
    """The command's words."""
    parser = commands.add_parser("map", help="lay the clips of the catalogue out as a sky: figures, SVG or PNG")
    parser.add_argument(
        "-o", "--output", default="", metavar="FILE", help=".json, .svg or .png (figures to the terminal)"
    )
    parser.add_argument(
        "--colour-by", default="genre", choices=tuple(families()), help="which family colours stars (genre)"
    )
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
        stars = catalogue.stars()
        if not stars.size:
            raise CatalogueError("The catalogue is empty. Take clips in: starcut index FOLDER.")
        sky = _sky(catalogue, stars, folder / SKY, console, anew=options.anew)
        chosen = np.isin(stars.ids, catalogue.find(query_of(options, catalogue)).ids)
        edges = np.searchsorted(stars.ids, catalogue.edges())
    finally:
        catalogue.close()
    family = options.colour_by
    kinds = getattr(stars, family)
    told = silhouette(sky.places[kinds >= 0], kinds[kinds >= 0]) if len(set(kinds[kinds >= 0].tolist())) > 1 else 0.0
    facts = _facts(stars, sky, chosen, kinds, family, told)
    if target is not None:
        write_atomically(target, _drawn(target, stars, sky, chosen, kinds, family, edges, facts))
    shown = f"{int(chosen.sum())} of {stars.size} clips; {family}s stand apart by {told:.2f} (silhouette, -1 to 1)"
    console.result(
        facts if target is None else {"event": "done", "file": str(target), "silhouette": told},
        f"{target}: {shown}" if target else shown,
    )
    return 0


def _sky(catalogue: Catalogue, stars: Stars, file: Path, console: Console, *, anew: bool) -> Sky:
    """The map that was kept, with new stars placed among the old; a new one where there is none, or it knew too little."""
    features = catalogue.features()
    joined = features.joined(_LAID_BY)
    rows = np.zeros((stars.size, joined.shape[1]), np.float32)
    rows[np.searchsorted(stars.ids, features.ids)] = joined
    classes = catalogue.confidences("genre")[1]
    kept = None if anew else load_sky(file)
    if kept is not None and kept.landmarks.takes(rows.shape[1], classes.shape[1]) and not kept.has_outgrown(stars.size):
        sky = extended(kept, stars.hashes, rows, classes, check=console.check)
    else:
        sky = lay_out(stars.hashes, rows, classes, check=console.check)
    save_sky(file, sky)
    return sky


def _facts(stars: Stars, sky: Sky, chosen: Any, kinds: Any, family: str, told: float) -> dict[str, Any]:
    names = [kind.id for kind in families()[family].kinds]
    clips = [
        {
            "content_hash": stars.hashes[row],
            "x": round(float(sky.places[row, 0]), 4),
            "y": round(float(sky.places[row, 1]), 4),
            family: names[kinds[row]] if kinds[row] >= 0 else None,
            "colour": "#{:02x}{:02x}{:02x}".format(*stars.colour[row].tolist()),
        }
        for row in np.nonzero(chosen)[0].tolist()
    ]
    return {"total": stars.size, "coloured_by": family, "silhouette": round(told, 4), "clips": clips}


def _drawn(
    target: Path, stars: Stars, sky: Sky, chosen: Any, kinds: Any, family: str, edges: Any, facts: dict[str, Any]
) -> bytes:
    if target.suffix.lower() == ".json":
        return (json.dumps(facts, indent=1) + "\n").encode()
    at = np.cumsum(chosen) - 1
    lines = [(int(at[one]), int(at[other])) for one, other in edges if chosen[one] and chosen[other]]
    titles = [kind.title for kind in families()[family].kinds]
    places, mine = sky.places[chosen], kinds[chosen]
    sizes = (1.6 + 0.7 * stars.rating[chosen] * min(1.0, 60 / max(1, stars.size) ** 0.5)).astype(np.float32)
    chart = Chart(places, mine, sizes, chart_names(places, mine, titles), lines)
    return svg_of(chart).encode() if target.suffix.lower() == ".svg" else png_of(chart)

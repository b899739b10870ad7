"""starcut lineage FILE: what was made of what, as words, JSON, a drawing or GraphML; and a take made again from its recipe."""

from __future__ import annotations

import argparse
import base64
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

from engines.errors import MediaError
from engines.media.thumbnail import thumbnail
from studio_app.catalogue.catalogue import Catalogue
from studio_app.catalogue.errors import CatalogueError
from studio_app.cli.console import JSON_HELP, Console, Piece
from studio_app.cli.target import inputs_of, target_file
from studio_app.planning.lineage_words import made_by
from studio_app.planning.rebuilding import rebuild
from studio_app.planning.recipe_family import family_of
from studio_app.planning.whose_film import project_of
from studio_app.services.paths import user_paths
from studio_app.services.settings import SettingsStore
from timeline.atomic import write_atomically
from timeline.errors import ProjectFileError
from timeline.library_lineage import lineage_of
from timeline.lineage import DEPTH, LineageGraph, LineageNode
from timeline.lineage_files import as_graphml, as_plain
from timeline.lineage_svg import as_svg
from timeline.project import Saved
from timeline.project_file import SUFFIX, is_there, load

_PICTURE = (176, 100)
"""Twice the size it is drawn at."""


def add(commands: Any) -> None:
    """The command's words."""
    parser = commands.add_parser("lineage", help="tell what was made of what, and make a take again")
    parser.add_argument("file", metavar="FILE", help="a .starcut file, or a film of one")
    parser.add_argument(
        "--of", default="", metavar="CLIP", help="only this clip's ancestors and descendants: a name or an id"
    )
    parser.add_argument(
        "--depth", type=int, default=DEPTH, metavar="N", help=f"so many generations away from it ({DEPTH})"
    )
    parser.add_argument("--svg", default="", metavar="FILE", help="draw it, with a picture of each clip (.svg)")
    parser.add_argument("--graphml", default="", metavar="FILE", help="write it for graph programs (.graphml)")
    parser.add_argument("--pictures", action="store_true", help="with --json: small pictures as data addresses")
    parser.add_argument(
        "--rebuild", default="", metavar="CLIP", help="make this take again from its recipe alone: a name or an id"
    )
    parser.add_argument("-o", "--output", default="", metavar="FILE", help="where the rebuilt film goes (.mp4)")
    parser.add_argument("--json", action="store_true", help=JSON_HELP)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace, console: Console) -> int:
    """Tell, draw, write, or rebuild."""
    path, saved, current = _opened(Path(options.file))
    missing = [one.id for one in saved.library.media.values() if not is_there(one.path, one.kind)]
    graph = lineage_of(saved.library, saved.project, missing)
    if options.rebuild:
        return _rebuild(_named(graph, options.rebuild), path, saved, options, console)
    if options.of:
        current = _named(graph, options.of).id
    if current is not None:
        graph = graph.around(current, max(0, options.depth))
    pictures = _pictures(graph, saved) if options.svg or options.pictures else {}
    if options.svg:
        drawing = as_svg(graph, current, lambda node: ", ".join(made_by(node)), pictures)
        _write(options.svg, ".svg", drawing, saved, path)
    if options.graphml:
        _write(options.graphml, ".graphml", as_graphml(graph, current), saved, path)
    data = {key: "data:image/jpeg;base64," + base64.b64encode(one).decode() for key, one in pictures.items()}
    plain = as_plain(graph, current, data if options.pictures else None)
    console.result({"project": str(path), **plain}, _text(saved.project.name, graph))
    return 0


def _opened(file: Path) -> tuple[Path, Saved, str | None]:
    """The project, and the media id of the film that was named, if one was."""
    if file.suffix.lower() == SUFFIX or not file.is_file():
        return file, load(file), None
    found = project_of(file, _seen_projects())
    if found is not None:
        return found
    own = family_of(file)
    if own is None:
        raise ProjectFileError(f"No project knows how “{file.name}” was made. Name the project, film{SUFFIX}.")
    return file, *own


def _seen_projects() -> list[Path]:
    """Where the projects lie that were opened lately or taken into the catalogue."""
    paths = user_paths()
    seen = [one.path for one in SettingsStore(paths.settings_file).values.recent]
    if paths.catalogue.is_dir():
        with suppress(CatalogueError):  # a catalogue that cannot be read knows nothing
            catalogue = Catalogue(paths.catalogue)
            try:
                seen += sorted(catalogue.project_paths())
            finally:
                catalogue.close()
    return [Path(one) for one in seen if one]


def _named(graph: LineageGraph, name: str) -> LineageNode:
    """A clip by its id, its take's id or its name. Raises ProjectFileError."""
    by_id = [node for key, node in graph.nodes.items() if name in (key, node.take_id)]
    found = by_id or [node for node in graph.nodes.values() if node.label.casefold() == name.casefold()]
    if len(found) == 1:
        return found[0]
    if found:
        ids = ", ".join(node.id for node in found)
        raise ProjectFileError(f"{len(found)} clips are called “{name}”. Name one by its id: {ids}.")
    made = ", ".join(node.label for node in graph.nodes.values() if node.kind == "take" and node.label)
    raise ProjectFileError(
        f"There is no clip “{name}” in this project. {f'Made here: {made}.' if made else ''}".strip()
    )


def _rebuild(node: LineageNode, path: Path, saved: Saved, options: argparse.Namespace, console: Console) -> int:
    target = target_file(options.output or "rebuilt.mp4", (".mp4",), inputs_of(saved, path))
    made = rebuild(node.id, saved.library, target, Piece(target.name, console), keep_in=user_paths().plates)
    console.progress(target.name, 1.0)
    console.close()
    for note in made.notes:
        console.say(note)
    same = "the very file it was" if made.is_same else "made again"
    facts = {"event": "done", "file": str(target), "same_file": made.is_same, "notes": list(made.notes)}
    console.result(facts, f"{target}: “{node.label}”, {same}.")
    return 0


def _pictures(graph: LineageGraph, saved: Saved) -> dict[str, bytes]:
    """A small JPEG of each clip that has a picture and is there."""
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        for key, node in graph.nodes.items():
            media = saved.library.media.get(key)
            if media is None or not node.is_present or not media.has_video:
                continue
            try:
                found[key] = thumbnail(media, media.poster, _PICTURE, Path(folder)).read_bytes()
            except MediaError:  # a file that cannot be read has no picture
                continue
    return found


def _write(name: str, suffix: str, text: str, saved: Saved, path: Path) -> None:
    write_atomically(target_file(name, (suffix,), inputs_of(saved, path)).resolve(), text.encode())


def _text(name: str, graph: LineageGraph) -> str:
    """The families for people, one clip a line, indented by generation."""
    kin = graph.families()
    alone = len(graph.nodes) - sum(map(len, kin))
    families = "1 family" if len(kin) == 1 else f"{len(kin)} families"
    lines = [f"{name}: {len(graph.nodes)} clips, {families}" + (f", {alone} without kin" if alone and kin else "")]
    for family in kin or (frozenset(graph.nodes),):
        lines += ["", *(_line(graph, graph.nodes[key]) for key in graph.in_order(family))]
    for source, target in graph.refused:
        lines += [
            "",
            f"Left out: {graph.nodes[target].label} would be made of {graph.nodes[source].label}, its descendant.",
        ]
    return "\n".join(lines)


def _line(graph: LineageGraph, node: LineageNode) -> str:
    parents = ", ".join(graph.nodes[one].label for one in graph.parents(node.id))
    marks = [
        f"of {parents}" if parents else "",
        "file is gone" if not node.is_present else "",
        "in the cut" if node.is_used else "",
    ]
    words = [node.label or node.id, ", ".join(made_by(node)), *marks]
    return "  " * (node.generation + 1) + "; ".join(one for one in words if one)

"""What the Lineage panel shows, written to a file: a drawing, GraphML or JSON, by the name's ending."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from studio_app.planning.lineage_words import made_by
from timeline.atomic import write_atomically
from timeline.errors import EditRefused, StudioError
from timeline.lineage import LineageGraph, LineageNode
from timeline.lineage_files import as_graphml, as_plain
from timeline.lineage_svg import as_svg

if TYPE_CHECKING:
    from studio_app.session.session import Session

_PICTURE = 224
SUFFIXES = (".svg", ".graphml", ".json")


def write_lineage(session: Session, path: Path) -> None:
    """Write the shown families. Raises StudioError in one sentence; what was at `path` stays then."""
    graph, current = session.lineage.shown, session.lineage.current
    current = current if current in graph.nodes else None
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise EditRefused(f"“{path.name}” does not say what to write. End its name with .svg, .graphml or .json.")
    if suffix == ".svg":
        text = as_svg(graph, current, _words, _pictures(session, graph))
    elif suffix == ".graphml":
        text = as_graphml(graph, current)
    else:
        text = json.dumps(as_plain(graph, current), indent=1, ensure_ascii=False) + "\n"
    try:
        write_atomically(path, text.encode())
    except OSError as error:
        raise StudioError(f"“{path.name}” cannot be written: {error.strerror}. Choose another place.") from error


def _words(node: LineageNode) -> str:
    return ", ".join(made_by(node))


def _pictures(session: Session, graph: LineageGraph) -> dict[str, bytes]:
    """The pictures that the panel shows already; none is waited for."""
    found = {}
    for key in graph.nodes:
        media = session.document.library.media.get(key)
        path = session.thumbnails.get(media, media.poster, _PICTURE) if media is not None and media.has_video else None
        if path is not None:
            with suppress(OSError):
                found[key] = path.read_bytes()
    return found

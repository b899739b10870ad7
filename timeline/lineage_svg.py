"""A family as a drawing: SVG, left to right by generation, in the colours of the theme."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable, Mapping
from functools import cache
from itertools import pairwise
from textwrap import wrap
from typing import Any
from xml.sax.saxutils import escape

import resources
from timeline.lineage import LineageGraph, LineageNode
from timeline.lineage_layout import NODE, LineageLayout, Spot, laid_out, line_of, place_of, size_of

PICTURE = (88.0, 50.0)
INSET = 5.0
"""Round the picture, within the node."""
_NAME_LETTERS, _WORD_LETTERS = 12, 15
"""So many fit beside the picture in a line of the name and of what is below it, in any usual face."""
_NAME_LINE, _WORD_LINE = 15, 13
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def as_svg(
    graph: LineageGraph,
    current: str | None = None,
    words: Callable[[LineageNode], str] = lambda node: node.method,
    pictures: Mapping[str, bytes] | None = None,
) -> str:
    """The drawing as text. `words` are a node's second line; `pictures` are JPEG files, embedded as they are."""
    layout = laid_out(graph)
    width, height = size_of(layout)
    lit = graph.lit
    edges = sorted(graph.edges, key=lambda edge: edge.target in lit)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}" height="{height:g}" viewBox="0 0 {width:g} {height:g}" '
        'font-family="Inter, Segoe UI, Helvetica, Arial, sans-serif">',
        "<title>Lineage</title>",
        f'<rect width="{width:g}" height="{height:g}" fill="{_colour("surface.panel")}"/>',
        *(_edge(layout, edge.source, edge.target, edge.target in lit) for edge in edges),
        *(
            _node(node, layout.places[key], words(node), key == current, key in lit, (pictures or {}).get(key))
            for key, node in graph.nodes.items()
        ),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _edge(layout: LineageLayout, source: str, target: str, is_lit: bool) -> str:
    points = line_of(layout, source, target)
    path = [f"M{points[0][0]:.1f} {points[0][1]:.1f}"]
    for (x, y), (to_x, to_y) in pairwise(points):
        half = (x + to_x) / 2
        path.append(f"C{half:.1f} {y:.1f} {half:.1f} {to_y:.1f} {to_x:.1f} {to_y:.1f}")
    colour, thick = (_colour("accent.default"), 2) if is_lit else (_colour("border.strong"), 1.2)
    return f'<path d="{"".join(path)}" fill="none" stroke="{colour}" stroke-width="{thick}"/>'


def _node(node: LineageNode, spot: Spot, words: str, is_current: bool, is_lit: bool, picture: bytes | None) -> str:
    x, y = place_of(spot)
    edge = _colour("accent.default" if is_current else "border.default")
    dim = "" if node.is_present else ' opacity="0.55"'
    said = words if node.is_present else "File is gone"
    text_x = x + INSET + PICTURE[0] + 8
    name = node.label or "Unknown clip"
    tip = "\n".join(one for one in (name, words, node.created) if one)
    parts = [
        f"<g{dim}><title>{_text(tip)}</title>",
        f'<rect x="{x:g}" y="{y:g}" width="{NODE[0]:g}" height="{NODE[1]:g}" rx="4" fill="{_colour("surface.raised")}" '
        f'stroke="{edge}" stroke-width="{2 if is_current else 1}"/>',
        _picture(x + INSET, y + INSET, picture),
        *_rows(text_x, y, name, said, "600" if is_lit else "500"),
        "</g>",
    ]
    return "".join(parts)


def _picture(x: float, y: float, picture: bytes | None) -> str:
    place = f'x="{x:g}" y="{y:g}" width="{PICTURE[0]:g}" height="{PICTURE[1]:g}"'
    if picture is None:
        return f'<rect {place} rx="2" fill="{_colour("surface.inset")}"/>'
    data = "data:image/jpeg;base64," + base64.b64encode(picture).decode()
    return f'<image {place} preserveAspectRatio="xMidYMid slice" href="{data}"/>'


def _rows(x: float, y: float, name: str, words: str, weight: str) -> list[str]:
    """The name and what is below it, two lines each at most, in the middle of the node's height."""
    names, said = _wrapped(name, _NAME_LETTERS), _wrapped(words, _WORD_LETTERS)
    at = y + (NODE[1] - len(names) * _NAME_LINE - len(said) * _WORD_LINE) / 2 - 3
    rows = []
    for line in names:
        at += _NAME_LINE
        rows.append(_line(x, at, line, 12, "text.primary", weight))
    for line in said:
        at += _WORD_LINE
        rows.append(_line(x, at, line, 11, "text.muted", "400"))
    return rows


def _wrapped(text: str, most: int) -> list[str]:
    lines = wrap(text, most)
    return [lines[0], lines[1][: most - 1].rstrip(" ,") + "…"] if len(lines) > 2 else lines


def _line(x: float, y: float, text: str, size: int, colour: str, weight: str) -> str:
    face = f'font-size="{size}" font-weight="{weight}" fill="{_colour(colour)}"'
    return f'<text x="{x:g}" y="{y:g}" {face}>{_text(text)}</text>'


def _text(text: str) -> str:
    return escape(_NOT_XML.sub("�", text))


@cache
def _colour(path: str) -> str:
    value: Any = json.loads(resources.read_text("themes/tokens.json"))["color"]
    for name in path.split("."):
        value = value[name]
    return str(value["value"])

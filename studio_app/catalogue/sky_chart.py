"""The map of the sky as a picture file, for those without the window: SVG, or PNG."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

import cv2
import numpy as np
from numpy.typing import NDArray

from studio_app.catalogue.sky import HEIGHT, WIDTH

GROUND, INK = "#0b0b0d", "#d8d8dc"
COLOURS = ("#f28b82", "#b197fc", "#f5a3d0", "#9aa5b1", "#74a9f7", "#7bc99a")
"""Of the kinds of a family, in their order."""
UNSORTED = "#8a8a90"
_TALL = 1000
Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Chart:
    """Stars by place (map units), kind (-1: none) and size in pixels, the names of groups and where they stand, lines by rows."""

    places: Floats
    kinds: NDArray[np.int64]
    sizes: Floats
    names: Mapping[str, tuple[int, float, float]]
    lines: Sequence[tuple[int, int]] = ()


def chart_names(places: Floats, kinds: NDArray[np.int64], titles: Sequence[str]) -> dict[str, tuple[int, float, float]]:
    """Each kind that has stars: its place in the family, and the point above which its name stands."""
    found = {}
    for kind, title in enumerate(titles):
        mine = places[kinds == kind]
        if len(mine):
            x, y = np.median(mine, axis=0)
            top = float(np.quantile(mine[:, 1], 0.08))
            found[title] = (kind, float(x), min(float(y), top))
    return found


def svg_of(chart: Chart) -> str:
    """As drawing."""
    scale = _TALL / HEIGHT
    width = round(WIDTH * scale)
    points = chart.places * scale
    rows = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{_TALL}" viewBox="0 0 {width} {_TALL}">',
        f'<rect width="100%" height="100%" fill="{GROUND}"/>',
    ]
    for one, other in chart.lines:
        (x, y), (a, b) = points[one], points[other]
        rows.append(
            f'<path d="M{x:.1f} {y:.1f}L{a:.1f} {b:.1f}" stroke="{INK}" stroke-opacity=".35" stroke-width=".7"/>'
        )
    for (x, y), kind, size in zip(points, chart.kinds, chart.sizes, strict=True):
        rows.append(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{size:.1f}" fill="{colour_of(int(kind))}" fill-opacity=".8"/>'
        )
    for name, (kind, x, y) in chart.names.items():
        rows.append(
            f'<text x="{x * scale:.0f}" y="{max(24.0, y * scale - 12):.0f}" fill="{colour_of(kind)}" text-anchor="middle" '
            f'font-family="Inter, sans-serif" font-size="22" font-weight="600">{escape(name)}</text>'
        )
    return "\n".join([*rows, "</svg>", ""])


def png_of(chart: Chart) -> bytes:
    """As picture; without the names, which a drawing has."""
    scale = _TALL / HEIGHT
    canvas = np.full((_TALL, round(WIDTH * scale), 3), _bgr(GROUND), np.uint8)
    points = np.rint(chart.places * scale * 16).astype(int)
    line = tuple(one // 2 for one in _bgr(INK))
    for one, other in chart.lines:
        cv2.line(canvas, points[one].tolist(), points[other].tolist(), line, 1, cv2.LINE_AA, 4)
    for point, kind, size in zip(points, chart.kinds, chart.sizes, strict=True):
        cv2.circle(canvas, point.tolist(), round(float(size) * 16), _bgr(colour_of(int(kind))), -1, cv2.LINE_AA, 4)
    return bytes(cv2.imencode(".png", canvas)[1].tobytes())


def colour_of(kind: int) -> str:
    """Of a kind; -1: none."""
    return COLOURS[kind % len(COLOURS)] if kind >= 0 else UNSORTED


def _bgr(code: str) -> tuple[int, int, int]:
    red, green, blue = bytes.fromhex(code[1:])
    return (blue, green, red)

"""An open book whose pages turn."""

from __future__ import annotations

import math

import numpy as np

from engines.generate.procedural.draw.sheet import Sheet, across
from engines.generate.procedural.draw.solid import Solid
from engines.generate.procedural.draw.subject_kind import Cycle, How, SubjectKind
from engines.generate.procedural.palette import Colour, colour, lift

_COVER, _PAPER, _INK = colour("A8362E"), colour("FBF5E6"), colour("7A746A")
_LONG, _WIDE = 0.62, 0.86


def _page(solid: Solid, side: float, rise: float, z0: float = 0.0) -> list[np.ndarray]:
    """Rows of spots over half the book; `rise` 0 lies, 1 is on its way over."""
    rows = []
    for t in np.linspace(0, 1, 9):
        angle = rise * math.pi
        x = side * t * _WIDE * math.cos(angle)
        y = (
            -0.1
            - 0.11 * math.sin(math.pi * min(1.0, t * 1.1)) * (1 - 0.5 * math.sin(angle))
            - t * _WIDE * math.sin(angle) * 0.9
        )
        rows.append(solid.view([(x, y - z0, -_LONG), (x, y - z0, _LONG)])[:, :2])
    return rows


def draw(sheet: Sheet, how: How) -> None:
    """One moment of a page going over."""
    if how.variant == "stack":
        _stack(sheet, how)
        return
    cover = how.colour or _COVER
    solid = Solid(how.turn * 0.5 + 0.22, 0.62, 6.0)
    slab = [
        (-_WIDE - 0.06, -0.03, -_LONG - 0.05),
        (_WIDE + 0.06, -0.03, -_LONG - 0.05),
        (_WIDE + 0.06, -0.03, _LONG + 0.05),
        (-_WIDE - 0.06, -0.03, _LONG + 0.05),
    ]
    sheet.fill(solid.view([(x, 0.02, z) for x, _, z in slab])[:, :2], lift(cover, -0.14))
    sheet.fill(solid.view(slab)[:, :2], cover)
    for side in (-1.0, 1.0):
        for k in range(4, -1, -1):
            _sheet_of(sheet, _page(solid, side, 0.0, -0.018 * k), lift(_PAPER, -0.07 if k else 0.0), k == 0, side)
    turning = how.phase * 1.5
    if turning < 1:
        e = turning * turning * (3 - 2 * turning)
        if 0.02 < e < 0.98:
            _sheet_of(sheet, _page(solid, 1.0, e, 0.01), lift(_PAPER, -0.03 if e < 0.5 else 0.0), True, 1.0)


def _sheet_of(sheet: Sheet, rows: list[np.ndarray], tone: Colour, printed: bool, side: float) -> None:
    back, front = np.array([row[0] for row in rows]), np.array([row[1] for row in rows])
    x0, x1 = float(back[0, 0]), float(back[-1, 0])
    shade = across(x0, x1, lift(tone, -0.16), tone, lift(tone, -0.02)) if abs(x1 - x0) > 0.05 else lift(tone, -0.05)
    sheet.fill(np.concatenate([back, front[::-1]]), shade)
    if not printed:
        return
    for k in range(9):
        u = 0.14 + 0.08 * k
        line = back[1:-1] * (1 - u) + front[1:-1] * u
        cut = line if (k * 5 + (2 if side > 0 else 0)) % 4 else line[: len(line) // 2 + 1]
        if k in (2, 3, 4) and side < 0:
            cut = cut[:3]
        sheet.line([(float(x), float(y)) for x, y in cut], 0.016, _INK, 0.55)
    if side < 0 and len(rows) > 6:
        a, b, c, d = (
            back[4] * 0.74 + front[4] * 0.26,
            back[7] * 0.74 + front[7] * 0.26,
            back[7] * 0.5 + front[7] * 0.5,
            back[4] * 0.5 + front[4] * 0.5,
        )
        sheet.fill(np.array([a, b, c, d]), colour("6FA3C0"), 0.85)
        sheet.fill(np.array([d, a * 0.5 + c * 0.5, c]), colour("5A8A52"), 0.85)


def _stack(sheet: Sheet, how: How) -> None:
    tones = (how.colour or _COVER, colour("2F6A8A"), colour("D8A43A"), colour("4A7A52"))
    solid = Solid(0.5 + how.turn, 0.2, 6.0)
    y = 0.0
    for k, tone in enumerate(tones):
        dx, tall = 0.05 * (k % 2) - 0.03 * (k % 3), 0.2 + 0.03 * (k % 2)
        solid.box((-0.62 + dx, y - tall, -0.42), (0.62 + dx, y, 0.42), tone, order=k)
        solid.box((-0.58 + dx, y - tall + 0.035, -0.38), (0.63 + dx, y - 0.035, 0.435), _PAPER, order=k + 0.3)
        y -= tall
    solid.paint(sheet)


SUBJECT = SubjectKind(
    draw=draw,
    box=(-1.2, -1.2, 1.12, 0.66),
    words=("book", "open book", "novel", "bible", "diary", "notebook", "magazine"),
    implies="room",
    size=0.2,
    metres=0.3,
    cycles={"stand": Cycle(32, 4.0)},
    variants={"stack": ("pile of books", "stack of books", "textbook")},
    volume=0.3,
    spread=0.26,
)

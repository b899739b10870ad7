"""A cottage in three-quarter view."""

from __future__ import annotations

from engines.generate.procedural.draw.relight import halo
from engines.generate.procedural.draw.sheet import Sheet
from engines.generate.procedural.draw.solid import Solid
from engines.generate.procedural.draw.subject_kind import Cycle, How, SubjectKind
from engines.generate.procedural.palette import Colour, colour, lift, mix

_WALL, _WOOD, _PANE = colour("F1E6D2"), colour("6A4434"), colour("5C7488")
_ROOFS = tuple(colour(code) for code in "B4483A 7A4A3A 5A5F72 A8653A".split())
_VIEW = 0.62
WIDE, DEEP, EAVES, RIDGE = 0.52, 0.4, -0.47, -0.88
_WINDOWS = ((-0.38, -0.2), (0.2, 0.38))
"""On the long side (it looks along z): from and to, x."""


def draw(sheet: Sheet, how: How) -> None:
    """The house; `colour` paints its walls, the seed chooses its roof."""
    barn = how.variant == "barn"
    wall = how.colour or (colour("A83A30") if barn else _WALL)
    roof = colour("5A4A4A") if barn else _ROOFS[how.seed % len(_ROOFS)]
    if how.variant == "cabin":
        wall, roof = how.colour or colour("8A5A38"), colour("4E4A48")
    solid = Solid(_VIEW + how.turn, 0.2, 5.0)
    middle = (0.0, -0.3, 0.0)
    solid.box((-WIDE, EAVES, -DEEP), (WIDE, 0.0, DEEP), wall)
    for x in (-WIDE, WIDE):
        solid.face([(x, EAVES, -DEEP), (x, EAVES, DEEP), (x, RIDGE, 0.0)], wall, middle, order=0.01)
    _roof(solid, roof, how.snowy)
    solid.box(
        (0.14, -1.04, -0.2),
        (0.28, -0.7, -0.06),
        colour("96604E"),
        order=0.9,
        top=colour("F4F8FF") if how.snowy else None,
    )
    z = DEEP + 0.006
    _pane_row(solid, z)
    solid.face(
        [(-0.09, -0.33, z), (0.09, -0.33, z), (0.09, 0.0, z), (-0.09, 0.0, z)], colour("F6F0E4"), middle, order=0.5
    )
    solid.face(
        [(-0.07, -0.31, z), (0.07, -0.31, z), (0.07, 0.0, z), (-0.07, 0.0, z)],
        colour("2F6A72") if not barn else _WOOD,
        middle,
        order=0.51,
    )
    solid.face(
        [(0.035, -0.16, z), (0.05, -0.16, z), (0.05, -0.14, z), (0.035, -0.14, z)], colour("F2D080"), middle, order=0.52
    )
    for x in (WIDE + 0.006, -WIDE - 0.006):
        _window(solid, [(x, y, w) for w, y in ((-0.1, -0.34), (0.1, -0.34), (0.1, -0.14), (-0.1, -0.14))])
        _window(solid, [(x, y, w) for w, y in ((-0.06, -0.66), (0.06, -0.66), (0.06, -0.54), (-0.06, -0.54))])
    solid.box((-0.14, -0.035, DEEP), (0.14, 0.0, DEEP + 0.1), colour("A8A096"), order=0.4)
    solid.paint(sheet)
    for x, r in ((-0.62, 0.1), (-0.47, 0.075), (0.6, 0.09)):
        px, py = solid.spot(x * 0.8, -0.04, DEEP + 0.06)
        green = colour("4E7A42") if not how.snowy else colour("DCE6F0")
        sheet.circle(px, py - r * 0.25, r, lift(green, -0.06), squash=0.72)
        sheet.circle(px - r * 0.25, py - r * 0.45, r * 0.68, green, squash=0.72)


def _roof(solid: Solid, roof: Colour, snowy: bool) -> None:
    out, low, side = 0.07, EAVES + 0.06, 0.025
    top = colour("F4F8FF") if snowy else roof
    for z in (-1, 1):
        solid.face(
            [
                (-WIDE - side, RIDGE, 0),
                (WIDE + side, RIDGE, 0),
                (WIDE + side, low, z * (DEEP + out)),
                (-WIDE - side, low, z * (DEEP + out)),
            ],
            top,
            (0, -0.5, 0),
            order=0.6,
        )
        for k in range(1, 5):
            t = k / 5
            y, w = RIDGE + (low - RIDGE) * t, z * (DEEP + out) * t
            if not snowy:
                solid.face(
                    [
                        (-WIDE - side, y, w),
                        (WIDE + side, y, w),
                        (WIDE + side, y + 0.012, w + z * 0.012),
                        (-WIDE - side, y + 0.012, w + z * 0.012),
                    ],
                    lift(roof, -0.06),
                    (0, 0.4, 0),
                    order=0.62,
                )
    for x in (-WIDE - side, WIDE + side):
        for z in (-1, 1):
            edge = [(x, RIDGE, 0), (x, low, z * (DEEP + out)), (x, low + 0.045, z * (DEEP + out)), (x, RIDGE + 0.05, 0)]
            solid.face(
                edge,
                lift(mix(roof, (0.95, 0.93, 0.9), 0.6), 0.0) if not snowy else colour("DCE6F2"),
                (0, -0.4, 0),
                order=0.64,
            )


def _pane_row(solid: Solid, z: float) -> None:
    for x0, x1 in _WINDOWS:
        _window(solid, [(x0, -0.34, z), (x1, -0.34, z), (x1, -0.15, z), (x0, -0.15, z)])
        for x, k in ((x0, -1), (x1, 1)):
            solid.face(
                [(x, -0.35, z), (x + k * 0.06, -0.35, z), (x + k * 0.06, -0.14, z), (x, -0.14, z)],
                colour("2F6A72"),
                (0, -0.3, 0),
                order=0.5,
            )


def _window(solid: Solid, corners: list[tuple[float, float, float]]) -> None:
    cx, cy, cz = (sum(c[i] for c in corners) / 4 for i in range(3))
    frame = [(cx + (x - cx) * 1.22, cy + (y - cy) * 1.18, cz + (z - cz) * 1.22) for x, y, z in corners]
    solid.face(frame, colour("FBF7EE"), (0, -0.3, 0), order=0.5)
    solid.face(corners, _PANE, (0, -0.3, 0), order=0.51, shine=0.5)
    a, b, c, d = corners
    across = [((a[i] + d[i]) / 2, (b[i] + c[i]) / 2) for i in range(3)]
    bar = 0.009
    solid.face(
        [
            (across[0][0], cy - bar, across[2][0]),
            (across[0][1], cy - bar, across[2][1]),
            (across[0][1], cy + bar, across[2][1]),
            (across[0][0], cy + bar, across[2][0]),
        ],
        colour("FBF7EE"),
        (0, -0.3, 0),
        order=0.52,
    )
    solid.face(
        [
            (cx - bar * (a[0] != b[0]), a[1], cz - bar * (a[2] != b[2])),
            (cx + bar * (a[0] != b[0]), a[1], cz + bar * (a[2] != b[2])),
            (cx + bar * (a[0] != b[0]), d[1], cz + bar * (a[2] != b[2])),
            (cx - bar * (a[0] != b[0]), d[1], cz - bar * (a[2] != b[2])),
        ],
        colour("FBF7EE"),
        (0, -0.3, 0),
        order=0.53,
    )


def lamps(sheet: Sheet, amount: float, how: How) -> None:
    """Lit windows and their light on the wall."""
    warm = colour("FFD88A")
    solid = Solid(_VIEW + how.turn, 0.2, 5.0)
    for x0, x1 in _WINDOWS:
        spots = [(x0, -0.34, DEEP), (x1, -0.34, DEEP), (x1, -0.15, DEEP), (x0, -0.15, DEEP)]
        px, py = solid.spot((x0 + x1) / 2, -0.245, DEEP)
        halo(sheet, px, py, 0.15, warm, 0.5 * amount)
        sheet.fill([solid.spot(*spot) for spot in spots], warm, amount)
    for w, h, y in ((0.1, 0.2, -0.34), (0.06, 0.12, -0.66)):
        x = WIDE if _VIEW + how.turn > 0 else -WIDE
        spots = [(x, y, -w), (x, y, w), (x, y + h, w), (x, y + h, -w)]
        sheet.fill([solid.spot(*spot) for spot in spots], warm, amount * 0.95)


SUBJECT = SubjectKind(
    draw=draw,
    box=(-0.95, -1.16, 0.95, 0.2),
    words=("house", "cottage", "hut", "farmhouse", "chalet", "lodge", "villa", "home building", "shed"),
    implies="meadow",
    size=0.3,
    metres=6.5,
    cycles={"stand": Cycle()},
    variants={"barn": ("barn", "red barn"), "cabin": ("cabin", "log cabin")},
    view=0.62,
    volume=0.3,
    lamps=lamps,
    turns=True,
    spread=0.2,
)

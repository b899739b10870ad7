"""A sailing boat heeling a little, seen from the side and from astern of it."""

from __future__ import annotations

import math

from engines.generate.procedural.draw.relight import halo
from engines.generate.procedural.draw.sheet import Sheet, across, down, rect, smooth, stroke
from engines.generate.procedural.draw.subject_kind import Cycle, How, SubjectKind
from engines.generate.procedural.palette import colour, lift

_SAIL, _JIB = colour("F7F1E4"), colour("E4572E")


def draw(sheet: Sheet, how: How) -> None:
    """One pose: the sails fill and ease; `colour` dyes the jib and the stripe."""
    accent = how.colour or _JIB
    belly = 0.012 * math.sin(2 * math.pi * how.phase)
    if how.variant == "rowing":
        _rowing(sheet, how)
        return
    sheet.fill(rect(-0.008, -1.0, 0.008, -0.14), colour("6A4A32"))
    main = [
        (-0.02, -0.97),
        (-0.16 + belly, -0.66),
        (-0.31 + belly, -0.34),
        (-0.37, -0.21),
        (-0.2, -0.195),
        (-0.02, -0.21),
    ]
    sheet.fill(smooth(main, steps=8), across(-0.37, 0.0, lift(_SAIL, -0.04), _SAIL, lift(_SAIL, -0.1)))
    for y in (-0.75, -0.55, -0.36):
        sheet.fill_many(
            stroke([(-0.02, y + 0.02), (-0.34 - 0.9 * (y + 0.36) * -0.5, y + 0.035)], 0.005),
            lift(_SAIL, -0.2),
            0.0 if y < -0.7 else 0.5,
        )
    jib = [(0.03, -0.93), (0.13 + belly, -0.62), (0.32 + belly, -0.29), (0.41, -0.17), (0.2, -0.185), (0.035, -0.21)]
    sheet.fill(smooth(jib, steps=8), across(0.02, 0.42, accent, lift(accent, -0.02), lift(accent, -0.12)))
    sheet.fill_many(stroke([(-0.38, -0.185), (0.0, -0.185)], 0.016), colour("7A5638"))
    sheet.fill([(0.008, -1.02), (0.1, -0.995), (0.008, -0.965)], accent)
    hull = [
        (-0.42, -0.165),
        (0.0, -0.135),
        (0.3, -0.15),
        (0.47, -0.19),
        (0.36, -0.03),
        (0.25, 0.015),
        (-0.3, 0.015),
        (-0.39, -0.06),
    ]
    sheet.fill(smooth(hull, steps=8), down(-0.19, 0.015, colour("A8623A"), colour("7A3E26"), colour("4A2618")))
    sheet.fill(
        smooth(
            [
                (-0.42, -0.17),
                (0.0, -0.142),
                (0.3, -0.157),
                (0.48, -0.2),
                (0.44, -0.165),
                (0.28, -0.125),
                (0.0, -0.112),
                (-0.415, -0.135),
            ],
            steps=7,
        ),
        colour("F3E6CE"),
    )
    sheet.shade(rect(-0.5, -0.052, 0.5, -0.028), accent, 0.9)
    # The helmsman gives it its size.
    sheet.fill(
        smooth([(-0.3, -0.15), (-0.29, -0.235), (-0.245, -0.26), (-0.2, -0.225), (-0.2, -0.15)], steps=5),
        colour("2F4F72"),
    )
    sheet.circle(-0.245, -0.285, 0.027, colour("DCA783"))
    sheet.fill_many(stroke([(-0.215, -0.21), (-0.17, -0.185)], 0.02), colour("2F4F72"))


def _rowing(sheet: Sheet, how: How) -> None:
    swing = math.sin(2 * math.pi * how.phase)
    hull = [(-0.95, -0.36), (0.0, -0.3), (0.95, -0.38), (0.7, -0.02), (0.3, 0.03), (-0.5, 0.03), (-0.78, -0.05)]
    sheet.fill(smooth(hull, steps=8), down(-0.38, 0.03, colour("9A5E38"), colour("5A301C")))
    sheet.fill(
        smooth([(-0.96, -0.38), (0.0, -0.32), (0.96, -0.4), (0.9, -0.33), (0.0, -0.26), (-0.92, -0.31)], steps=7),
        how.colour or colour("E8D8B8"),
    )
    lean = 0.1 * swing
    sheet.fill(
        smooth([(-0.2, -0.3), (-0.18 + lean, -0.7), (0.0 + lean, -0.78), (0.14 + lean, -0.66), (0.12, -0.3)], steps=6),
        colour("2F5D7C"),
    )
    sheet.circle(0.02 + lean * 1.2, -0.89, 0.105, colour("DCA783"))
    sheet.fill(
        smooth([(-0.09 + lean, -0.92), (0.02 + lean, -1.02), (0.13 + lean, -0.93), (0.02 + lean, -0.95)], steps=5),
        colour("3A2A20"),
    )
    hand = (0.34 + lean, -0.5)
    sheet.fill_many(stroke([(0.02 + lean, -0.68), (0.2 + lean, -0.56), hand], 0.1, 0.06), colour("284F6A"))
    sheet.fill_many(stroke([hand, (-0.5 - 0.25 * swing, 0.0)], 0.035), colour("C89A62"))


def lamps(sheet: Sheet, amount: float, how: How) -> None:
    """A light in the mast."""
    if how.variant != "rowing":
        halo(sheet, 0.0, -1.0, 0.05, colour("FFF4D0"), 0.9 * amount)


SUBJECT = SubjectKind(
    draw=draw,
    box=(-1.12, -1.08, 1.12, 0.08),
    words=("sailboat", "boat", "sailing boat", "yacht", "dinghy", "sail", "fishing boat", "regatta", "schooner"),
    implies="sea",
    ground="floats",
    size=0.24,
    metres=9.0,
    usual="float",
    cycles={"float": Cycle(12, 3.5, 0.0, 0.22)},
    variants={"rowing": ("rowing boat", "rowboat", "canoe", "kayak", "gondola")},
    variant_sizes={"rowing": 0.45},
    volume=0.7,
    lamps=lamps,
    girth=0.95,
    spread=0.15,
)

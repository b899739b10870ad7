"""A film in the few figures that learning goes by, and whether it came out well."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from engines.analyse.analysis import Analysis
from engines.analyse.measures.colour import Colour
from engines.analyse.measures.consistency import Consistency
from engines.analyse.measures.graphics import Graphics
from engines.analyse.measures.motion import Motion

MOST_UNSTEADY = 20.0
"""Levels by which the brightness may vary over a film that came out well."""
LEAST_MOTION, MOST_MOTION = 1.0, 25.0
"""Between them the picture lives: below it is a still, above it nothing can be followed."""
_LEVELS = 255.0
_FELT = 2.5
_MOST_COLOURS = 6


@dataclass(frozen=True)
class Film:
    """Levels are of 255. `motion` is as it is felt, by the root of the speed: 1 hardly any, 2.5 is one percent of
    the width a second, 8 ten, 12 a quick pan, 25 all of the width; `colours` are (#rrggbb, share).

    `drawing`: share of edges, fine detail, change over a pixel, how much those changes agree on a way, share that is not empty.
    """

    brightness: float
    unsteady: float
    contrast: float
    saturation: float
    motion: float
    colours: tuple[tuple[str, float], ...] = ()
    drawing: tuple[float, ...] = ()

    def as_plain(self) -> dict[str, Any]:
        """For a line of the log."""
        return asdict(self)

    @property
    def faults(self) -> tuple[str, ...]:
        """What speaks against it: `unsteady`, `still`, `restless`; nothing where it came out well."""
        found = {
            "unsteady": self.unsteady > MOST_UNSTEADY,
            "still": self.motion < LEAST_MOTION,
            "restless": self.motion > MOST_MOTION,
        }
        return tuple(name for name, is_so in found.items() if is_so)


def film_of(analysis: Analysis) -> Film | None:
    """The figures of an analysis; None where it has no picture, or only one."""
    colour, over = analysis.get(Colour), analysis.get(Consistency)
    motion, graphics = analysis.get(Motion), analysis.get(Graphics)
    if colour is None or over is None or motion is None or graphics is None:
        return None
    g = graphics
    return Film(
        brightness=round(colour.brightness * _LEVELS, 2),
        unsteady=round(over.brightness_std * _LEVELS, 3),
        contrast=round(colour.contrast * _LEVELS, 2),
        saturation=colour.saturation,
        motion=round(_FELT * float(np.sqrt(max(0.0, motion.level) * 100)), 3),
        colours=tuple((one.colour, one.share) for one in colour.swatches[:_MOST_COLOURS]),
        drawing=(g.edge_density, g.texture, g.gradient_strength, g.gradient_order, g.busyness),
    )


def film_from_plain(value: Mapping[str, Any]) -> Film:
    """What `as_plain` gave. Raises KeyError, TypeError or ValueError for anything else."""
    numbers = {name: float(value[name]) for name in ("brightness", "unsteady", "contrast", "saturation", "motion")}
    colours = tuple((str(code), float(share)) for code, share in value["colours"])
    if any(len(code) != 7 or int(code[1:], 16) < 0 for code, _ in colours):
        raise ValueError("no colour")
    return Film(**numbers, colours=colours, drawing=tuple(float(one) for one in value["drawing"]))

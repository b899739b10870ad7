"""What was measured of a clip, as the catalogue keeps it: figures by name, its main colours, its camera."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from engines.analyse.analysis import Analysis
from engines.analyse.measures.colour import Colour
from engines.analyse.measures.motion import Motion
from engines.analyse.quality import judge

_FAULT = 0.25
"""What each fault that was found takes off the quality."""


@dataclass(frozen=True)
class Traits:
    """Figures are named `measure.figure` (`motion.shake`, `cuts.per_minute`), in the units of docs/analysis.md.

    What could not be told is not there. `swatches`: main colours as #rrggbb with their shares, the largest first; `luma`:
    16 shares from dark to light; `camera`: what the camera does, in words. `seconds` None: a still.
    """

    figures: Mapping[str, float] = field(default_factory=dict)
    swatches: tuple[tuple[str, float], ...] = ()
    luma: tuple[float, ...] = ()
    camera: str = ""
    seconds: float | None = None
    quality: float = 1.0

    def get(self, name: str, default: float = 0.0) -> float:
        """A figure, or what stands for one that is not known."""
        return self.figures.get(name, default)

    @property
    def dominant(self) -> str:
        """The colour with the largest share; empty where none was measured."""
        return self.swatches[0][0] if self.swatches else ""

    def as_json(self) -> str:
        """One line, for the catalogue."""
        figures = {name: round(value, 5) for name, value in self.figures.items()}
        plain = [figures, self.swatches, self.luma, self.camera, self.seconds, self.quality]
        return json.dumps(plain, separators=(",", ":"))


def from_json(text: str) -> Traits:
    """What `as_json` gave. Raises ValueError for what is none."""
    try:
        figures, swatches, luma, camera, seconds, quality = json.loads(text)
        pairs = tuple((str(code), float(share)) for code, share in swatches)
        return Traits(dict(figures), pairs, tuple(luma), str(camera), seconds, float(quality))
    except (TypeError, ValueError) as error:
        raise ValueError("These are no traits of a clip.") from error


def traits_of(analysis: Analysis) -> Traits:
    """An analysis in the form of the catalogue: each of its single figures, whatever measure it is of."""
    figures: dict[str, float] = {}
    for measure, found in analysis.figures.items():
        for name in type(found).model_fields:
            value: Any = getattr(found, name)
            if isinstance(value, (int, float)):
                figures[f"{measure}.{name}"] = float(value)
    colour, motion = analysis.get(Colour), analysis.get(Motion)
    return Traits(
        figures,
        tuple((one.colour, one.share) for one in colour.swatches) if colour else (),
        tuple(colour.histograms.luma) if colour else (),
        motion.camera if motion else "",
        analysis.seconds,
        max(0.0, 1 - _FAULT * len(judge(analysis).reasons)),
    )

"""Two looks as one, in seven ways; colours are mixed in OKLab, stop by stop."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from effects.oklab import from_oklab, to_oklab
from engines.errors import EngineError
from engines.generate.procedural.grow.look import STOPS, Look, ordered
from engines.generate.procedural.palette import colour, ramp

Lab = NDArray[np.float64]
"""(STOPS, 3), dark to light."""

_WHITEST = 0.97


def _linear(a: Lab, b: Lab, share: float) -> Lab:
    return a * (1 - share) + b * share


def _average(a: Lab, b: Lab, share: float) -> Lab:
    return (a + b) / 2


def _dominant(a: Lab, b: Lab, share: float) -> Lab:
    """Of each stop the more colourful of the two."""
    return np.where((_chroma(a) * (1 - share) >= _chroma(b) * share)[:, None], a, b)


def _geometric(a: Lab, b: Lab, share: float) -> Lab:
    """Lightness and chroma multiplied, each to its share; the hue lies between."""
    lightness = np.maximum(a[:, 0], 1e-4) ** (1 - share) * np.maximum(b[:, 0], 1e-4) ** share
    chroma = np.maximum(_chroma(a), 1e-4) ** (1 - share) * np.maximum(_chroma(b), 1e-4) ** share
    way = _linear(a, b, share)[:, 1:]
    length = np.maximum(np.hypot(way[:, 0], way[:, 1]), 1e-6)
    return np.column_stack((lightness, way * (chroma / length)[:, None]))


def _additive(a: Lab, b: Lab, share: float) -> Lab:
    """The second laid over the first as light."""
    lightness = np.minimum(_WHITEST, a[:, 0] + b[:, 0] * share * (1 - a[:, 0]))
    return np.column_stack((lightness, a[:, 1:] + b[:, 1:] * share))


def _min_max(a: Lab, b: Lab, share: float) -> Lab:
    """The darker of the two below, the lighter above: all the contrast there is."""
    dark = np.arange(len(a)) < len(a) / 2
    darker = a[:, 0] <= b[:, 0]
    return np.where((darker == dark)[:, None], a, b)


def _alternating(a: Lab, b: Lab, share: float) -> Lab:
    """A stop of one, a stop of the other."""
    return np.where((np.arange(len(a)) % 2 == 0)[:, None], a, b)


MODES: Mapping[str, Callable[[Lab, Lab, float], Lab]] = MappingProxyType(
    {
        "linear": _linear,
        "average": _average,
        "dominant": _dominant,
        "geometric": _geometric,
        "additive": _additive,
        "min_max": _min_max,
        "alternating": _alternating,
    }
)
"""By name. `share` is that of the second look; average, min_max and alternating take no notice of it."""


def blended(a: Look, b: Look, mode: str = "linear", share: float = 0.5) -> Look:
    """One look of two, dark to light. Pace and numbers are mixed by `share`; camera and light are those of the larger part."""
    if mode not in MODES:
        raise EngineError(f"There is no way “{mode[:40]}” to blend looks; choose {', '.join(MODES)}.")
    share = min(max(share, 0.0), 1.0)
    first, second = _stops(a), _stops(b)
    if mode in ("average", "min_max", "alternating"):
        share = 0.5
    mixed = MODES[mode](first, second, share)
    main = b if share > 0.5 else a
    return Look(
        ordered(tuple(_code(one) for one in mixed)),
        round(a.motion * (1 - share) + b.motion * share, 3),
        round(float(a.life ** (1 - share) * b.life**share) if a.life and b.life else 0.0, 3),
        main.camera,
        main.lighting,
        main.finish,
        main.time,
    )


def _stops(look: Look) -> Lab:
    colours = tuple(colour(code.lstrip("#")) for code in look.colours)
    return to_oklab(ramp(colours if len(colours) > 1 else colours * 2, STOPS).astype(np.float64))


def _chroma(lab: Lab) -> NDArray[np.float64]:
    return np.asarray(np.hypot(lab[:, 1], lab[:, 2]))


def _code(lab: Lab) -> str:
    return "#" + "".join(f"{round(float(one) * 255):02x}" for one in from_oklab(lab))

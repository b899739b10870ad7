"""One vector a clip, in named parts of length 1: what two clips have in common is told part by part.

`palette` and `tones` say which colours and how light, `texture` and `composition` how it is drawn, `motion` and `sound` what they
are called, `words` what is said of it (stems, and what the embedded engine's vocabulary makes of them), `meaning` the same by a
text embedding and `picture` by a picture embedding, where such are installed. A part of which nothing is known is 0.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from math import log

import numpy as np
from numpy.typing import NDArray

from effects.oklab import to_oklab
from studio_app.catalogue import words
from studio_app.catalogue.traits import Traits

VERSION = "2"
"""Of the parts: vectors of another version are made anew."""
Vector = NDArray[np.float32]
Parts = Mapping[str, Vector]

_LIGHTS = (0.12, 0.32, 0.52, 0.72, 0.92)
_HUES, _CHROMA = 10, 0.13
_WIDE = 0.07
"""How far a colour reaches among the anchors, in OKLab."""
_STEPS = 16
_Scale = tuple[str, str, float, float]
"""A figure's name, `log` or `lin`, and what counts as its least and most."""

SCALES: Mapping[str, tuple[_Scale, ...]] = {
    "tones": (
        ("colour.brightness", "lin", 0.0, 0.9),
        ("colour.contrast", "lin", 0.02, 0.35),
        ("colour.saturation", "lin", 0.0, 0.8),
        ("colour.warmth", "lin", -0.25, 0.25),
        ("colour.colour_variance", "lin", 0.02, 0.3),
    ),
    "texture": (
        ("graphics.edge_density", "lin", 0.0, 0.3),
        ("graphics.texture", "log", 0.004, 0.12),
        ("graphics.busyness", "lin", 0.0, 0.9),
        ("graphics.gradient_strength", "log", 0.003, 0.1),
        ("graphics.gradient_order", "lin", 0.0, 1.0),
        ("consistency.flicker", "log", 0.0003, 0.01),
    ),
    "composition": (
        ("composition.mass_x", "lin", 0.25, 0.75),
        ("composition.mass_y", "lin", 0.25, 0.75),
        ("composition.balance_x", "lin", -0.4, 0.4),
        ("composition.balance_y", "lin", -0.6, 0.6),
        ("composition.thirds", "lin", 0.5, 2.5),
        ("composition.symmetry", "lin", 0.0, 1.0),
        ("composition.symmetry_down", "lin", 0.0, 1.0),
    ),
    "motion": (
        ("motion.level", "log", 0.003, 0.8),
        ("motion.peak", "log", 0.006, 2.0),
        ("motion.camera_level", "log", 0.003, 0.6),
        ("motion.subject_level", "log", 0.003, 0.6),
        ("motion.shake", "log", 0.001, 0.08),
        ("motion.camera_x", "lin", -0.4, 0.4),
        ("motion.camera_y", "lin", -0.3, 0.3),
        ("motion.camera_zoom", "lin", 0.8, 1.25),
        ("cuts.per_minute", "log", 1.0, 90.0),
    ),
    "sound": (
        ("sound.loudness", "lin", -50.0, -8.0),
        ("sound.speech", "lin", 0.0, 1.0),
        ("sound.music", "lin", 0.0, 1.0),
        ("sound.noise", "lin", 0.0, 1.0),
        ("sound.silence", "lin", 0.0, 1.0),
        ("sound.onset_rate", "log", 0.2, 8.0),
        ("sound.tonality", "lin", 0.0, 1.0),
        ("sound.centroid", "log", 200.0, 6000.0),
    ),
}
_LEADS = {
    "tones": "colour.brightness", "texture": "graphics.texture", "composition": "composition.mass_x",
    "motion": "motion.level", "sound": "sound.speech",
}  # fmt: skip
"""Where this figure is missing nothing was measured of the part."""


def parts_of(traits: Traits | None, text: str) -> dict[str, Vector]:
    """The vector of a clip by what was measured of it and what is said of it."""
    found = {"words": words.vector_of(text)}
    if traits is not None:
        found["palette"] = palette_vector(traits.swatches)
        for part, scales in SCALES.items():
            found[part] = _scalars(traits, scales) if _LEADS[part] in traits.figures else _nothing(2 * len(scales))
        luma = np.sqrt(np.array(traits.luma, np.float32)) if len(traits.luma) == _STEPS else _nothing(_STEPS)
        found["tones"] = _joined(found["tones"], luma)
    return {part: found.get(part, _nothing(width)) for part, width in WIDTHS.items()}


def palette_vector(swatches: Sequence[tuple[str, float]]) -> Vector:
    """Colours (#rrggbb, share) spread over fixed anchors in OKLab; the roots of their shares, so that a product is what both have."""
    usable = [(code, share) for code, share in swatches if share > 0]
    if not usable:
        return _nothing(WIDTHS["palette"])
    shares = np.array([share for _, share in usable])
    weights = _nearness(tuple(code for code, _ in usable))
    return _unit(np.sqrt(shares / shares.sum() @ weights))


def _nearness(codes: tuple[str, ...]) -> NDArray[np.float64]:
    rows = np.array([tuple(bytes.fromhex(code.lstrip("#"))) for code in codes]) / 255
    off = np.sum((to_oklab(rows)[:, None] - _anchors()[None]) ** 2, axis=2)
    reach = np.exp(-off / (2 * _WIDE**2)) + 1e-9
    return np.asarray(reach / reach.sum(axis=1, keepdims=True))


@cache
def _anchors() -> NDArray[np.float64]:
    """Greys, and a ring of hues about each, at five lightnesses."""
    angles = np.arange(_HUES) * 2 * np.pi / _HUES
    ring = np.stack((np.cos(angles), np.sin(angles)), axis=1) * _CHROMA
    rows = [(light, 0.0, 0.0) for light in _LIGHTS]
    rows += [(light, float(a), float(b)) for light in _LIGHTS[1:] for a, b in ring]
    return np.array(rows)


def _scalars(traits: Traits, scales: Sequence[_Scale]) -> Vector:
    """Each figure as a point on half a circle: the product of two vectors is the mean cosine of how far their figures are apart."""
    found = np.zeros(2 * len(scales), np.float32)
    for place, (name, kind, low, high) in enumerate(scales):
        value = traits.figures.get(name)
        if value is None:
            value = 1.0 if name == "motion.camera_zoom" else 0.0
        angle = _share(value, kind, low, high) * np.pi
        found[2 * place], found[2 * place + 1] = np.cos(angle), np.sin(angle)
    return _unit(found)


def _share(value: float, kind: str, low: float, high: float) -> float:
    if kind == "log":
        value, low, high = log(max(value, low)), log(low), log(high)
    return min(1.0, max(0.0, (value - low) / (high - low)))


def _joined(one: Vector, other: Vector) -> Vector:
    """Two as one: the first counts twice."""
    return _unit(np.concatenate((_unit(one) * np.float32(2**0.5), _unit(other))))


def _unit(row: NDArray[np.floating]) -> Vector:
    length = float(np.linalg.norm(row))
    return np.asarray(row / length if length > 0 else row, np.float32)


def _nothing(width: int) -> Vector:
    return np.zeros(width, np.float32)


WIDTHS: Mapping[str, int] = {
    "palette": len(_LIGHTS) + (len(_LIGHTS) - 1) * _HUES,
    "tones": 2 * len(SCALES["tones"]) + _STEPS,
    **{part: 2 * len(SCALES[part]) for part in ("texture", "composition", "motion", "sound")},
    "words": words.WIDTH,
}
"""The parts that are always there, in the order in which they are kept."""


def packed(parts: Parts) -> bytes:
    """The parts in their order, as halves, for the catalogue."""
    return np.concatenate([parts[name] for name in WIDTHS]).astype(np.float16).tobytes()


def unpacked(rows: Sequence[bytes]) -> dict[str, Vector]:
    """(n, d) of each part out of what `packed` gave."""
    whole = np.frombuffer(b"".join(rows), np.float16).reshape(len(rows), sum(WIDTHS.values()))
    found, at = {}, 0
    for name, width in WIDTHS.items():
        found[name] = np.ascontiguousarray(whole[:, at : at + width], np.float32)
        at += width
    return found

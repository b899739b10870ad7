"""Two scenes blended: numbers go from one to the other, palettes mix, words are those of the nearer one; and the way between two."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

from engines.generate.procedural.scene.parts import PaletteUse
from engines.generate.procedural.scene.rules import Number, fields_of
from engines.generate.procedural.scene.spec import SceneSpec

DAY = ("dawn", "morning", "day", "golden_hour", "dusk", "night")
"""The times in the order in which a day brings them."""
_FILM = ("seed", "seconds", "width", "height", "rate", "loop", "keys", "shots", "texts", "beats", "sound")
"""What belongs to the film, not to a moment of it."""


def blend(a: SceneSpec, b: SceneSpec, amount: float) -> SceneSpec:
    """A scene on the way from `a` (0) to `b` (1). Length, size, rate, seed, texts and sound are those of `a`."""
    if amount <= 0 or a == b:
        return a
    if amount >= 1:
        return of_film(b, a)
    mixed: SceneSpec = _mixed(of_film(b, a), a, amount)
    return replace(mixed, palettes=_palettes(a, b, amount))


def of_film(scene: SceneSpec, film: SceneSpec) -> SceneSpec:
    """A scene with what belongs to the film taken from another."""
    return replace(scene, **{name: getattr(film, name) for name in _FILM})


def _mixed(b: Any, a: Any, amount: float) -> Any:
    changes: dict[str, Any] = {}
    for name, ruled in fields_of(type(a)).items():
        first, second = getattr(a, name), getattr(b, name)
        if first == second:
            continue
        if ruled.is_group:
            changes[name] = _mixed(second, first, amount)
        elif isinstance(ruled.rule, Number) and ruled.type is float:
            changes[name] = first + (second - first) * amount
        elif isinstance(ruled.rule, Number) and ruled.type is not Fraction and name not in _FILM:
            changes[name] = round(first + (second - first) * amount)
        elif amount < 0.5:
            changes[name] = first
    return replace(b, **changes)


def _palettes(a: SceneSpec, b: SceneSpec, amount: float) -> tuple[PaletteUse, ...]:
    """Both scenes' palettes with their weights; one that only one of them has is mixed with the other's colours as they are."""
    if a.palettes == b.palettes or not a.palettes or not b.palettes:
        return a.palettes if amount < 0.5 else b.palettes
    weights: dict[tuple[str, tuple[str, ...]], float] = {}
    for uses, share in ((a.palettes, 1 - amount), (b.palettes, amount)):
        whole = sum(use.weight for use in uses) or 1.0
        for use in uses:
            key = (use.name, use.colours)
            weights[key] = weights.get(key, 0.0) + share * use.weight / whole
    return tuple(PaletteUse(name, weight, colours) for (name, colours), weight in weights.items())[:6]


def stations(a: SceneSpec, b: SceneSpec) -> tuple[SceneSpec, ...]:
    """The scenes that a slow change from `a` to `b` passes, both ends too: a day goes by its hours, colours by their mixture."""
    if a.setting != b.setting:
        return (a, b)
    hours = _hours(a.time, b.time)
    if len(hours) > 2:
        steps = len(hours) - 1
        between = [replace(blend(a, b, n / steps), time=hour) for n, hour in enumerate(hours)]
        return (a, *between[1:-1], b)
    if a.palettes and b.palettes and a.palettes != b.palettes:
        return (a, blend(a, b, 0.5), b)
    return (a, b)


def _hours(first: str, last: str) -> tuple[str, ...]:
    """The times from one to another: forwards where that is no longer than half a day, else back."""
    start, end = DAY.index(first), DAY.index(last)
    ahead = (end - start) % len(DAY)
    if ahead <= len(DAY) // 2 or start < end:
        return tuple(DAY[(start + n) % len(DAY)] for n in range(ahead + 1))
    return tuple(DAY[(start - n) % len(DAY)] for n in range((start - end) % len(DAY) + 1))

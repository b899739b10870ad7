"""Where a value of a clip is kept, so that the same value of many clips can be read and set alike. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from timeline.curve import Curve, Value
from timeline.items import Clip, EffectUse, GeneratorSource


class Home(StrEnum):
    """What of a clip holds a value."""

    CLIP = "clip"
    GENERATOR = "generator"
    EFFECT = "effect"


@dataclass(frozen=True)
class ClipValue:
    """One value: a field of the clip (`opacity`), a value of its generator, or one of its `nth` use of an effect.

    `implied`: every clip has this effect; one that was never touched is not written down, and comes first when it is set.
    """

    name: str
    home: Home = Home.CLIP
    effect: str = ""
    nth: int = 0
    implied: bool = False


Change = Mapping[ClipValue, Value | Curve]
"""What values become."""


def use_place(clip: Clip, value: ClipValue) -> int | None:
    """Where the use of the effect that holds a value stands among the effects of a clip; None where there is none."""
    same = [place for place, use in enumerate(clip.effects) if use.effect == value.effect]
    return same[value.nth] if value.nth < len(same) else None


def held(clip: Clip, value: ClipValue) -> Value | Curve | None:
    """What a clip holds; None where nothing was set, or where it has nothing that could hold it."""
    if value.home is Home.CLIP:
        found: Value | Curve = getattr(clip, value.name)
        return found
    if value.home is Home.GENERATOR:
        return clip.source.values.get(value.name) if isinstance(clip.source, GeneratorSource) else None
    place = use_place(clip, value)
    return None if place is None else clip.effects[place].values.get(value.name)


def fields_with(clip: Clip, changes: Change) -> dict[str, Any]:
    """The fields of a clip with some values set; those of effects and generators it does not have are left out."""
    fields: dict[str, Any] = {}
    effects, source = list(clip.effects), clip.source
    for value, new in changes.items():
        if value.home is Home.CLIP:
            fields[value.name] = new
        elif value.home is Home.GENERATOR:
            if isinstance(source, GeneratorSource):
                source = replace(source, values={**source.values, value.name: new})
        else:
            effects = _with_effect(clip, effects, value, new)
    if source is not clip.source:
        fields["source"] = source
    if effects != list(clip.effects):
        fields["effects"] = tuple(effects)
    return fields


def _with_effect(clip: Clip, effects: list[EffectUse], value: ClipValue, new: Value | Curve) -> list[EffectUse]:
    place = use_place(replace(clip, effects=tuple(effects)), value)
    if place is None:
        return [EffectUse(value.effect, {value.name: new}), *effects] if value.implied else effects
    use = effects[place]
    return [*effects[:place], replace(use, values={**use.values, value.name: new}), *effects[place + 1 :]]

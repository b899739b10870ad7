"""What an overlay's style means: the defaults of its kind, other spellings, and a check before anything is rendered."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from typing import Any, Final

from pydantic import ValidationError

from effects.base import Described
from effects.registry import generators, video_effects
from timeline.items import Values

TEXT_KINDS: Final[Mapping[str, Mapping[str, Any]]] = {
    "text": {"size": 48.0, "font": "Arial", "colour": "#ffffff", "outline_colour": "#000000", "outline_width": 2.0},
    "watermark": {"size": 40.0, "opacity": 0.5, "colour": "#ffffff"},
    "subtitles": {"size": 32.0, "font": "Arial", "box_colour": "#000000", "box_opacity": 0.67},
}
"""Overlays that are words, and their default styles (domain facts 1.7)."""
EFFECT_KINDS: Final = ("vignette", "color_filter")
SIZES: Final = {"small": 40.0, "medium": 56.0, "auto": 56.0, "large": 72.0}
_OTHER_NAMES: Final = {
    "color": "colour",
    "font_size": "size",
    "font_family": "font",
    "outline_color": "outline_colour",
    "shadow_color": "shadow_colour",
    "box_color": "box_colour",
    "background": "box_colour",
    "content": "text",
    "blend_mode": "blend",
}


def generator_of(kind: str) -> str:
    """The id of the generator or effect that draws an overlay."""
    return "title" if kind in TEXT_KINDS else kind


def checked_style(kind: str, style: Values, x: float, y: float) -> dict[str, Any]:
    """The values of an overlay's generator or effect. Raises ValueError with a sentence."""
    name = generator_of(kind)
    model: type[Described] = (video_effects() if kind in EFFECT_KINDS else generators()).classes[name]
    fields = model.model_fields
    values: dict[str, Any] = dict(TEXT_KINDS.get(kind, {}))
    if "x" in fields and "y" in fields:
        values |= {"x": x, "y": y}
    for key, value in style.items():
        field = _OTHER_NAMES.get(key, key)
        if field not in fields:
            near = difflib.get_close_matches(field, fields, 1)
            hint = f'Did you mean "{near[0]}"?' if near else f"There are: {', '.join(fields)}."
            raise ValueError(f'"{key}" is not part of the style of a {kind} overlay. {hint}')
        values[field] = SIZES.get(str(value).casefold(), value) if field == "size" else value
    try:
        model(**values)
    except ValidationError as error:
        first = error.errors()[0]
        field = str(first["loc"][0]) if first["loc"] else "style"
        raise ValueError(f'"{field}" of a {kind} overlay cannot be {values.get(field)!r}: {first["msg"]}.') from error
    return values

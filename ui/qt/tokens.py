"""The design tokens as Qt values. Widgets name no colour, size or font of their own: they ask here."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from PySide6.QtGui import QColor, QFont

import resources

FAMILY = "Inter Variable"


@cache
def _tokens() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(resources.read_text("themes/tokens.json"))
    return loaded


@cache
def accents() -> dict[str, dict[str, str]]:
    """The accents one may choose: colours of `accent` by their name, and `selected` of `surface`. Starlight is the design's."""
    found: dict[str, dict[str, str]] = json.loads(resources.read_text("themes/accents.json"))
    return found


def wear(accent: str) -> None:
    """Put another accent in the place of the design's. Call it before the first widget is made."""
    groups = _tokens()["color"]
    for name, colour in accents().get(accent, {}).items():
        group = "surface" if name == "selected" else "accent"
        groups[group][name] = {**groups[group][name], "value": colour}
    for cached in (value, hex_of):
        cached.cache_clear()


def undress() -> None:
    """The design's own accent again."""
    for cached in (_tokens, value, hex_of):
        cached.cache_clear()


@cache
def value(path: str) -> Any:
    """The raw value of a token by its dotted path (`"size.row"`, `"color.surface.panel"`). Raises KeyError."""
    node: Any = _tokens()
    for part in path.split("."):
        node = node[part]
    return node["value"]


@cache
def names_of(group: str) -> tuple[str, ...]:
    """The names inside a group of tokens (`"color.surface"`)."""
    node: Any = _tokens()
    for part in group.split("."):
        node = node[part]
    return tuple(node)


@cache
def palette_roles() -> dict[str, str]:
    """QPalette role (`"Window"`, `"Disabled.Text"`) to the path of its colour."""
    return dict(_tokens()["qpalette"])


@cache
def hex_of(path: str) -> str:
    """A colour by its path below `color` (`"surface.panel"`) as `#rrggbb`."""
    return str(value(f"color.{path}"))


def color(path: str, alpha: float = 1.0) -> QColor:
    """A colour by its path below `color` (`"accent.default"`), at an opacity of 0..1."""
    result = QColor(hex_of(path))
    if alpha < 1:
        result.setAlphaF(alpha)
    return result


@cache
def size(name: str) -> int:
    """A length of `size` in logical pixels (`"row"`, `"panel_tabs"`)."""
    return int(value(f"size.{name}"))


@cache
def space(step: int) -> int:
    """A distance of the spacing scale, step 1..7, in logical pixels."""
    return int(value(f"space.{step}"))


@cache
def radius(name: str) -> int:
    """A corner radius (`"clip"`, `"control"`, `"card"`, `"dialog"`)."""
    return int(value(f"radius.{name}"))


@cache
def motion(name: str) -> int:
    """A duration in milliseconds (`"fast"`, `"base"`, `"slow"`)."""
    return int(value(f"motion.{name}"))


def font(name: str = "ui", weight: str = "regular", *, tabular: bool = False) -> QFont:
    """The interface font at a size of `font.size`; `tabular` gives figures of one width (timecode, numbers)."""
    result = QFont(FAMILY)
    result.setPixelSize(int(value(f"font.size.{name}")))
    result.setWeight(QFont.Weight(int(value(f"font.weight.{weight}"))))
    # Without hinting the nominal weights have the colour of the design; hinted text would need one weight less.
    result.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    if tabular:
        result.setFeature(QFont.Tag("tnum"), 1)
    return result

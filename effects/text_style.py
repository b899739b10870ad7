"""How a text looks, as data: what is drawn with it is drawn by `effects.paint`, and Qt is not loaded before."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Align(StrEnum):
    """Where the lines of a text stand in their block."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


@dataclass(frozen=True)
class TextStyle:
    """How a text looks. Lengths in px of the picture drawn; colours as `#rrggbb` or `#rrggbbaa`."""

    font: str = "Inter"
    size: float = 48.0
    weight: int = 400
    italic: bool = False
    colour: str = "#ffffff"
    align: Align = Align.CENTER
    line_spacing: float = 1.0
    letter_spacing: float = 0.0
    outline_colour: str = "#000000"
    outline_width: float = 0.0
    shadow_colour: str = "#00000000"
    shadow_blur: float = 0.0
    shadow_offset: tuple[float, float] = (0.0, 0.0)
    box_colour: str = "#00000000"
    box_padding: tuple[float, float] = (0.0, 0.0)
    box_radius: float = 0.0

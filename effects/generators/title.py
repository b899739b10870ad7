"""Titles: any text, in any script, over the picture."""

from __future__ import annotations

from functools import lru_cache
from math import cos, radians, sin

from effects.base import Generator
from effects.colour import Colour, Rgba, parse_colour
from effects.frame import Canvas, Frame, Layout
from effects.params import param
from effects.text_style import Align, TextStyle
from timeline.time import RationalTime


class Title(Generator):
    """A text over the picture, with outline, shadow and a box behind it if wanted."""

    title = "Title"

    text: str = param("Title", widget="multiline", help="What is written; a new line starts a new line.")
    font: str = param("Inter", widget="font", help="Font family; another is used where it is not installed.")
    size: float = param(96.0, ge=1, le=2000, unit="px", help="Font size at full picture size.")
    weight: int = param(600, ge=100, le=900, step=100, animatable=False, help="400 is regular, 700 bold.")
    italic: bool = param(False, help="Slanted letters.")
    colour: Colour = param("#ffffff", widget="colour", help="Colour of the letters.")
    align: Align = param(Align.CENTER, help="Where the lines stand in their block.")
    x: float = param(50.0, ge=-200, le=300, unit="%", help="Centre of the text across the picture.")
    y: float = param(50.0, ge=-200, le=300, unit="%", help="Centre of the text down the picture.")
    max_width: float = param(
        84.0, ge=1, le=300, unit="%", help="Longer lines are broken; share of the picture's width."
    )
    line_spacing: float = param(100.0, ge=20, le=400, unit="%", help="Distance of the lines; 100 is the font's own.")
    letter_spacing: float = param(0.0, ge=-50, le=300, unit="%", help="Added between letters; share of the font size.")
    outline_colour: Colour = param("#000000", widget="colour", help="Colour of the outline.")
    outline_width: float = param(0.0, ge=0, le=100, unit="px", help="Thickness of the line around the letters.")
    shadow_colour: Colour = param("#000000", widget="colour", help="Colour of the shadow.")
    shadow_opacity: float = param(0.45, ge=0, le=1, widget="slider", help="0 switches the shadow off.")
    shadow_blur: float = param(10.0, ge=0, le=200, unit="px", help="Softness of the shadow.")
    shadow_distance: float = param(4.0, ge=0, le=500, unit="px", help="How far the shadow lies from the letters.")
    shadow_angle: float = param(90.0, ge=-360, le=360, unit="°", help="Where it falls: 0 right, 90 down.")
    box_colour: Colour = param("#000000", widget="colour", help="Colour of the box behind the text.")
    box_opacity: float = param(0.0, ge=0, le=1, widget="slider", help="0 switches the box off.")
    box_padding: float = param(24.0, ge=0, le=1000, unit="px", help="Space between the text and the edge of the box.")
    box_radius: float = param(8.0, ge=0, le=1000, unit="px", help="Roundness of the box's corners.")
    opacity: float = param(1.0, ge=0, le=1, widget="slider", help="Of text and box together.")

    def render(self, canvas: Canvas, at: RationalTime) -> Frame:
        """The text as an RGBA frame no larger than its ink; still, so equal values give the same frame."""
        return _drawn(self, canvas)

    def style(self, scale: float) -> TextStyle:
        """The look in pixels of a picture drawn at `scale`."""
        angle, distance = radians(self.shadow_angle), self.shadow_distance * scale
        padding = self.box_padding * scale
        return TextStyle(
            font=self.font,
            size=self.size * scale,
            weight=self.weight,
            italic=self.italic,
            colour=_faded(self.colour, self.opacity),
            align=self.align,
            line_spacing=self.line_spacing / 100,
            letter_spacing=self.letter_spacing / 100 * self.size * scale,
            outline_colour=_faded(self.outline_colour, self.opacity),
            outline_width=self.outline_width * scale,
            shadow_colour=_faded(self.shadow_colour, self.shadow_opacity * self.opacity),
            shadow_blur=self.shadow_blur * scale,
            shadow_offset=(cos(angle) * distance, sin(angle) * distance),
            box_colour=_faded(self.box_colour, self.box_opacity * self.opacity),
            box_padding=(padding, padding),
            box_radius=self.box_radius * scale,
        )


@lru_cache(maxsize=24)
def _drawn(title: Title, canvas: Canvas) -> Frame:
    from effects.paint import draw_text  # loads Qt, which only films with text need

    ink = draw_text(
        title.text,
        title.style(canvas.scale),
        (title.x / 100 * canvas.width, title.y / 100 * canvas.height),
        (canvas.width, canvas.height),
        title.max_width / 100 * canvas.width,
    )
    return Frame((ink.pixels,), Layout.RGBA, (ink.x, ink.y), canvas.scale)


def _faded(colour: str, opacity: float) -> str:
    red, green, blue, alpha = parse_colour(colour)
    faded = Rgba(red, green, blue, round(alpha * opacity))
    return "#" + bytes(faded).hex()

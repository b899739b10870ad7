"""Colour: how bright, how colourful, which colours, and whether they change."""

from __future__ import annotations

from typing import ClassVar, Literal

import numpy as np
from numpy.typing import NDArray

from effects.palettes import PALETTES
from engines.analyse.base import Clip, Figures, Measure, Picture, figure
from engines.analyse.swatches import ColourCount, code_of, nearest_palette

BINS = 16
_GREY = 0.02
"""OKLab chroma below which a picture has no hue."""
_ENDS = 0.1


class Swatch(Figures):
    """One of the main colours."""

    colour: str = figure("As #rrggbb.")
    share: float = figure("Of all pixels, 0..1.")


class Histograms(Figures):
    """Shares of pixels from dark to light, 16 steps each; their sum is 1."""

    luma: tuple[float, ...] = figure("Of the brightness.")
    red: tuple[float, ...] = figure("Of red.")
    green: tuple[float, ...] = figure("Of green.")
    blue: tuple[float, ...] = figure("Of blue.")


class Colour(Figures):
    """Colour of a clip. All are means over the moments that were looked at."""

    brightness: float = figure("Mean luma, 0 black to 1 white.")
    contrast: float = figure("Standard deviation of luma within a picture; half black, half white is 0.5.")
    saturation: float = figure("Mean saturation (HSV), 0 grey to 1.")
    hue: float | None = figure("The hue of the mean colour; none where all is grey.", "°")
    warmth: float = figure("Mean red minus mean blue, -1..1.")
    dominant: str = figure("The colour with the largest share.")
    swatches: tuple[Swatch, ...] = figure(
        "The main colours, the largest first; what comes after the first is secondary."
    )
    colour_variance: float = figure("Standard deviation of colours within a picture, in OKLab.")
    colour_drift: float = figure("From the mean colour of the first tenth to that of the last, in OKLab.")
    histograms: Histograms = figure("How the levels are spread.")
    clipped_dark: float = figure("Share of pixels at black.")
    clipped_light: float = figure("Share of pixels at white.")
    palette: str = figure("The palette of Starcut's own that is nearest.")
    palette_distance: float = figure("How far it is: below 0.05 alike, above 0.2 another one.")


class ColourMeasure(Measure[Colour]):
    """Colour."""

    label: ClassVar[str] = "Colour"
    needs: ClassVar[Literal["every", "some", "pair", "sound"]] = "some"
    figures: ClassVar[type[Figures]] = Colour

    def __init__(self, clip: Clip) -> None:
        super().__init__(clip)
        self._count = ColourCount()
        self._rows: list[tuple[float, ...]] = []
        self._labs: list[NDArray[np.float64]] = []
        self._bins = np.zeros((4, BINS))

    def look(self, picture: Picture) -> None:
        """Sums of one picture."""
        rgb, grey, lab = picture.rgb, picture.grey, picture.lab.reshape(-1, 3)
        self._count.add(rgb)
        top, low = rgb.max(axis=2).astype(np.float32), rgb.min(axis=2).astype(np.float32)
        saturation = float(np.mean((top - low) / np.maximum(top, 1)))
        mean = rgb.reshape(-1, 3).mean(axis=0) / 255
        spread = float(np.sqrt(lab.var(axis=0).sum()))
        dark, light = float(np.mean(picture.luma <= 17)), float(np.mean(picture.luma >= 234))
        self._rows.append((grey.mean(), grey.std(), saturation, spread, mean[0] - mean[2], dark, light))
        self._labs.append(lab.mean(axis=0))
        levels = ((np.clip(grey, 0, 1) * 255).astype(np.uint8), *np.moveaxis(rgb, 2, 0))
        for place, plane in enumerate(levels):
            cells = plane.ravel().astype(np.int64) * BINS // 256
            self._bins[place] += np.bincount(cells, minlength=BINS) / cells.size

    def found(self) -> Colour | None:
        """Means, and the colours of all pictures together."""
        swatches = self._count.swatches()
        if not swatches:
            return None
        values = [round(float(one), 5) for one in np.mean(np.array(self._rows, np.float64), axis=0)]
        bright, contrast, saturation, spread, warmth, dark, light = values
        name, distance = nearest_palette(swatches, PALETTES)
        labs = np.array(self._labs)
        edge = max(1, round(len(labs) * _ENDS))
        bins = [tuple(round(float(one), 5) for one in row) for row in self._bins / len(labs)]
        return Colour(
            brightness=bright,
            contrast=contrast,
            saturation=saturation,
            hue=_hue(labs.mean(axis=0)),
            warmth=warmth,
            dominant=code_of(swatches[0][0]),
            swatches=tuple(Swatch(colour=code_of(lab), share=round(share, 4)) for lab, share in swatches),
            colour_variance=spread,
            colour_drift=round(float(np.linalg.norm(labs[-edge:].mean(axis=0) - labs[:edge].mean(axis=0))), 5),
            histograms=Histograms(luma=bins[0], red=bins[1], green=bins[2], blue=bins[3]),
            clipped_dark=dark,
            clipped_light=light,
            palette=name,
            palette_distance=round(distance, 4),
        )


def _hue(lab: NDArray[np.float64]) -> float | None:
    """Degrees as colour wheels count (red 0, green 120, blue 240), of the colour itself."""
    if np.hypot(lab[1], lab[2]) < _GREY:
        return None
    red, green, blue = (int(code_of(lab)[at : at + 2], 16) for at in (1, 3, 5))
    angle = np.degrees(np.arctan2(np.sqrt(3) * (green - blue), 2 * red - green - blue))
    return round(float(angle % 360), 1)

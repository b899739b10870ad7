"""Colour: mixing in OKLab, the light of each time of day, weather upon it, the nine palettes, and what a grade is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from effects.oklab import from_oklab as from_oklab
from effects.oklab import to_oklab as to_oklab
from effects.palettes import PALETTES as CODES

Colour = tuple[float, float, float]
Matrix = NDArray[np.float64]


def colour(code: str) -> Colour:
    """`"FF7850"` as sRGB 0..1."""
    return (int(code[0:2], 16) / 255, int(code[2:4], 16) / 255, int(code[4:6], 16) / 255)


def mix(a: Colour, b: Colour, amount: float) -> Colour:
    """Between two colours as the eye sees it; 0 is `a`."""
    lab = to_oklab(a) * (1 - amount) + to_oklab(b) * amount
    red, green, blue = (float(v) for v in from_oklab(lab))
    return (red, green, blue)


def ramp(stops: Sequence[Colour], count: int = 256) -> NDArray[np.float32]:
    """A smooth table of `count` colours through evenly spaced stops, (count, 3) sRGB."""
    lab = to_oklab(np.array(stops))
    t = np.linspace(0, len(stops) - 1, count)
    low = np.minimum(t.astype(int), len(stops) - 2)
    f = t - low
    before, after = lab[np.maximum(low - 1, 0)], lab[np.minimum(low + 2, len(stops) - 1)]
    a, b, f = lab[low], lab[low + 1], f[:, None]
    # Catmull-Rom at half tension: no kinks at the stops, hardly any overshoot.
    ma, mb = (b - before) * 0.35, (after - a) * 0.35
    curve = (2 * f**3 - 3 * f**2 + 1) * a + (f**3 - 2 * f**2 + f) * ma + (3 * f**2 - 2 * f**3) * b + (f**3 - f**2) * mb
    return from_oklab(curve).astype(np.float32)


def lift(value: Colour, lightness: float = 0.0, chroma: float = 1.0) -> Colour:
    """Lighter or darker (OKLab lightness added), more or less colourful."""
    lab = to_oklab(value)
    lab = np.array([np.clip(lab[0] + lightness, 0, 1), lab[1] * chroma, lab[2] * chroma])
    red, green, blue = (float(v) for v in from_oklab(lab))
    return (red, green, blue)


def shifted(value: Colour, warmth: float) -> Colour:
    """Warmer (above 0) or cooler (below), as light of another temperature makes it; lightness stays."""
    if not warmth:
        return value
    lab = to_oklab(value)
    red, green, blue = (
        float(v) for v in from_oklab(np.array([lab[0], lab[1] + 0.02 * warmth, lab[2] + 0.07 * warmth]))
    )
    return (red, green, blue)


@dataclass(frozen=True)
class Light:
    """The light of a scene: every layer and subject reads this one record, so they agree.

    `sky` runs from the zenith to the horizon. `sun_height` is above the horizon in frame heights. `key` and `ambient`
    multiply local colours; `fog` is what distance turns into; `haze` how soon. `disc_size` multiplies the sun or moon.
    """

    sky: tuple[Colour, ...]
    sun: Colour
    sun_height: float
    glow: float
    key: Colour
    ambient: Colour
    fog: Colour
    haze: float = 0.5
    disc: float = 1.0
    stars: float = 0.0
    lamps: float = 0.0
    cloud_light: Colour = (1.0, 1.0, 1.0)
    cloud_shade: Colour = (0.7, 0.75, 0.82)
    cover: float = 0.3
    is_night: bool = False
    disc_size: float = 1.0

    def lit(self, local: Colour, sunlit: float = 0.5) -> Colour:
        """A local colour in this light; `sunlit` 1 faces the sun, 0 is in its own shadow."""
        light = mix(self.ambient, self.key, sunlit)
        power = (0.6 if self.is_night else 0.78) + (0.16 if self.is_night else 0.34) * sunlit
        red, green, blue = (min(1.0, c * v * power) for c, v in zip(local, light, strict=True))
        return (red, green, blue)

    def far(self, value: Colour, near: float, strength: float = 1.0) -> Colour:
        """What distance makes of a colour: `near` 1 is at the camera, 0 on the horizon."""
        return mix(value, self.fog, min(0.97, self.haze * strength * (1 - near) ** 1.3 * 1.55))


def _sky(codes: str) -> tuple[Colour, ...]:
    return tuple(colour(code) for code in codes.split())


LIGHTS = MappingProxyType(
    {
        "dawn": Light(
            _sky("46548A 7A7FB4 B9A0C0 EDB9AC FBD9B2"), colour("FFF0CF"), 0.055, 0.85, colour("FFD2B0"), colour("9D9DC6"), colour("EBC3B8"),
            0.62, 1.0, 0.12, 0.25, colour("FFDCC8"), colour("A79AC0"), 0.35,
        ),
        "morning": Light(
            _sky("5C9BD6 86BCE6 B2D8F0 DAEBF0 FBF1DC"), colour("FFF8E2"), 0.24, 0.55, colour("FFF3DA"), colour("B9CDE2"), colour("E0E9EA"),
            0.55, 0.9, 0.0, 0.0, colour("FFFFFF"), colour("C3D2E2"), 0.35,
        ),
        "day": Light(
            _sky("2878C6 4A98DB 7DBBEA B3DAF3 E0F0F6"), colour("FFFDF2"), 0.36, 0.4, colour("FFFCF2"), colour("B8CCE4"), colour("D2E4EF"),
            0.46, 0.85, 0.0, 0.0, colour("FFFFFF"), colour("BCCFE2"), 0.4,
        ),
        "golden_hour": Light(
            _sky("4A74AC 86A0BC D6B596 F7B26C FFD384"), colour("FFF3C4"), 0.105, 0.9, colour("FFD08A"), colour("A0949E"), colour("EFC08A"),
            0.55, 1.0, 0.0, 0.1, colour("FFEBBE"), colour("C49E8C"), 0.3,
        ),
        "dusk": Light(
            _sky("2B2C5A 554879 9C668A E38B74 FFC684"), colour("FFE6A8"), 0.022, 0.95, colour("FFA87C"), colour("6E6192"), colour("D58680"),
            0.55, 1.0, 0.22, 0.75, colour("FFB490"), colour("7B5A86"), 0.38,
        ),
        "night": Light(
            _sky("080C20 0D1734 15264B 22385F 385378"), colour("F3F4FF"), 0.33, 0.4, colour("A9BFEA"), colour("41537E"), colour("2A4068"),
            0.6, 0.8, 1.0, 1.0, colour("5D75A3"), colour("1F2F54"), 0.22, True,
        ),
    }
)  # fmt: skip

PALETTES = MappingProxyType({name: _sky(codes) for name, codes in CODES.items()})
"""Dark to light."""


class Use(Protocol):
    """A palette among others: its name, or `colours` of its own (hex, dark to light), and its weight."""

    @property
    def name(self) -> str:
        """Which of PALETTES, where it has no colours of its own."""

    @property
    def weight(self) -> float:
        """Its share among the others."""

    @property
    def colours(self) -> tuple[str, ...]:
        """Colours of its own."""


def mixed_stops(uses: Sequence[Use], count: int = 6) -> tuple[Colour, ...]:
    """Several palettes as one, dark to light: mixed in OKLab by weight, as colourful as they are on the average.

    A plain mean of red and green is grey: the chroma of the mean is brought back to the mean of the chromas.
    """
    ramps, weights = [], []
    for use in uses:
        stops = tuple(colour(code.lstrip("#")) for code in use.colours) or PALETTES.get(use.name, PALETTES["default"])
        ramps.append(to_oklab(ramp(stops if len(stops) > 1 else stops * 2, count).astype(np.float64)))
        weights.append(max(0.0, use.weight))
    total = sum(weights)
    shares = np.array(weights) / total if total > 0 else np.full(len(ramps), 1 / len(ramps))
    lab = np.tensordot(shares, np.array(ramps), 1)
    chroma = np.tensordot(shares, np.hypot(*np.moveaxis(np.array(ramps)[..., 1:], -1, 0)), 1)
    have = np.hypot(lab[:, 1], lab[:, 2])
    lab[:, 1:] *= np.clip(chroma / np.maximum(have, 0.02), 1.0, 2.5)[:, None]
    return tuple((float(r), float(g), float(b)) for r, g, b in from_oklab(lab))


def painted(light: Light, uses: Sequence[Use]) -> Light:
    """The light under palettes: their colours go into the sky, the fog and the two lights; dark times stay dark."""
    stops = mixed_stops(uses)
    old = to_oklab(np.array(light.sky))
    order = ramp(stops, len(light.sky))
    new = to_oklab(order.astype(np.float64))
    # Take hue and chroma of the palette, and a part of its lightness, so that night is still night.
    share = 0.75 if light.is_night else 0.45
    lightness = old[:, 0] * share + new[:, 0] * (1 - share)
    chroma = 0.7 if light.is_night else 0.95
    sky = from_oklab(np.stack([lightness, new[:, 1] * chroma, new[:, 2] * chroma], axis=1))
    tops = [tuple(float(v) for v in row) for row in sky]
    horizon, middle = tops[-1], tops[len(tops) // 2]

    def tinted(value: Colour, to: Colour, amount: float) -> Colour:
        lab, aim = to_oklab(value), to_oklab(to)
        a = np.array([lab[0], lab[1] * (1 - amount) + aim[1] * amount, lab[2] * (1 - amount) + aim[2] * amount])
        red, green, blue = (float(v) for v in from_oklab(a))
        return (red, green, blue)

    return replace(
        light,
        sky=tuple((t[0], t[1], t[2]) for t in tops),
        fog=mix(light.fog, (horizon[0], horizon[1], horizon[2]), 0.7),
        key=tinted(light.key, (horizon[0], horizon[1], horizon[2]), 0.55),
        ambient=tinted(light.ambient, (middle[0], middle[1], middle[2]), 0.75),
        sun=tinted(light.sun, (horizon[0], horizon[1], horizon[2]), 0.4),
        cloud_light=tinted(light.cloud_light, (horizon[0], horizon[1], horizon[2]), 0.8),
        cloud_shade=tinted(light.cloud_shade, (middle[0], middle[1], middle[2]), 0.8),
    )


WEATHERS = MappingProxyType(
    {
        # grey, how much of it, sun disc, glow, haze, cover, darkening
        "clear": (colour("C8D4DC"), 0.0, 1.0, 1.0, 1.0, 0.0, 0.0),
        "cloudy": (colour("BCC6D0"), 0.3, 0.55, 0.6, 1.1, 0.72, 0.02),
        "fog": (colour("C6CBCB"), 0.8, 0.0, 0.4, 1.75, 0.0, 0.01),
        "rain": (colour("77838F"), 0.74, 0.0, 0.12, 1.3, 0.95, 0.08),
        "snow": (colour("AEB7C4"), 0.72, 0.0, 0.16, 1.35, 0.9, 0.03),
        "storm": (colour("4A5560"), 0.8, 0.0, 0.1, 1.15, 1.0, 0.17),
    }
)
"""What each weather does: a grey, how much of it, sun disc, glow, haze, cover of clouds, darkening."""


def weathered(light: Light, weather: str, strength: float = 1.0) -> Light:
    """The light under a weather: every stop goes towards one grey, the sun hides. `strength` 0 is clear, 1 usual."""
    grey, amount, disc, glow, haze, cover, dark = WEATHERS[weather]
    amount, dark = min(0.9, amount * strength), dark * strength
    disc, glow, haze = (1 + (factor - 1) * min(1.3, strength) for factor in (disc, glow, haze))
    disc, glow, cover = max(0.0, disc), max(0.05, glow), min(1.0, cover * strength)
    if light.is_night:
        grey, dark = mix(grey, (0.06, 0.09, 0.16), 0.78), dark * 0.3
        amount *= 0.8

    def grey_of(value: Colour, share: float = 1.0) -> Colour:
        return lift(mix(value, grey, amount * share), -dark)

    return replace(
        light,
        sky=tuple(grey_of(stop) for stop in light.sky),
        fog=grey_of(light.fog, 0.85),
        key=lift(mix(light.key, (0.82, 0.85, 0.88) if not light.is_night else light.ambient, amount), -dark * 1.2),
        ambient=lift(
            mix(light.ambient, (0.72, 0.76, 0.8) if not light.is_night else light.ambient, amount * 0.8), -dark * 0.9
        ),
        cloud_light=grey_of(light.cloud_light, 0.8),
        cloud_shade=grey_of(light.cloud_shade, 0.9),
        disc=light.disc * disc,
        glow=light.glow * glow,
        haze=min(0.95, light.haze * haze),
        cover=max(light.cover, cover) if weather != "clear" else light.cover,
        stars=light.stars * (1.0 if weather == "clear" else 0.35 if weather in ("cloudy", "snow") else 0.0),
        lamps=max(light.lamps, min(1.0, light.lamps + amount * 0.45)),
    )


@dataclass(frozen=True)
class Grade:
    """The finish of a film. All of it but grain and vignette is one 4x4 matrix on premultiplied RGBA."""

    contrast: float = 1.04
    saturation: float = 1.06
    brightness: float = 0.0
    tint: Colour = (1.0, 1.0, 1.0)
    grain: float = 0.012
    vignette: float = 0.16
    bars: bool = False

    def matrix(self) -> Matrix:
        """Saturation about BT.709 luma, contrast about middle grey, tint as gain, brightness as offset."""
        luma = np.array([0.2126, 0.7152, 0.0722])
        sat = np.eye(3) * self.saturation + np.outer(np.ones(3), luma) * (1 - self.saturation)
        gain = np.diag(self.tint) * self.contrast
        offset = 0.46 * (1 - self.contrast) + self.brightness
        whole = np.eye(4)
        whole[:3, :3] = gain @ sat
        whole[:3, 3] = offset
        return whole

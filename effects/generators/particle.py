"""Weather and celebration: snow, rain, dust, sparks, confetti."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from math import pi
from typing import Final

import numpy as np
from numpy.typing import NDArray

from effects.base import Generator
from effects.colour import Colour, parse_colour, yuv_of_colour
from effects.frame import Canvas, Frame, Layout, Plane, plain
from effects.params import param
from effects.splat import Shape, Specks, cover, painted
from timeline.time import RationalTime

Array = NDArray[np.float64]


class Kind(StrEnum):
    """What falls or floats."""

    SNOW = "snow"
    RAIN = "rain"
    DUST = "dust"
    SPARKS = "sparks"
    CONFETTI = "confetti"


class Particle(Generator):
    """Snow, rain, dust, sparks or confetti before the picture."""

    title = "Particles"

    kind: Kind = param(Kind.SNOW, help="What falls or floats.")
    density: float = param(50.0, ge=0, le=200, unit="%", help="How many there are.")
    speed: float = param(100.0, ge=0, le=400, unit="%", animatable=False, help="How fast they move.")
    size: float = param(100.0, ge=10, le=500, unit="%", help="How large they are.")
    wind: float = param(10.0, ge=-100, le=100, unit="%", animatable=False, help="Drift to the right, or left below 0.")
    tint: Colour = param("#ffffff", widget="colour", help="Colours them; white leaves them as they are.")
    opacity: float = param(1.0, ge=0, le=1, widget="slider", help="Of all of them.")
    seed: int = param(1, ge=0, le=1_000_000, animatable=False, help="Another number, another arrangement.")

    def render(self, canvas: Canvas, at: RationalTime) -> Frame:
        """The particles at a source time; the same time always gives the same picture, at any size."""
        aspect = canvas.width / canvas.height
        field = _Field(
            count=round(_MOST[self.kind] * self.density / 100 * aspect),
            seed=self.seed,
            aspect=aspect,
            time=at.to_seconds() * self.speed / 100,
            pace=self.speed / 100,
            wind=self.wind / 100,
            bulk=max(self.size / 100, 1.0),
        )
        shapes = [_in_pixels(specks, canvas.height, self) for specks in _KINDS[self.kind](field)]
        if shapes[0].colour is not None:
            pixels = [painted(specks, canvas.width, canvas.height) for specks in shapes]
            return Frame((_joined(pixels),), Layout.RGBA, scale=canvas.scale)
        alpha = np.minimum(sum(cover(specks, canvas.width, canvas.height) for specks in shapes), 1)
        return _one_colour(np.rint(alpha * 255).astype(np.uint8), self, canvas)


@dataclass(frozen=True)
class _Field:
    """What a kind needs to know. Lengths are shares of the picture's height, `aspect` is its width; time in seconds."""

    count: int
    seed: int
    aspect: float
    time: float
    pace: float
    wind: float
    bulk: float
    """How much wider than usual the unseen rim must be, in which specks vanish and appear: 1 or more."""

    def random(self, channel: int, cycle: Array | float = 0.0) -> Array:
        """A number 0..1 for each particle, fixed by seed, channel and cycle (integer hash of Wellons, 2018)."""
        mask, whole = np.uint64(0xFFFFFFFF), np.asarray(cycle).astype(np.int64).astype(np.uint64)
        number: NDArray[np.uint64] = np.arange(self.count, dtype=np.uint64) * np.uint64(0x9E3779B1)
        start = (self.seed * 0x85EBCA6B + channel * 0xC2B2AE35) & 0xFFFFFFFF
        number = (number + np.uint64(start) + whole * np.uint64(0x27D4EB2F)) & mask
        for shift, factor in ((16, 0x7FEB352D), (15, 0x846CA68B)):
            number = ((number ^ (number >> np.uint64(shift))) * np.uint64(factor)) & mask
        return (number ^ (number >> np.uint64(16))).astype(np.float64) / 2**32

    def between(self, channel: int, low: float, high: float, cycle: Array | float = 0.0) -> Array:
        """A random number between two."""
        return low + (high - low) * self.random(channel, cycle)

    def wave(self, channel: int, slow: float, fast: float) -> Array:
        """A sway -1..1 for each particle; `slow` to `fast` swings a second."""
        return np.sin(2 * pi * (self.time * self.between(channel, slow, fast) + self.random(channel + 1)))

    def falling(self, speed: Array, margin: float) -> tuple[Array, Array]:
        """Height from -margin to 1 + margin, over and over, and the number of the fall."""
        margin *= self.bulk
        way = self.time * speed / (1 + 2 * margin) + self.random(90)
        cycle = np.floor(way)
        return (way - cycle) * (1 + 2 * margin) - margin, cycle

    def across(self, cycle: Array, drift: Array | float = 0.0) -> Array:
        """A place from a little left to a little right of the picture, carried on by `drift`."""
        rim = 0.1 * self.bulk
        width = self.aspect + 2 * rim
        return (self.between(91, 0, width, cycle) + drift) % width - rim


def _snow(field: _Field) -> list[Specks]:
    depth = field.random(1) ** 3  # most flakes are far away
    fall = 0.07 + 0.28 * depth + field.between(2, 0, 0.03)
    y, cycle = field.falling(fall, 0.06)
    sway = (0.012 + 0.03 * depth) * field.wave(3, 0.1, 0.35) + 0.006 * field.wave(5, 0.4, 0.9)
    x = field.across(cycle, field.time * field.wind * (0.1 + 0.5 * depth)) + sway
    radius = 0.0016 + 0.0045 * depth
    near = depth > 0.72  # before the focus: large and faint
    radius = np.where(near, radius * (1 + (depth - 0.72) * 11), radius)
    strength = np.where(near, 0.55 - (depth - 0.72) * 1.2, 0.45 + 0.5 * depth)
    tall = radius + fall * field.pace / 220
    return [Specks(x, y, tall, radius, np.full_like(x, pi / 2), strength, soft=0.8)]


def _rain(field: _Field) -> list[Specks]:
    depth = field.random(1) ** 2
    fall = 1.3 + 1.3 * depth + field.between(2, 0, 0.25)
    y, cycle = field.falling(fall, 0.12)
    slant = field.wind * 0.9 + field.between(3, -0.015, 0.015)
    x = field.across(cycle, 0.0) + slant * (y - 0.5)
    length = fall * np.hypot(1, slant) / 70
    width = 0.0009 + 0.0016 * depth
    strength = 0.3 + 0.5 * depth
    angle = np.arctan2(1.0, slant)
    return [Specks(x, y, length, width, np.broadcast_to(angle, x.shape), strength, shape=Shape.GLOW)]


def _dust(field: _Field) -> list[Specks]:
    depth = field.random(1) ** 4
    drift = field.time * (0.012 + 0.04 * depth)
    x = field.across(np.zeros(field.count), drift * field.wind * 4) + 0.05 * field.wave(3, 0.02, 0.07)
    rim = 0.07 * field.bulk
    y = (field.random(7) * (1 + 2 * rim) - drift * 0.4 * field.between(8, -0.4, 1)) % (1 + 2 * rim) - rim
    y = y + 0.04 * field.wave(5, 0.02, 0.06)
    radius = 0.0016 + 0.0035 * depth + 0.02 * np.maximum(depth - 0.4, 0)
    gleam = 0.55 + 0.45 * field.wave(9, 0.05, 0.3)
    strength = gleam * np.where(depth > 0.4, 0.34 - 0.2 * (depth - 0.4), 0.4 + 0.6 * field.random(11))
    return [Specks(x, y, radius, radius, np.zeros_like(x), strength, soft=0.9)]


def _sparks(field: _Field) -> list[Specks]:
    life = field.between(1, 1.2, 3.2)
    turn = field.time / life + field.random(2)
    cycle = np.floor(turn)
    age = turn - cycle
    rise = field.between(3, 0.35, 1.25, cycle)
    sway, swing = field.between(4, 0.01, 0.07, cycle), field.between(5, 0.5, 1.6, cycle) * life
    phase = field.random(6, cycle)
    swirl = 2 * pi * (age * swing + phase)
    x = field.between(7, -0.1, field.aspect + 0.1, cycle) + sway * np.sin(swirl) + field.wind * 0.6 * age * life
    y = 1.04 - rise * (1 - (1 - age) ** 1.7)
    speed_x = sway * np.cos(swirl) * 2 * pi * swing / life + field.wind * 0.6
    speed_y = -rise * 1.7 * (1 - age) ** 0.7 / life
    speed = np.hypot(speed_x, speed_y) * field.pace
    flicker = 0.75 + 0.25 * np.sin(2 * pi * (field.time * field.between(8, 4, 11) + field.random(9)))
    strength = np.clip(age * 12, 0, 1) * np.minimum((1 - age) * 1.8, 1) * flicker
    radius = field.between(10, 0.0014, 0.0042, cycle) * (1.1 - 0.6 * age)
    heat = np.clip(1 - age * 1.15, 0, 1)[:, None]
    colour = np.array([255.0, 90, 20]) * (1 - heat) + np.array([255.0, 226, 150]) * heat
    angle = np.arctan2(speed_y, speed_x)
    streak = Specks(x, y, radius + speed / 70, radius, angle, strength, shape=Shape.GLOW, colour=colour)
    halo_size, orange = radius * 5 + 0.004, np.broadcast_to(np.array([255.0, 120, 30]), colour.shape)
    halo = Specks(x, y, halo_size, halo_size, angle, strength * 0.3, shape=Shape.GLOW, colour=orange)
    return [halo, streak]


_PAPERS: Final = np.array(
    [[242, 184, 75], [239, 83, 80], [66, 165, 245], [102, 187, 106], [171, 71, 188], [255, 238, 88], [245, 245, 245]],
    float,
)


def _confetti(field: _Field) -> list[Specks]:
    depth = field.random(1)
    fall = 0.2 + 0.22 * depth + field.between(2, 0, 0.1)
    y, cycle = field.falling(fall, 0.08)
    sway = (0.02 + 0.03 * field.random(12)) * field.wave(3, 0.25, 0.8)
    x = field.across(cycle, field.time * field.wind * (0.1 + 0.2 * depth)) + sway
    tumble = 2 * pi * (field.time * field.between(5, 0.5, 1.9) + field.random(6))
    angle = 2 * pi * (field.time * field.between(7, -0.5, 0.5) + field.random(8)) + 0.5 * field.wave(3, 0.25, 0.8)
    facing = np.cos(tumble)
    long = (0.0055 + 0.0085 * depth) * field.between(9, 0.8, 1.25)
    wide = long * 0.62 * np.maximum(np.abs(facing), 0.1)
    light = np.where(facing > 0, 0.82 + 0.3 * facing, 0.62 - 0.12 * facing)[:, None]
    colour = _PAPERS[(field.random(10, cycle) * len(_PAPERS)).astype(int)]
    return [Specks(x, y, long, wide, angle, np.ones_like(x), shape=Shape.PAPER, colour=np.minimum(colour * light, 255))]


_KINDS: Final[dict[Kind, Callable[[_Field], list[Specks]]]] = {
    Kind.SNOW: _snow,
    Kind.RAIN: _rain,
    Kind.DUST: _dust,
    Kind.SPARKS: _sparks,
    Kind.CONFETTI: _confetti,
}
_MOST: Final = {Kind.SNOW: 950, Kind.RAIN: 1100, Kind.DUST: 480, Kind.SPARKS: 260, Kind.CONFETTI: 320}
"""How many there are on a square picture at 100 %."""
_OWN_COLOUR: Final = {Kind.SNOW: "#ffffff", Kind.RAIN: "#cfdcea", Kind.DUST: "#fff1d8"}


def _in_pixels(specks: Specks, height: int, particle: Particle) -> Specks:
    """From shares of the height to pixels, with the particle's size, tint and opacity."""
    size = particle.size / 100 * height
    colour = specks.colour
    if colour is not None:
        colour = colour * (np.array(parse_colour(particle.tint)[:3]) / 255)
    return Specks(
        specks.x * height,
        specks.y * height,
        specks.long * size,
        specks.wide * size,
        specks.angle,
        specks.strength * particle.opacity,
        specks.soft,
        specks.shape,
        colour,
    )


def _joined(pixels: list[NDArray[np.uint8]]) -> Plane:
    """Lay premultiplied pictures over each other."""
    result = pixels[0]
    for above in pixels[1:]:
        kept = result * ((255 - above[..., 3:]) / np.float32(255))
        result = np.rint(above + kept).astype(np.uint8)
    return result


def _one_colour(alpha: Plane, particle: Particle, canvas: Canvas) -> Frame:
    own, tint = parse_colour(_OWN_COLOUR[particle.kind]), parse_colour(particle.tint)
    colour = own._replace(
        red=own.red * tint.red // 255, green=own.green * tint.green // 255, blue=own.blue * tint.blue // 255
    )
    whole = plain(canvas.width, canvas.height, yuv_of_colour(colour), canvas.scale)
    return replace(whole, planes=(*whole.planes, alpha))

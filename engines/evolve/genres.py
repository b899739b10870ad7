"""Footage in the manner of a genre: anime, noir, science fiction, horror. Each draws one (h, w, 3) RGB picture anew.

`amount` 0..1 is how far; `unit` is pixels of the picture per pixel of one 1280 wide, so that sizes look alike; `middle` is the
level (0..255) that half of the whole clip is darker than: dark genres bring a bright clip down first, the same in each picture.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from effects.filtering import Grid
from effects.frame import Plane
from engines.evolve.inks import flattened, ink, stepped

Weight = NDArray[np.float32]
_LUMA = np.array([[0.2126, 0.7152, 0.0722]], np.float32)
_RED_FILTER = np.array([[0.44, 0.44, 0.12]], np.float32)


def anime(rgb: Plane, amount: float, unit: float, middle: float, draw: np.random.Generator) -> Plane:
    """Flat colours in a few steps of light, richer and bluer in the shade, and inked outlines."""
    flat = flattened(rgb, 0.5 + 0.5 * amount, unit)
    grey = _grey(flat)
    lines = ink(grey, 2.0 * max(unit, 0.5) * (0.8 + 0.5 * amount), 0.45 + 0.35 * amount)
    steps = cv2.LUT(grey, stepped(round(9 - 4 * amount), 0.35)).astype(np.float32)
    ratio = (steps + 6) / (grey.astype(np.float32) + 6)
    colour = flat.astype(np.float32) * ratio[..., None]
    colour = _saturated(colour, 1.35 + 0.35 * amount)
    shade = np.clip(1 - steps / 150, 0, 1) * np.clip(steps / 48, 0, 1)  # what is black stays so
    shade = shade[..., None] * (0.25 + 0.2 * amount)
    colour += shade * (np.array([52, 44, 120], np.float32) - colour * 0.6)
    light = np.clip(steps / 255 - 0.62, 0, 1)[..., None] * (0.5 + 0.5 * amount)
    colour += light * np.array([40, 26, 8], np.float32)
    inked = np.array([26, 20, 40], np.float32)
    return _bytes(inked + (colour - inked) * lines[..., None])


def noir(rgb: Plane, amount: float, unit: float, middle: float, draw: np.random.Generator) -> Plane:
    """Silver and black through a red filter: dark skies, hard light, drawn shadows, a halo about lamps, grain."""
    grey = cv2.LUT(np.asarray(cv2.transform(rgb, _RED_FILTER), np.uint8), _exposed(middle, 92))
    soft = flattened(np.dstack([grey] * 3), 0.35, unit)[..., 0]
    hard = cv2.LUT(soft, _contrast(105.0, 1.5 + 1.2 * amount)).astype(np.float32)
    lines = ink(soft, 2.6 * max(unit, 0.5), 0.25 + 0.3 * amount)
    hard *= 1 - (1 - lines) * (0.45 + 0.35 * amount)
    shine = cv2.GaussianBlur(np.clip(hard - 190, 0, 65), (0, 0), 14 * unit)
    hard = hard + shine * 1.1
    hard *= 1 - (0.45 + 0.3 * amount) * _corners(hard.shape[:2])
    hard += _grain(hard.shape[:2], 5 + 6 * amount, unit, draw) * (0.25 + 0.75 * np.clip(hard / 60, 0, 1))
    toned = hard[..., None] * np.array([1.0, 0.985, 0.96], np.float32) + np.array([0, 1, 4], np.float32)
    return _bytes(toned)


def sci_fi(rgb: Plane, amount: float, unit: float, middle: float, draw: np.random.Generator) -> Plane:
    """Midnight blue to cyan, magenta where it was warm, edges that glow, colours parted at the rim, fine lines of a screen."""
    flat = np.asarray(cv2.LUT(flattened(rgb, 0.3, unit), _exposed(middle, 98)), np.uint8)
    grey = _grey(flat)
    dark = cv2.LUT(grey, _contrast(115.0, 1.25 + 0.5 * amount))
    toned = cv2.LUT(
        cv2.merge([dark] * 3), _ramp(((0, 1, 9), (10, 34, 82), (20, 104, 150), (88, 206, 222), (236, 250, 255)))
    )
    colours = flat.astype(np.float32)
    warm = np.clip((colours[..., 0] - colours[..., 2]) / 110, 0, 1)[..., None]
    neon = cv2.LUT(
        cv2.merge([dark] * 3), _ramp(((24, 2, 30), (96, 8, 96), (212, 28, 142), (255, 120, 150), (255, 240, 220)))
    )
    mixed = toned + (neon.astype(np.float32) - toned) * warm
    mixed += (colours - mixed) * (0.22 - 0.12 * amount)
    lines = (1 - ink(grey, 1.8 * max(unit, 0.5), 0.5))[..., None]
    light = lines * (np.array([70, 235, 255], np.float32) * (1 - warm) + np.array([255, 90, 190], np.float32) * warm)
    mixed += light * (0.35 + 0.45 * amount)
    mixed += cv2.GaussianBlur(light + np.clip(mixed - 195, 0, 60), (0, 0), 9 * unit) * (0.8 + 0.5 * amount)
    mixed = _parted(_bytes(mixed), 1.0 + 0.0022 * (0.5 + amount)).astype(np.float32)
    mixed *= 1 - 0.4 * _corners(grey.shape)[..., None]
    mixed *= _screen(grey.shape[0], unit, 0.05 + 0.07 * amount)
    return _bytes(mixed)


def horror(rgb: Plane, amount: float, unit: float, middle: float, draw: np.random.Generator) -> Plane:
    """Colour drained to a sick green, only blood keeps its red; blacks that swallow, rough outlines, a narrow and unsteady light."""
    flat = np.asarray(cv2.LUT(flattened(rgb, 0.25, unit), _exposed(middle, 84)), np.uint8)
    grey = _grey(flat)
    hard = cv2.LUT(grey, _contrast(98.0, 1.25 + 0.6 * amount)).astype(np.float32)
    hard *= 0.96 - 0.2 * amount
    toned = cv2.LUT(
        cv2.merge([_bytes(hard)] * 3), _ramp(((3, 5, 7), (22, 34, 32), (74, 92, 76), (160, 168, 132), (226, 222, 186)))
    )
    colours = flat.astype(np.float32)
    excess = colours[..., 0] - np.maximum(colours[..., 1], colours[..., 2])
    blood = np.clip((excess - 22) / 60, 0, 1)[..., None]
    red = hard[..., None] * np.array([1.25, 0.16, 0.14], np.float32)
    mixed = toned + (red - toned) * blood * 0.9
    mixed += (colours * 0.6 - mixed) * (0.16 - 0.1 * amount)
    shaken = ink(_rough(grey, unit, draw), 3.2 * max(unit, 0.5), 0.3 + 0.3 * amount, 8.0)
    mixed *= 1 - (1 - shaken[..., None]) * (0.55 + 0.35 * amount)
    flicker = 1 + float(draw.normal(0, 0.02 + 0.03 * amount))
    far = np.clip(_corners(grey.shape) * (0.72 + 0.3 * amount), 0, 0.95)[..., None]
    mixed *= flicker * (1 - far)
    mixed += _grain(grey.shape, 3.5 + 5 * amount, unit * 1.3, draw)[..., None]
    return _bytes(mixed)


GENRES: Mapping[str, Callable[[Plane, float, float, float, np.random.Generator], Plane]] = {
    "anime": anime,
    "noir": noir,
    "sci-fi": sci_fi,
    "horror": horror,
}


def _grey(rgb: Plane) -> Plane:
    return np.asarray(cv2.transform(rgb, _LUMA), np.uint8)


def _bytes(picture: Grid) -> Plane:
    return np.asarray(np.clip(picture, 0, 255), np.uint8)


def _saturated(rgb: NDArray[np.float32], by: float) -> NDArray[np.float32]:
    grey = rgb @ _LUMA[0]
    return np.asarray(grey[..., None] + (rgb - grey[..., None]) * np.float32(by), np.float32)


def _contrast(pivot: float, power: float) -> Plane:
    """An S about `pivot` levels; black and white stay."""
    level, at = np.arange(256) / 255, pivot / 255
    low, high = np.clip(level / at, 0, 1), np.clip((1 - level) / (1 - at), 0, 1)
    bent = np.where(level < at, at * low**power, 1 - (1 - at) * high**power)
    return np.asarray(np.rint(bent * 255), np.uint8)


@lru_cache(maxsize=8)
def _exposed(middle: float, wanted: float) -> Plane:
    """(256,) levels by the power that brings the `middle` to the `wanted` level, within reason; black and white stay."""
    known = min(max(middle, 24.0), 236.0)
    power = float(np.clip(np.log(wanted / 255) / np.log(known / 255), 0.75, 3.2))
    return np.asarray(np.rint((np.arange(256) / 255) ** power * 255), np.uint8)


@lru_cache(maxsize=8)
def _ramp(colours: tuple[tuple[int, int, int], ...]) -> Plane:
    """(1, 256, 3): dark to light through these colours."""
    places = np.linspace(0, 255, len(colours))
    columns = [np.interp(np.arange(256), places, [one[channel] for one in colours]) for channel in range(3)]
    return np.asarray(np.rint(np.stack(columns, axis=-1)), np.uint8)[None]


@lru_cache(maxsize=4)
def _corners(shape: tuple[int, int]) -> Weight:
    """0 in the middle .. 1 in the corners."""
    y, x = (np.linspace(-1, 1, length, dtype=np.float32) for length in shape)
    far = np.sqrt(x[None] ** 2 * 0.62 + y[:, None] ** 2 * 0.55)
    way = np.clip((far - 0.32) / 0.76, 0, 1)
    return np.asarray(way * way * (3 - 2 * way), np.float32)


def _grain(shape: tuple[int, ...], level: float, unit: float, draw: np.random.Generator) -> Weight:
    side = max(1.0, 1.5 * unit)
    small = (max(2, round(shape[0] / side)), max(2, round(shape[1] / side)))
    noise = draw.standard_normal(small, np.float32) * np.float32(level)
    return np.asarray(cv2.resize(noise, (shape[1], shape[0]), interpolation=cv2.INTER_LINEAR), np.float32)


def _parted(rgb: Plane, by: float) -> Plane:
    """Red larger and blue smaller about the centre, as a bad lens."""
    height, width = rgb.shape[:2]
    planes = list(cv2.split(rgb))
    for index, factor in ((0, by), (2, 2 - by)):
        matrix = np.array([[factor, 0, (1 - factor) * width / 2], [0, factor, (1 - factor) * height / 2]])
        planes[index] = cv2.warpAffine(
            planes[index], matrix, (width, height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
        )
    return np.asarray(cv2.merge(planes), np.uint8)


def _screen(height: int, unit: float, depth: float) -> NDArray[np.float32]:
    """(h, 1, 1): lines of a display, never finer than pixels can show."""
    step = max(4.0, 4 * unit)
    lines = 1 - depth * (0.5 + 0.5 * np.cos(2 * np.pi * np.arange(height) / step))
    return np.asarray(lines[:, None, None], np.float32)


def _rough(grey: Plane, unit: float, draw: np.random.Generator) -> Plane:
    """Shaken by a pixel or two here and there: lines drawn from it are not quite on the edges."""
    height, width = grey.shape
    coarse = (max(2, height // max(2, round(26 * unit))), max(2, width // max(2, round(26 * unit))))
    moved = []
    for base in (
        np.broadcast_to(np.arange(width, dtype=np.float32), grey.shape),
        np.broadcast_to(np.arange(height, dtype=np.float32)[:, None], grey.shape),
    ):
        off = draw.standard_normal(coarse, np.float32) * np.float32(1.3 * unit)
        moved.append(base + cv2.resize(off, (width, height), interpolation=cv2.INTER_CUBIC))
    return np.asarray(cv2.remap(grey, moved[0], moved[1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE), np.uint8)

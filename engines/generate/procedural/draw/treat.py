"""What a look does to painted pixels, once for each plate and pose: ink lines, flat tones, facets, washes, torn paper, neon.

All take and give premultiplied YUVA bytes. What is done here costs nothing in a frame and cannot flicker: it moves with
what it is painted on. Lengths are pixels of the picture.
"""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from engines.generate.procedural.draw.window import hash01

Bytes = NDArray[np.uint8]
Plane = NDArray[np.floating[Any]]
_PAPER = (228.0, 125.0, 130.0)
_NEON = ((150.0, 176.0, 60.0), (120.0, 158.0, 205.0), (165.0, 118.0, 190.0), (190.0, 92.0, 118.0))
"""Cyan, magenta, rose, green, as YUV."""


def inked(data: Bytes, strength: float, width: float, ink: tuple[float, float, float]) -> Bytes:
    """Lines of ink (sRGB) where shapes end and where tones meet."""
    red, green, blue = ink
    luma = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    tone = (16 + 219 * luma, 128 + 224 * (blue - luma) / 1.8556, 128 + 224 * (red - luma) / 1.5748)
    return _mixed(data, tone, _lines(data, width) * np.float32(strength))


def flattened(data: Bytes, radius: float) -> Bytes:
    """Small detail taken away; outlines stay as they were drawn, and so does what stands out (lit windows, say)."""
    side = int(radius) // 2 * 2 + 1
    if side < 3 or min(data.shape[:2]) < 8:
        return data
    small = cv2.resize(data, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    calm = cv2.medianBlur(small, min(side, 31))
    large = cv2.resize(calm, (data.shape[1], data.shape[0]), interpolation=cv2.INTER_LINEAR).astype(np.float32)
    there = data.astype(np.float32)
    out = np.abs(there[..., :3] - large[..., :3]).max(axis=2)
    whole = np.clip((np.minimum(there[..., 3], large[..., 3]) - 235) / 15, 0, 1)
    share = (whole * (1 - np.clip((out - 16) / 18, 0, 1)))[..., None]
    there[..., :3] += (large[..., :3] - there[..., :3]) * share
    return _bytes(there)


def step_table(levels: int) -> Bytes:
    """Luma to luma in `levels` steps; between two there is a short slope, so that edges do not crawl."""
    value = (np.arange(256, dtype=np.float64) - 16) / 219 * levels
    base = np.floor(value)
    part = np.clip((value - base - 0.5) / 0.22 + 0.5, 0, 1)
    return np.asarray(np.clip(16 + (base + part) / levels * 219, 16, 235).round(), np.uint8)


def faceted(data: Bytes, cell: float, seed: int) -> Bytes:
    """Triangles of one tone each, on a grid that was shaken."""
    height, width = data.shape[:2]
    columns, rows = max(2, round(width / cell)) + 1, max(2, round(height / cell)) + 1
    at_x, at_y = np.meshgrid(np.arange(columns, dtype=np.float64), np.arange(rows, dtype=np.float64))
    number = np.arange(columns * rows, dtype=np.int64).reshape(rows, columns)
    inner = (at_x > 0) & (at_x < columns - 1), (at_y > 0) & (at_y < rows - 1)
    at_x = (at_x + (hash01(number, 1, seed) - 0.5) * 0.8 * inner[0]) * width / (columns - 1)
    at_y = (at_y + (hash01(number, 2, seed) - 0.5) * 0.8 * inner[1]) * height / (rows - 1)
    corners = np.stack([at_x, at_y], axis=-1)
    a, b, c, d = corners[:-1, :-1], corners[:-1, 1:], corners[1:, 1:], corners[1:, :-1]
    triangles = np.concatenate([np.stack(t, axis=2).reshape(-1, 3, 2) for t in ((a, b, c), (a, c, d))])
    middle = triangles.mean(axis=1).astype(int)
    tones = _filled(data, max(3.0, cell * 0.5))
    picked = tones[np.clip(middle[:, 1], 0, height - 1), np.clip(middle[:, 0], 0, width - 1)]
    # No two facets lie alike in the light.
    slant = 1 + 0.075 * (hash01(np.arange(len(picked)), 5, seed) - 0.5)
    picked[:, 0] = np.clip(16 + (picked[:, 0].astype(np.float32) - 16) * slant, 16, 235).astype(np.uint8)
    fine = np.zeros((height * 2, width * 2, 3), np.uint8)
    points = np.round(triangles * 2 * 16 - 8).astype(np.int32)
    for shape, tone in zip(points, picked.tolist(), strict=True):
        cv2.fillConvexPoly(fine, shape, tone, cv2.LINE_8, 4)
    flat = cv2.resize(fine, (width, height), interpolation=cv2.INTER_AREA).astype(np.float32)
    # Outlines stay: of facets alone no tower nor tree would be left.
    alpha = data[..., 3:].astype(np.float32)
    return _bytes(np.concatenate([flat * alpha / 255, alpha], axis=2))


def shaken(data: Bytes, reach: float, size: float, seed: int) -> Bytes:
    """Outlines that wander by up to `reach`, in bends about `size` long."""
    height, width = data.shape[:2]
    xs, ys = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    dx, dy = (_bends(width, height, size, seed + k) * np.float32(2 * reach) for k in (1, 2))
    moved = cv2.remap(data, xs + dx, ys + dy, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(moved, np.uint8)


def washed(data: Bytes, strength: float, size: float, seed: int) -> Bytes:
    """Watercolour: pigment gathers at the borders of each wash, tones bloom, paper shines through."""
    height, width = data.shape[:2]
    lines = cv2.GaussianBlur(_lines(data, max(1.0, size * 0.03)), (0, 0), max(0.8, size * 0.035))
    bloom = 0.9 * _bends(width, height, size * 3.5, seed) + 0.35 * _bends(width, height, size * 0.9, seed + 9)
    luma, alpha = data[..., 0].astype(np.float32), data[..., 3].astype(np.float32)
    paper = np.asarray(np.float32(_PAPER[0]) * alpha / 255, np.float32)
    lighter = np.clip(0.2 + 0.3 * bloom, 0.0, 0.5) * np.float32(strength)
    luma = np.asarray(luma + (paper - luma) * lighter, np.float32)
    luma = np.asarray(luma * (1 - np.clip(lines * 0.75, 0, 0.55) * np.float32(strength)), np.float32)
    return _with_luma(data, luma)


def torn(data: Bytes, rim: float, shadow: float, closes: float, seed: int) -> Bytes:
    """A sheet of paper: a torn white rim, fibres, and its shadow on what lies behind. Sheets without an outline stay.

    Gaps narrower than `closes` belong to the sheet: one sheet round all of the grass, not one round each blade.
    """
    alpha = data[..., 3]
    if not data.size or int(alpha.min()) == 255 or int(alpha.max()) < 250:
        return data
    height, width = alpha.shape
    rough = shaken(data, rim * 0.4, rim * 5, seed)
    body = np.ascontiguousarray(rough[..., 3])
    if closes >= 2:
        body = np.asarray(cv2.morphologyEx(body, cv2.MORPH_CLOSE, _round(closes)), np.uint8)
    wide = np.asarray(cv2.dilate(body, _round(rim * 2)), np.uint8)
    wide = np.asarray(shaken(wide[..., None].repeat(4, axis=2), rim * 0.6, rim * 3, seed + 5)[..., 0])
    wide = np.maximum(wide, body)
    sheet = np.zeros_like(data)
    for channel, value in enumerate(_PAPER):
        sheet[..., channel] = np.round(wide.astype(np.float32) * np.float32(value / 255)).astype(np.uint8)
    sheet[..., 3] = wide
    # Between the blades the sheet is printed with what they are printed with.
    ground = _filled(rough, rim * 4).astype(np.float32) * (body[..., None].astype(np.float32) / 255)
    sheet = _over(sheet, _bytes(np.concatenate([ground, body[..., None].astype(np.float32)], axis=2)))
    fibres = 1 + 0.05 * _bends(width, height, max(2.0, rim * 1.2), seed + 7)
    printed = _over(sheet, _with_luma(rough, rough[..., 0].astype(np.float32) * fibres))
    dark = cv2.GaussianBlur(np.roll(wide, (-round(shadow * 0.4), 0), (0, 1)), (0, 0), max(0.8, shadow))
    under = np.zeros_like(data)
    under[..., 3] = np.round(dark.astype(np.float32) * 0.42).astype(np.uint8)
    for channel, value in enumerate((16.0, 128.0, 128.0)):
        under[..., channel] = np.round(under[..., 3].astype(np.float32) * np.float32(value / 255)).astype(np.uint8)
    return _over(under, printed)


def glowing(data: Bytes, strength: float, width: float, seed: int, dims: float = 1.0) -> Bytes:
    """Neon: bodies go dark, by `dims` of the usual, their outlines shine in one of four colours."""
    lines = _lines(data, width)
    halo = np.clip(cv2.GaussianBlur(lines, (0, 0), width * 3) * 1.6, 0, 1)
    alpha = data[..., 3].astype(np.float32)
    dark = data.astype(np.float32)
    floor = np.float32(16) * alpha / 255
    # Light bodies darken most, and their colour with them: else wide areas would burn as the lines shall.
    bright = np.clip((dark[..., 0] - floor) / np.maximum(np.float32(219 / 255) * alpha, 1), 0, 1)
    keeps = np.float32(1) - np.float32(strength * dims) * (np.float32(0.55) + np.float32(0.3) * bright)
    dark[..., 0] = floor + (dark[..., 0] - floor) * keeps
    grey = np.float32(128 / 255) * alpha[..., None]
    dark[..., 1:3] = grey + (dark[..., 1:3] - grey) * np.sqrt(keeps)[..., None] * np.float32(1 - 0.35 * strength * dims)
    tone = _NEON[int(hash01(seed, 3) * len(_NEON))]
    lit = _mixed(_bytes(dark), tone, np.asarray(halo * np.float32(0.55 * strength), np.float32))
    return _mixed(lit, (min(230.0, tone[0] + 55), tone[1], tone[2]), lines * np.float32(0.9 * strength))


def _filled(data: Bytes, spread: float) -> Bytes:
    """The colours alone (h, w, 3), softened by `spread` and carried on a little beyond the outlines."""
    soft = cv2.GaussianBlur(data, (0, 0), spread * 0.4, borderType=cv2.BORDER_REPLICATE).astype(np.float32)
    wide = cv2.GaussianBlur(data, (0, 0), spread * 2.0, borderType=cv2.BORDER_REPLICATE).astype(np.float32)
    near, far = (part[..., :3] * 255 / np.maximum(part[..., 3:], 1) for part in (soft, wide))
    share = np.clip(soft[..., 3:] / 32, 0, 1)
    return _bytes(np.asarray(near * share + far * (1 - share), np.float32))


def _round(side: float) -> Bytes:
    size = 2 * max(1, round(side / 2)) + 1
    return np.asarray(cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size)), np.uint8)


def _lines(data: Bytes, width: float) -> Plane:
    """Where there is an edge, 0..1: the inner border of shapes, and steps of tone."""
    side = 2 * max(1, round(width * 0.5)) + 1
    kernel = _round(side - 1)
    alpha = np.ascontiguousarray(data[..., 3])
    # What goes on beyond the sheet is no border.
    border = (alpha.astype(np.float32) - cv2.erode(alpha, kernel, borderValue=255).astype(np.float32)) / 255
    luma = np.ascontiguousarray(data[..., 0]).astype(np.float32) * 255 / np.maximum(alpha.astype(np.float32), 1)
    # What is small and stands out (windows, flowers) gets no line of its own.
    clean = cv2.medianBlur(_bytes(luma), min(31, 2 * round(2.2 * width) + 1))
    calm = cv2.GaussianBlur(clean.astype(np.float32), (0, 0), max(0.8, width * 0.6))
    slope = np.hypot(cv2.Sobel(calm, cv2.CV_32F, 1, 0, scale=0.125), cv2.Sobel(calm, cv2.CV_32F, 0, 1, scale=0.125))
    tone = np.clip((slope * np.float32(max(1.0, width)) - 9) / 14, 0, 1) * (alpha > 128)
    # Soft things (mist, clouds) have slopes everywhere and no line.
    soft = cv2.blur(((alpha > 8) & (alpha < 247)).astype(np.float32), (4 * side + 1,) * 2)
    return np.asarray(np.maximum(np.clip(border * 1.5 - 0.4, 0, 1), tone) * np.clip(1.4 - 2.4 * soft, 0, 1), np.float32)


def _bends(width: int, height: int, size: float, seed: int) -> Plane:
    """Smooth noise about 0, -0.5..0.5, with bumps `size` wide."""
    columns, rows = int(width / max(size, 1.0)) + 4, int(height / max(size, 1.0)) + 4
    cells = hash01(np.arange(columns)[None, :], np.arange(rows)[:, None], seed).astype(np.float32) - np.float32(0.5)
    move = np.array([[columns / width * 0.8, 0, 1.0], [0, rows / height * 0.8, 1.0]])
    coarse = cv2.resize(cells, None, fx=4, fy=4, interpolation=cv2.INTER_CUBIC)
    move[:, :2] *= 4
    moved = cv2.warpAffine(
        coarse, move, (width, height), flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP, borderMode=cv2.BORDER_REFLECT_101
    )
    return np.asarray(moved, np.float32)


def _mixed(data: Bytes, tone: tuple[float, float, float], amount: Plane) -> Bytes:
    """Toward one YUV tone by an amount per pixel; alpha stays."""
    alpha = data[..., 3:].astype(np.float32)
    share = np.clip(amount, 0, 1)[..., None]
    colours = data[..., :3].astype(np.float32)
    colours += (np.asarray(tone, np.float32) * alpha / 255 - colours) * share
    return _bytes(np.concatenate([np.minimum(colours, alpha), alpha], axis=2))


def _with_luma(data: Bytes, luma: Plane) -> Bytes:
    made = data.copy()
    most = data[..., 3].astype(np.float32) * np.float32(235 / 255)
    made[..., 0] = np.clip(luma, 0, most).round().astype(np.uint8)
    return made


def _over(below: Bytes, above: Bytes) -> Bytes:
    rest = 1 - above[..., 3:].astype(np.float32) / 255
    return _bytes(above.astype(np.float32) + below.astype(np.float32) * rest)


def _bytes(value: Plane) -> Bytes:
    return np.asarray(np.clip(value, 0, 255).round(), np.uint8)

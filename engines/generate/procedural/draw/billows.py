"""Heaped clouds: half balls piled into a height field, roughened like a cauliflower, then lit as one body."""

from __future__ import annotations

import math

import cv2
import numpy as np

from engines.generate.procedural.draw.window import Field, Window, hash01, noise

_BALLS = np.arange(11)


def raise_heap(height: Field, window: Window, x: float, y: float, radius: float, seed: int, lift: float = 0.0) -> None:
    """Pile a heap onto a height field (h, w), in place: about `radius` round (x, y), wider than high."""
    xs, ys = window.xs(), window.ys()
    for i, (a, b, c) in enumerate(hash01(_BALLS[:, None], np.arange(3), seed).tolist()):
        turn, away = math.tau * (i * 0.381966 + 0.12 * a), math.sqrt((i + 0.4) / 11)
        bx, by = x + math.cos(turn) * radius * 1.2 * away, y - abs(math.sin(turn)) * radius * 0.75 * away + 0.1 * radius
        ball = radius * (0.78 - 0.4 * away + 0.2 * c)
        x0, x1 = (_pixel((bx + s * ball - window.x) * window.scale, window.width) for s in (-1, 1))
        y0, y1 = (_pixel((by + s * ball - window.y) * window.scale, window.height) for s in (-1, 1))
        if x1 <= x0 or y1 <= y0:
            continue
        dx = xs[:, x0:x1] - np.float32(bx)
        dy = ys[y0:y1] - np.float32(by)
        inside = np.clip(1 - (dx * dx + dy * dy) / np.float32(ball * ball), 0, 1)
        bump = (inside**1.25 * np.float32(ball * (0.75 + 0.5 * b)) + np.float32(lift)) * (inside > 0)
        np.maximum(height[y0:y1, x0:x1], bump.astype(np.float32), out=height[y0:y1, x0:x1])


def _pixel(place: float, count: int) -> int:
    """A place in whole pixels, within 0..count."""
    return int(min(max(place, 0), count))


def shaded(
    height: Field, window: Window, size: float, sun_x: float, sun_height: float, seed: int
) -> tuple[Field, Field]:
    """How light each place of a height field is (0..1), and how much of it is cloud. `size` is that of its largest heaps."""
    scale = window.scale
    broad = np.asarray(cv2.GaussianBlur(height, (0, 0), max(1.0, size * 0.16 * scale)), np.float32)
    body = np.asarray(cv2.GaussianBlur(height, (0, 0), max(0.6, size * 0.022 * scale)), np.float32)
    # Finer and finer bumps on the bumps.
    rough = np.abs(noise(window, 3.4 / size, 3.4 / size, seed, 4, 0.55) - 0.5)
    body += rough * np.float32(size * 0.3) * np.clip(body / np.float32(size * 0.1), 0, 1)
    lit = _facing(body * np.float32(scale), sun_x, window.xs(), sun_height)
    deep = np.clip((body / np.float32(size) - 0.04) / 0.34, 0, 1) ** 0.6
    # What rises over its surroundings is bright, what lies between them dark.
    stands = np.clip((body - broad) / np.float32(size * 0.22) + 0.42, 0, 1)
    tone = np.clip(0.04 + 0.5 * lit * (0.3 + 0.7 * deep) + 0.28 * stands + 0.22 * deep, 0, 1)
    cover = np.clip((body / np.float32(size) - 0.075) / 0.045, 0, 1)
    return np.asarray(tone, np.float32), np.asarray(cover, np.float32)


def rim_of(cover: Field, window: Window, size: float) -> Field:
    """How strongly the border of a cloud shines before what lies behind it, 0..1."""
    around = cv2.GaussianBlur(cover, (0, 0), max(1.0, size * 0.06 * window.scale))
    return np.asarray(np.clip((1 - around) * 2.2, 0, 1), np.float32)


def _facing(height: Field, sun_x: float, xs: Field, sun_height: float) -> Field:
    """How much each place of the landscape faces the sun, 0..1."""
    gx = cv2.Sobel(height, cv2.CV_32F, 1, 0, scale=0.125)
    gy = cv2.Sobel(height, cv2.CV_32F, 0, 1, scale=0.125)
    along = np.clip((np.float32(sun_x) - xs) * 1.1, -0.75, 0.75)
    up = np.float32(0.62 if sun_height > 0.15 else 0.42)
    facing = (-gx * along + gy * up + np.float32(0.5)) / np.sqrt(1 + gx * gx + gy * gy)
    return np.asarray(np.clip(facing * 0.95 + 0.12, 0, 1), np.float32)

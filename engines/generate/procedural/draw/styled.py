"""A look on painted layers: every plate and pose of a stage is treated once, as the look's numbers say."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np

from engines.generate.procedural.draw.layers import Bytes, Plate, Pose, Sprites
from engines.generate.procedural.draw.poses import treated
from engines.generate.procedural.draw.stage import Stage
from engines.generate.procedural.draw.treat import faceted, flattened, glowing, inked, shaken, torn, washed
from engines.generate.procedural.scene.looks import Look

_FLAT = 0.008
_SMALL = 0.4
"""Facets of what moves by itself, beside those of the scene: small things must stay what they are."""


def style(stage: Stage) -> None:
    """Treat what is on the stage, in place."""
    look, amount = stage.spec.look_of_it, min(1.0, stage.spec.look_amount)
    if amount <= 0 or not _does_anything(look):
        return
    for index, layer in enumerate(stage.layers):
        seed = stage.seed(f"look {index}")
        if isinstance(layer, Plate):
            pixels = layer.window.scale
            layer.repaint(_treated(layer.data, look, amount, pixels, seed, small=False), layer.window)
        elif isinstance(layer, Sprites):
            pixels = stage.size[1] * 1.15
            layer.poses = treated(layer.poses, _dresser(look, amount, pixels, seed))


def _dresser(look: Look, amount: float, pixels: float, seed: int) -> Callable[[Pose], Pose]:
    return lambda one: Pose(_treated(one.data, look, amount, pixels, seed, small=True), one.window)


def _does_anything(look: Look) -> bool:
    return bool(look.edges or look.soften or look.facets or look.flat or look.layered)


def _treated(data: Bytes, look: Look, amount: float, pixels: float, seed: int, small: bool) -> Bytes:
    """`pixels` are those of a frame height."""
    if min(data.shape[:2], default=0) < 4:
        return data
    paints = look.texture == "paper" and look.edges > 0
    if look.soften and not paints:
        data = _soft(data, look.soften * pixels * amount * (0.35 if small else 1.0))
    if look.facets:
        data = faceted(data, max(6.0, look.facets * pixels * (_SMALL if small else 1.0)), seed)
    elif look.flat and not small:
        data = flattened(data, _FLAT * pixels * amount)
    if paints:
        data = shaken(data, look.soften * pixels * (0.3 if small else 0.6), look.soften * pixels * 6, seed)
        data = washed(data, amount, max(6.0, 0.09 * pixels * (0.4 if small else 1.0)), seed + 3)
    if look.edges and look.glow > 0.5:
        # Whoever is small stays lighter than the ground, or nobody would see them.
        data = glowing(data, look.edges * amount, max(1.0, look.edge_width * pixels), seed, 0.6 if small else 1.0)
    elif look.edges:
        data = inked(data, look.edges * amount, max(1.0, look.edge_width * pixels), look.ink)
    if look.layered:
        rim = max(1.0, 0.0042 * pixels * (0.6 if small else 1.0))
        data = torn(data, rim, 0.011 * pixels * (0.5 if small else 1.0), 0.0 if small else 6 * rim, seed + 5)
    return data


def _soft(data: Bytes, sigma: float) -> Bytes:
    if sigma < 0.5:
        return data
    return np.asarray(cv2.GaussianBlur(data, (0, 0), sigma, borderType=cv2.BORDER_REPLICATE), np.uint8)

"""One drawing for all lights: a flat drawing is lit as if it were a little inflated, by the scene's own light."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np

from engines.generate.procedural.draw.layers import Pose
from engines.generate.procedural.draw.sheet import Sheet, to_yuva
from engines.generate.procedural.draw.stage import Stage
from engines.generate.procedural.draw.window import Field, Window
from engines.generate.procedural.palette import Colour

Drawing = Callable[[Sheet], None]
Lamps = Callable[[Sheet, float], None]


def relit(
    stage: Stage,
    sheet: Sheet,
    near: float,
    volume: float,
    toward: tuple[float, float],
    fog: float = 1.0,
    span: float = 0.0,
) -> None:
    """Light a sheet in place. `toward` points to the sun on the screen; `volume` 0.5 for boxes, 1.4 for round things.

    `span` is how large the thing is, in pixels (0: as the sheet): it is inflated by a share of that.
    """
    light = stage.light
    alpha = np.ascontiguousarray(sheet.data[..., 3])
    size = span or max(sheet.window.width, sheet.window.height)
    gx, gy = _slopes(alpha, size)
    lx, ly = toward
    length = float(np.hypot(lx, ly)) or 1.0
    facing = -(gx * np.float32(lx / length) + gy * np.float32(ly / length)) * np.float32(volume)
    low_sun = not light.is_night and light.sun_height < 0.15 and light.disc > 0.3
    base = 0.28 if low_sun else 0.36 if light.is_night else 0.62
    lit = np.clip(base + facing * np.float32(0.55), 0, 1)[..., None]
    key, ambient = np.asarray(light.key, np.float32), np.asarray(light.ambient, np.float32)
    power = 0.72 if low_sun else 0.84 if light.is_night else 0.9
    if stage.lamplight:
        warm = np.asarray((1.0, 0.8, 0.56), np.float32)
        key, ambient = key + (warm - key) * stage.lamplight, ambient + (warm * 0.85 - ambient) * stage.lamplight
        power += 0.25 * stage.lamplight
    shine = (ambient * (1 - lit) + key * lit) * (power * (0.8 + 0.35 * lit))
    colours = sheet.data[..., :3] * shine
    if light.disc > 0.1:
        rim = np.clip(facing * 1.5 - 0.45, 0, 1)[..., None] * np.float32(
            min(0.95, light.glow * (0.3 + stage.spec.lighting.rim))
        )
        colours += (np.asarray(light.sun, np.float32) * alpha[..., None] - colours) * rim
    haze = min(0.92, light.haze * fog * (1 - near) ** 1.3 * 1.2)
    sheet.data[..., :3] = colours * (1 - haze) + np.asarray(light.fog, np.float32) * alpha[..., None] * haze
    np.minimum(sheet.data[..., :3], alpha[..., None], out=sheet.data[..., :3])


def _slopes(alpha: Field, size: float) -> tuple[Field, Field]:
    """How steeply the inflated shape rises across and down: from its broad roundness and its fine edge."""
    width, height = alpha.shape[1], alpha.shape[0]
    # The broad part is so smooth that a quarter of the pixels a side are enough, with room for it to run out.
    step = 4 if min(width, height) >= 48 else 1
    sigma = max(1.0, size * 0.06) / step
    pad = int(sigma * 2.5) + 1
    coarse = cv2.resize(alpha, (max(4, width // step), max(4, height // step)), interpolation=cv2.INTER_AREA)
    coarse = cv2.copyMakeBorder(coarse, pad, pad, pad, pad, cv2.BORDER_CONSTANT, value=0)
    broad = cv2.GaussianBlur(coarse, (0, 0), sigma)
    fine = cv2.GaussianBlur(alpha, (0, 0), max(0.8, size * 0.02), borderType=cv2.BORDER_CONSTANT)
    found = []
    for dx, dy in ((1, 0), (0, 1)):
        wide = cv2.Sobel(broad, cv2.CV_32F, dx, dy, scale=size * 0.02 / step)[pad:-pad, pad:-pad]
        whole = cv2.resize(wide, (width, height), interpolation=cv2.INTER_LINEAR)
        narrow = cv2.Sobel(fine, cv2.CV_32F, dx, dy, scale=size * 0.006, borderType=cv2.BORDER_CONSTANT)
        found.append(np.asarray(whole + narrow, np.float32))
    return found[0], found[1]


def used(sheet: Sheet) -> Sheet:
    """The part of a sheet that is painted, with a clear pixel around; what is done to it is done to the sheet."""
    alpha = sheet.data[..., 3]
    rows, columns = np.flatnonzero(alpha.max(axis=1) > 0.002), np.flatnonzero(alpha.max(axis=0) > 0.002)
    if not rows.size:
        return Sheet(Window(sheet.window.x, sheet.window.y, 2, 2, sheet.window.scale), sheet.data[:2, :2])
    y0, y1 = max(0, int(rows[0]) - 1), min(alpha.shape[0], int(rows[-1]) + 2)
    x0, x1 = max(0, int(columns[0]) - 1), min(alpha.shape[1], int(columns[-1]) + 2)
    w = sheet.window
    return Sheet(Window(w.x + x0 / w.scale, w.y + y0 / w.scale, x1 - x0, y1 - y0, w.scale), sheet.data[y0:y1, x0:x1])


def pose(
    stage: Stage,
    drawing: Drawing,
    box: tuple[float, float, float, float],
    size: float,
    near: float,
    *,
    volume: float = 0.8,
    at: tuple[float, float] = (0.0, 0.0),
    lamps: Lamps | None = None,
    fog: float = 1.0,
    shines: bool = False,
    own_light: float = 0.0,
) -> Pose:
    """A drawing in units of its own size (`box` x0, y0, x1, y1; foot at 0, 0), `size` frame heights large, standing `at`.

    `lamps` paints what it lights itself: in the dark, or always if it `shines`; `own_light` is the share of its colours that
    no light changes.
    """
    scale = stage.size[1] * size * min(2.0, stage.camera.largest(near)) * 1.15
    window = Window.around(box[0] - 0.03, box[1] - 0.03, box[2] + 0.03, box[3] + 0.03, max(scale, 12.0))
    sheet = Sheet.clear(window)
    drawing(sheet)
    sun = (stage.spec.sun_x * stage.aspect - at[0], stage.horizon - stage.light.sun_height - (at[1] - size * 0.5))
    body = used(sheet)
    own = body.data.copy() if own_light else None
    toward = sun if stage.light.disc > 0.05 else (0.1, -1.0)
    relit(stage, body, near, volume, toward, fog, max(window.height, min(window.width, 1.5 * window.height)))
    if own is not None:
        body.data[:] += (own - body.data) * np.float32(own_light)
    if lamps is not None and (shines or stage.light.lamps > 0.15):
        lamps(sheet, min(1.0, stage.light.lamps))
        body = used(sheet)
    return Pose(to_yuva(body, stage.grade, 1), body.window)


def halo(sheet: Sheet, x: float, y: float, radius: float, colour: Colour, amount: float) -> None:
    """A soft light round a point, over what is there and around it."""
    window = sheet.window
    x0, x1 = (int(np.clip((x + s * radius * 2.4 - window.x) * window.scale, 0, window.width)) for s in (-1, 1))
    y0, y1 = (int(np.clip((y + s * radius * 2.4 - window.y) * window.scale, 0, window.height)) for s in (-1, 1))
    if x1 <= x0 or y1 <= y0:
        return
    dx = (window.xs()[0, x0:x1] - x)[None, :] / radius
    dy = (window.ys()[y0:y1, 0] - y)[:, None] / radius
    reach = np.exp(-(dx * dx + dy * dy) * 1.1) * np.clip((2.4 - np.sqrt(dx * dx + dy * dy)) / 0.8, 0, 1)
    spot = (reach * amount).astype(np.float32)[..., None]
    part = sheet.data[y0:y1, x0:x1]
    part *= 1 - spot * 0.55
    part[..., :3] += np.asarray(colour, np.float32) * spot * 0.75
    part[..., 3:] += spot * 0.55
    np.clip(part, 0, 1, out=part)
    np.maximum(part[..., 3:], part[..., :3].max(axis=-1, keepdims=True), out=part[..., 3:])

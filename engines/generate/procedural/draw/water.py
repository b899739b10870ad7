"""Living water: what stands above the horizon, mirrored and broken by waves, at half size, with light on the crests."""

from __future__ import annotations

import math
from collections.abc import Sequence

import cv2
import numpy as np

from engines.generate.procedural.draw.camera import View, inverse, to_pixels
from engines.generate.procedural.draw.layers import Bytes, Canvas, Layer, Placement, Sprites, over, standing
from engines.generate.procedural.draw.sheet import Sheet, to_yuva
from engines.generate.procedural.draw.sky import star_pose, sun_place
from engines.generate.procedural.draw.stage import Stage
from engines.generate.procedural.draw.window import Field, Window, hash01, noise, smoothstep
from engines.generate.procedural.palette import Colour, mix

_WAVES = 5


class Water(Layer):
    """A plane of water from its far shore at `line` (y, scene units) down to the bottom of the frame."""

    is_still = False

    def __init__(
        self,
        stage: Stage,
        line: float,
        *,
        near: float = 0.85,
        rough: float = 1.0,
        deep: Colour,
        clear: float = 0.5,
        speed: float = 1.0,
        sun: tuple[float, float] | None = None,
        sun_colour: Colour = (1.0, 1.0, 1.0),
        sparkle: float = 1.0,
        floating: Sequence[Sprites] = (),
    ) -> None:
        self.line, self.near, self.rough, self.speed, self.floating = line, near, rough, speed, floating
        window = stage.window(near, top=line - 0.01, upright=False).coarser(2.0)
        self.window = window
        xs, ys = window.xs(), window.ys()
        self._below = np.clip(ys - line, 0, None) + np.zeros_like(xs)
        depth = self._below + np.float32(0.012)
        seed = stage.seed("water")
        # In perspective rows draw together towards the horizon: the logarithm of the depth counts them.
        rows = np.log(depth)
        bend = noise(window, 2.3, 9.0, seed, 3)
        bend2 = noise(window, 4.1, 23.0, seed + 3, 3)
        self._sin: list[Field] = []
        self._cos: list[Field] = []
        self._rate: list[float] = []
        for i in range(_WAVES):
            k = 15.0 * 1.62**i
            lean = (0.4 - 0.8 * stage.pick("wave", i)) * 2.2
            phase = rows * k + xs / (depth + 0.18) * lean + (bend * 9.0 + bend2 * 6.0) * (1 + 0.35 * i)
            size = (1.0, 0.9, 0.75, 0.55, 0.4)[i]
            # Waves finer than two rows would only flicker.
            gradient = k / depth / window.scale
            fade = np.clip(2.2 - gradient, 0, 1).astype(np.float32) * np.float32(size)
            self._sin.append((np.sin(phase) * fade).astype(np.float32))
            self._cos.append((np.cos(phase) * fade).astype(np.float32))
            self._rate.append(stage.rate((0.9 + 0.33 * i) * (1 if i % 3 else -1) * speed))
        self._lift = (0.05 * rough * smoothstep(0.0, 0.35, self._below) + 0.0045 * rough).astype(np.float32)
        self._mirror, self._body = _surface(stage, window, self._below, deep, clear)
        self._glint = _glitter(stage, window, self._below, sun) * np.float32(sparkle) if sun else None
        self._glint_colour = to_yuva(_swatch(sun_colour), stage.grade)[0, 0].astype(np.float32)
        self._crest = (smoothstep(0.02, 0.3, self._below) * 9 * rough).astype(np.float32)

    def waves(self, seconds: float) -> Field:
        """The height of the water over the window at a moment, about -2..2."""
        height: Field = np.zeros(self._below.shape, np.float32)
        for s, c, rate in zip(self._sin, self._cos, self._rate, strict=True):
            angle = rate * seconds
            height = height + s * np.float32(math.cos(angle)) + c * np.float32(math.sin(angle))
        return height

    def covers_from(self, canvas: Canvas, view: View, seconds: float) -> int:
        """From its lower shore line on (a row later where the camera is tilted)."""
        return self._first_row(canvas, view)[1] + 1

    def _first_row(self, canvas: Canvas, view: View) -> tuple[int, int]:
        matrix = canvas.camera.matrix(view, self.near, upright=False)
        back = inverse(matrix)
        half = canvas.camera.aspect / 2
        rows = []
        for x in (-half, half):
            # Where the line crosses the frame's border: back[1] @ (x, y, 1) == line.
            y = (self.line - back[1, 0] * x - back[1, 2]) / back[1, 1]
            rows.append((y + 0.5) * canvas.height)
        return max(0, math.floor(min(rows))), min(canvas.height, max(0, math.ceil(max(rows))))

    def draw(self, canvas: Canvas, view: View, seconds: float, hidden_from: int) -> None:
        """Mirror what has been drawn so far and break it by the waves of this moment."""
        first = self._first_row(canvas, view)[0]
        if first >= canvas.height - 2:
            return
        first -= first % 2
        width, height = canvas.width // 2, (canvas.height - first) // 2
        matrix = canvas.camera.matrix(view, self.near, upright=False)
        move = to_pixels(matrix, self.window, (width, canvas.height // 2))
        move[:, 2] -= (0, first / 2)
        wave = self._here(self.waves(seconds), move, width, height)
        still = self._reflection(canvas, view, seconds, first, width, height)
        grid_x, grid_y = np.arange(width, dtype=np.float32)[None, :], np.arange(height, dtype=np.float32)[:, None]
        lift = self._here(self._lift, move, width, height) * np.float32(canvas.height / 2)
        shift = wave * lift
        water = cv2.remap(
            still, grid_x + shift * np.float32(0.3), grid_y + shift, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT_101
        )
        water = cv2.multiply(water, self._bytes(self._mirror, move, width, height), scale=1 / 255)
        water = cv2.add(water, self._bytes(self._body, move, width, height))
        tone = wave * self._here(self._crest, move, width, height)
        luma = cv2.extractChannel(water, 0).astype(np.float32) + tone
        if self._glint is not None:
            amount = self._here(self._glint, move, width, height)
            lit = smoothstep(0.35, 1.5, wave + amount * np.float32(1.5) - np.float32(0.5)) * np.clip(amount * 1.6, 0, 1)
            parts = [luma] + [cv2.extractChannel(water, i).astype(np.float32) for i in (1, 2)]
            mixed = [p + (np.float32(g) - p) * lit for p, g in zip(parts, self._glint_colour, strict=False)]
            water = cv2.merge(
                [*(np.clip(p, 16, 240).astype(np.uint8) for p in mixed), np.full((height, width), 255, np.uint8)]
            )
        else:
            cv2.insertChannel(np.clip(luma, 16, 235).astype(np.uint8), water, 0)
        target = canvas.data[first:]
        large = cv2.resize(water, (canvas.width, target.shape[0]), interpolation=cv2.INTER_LINEAR)
        large[..., 3] = 255
        target[:] = large

    def _reflection(self, canvas: Canvas, view: View, seconds: float, first: int, width: int, height: int) -> Bytes:
        """The upper picture upside down at half size, with what floats mirrored about its own foot."""
        upper = canvas.data[max(0, first - 2 * height - 16) : max(first, 8)]
        small = cv2.resize(upper, (width, max(1, upper.shape[0] // 2)), interpolation=cv2.INTER_AREA)
        # Waves lean: the mirror shows higher parts than lie straight above.
        small = cv2.flip(small, 0)
        if small.shape[0] < height:
            small = cv2.copyMakeBorder(small, 0, height - small.shape[0], 0, 0, cv2.BORDER_REFLECT_101)
        still: Bytes = np.ascontiguousarray(small[:height], np.uint8)
        for sprites in self.floating:
            matrix = canvas.camera.matrix(view, sprites.near)
            for place in sprites.placements(seconds):
                pose = sprites.posed(place)
                flip = np.array([[1, 0, 0], [0, -0.9, 0], [0, 0, 1.0]])
                move = to_pixels(matrix @ standing(place) @ flip, pose.window, (width, canvas.height // 2))
                move[:, 2] -= (0, first / 2)
                # Only where its mirror image falls.
                tall, wide = pose.data.shape[:2]
                corners = np.array([(-1, -1, 1), (wide, -1, 1), (-1, tall, 1), (wide, tall, 1.0)]) @ move.T
                x0, y0 = (max(0, int(v)) for v in np.floor(corners.min(axis=0)))
                x1, y1 = (min(most, int(v) + 2) for v, most in zip(corners.max(axis=0), (width, height), strict=True))
                if x1 <= x0 or y1 <= y0:
                    continue
                move[:, 2] -= (x0, y0)
                picture = cv2.warpAffine(pose.data, move, (x1 - x0, y1 - y0), flags=cv2.INTER_LINEAR)
                over(still[y0:y1, x0:x1], np.asarray(picture, np.uint8))
        return still

    def _here(self, field: Field, move: np.ndarray, width: int, height: int) -> Field:
        return np.asarray(
            cv2.warpAffine(field, move, (width, height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE),
            np.float32,
        )

    def _bytes(self, data: Bytes, move: np.ndarray, width: int, height: int) -> Bytes:
        return np.asarray(
            cv2.warpAffine(data, move, (width, height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE),
            np.uint8,
        )


def _swatch(colour: Colour) -> Sheet:
    sheet = Sheet.clear(Window(0, 0, 4, 4, 4))
    sheet.wash(colour, 1.0)
    return sheet


def _surface(stage: Stage, window: Window, below: Field, deep: Colour, clear: float) -> tuple[Bytes, Bytes]:
    """How much of the mirror image is kept (as bytes), and the water's own colour that is added."""
    depth = np.clip(below / (0.5 - stage.horizon + 0.05), 0, 1)
    keep = 0.97 - (0.97 - clear) * depth**0.55
    own = Sheet.clear(window)
    far = mix(deep, stage.light.fog, 0.35)
    t = depth[..., None]
    colours = np.asarray(far, np.float32) * (1 - t) + np.asarray(deep, np.float32) * t
    own.wash(colours.astype(np.float32), (1 - keep).astype(np.float32))
    body = to_yuva(own, stage.grade)
    kept = np.rint(keep * 255).astype(np.uint8)
    body[..., 3] = 255 - kept
    return np.repeat(kept[..., None], 4, axis=2), body


def _glitter(stage: Stage, window: Window, below: Field, sun: tuple[float, float]) -> Field:
    spread = 0.018 + below * 0.3
    path = np.exp(-(((window.xs() - sun[0]) / spread) ** 2))
    return np.asarray(path * (1.0 - 0.45 * np.clip(below / 0.5, 0, 1)) * smoothstep(0.0, 0.01, below), np.float32)


def add_sparkles(stage: Stage, line: float, reach: float = 0.3, count: int = 26) -> None:
    """Points of sunlight that flash on the waves under the sun, from the far shore at `line` down by `reach`."""
    light = stage.light
    if light.disc < 0.3:
        return
    picture = star_pose(stage, mix(light.sun, (1.0, 1.0, 1.0), 0.5))
    seed, sun = stage.seed("sparkles"), sun_place(stage)[0]
    spots = [tuple(float(hash01(i, k, seed)) for k in range(5)) for i in range(count)]
    dim = 0.55 if light.is_night else 0.9

    def placements(seconds: float) -> list[Placement]:
        made = []
        for i, (a, b, c, d, e) in enumerate(spots):
            turn = seconds * (1.1 + 1.2 * c) * stage.spec.life + d * math.tau
            bright = max(0.0, math.sin(turn)) ** 7
            if bright < 0.03:
                continue
            # Each flash is somewhere else.
            jump = float(hash01(i, 9 + math.floor(turn / math.tau), seed)) - 0.5
            depth = reach * b * b + 0.006
            x = sun + (a + e - 1.0 + 0.5 * jump) * (0.05 + 0.75 * depth)
            made.append(Placement(x, line + depth, 0.018 + 0.06 * depth + 0.01 * c, opacity=bright * dim))
        return made

    stage.add(Sprites([picture], placements, 0.6))

"""A road to the horizon: verge, poles, hills, tail lights ahead."""

from __future__ import annotations

import math

import numpy as np

from engines.generate.procedural.draw.camera import Affine, View
from engines.generate.procedural.draw.cast import Ground, add_sky_cast, moving, needs_ground, stand_all
from engines.generate.procedural.draw.keeping import kept
from engines.generate.procedural.draw.land import add_conifers, add_mist, add_mountains, add_silhouette, hills, ridges
from engines.generate.procedural.draw.layers import Canvas, Layer, Placement, Pose, Sprites
from engines.generate.procedural.draw.relight import halo, relit
from engines.generate.procedural.draw.setting import Setting, listed
from engines.generate.procedural.draw.sheet import Sheet, down, ellipse, rect, smooth, to_yuva
from engines.generate.procedural.draw.sky import add_clouds, add_sky
from engines.generate.procedural.draw.stage import Stage
from engines.generate.procedural.draw.window import Window, noise, smoothstep
from engines.generate.procedural.palette import colour, lift, mix, ramp


def build(stage: Stage) -> None:
    """Sky, hills, the plane with the road, its running marks, poles and the car ahead."""
    light, base = stage.light, stage.horizon
    add_sky(stage)
    add_clouds(stage, stage.spec.life)
    snowy = stage.spec.weather == "snow" or stage.has("winter")
    add_mountains(
        stage,
        ridges(base + 0.03, 0.3, 1.3, stage.seed("range")),
        0.05,
        snow=base - 0.16,
        rock=colour("6E6A7A"),
        foot=0.2,
    )
    add_mist(stage, base, 0.045, 0.06, 0.6)
    green = light.lit(colour("86A256") if not snowy else colour("DCE6F0"), 0.6)
    if stage.has("autumn"):
        green = light.lit(colour("9A7A3C"), 0.4)
    hill = light.far(green, 0.15)
    add_silhouette(
        stage,
        hills(base + 0.012, 0.045, 1.3, stage.seed("hill"), 2),
        0.12,
        hill,
        mix(hill, light.fog, 0.3),
        0.06,
        bottom=base + 0.06,
    )
    tree = light.far(light.lit(colour("2C4438"), 0.25), 0.25)
    add_conifers(
        stage,
        hills(base + 0.014, 0.03, 1.5, stage.seed("wood")),
        0.16,
        0.055,
        0.022,
        tree,
        mix(tree, light.fog, 0.3),
        keep_clear=(-0.12, 0.12),
        fade=0.4,
        snowy=0.6 * snowy,
    )
    _plane(stage, green, snowy)
    add_mist(stage, base + 0.01, 0.03, 0.2, 0.5, tag="road")
    speed = 0.55 * moving(stage) * (1.6 if stage.spec.subject_motion == "fast" else 1.0)
    if stage.spec.loop:
        # Marks stand each 0.9, poles each 1.5: after whole stretches of 4.5 both are where they were.
        way = 2 * speed * stage.spec.seconds
        speed = max(1, round(way / 4.5)) * 4.5 / (2 * stage.spec.seconds) if speed else 0.0
    stage.add(_Marks(stage, base, speed))
    _poles(stage, speed)
    if "no people" not in stage.spec.features and not needs_ground(stage):
        _car(stage)
    add_sky_cast(stage, -0.25)
    stand_all(stage, Ground(base + 0.2, 0.6, 0.9), Ground(base + 0.26, 0.62, 1.15, travels=True, at=0.04))


@kept
def _plane(stage: Stage, green: tuple[float, float, float], snowy: bool) -> None:
    light, base = stage.light, stage.horizon
    near = 0.8
    window = stage.window(near, top=base, upright=False)
    xs, ys = window.xs(), window.ys()
    depth = np.clip(ys - base, 1e-4, None)
    side = xs / depth
    asphalt = light.lit(colour("5A5C66") if not snowy else colour("A8B2C0"), 0.35)
    far = np.clip(1 - depth / 0.3, 0, 1) ** 2.2
    rows = np.log(depth + 0.02)
    grass = noise(window, 3.0, 12.0, stage.seed("verge"), 3) - 0.5
    strips = 0.5 + 0.5 * np.sin(rows * 9 + grass * 5)
    t = np.clip(0.3 + grass * 0.5 + (strips - 0.5) * 0.35 + depth * 0.5, 0, 1)
    ground = ramp((lift(green, 0.09), lift(green, 0.03), lift(green, -0.05)))[(t * 255).astype(int)]
    worn = 0.5 + 0.5 * np.cos(side / 0.85 * 2 * math.pi)
    tarmac = np.asarray(asphalt, np.float32) * (
        0.94 + 0.09 * worn[..., None] + 0.06 * (noise(window, 9.0, 30.0, stage.seed("tar"), 2)[..., None] - 0.5)
    )
    edge = smoothstep(1.0, 1.0 + 0.012, np.abs(side))[..., None]
    colours = tarmac * (1 - edge) + ground * edge
    line = (np.exp(-(((np.abs(side) - 0.93) / 0.012) ** 2)) * np.clip(depth * 40, 0, 1))[..., None] * (
        0.0 if snowy else 0.8
    )
    colours = colours * (1 - line) + np.asarray(light.lit(colour("F0ECE0"), 0.7), np.float32) * line
    haze = (far * light.haze * 0.95)[..., None]
    colours = colours * (1 - haze) + np.asarray(light.fog, np.float32) * haze
    if stage.spec.weather in ("rain", "storm") or stage.light.disc > 0.5:
        shine = np.exp(-((side / 0.8) ** 2)) * far * 0.45
        colours = colours + (np.asarray(light.sky[-1], np.float32) - colours) * shine[..., None]
    sheet = Sheet.clear(window)
    sheet.wash(
        np.clip(colours, 0, 1).astype(np.float32),
        np.clip((ys - base) * window.scale + 0.5, 0, 1).astype(np.float32) + 0 * xs,
    )
    stage.plate(sheet, near, upright=False)


class _Marks(Layer):
    """The broken line in the middle; it runs toward the eye."""

    is_still = False
    near = 0.8

    def __init__(self, stage: Stage, base: float, speed: float) -> None:
        self.base, self.speed = base, speed
        # A clear rim, so that its edges are soft wherever it is laid.
        swatch = Sheet.clear(Window(0, 0, 10, 10, 10))
        inside = np.pad(np.full((8, 8), 0.85, np.float32), 1)
        swatch.wash(stage.light.lit(colour("F2EEE2"), 0.75), inside)
        self._colour = to_yuva(swatch, stage.grade)
        self._snow = stage.spec.weather == "snow"

    def draw(self, canvas: Canvas, view: View, seconds: float, hidden_from: int) -> None:
        """Each mark as a quadrilateral in perspective, narrowed to a rectangle's affine image."""
        if self._snow:
            return
        matrix = canvas.camera.matrix(view, self.near, upright=False)
        for k in range(14):
            # Distance along the road; one over it is the depth below the horizon.
            z = k * 0.9 + 0.7 - (seconds * self.speed * 2.0) % 0.9
            a, b = 0.42 / (z + 0.42), 0.42 / z
            if z < 0.3 or a - 0.001 > 0.62:
                continue
            y0, y1 = self.base + a * 0.72, self.base + min(b, 1.0) * 0.72
            half = 0.014 * (y0 + y1 - 2 * self.base)
            self._quad(canvas, matrix, half, y0, y1)

    def _quad(self, canvas: Canvas, matrix: Affine, half: float, y0: float, y1: float) -> None:
        wide, tall = 2 * half / 8, (y1 - y0) / 8
        local = np.array([[wide, 0, -half - wide], [0, tall, y0 - tall], [0, 0, 1.0]])
        scene = matrix @ local
        h = canvas.height
        move = scene * h
        move[:, 2] += (canvas.width / 2, h / 2)
        corners = np.array([(0, 0, 1), (10, 0, 1), (0, 10, 1), (10, 10, 1.0)]) @ move.T
        low, high = np.floor(corners.min(axis=0)) - 1, np.ceil(corners.max(axis=0)) + 1
        canvas.lay(
            self._colour,
            move,
            (int(low[0]), int(low[1]), int(high[0]), int(high[1])),
            1 << 30,
            min(1.0, (y1 - y0) * 60),
        )


def _poles(stage: Stage, speed: float) -> None:
    """Poles at the roadside that come nearer and pass."""
    window = Window.around(-0.2, -1.04, 0.2, 0.02, max(40.0, stage.size[1] * 0.6))
    sheet = Sheet.clear(window)
    wood = mix(stage.light.lit(colour("4A3C34"), 0.2), stage.light.fog, 0.1)
    sheet.fill(rect(-0.011, -1.0, 0.011, 0.01), wood)
    sheet.fill(rect(-0.15, -0.92, 0.15, -0.9), wood)
    sheet.fill(rect(-0.1, -0.82, 0.1, -0.805), wood)
    for x in (-0.14, -0.05, 0.05, 0.14):
        sheet.fill(rect(x - 0.006, -0.95, x + 0.006, -0.92), wood)
    pole = Pose(to_yuva(sheet, stage.grade), window)
    base = stage.horizon

    def placements(seconds: float) -> list[Placement]:
        made = []
        for k in range(9, -1, -1):
            z = k * 1.5 + 1.1 - (seconds * speed * 2.0) % 1.5
            if z < 0.34:
                continue
            down_by = 0.3 / z
            fade = min(1.0, max(0.0, (13.0 - z) / 3)) * min(1.0, (z - 0.34) * 8)
            made.append(Placement(-1.5 * down_by, base + down_by * 0.95, 1.15 * down_by, opacity=fade))
        return made

    stage.add(Sprites([pole], placements, 0.3))


def _car(stage: Stage) -> None:
    """The car ahead, from behind, with its two red lights."""
    size, near = 0.085 * stage.narrow, 0.42
    window = Window.around(-0.95, -1.05, 0.95, 0.12, stage.size[1] * size * 1.3 * stage.camera.largest(near))
    sheet = Sheet.clear(window)
    body = colour("B83A30")
    dark = mix(body, (0.05, 0.05, 0.08), 0.5)
    sheet.fill(ellipse(0, 0.0, 0.82, 0.08), (0.03, 0.03, 0.05), 0.55)
    for x in (-0.52, 0.52):
        sheet.fill(rect(x - 0.13, -0.22, x + 0.13, 0.02), colour("17181C"))
    sheet.fill(
        smooth(
            [
                (-0.72, -0.12),
                (-0.75, -0.42),
                (-0.64, -0.56),
                (-0.5, -0.88),
                (-0.3, -0.97),
                (0.3, -0.97),
                (0.5, -0.88),
                (0.64, -0.56),
                (0.75, -0.42),
                (0.72, -0.12),
            ],
            steps=8,
        ),
        down(-0.97, -0.12, mix(body, (1, 1, 1), 0.15), body, dark),
    )
    sheet.fill(
        smooth([(-0.5, -0.58), (-0.4, -0.84), (-0.26, -0.89), (0.26, -0.89), (0.4, -0.84), (0.5, -0.58)], steps=6),
        down(-0.89, -0.58, mix(stage.light.sky[2], (1, 1, 1), 0.2), colour("3A4452")),
    )
    sheet.fill(rect(-0.2, -0.34, 0.2, -0.22), colour("E8E4D8"))
    relit(stage, sheet, near, 0.7, (stage.spec.sun_x, -stage.light.sun_height - 0.05))
    strong = max(0.55, stage.light.lamps)
    for x in (-0.6, 0.6):
        halo(sheet, x, -0.42, 0.17, colour("FF3A2A"), 0.8 * strong)
        sheet.fill(ellipse(x, -0.42, 0.1, 0.055), colour("FF6A50"))
    car = Pose(to_yuva(sheet, stage.grade), window)
    life = moving(stage)

    def placements(seconds: float) -> list[Placement]:
        t = seconds * life
        shift = 0.008 * math.sin(t * 0.7)
        return [Placement(0.05 + shift, stage.horizon + 0.115 + 0.0012 * math.sin(t * 9), size)]

    stage.add(Sprites([car], placements, near))


SETTING = Setting(
    build=build,
    words=listed(
        "road, highway, motorway, drive, driving, route, journey, road trip, tarmac, asphalt, traffic, "
        "taillight, tail light"
    ),
    horizon=0.06,
    usual_time="dusk",
)

"""The sea: open water, or with a beach, a harbour, islands; boats, a lighthouse, gulls."""

from __future__ import annotations

import math

import numpy as np

from engines.generate.procedural.draw.cast import (
    Ground,
    add_beam,
    add_birds,
    add_sky_cast,
    add_standing,
    floating,
    needs_ground,
    stand_all,
    wanted,
)
from engines.generate.procedural.draw.land import add_mist, add_silhouette, below
from engines.generate.procedural.draw.layers import Placement, Sprites
from engines.generate.procedural.draw.setting import Setting, listed
from engines.generate.procedural.draw.sheet import Sheet, down, rect
from engines.generate.procedural.draw.sky import add_clouds, add_sky, sun_place
from engines.generate.procedural.draw.stage import Stage
from engines.generate.procedural.draw.water import Water, add_sparkles
from engines.generate.procedural.draw.window import Field, noise, noise_at, smoothstep
from engines.generate.procedural.palette import colour, lift, mix, ramp


def build(stage: Stage) -> None:
    """Sky, far shore, water, boats, near shore."""
    light, line = stage.light, stage.horizon
    add_sky(stage)
    add_clouds(stage, stage.spec.life)
    _far_shore(stage)
    boats = floating(stage, line)
    towers, lanterns = _towers(stage)
    stormy = stage.spec.weather == "storm" or stage.has("big waves")
    deep = lift(mix(light.ambient, colour("0B4560"), 0.68), -0.1 if not light.is_night else -0.08)
    if stage.spec.weather in ("fog", "snow"):
        deep = mix(deep, light.fog, 0.45)
    elif stage.spec.time in ("day", "morning") and light.cover < 0.6:
        deep = mix(colour("1F7E9E"), light.ambient, 0.2)
    stage.add(
        Water(
            stage,
            line,
            rough=1.7 if stormy else 0.75 if stage.spec.life < 0.8 else 1.0,
            deep=deep,
            clear=0.3 if not light.is_night else 0.58,
            speed=stage.spec.life * (1.4 if stormy else 1.0),
            sun=sun_place(stage) if light.disc > 0.05 else None,
            sun_colour=mix(light.sun, (1, 1, 1), 0.25),
            sparkle=min(1.0, light.glow + 0.25) * light.disc,
            floating=[*boats, *towers],
        )
    )
    add_mist(
        stage, line, 0.035 if stage.spec.weather != "fog" else 0.12, 0.02, 0.55 if stage.spec.weather != "fog" else 0.95
    )
    add_sparkles(stage, line, 0.32)
    for boat in sorted(boats, key=lambda b: b.near):
        stage.add(boat)
    for tower, (x, y) in zip(towers, lanterns, strict=True):
        add_beam(stage, x, y, 0.42)
        stage.add(tower)
    if stage.spec.weather == "fog":
        add_mist(stage, line + 0.1, 0.12, 0.4, 0.5, tag="near")
    add_sky_cast(stage, -0.22)
    if not wanted(stage, "birds") and stage.spec.time != "night" and stage.spec.weather in ("clear", "cloudy"):
        add_birds(stage, -0.2, 6, 0.042)
    if stage.has("harbour"):
        _pier(stage)
    elif stage.has("beach") or needs_ground(stage):
        _beach(stage)


def _towers(stage: Stage) -> tuple[list[Sprites], list[tuple[float, float]]]:
    """Lighthouses, not yet on the stage: the water before them needs their mirror images. And where their lanterns are."""
    made: list[Sprites] = []
    lanterns: list[Placement] = []
    kept = list(stage.layers)
    for subject in wanted(stage, "lighthouse"):
        foot = stage.horizon + 0.13
        made += add_standing(stage, subject, Ground(foot, 0.42), shadow=False)
        lanterns += [tower.placements(0.0)[0] for tower in made[len(lanterns) :]]
    stage.layers[:] = kept
    return made, [(place.x, place.y - 0.865 * place.size) for place in lanterns]


def _far_shore(stage: Stage) -> None:
    light, line = stage.light, stage.horizon
    is_land = stage.has("island") or stage.has("cliff")
    far = light.far(light.lit(colour("5A6A70"), 0.3), 0.3 if is_land else 0.12)
    tall = 0.16 if is_land else 0.06
    seed = stage.seed("shore")
    hero = stage.spec.subjects[0].x if stage.spec.subjects else -0.8 * stage.spec.sun_x
    middle = (hero - math.copysign(0.06, hero)) * stage.aspect

    def islands(xs: Field) -> Field:
        if stage.has("island"):
            # One for sure, water on both sides of it, where the hero is or on the third away from the sun.
            away = xs - middle
            rough = 0.75 + 0.5 * (noise_at(xs, 5.0, seed + 1, 3) - 0.5)
            hump = smoothstep(0.44, 0.1, np.abs(away)) * 0.6 + smoothstep(0.2, 0.0, np.abs(away - 0.07)) * 0.55
            return np.asarray(line + 0.004 - 0.2 * hump * rough, np.float32)
        shape = smoothstep(0.46, 0.75, noise_at(xs + 7, 0.8, seed, 1)) * (0.35 + 0.65 * noise_at(xs, 4.0, seed + 1, 3))
        return np.asarray(line + 0.004 - tall * shape, np.float32)

    add_silhouette(stage, islands, 0.04, far, mix(far, light.fog, 0.5), 0.06, bottom=line + 0.05)


def _beach(stage: Stage) -> None:
    """Sand in the near corner with a line of foam, and who stands on it."""
    light = stage.light
    near = 0.8
    side = -1.0 if stage.spec.sun_x > 0 else 1.0
    window = stage.window(near, top=0.16)
    xs, ys = window.xs(), window.ys()
    seed = stage.seed("beach")
    edge = 0.36 - 0.07 * xs * side / stage.aspect * 2 + 0.02 * (noise_at(xs, 2.5, seed, 2) - 0.5)
    sheet = Sheet.clear(window)
    wet, dry = light.lit(colour("B08D68"), 0.35), light.lit(colour("EBCF9F"), 0.85)
    foam = light.lit((1.0, 1.0, 1.0), 0.8)
    lace = noise(window, 24.0, 60.0, seed + 4, 3)
    rim = np.clip(1 - np.abs(ys - edge + 0.004) / 0.011, 0, 1) * smoothstep(0.32, 0.55, lace + 0.12)
    rim2 = np.clip(1 - np.abs(ys - edge + 0.03 - 0.012 * lace) / 0.004, 0, 1) * smoothstep(0.4, 0.62, lace)
    sheet.wash(foam, np.clip(rim2 * 0.5, 0, 1).astype(np.float32))
    t = np.clip((ys - edge) / 0.09 + (noise(window, 9.0, 40.0, seed + 2, 3) - 0.5) * 0.4, 0, 1)
    sheet.wash(ramp((wet, mix(wet, dry, 0.6), dry))[(t * 255).astype(int)], below(window, np.asarray(edge, np.float32)))
    sheet.wash(foam, np.clip(rim * 0.9, 0, 1).astype(np.float32))
    stage.plate(sheet, near)
    stand_all(stage, Ground(0.4, near, 1.05))


def _pier(stage: Stage) -> None:
    """A wooden pier from the near corner, with bollards, lamps and who stands on it."""
    light, near = stage.light, 0.85
    side = -1.0 if stage.spec.sun_x > 0 else 1.0
    window = stage.window(near, top=0.02)
    sheet = Sheet.clear(window)
    deck, dark = light.lit(colour("8A6A50"), 0.5), light.lit(colour("4A3830"), 0.15)
    end = side * 0.06 * stage.aspect
    out = side * (stage.half_width + 0.6)
    y0, y1 = 0.345, 0.4
    for k in range(9):
        x = end + side * (0.03 + k * 0.2)
        sheet.fill(rect(x - 0.011, y1, x + 0.011, 0.7), down(y1, 0.6, dark, mix(dark, (0, 0, 0), 0.4)))
    sheet.fill([(end, y0), (out, y0), (out, y1), (end - side * 0.02, y1)], down(y0, y1, deck, mix(deck, dark, 0.5)))
    sheet.fill(rect(min(end - side * 0.02, out), y1, max(end - side * 0.02, out), y1 + 0.022), dark)
    for k in range(26):
        x = end + side * k * 0.05
        sheet.fill([(x, y0), (x + side * 0.002, y0), (x - side * 0.018, y1), (x - side * 0.021, y1)], dark, 0.55)
    for k in range(4):
        x = end + side * (0.05 + k * 0.3)
        sheet.fill(rect(x - 0.008, y0 - 0.045, x + 0.008, y0 + 0.02), dark)
        sheet.fill(rect(x - 0.012, y0 - 0.052, x + 0.012, y0 - 0.043), dark)
    stage.plate(sheet, near)
    stand_all(stage, Ground(0.372, near, 1.0, at=side * 0.22))


SETTING = Setting(
    build=build,
    words=listed(
        "sea, ocean, water, wave, harbour, harbor, port, bay, island, pier, quay, dock, marina, cliff, surf, "
        "lagoon, horizon, breakwater, fjord, coastline, tide, open sea, high seas, archipelago, headland"
    ),
    horizon=0.1,
    usual_time="golden_hour",
    implied_by=listed(
        "feature harbour, feature cliff, feature island, feature big waves, weather storm, time dawn, time dusk"
    ),
    loose="",
)

"""A city skyline over its river, or over nearer roofs."""

from __future__ import annotations

from engines.generate.procedural.draw.cast import Ground, add_birds, add_sky_cast, floating, needs_ground, stand_all
from engines.generate.procedural.draw.land import add_mist, add_silhouette, hills
from engines.generate.procedural.draw.plants import add_trees
from engines.generate.procedural.draw.setting import Setting, listed
from engines.generate.procedural.draw.sky import add_clouds, add_sky, sun_place
from engines.generate.procedural.draw.stage import Stage
from engines.generate.procedural.draw.town import COATS, add_skyline
from engines.generate.procedural.draw.water import Water
from engines.generate.procedural.palette import Light, colour, lift, mix


def build(stage: Stage) -> None:
    """Three rows of towers, palest at the back, then water with their lights in it."""
    light, base = stage.light, stage.horizon
    add_sky(stage)
    add_clouds(stage, stage.spec.life)
    neon = stage.has("neon") or stage.spec.palette == "neon"
    wall = light.lit(colour("6F7C96") if not light.is_night else colour("39405E"), 0.45)
    if stage.spec.time in ("dusk", "dawn", "golden_hour"):
        # Against the light a city is a silhouette.
        wall = lift(mix(light.lit(colour("56607E"), 0.15), light.sky[1], 0.45), -0.1 if light.lamps > 0.15 else -0.17)
    lamps = light.lamps
    coats = COATS if stage.spec.time in ("day", "morning") else ()
    hero = -stage.spec.sun_x * stage.aspect * 1.1
    tall = 1.0 if not stage.spec.is_portrait else 1.15
    rows = (
        (0.06, 0.12, 0.36 * tall, 0.06, 0.1, None),
        (0.13, 0.1, 0.4 * tall, 0.085, 0.34, hero),
        (0.24, 0.05, 0.22 * tall, 0.12, 0.42, None),
    )
    for index, (near, low, high, width, lit, peak) in enumerate(rows):
        tone = light.far(lift(wall, -0.045 * index), near, 0.95)
        add_skyline(
            stage,
            near,
            base,
            low,
            high,
            width,
            tone,
            lit * lamps + 0.02,
            hero=peak,
            bottom=base + 0.06,
            neon=neon and index == 2,
            coats=coats,
        )
        if index < 2:
            add_mist(stage, base - 0.05, 0.1, near + 0.03, 0.45 if stage.spec.weather != "fog" else 1.0)
    _trees(stage, base, light)
    quay = light.far(lift(wall, -0.12), 0.4)
    add_silhouette(stage, lambda xs: xs * 0 + (base - 0.012), 0.28, quay, lift(quay, -0.04), 0.03, bottom=base + 0.05)
    boats = floating(stage, base)
    deep = lift(mix(light.ambient, colour("14283C"), 0.65), -0.1)
    wet = stage.spec.weather in ("rain", "storm")
    stage.add(
        Water(
            stage,
            base,
            near=0.9,
            rough=0.8 if not wet else 1.1,
            deep=deep,
            clear=0.62 if light.is_night else 0.45,
            speed=stage.spec.life,
            sun=sun_place(stage) if light.disc > 0.3 else None,
            sun_colour=light.sun,
            sparkle=0.7 * light.disc,
            floating=boats,
        )
    )
    add_mist(stage, base, 0.02, 0.3, 0.35, tag="river")
    for boat in boats:
        stage.add(boat)
    add_sky_cast(stage, -0.28)
    if not light.is_night and stage.spec.weather == "clear":
        add_birds(stage, -0.26, 6, 0.03)
    _terrace(stage)


def _trees(stage: Stage, base: float, light: Light) -> None:
    """An avenue along the embankment, which gives the towers their scale."""
    if stage.spec.weather == "snow" or stage.has("winter") or light.is_night:
        return
    leaf = colour("5E8F4C") if not stage.has("autumn") else colour("D08A34")
    tones = tuple(
        light.far(light.lit(tone, lit), 0.3)
        for tone, lit in ((colour("4A382C"), 0.2), (lift(leaf, -0.1), 0.3), (lift(leaf, 0.05), 0.95))
    )
    line = hills(base - 0.008, 0.0, 1.0, 1)
    add_trees(stage, line, 0.27, 0.05, 0.042, (tones[0], tones[1], tones[2]), tag="avenue", full=0.8)


def _terrace(stage: Stage) -> None:
    """What belongs on the ground stands on a quay in the foreground."""
    if not needs_ground(stage):
        return
    tone = lift(stage.light.lit(colour("3A3E4C"), 0.2), -0.03)
    stage.walkers = True
    stage.lamplight = 0.45 * stage.light.lamps if stage.light.is_night else 0.0
    ground = hills(0.4, 0.0, 1.0, 1)
    add_silhouette(stage, ground, 0.84, lift(tone, 0.05), lift(tone, -0.05), 0.12)
    stand_all(stage, Ground(0.43, 0.86, 1.0))


SETTING = Setting(
    build=build,
    words=listed(
        "city, downtown, tower, metropolis, urban, tokyo, new york, london, town, building, shanghai, "
        "hong kong, paris, berlin, megacity, waterfront, big city, embankment"
    ),
    horizon=0.2,
    usual_time="night",
)

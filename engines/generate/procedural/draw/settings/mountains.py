"""Mountains: four ranges going pale with distance, a lake if asked for, conifers before the eye."""

from __future__ import annotations

from engines.generate.procedural.draw.cast import Ground, add_birds, add_sky_cast, floating, stand_all
from engines.generate.procedural.draw.land import (
    Line,
    add_conifers,
    add_grass,
    add_mist,
    add_mountains,
    add_silhouette,
    hills,
    ridges,
)
from engines.generate.procedural.draw.setting import Setting, listed
from engines.generate.procedural.draw.sky import add_clouds, add_sky, sun_place
from engines.generate.procedural.draw.stage import Stage
from engines.generate.procedural.draw.water import Water
from engines.generate.procedural.palette import Colour, colour, lift, mix


def build(stage: Stage) -> None:
    """Sky, ranges far to near, then lake or wooded hills."""
    light, base = stage.light, stage.horizon
    add_sky(stage)
    add_clouds(stage, stage.spec.life)
    rock = colour("7C6A5E") if stage.spec.time != "night" else colour("8C93AC")
    snowy = stage.has("winter") or stage.spec.weather == "snow"
    ranges = ((0.06, 0.0, 0.52, 1.5), (0.14, 0.04, 0.62, 1.15), (0.26, 0.1, 0.34, 1.5))
    peak = -stage.spec.sun_x * stage.aspect * 1.15
    for index, (near, drop, height, frequency) in enumerate(ranges):
        tall = height * (0.85 + 0.3 * stage.pick("range", index)) * (0.85 if stage.spec.is_portrait else 1.0)
        line = ridges(base + drop, tall, frequency, stage.seed(f"range {index}"), peak if index == 1 else None)
        snow = base + drop - tall * ((0.36, 0.34, 0.62)[index] if not snowy else 0.05)
        add_mountains(stage, line, near, snow=snow, rock=rock, foot=0.22 + 0.05 * index)
        if index < 2 or stage.spec.weather == "fog":
            add_mist(stage, base + drop - 0.01, 0.06, near + 0.02, 0.5 if stage.spec.weather != "fog" else 1.0)
    tint = light.lit(colour("2F4A3C") if not snowy else colour("6E8290"), 0.35)
    if stage.has("lake") or _has_boats(stage):
        _lake(stage, tint)
    else:
        for index, (near, drop, height) in enumerate(((0.4, 0.12, 0.07), (0.58, 0.2, 0.08))):
            ground = hills(base + drop, 0.07, 1.1, stage.seed(f"hill {index}"))
            far = light.far(tint, near)
            add_conifers(
                stage, ground, near, height, 0.022 + 0.012 * index, far, mix(far, light.fog, 0.6), snowy=0.6 * snowy
            )
            add_mist(stage, base + drop + 0.03, 0.05, near + 0.05, 0.5)
    if stage.spec.weather not in ("rain", "storm") and not light.is_night:
        add_birds(stage, base - 0.36, 5, 0.03, 0.2)
    add_sky_cast(stage, -0.24)
    _foreground(stage, snowy)


def _has_boats(stage: Stage) -> bool:
    return any(subject.name in ("sailboat", "ferry", "paper_boat") for subject in stage.spec.subjects)


def _lake(stage: Stage, tint: tuple[float, float, float]) -> None:
    light, line = stage.light, stage.horizon + 0.075
    ground = hills(line, 0.035, 1.6, stage.seed("shore"))
    far = light.far(tint, 0.45)
    add_conifers(stage, ground, 0.4, 0.07, 0.02, far, mix(far, light.fog, 0.4), fade=0.5)
    boats = floating(stage, line)
    deep = lift(mix(light.ambient, colour("1A4A5A"), 0.55), -0.14)
    stage.add(
        Water(
            stage,
            line,
            near=0.9,
            rough=0.35,
            deep=deep,
            clear=0.66,
            speed=0.7 * stage.spec.life,
            sun=sun_place(stage) if light.disc > 0.05 else None,
            sun_colour=light.sun,
            sparkle=0.6 * light.disc,
            floating=boats,
        )
    )
    add_mist(stage, line + 0.005, 0.03, 0.42, 0.6, tag="lake")
    for boat in boats:
        stage.add(boat)


def _foreground(stage: Stage, snowy: bool) -> None:
    """Dark near trees frame the view; people and houses stand between them."""
    light = stage.light
    near, ground_y = 0.86, 0.42
    ground = hills(ground_y, 0.05, 0.9, stage.seed("near"))
    dark = mix(lift(light.lit(colour("23463A"), 0.3), -0.02), light.fog, 0.1)
    soil = light.lit(colour("3E5A3E") if not snowy else colour("DDE6F0"), 0.45 if not snowy else 0.7)
    add_silhouette(
        stage,
        ground,
        near - 0.02,
        mix(soil, light.key, 0.1),
        mix(dark, soil, 0.3) if not snowy else lift(soil, -0.1),
        0.2,
        uneven=0.3,
    )
    add_conifers_at_border(stage, ground, near, dark, snowy)
    stand_all(stage, Ground(ground_y + 0.0, near, 0.85))


def add_conifers_at_border(stage: Stage, ground: Line, near: float, dark: Colour, snowy: bool) -> None:
    """Tall trees left and right, and an open view between."""
    room = stage.half_width * 0.62
    light = stage.light
    soil = light.lit(colour("3E5A3E") if not snowy else colour("DDE6F0"), 0.45 if not snowy else 0.7)
    add_conifers(
        stage,
        ground,
        near,
        0.34 * stage.narrow,
        0.13,
        dark,
        lift(dark, -0.02),
        keep_clear=(-room, room),
        snowy=0.8 * snowy,
        fade=0.2,
        earth=soil,
    )
    tones = (mix(soil, dark, 0.4), mix(soil, light.key, 0.22))
    if not snowy:
        add_grass(stage, ground, near + 0.03, 0.035, 300, tones, soil=mix(soil, dark, 0.35), tag="alp")


SETTING = Setting(
    build=build,
    words=listed(
        "mountain, peak, summit, alp, alps, alpine, ridge, range, himalaya, highland, rocky, glacier, valley, "
        "volcano, mountaintop, mountainside, andes, dolomites, mountain range, pass"
    ),
    horizon=0.2,
    usual_time="morning",
)

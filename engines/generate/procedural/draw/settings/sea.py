"""The sea."""

from __future__ import annotations

from engines.generate.procedural.draw.sky import add_clouds, add_sky, sun_place
from engines.generate.procedural.draw.stage import Stage
from engines.generate.procedural.draw.water import Water
from engines.generate.procedural.palette import lift, mix


def build(stage: Stage) -> None:
    """Sky, clouds and water."""
    light = stage.light
    add_sky(stage)
    add_clouds(stage, stage.spec.life)
    deep = lift(mix(light.ambient, (0.05, 0.2, 0.32), 0.62), -0.12)
    stage.add(
        Water(stage, stage.horizon, deep=deep, clear=0.45, sun=sun_place(stage), sun_colour=mix(light.sun, (1, 1, 1), 0.2), sparkle=light.glow)
    )

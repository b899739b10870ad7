"""A loose flock that crosses the sky."""

from __future__ import annotations

import math
from collections.abc import Callable

from engines.generate.procedural.draw.layers import Placement, Pose, Sprites
from engines.generate.procedural.draw.poses import Poses, cropped
from engines.generate.procedural.draw.sheet import Sheet, to_yuva
from engines.generate.procedural.draw.stage import Stage
from engines.generate.procedural.draw.subject_kind import How, subject_kinds
from engines.generate.procedural.draw.troupe import colour_of
from engines.generate.procedural.draw.window import Window
from engines.generate.procedural.palette import Colour, mix
from engines.generate.procedural.scene.parts import Subject


def add_birds(
    stage: Stage, y: float, count: int = 7, size: float = 0.045, near: float = 0.25, subject: Subject | None = None
) -> None:
    """A loose flock that crosses the sky."""
    if subject is None and stage.has("no birds"):
        return
    light, kind = stage.light, subject_kinds()["birds"]
    tone: Colour = mix(mix(light.ambient, light.sky[0], 0.3), (0.06, 0.07, 0.1), 0.62)
    asked = colour_of(subject) if subject is not None else None
    cycle = kind.cycle("fly")
    scale = max(14.0, stage.size[1] * size * 1.5)

    def maker(action: str, k: int) -> Callable[[], Pose]:
        def made() -> Pose:
            sheet = Sheet.clear(Window.around(*kind.box, scale))
            kind.draw(sheet, How(k / cycle.poses, action, colour=asked or tone))
            return cropped(Pose(to_yuva(sheet, stage.grade), sheet.window))

        return made

    poses = Poses()
    poses.put([maker("fly", k) for k in range(cycle.poses)])
    glide = poses.put([maker("glide", 0)])
    life = max(0.35, stage.spec.life) if stage.spec.subject_motion != "none" else 0.0
    direction = 1.0 if stage.pick("flight") > 0.5 else -1.0
    if subject is not None and subject.way in ("left", "right"):
        direction = -1.0 if subject.way == "left" else 1.0
    flock = []
    wide = 0.34 + 0.006 * max(0, count - 9)
    for i in range(min(count, 60)):
        lag, up, big, beat = (stage.pick("flock", i, k) for k in range(4))
        flock.append(
            ((lag - 0.5) * wide + i * 0.008, (up - 0.5) * 0.17 + abs(lag - 0.5) * 0.05, 0.55 + 0.6 * big * big, beat)
        )
    middle = (stage.pick("flight", 1) - 0.5) * 0.3 * stage.aspect if subject is None else subject.x * stage.aspect * 0.5
    left, _, right, _ = stage.camera.needed(near)
    span, mid = right - left + wide + 0.3, stage.spec.seconds * 0.5

    def placements(seconds: float) -> list[Placement]:
        done = []
        for dx, dy, big, beat in flock:
            t = seconds * life
            x = middle + dx * stage.narrow + direction * 0.055 * life * (seconds - mid)
            x = (x - left + 0.5 * wide + 0.15) % span + left - 0.5 * wide - 0.15
            # They beat for a while, then glide.
            gliding = math.sin(t * 0.6 + beat * 6.28) > 0.45
            index = glide if gliding else math.floor((t * 1.7 + beat) * cycle.poses) % cycle.poses
            rise = 0.006 * math.sin(t * 1.3 + beat * 9)
            done.append(Placement(x, y + dy + rise, size * big * stage.narrow, index, mirrored=direction < 0))
        return done

    made = Sprites(poses, placements, near, is_still=life == 0)
    made.cast = subject is not None
    stage.add(made)

"""The cast: puts subjects on a stage with their own life. Settings say where their ground, water and air are, never who comes.

`add_standing(stage, subject, ground)` for each subject of the scene, `floating(stage, line)` for a water, `add_sky_cast` for the
air, `add_swimming` under water, `add_weightless` where nothing falls. What has found no place when the setting is built is
brought in by `place_rest`, so that every subject is seen in every setting.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from engines.generate.procedural.draw.beam import add_beam
from engines.generate.procedural.draw.flock import add_birds
from engines.generate.procedural.draw.layers import Placement, Sprites
from engines.generate.procedural.draw.placing import Ground, depth_factor, kind_of, stands
from engines.generate.procedural.draw.setting import settings
from engines.generate.procedural.draw.sky import sun_place
from engines.generate.procedural.draw.stage import Stage
from engines.generate.procedural.draw.subject_kind import SubjectKind
from engines.generate.procedural.draw.troupe import Place, group
from engines.generate.procedural.scene.parts import Subject

__all__ = [
    "Ground",
    "add_beam",
    "add_birds",
    "add_sky_cast",
    "add_standing",
    "add_swimming",
    "add_weightless",
    "floating",
    "moving",
    "needs_ground",
    "on_tables",
    "own_lights",
    "place_rest",
    "stand_all",
    "taken",
    "wanted",
]


_HEAVENLY = 1e4
"""Larger things (metres) are no part of the land."""
_BEHIND = 0.4
"""Nearer than that is nothing that was put behind something else."""


def wanted(stage: Stage, *names: str) -> list[Subject]:
    """The subjects of the scene with one of the names."""
    return [subject for subject in stage.spec.subjects if subject.name in names]


def moving(stage: Stage) -> float:
    """How lively subjects move; 0 when they shall not."""
    return 0.0 if stage.spec.subject_motion == "none" else stage.spec.life


def _claim(stage: Stage, subject: Subject) -> bool:
    """Whether this subject has yet to find its place; from now on it has. One that a setting brings itself always may."""
    for index, one in enumerate(stage.spec.subjects):
        if one is subject or one == subject:
            if index in stage.placed:
                continue
            stage.placed.add(index)
            return True
    return subject not in stage.spec.subjects


def _put(stage: Stage, made: Sprites, order: float) -> None:
    """Lay a layer among those of the cast that lie on top, by the height of its foot: what is lower is nearer."""
    made.order = order
    index = len(stage.layers)
    while (
        index and isinstance(last := stage.layers[index - 1], Sprites) and last.order is not None and last.order > order
    ):
        index -= 1
    stage.layers.insert(index, made)


def own_lights(stage: Stage) -> None:
    """Before anything is painted: what subjects do to the light of the scene.

    Where a moon comes as a subject the sky paints no disc of its own; a fire in the dark warms who is near.
    """
    for subject in stage.spec.subjects:
        kind = kind_of(subject)
        if kind is None:
            continue
        if kind.lights and subject.variant != "sun" and stage.light.is_night:
            stage.light = replace(stage.light, disc_size=0.0)
        if kind.warms:
            stage.lamplight = max(stage.lamplight, kind.warms * stage.light.lamps)


def add_standing(stage: Stage, subject: Subject, ground: Ground, shadow: bool = True) -> list[Sprites]:
    """Whatever belongs on the ground; farther ones stand higher and smaller. Others pass by (they come later)."""
    stage.ground = ground
    stage.ground_layer = len(stage.layers)
    kind = kind_of(subject)
    if kind is None or not stands(kind) or not _claim(stage, subject):
        return []
    return [_stand(stage, subject, kind, ground, shadow)]


def on_tables(stage: Stage) -> tuple[Subject, ...]:
    """The subjects that one sets down on a table rather than on the floor: cup, book, phone."""
    return tuple(
        one for one in stage.spec.subjects if (kind := kind_of(one)) is not None and stands(kind) and kind.metres < 0.4
    )


def stand_all(stage: Stage, ground: Ground, road: Ground | None = None, but: Sequence[Subject] = ()) -> None:
    """Every subject that belongs on the ground, `but` some; what drives takes the `road`, where there is one."""
    for subject in stage.spec.subjects:
        kind = kind_of(subject)
        if subject in but:
            continue
        drives = kind is not None and kind.ground == "drives"
        add_standing(stage, subject, road if road is not None and drives else ground)


def needs_ground(stage: Stage) -> bool:
    """Whether someone without a place yet belongs on the ground: a water may have to grow a shore."""
    return any(
        (kind := kind_of(subject)) is not None and stands(kind) and index not in stage.placed
        for index, subject in enumerate(stage.spec.subjects)
    )


def taken(stage: Stage, subject: Subject) -> None:
    """A setting has drawn this one itself."""
    _claim(stage, subject)


def _stand(stage: Stage, subject: Subject, kind: SubjectKind, ground: Ground, shadow: bool = True) -> Sprites:
    foot = ground.foot
    if kind.metres >= 4 and not ground.travels:
        # Large things stand farther off; their usual size is what they have there.
        foot = stage.horizon + (foot - stage.horizon) * 0.84
    place = Place(
        foot,
        ground.near,
        ground.scale,
        stage.medium,
        shadow,
        ground.wet,
        ground.sheltered or not shadow,
        None,
        ground.travels,
        ground.at,
    )
    made = group(stage, subject, kind, place)
    foot = stage.horizon + (foot - stage.horizon) * depth_factor(subject)
    _put(stage, made, foot)
    return made


def floating(stage: Stage, line: float, at: float | None = None) -> list[Sprites]:
    """Boats for a water whose far shore is at `line`; the water needs them for their mirror images, so they are only made here.

    `at`: x in frame widths about which they gather, where banks leave little water.
    """
    made = []
    stage.water = line
    for subject in stage.spec.subjects:
        kind = kind_of(subject)
        if kind is None or kind.ground != "floats" or not _claim(stage, subject):
            continue
        small = kind.metres < 1
        drop = (0.2 if small else 0.075) * (1 if kind.size > 0.1 else 0.6)
        place = Place(line + drop, 0.6 if small else 0.34, 0.92, vanish=line, at=at)
        made.append(_afloat(stage, subject, kind, place))
    return made


def _afloat(stage: Stage, subject: Subject, kind: SubjectKind, place: Place) -> Sprites:
    """On water: farther ones lie higher, as on any plane."""
    ground = group(stage, subject, kind, replace(place, ground=True, sheltered=True))
    inner = ground.placements

    def figures(seconds: float) -> Sequence[Placement]:
        # On water nothing has a contact patch; its mirror image is the water's.
        return [one for one in inner(seconds) if one.pose != 0]

    ground.placements = figures
    ground.floats = True
    return ground


def add_sky_cast(stage: Stage, y: float) -> None:
    """Whoever flies or hangs in the sky, about the height `y`."""
    for subject in stage.spec.subjects:
        kind = kind_of(subject)
        if kind is not None and kind.ground in ("flies", "hangs", "falls") and _claim(stage, subject):
            _fly(stage, subject, kind, y)


def _fly(stage: Stage, subject: Subject, kind: SubjectKind, y: float) -> None:
    if kind.group > 1 and kind.ground == "flies":
        count = subject.count if subject.count > 1 else kind.group
        add_birds(stage, y - subject.lift, max(3, count), kind.size * subject.scale, 0.35, subject)
        return
    # The middle of its box comes to the height.
    foot = y - (kind.box[1] + kind.box[3]) / 2 * kind.size * stage.narrow * subject.scale
    if kind.lights and stage.light.is_night and subject.variant != "sun":
        # The light of the night comes from it: it stands where the sky's own disc would.
        x, high = sun_place(stage)
        if subject.near >= _BEHIND:
            subject = replace(subject, x=x / stage.aspect)
        foot += high - y
    if kind.metres <= _HEAVENLY or not stage.sky_layers or settings()[stage.spec.setting].is_sheltered:
        stage.add(group(stage, subject, kind, Place(foot, 0.45, 1.0, stage.medium)))
        return
    # What is so far away stands behind all hills and houses.
    stage.layers.insert(stage.sky_layers, group(stage, subject, kind, Place(foot, 0.06, 1.0, stage.medium)))
    stage.ground_layer += stage.ground is not None


def add_swimming(stage: Stage, near: float = 0.55, top: float = -0.3, bottom: float = 0.25) -> None:
    """Whoever swims, and people as divers, between two heights of water."""
    stage.medium = "water"
    middle = (top + bottom) / 2
    for subject in stage.spec.subjects:
        kind = kind_of(subject)
        if kind is None or not (kind.ground == "swims" or kind.can("swim")) or not _claim(stage, subject):
            continue
        foot = middle - (kind.box[1] + kind.box[3]) / 2 * kind.size * subject.scale
        stage.add(group(stage, subject, kind, Place(foot, near, 1.0, "water")))


def add_weightless(stage: Stage, near: float = 0.6, y: float = 0.0, at: float | None = None) -> None:
    """Everything that has no place yet, where nothing falls: it drifts and turns slowly. `at`: x in frame widths about which."""
    stage.medium = "space"
    for subject in stage.spec.subjects:
        kind = kind_of(subject)
        if kind is None or not _claim(stage, subject):
            continue
        foot = y - (kind.box[1] + kind.box[3]) / 2 * kind.size * stage.narrow * subject.scale
        stage.add(group(stage, subject, kind, Place(foot, near, 1.0, "space", at=at)))


def place_rest(stage: Stage) -> None:
    """Bring in whom the setting had no place for: on its ground, in its air, or before everything, weightless."""
    for subject in stage.spec.subjects:
        kind = kind_of(subject)
        if kind is None or not _claim(stage, subject):
            continue
        if kind.ground in ("flies", "hangs", "falls"):
            held = stage.layers[stage.ground_layer :] if stage.ground is not None else []
            del stage.layers[len(stage.layers) - len(held) :]
            _fly(stage, subject, kind, -0.22)
            stage.layers += held
        elif stage.ground is not None:
            held = stage.layers[stage.ground_layer :]
            del stage.layers[stage.ground_layer :]
            ground = stage.ground
            if kind.ground == "swims":
                # A fish out of water hangs in the air, as in a dream.
                ground = replace(ground, foot=ground.foot - 0.2)
                stage.add(group(stage, subject, kind, Place(ground.foot, ground.near, ground.scale)))
            else:
                _stand(stage, subject, kind, ground)
            stage.layers += held
        elif stage.water is not None:
            vanish = stage.water
            leaps = kind.ground == "swims"
            place = Place(vanish + 0.2, 0.6, 1.0, ground=not leaps, vanish=vanish)
            stage.add(group(stage, subject, kind, place))
        elif stands(kind) or kind.ground == "floats":
            # No ground at all (patterns, plans): they stand before it on a floor that only their shadow shows.
            stage.add(group(stage, subject, kind, Place(0.3, 0.62, 1.15, stage.medium, ground=True, sheltered=True)))
        else:
            foot = 0.02 - (kind.box[1] + kind.box[3]) / 2 * kind.size * stage.narrow * subject.scale
            stage.add(group(stage, subject, kind, Place(foot, 0.62, 1.15, stage.medium)))

"""What was learnt, put to use: looks that a prompt names, and what a user accepted about words. It comes with the request."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from math import isfinite
from typing import Any

from engines.errors import EngineError
from engines.generate.procedural.grow.log import words_of
from engines.generate.procedural.grow.look import Look, look_from_plain
from engines.generate.procedural.grow.sums import Nudge
from engines.generate.procedural.intent import Intent
from engines.generate.procedural.scene.light import LIGHTINGS
from engines.generate.procedural.scene.parts import PaletteUse
from engines.generate.procedural.spec import SceneSpec

MOST_LOOKS = 4
_MOST_NUDGES = 400
_MOST_PALETTES = 6
_NEUTRAL = "mono"
_DARKEST, _BRIGHTEST = -0.4, 0.4
_QUICKEST = 4.0


@dataclass(frozen=True)
class Learnt:
    """What a film may use of what was learnt: looks by name, nudges by `domain value`."""

    looks: Mapping[str, Look] = field(default_factory=dict)
    nudges: Mapping[str, Nudge] = field(default_factory=dict)

    def as_plain(self) -> dict[str, Any]:
        """For a request; nothing where there is nothing."""
        found: dict[str, Any] = {}
        if self.looks:
            found["looks"] = {name: look.as_plain() for name, look in self.looks.items()}
        if self.nudges:
            found["nudges"] = {key: [one.life, one.brightness, one.weight] for key, one in self.nudges.items()}
        return found


def learnt_from_plain(value: Mapping[str, Any]) -> Learnt:
    """What `as_plain` gave. Raises EngineError for anything else."""
    try:
        looks = {str(name): look_from_plain(one) for name, one in value.get("looks", {}).items()}
        nudges = {str(key): _nudge(one) for key, one in value.get("nudges", {}).items()}
    except (AttributeError, TypeError, ValueError) as error:
        raise EngineError("What was learnt cannot be read; make the film without it.", repr(error)) from error
    if len(looks) > MOST_LOOKS or len(nudges) > _MOST_NUDGES:
        raise EngineError("More was learnt than one film can use.")
    return Learnt(looks, nudges)


def _nudge(value: Any) -> Nudge:
    life, brightness, weight = (float(one) for one in value)
    if not all(isfinite(one) for one in (life, brightness, weight)):
        raise ValueError("no number")
    return Nudge().and_(Nudge(life, brightness, weight))


def weighed(intent: Intent, learnt: Learnt) -> Intent:
    """What was said, with the weights that were learnt; of each of its parts, too."""
    if all(one.weight == 1.0 for one in learnt.nudges.values()):
        return intent
    values = {
        domain: tuple((value, weight * _of(learnt, f"{domain} {value}").weight) for value, weight in said)
        for domain, said in intent.values.items()
    }
    return replace(intent, values=values, beats=tuple(weighed(one, learnt) for one in intent.beats))


def _of(learnt: Learnt, key: str) -> Nudge:
    return learnt.nudges.get(key, Nudge())


def grown(spec: SceneSpec, intent: Intent, learnt: Learnt) -> SceneSpec:
    """The scene with the looks its prompt names, and with what was learnt of its words and palettes."""
    whole = Nudge()
    keys = dict.fromkeys(
        [*(word.key for word in words_of(intent.chips)), *(f"palette {u.name}" for u in spec.palettes)]
    )
    for key in keys:
        whole = whole.and_(_of(learnt, key))
    spec = _paler(spec, learnt)
    looks = [(name, learnt.looks[name], weight) for name, weight in intent.all("look") if name in learnt.looks]
    return _changed(spec, intent, looks, whole)


def _paler(spec: SceneSpec, learnt: Learnt) -> SceneSpec:
    """A palette that stands alone weighs less beside greys: among others its weight has done that already."""
    if len(spec.palettes) != 1:
        return spec
    use = spec.palettes[0]
    share = _of(learnt, f"palette {use.name}").weight
    if share >= 1:
        return spec
    return replace(spec, palettes=(replace(use, weight=share), PaletteUse(_NEUTRAL, round(1 - share, 4))))


def _changed(spec: SceneSpec, intent: Intent, looks: list[tuple[str, Look, float]], nudge: Nudge) -> SceneSpec:
    for place, (name, look, weight) in enumerate(looks):
        spec = _like(spec, intent, name, look, weight, is_first=place == 0)
    brightness = min(_BRIGHTEST, max(_DARKEST, spec.finish.brightness + nudge.brightness))
    spec = replace(
        spec,
        life=min(_QUICKEST, spec.life * nudge.life),
        finish=replace(spec.finish, brightness=round(brightness, 4)),
    )
    keys = tuple(replace(key, scene=_changed(key.scene, intent, looks, nudge)) for key in spec.keys)
    return replace(spec, keys=keys) if keys else spec


def _like(spec: SceneSpec, intent: Intent, name: str, look: Look, weight: float, *, is_first: bool) -> SceneSpec:
    """With a look: its colours among those that were asked for; pace, light, time and camera where the words leave them open."""
    asked = spec.palettes if intent.all("palette") or not is_first else ()
    use = PaletteUse(name[:40], max(0.05, min(4.0, weight)), tuple(code.lstrip("#") for code in look.colours))
    spec = replace(spec, palettes=(*asked, use)[-_MOST_PALETTES:])
    if not is_first:
        return spec
    changes: dict[str, Any] = {}
    if look.time and not intent.time and not spec.keys:
        changes["time"] = look.time
    if look.camera and not intent.camera and spec.camera.motion == "static" and not spec.shots:
        changes["camera"] = replace(spec.camera, motion=look.camera)
    if look.lighting and not intent.all("lighting"):
        changes["lighting"] = replace(LIGHTINGS[look.lighting], temperature=spec.lighting.temperature)
    if look.finish and not intent.style and spec.look == "natural":
        changes["look"] = look.finish
    if not intent.all("pace") and not intent.all("motion"):
        changes["life"] = look.life
    return replace(spec, **changes)

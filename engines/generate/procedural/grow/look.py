"""A look: the colours, the pace, the camera and the light of a film, as a value that another film can take on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

import numpy as np

from effects.oklab import to_oklab
from engines.errors import EngineError
from engines.generate.procedural.draw.moves import MOVES
from engines.generate.procedural.grow.film import Film
from engines.generate.procedural.palette import colour
from engines.generate.procedural.scene.light import LIGHTINGS, TIMES
from engines.generate.procedural.scene.looks import LOOKS
from engines.generate.procedural.spec import SceneSpec

STOPS = 5
_PACES = (("still", 2.0), ("slow", 4.0), ("moving", 8.0))
_MOST_COLOURS = 12


@dataclass(frozen=True)
class Look:
    """`colours` are #rrggbb, dark to light; `motion` as `Film.motion`; `life` multiplies the speed of what moves by itself."""

    colours: tuple[str, ...]
    motion: float = 0.0
    life: float = 1.0
    camera: str = ""
    lighting: str = ""
    finish: str = ""
    time: str = ""

    @property
    def pace(self) -> str:
        """`still`, `slow`, `moving` or `fast`."""
        return next((name for name, most in _PACES if self.motion < most), "fast")

    def as_plain(self) -> dict[str, Any]:
        """For files and requests."""
        return {**asdict(self), "colours": list(self.colours)}


def look_of(film: Film, spec: SceneSpec) -> Look:
    """The look of a film and the scene it was drawn from."""
    return Look(
        colours=ordered(tuple(code for code, _ in film.colours[:STOPS])),
        motion=film.motion,
        life=round(spec.life, 3),
        camera=spec.camera.motion,
        lighting=spec.lighting.name if spec.lighting.name in LIGHTINGS else "",
        finish=spec.look,
        time=spec.time,
    )


def ordered(colours: tuple[str, ...]) -> tuple[str, ...]:
    """Dark to light, each once."""
    once = tuple(dict.fromkeys(code.lower() for code in colours))
    return tuple(sorted(once, key=lambda code: (float(to_oklab(np.array(colour(code.lstrip("#"))))[0]), code)))


def look_from_plain(value: object) -> Look:
    """What `as_plain` gave. Raises EngineError in a sentence for anything else: it may come from a file that hands have changed."""
    if not isinstance(value, Mapping) or set(value) - {one.name for one in fields(Look)}:
        raise EngineError("A look is a group of fields: colours, motion, life, camera, lighting, finish, time.")
    try:
        colours = tuple(str(one).lower() for one in value["colours"])
        if not 0 < len(colours) <= _MOST_COLOURS or any(len(one) != 7 or int(one[1:], 16) < 0 for one in colours):
            raise ValueError("colours")
        motion, life = float(value.get("motion", 0)), float(value.get("life", 1))
        if not (0 <= motion <= 255 and 0 <= life <= 4):
            raise ValueError("numbers")
    except (KeyError, TypeError, ValueError) as error:
        raise EngineError("This is not a look: its colours or its numbers are none.", repr(error)) from error
    words = {name: str(value.get(name, "")) for name in ("camera", "lighting", "finish", "time")}
    for name, known in (("camera", MOVES), ("lighting", LIGHTINGS), ("finish", LOOKS), ("time", TIMES)):
        if words[name] not in known:
            words[name] = ""
    return Look(colours, motion, life, **words)

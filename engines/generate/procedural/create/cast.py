"""The subjects of a scene: who, where, how many, what they do and where they go."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

from engines.generate.procedural.create.composition import Frame, related, spread
from engines.generate.procedural.create.heard import Heard
from engines.generate.procedural.draw.subject_kind import subject_kinds
from engines.generate.procedural.intent import Wanted
from engines.generate.procedural.interpret.colours import COLOURS
from engines.generate.procedural.scene.parts import MOST_ROWS, WAYS, Subject

_MOST = 60
_GAITS = ("walk", "run", "fly", "dance", "swim", "jump", "sit", "wave")
_DIRECTIONS = MappingProxyType({"horizontal": "right", "vertical": "up", "diagonal": "right", "radial": "toward"})
_FEELING = MappingProxyType(
    {"playful": "excited", "serious": "calm", "energetic": "excited", "shy": "nervous", "confident": "happy"}
)
"""What a personality shows."""
_SPEED = MappingProxyType({"energetic": 1.35, "shy": 0.8, "playful": 1.15, "serious": 0.9})


def subjects_of(said: Heard, frame: Frame, balance: str, full_of: tuple[str, ...] = ()) -> tuple[Subject, ...]:
    """The heroes: the first on a third away from the sun, the next on the other side, then between; related ones together.

    Several of what the place is `full_of` anyway (trees in a forest) do not come once more.
    """
    wanted = said.cast or tuple(Wanted(name, count) for name, count in said.subjects)
    kept = wanted[:MOST_ROWS]
    gait = next((one for one in (said.first("gait"), said.first("subject_motion")) if one in _GAITS), "")
    gait = gait or ("jump" if said.first("bounce") else "")
    way = said.first("trajectory") if said.first("trajectory") in WAYS else ""
    way = way or _DIRECTIONS.get(said.first("directionality"), "")
    nature = said.first("personality")
    feeling = said.first("expression") or _FEELING.get(nature, "")
    made = [
        Subject(
            one.name,
            max(1, min(_MOST, one.count)),
            x,
            scale=max(0.1, min(4.0, one.size)),
            gait=gait,
            way=way,
            speed=_SPEED.get(nature, 1.0),
            variant=one.variant,
            expression=feeling,
            bounces=gait == "jump" and not subject_kinds()[one.name].can("jump"),
            colour=f"#{COLOURS[one.colour].lower()}" if one.colour in COLOURS else "",
        )
        for one, x in zip(kept, spread(frame, balance, len(kept)), strict=True)
    ]
    placed = _joined(related(made, said.relations, frame.sun_x))
    return tuple(one for one in placed if not (one.name in full_of and one.count > 2 and not one.colour))


def _joined(subjects: tuple[Subject, ...]) -> tuple[Subject, ...]:
    """A person and an umbrella are one, the person holds it; so are a person and a bicycle that is drawn with its rider."""
    for thing in ("umbrella", "bicycle"):
        names = [one.name for one in subjects]
        if thing not in names or "person" not in names:
            continue
        holder, held = subjects[names.index("person")], subjects[names.index(thing)]
        colour = holder.colour if thing == "umbrella" else held.colour or holder.colour
        one = replace(holder, name=thing, variant=held.variant, colour=colour)
        subjects = tuple(one if other is holder else other for other in subjects if other.name != thing)
    return subjects

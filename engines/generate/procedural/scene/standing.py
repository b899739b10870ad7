"""Where the drawing puts a subject in a place: asked once for each and remembered, so that a close shot finds its hero."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from engines.generate.procedural.scene.parts import Subject

_TALL = 32
"""Places are asked of a picture so many pixels high."""


@dataclass(frozen=True)
class Standing:
    """A subject in its place, in frame heights from the middle: x, the y of its upper end (down), how tall it is; whether within walls."""

    x: float
    top: float
    tall: float
    indoors: bool = False


@lru_cache(256)
def standing(setting: str, subject: Subject, aspect: float, horizon: float, sun_x: float) -> Standing | None:
    """Where a subject is in a setting; None where the setting draws it itself. Of those that travel, and of groups, x is the words'."""
    from engines.generate.procedural.draw.layers import Sprites
    from engines.generate.procedural.draw.scene import furnished
    from engines.generate.procedural.draw.setting import settings
    from engines.generate.procedural.draw.subject_kind import subject_kinds
    from engines.generate.procedural.scene.spec import SceneSpec

    kind = subject_kinds().get(subject.name)
    if kind is None:
        return None
    wide = max(32, round(_TALL * aspect))
    spec = SceneSpec(setting, subjects=(subject,), horizon=horizon, sun_x=sun_x, width=wide, height=_TALL)
    for layer in furnished(spec, wide, _TALL).layers:
        if not isinstance(layer, Sprites) or not layer.cast or layer.subject != 0:
            continue
        now, later = (layer.placements(t)[-1:] for t in (0.0, spec.seconds / 2))
        if now and later:
            goes = subject.count > 1 or kind.group > 1 or abs(now[0].x - later[0].x) > 0.02
            foot, size = later[0].y, later[0].size
            drawn_to = kind.box[3] if kind.ground in ("flies", "hangs", "falls", "swims") else 0.0
            tall = size * (1.0 if drawn_to == 0.0 else drawn_to - kind.box[1])
            return Standing(
                subject.x * aspect if goes else later[0].x,
                foot + drawn_to * size - tall,
                tall,
                settings()[setting].is_sheltered,
            )
    return None

"""The camera: its move, shot size and lens, by the words."""

from __future__ import annotations

from engines.generate.procedural.create.feel import intensity_of
from engines.generate.procedural.create.heard import Heard
from engines.generate.procedural.scene.parts import CameraPath, Subject
from engines.generate.procedural.scene.plan import SHAKES, focus_of, found_for, zoom_of

_LENS = {"extreme_close": "macro"}
_SHAKES = {"handheld": 0.008, "shaky": 0.018}
PARALLAX = {"normal": 1.0, "wide": 1.45, "tele": 0.5, "macro": 0.7}
"""How strongly a lens shows depth when the camera travels."""


def camera_of(
    said: Heard,
    seconds: float,
    pace: float,
    hero: Subject | None,
    aspect: float,
    horizon: float,
    setting: str = "",
    sun_x: float = 0.0,
) -> CameraPath:
    """The path that the words ask for. A short shot travels less, a long one more, so that the speed stays pleasant."""
    motion = said.first("camera") or "static"
    shot = said.first("shot")
    amount = min(1.35, max(0.55, 0.5 + 0.11 * seconds)) * min(1.5, max(0.6, 1 + 0.6 * (pace - 1)))
    amount *= min(2.0, max(0.35, said.weight("camera"))) * (0.75 + 0.5 * intensity_of(said))
    found = found_for(shot, setting, hero, aspect, horizon, sun_x) if setting else None
    zoom = zoom_of(shot, hero, found)
    if zoom != 1.0:
        zoom = 1 + (zoom - 1) * min(1.4, max(0.4, said.weight("shot")))
    focus = focus_of(hero, zoom, aspect, horizon, found)
    return CameraPath(
        motion,
        min(3.0, amount),
        zoom,
        *focus,
        _shake(said, shot),
        said.first("easing") or "gentle",
        said.first("lens") or _LENS.get(shot, "normal"),
        shot,
    )


def _shake(said: Heard, shot: str) -> float:
    """How much a hand shakes it, in frame heights."""
    steady = said.first("steadiness")
    if steady in ("locked", "stable"):
        return 0.0 if steady == "locked" else 0.0015
    shake = max(0.008 if said.handheld else 0.0, SHAKES.get(shot, 0.0), _SHAKES.get(steady, 0.0))
    return min(0.1, shake * said.weight("steadiness"))

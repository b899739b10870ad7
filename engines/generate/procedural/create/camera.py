"""The camera: its move, shot size and lens, by the words."""

from __future__ import annotations

from engines.generate.procedural.create.heard import Heard
from engines.generate.procedural.scene.parts import CameraPath, Subject
from engines.generate.procedural.scene.plan import SHAKES, ZOOMS

_LENS = {"extreme_close": "macro"}
PARALLAX = {"normal": 1.0, "wide": 1.45, "tele": 0.5, "macro": 0.7}
"""How strongly a lens shows depth when the camera travels."""


def camera_of(
    heard: Heard, seconds: float, pace: float, hero: Subject | None, aspect: float, horizon: float
) -> CameraPath:
    """The path that the words ask for. A short shot travels less, a long one more, so that the speed stays pleasant."""
    motion = heard.first("camera") or "static"
    shot = heard.first("shot")
    amount = min(1.35, max(0.55, 0.5 + 0.11 * seconds)) * (0.75 if pace < 1 else 1.3 if pace > 1 else 1.0)
    amount *= heard.weight("camera")
    zoom = ZOOMS.get(shot, 1.0)
    focus = hero.x * aspect if hero is not None and zoom > 1 else 0.0
    shake = max(0.008 if heard.handheld else 0.0, SHAKES.get(shot, 0.0))
    return CameraPath(
        motion,
        min(3.0, amount),
        zoom,
        focus,
        horizon * 0.6 if zoom > 1 else 0.0,
        shake,
        heard.first("easing") or "gentle",
        heard.first("lens") or _LENS.get(shot, "normal"),
        shot,
    )

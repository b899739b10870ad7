"""Looks that come with Starcut: operations in a row that belong together. One that names an operation that is not here is left out."""

from __future__ import annotations

from functools import cache
from typing import Any

from engines.evolve.run import Step
from studio_app.services.evolve_store import Look
from studio_app.session.evolve_offers import checked, is_known

_SHIPPED: tuple[tuple[str, str, tuple[tuple[str, dict[str, Any]], ...]], ...] = (
    (
        "clean_cinematic",
        "Clean and cinematic",
        (("evolve.denoise", {}), ("evolve.sharpen", {}), ("evolve.color_grade", {"color_style": "cinematic"})),
    ),
    (
        "large_cinematic",
        "Large and cinematic",
        (("evolve.denoise", {}), ("evolve.upscale", {}), ("evolve.color_grade", {"color_style": "cinematic"})),
    ),
    ("steady_clear", "Steady and clear", (("evolve.stabilize", {}), ("evolve.enhance", {}))),
    ("rainy_night", "Rainy night", (("vary.time_of_day", {"time": "night"}), ("vary.weather", {"weather": "rainy"}))),
    (
        "foggy_morning",
        "Foggy morning",
        (("vary.time_of_day", {"time": "morning"}), ("vary.weather", {"weather": "foggy"})),
    ),
    (
        "old_reel",
        "Old reel",
        (("evolve.color_grade", {"color_style": "vintage"}), ("mutate.glitch", {"glitch_style": "analog"})),
    ),
    ("game", "Pixel game", (("vary.mood", {"target_mood": "energetic"}), ("mutate.pixelate", {}))),
)


@cache
def shipped() -> tuple[Look, ...]:
    """Those whose operations and values are here."""
    found = []
    for look_id, name, rows in _SHIPPED:
        steps = tuple(Step(*one) for one in rows)
        if all(is_known(one) for one in steps):
            found.append(Look(name, tuple(checked(one) for one in steps), f"starcut.{look_id}"))
    return tuple(found)

"""Runs for tests of learning, made without drawing."""

from __future__ import annotations

from engines.generate.procedural.grow.film import Film
from engines.generate.procedural.grow.log import Run, Word

COLOURS = {
    "warm": (("#3a2358", 0.2), ("#b43c78", 0.3), ("#ff7850", 0.3), ("#ffc58a", 0.2)),
    "blue": (("#0e3a6e", 0.3), ("#2878b4", 0.4), ("#8cc8f0", 0.3)),
}
DRAWING = (0.02, 0.03, 0.012, 0.2, 0.6)


def run(
    name: str, palette: str = "warm", *, brightness: float = 120.0, motion: float = 3.0, unsteady: float = 1.0
) -> Run:
    """A film of the sea, as the log has it."""
    film = Film(brightness, unsteady, 40.0, 0.4, motion, COLOURS[palette], DRAWING)
    use = {"name": {"warm": "warm_sunset", "blue": "ocean"}[palette], "weight": 1.0, "colours": []}
    words = (Word("calm", "mood", "calm"), Word("sea", "setting", "sea"), Word(palette, "palette", use["name"]))
    return Run(
        name,
        f"calm sea, {palette}",
        7,
        "take",
        words,
        (),
        "sea",
        {"setting": "sea", "palettes": [use]},
        film,
        "/takes/a.mp4",
    )

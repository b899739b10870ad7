"""How quickly the camera moves, against the usual."""

from __future__ import annotations

from engines.generate.procedural.interpret.domain import Domain

WORDS = """
0.6: slow, slowly, slower, gently, gradual, gradually, leisurely, softly, creeping
1.5: fast, quick, quickly, rapid, rapidly, swift, whip, energetic, faster, quicker, fast moving
"""

DOMAIN = Domain(
    "Camera pace",
    WORDS,
    rank=85,
    is_gradual=True,
)

"""What the camera does, as clusters take it: measured of a clip, or asked for when it was made."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from studio_app.catalogue.words import clusters_said

SAYS: Mapping[str, str] = {
    "handheld": "The camera is held by hand",
    "static": "The camera stands",
    "pan": "The camera pans",
    "tilt": "The camera tilts",
    "zoom": "The camera zooms",
    "dolly": "The camera drives",
    "orbit": "The camera goes round",
    "crane": "The camera is on a crane",
}
"""Its moves, and what is told of each."""
_ASKED = re.compile(r"\b(pan|tilt|zoom|dolly|orbit|crane)[ _-](?:left|right|up|down|in|out)\b")


def moves(measured: str, text: str) -> frozenset[str]:
    """The moves of a clip: what was measured (`pan left, handheld`), and what a text asks for (`crane_up`)."""
    seen = {name for one in measured.split(",") if (name := one.strip().partition(" ")[0]) in SAYS}
    return frozenset(seen | set(_ASKED.findall(text.lower())))


@lru_cache(maxsize=256)
def clusters_seen(measured: str) -> Mapping[str, tuple[str, ...]]:
    """Clusters that go by a word which the measure itself says of the camera: `handheld`."""
    return clusters_said(measured)

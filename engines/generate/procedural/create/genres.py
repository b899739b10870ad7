"""The seven genres and what each asks of a film that says nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True)
class Genre:
    """Times the usual pace; a lighting, a course of tension, a transition between shots, and the shot sizes in turn."""

    pace: float
    lighting: str
    tension: str
    transition: str
    shots: tuple[str, ...]


GENRES: Mapping[str, Genre] = MappingProxyType(
    {
        "documentary": Genre(0.8, "documentary", "slow_build", "dissolve", ("wide", "medium", "close", "medium")),
        "thriller": Genre(1.2, "moody", "standard", "cut", ("close", "medium", "wide")),
        "ad": Genre(1.3, "golden_hour", "immediate", "cut", ("medium", "close", "medium")),
        "tutorial": Genre(0.7, "neutral", "flat", "dissolve", ("medium", "close")),
        "educational": Genre(0.75, "documentary", "slow_build", "dissolve", ("wide", "medium", "close", "medium")),
        "explainer": Genre(0.9, "neutral", "standard", "dissolve", ("medium", "close", "medium")),
        "general": Genre(1.0, "neutral", "standard", "cut", ("medium",)),
    }
)
"""By name."""

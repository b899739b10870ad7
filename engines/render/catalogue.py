"""The effects a render may use: what is installed, or what a test hands in."""

from __future__ import annotations

from dataclasses import dataclass, field

from effects import registry
from effects.base import Generator, VideoEffect, VideoTransition
from effects.registry import Registry


@dataclass(frozen=True)
class Catalogue:
    """Three registries: effects, transitions and generators by id."""

    effects: Registry[VideoEffect] = field(default_factory=Registry)
    transitions: Registry[VideoTransition] = field(default_factory=Registry)
    generators: Registry[Generator] = field(default_factory=Registry)

    @staticmethod
    def installed() -> Catalogue:
        """Everything in the `effects` folders (found once)."""
        return Catalogue(registry.video_effects(), registry.transitions(), registry.generators())

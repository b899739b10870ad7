"""Finds the effects: every public file of a folder holds exactly one class; the file's name is its id."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from types import ModuleType
from typing import Generic, TypeVar

from effects.base import Generator, VideoEffect, VideoTransition

T = TypeVar("T")


@dataclass(frozen=True)
class Registry(Generic[T]):
    """Classes by id, and why the files that could not be loaded could not."""

    classes: Mapping[str, type[T]] = field(default_factory=dict)
    unavailable: Mapping[str, str] = field(default_factory=dict)


def discover(package: ModuleType, base: type[T]) -> Registry[T]:
    """Import each public file of `package` and take the one class derived from `base` that it defines.

    A file that fails is listed as unavailable: a broken plug-in does not stop the others.
    """
    classes: dict[str, type[T]] = {}
    unavailable: dict[str, str] = {}
    for info in pkgutil.iter_modules(package.__path__):
        if info.name.startswith("_"):
            continue
        try:
            module = importlib.import_module(f"{package.__name__}.{info.name}")
            found = [
                value
                for value in vars(module).values()
                if isinstance(value, type) and issubclass(value, base) and value.__module__ == module.__name__
            ]
            if len(found) != 1:
                raise TypeError(f"expected one {base.__name__} in the file, found {len(found)}")
            classes[info.name] = found[0]
        except Exception as error:  # noqa: BLE001 - plug-in fence: see docs/architecture.md, section 10
            unavailable[info.name] = f"{type(error).__name__}: {error}"
    return Registry(classes, unavailable)


@cache
def video_effects() -> Registry[VideoEffect]:
    """All of `effects/video`."""
    import effects.video

    return discover(effects.video, VideoEffect)  # type: ignore[type-abstract]


@cache
def transitions() -> Registry[VideoTransition]:
    """All of `effects/transitions`."""
    import effects.transitions

    return discover(effects.transitions, VideoTransition)  # type: ignore[type-abstract]


@cache
def generators() -> Registry[Generator]:
    """All of `effects/generators`."""
    import effects.generators

    return discover(effects.generators, Generator)  # type: ignore[type-abstract]

"""What a setting says about itself, and how all of them are found: one file of `draw/settings` each, its name is the id."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from engines.generate.procedural.draw.stage import Stage

Build = Callable[[Stage], None]


@dataclass(frozen=True)
class Setting:
    """A place that can be drawn. Every `settings/<id>.py` holds one, named SETTING.

    `build` furnishes a stage, far to near. `words` name the setting, in the singular, the plainest first. `horizon` is the
    usual height of the horizon: y in frame heights from the middle, down. `special_of`: settings that give way when both are
    named ("city street" is a street). `implied_by`: what leads here when no setting is named, as "feature mesa",
    "weather rain" or "time dusk"; "last lighting noir" counts where nothing else says anything. `always_alive`: the
    composition fills every frame alike, so a portrait one does not lower its horizon. `is_sheltered`: nothing falls here,
    no wind blows. `keeps_time`: a mood does not change its time. `snows_in_winter`: the word winter brings snowfall.
    `loose`: what a strong wind carries here, leaves, sand or nothing. `full_of`: subjects that it has many of by itself.
    """

    build: Build
    words: tuple[str, ...]
    horizon: float = 0.12
    usual_time: str = "day"
    usual_weather: str = "clear"
    special_of: tuple[str, ...] = ()
    implied_by: tuple[str, ...] = ()
    always_alive: bool = False
    is_sheltered: bool = False
    keeps_time: bool = False
    snows_in_winter: bool = False
    loose: str = "leaves"
    full_of: tuple[str, ...] = ()


def listed(text: str) -> tuple[str, ...]:
    """The entries of a text, which stand between commas."""
    return tuple(entry.strip() for entry in text.split(",") if entry.strip())


@cache
def settings() -> Mapping[str, Setting]:
    """Every setting by its id, in the order of the alphabet."""
    import engines.generate.procedural.draw.settings as folder

    names = sorted(info.name for info in pkgutil.iter_modules(folder.__path__) if not info.name.startswith("_"))
    found = {name: importlib.import_module(f"{folder.__name__}.{name}").SETTING for name in names}
    return MappingProxyType({name: setting for name, setting in found.items() if isinstance(setting, Setting)})


@cache
def implied(domain: str) -> Mapping[str, str]:
    """For "feature", "weather" or "time": the value that was said, to the setting it leads to."""
    start = f"{domain} "
    return MappingProxyType(
        {
            reason.removeprefix(start): name
            for name, setting in settings().items()
            for reason in setting.implied_by
            if reason.startswith(start)
        }
    )

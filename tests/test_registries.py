"""What is found by its folder: every public file is there under its own name, and describes itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest

from effects.base import Described
from effects.params import specs_of
from effects.registry import generators, transitions, video_effects
from engines.analyse.registry import measures
from engines.generate.base import Engine
from engines.generate.procedural.draw.setting import settings
from engines.generate.registry import engines
from timeline.command import Command, commands
from timeline.interchange.base import formats
from ui.panel import discover
from ui.preference_page import pages

ROOT = Path(__file__).resolve().parents[1]
HELPERS = {"base", "fcpxml_parts", "xmeml_files", "xmeml_parts"}
"""Files of `timeline/interchange` that are no format."""

Names = Callable[[], Iterable[str]]
FOUND: dict[str, Names] = {
    "effects/video": lambda: video_effects().classes,
    "effects/transitions": lambda: transitions().classes,
    "effects/generators": lambda: generators().classes,
    "engines/analyse/measures": lambda: measures().classes,
    "engines/generate/providers": lambda: engines().classes,
    "engines/generate/procedural/draw/settings": settings,
    "timeline/commands": commands,
    "timeline/interchange": lambda: {one.id for one in formats()} | HELPERS,
    "ui/panels": lambda: {panel.__module__.rpartition(".")[2] for panel in discover()},
    "ui/preferences": lambda: {page.__module__.rpartition(".")[2] for page in pages()},
}


def files_of(folder: str) -> set[str]:
    return {file.stem for file in (ROOT / folder).glob("*.py") if not file.name.startswith("_")}


@pytest.mark.parametrize("folder", FOUND)
def test_the_registry_holds_every_file_of_its_folder(folder: str) -> None:
    assert set(FOUND[folder]()) == files_of(folder)


def test_no_plug_in_failed_to_load() -> None:
    for found in (video_effects(), transitions(), generators(), engines(), measures()):
        assert found.unavailable == {}


@pytest.mark.parametrize("command", commands().values(), ids=commands())
def test_every_edit_verb_says_what_it_does_and_belongs_to_something(command: type[Command]) -> None:
    assert is_dataclass(command)
    assert command.__doc__
    assert not command.__doc__.startswith(f"{command.__name__}("), "a sentence, not the signature"
    assert command.label
    assert fields(command)


@pytest.mark.parametrize("maker", engines().classes.values(), ids=engines().classes)
def test_every_engine_has_a_name_and_says_what_it_makes(maker: type[Engine]) -> None:
    assert maker.id in engines().classes
    assert maker.label
    assert maker.__doc__


EFFECTS = {
    f"{kind}/{name}": cls
    for kind, found in (("video", video_effects()), ("transitions", transitions()), ("generators", generators()))
    for name, cls in found.classes.items()
}


@pytest.mark.parametrize("place", EFFECTS)
def test_every_effect_describes_itself_and_its_values(place: str) -> None:
    cls: type[Described] = EFFECTS[place]
    assert cls.__doc__
    assert cls.__doc__ != Described.__doc__
    assert cls.title, "a name for the screen"
    assert "".join(part.capitalize() for part in place.rpartition("/")[2].split("_")) == cls.__name__
    for spec in specs_of(cls):
        assert spec.help.endswith("."), spec.name
        if spec.kind in ("float", "int"):
            assert spec.minimum is not None
            assert spec.maximum is not None
            assert spec.minimum <= spec.default <= spec.maximum
        if spec.kind == "choice":
            assert spec.default in spec.choices
    cls()

#!/usr/bin/env python3
"""Collect every string of the window for translators: `python3 packaging/strings.py de -o starcut_de.ts`.

What `pyside6-lupdate` cannot see is written for it first: titles and sentences of actions, labels of forms, names of effects.
A finished .ts becomes a .qm by `pyside6-lrelease starcut_de.ts -qm resources/languages/starcut_de.qm`.
"""

from __future__ import annotations

import argparse
import importlib
import json
import pkgutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

Found = Iterator[tuple[str, str]]


def of_actions() -> Found:
    """Menus, titles and sentences."""
    import studio_app.actions as package
    from studio_app.actions.registry import MENUS, Action

    for name in MENUS:
        yield "Actions", name.capitalize()
    for info in pkgutil.iter_modules(package.__path__):
        for value in vars(importlib.import_module(f"{package.__name__}.{info.name}")).values():
            one = getattr(value, "starcut_action", None)
            if isinstance(one, Action):
                yield "Actions", one.title
                yield "Actions", one.help


def of_effects() -> Found:
    """Names, sentences and fields of effects, transitions and generators."""
    from effects.registry import generators, transitions, video_effects

    for registry in (video_effects(), transitions(), generators()):
        for kind in registry.classes.values():
            yield "Effects", kind.shown_name()
            yield "Effects", kind.group
            yield "Effects", (kind.__doc__ or "").strip().split("\n")[0]
            yield from of_model(kind)


def of_model(model: type) -> Found:
    """Labels, sentences and choices of one form."""
    from effects.params import specs_of

    yield from of_specs(specs_of(model))


def of_specs(specs) -> Found:
    """The same of described parameters."""
    from ui import words

    for spec in specs:
        yield "Form", spec.label
        yield "Form", spec.help
        for choice in spec.choices:
            yield "Form", words.title_case(choice)


def of_forms() -> Found:
    """The pages of the preferences, the inspector's forms and lists that are made of names."""
    from engines.generate.registry import engines
    from studio_app.session.applying import offers
    from studio_app.session.engine_options import option_specs
    from studio_app.session.pasting import PASTED
    from studio_app.session.scoring import music_specs
    from ui import inspect_shot
    from ui.dialogs import picture
    from ui.media_model import TITLES
    from ui.preference_page import pages
    from ui.timeline_view.marker_look import COLOURS

    for page in pages():
        for _, model in page.sections:
            yield "Form", (model.__doc__ or "").split("\n")[0]
            yield from of_model(model)
    yield from of_specs(inspect_shot.SPECS)
    yield from of_specs(picture.SPECS)
    for engine in engines().classes:
        yield from of_specs(option_specs(engine))
    yield from of_scene()
    yield from of_specs(music_specs())
    for one in offers():
        yield "Effects", one.name
        yield "Effects", one.help
    for name in PASTED:
        yield "AttributesDialog", name
    for title in (*TITLES.values(), "Video", "Sound", "Picture", "Subclip", "Sequence"):
        yield "MediaModel", title
    for colour in COLOURS[1:]:
        yield "MarkerLook", colour.capitalize()


def of_scene() -> Found:
    """The form of a shot's scene: groups, lists and fields."""
    from studio_app.session.scene_form import adders, everything

    for group in everything():
        yield "Form", group.title
        yield from of_specs(group.specs)
    for adder in adders():
        yield "Form", adder.title


def of_evolve() -> Found:
    """Operations with their forms, the headings they stand under, looks that come along."""
    from studio_app.session.evolve_looks import shipped
    from studio_app.session.evolve_offers import families, operation_offers

    for family in families():
        yield "Evolve", family.title
        yield "Evolve", family.about
    for look in shipped():
        yield "Evolve", look.name
    for one in operation_offers():
        yield "Effects", one.title
        yield "Effects", one.sentence
        yield from of_specs(one.specs)
        for spec in one.specs:
            if spec.kind == "bool":
                yield "Form", spec.unit


def of_looks() -> Found:
    """Ways to blend two looks."""
    from studio_app.session.learnt import BLENDS
    from ui.words import title_case

    for name in BLENDS:
        yield "Form", title_case(name)


def of_understood() -> Found:
    """What the chips of a description are about."""
    from engines.generate.procedural.interpret.domain import domains
    from engines.generate.procedural.interpret.vocabulary import RANKS, title

    for name in (*RANKS, *domains()):
        yield "Understood", title(name)
    for name in ("Duration", "Text", "Look"):
        yield "Understood", name


def of_narrative() -> Found:
    """Names of the acts and beats of all structures."""
    from studio_app.planning.narrative.structures import STRUCTURES

    for structure in STRUCTURES.values():
        yield "Narrative", structure.title
        for beat in structure.beats:
            yield "Narrative", beat.name


def lines() -> list[str]:
    """One marked string a line, as lupdate reads Python."""
    groups = (of_actions, of_effects, of_forms, of_understood, of_looks, of_evolve, of_narrative)
    found = dict.fromkeys(one for group in groups for one in group())
    return [
        f"QT_TRANSLATE_NOOP({json.dumps(context)}, {json.dumps(text, ensure_ascii=False)})"
        for context, text in found
        if text
    ]


def main() -> int:
    """Write or renew the .ts; what is translated in it stays."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("language", help="such as de or pt_BR")
    parser.add_argument("-o", "--output", type=Path, required=True, help="the .ts")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="starcut-strings-") as folder:
        marked = Path(folder) / "marked.py"
        marked.write_text("\n".join(lines()) + "\n", encoding="utf-8")
        files = [*sorted((ROOT / "ui").rglob("*.py")), marked]
        lupdate = Path(sys.executable).with_name("pyside6-lupdate")
        command = [str(lupdate), "-locations", "none", "-source-language", "en", "-target-language", given.language]
        return subprocess.run([*command, *map(str, files), "-ts", str(given.output)], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())

"""The language of the window: the translator in force, and words that are written where there is no Qt.

Strings are English in the code. `pyside6-lupdate` finds `self.tr`, `QCoreApplication.translate` and `QT_TRANSLATE_NOOP`;
action titles and labels of forms come by `packaging/strings.py`. Files are `resources/languages/starcut_<language>.qm`.
"""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLocale, QTranslator

import resources
from studio_app.actions.registry import Action

ACTIONS, EFFECTS, FORM = "Actions", "Effects", "Form"
CHOICE = "STARCUT_LANGUAGE"
"""The variable that names a language (`de`, `pt_BR`) where it is not the system's."""


def QT_TRANSLATE_NOOP(context: str, text: str) -> str:
    """Mark a constant for lupdate; it stays English and is translated by `translated` where it is shown."""
    return text


def translated(context: str, text: str) -> str:
    """A marked constant in the language of the window."""
    return QCoreApplication.translate(context, text) if text else ""


def of_action(action: Action) -> str:
    """The title of an action."""
    return translated(ACTIONS, action.title)


def help_of_action(action: Action) -> str:
    """The sentence of an action."""
    return translated(ACTIONS, action.help)


def of_menu(name: str) -> str:
    """The title of a menu by its name in the registry: `file` is File."""
    return translated(ACTIONS, name.capitalize())


def install(app: QCoreApplication, wanted: str = "", folder: Path | None = None) -> QTranslator | None:
    """Put the translation of a language into force, the system's where none is named; None where English stays."""
    name = wanted or os.environ.get(CHOICE, "")
    place = str(folder or Path(resources.__file__).parent / "languages")
    for language in (QLocale(name) if name else QLocale.system()).uiLanguages():
        if language.partition("-")[0] in ("en", "C"):
            break  # the language of the code comes before those further down the user's list
        translator = QTranslator(app)
        if translator.load(f"starcut_{language.replace('-', '_')}", place):
            app.installTranslator(translator)
            return translator
    return None

"""Strings of the window can be translated: Qt's tools find them, and a translation that is there is shown."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QCoreApplication, QTranslator
from PySide6.QtWidgets import QMenu

from studio_app.session.session import Session
from ui.dialogs.preferences import PreferencesDialog
from ui.main_window import MainWindow
from ui.qt import language

pytestmark = pytest.mark.qt

ROOT = Path(__file__).resolve().parents[2]
GERMAN = {
    "Actions": {"File": "Datei", "New project": "Neues Projekt …"},
    "Panel": {"Media pool": "Medien"},
    "MediaPoolPanel": {"Search media": "Medien suchen", "No clips yet": "Noch keine Clips"},
    "Form": {"Reduced motion": "Weniger Bewegung"},
    "PreferencePage": {"Appearance": "Aussehen"},
}


def tool(name: str) -> str:
    """One of Qt's programs, which come with PySide6."""
    path = Path(sys.executable).with_name(name)
    if not path.exists():
        pytest.skip(f"{name} is not installed")
    return str(path)


@pytest.fixture
def german(tmp_path: Path, one_application: QCoreApplication) -> Iterator[QTranslator]:
    root = ElementTree.Element("TS", version="2.1", language="de")
    for context, messages in GERMAN.items():
        element = ElementTree.SubElement(root, "context")
        ElementTree.SubElement(element, "name").text = context
        for source, text in messages.items():
            message = ElementTree.SubElement(element, "message")
            ElementTree.SubElement(message, "source").text = source
            ElementTree.SubElement(message, "translation").text = text
    ElementTree.ElementTree(root).write(tmp_path / "starcut_de.ts", encoding="utf-8", xml_declaration=True)
    command = [tool("pyside6-lrelease"), str(tmp_path / "starcut_de.ts"), "-qm", str(tmp_path / "starcut_de.qm")]
    subprocess.run(command, check=True, capture_output=True)
    translator = language.install(one_application, "de_AT", tmp_path)
    assert translator is not None
    yield translator
    one_application.removeTranslator(translator)


def test_menus_and_panels_speak_the_language_that_is_installed(german: QTranslator, window: MainWindow) -> None:
    menus = [menu for menu in window.top_bar.menus.findChildren(QMenu) if menu.title() == "Datei"]
    assert len(menus) == 1
    assert "Neues Projekt …" in {one.text() for one in menus[0].actions()}
    pool = window.docks["media_pool"].panel
    assert pool.tab_title == "Medien"
    assert pool.title == "Media pool", "the constant stays English"
    assert {"Medien suchen"} == {one.placeholderText() for one in [pool.search]}  # type: ignore[attr-defined]


def test_preferences_and_their_forms_speak_it_too(german: QTranslator, session: Session) -> None:
    dialog = PreferencesDialog(None, session, "Appearance")
    page = next(one for one in dialog.pages if one.title == "Appearance")
    assert dialog.list_.currentItem().text() == "Aussehen"
    assert "Weniger Bewegung" in {spec.label for form in page.forms for spec in form.specs}
    dialog.close()


def test_english_needs_no_file_and_stays_where_there_is_none(
    one_application: QCoreApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert language.install(one_application, "en_GB", tmp_path) is None
    assert language.install(one_application, "fr", tmp_path) is None
    monkeypatch.setenv(language.CHOICE, "it")
    assert language.install(one_application, "", tmp_path) is None


def test_the_tools_find_what_is_shown(tmp_path: Path) -> None:
    tool("pyside6-lupdate")
    target = tmp_path / "starcut_de.ts"
    command = [sys.executable, str(ROOT / "packaging" / "strings.py"), "de", "-o", str(target)]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    found = {
        str(context.findtext("name")): {message.findtext("source") for message in context.iter("message")}
        for context in ElementTree.parse(target).getroot().iter("context")
    }
    assert {"File", "New project", "Command palette", "{title} workspace"} <= found["Actions"]
    assert {"Media pool", "Timeline"} <= found["Panel"]
    assert {"No clips yet", "Search media"} <= found["MediaPoolPanel"]
    assert {"Reduced motion", "Opacity"} <= found["Form"]
    assert "Crossfade" in found["Effects"]
    assert "{jobs}" in "".join(map(str, found["StoryboardHead"]))
    assert sum(map(len, found.values())) > 1000

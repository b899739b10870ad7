"""Every preset: no key twice in a scope, no unknown action, nothing typed into a field, each key reachable on its keyboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit

from studio_app.session.keymap import Keymap, presets
from ui.key_spelling import spellings
from ui.main_window import MainWindow
from ui.shortcuts import needs_key, table_of

pytestmark = pytest.mark.qt

UNSHIFTED = {
    "US": "`-=[]\\;',./",
    "German": "ß´ü+öä#,.-<^",
    "French": "²)=^$ù*,;:!<&é\"'(-è_çà",
    "Nordic": "§+´å¨öä',.-<",
}
"""What the keys type without Shift or AltGr, beside letters and digits."""
BY_SHIFT = {"US": "", "German": "/=;", "French": "./", "Nordic": "/=;"}
"""With Ctrl held these may be typed by Shift: nothing else is on that key (ui/key_spelling)."""


def reachable(keys: str, layout: str) -> bool:
    held, _, last = keys.rpartition("+") if not keys.endswith("+") else (keys[:-2], "", "+")
    if len(last) > 1 or last.isalnum() or last in UNSHIFTED[layout]:  # digits by their place, whatever they type
        return True
    return (held == "Ctrl" and last in BY_SHIFT[layout]) or keys == "Shift+."  # German `:`, French `.` itself


@pytest.fixture
def keymap(window: MainWindow, preset: str) -> Keymap:
    window.session.keymap.choose(preset)
    return window.session.keymap


@pytest.mark.parametrize("preset", list(presets()))
def test_a_preset_names_what_there_is_gives_no_key_twice_and_types_nothing_away(
    window: MainWindow, keymap: Keymap, preset: str
) -> None:
    scopes = {one.id: one.scope for one in window.every_action}
    given = [(scopes[action], key) for action, row in presets()[preset].keys.items() for key in row]
    assert len(given) == len(set(given))
    assert table_of(window.every_action, keymap.keys_of)
    assert "Space" in keymap.keys_of("playback.toggle")
    field = QLineEdit()
    for one, scope in scopes.items():
        row = keymap.keys_of(one)
        assert not scope or "Space" not in row or one == "animatic.play"  # there it plays what is before the eyes
        for keys in row:
            combination = QKeySequence(keys)[0]  # type: ignore[index]
            assert QKeySequence(combination).toString(QKeySequence.SequenceFormat.PortableText) == keys
            event = QKeyEvent(QKeyEvent.Type.KeyPress, combination.key(), combination.keyboardModifiers())
            bare = keys.removeprefix("Shift+")
            assert not (len(bare) == 1 or bare == "Space") or needs_key(field, event, keys), f"{one} {keys}"
            letter = len(keys) == len("Ctrl+Alt+V") and keys.startswith("Ctrl+Alt+")
            assert not letter or (one.endswith("paste_attributes") and keys == "Ctrl+Alt+V"), "AltGr types it"


@pytest.mark.parametrize("preset", list(presets()))
def test_every_action_with_keys_has_one_that_needs_no_altgr_and_no_shift_for_its_sign(
    window: MainWindow, keymap: Keymap
) -> None:
    rows = {one.id: keymap.keys_of(one.id) for one in window.every_action}
    lost = {
        (layout, one)
        for layout in UNSHIFTED
        for one, row in rows.items()
        if row and not any(reachable(keys, layout) for keys in row)
    }
    assert lost == set()


FAMOUS = {
    "default": "C tool.razor V tool.select , clip.insert . clip.overwrite Ctrl+K clip.add_edit Shift+Del edit.ripple_delete "
    "Q clip.trim_head W clip.trim_tail Shift+T trim.mode Ctrl+Alt+Left clip.slip_left",
    "premiere": "C tool.razor V tool.select B tool.ripple N tool.roll Y tool.slip U tool.slide , clip.insert "
    ". clip.overwrite ; sequence.lift ' sequence.extract Ctrl+K clip.add_edit Ctrl+M file.export M sequence.add_marker "
    "Shift+Del edit.ripple_delete Ctrl+Alt+Right clip.slip_right \\ view.zoom_fit",
    "resolve": "F9 clip.insert F10 clip.overwrite F11 clip.replace F12 clip.place_on_top Shift+F12 clip.append "
    "Ctrl+B clip.add_edit B tool.razor A tool.select T tool.ripple N sequence.snapping Ctrl+T clip.transition "
    "Backspace edit.delete Del edit.ripple_delete Shift+Z view.zoom_fit D clip.enable",
    "final_cut": "W clip.insert D clip.overwrite E clip.append Q clip.place_on_top B tool.razor Ctrl+B clip.add_edit "
    "A tool.select T tool.ripple N sequence.snapping V clip.enable C edit.select_at_playhead X sequence.mark_clip "
    "Shift+Z view.zoom_fit Ctrl+T clip.transition Ctrl+E file.export Del edit.ripple_delete",
    "avid": "V clip.insert B clip.overwrite Z sequence.lift X sequence.extract T sequence.mark_clip G sequence.clear_marks "
    "U trim.mode A playback.previous_edit S playback.next_edit I sequence.mark_in E sequence.mark_in R sequence.mark_out",
    "kdenlive": "V clip.insert B clip.overwrite Shift+R clip.add_edit X tool.razor S tool.select M tool.track_forward "
    "Ctrl+Return file.export U clip.transition Z sequence.lift Shift+X sequence.extract Shift+D clip.enable",
}
"""What a hand from there does without thinking."""


@pytest.mark.parametrize("preset", list(presets()))
def test_the_famous_keys_of_a_program_do_what_they_do_there(window: MainWindow, keymap: Keymap, preset: str) -> None:
    window.show_panel("timeline")
    timeline = window.docks["timeline"].panel
    words = FAMOUS[preset].split()
    for keys, action in zip(words[::2], words[1::2], strict=True):
        combination = QKeySequence(keys)[0]  # type: ignore[index]
        event = QKeyEvent(QKeyEvent.Type.KeyPress, combination.key(), combination.keyboardModifiers())
        found = window.shortcuts.action_for(event, timeline)
        assert (keys, found and found.id) == (keys, action)


def test_menus_have_no_mnemonics_so_alt_and_a_letter_is_free(window: MainWindow) -> None:
    assert all("&" not in action.text() for action in window.top_bar.menus.actions())
    assert all("&" not in action.text() for action in window.menus.qt.values())


def pressed(key: Qt.Key, text: str, place: int = 0, *, shift: bool = False) -> QKeyEvent:
    held = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
    return QKeyEvent(QKeyEvent.Type.KeyPress, key, held, place + 8 if place else 0, 0, 0, text)


@pytest.mark.parametrize(
    ("event", "wanted"),
    [
        (pressed(Qt.Key.Key_Exclam, "!", 2, shift=True), "Shift+1"),  # US
        (pressed(Qt.Key.Key_1, "1", 2, shift=True), "Shift+1"),  # AZERTY types the digit by Shift
        (pressed(Qt.Key.Key_Agrave, "à", 11, shift=True), "Shift+0"),
        (pressed(Qt.Key.Key_Less, "<", 51, shift=True), "Shift+,"),  # US comma
        (pressed(Qt.Key.Key_Semicolon, ";", 51, shift=True), "Shift+,"),  # German comma
        (pressed(Qt.Key.Key_Question, "?", 50, shift=True), "Shift+,"),  # French comma
        (pressed(Qt.Key.Key_Greater, ">", 52, shift=True), "Shift+."),
        (pressed(Qt.Key.Key_Colon, ":", 52, shift=True), "Shift+."),  # German period
        (pressed(Qt.Key.Key_Equal, "=", 11, shift=True), "Shift+0"),  # German: the panel comes before the sign
        (pressed(Qt.Key.Key_Slash, "/", 8, shift=True), "Shift+7"),
        (pressed(Qt.Key.Key_Enter, "\r"), "Return"),
    ],
)
def test_a_key_is_known_by_what_it_is_on_its_own_keyboard(event: QKeyEvent, wanted: str) -> None:
    assert next(one for one in spellings(event) if one in {"Shift+,", "Shift+.", wanted}) == wanted


def test_the_less_key_of_european_keyboards_is_no_comma() -> None:
    assert "Shift+." not in spellings(pressed(Qt.Key.Key_Greater, ">", 86, shift=True))

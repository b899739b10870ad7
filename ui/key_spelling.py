"""What a pressed key may be called: on another keyboard the same character needs Shift, or stands elsewhere.

A table of keys says `Shift+1` and `Shift+,`; Qt reports what Shift makes of them (`!`, `<`; on a German keyboard `;`). Where
the place of the key is known it decides, so digits work on French keyboards, whose digit row types letters.
"""

from __future__ import annotations

import sys
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

_SHIFT = Qt.KeyboardModifier.ShiftModifier
_DIGITS: Final = "1234567890"
_MAC_ROW: Final = (18, 19, 20, 21, 23, 22, 26, 28, 25, 29)
_WITH_SHIFT: Final = {
    "<": ",",
    ">": ".",
    "?": "/",
    '"': "'",
    "{": "[",
    "}": "]",
    "|": "\\",
    "+": "=",
    "_": "-",
    "~": "`",
    ";": ",",  # no keyboard in the table types it by Shift on another key than the comma's
}
_ON_PLACE: Final = {(":", 52): ".", ("?", 50): ",", (":", 39): ";"}
"""Place by the PC's set 1 codes: German and Nordic period, French comma, US semicolon."""
_LESS_KEY: Final = 86
_EVDEV: Final = 8
"""X11 and Wayland count from here."""


def spellings(event: QKeyEvent) -> tuple[str, ...]:
    """How the pressed key may be written, the likeliest first."""
    held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    found = [_text(held, event.key())]
    if event.key() == Qt.Key.Key_Enter:
        found.append(_text(held, Qt.Key.Key_Return))
    digit = digit_of(event)
    if digit and not event.modifiers() & Qt.KeyboardModifier.KeypadModifier:
        found.append(_text(held, ord(digit)))
    symbol = chr(event.key()) if 0x20 < event.key() < 0x7F else ""
    if held & _SHIFT and symbol and not symbol.isalnum():
        place = _place(event)
        base = _ON_PLACE.get((symbol, place), _WITH_SHIFT.get(symbol, ""))
        if base and place != _LESS_KEY:
            found.append(_text(held, ord(base)))
        found.append(_text(held & ~_SHIFT, event.key()))
    return tuple(dict.fromkeys(found))


def canonical(event: QKeyEvent) -> str:
    """How a pressed key is written into a table: by the sign on the key, not by what Shift makes of it. Empty for Ctrl alone."""
    if event.key() in (Qt.Key.Key_unknown, Qt.Key.Key_Control, Qt.Key.Key_Shift, Qt.Key.Key_Alt, Qt.Key.Key_AltGr):
        return ""
    if event.key() in (Qt.Key.Key_Meta, Qt.Key.Key_Super_L, Qt.Key.Key_Super_R, Qt.Key.Key_CapsLock, Qt.Key.Key_Enter):
        return _text(event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier, Qt.Key.Key_Return) * (
            event.key() == Qt.Key.Key_Enter
        )
    found = spellings(event)
    if event.modifiers() & _SHIFT and len(found) > 1 and "Shift+" in found[1]:
        return found[1]
    return found[0]


def digit_of(event: QKeyEvent) -> str:
    """The digit on the pressed key of the digit row, whatever it types; empty for other keys."""
    if sys.platform == "darwin":
        code = event.nativeVirtualKey()
        return _DIGITS[_MAC_ROW.index(code)] if code in _MAC_ROW and event.nativeScanCode() else ""
    place = _place(event)
    return _DIGITS[place - 2] if 2 <= place <= 11 else ""


def _place(event: QKeyEvent) -> int:
    """The key's place as the PC's set 1 codes count; 0 where it is not known."""
    code = event.nativeScanCode()
    if not code or sys.platform == "darwin":
        return 0
    return code if sys.platform == "win32" else code - _EVDEV


def _text(held: Qt.KeyboardModifier, key: int) -> str:
    return QKeySequence(held.value | key).toString(QKeySequence.SequenceFormat.PortableText)

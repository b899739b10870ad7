"""Widgets that need keys of their own say so by a property; without it a key means what the panel has it mean."""

from __future__ import annotations

from typing import Final

OWN_KEYS: Final = "own_keys"
"""Keys as portable texts with blanks between (`0 1 Left Shift+Left`) that belong to the widget while it has the focus."""

"""Names of colours that a subject can have, as hex."""

from __future__ import annotations

from types import MappingProxyType

COLOURS = MappingProxyType(
    {
        "red": "C8352E", "orange": "E8812A", "yellow": "EFC23C", "green": "3E8E4A", "blue": "2F6FBF", "purple": "7A4BA8", "pink": "E889A8",
        "black": "26262B", "white": "F2F0EA", "grey": "8C8F94", "brown": "7A5236", "gold": "D8A83A", "golden": "D8A83A", "silver": "B9BEC6",
        "teal": "1F8A8A", "turquoise": "3CBFB4", "crimson": "A51C30", "scarlet": "D9301F", "violet": "6D4FB3", "lilac": "B79BD6",
        "navy": "22325C", "beige": "D9C6A5", "cream": "F1E6CC", "maroon": "6E2230", "indigo": "3F3D8F", "magenta": "C83C96",
    }
)  # fmt: skip

"""The nine palettes that pictures are made with and compared to: sRGB codes, dark to light."""

from __future__ import annotations

from types import MappingProxyType

PALETTES = MappingProxyType(
    {
        "warm_sunset": "3A2358 642878 B43C78 FF5064 FF7850 FFC58A",
        "ocean": "0E3A6E 14508C 2878B4 50A0DC 8CC8F0 CDEBF8",
        "neon": "12062E 3A0A78 8000FF FF0080 FF5AC0 00E6FF",
        "forest": "0E3A24 145028 28783C 508C5A 78A064 C9D8A0",
        "night": "0A0A1E 14143A 1E143C 3C2864 64508C 8C7CB4",
        "dreamy": "9C8AD8 B4A0DC C8B4F0 DCC8FF F0DCFF FFEAF6",
        "fire": "3A0A08 641405 C83C0A FF7814 FFA428 FFD25A",
        "mono": "2C2C2E 484848 707070 969696 B8B8B8 DCDCDC",
        "default": "3C3C50 50506E 64648C 8C8CB4 AAAACE C8C8DC",
    }
)

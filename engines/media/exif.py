"""How the camera was held, as a JPEG notes it (EXIF 2.32, tag 0x0112)."""

from __future__ import annotations

import struct
from pathlib import Path

from engines.media.orientation import UPRIGHT, Orientation

_ORIENTATIONS = {
    1: UPRIGHT,
    2: Orientation(0, mirrored=True),
    3: Orientation(180),
    4: Orientation(180, mirrored=True),
    5: Orientation(270, mirrored=True),
    6: Orientation(90),
    7: Orientation(90, mirrored=True),
    8: Orientation(270),
}
_TAG = 0x0112
_LOOKED_AT = 1 << 18


def noted_orientation(path: str | Path) -> Orientation | None:
    """The orientation noted in a JPEG file; None where there is no note (or no JPEG)."""
    with Path(path).open("rb") as file:
        data = file.read(_LOOKED_AT)
    try:
        tiff = _tiff(data)
        return None if tiff is None else _ORIENTATIONS.get(_orientation(tiff))
    except struct.error:
        return None  # cut off or nonsense: as if there were no note


def _tiff(data: bytes) -> bytes | None:
    """The block of EXIF tags: in the segment APP1 of a JPEG."""
    if data[:2] != b"\xff\xd8":
        return None
    place = 2
    while data[place : place + 1] == b"\xff":
        marker, length = struct.unpack_from(">BH", data, place + 1)
        if marker == 0xE1 and data[place + 4 : place + 10] == b"Exif\0\0":
            return data[place + 10 : place + 2 + length]
        if marker == 0xDA:  # the picture begins
            return None
        place += 2 + length
    return None


def _orientation(tiff: bytes) -> int:
    """The number in the tag, 0 without one."""
    order = ">" if tiff[:2] == b"MM" else "<"
    (place,) = struct.unpack_from(order + "I", tiff, 4)
    (count,) = struct.unpack_from(order + "H", tiff, place)
    for entry in range(count):
        tag, _, _, value = struct.unpack_from(order + "HHIH", tiff, place + 2 + 12 * entry)
        if tag == _TAG:
            return int(value)
    return 0

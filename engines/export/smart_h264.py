"""H.264 as bytes: parameter sets, the decoder record of MP4 (avcC) and the units a packet is made of.

Written after ITU-T H.264 (7.3.2.1, annex E) and ISO/IEC 14496-15 (5.3.3.1).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

SLICE, IDR, SEI, SPS, PPS, DELIMITER, FILLER = 1, 5, 6, 7, 8, 9, 12
HIGH = 100
LENGTH_BYTES = 4
MOST_SPS, MOST_PPS = 31, 255
_START = re.compile(b"\x00\x00\x01")
_WITH_CHROMA = frozenset({100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135})


class BitsError(ValueError):
    """The bytes are not what they should be."""


@dataclass(frozen=True)
class SequenceFacts:
    """What a sequence parameter set says. `reorder` is None where it does not tell by how many frames order differs."""

    id: int
    profile: int
    constraints: int
    level: int
    is_420_8bit: bool
    progressive: bool
    reorder: int | None


@dataclass(frozen=True)
class ParameterSets:
    """The sets a stream is decoded with, as units without start code or length."""

    sps: tuple[bytes, ...]
    pps: tuple[bytes, ...]

    @property
    def facts(self) -> SequenceFacts:
        """Of the first sequence parameter set. Raises BitsError."""
        return sequence_facts(self.sps[0])

    def ids(self) -> dict[tuple[str, int], bytes]:
        """Each unit by its kind and id. Raises BitsError."""
        named = {("sps", sequence_facts(unit).id): unit for unit in self.sps}
        return named | {("pps", picture_id(unit)): unit for unit in self.pps}


def unit_type(unit: bytes) -> int:
    """The kind of a unit."""
    return unit[0] & 31


def parse_avcc(record: bytes) -> ParameterSets:
    """The sets in an MP4 decoder record. Raises BitsError, also where lengths are not of four bytes."""
    if len(record) < 7 or record[0] != 1:
        raise BitsError("no decoder record")
    if (record[4] & 3) + 1 != LENGTH_BYTES:
        raise BitsError("units with short lengths")
    at, groups = 5, []
    for mask in (31, 255):
        if at >= len(record):
            raise BitsError("a decoder record that is cut off")
        count, at, units = record[at] & mask, at + 1, []
        for _ in range(count):
            length = int.from_bytes(record[at : at + 2], "big")
            unit = record[at + 2 : at + 2 + length]
            if not length or len(unit) != length:
                raise BitsError("a decoder record that is cut off")
            units.append(unit)
            at += 2 + length
        groups.append(tuple(units))
    if not groups[0] or not groups[1]:
        raise BitsError("a decoder record without parameter sets")
    return ParameterSets(*groups)


def make_avcc(sets: ParameterSets) -> bytes:
    """The MP4 decoder record of several sets: of the highest profile and level among them."""
    facts = [sequence_facts(unit) for unit in sets.sps]
    highest = max(facts, key=lambda one: one.profile)
    head = bytes((1, highest.profile, highest.constraints, max(one.level for one in facts), 0xFF))
    record = head + bytes((0xE0 | len(sets.sps),)) + _listed(sets.sps) + bytes((len(sets.pps),)) + _listed(sets.pps)
    return record + bytes((0xFD, 0xF8, 0xF8, 0)) if highest.profile in _WITH_CHROMA else record


def _listed(units: Iterable[bytes]) -> bytes:
    return b"".join(len(unit).to_bytes(2, "big") + unit for unit in units)


def units_of(packet: bytes) -> Iterator[bytes]:
    """The units of a packet with lengths. Raises BitsError."""
    at, end = 0, len(packet)
    while at < end:
        length = int.from_bytes(packet[at : at + LENGTH_BYTES], "big")
        at += LENGTH_BYTES
        if not length or at + length > end:
            raise BitsError("a packet that is cut off")
        yield packet[at : at + length]
        at += length


def split_start_codes(stream: bytes) -> list[bytes]:
    """The units of a packet with start codes, as an encoder gives it."""
    marks = [(mark.start(), mark.end()) for mark in _START.finditer(stream)]
    ends = [start for start, _ in marks[1:]] + [len(stream)]
    return [stream[begin:end].rstrip(b"\0") for (_, begin), end in zip(marks, ends, strict=True)]


def with_lengths(units: Iterable[bytes]) -> bytes:
    """A packet as MP4 holds it."""
    return b"".join(len(unit).to_bytes(LENGTH_BYTES, "big") + unit for unit in units)


def sequence_facts(unit: bytes) -> SequenceFacts:
    """Read a sequence parameter set. Raises BitsError."""
    if len(unit) < 4 or unit_type(unit) != SPS:
        raise BitsError("no sequence parameter set")
    profile, constraints, level = unit[1], unit[2], unit[3]
    bits = _Bits(unit[4:])
    own = bits.ue()
    is_420_8bit = True
    if profile in _WITH_CHROMA:
        is_420_8bit = _read_chroma(bits)
    bits.ue()  # log2_max_frame_num
    kind = bits.ue()
    if kind == 0:
        bits.ue()
    elif kind == 1:
        bits.take(1)
        bits.se()
        bits.se()
        for _ in range(bits.ue()):
            bits.se()
    bits.ue()  # max_num_ref_frames
    bits.take(1)
    bits.ue()
    bits.ue()
    progressive = bool(bits.take(1))
    if not progressive:
        bits.take(1)
    bits.take(1)
    if bits.take(1):
        for _ in range(4):
            bits.ue()
    reorder = _read_reorder(bits) if bits.take(1) else None
    return SequenceFacts(own, profile, constraints, level, is_420_8bit, progressive, 0 if kind == 2 else reorder)


def picture_id(unit: bytes) -> int:
    """The id of a picture parameter set. Raises BitsError."""
    if len(unit) < 2 or unit_type(unit) != PPS:
        raise BitsError("no picture parameter set")
    return _Bits(unit[1:]).ue()


def _read_chroma(bits: _Bits) -> bool:
    """From chroma_format_idc to the scaling lists; whether the stream is 4:2:0 of 8 bit."""
    chroma = bits.ue()
    if chroma == 3:
        bits.take(1)
    depths = (bits.ue(), bits.ue())
    bits.take(1)
    if bits.take(1):
        for number in range(8 if chroma != 3 else 12):
            if bits.take(1):
                _skip_scaling(bits, 16 if number < 6 else 64)
    return chroma == 1 and depths == (0, 0)


def _skip_scaling(bits: _Bits, size: int) -> None:
    last = following = 8
    for _ in range(size):
        if following:
            following = (last + bits.se()) % 256
        last = following or last


def _read_reorder(bits: _Bits) -> int | None:
    """max_num_reorder_frames of the usability information, or None."""
    if bits.take(1) and bits.take(8) == 255:
        bits.take(32)
    if bits.take(1):
        bits.take(1)
    if bits.take(1):
        bits.take(4)
        if bits.take(1):
            bits.take(24)
    if bits.take(1):
        bits.ue()
        bits.ue()
    if bits.take(1):
        bits.take(65)
    hypothetical = [_read_hrd(bits) if bits.take(1) else False for _ in range(2)]
    if any(hypothetical):
        bits.take(1)
    bits.take(1)
    if not bits.take(1):
        return None
    bits.take(1)
    for _ in range(4):
        bits.ue()
    return bits.ue()


def _read_hrd(bits: _Bits) -> bool:
    count = bits.ue() + 1
    bits.take(8)
    for _ in range(count):
        bits.ue()
        bits.ue()
        bits.take(1)
    bits.take(20)
    return True


class _Bits:
    """Reads bits of a unit's payload, its emulation prevention bytes taken out."""

    def __init__(self, payload: bytes) -> None:
        plain = payload.replace(b"\x00\x00\x03", b"\x00\x00")
        self._value = int.from_bytes(plain, "big")
        self._left = len(plain) * 8

    def take(self, count: int) -> int:
        if count > self._left:
            raise BitsError("a parameter set that is cut off")
        self._left -= count
        return (self._value >> self._left) & ((1 << count) - 1)

    def ue(self) -> int:
        zeros = 0
        while not self.take(1):
            zeros += 1
            if zeros > 32:
                raise BitsError("a number that is too long")
        return (1 << zeros) - 1 + (self.take(zeros) if zeros else 0)

    def se(self) -> int:
        code = self.ue()
        return (code + 1) // 2 if code % 2 else -(code // 2)

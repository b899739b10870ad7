"""A sound font in place of the built-in instruments; the font is made here, of one looped sine."""

from __future__ import annotations

import struct
import sys
from pathlib import Path

import numpy as np
import pytest

from engines.errors import EngineError
from engines.generate.procedural.compose.brief import MusicBrief
from engines.generate.procedural.compose.notes import Note
from engines.generate.procedural.compose.score import compose
from engines.generate.procedural.compose.sound_font import SoundFont

_RATE = 48000


def _chunk(name: bytes, content: bytes) -> bytes:
    return name + struct.pack("<I", len(content)) + content + b"\0" * (len(content) % 2)


def tiny_font() -> bytes:
    """One preset (bank 0, program 0): a looped sine of 441 Hz, recorded as key 69 at 44100 Hz."""
    sine = (20000 * np.sin(2 * np.pi * np.arange(2000) / 100)).astype("<i2").tobytes() + b"\0" * 92
    name = b"tiny".ljust(20, b"\0")
    end = b"EOP".ljust(20, b"\0")
    info = _chunk(
        b"LIST",
        b"INFO" + _chunk(b"ifil", struct.pack("<HH", 2, 1)) + _chunk(b"isng", b"EMU8000\0") + _chunk(b"INAM", b"tiny"),
    )
    data = _chunk(b"LIST", b"sdta" + _chunk(b"smpl", sine))
    records = {
        b"phdr": name + struct.pack("<HHHIII", 0, 0, 0, 0, 0, 0) + end + struct.pack("<HHHIII", 0, 0, 1, 0, 0, 0),
        b"pbag": struct.pack("<HHHH", 0, 0, 1, 0),
        b"pmod": b"\0" * 10,
        b"pgen": struct.pack("<HH", 41, 0) + b"\0" * 4,
        b"inst": name + struct.pack("<H", 0) + b"EOI".ljust(20, b"\0") + struct.pack("<H", 1),
        b"ibag": struct.pack("<HHHH", 0, 0, 2, 0),
        b"imod": b"\0" * 10,
        b"igen": struct.pack("<HHHH", 54, 1, 53, 0) + b"\0" * 4,
        b"shdr": name
        + struct.pack("<IIIIIBbHH", 0, 2000, 500, 1500, 44100, 69, 0, 0, 1)
        + b"EOS".ljust(20, b"\0")
        + b"\0" * 26,
    }
    table = _chunk(b"LIST", b"pdta" + b"".join(_chunk(key, value) for key, value in records.items()))
    return _chunk(b"RIFF", b"sfbk" + info + data + table)


def test_without_the_library_one_sentence_says_what_is_missing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "tinysoundfont", None)
    with pytest.raises(EngineError, match="install it"):
        SoundFont(tmp_path / "any.sf2", _RATE)


def test_notes_of_a_font_have_their_pitch_and_what_it_lacks_is_played_on_the_built_in_voice(tmp_path: Path) -> None:
    pytest.importorskip("tinysoundfont", reason="the optional sound font library is not installed")
    path = tmp_path / "tiny.sf2"
    path.write_bytes(tiny_font())
    font = SoundFont(path, _RATE)
    played = font.sound(Note("chords", "piano", 0.0, 1.0, (81,)), _RATE, _RATE)
    assert played is not None
    spectrum = np.abs(np.fft.rfft(played[:_RATE, 0]))
    assert abs(np.argmax(spectrum) - 882) <= 2
    assert np.abs(played[-1]).max() < 1e-6
    assert font.sound(Note("drums", "kick", 0.0, 0.0), 0, _RATE) is None
    assert font.sound(Note("melody", "flute", 0.0, 1.0, (70,)), _RATE, _RATE) is None
    assert font.sound(Note("effects", "whoosh", 0.0, 0.0), 0, _RATE) is None

    brief = MusicBrief(mood="melancholy", sound_font=str(path))
    one, two = compose(brief, 6.0), compose(brief, 6.0)
    assert np.array_equal(one.samples, two.samples)
    assert not np.array_equal(one.samples, compose(MusicBrief(mood="melancholy"), 6.0).samples)


def test_a_file_that_is_no_sound_font_is_refused(tmp_path: Path) -> None:
    pytest.importorskip("tinysoundfont", reason="the optional sound font library is not installed")
    (tmp_path / "bad.sf2").write_bytes(b"RIFF0000nothing")
    with pytest.raises(EngineError, match="no sound font"):
        SoundFont(tmp_path / "bad.sf2", _RATE)
    with pytest.raises(EngineError, match="not found"):
        SoundFont(tmp_path / "none.sf2", _RATE)

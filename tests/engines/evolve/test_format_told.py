"""What is lost of a parent's format on the way is said with the changes."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from engines.evolve.format_told import format_told
from engines.evolve.run import Step, evolve
from engines.generate.remote.provider import Alone
from engines.media.probe import probe

pytestmark = pytest.mark.media


def film(path: Path, layout: str, size: tuple[int, int], **colour: int) -> Path:
    with av.open(str(path), "w") as container:
        stream = container.add_stream("ffv1", Fraction(24))
        stream.width, stream.height, stream.pix_fmt = *size, layout
        for name, value in colour.items():
            setattr(stream.codec_context, name, value)
        for number in range(6):
            picture = av.VideoFrame.from_ndarray(np.full((size[1], size[0], 3), 40 + 20 * number, np.uint8), "rgb24")
            for packet in stream.encode(picture.reformat(format=layout)):
                container.mux(packet)
        for packet in stream.encode():
            container.mux(packet)
    return path


def test_deep_wide_colour_and_its_sampling_are_said(tmp_path: Path) -> None:
    path = film(tmp_path / "hdr.mkv", "yuv422p10le", (160, 96),
                color_primaries=9, color_trc=16, colorspace=9, color_range=1)  # fmt: skip
    assert format_told(probe(path)) == (("Format", "10 bit 4:2:2 BT.2020 PQ becomes 8 bit 4:2:0 BT.709"),)


def test_full_range_and_an_odd_side_are_said(tmp_path: Path) -> None:
    path = film(tmp_path / "odd.mkv", "yuv444p", (161, 97), colorspace=5, color_range=2)
    assert format_told(probe(path)) == (
        ("Format", "4:4:4 BT.601 full range becomes 4:2:0 BT.709 limited range"),
        ("Size", "161 × 97 becomes 160 × 96"),
    )


def test_a_film_of_our_own_format_says_nothing_and_a_take_tells_it_with_its_changes(tmp_path: Path) -> None:
    plain = film(tmp_path / "plain.mkv", "yuv420p", (160, 96), color_primaries=1, color_trc=1, colorspace=1)
    assert format_told(probe(plain)) == ()
    odd = film(tmp_path / "odd.mkv", "yuv444p", (161, 97), colorspace=1)
    made = evolve([Step("evolve.sharpen")], [probe(odd)], tmp_path / "take.mp4", job=Alone())
    assert ["Format", "4:4:4 becomes 4:2:0"] in made.facts["changes"]
    assert ["Size", "161 × 97 becomes 160 × 96"] in made.facts["changes"]

"""Smart render: whatever is copied, every frame shows its number, and the film is as long as it should be."""

from __future__ import annotations

import random
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from av.video.frame import VideoFrame
from numpy.typing import NDArray

from engines.export import smart as smart_module
from engines.export.base import stretch_of
from engines.export.mp4 import export_mp4
from engines.export.presets import Mp4Preset
from engines.export.smart import SmartReport, smart_estimate
from engines.export.smart_h264 import ParameterSets, make_avcc, parse_avcc
from engines.export.smart_source import CopySource, Unfit
from engines.media.conversion import plane_rows
from engines.media.inspection import probe_here
from engines.media.writer import MovieWriter
from tests.engines.render.counters import HZ, clip_of, counter_frame, lumas, number_of, sound_of
from timeline.curve import Curve, Keyframe
from timeline.items import Clip, EffectUse, Gap, GeneratorSource, Transition
from timeline.media import Library, Media
from timeline.project import Project
from timeline.sequence import Sequence
from timeline.time import RationalTime, TimeRange
from timeline.track import Track, TrackKind

pytestmark = pytest.mark.media
RATE = Fraction(25)
SIZE = (160, 90)
SMART = Mp4Preset(label="Smart", description="")
RENDERED = Mp4Preset(label="Rendered", description="", copy_untouched=False)


def source(
    path: Path,
    count: int = 300,
    *,
    rate: Fraction = RATE,
    codec: str = "libx264",
    first: int = 0,
    size: tuple[int, int] = SIZE,
    colours: int = 1,
    step: Any = None,
    sound: bool = True,
    container: Mapping[str, str] | None = None,
    **options: str,
) -> Media:
    """A film of numbers as a camera or another editor might have coded it."""
    with av.open(str(path), "w", options=dict(container or {})) as out:
        stream: Any = out.add_stream(codec, rate=rate, options={"preset": "veryfast", "crf": "14", **options})
        stream.width, stream.height, stream.pix_fmt = *size, "yuv420p"
        context = stream.codec_context
        context.color_primaries = context.color_trc = context.colorspace = colours
        context.color_range = 1
        heard: Any = out.add_stream("aac", rate=HZ) if sound else None
        for number in range(count):
            picture = VideoFrame(*size, "yuv420p")
            for plane, values in zip(picture.planes, counter_frame(first + number, size).planes, strict=True):
                plane_rows(plane)[:, : plane.width] = values
            picture.pts, picture.time_base = (step(number), 1 / (rate * 4)) if step else (number, 1 / rate)
            out.mux(stream.encode(picture))
        out.mux(stream.encode(None))
        if heard is not None:
            wave = np.sin(np.arange(int(count / rate * HZ)) * (440 * 2 * np.pi / HZ)).astype(np.float32) * 0.3
            for at in range(0, len(wave), 1024):
                block = av.AudioFrame.from_ndarray(np.tile(wave[at : at + 1024], (2, 1)), "fltp", "stereo")
                block.sample_rate, block.pts, block.time_base = HZ, at, Fraction(1, HZ)
                out.mux(heard.encode(block))
            out.mux(heard.encode(None))
    return probe_here(path)


@pytest.fixture(scope="module")
def gop30(tmp_path_factory: pytest.TempPathFactory) -> Media:
    return source(tmp_path_factory.mktemp("media") / "gop30.mp4", g="30", bf="3", **{"sc_threshold": "0"})


def tracks_of(*clips: Clip) -> tuple[Track, Track]:
    return Track(TrackKind.VIDEO, clips), Track(TrackKind.AUDIO, tuple(clip for clip in clips))


def export(
    path: Path, media: list[Media], *tracks: Track, preset: Mp4Preset = SMART, rate: Fraction = RATE, **options: Any
) -> SmartReport:
    """Export and give what was copied."""
    reports: list[SmartReport] = []
    sequence = Sequence(width=SIZE[0], height=SIZE[1], rate=rate, tracks=tracks)
    library = Library({one.id: one for one in media})
    export_mp4(Project(sequences=(sequence,)), library, sequence.id, path, preset, told=reports.append, **options)
    return reports[0]


def numbers(path: Path) -> list[int | None]:
    return [number_of(luma) for luma in lumas(path)]


def check_film(path: Path, expected: list[int], rate: Fraction = RATE) -> None:
    """The numbers, the lengths of both streams, and time stamps without a hole."""
    assert numbers(path) == expected
    with av.open(str(path)) as film:
        video, sound = film.streams.video[0], film.streams.audio[0]
        assert Fraction(video.duration or 0) * Fraction(video.time_base or 0) == len(expected) / rate
        assert Fraction(sound.duration or 0) * Fraction(sound.time_base or 0) == Fraction(
            round(len(expected) / rate * HZ), HZ
        )
        stamps = sorted(packet.pts or 0 for packet in film.demux(video) if packet.size)
        assert stamps == [round(number / rate / Fraction(video.time_base or 1)) for number in range(len(expected))]
        assert video.codec_context.codec_tag == "avc1"


def packets_of(path: Path) -> list[bytes]:
    with av.open(str(path)) as film:
        return [bytes(packet) for packet in film.demux(film.streams.video[0]) if packet.size]


CODINGS: dict[str, dict[str, str]] = {
    "gop12": {"g": "12", "bf": "0"},
    "gop12_b": {"g": "12", "bf": "3"},
    "gop30_pyramid": {"g": "30", "bf": "4", "x264-params": "b-pyramid=normal:ref=4"},
    "gop30_strict": {"g": "30", "bf": "3", "x264-params": "b-pyramid=strict"},
    "gop30_flat": {"g": "30", "bf": "2", "x264-params": "b-pyramid=none"},
    "gop250": {"g": "250", "bf": "3", "sc_threshold": "0"},
    "scenecuts": {"g": "60", "bf": "3", "sc_threshold": "60"},
    "intra": {"g": "1"},
    "main": {"g": "15", "bf": "2", "profile": "main"},
    "baseline": {"g": "15", "profile": "baseline"},
    "sliced": {"g": "20", "x264-params": "slices=3"},
    "delimited": {"g": "20", "x264-params": "aud=1"},
    "open": {"g": "20", "bf": "3", "x264-params": "open-gop=1:scenecut=0"},
}
NEVER_COPIED = frozenset({"open", "gop250"})
"""Of the second, the random cuts hold no group from its beginning."""


@pytest.mark.parametrize("coding", CODINGS)
def test_random_cuts_through_any_coding_show_every_frame(tmp_path: Path, coding: str) -> None:
    media = source(tmp_path / "a.mp4", 260, **CODINGS[coding])
    chance = random.Random(coding)
    clips, expected = [], []
    for length in (90, 1, 40, 3, 70, 12, 2, 120):
        start = chance.randrange(0, 260 - length)
        clips.append(clip_of(media, start, length))
        expected += range(start, start + length)
    report = export(tmp_path / "film.mp4", [media], *tracks_of(*clips))
    check_film(tmp_path / "film.mp4", expected)
    assert report.fallback == ""
    if coding in NEVER_COPIED:
        assert report.copied == 0, report
    else:
        assert report.copied > 0.25 * len(expected), report
        known = set(packets_of(tmp_path / "a.mp4"))
        assert sum(packet in known for packet in packets_of(tmp_path / "film.mp4")) >= report.copied

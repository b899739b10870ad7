"""Smart render: whatever is copied, every frame shows its number, and the film is as long as it should be."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from av.video.frame import VideoFrame

from engines.export import smart
from engines.export.mp4 import export_mp4
from engines.export.presets import Mp4Preset
from engines.export.smart import SmartReport, smart_estimate
from engines.export.smart_h264 import ParameterSets, make_avcc, parse_avcc
from engines.export.smart_source import CopySource, Unfit
from engines.export.smart_writer import SmartWriter
from engines.media.conversion import plane_rows
from engines.media.inspection import probe_here
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
        stream.time_base = context.time_base = 1 / (rate * (4 if step else 1))
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
    return source(tmp_path_factory.mktemp("media") / "gop30.mp4", g="30", bf="3", sc_threshold="0")


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


def test_cuts_on_key_frames_copy_everything(tmp_path: Path, gop30: Media) -> None:
    clips = clip_of(gop30, 60, 60), clip_of(gop30, 0, 30), clip_of(gop30, 270, 30)
    report = export(tmp_path / "film.mp4", [gop30], *tracks_of(*clips))
    check_film(tmp_path / "film.mp4", [*range(60, 120), *range(30), *range(270, 300)])
    assert report.share == 1


def test_a_whole_file_and_a_clip_that_is_only_split_are_one_copy(tmp_path: Path, gop30: Media) -> None:
    report = export(tmp_path / "film.mp4", [gop30], *tracks_of(clip_of(gop30, 0, 47), clip_of(gop30, 47, 253)))
    check_film(tmp_path / "film.mp4", list(range(300)))
    assert report.share == 1
    assert packets_of(tmp_path / "film.mp4") == packets_of(Path(gop30.path))


def test_clips_shorter_than_a_group_are_rendered(tmp_path: Path, gop30: Media) -> None:
    clips = [clip_of(gop30, start, 1 + start % 4) for start in range(1, 29, 3)]
    report = export(tmp_path / "film.mp4", [gop30], *tracks_of(*clips))
    check_film(tmp_path / "film.mp4", [start + more for start in range(1, 29, 3) for more in range(1 + start % 4)])
    assert report.copied == 0


@pytest.mark.parametrize("rate", [Fraction(24000, 1001), Fraction(30000, 1001), Fraction(50)], ids=str)
def test_times_are_exact_at_other_rates(tmp_path: Path, rate: Fraction) -> None:
    media = source(tmp_path / "a.mp4", 150, rate=rate, g="20", bf="3")
    report = export(
        tmp_path / "film.mp4", [media], *tracks_of(clip_of(media, 33, 70), clip_of(media, 7, 60)), rate=rate
    )
    check_film(tmp_path / "film.mp4", [*range(33, 103), *range(7, 67)], rate)
    assert report.copied > 60


@pytest.mark.parametrize(
    "container", [{"output_ts_offset": "1.5"}, {"use_editlist": "0"}, {"movflags": "frag_keyframe"}]
)
def test_files_that_do_not_begin_at_zero_or_hide_their_index_show_every_frame(
    tmp_path: Path, container: dict[str, str]
) -> None:
    media = source(tmp_path / "a.mp4", 120, container=container, g="20", bf="3")
    report = export(tmp_path / "film.mp4", [media], *tracks_of(clip_of(media, 33, 60), clip_of(media, 5, 50)))
    check_film(tmp_path / "film.mp4", [*range(33, 93), *range(5, 55)])
    assert report.copied > 0 or "movflags" in container


def test_films_of_one_camera_are_copied_together_and_of_another_rendered(tmp_path: Path) -> None:
    same = {"g": "20", "bf": "3"}
    one = source(tmp_path / "one.mp4", 100, **same)
    two = source(tmp_path / "two.mp4", 100, first=1000, **same)
    other = source(tmp_path / "other.mp4", 100, first=2000, g="20", bf="0", profile="main")
    clips = clip_of(one, 5, 60), clip_of(other, 15, 50), clip_of(two, 25, 60), clip_of(one, 40, 40)
    report = export(tmp_path / "film.mp4", [one, two, other], *tracks_of(*clips))
    check_film(tmp_path / "film.mp4", [*range(5, 65), *range(2015, 2065), *range(1025, 1085), *range(40, 80)])
    known = {media.name: set(packets_of(Path(media.path))) for media in (one, two, other)}
    found = packets_of(tmp_path / "film.mp4")
    assert all(any(packet in known[name] for packet in found) for name in ("one.mp4", "two.mp4"))
    assert not any(packet in known["other.mp4"] for packet in found)
    assert "it was coded in another way than the footage that is copied" in report.whys


def test_unlike_parameter_sets_with_ids_of_their_own_stand_side_by_side(tmp_path: Path) -> None:
    one = source(tmp_path / "one.mp4", 100, g="20", bf="3")
    other = source(tmp_path / "other.mp4", 100, first=2000, g="20", bf="0", **{"x264-params": "sps-id=7"})
    report = export(tmp_path / "film.mp4", [one, other], *tracks_of(clip_of(one, 5, 60), clip_of(other, 15, 60)))
    check_film(tmp_path / "film.mp4", [*range(5, 65), *range(2015, 2075)])
    assert report.copied > 80
    with av.open(str(tmp_path / "film.mp4")) as film:
        assert len(parse_avcc(film.streams.video[0].codec_context.extradata or b"").sps) == 3


REFUSED: dict[str, dict[str, Any]] = {
    "hevc": {"codec": "libx265", "x265-params": "log-level=none", "g": "20"},
    "other colours": {"colours": 5, "g": "20"},
    "other size": {"size": (320, 180), "g": "20"},
}


@pytest.mark.parametrize("kind", REFUSED)
def test_what_does_not_fit_is_rendered(tmp_path: Path, kind: str) -> None:
    media = source(tmp_path / "a.mp4", 60, **REFUSED[kind])
    report = export(tmp_path / "film.mp4", [media], *tracks_of(clip_of(media, 0, 60)))
    assert len(lumas(tmp_path / "film.mp4")) == 60
    assert report.copied == 0
    assert report.fallback == ""
    assert list(report.whys.values()) == [60]


def test_what_probing_found_special_is_rendered(gop30: Media) -> None:
    for change in (
        {"interlaced": True},
        {"rotation": 180},
        {"has_alpha": True},
        {"variable_rate": True},
        {"faults": ("It is odd.",)},
        {"width": 320},
    ):
        media = replace(gop30, **change)  # type: ignore[arg-type]
        sequence = Sequence(width=SIZE[0], height=SIZE[1], rate=RATE, tracks=tracks_of(clip_of(media, 0, 90)))
        assert smart_estimate(sequence, Library({media.id: media}), SMART).copied == 0, change


def test_a_mirrored_film_is_rendered(tmp_path: Path) -> None:
    plain = source(tmp_path / "plain.mp4", 60, g="20")
    with av.open(plain.path) as one, av.open(str(tmp_path / "mirrored.mp4"), "w") as two:
        stream: Any = two.add_stream_from_template(one.streams.video[0])
        stream.set_display_rotation(0, hflip=True)
        for packet in one.demux(one.streams.video[0]):
            if packet.size:
                packet.stream = stream
                two.mux(packet)
    media = probe_here(tmp_path / "mirrored.mp4")
    assert media.rotation == 0
    report = export(tmp_path / "film.mp4", [media], Track(TrackKind.VIDEO, (clip_of(media, 0, 60),)))
    assert report.whys == {"it is interlaced, turned or mirrored": 60}


def test_a_variable_rate_is_rendered(tmp_path: Path) -> None:
    media = source(tmp_path / "a.mp4", 60, step=lambda number: number * 4 + (number % 3 == 2) * 2, g="10")
    report = export(
        tmp_path / "film.mp4", [media], Track(TrackKind.VIDEO, (clip_of(media, 0, 40),)), rate=media.rate or RATE
    )
    assert report.copied == 0


def _second(seconds: float) -> RationalTime:
    return RationalTime.from_seconds(seconds, RATE)


def _touched(media: Media) -> dict[str, tuple[Track, ...]]:
    """Timelines of 300 frames of which frames 100 to 200 are changed, at least."""
    bright = (EffectUse("color_correct", {"brightness": 0.1}),)
    whole, part = clip_of(media, 0, 300), clip_of(media, 100, 100)
    left, right = clip_of(media, 0, 100), clip_of(media, 200, 100)
    text = Clip(GeneratorSource("title", {"text": "Hello"}), TimeRange.from_frames(0, 100, RATE))
    wait = Gap(RationalTime.from_frames(100, RATE))
    picture = TrackKind.VIDEO

    def alone(**changes: Any) -> tuple[Track, ...]:
        return (Track(picture, (left, clip_of(media, 100, 100, **changes), right)),)

    moving = Curve((Keyframe(_second(4), 1.0), Keyframe(_second(8), 0.9)))
    return {
        "effects": alone(effects=bright),
        "opacity": alone(opacity=0.5),
        "moving opacity": alone(opacity=moving),
        "fades": alone(fade_in=_second(4), fade_out=_second(0.0)),
        "black": (Track(picture, (left, wait, right)),),
        "title": (Track(picture, (whole,)), Track(TrackKind.TEXT, (wait, text))),
        "overlay": (Track(picture, (whole,)), Track(TrackKind.OVERLAY, (wait, clip_of(media, 50, 100, opacity=0.4)))),
        "adjustment": (Track(picture, (whole,)), Track(TrackKind.EFFECTS, (wait, replace(text, effects=bright)))),
        "dissolve": (
            Track(
                picture,
                (clip_of(media, 0, 150, id="x"), clip_of(media, 150, 150, id="y")),
                (Transition("dissolve", "x", "y", _second(2), _second(2)),),
            ),
        ),
        "reverse": (Track(picture, (left, clip_of(media, 100, 100, speed=Fraction(-1)), right)),),
        "track effects": (
            Track(picture, (left, wait, right)),
            Track(picture, (wait, part), effects=bright),
        ),
    }


@pytest.mark.parametrize(
    "change",
    [
        "effects",
        "opacity",
        "moving opacity",
        "fades",
        "black",
        "title",
        "overlay",
        "adjustment",
        "dissolve",
        "reverse",
        "track effects",
    ],
)
def test_what_is_touched_is_rendered_and_the_rest_copied(tmp_path: Path, gop30: Media, change: str) -> None:
    tracks = _touched(gop30)[change]
    smartly, wholly = tmp_path / "smart.mp4", tmp_path / "whole.mp4"
    report = export(smartly, [gop30], *tracks)
    export(wholly, [gop30], *tracks, preset=RENDERED)
    assert 150 <= report.copied <= 200, report
    for first, second in zip(lumas(smartly), lumas(wholly), strict=True):
        assert np.abs(first.astype(int) - second).mean() < 2.5


def test_what_is_hidden_by_untouched_footage_does_not_matter(tmp_path: Path, gop30: Media) -> None:
    below = Track(TrackKind.VIDEO, (clip_of(gop30, 100, 60, opacity=0.5),))
    neutral = clip_of(gop30, 30, 60, effects=(EffectUse("transform", {}), EffectUse("blur", enabled=False)))
    off = Track(TrackKind.TEXT, (Clip(GeneratorSource("title"), TimeRange.from_frames(0, 60, RATE), enabled=False),))
    report = export(tmp_path / "film.mp4", [gop30], below, Track(TrackKind.VIDEO, (neutral,)), off)
    assert numbers(tmp_path / "film.mp4") == list(range(30, 90))
    assert report.share == 1


def test_the_sound_is_the_very_one_of_a_whole_render(tmp_path: Path, gop30: Media) -> None:
    tracks = tracks_of(clip_of(gop30, 33, 90), clip_of(gop30, 170, 100))
    export(tmp_path / "smart.mp4", [gop30], *tracks)
    export(tmp_path / "whole.mp4", [gop30], *tracks, preset=RENDERED)
    np.testing.assert_array_equal(sound_of(tmp_path / "smart.mp4"), sound_of(tmp_path / "whole.mp4"))


def test_marks_and_the_switch_are_obeyed(tmp_path: Path, gop30: Media) -> None:
    tracks = tracks_of(clip_of(gop30, 0, 300))
    marked = TimeRange.from_frames(41, 100, RATE)
    report = export(tmp_path / "film.mp4", [gop30], *tracks, marked=marked)
    check_film(tmp_path / "film.mp4", list(range(41, 141)))
    assert report.copied > 70
    assert export(tmp_path / "film.mp4", [gop30], *tracks, preset=RENDERED).is_off
    small = Mp4Preset(label="Small", description="", quality=30)
    assert export(tmp_path / "film.mp4", [gop30], *tracks, preset=small, marked=marked).copied == 0


def test_an_estimate_says_what_the_export_then_does(tmp_path: Path, gop30: Media) -> None:
    tracks = tracks_of(clip_of(gop30, 33, 90), clip_of(gop30, 170, 100))
    sequence = Sequence(width=SIZE[0], height=SIZE[1], rate=RATE, tracks=tracks)
    guess = smart_estimate(sequence, Library({gop30.id: gop30}), SMART)
    assert guess == export(tmp_path / "film.mp4", [gop30], *tracks)
    assert "% copied" in guess.sentence


@pytest.mark.parametrize("fault", ["other picture", "lost packet", "check"])
def test_a_film_that_is_not_right_is_rendered_as_a_whole_and_it_says_so(
    tmp_path: Path, gop30: Media, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    encode, packets = SmartWriter.encode, CopySource.packets
    if fault == "other picture":
        wrong = counter_frame(0xFFFF, SIZE)
        monkeypatch.setattr(SmartWriter, "encode", lambda self, _, **options: encode(self, wrong, **options))
    elif fault == "lost packet":
        monkeypatch.setattr(
            CopySource,
            "packets",
            lambda self, start, count: (one for one in packets(self, start, count) if one.shown != 40),
        )
    else:
        monkeypatch.setattr(smart, "verify_smart", lambda *_: (_ for _ in ()).throw(Unfit("it is a test")))
    report = export(tmp_path / "film.mp4", [gop30], *tracks_of(clip_of(gop30, 33, 90), clip_of(gop30, 170, 100)))
    check_film(tmp_path / "film.mp4", [*range(33, 123), *range(170, 270)])
    assert report.copied == 0
    assert report.fallback
    assert report.sentence.startswith("Everything was rendered:")
    assert list(tmp_path.iterdir()) == [tmp_path / "film.mp4"]


def test_a_decoder_record_keeps_its_sets_and_takes_the_highest_level(gop30: Media) -> None:
    with CopySource(gop30) as opened:
        sets = opened.sets
    facts = sets.facts
    raised = ParameterSets((*sets.sps, sets.sps[0][:3] + bytes((62,)) + sets.sps[0][4:]), sets.pps)
    record = make_avcc(raised)
    assert parse_avcc(record) == raised
    assert record[3] == 62
    assert (facts.profile, facts.progressive, facts.is_420_8bit, facts.id) == (100, True, True, 0)
    assert facts.reorder == 2
    for length in range(1, len(record) - 4):
        with pytest.raises(ValueError, match=r"record|lengths"):
            parse_avcc(record[:length])

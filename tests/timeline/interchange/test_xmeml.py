"""xmeml at ten rates: every frame number by its own arithmetic, nests, speed, levels that move, links, markers; and the linter."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from tests.timeline.interchange.rich import CASES, HARD_NAME, media_path, rich
from tests.timeline.interchange.test_matrix import needs_checks
from timeline.curve import Curve, Interpolation, Keyframe
from timeline.interchange import xmeml
from timeline.interchange.base import Delivered, file_url
from timeline.items import Clip, EffectUse, Gap, GeneratorSource, Marker, MediaSource, SequenceSource, Transition
from timeline.media import Library, Media, MediaKind
from timeline.project import Project
from timeline.sequence import Sequence
from timeline.time import FrameRate, RationalTime, TimeRange
from timeline.timecode import nominal_fps, parse_timecode
from timeline.track import BlendMode, Track, TrackKind

P25 = Fraction(25)
TEN: tuple[tuple[str, FrameRate, bool], ...] = (
    *CASES,
    ("60", Fraction(60), False),
    ("47.952", Fraction(48000, 1001), False),
)
rates = pytest.mark.parametrize(("name", "rate", "drop"), TEN, ids=[case[0] for case in TEN])
FILM = Media(
    "/m/film.mov",
    MediaKind.VIDEO,
    "film",
    RationalTime(40),
    1920,
    1080,
    P25,
    has_video=True,
    has_audio=True,
    sample_rate=48000,
    channels=2,
    id="film",
)
MONO = Media("/m/s.wav", MediaKind.AUDIO, "s", RationalTime(40), has_audio=True, sample_rate=48000, channels=1, id="s")


def frames(count: int) -> RationalTime:
    return RationalTime.from_frames(count, P25)


def clip(first: int, count: int, media: str = "film", **more: object) -> Clip:
    return replace(Clip(MediaSource(media), TimeRange.from_frames(first, count, P25)), **more)


def document(*tracks: Track, others: tuple[Sequence, ...] = (), **facts: object) -> tuple[etree._Element, Delivered]:
    sequence = replace(Sequence(rate=P25, tracks=tracks, id="outer", name="Outer"), **facts)
    library = Library().with_media(FILM, MONO)
    written = xmeml.write(Project(sequences=(sequence, *others)), library, sequence, media_path)
    return etree.fromstring(written.text.encode()), written


def number(element: etree._Element, tag: str) -> int:
    return int(str(element.findtext(tag)))


def numbers(element: etree._Element) -> tuple[int, ...]:
    return tuple(number(element, tag) for tag in ("start", "end", "in", "out"))


def effects(element: etree._Element) -> dict[str, dict[str, str | None]]:
    return {
        str(one.findtext("effectid")): {
            str(p.findtext("parameterid")): p.findtext("value") for p in one.iter("parameter")
        }
        for one in element.iter("effect")
    }


def keyframes(element: etree._Element) -> list[tuple[int, float]]:
    return [(number(one, "when"), float(str(one.findtext("value")))) for one in element.iter("keyframe")]


# --- at every rate --------------------------------------------------------------------------------------------------


@rates
@needs_checks
def test_the_linter_finds_nothing(name: str, rate: FrameRate, drop: bool, tmp_path: Path) -> None:
    project, library, sequence = rich(rate, drop)
    path = tmp_path / "film.xml"
    path.write_text(xmeml.write(project, library, sequence, media_path).text, encoding="utf-8")
    assert lint(path) == ([], [])


def lint(path: Path) -> object:
    """What the linter finds; its script looks at the words of the process when it is imported."""
    source = (Path(__file__).resolve().parents[4] / "shared" / "checks" / "xmeml_lint.py").read_text("utf-8")
    scope: dict[str, Any] = {}
    exec(source.split("bad=0")[0], scope)  # noqa: S102 - a checker of ours
    return scope["lint"](str(path))


@rates
def test_every_frame_number_is_exact(name: str, rate: FrameRate, drop: bool) -> None:
    project, library, sequence = rich(rate, drop)
    root = etree.fromstring(xmeml.write(project, library, sequence, media_path).text.encode())
    outer = root.find("sequence")
    assert outer is not None
    start = sequence.start_timecode.nearest_frame(rate)
    assert [outer.findtext(f"rate/{one}") for one in ("timebase", "ntsc")] == [
        str(nominal_fps(rate)),
        "TRUE" if rate.denominator == 1001 else "FALSE",
    ]
    assert outer.findtext("timecode/string") == ("01:00:00;00" if drop else "01:00:00:00")
    assert (number(outer, "timecode/frame"), outer.findtext("timecode/displayformat")) == (
        start,
        "DF" if drop else "NDF",
    )
    assert number(outer, "duration") == 360
    first = outer.find("media/video/track")
    assert first is not None
    found = [(one.tag, *numbers(one)) for one in first if one.tag in ("clipitem", "generatoritem")]
    assert found == [
        ("clipitem", -1, -1, 100, 155),
        ("clipitem", -1, 108, 44, 110),
        ("clipitem", 132, -1, 200, 253),
        ("clipitem", -1, 220, 1355, 1400),
        ("clipitem", 220, 250, 0, 30),
        ("clipitem", 250, 274, 800, 824),
        ("generatoritem", 274, 310, 12, 48),
        ("clipitem", 310, -1, 200, 250),
    ]
    passages = [
        (number(one, "start"), number(one, "end"), one.findtext("alignment")) for one in first.iter("transitionitem")
    ]
    assert passages == [(0, 12, "start-black"), (42, 55, "center"), (175, 185, "center"), (350, 360, "end-black")]
    film = next(one for one in root.iter("file") if one.findtext("name") == HARD_NAME)
    assert number(film, "timecode/frame") == parse_timecode("01:00:00:00", rate, drop).nearest_frame(rate)
    assert number(film, "duration") == 2000


def test_a_file_of_another_rate_is_counted_at_the_rate_of_the_sequence() -> None:
    root, _ = document(
        Track(TrackKind.VIDEO, (Clip(MediaSource("film"), TimeRange.from_frames(30, 60, Fraction(30))),)),
        rate=Fraction(30),
    )
    item = next(root.iter("clipitem"))
    assert numbers(item) == (0, 60, 30, 90)
    assert item.findtext("file/rate/timebase") == "25"
    assert number(item, "file/duration") == 1000


# --- what a clip carries --------------------------------------------------------------------------------------------


def test_speed_and_reverse_are_a_time_remap_counted_at_that_speed() -> None:
    fast, back = clip(100, 50, speed=Fraction(2)), clip(200, 100, speed=Fraction(-4))
    root, _ = document(Track(TrackKind.VIDEO, (fast, back)))
    one, other = root.iter("clipitem")
    assert numbers(one) == (0, 25, 50, 75)
    assert effects(one)["timeremap"] == {
        "variablespeed": "0",
        "speed": "200",
        "reverse": "FALSE",
        "frameblending": "FALSE",
    }
    assert numbers(other) == (25, 50, (1000 - 300) // 4, (1000 - 300) // 4 + 25)
    assert effects(other)["timeremap"]["reverse"] == "TRUE"
    assert number(other, "duration") == 250


def test_a_frozen_picture_is_a_still_frame_and_silent() -> None:
    root, written = document(
        Track(TrackKind.VIDEO, (clip(10, 20, freeze=frames(77)),)),
        Track(TrackKind.AUDIO, (clip(10, 20, freeze=frames(77)),)),
    )
    (item,) = root.iter("clipitem")
    assert (item.findtext("stillframe"), number(item, "stillframeoffset")) == ("TRUE", 77)
    assert numbers(item) == (0, 20, 77, 97)
    assert any("still frame" in note.sentence for note in written.notes)


def test_a_stereo_sound_is_two_linked_tracks_and_a_mono_one_is_one() -> None:
    picture = Track(TrackKind.VIDEO, (clip(0, 10), clip(20, 10, link="x")))
    root, _ = document(
        picture,
        Track(TrackKind.AUDIO, (Gap(frames(10)), clip(20, 10, link="x"))),
        Track(TrackKind.AUDIO, (clip(0, 5, "s"),)),
    )
    tracks = root.findall("sequence/media/audio/track")
    assert [[item.findtext("sourcetrack/trackindex") for item in one.iter("clipitem")] for one in tracks] == [
        ["1"],
        ["2"],
        ["1"],
    ]
    linked = [item for item in root.iter("clipitem") if item.find("link") is not None]
    links = [
        [(one.findtext("mediatype"), number(one, "trackindex"), number(one, "clipindex")) for one in item.iter("link")]
        for item in linked
    ]
    assert links == [[("video", 1, 2), ("audio", 1, 1), ("audio", 2, 1)]] * 3
    ids = {str(item.get("id")) for item in linked}
    assert {one.text for one in root.iter("linkclipref")} == ids


def test_opacity_fades_and_blend_modes() -> None:
    faded = clip(100, 50, opacity=0.5, fade_in=frames(10), fade_out=frames(5))
    root, _ = document(Track(TrackKind.VIDEO, (faded,), blend=BlendMode.SCREEN, opacity=0.5))
    item = next(root.iter("clipitem"))
    assert item.findtext("compositemode") == "screen"
    assert keyframes(item) == [(100, 0), (110, 25), (145, 25), (150, 0)]


def test_volume_keyframes_count_the_clips_own_frames() -> None:
    curve = Curve((Keyframe(frames(100), 0.5, Interpolation.EASE), Keyframe(frames(140), 1.0)))
    root, written = document(Track(TrackKind.AUDIO, (clip(100, 50, "s", volume=curve, speed=Fraction(2)),)))
    item = next(root.iter("clipitem"))
    assert keyframes(item) == [(50, 0.5), (70, 1), (75, 1)]
    assert any("straight lines" in note.sentence for note in written.notes)


def test_place_scale_and_crop_count_from_the_files_own_size() -> None:
    moved = EffectUse("transform", {"scale": 50.0, "position_x": 480.0, "rotation": 30.0, "crop_left": 10.0})
    root, _ = document(Track(TrackKind.VIDEO, (clip(0, 10, effects=(moved,)),)), width=960, height=540)
    found = effects(next(root.iter("clipitem")))
    assert (found["basic"]["scale"], found["basic"]["rotation"], found["crop"]["left"]) == ("25", "30", "10")
    assert root.findtext(".//parameter[parameterid='center']/value/horiz") == "0.25"


def test_titles_and_colours_are_generators() -> None:
    title = Clip(
        GeneratorSource("title", {"text": "Größe & <船>", "size": 72.0, "colour": "#ff0080"}),
        TimeRange.from_frames(0, 30, P25),
    )
    solid = Clip(GeneratorSource("solid", {"colour": "#102030"}), TimeRange.from_frames(0, 30, P25))
    other = Clip(GeneratorSource("plasma", {}), TimeRange.from_frames(0, 30, P25))
    root, written = document(Track(TrackKind.VIDEO, (solid, other)), Track(TrackKind.TEXT, (title,)))
    colour, text = root.iter("generatoritem")
    assert effects(text)["Text"]["str"] == "Größe & <船>"
    assert text.findtext(".//parameter[parameterid='fontcolor']/value/blue") == "128"
    assert colour.findtext(".//parameter[parameterid='fillcolor']/value/green") == "32"
    assert 'The generator "plasma" is not carried.' in [note.sentence for note in written.notes]


def test_markers_with_ranges_and_colours() -> None:
    inside = Marker(frames(105), "point", colour="red")
    root, _ = document(
        Track(TrackKind.VIDEO, (clip(100, 50, markers=(inside,)),)),
        markers=(Marker(frames(10), "range", "look", "green", frames(15)),),
    )
    outer, on_clip = root.find("sequence/marker"), root.find(".//clipitem/marker")
    assert outer is not None
    assert on_clip is not None
    assert [outer.findtext(one) for one in ("name", "comment", "in", "out", "color/green")] == [
        "range",
        "look",
        "10",
        "25",
        "199",
    ]
    assert [on_clip.findtext(one) for one in ("in", "out", "color/red")] == ["105", "-1", "255"]


# --- nests ----------------------------------------------------------------------------------------------------------


def test_a_nest_is_written_once_and_named_afterwards() -> None:
    inner = Sequence(id="inner", name="Scene", rate=P25, tracks=(Track(TrackKind.VIDEO, (clip(5, 50),)),))
    nest = Clip(SequenceSource("inner"), TimeRange.from_frames(8, 20, P25), link="n")
    root, _ = document(
        Track(TrackKind.VIDEO, (nest, replace(nest, id="again", link="m"))),
        Track(TrackKind.AUDIO, (nest,)),
        others=(inner,),
    )
    items = root.findall("sequence/media/video/track/clipitem")
    assert [numbers(one) for one in items] == [(0, 20, 8, 28), (20, 40, 8, 28)]
    assert [len(one.findall("sequence/media")) for one in items] == [1, 0]
    ids = {str(one.get("id")) for one in root.iter("sequence") if one.find("name") is not None}
    assert ids == {"sequence-1", "sequence-2"}
    inside = items[0].find("sequence/media/video/track/clipitem")
    assert inside is not None
    assert numbers(inside) == (0, 50, 5, 55)
    assert len({one.get("id") for one in root.iter("clipitem")}) == len(list(root.iter("clipitem")))


def test_a_sequence_that_shows_itself_is_left_out() -> None:
    root, written = document(
        Track(TrackKind.VIDEO, (Clip(SequenceSource("outer"), TimeRange.from_frames(0, 20, P25)),))
    )
    assert not list(root.iter("clipitem"))
    assert "A sequence that shows itself is left out." in [note.sentence for note in written.notes]


def test_a_transition_beside_what_is_left_out_goes_with_it() -> None:
    gone = Clip(GeneratorSource("plasma", {}), TimeRange.from_frames(0, 30, P25), id="gone")
    over = Transition("dissolve", "a", "gone", frames(5), frames(5))
    root, _ = document(Track(TrackKind.VIDEO, (clip(100, 50, id="a"), gone), (over,)))
    assert not list(root.iter("transitionitem"))
    assert numbers(next(root.iter("clipitem"))) == (0, 50, 100, 150)


def test_paths_are_percent_encoded_and_a_rate_between_the_known_ones_is_told() -> None:
    root, written = document(Track(TrackKind.VIDEO, (clip(0, 25),)), rate=Fraction(25, 2))
    assert root.findtext(".//file/pathurl") == file_url(Path("/m/film.mov"))
    assert any("written as 13" in note.sentence for note in written.notes)

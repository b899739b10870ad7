"""FCPXML: connected storylines, missing media, other rates, volume, and random cuts against the DTD."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from tests.timeline.interchange.rich import NTSC_30, media_path
from tests.timeline.interchange.test_matrix import DTD, validated
from timeline.curve import Curve, Keyframe
from timeline.interchange import fcpxml
from timeline.interchange.base import Delivered, file_url
from timeline.interchange.fcpxml_parts import decibels, time_text
from timeline.items import Clip, EffectUse, Gap, GeneratorSource, Item, Marker, MediaSource, Placeholder, Transition
from timeline.media import Library, Media, MediaKind
from timeline.project import Project
from timeline.sequence import Sequence
from timeline.time import ZERO, RationalTime, TimeRange
from timeline.track import Track, TrackKind

P24 = Fraction(24)
FILM = Media("/m/film.mov", MediaKind.VIDEO, "film", RationalTime(100), 1920, 1080, P24, has_video=True, id="film")
SOUND = Media(
    "/m/s.wav", MediaKind.AUDIO, "s", RationalTime(100), has_audio=True, sample_rate=44100, channels=1, id="s"
)


def span(first: int, count: int) -> TimeRange:
    return TimeRange.from_frames(first, count, P24)


def clip(name: str, first: int = 24, count: int = 48, media: str = "film") -> Clip:
    return Clip(MediaSource(media), span(first, count), name=name, id=name)


def document(
    *tracks: Track, media: tuple[Media, ...] = (FILM, SOUND), **facts: object
) -> tuple[etree._Element, Delivered]:
    sequence = replace(Sequence(tracks=tracks), **facts)
    result = fcpxml.write(Project(), Library().with_media(*media), sequence, media_path)
    root = validated(result.text) if DTD.is_file() else etree.fromstring(result.text.encode())
    return root, result


def seconds(element: etree._Element, name: str) -> Fraction:
    return Fraction(str(element.get(name)).removesuffix("s"))


def test_transitions_on_a_connected_track_make_a_secondary_storyline() -> None:
    passage = Transition("dissolve", "b", "c", RationalTime(1, 2), RationalTime(1, 2))
    upper = Track(
        TrackKind.VIDEO, (Gap(RationalTime(1)), clip("b"), clip("c"), Gap(RationalTime(1)), clip("d")), (passage,)
    )
    root, _ = document(Track(TrackKind.VIDEO, (clip("a", 0, 240),)), upper)
    inner = root.find(".//asset-clip/spine")
    assert inner is not None
    assert inner.get("lane") == "1"
    assert [(one.tag, seconds(one, "offset")) for one in inner] == [
        ("asset-clip", 0),
        ("transition", Fraction(3, 2)),
        ("asset-clip", 2),
    ]
    parent = inner.getparent()
    assert parent is not None
    assert seconds(inner, "offset") - seconds(parent, "start") == 1
    single = next(one for one in root.iter("asset-clip") if one.get("name") == "d")
    assert seconds(single, "offset") - seconds(parent, "start") == 6


def test_a_sound_crossfade_is_an_audio_crossfade() -> None:
    fade = Transition("dissolve", "x", "y", RationalTime(1, 2), RationalTime(1, 2))
    track = Track(TrackKind.AUDIO, (clip("x", media="s"), clip("y", media="s")), (fade,))
    root, _ = document(track)
    assert root.find(".//spine/gap/spine/transition/filter-audio") is not None
    assert root.find(".//effect[@uid='FFAudioTransition']") is not None


def test_a_sequence_of_sound_alone_hangs_on_a_gap() -> None:
    root, _ = document(Track(TrackKind.AUDIO, (clip("x", 0, 240, "s"),)))
    gap = root.find(".//sequence/spine/gap")
    assert gap is not None
    assert seconds(gap, "duration") == 10
    assert gap.find("asset-clip") is not None
    assert root.find(".//asset").get("format") is None  # type: ignore[union-attr]


def test_an_empty_sequence_is_still_a_document() -> None:
    root, result = document()
    assert root.find(".//spine") is not None
    assert result.notes == ()


def test_volume_is_bare_decibels_with_fades_and_panning() -> None:
    loud = replace(clip("x", media="s"), volume=0.5, pan=-0.25, fade_in=RationalTime(1))
    root, _ = document(Track(TrackKind.AUDIO, (loud,), volume=0.5))
    volume = root.find(".//adjust-volume")
    assert volume is not None
    assert volume.get("amount") == "-12.04"
    assert volume.find("param/fadeIn").get("duration") == "1s"  # type: ignore[union-attr]
    assert root.find(".//adjust-panner").get("amount") == "-25"  # type: ignore[union-attr]
    assert (decibels(1), decibels(0), decibels(2)) == ("0", "-96", "6.021")


def test_a_clip_of_another_rate_is_conformed_and_keeps_its_real_time() -> None:
    film = replace(FILM, rate=Fraction(25), id="pal")
    root, _ = document(Track(TrackKind.VIDEO, (clip("x", media="pal"),)), media=(film,))
    conform = root.find(".//conform-rate")
    assert conform is not None
    assert (conform.get("scaleEnabled"), conform.get("srcFrameRate")) == ("0", "25")


def test_position_scale_and_rotation_are_in_final_cuts_units() -> None:
    moved = replace(
        clip("x"),
        effects=(EffectUse("transform", {"position_x": 108.0, "position_y": 54.0, "scale": 50.0, "rotation": 10.0}),),
    )
    root, result = document(Track(TrackKind.VIDEO, (moved,)), width=1920, height=1080)
    adjust = root.find(".//adjust-transform")
    assert adjust is not None
    assert (adjust.get("position"), adjust.get("scale"), adjust.get("rotation")) == ("10 -5", "0.5 0.5", "-10")
    assert result.notes == ()
    curve = Curve((Keyframe(ZERO, 0.0), Keyframe(RationalTime(2), 54.0)))
    moving = replace(moved, effects=(EffectUse("transform", {"position_x": curve}), EffectUse("transform", {})))
    _, result = document(Track(TrackKind.VIDEO, (moving,)))
    assert [note.level for note in result.notes] == ["lost", "lost"]


def test_markers_of_a_fast_clip_stand_on_its_new_timeline() -> None:
    marks = (Marker(RationalTime(11), "in"), Marker(RationalTime(50), "out"))
    fast = replace(
        clip("x"), source_range=TimeRange(RationalTime(10), RationalTime(4)), speed=Fraction(2), markers=marks
    )
    root, result = document(Track(TrackKind.VIDEO, (fast,)))
    assert [(one.get("value"), one.get("start")) for one in root.iter("marker")] == [("in", "11/2s")]
    assert "outside" in result.notes[0].sentence


def test_missing_media_and_unfilled_shots_leave_gaps_of_the_right_length() -> None:
    items: tuple[Item, ...] = (clip("x", media="lost"), Clip(Placeholder("s"), span(0, 24), name="<later>"))
    root, result = document(Track(TrackKind.VIDEO, items))
    gaps = root.findall(".//spine/gap")
    assert [seconds(gap, "duration") for gap in gaps] == [2, 1]
    assert gaps[1].get("name") == "Placeholder: <later>"
    assert len(result.notes) == 2


@pytest.mark.parametrize(
    ("path", "url"),
    [
        ("/a b/ö#1?.mov", "file:///a%20b/%C3%B6%231%3F.mov"),
        ("C:\\Filme\\ä 1.mov", "file:///C:/Filme/%C3%A4%201.mov"),
        ("/100%/船.mov", "file:///100%25/%E8%88%B9.mov"),
    ],
)
def test_file_urls_are_percent_encoded_utf8(path: str, url: str) -> None:
    assert file_url(Path(path)) == url


def test_times_are_exact_and_fit_thirty_two_bits() -> None:
    assert time_text(RationalTime.from_frames(1, NTSC_30)) == "1001/30000s"
    assert time_text(RationalTime(5)) == "5s"
    assert int(time_text(RationalTime(1, 2**40 + 1)).removesuffix("s").split("/")[-1]) < 2**31


def test_control_characters_in_names_do_not_break_the_document() -> None:
    strange = replace(clip("x"), name="a\x00b\x1f\ud800c")
    title = Clip(GeneratorSource("title", {"text": "x\x0by\ud83d"}), span(0, 24))
    root, _ = document(Track(TrackKind.VIDEO, (strange,)), Track(TrackKind.TEXT, (title,)), name="\x07")
    assert any(one.get("name") == "abc" for one in root.iter("asset-clip"))


lengths = st.integers(2, 60)


@st.composite
def tracks(draw: st.DrawFn) -> Track:
    """Clips, gaps, titles and placeholders with transitions on some cuts."""
    items: list[Item] = []
    for number in range(draw(st.integers(0, 6))):
        kind, length = draw(st.sampled_from("ccctpg")), draw(lengths)
        name = f"{number}-{draw(st.integers(0, 10**9))}"
        if kind == "g":
            items.append(Gap(RationalTime.from_frames(length, P24), id=name))
            continue
        speed = draw(st.sampled_from([Fraction(1), Fraction(2), Fraction(-1), Fraction(1, 3)]))
        source = (
            MediaSource("film")
            if kind == "c"
            else GeneratorSource("title", {"text": "t"})
            if kind == "t"
            else Placeholder("s")
        )
        used = TimeRange(
            RationalTime.from_frames(draw(st.integers(0, 90)), P24), RationalTime.from_frames(length, P24) * abs(speed)
        )
        items.append(Clip(source, used, id=name, speed=speed, enabled=draw(st.booleans())))
    transitions = []
    for left, right in zip([None, *items], [*items, None], strict=True):
        a, b = (one.id if isinstance(one, Clip) else None for one in (left, right))
        if (a or b) and draw(st.booleans()):
            shortest = min((one.duration for one in (left, right) if one), default=ZERO)
            half = RationalTime.from_frames(shortest.frames(P24) // 2, P24)
            effect = draw(st.sampled_from(["dissolve", "wipe", "fade", "spin"]))
            before, after = (half if a else ZERO), (half if b else ZERO)
            transitions.append(Transition(effect, a, b, before, after))
    return Track(
        draw(st.sampled_from([TrackKind.VIDEO, TrackKind.OVERLAY, TrackKind.AUDIO])), tuple(items), tuple(transitions)
    )


@settings(max_examples=120, deadline=None)
@given(rows=st.lists(tracks(), max_size=4))
def test_any_cut_gives_a_valid_document_with_a_storyline_without_holes(rows: list[Track]) -> None:
    root, _ = document(*rows, start_timecode=RationalTime(3600))
    sequence = root.find(".//sequence")
    assert sequence is not None
    for spine in root.iter("spine"):
        at = seconds(sequence, "tcStart") if spine.getparent() is sequence else Fraction(0)
        for one in spine:
            if one.tag != "transition":
                assert seconds(one, "offset") == at
                at += seconds(one, "duration")
        if spine.getparent() is sequence:
            assert at - seconds(sequence, "tcStart") == seconds(sequence, "duration")

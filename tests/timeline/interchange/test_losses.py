"""What a format cannot carry is said, never dropped silently."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from tests.timeline.interchange.rich import NTSC_30, media_path
from tests.timeline.interchange.test_edl import clip as counted
from tests.timeline.interchange.test_edl import events, media
from tests.timeline.interchange.test_edl import lines as edl_lines
from tests.timeline.interchange.test_fcpxml import FILM, SOUND, clip, document, span
from timeline.curve import Curve, Keyframe
from timeline.interchange.base import format_for
from timeline.items import Clip, EffectUse, GeneratorSource, Item, Marker, Transition
from timeline.media import Library, MediaKind
from timeline.project import Project
from timeline.sequence import Sequence
from timeline.time import ZERO, RationalTime
from timeline.timecode import parse_timecode
from timeline.track import BlendMode, Track, TrackKind

RISING = Curve((Keyframe(ZERO, 0.25), Keyframe(RationalTime(9), 1.0)))
PATTERN = replace(FILM, kind=MediaKind.IMAGE_SEQUENCE, path="/m/shot_%04d.png")


def sentences(suffix: str, *tracks: Track, **facts: object) -> list[str]:
    sequence = replace(Sequence(tracks=tracks), **facts)
    written = format_for(suffix).write(Project(), Library().with_media(FILM, SOUND), sequence, media_path)
    if suffix == ".fcpxml":
        document(*tracks)  # still valid
    return [note.sentence for note in written.notes]


def video(*items: Item, **facts: object) -> Track:
    return replace(Track(TrackKind.VIDEO, items), **facts)


@pytest.mark.parametrize(
    ("track", "expected"),
    [
        (video(clip("x"), blend=BlendMode.SCREEN), "Blend modes"),
        (video(replace(clip("x"), opacity=RISING)), "Moving opacity"),
        (video(replace(clip("x"), effects=(EffectUse("transform", {"crop_left": 5.0, "fit": "fill"}),))), "Cropping"),
        (Track(TrackKind.AUDIO, (replace(clip("x", media="s"), volume=RISING),)), "Moving volume"),
        (Track(TrackKind.EFFECTS, (Clip(GeneratorSource("adjustment"), span(0, 24)),)), "Grades over several tracks"),
        (video(Clip(GeneratorSource("particle"), span(0, 24))), 'The generator "particle"'),
    ],
)
def test_fcpxml_says_what_it_leaves_out(track: Track, expected: str) -> None:
    assert any(sentence.startswith(expected) for sentence in sentences(".fcpxml", track))


def test_a_fill_is_carried_and_a_strange_colour_is_white() -> None:
    filled = replace(clip("x"), effects=(EffectUse("transform", {"fit": "fill"}),))
    odd = Clip(
        GeneratorSource("title", {"text": "a", "colour": "teal", "outline_width": 2.0, "outline_colour": "#12345"}),
        span(0, 24),
    )
    root, _ = document(video(filled), Track(TrackKind.TEXT, (odd,)))
    assert root.find(".//adjust-conform").get("type") == "fill"  # type: ignore[union-attr]
    style = root.find(".//text-style-def/text-style")
    assert style is not None
    assert (style.get("fontColor"), style.get("strokeColor")) == ("1 1 1 1", "1 1 1 1")


def test_markers_beyond_the_end_are_said() -> None:
    assert "A marker beyond the end is left out." in sentences(
        ".fcpxml", video(clip("x")), markers=(Marker(RationalTime(99)),)
    )


@pytest.mark.parametrize("suffix", [".fcpxml", ".otio"])
def test_image_sequences_are_named_by_their_pattern(suffix: str) -> None:
    sequence = Sequence(tracks=(video(clip("x")),))
    written = format_for(suffix).write(Project(), Library().with_media(PATTERN), sequence, media_path)
    assert "shot_%2504d.png" in written.text
    assert any("image sequence" in note.sentence for note in written.notes)


@pytest.mark.parametrize("suffix", [".fcpxml", ".otio"])
def test_a_transition_without_any_handle_is_left_out_and_said(suffix: str) -> None:
    whole = replace(FILM, duration=RationalTime(2))
    items = (clip("x", 0, 48), clip("y", 0, 48))
    passage = Transition("dissolve", "x", "y", RationalTime(1, 2), RationalTime(1, 2))
    sequence = Sequence(tracks=(Track(TrackKind.VIDEO, items, (passage,)),))
    written = format_for(suffix).write(Project(), Library().with_media(whole), sequence, media_path)
    assert "ransition" not in written.text.replace("transitions", "")
    assert any("shortened" in note.sentence for note in written.notes)


def test_fades_that_would_reach_beyond_the_ends_stop_there() -> None:
    fades = (
        Transition("dissolve", None, "x", RationalTime(1), RationalTime(1)),
        Transition("dissolve", "x", None, RationalTime(1), RationalTime(1)),
    )
    root, _ = document(Track(TrackKind.VIDEO, (clip("x", 48, 96),), fades))
    assert [(one.get("offset"), one.get("duration")) for one in root.iter("transition")] == [("0s", "1s"), ("3s", "1s")]


def test_a_muted_sound_track_is_left_out_of_an_edl_and_said() -> None:
    muted = Track(TrackKind.AUDIO, (clip("x", media="s"),), muted=True)
    assert sentences(".edl", muted)[0] == "A muted sound track is left out."


def test_an_edl_shortens_a_transition_longer_than_the_clip_after_it() -> None:
    passages = (
        Transition("dissolve", "a0", "b0", RationalTime(1, 2), RationalTime(1, 2)),
        Transition("dissolve", "b0", "c0", RationalTime(1, 4), ZERO),
    )
    items = (counted("a", 0, 48), counted("b", 0, 12), counted("c", 24, 48))
    rows = events(
        edl_lines(
            (items[0], replace(items[1], source_range=span(24, 12)), items[2]),
            media("a"),
            media("b"),
            media("c"),
            transitions=passages,
        )
    )
    assert [row.split()[4] for row in rows if row.split()[3] == "D"] == ["018"]


def test_a_label_that_drop_frame_leaves_out_becomes_the_next_one() -> None:
    start = parse_timecode("01:01:00:00", NTSC_30, False)
    film = media("a", rate=NTSC_30, start_timecode=start, drop_frame=False)
    rows = events(edl_lines((counted("a", 0, 30, NTSC_30),), film, rate=NTSC_30, drop_frame=True))
    assert rows[0].split()[4] == "01:01:00;02"


def test_mixed_rates_are_said_in_an_edl() -> None:
    film = replace(FILM, rate=Fraction(25))
    written = format_for(".edl").write(
        Project(), Library().with_media(film), Sequence(tracks=(video(clip("x")),)), media_path
    )
    assert any("another frame rate" in note.sentence for note in written.notes)

"""EDL: the corners of timecode, reels, transitions and speed."""

from __future__ import annotations

import io
from dataclasses import replace
from fractions import Fraction

import pycmx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.timeline.interchange.rich import NTSC_30, media_path
from tests.timeline.interchange.test_fcpxml import FILM, tracks
from timeline.errors import InterchangeError
from timeline.interchange import edl
from timeline.interchange.base import main_picture_track
from timeline.items import Clip, Gap, Marker, MediaSource, Transition
from timeline.media import Library, Media, MediaKind
from timeline.project import Project
from timeline.sequence import Sequence
from timeline.time import ZERO, FrameRate, RationalTime, TimeRange
from timeline.timecode import parse_timecode
from timeline.track import Track, TrackKind

P24 = Fraction(24)


def media(name: str, frames: int = 1_000_000, rate: FrameRate = P24, **facts: object) -> Media:
    length = RationalTime.from_frames(frames, rate)
    return replace(Media(f"/m/{name}.mov", MediaKind.VIDEO, name, length, rate=rate, has_video=True, id=name), **facts)


def clip(name: str, first: int, count: int, rate: FrameRate = P24, **facts: object) -> Clip:
    return replace(
        Clip(MediaSource(name), TimeRange.from_frames(first, count, rate), name=name, id=f"{name}{first}"), **facts
    )


def lines(
    items: tuple[Clip | Gap, ...], *files: Media, transitions: tuple[Transition, ...] = (), **facts: object
) -> list[str]:
    track = Track(TrackKind.VIDEO, items, transitions)
    sequence = replace(Sequence(tracks=(track,)), **facts)
    text = edl.write(Project(), Library().with_media(*files), sequence, media_path).text
    return text.splitlines()


def events(rows: list[str]) -> list[str]:
    return [row for row in rows if row[:3].isdigit()]


def test_a_cut_is_written_column_by_column() -> None:
    rows = lines((clip("a", 24, 48), Gap(RationalTime(1)), clip("b", 0, 24)), media("a"), media("b"))
    assert rows == [
        "TITLE:   Main cut",
        "FCM: NON-DROP FRAME",
        "001  A        V     C        00:00:01:00 00:00:03:00 00:00:00:00 00:00:02:00",
        "* FROM CLIP NAME:  a",
        "* SOURCE FILE: a.mov",
        "002  BL       V     C        00:00:00:00 00:00:01:00 00:00:02:00 00:00:03:00",
        "* BLACK",
        "003  B        V     C        00:00:00:00 00:00:01:00 00:00:03:00 00:00:04:00",
        "* FROM CLIP NAME:  b",
        "* SOURCE FILE: b.mov",
    ]


@pytest.mark.parametrize(
    ("frame", "expected"),
    [(1799, "00:00:59;29"), (1800, "00:01:00;02"), (17981, "00:09:59;29"), (17982, "00:10:00;00")],
)
def test_drop_frame_leaves_out_two_numbers_a_minute(frame: int, expected: str) -> None:
    rows = lines(
        (clip("a", 0, frame, NTSC_30), clip("a", frame, 30, NTSC_30)),
        media("a", rate=NTSC_30, drop_frame=True),
        rate=NTSC_30,
        drop_frame=True,
    )
    assert f" {expected} " in events(rows)[1]
    assert events(rows)[1].split()[-2] == expected


def test_two_hours_of_cuts_do_not_drift() -> None:
    items = tuple(clip("a", 100 * n, 432, NTSC_30) for n in range(500))
    rows = events(lines(items, media("a", rate=NTSC_30), rate=NTSC_30, drop_frame=True))
    last = rows[-1].split()[-1]
    assert parse_timecode(last, NTSC_30) == RationalTime.from_frames(500 * 432, NTSC_30)
    assert len(rows) == 500


def test_timecode_begins_again_at_midnight() -> None:
    start = parse_timecode("23:59:59:00", P24)
    rows = events(lines((clip("a", 0, 24), clip("a", 24, 24)), media("a", start_timecode=start), start_timecode=start))
    assert [row.split()[-2:] for row in rows] == [["23:59:59:00", "00:00:00:00"], ["00:00:00:00", "00:00:01:00"]]


def test_reels_are_unique_and_never_mean_black() -> None:
    files = [media("bl"), media("a very long name one"), media("a very long name two"), media("日本"), media("BL2")]
    items = tuple(clip(one.name, 0, 24) for one in files)
    reels = [row.split()[1] for row in events(lines(items, *files))]
    assert reels == ["BL2", "A_VERY_L", "A_VERY_2", "CLIP", "BL22"]


def test_a_transition_without_handles_is_shortened_or_becomes_a_cut() -> None:
    passage = Transition("dissolve", "a0", "b0", RationalTime(1, 2), RationalTime(1, 2))
    rows = events(lines((clip("a", 0, 48), clip("b", 0, 48)), media("a", 54), media("b", 48), transitions=(passage,)))
    assert [row.split()[3:5] for row in rows[:3]] == [["C", "00:00:00:00"], ["C", "00:00:02:00"], ["D", "006"]]
    rows = events(lines((clip("a", 0, 48), clip("b", 0, 48)), media("a", 48), media("b", 48), transitions=(passage,)))
    assert [row.split()[3] for row in rows] == ["C", "C"]


def test_a_fade_out_before_a_gap_runs_into_its_black() -> None:
    fade = Transition("fade", "a0", None, RationalTime(1, 2), ZERO)
    rows = events(
        lines((clip("a", 0, 48), Gap(RationalTime(1)), clip("b", 0, 24)), media("a"), media("b"), transitions=(fade,))
    )
    assert [(row.split()[1], row.split()[3], *row.split()[-2:]) for row in rows] == [
        ("A", "C", "00:00:00:00", "00:00:01:12"),
        ("A", "C", "00:00:01:12", "00:00:01:12"),
        ("BL", "D", "00:00:01:12", "00:00:03:00"),
        ("B", "C", "00:00:03:00", "00:00:04:00"),
    ]


def test_a_fade_out_and_a_fade_in_at_one_cut_meet_in_black() -> None:
    fades = (
        Transition("fade", "a0", None, RationalTime(1, 2), ZERO),
        Transition("fade", None, "b0", ZERO, RationalTime(1, 2)),
    )
    rows = events(lines((clip("a", 0, 48), clip("b", 0, 48)), media("a"), media("b"), transitions=fades))
    assert [(row.split()[1], row.split()[3], *row.split()[-2:]) for row in rows] == [
        ("A", "C", "00:00:00:00", "00:00:01:12"),
        ("A", "C", "00:00:01:12", "00:00:01:12"),
        ("BL", "D", "00:00:01:12", "00:00:02:00"),
        ("BL", "C", "00:00:02:00", "00:00:02:00"),
        ("B", "D", "00:00:02:00", "00:00:04:00"),
    ]


@pytest.mark.parametrize(
    ("speed", "expected", "source"),
    [
        (Fraction(2), "048.0", ("00:00:10:00", "00:00:14:00")),
        (Fraction(1, 2), "012.0", ("00:00:10:00", "00:00:11:00")),
        (Fraction(1, 3), "008.0", ("00:00:10:00", "00:00:10:16")),
        (Fraction(-1), "-024.0", ("00:00:10:00", "00:00:12:00")),
        (Fraction(-5, 2), "-060.0", ("00:00:10:00", "00:00:15:00")),
    ],
)
def test_speed_is_an_m2_line_and_the_source_is_as_long_as_it_is_used(
    speed: Fraction, expected: str, source: tuple[str, str]
) -> None:
    used = RationalTime(2) * abs(speed)
    changed = Clip(MediaSource("a"), TimeRange(RationalTime(10), used), speed=speed)
    rows = lines((changed,), media("a"))
    assert tuple(events(rows)[0].split()[4:6]) == source
    assert next(row for row in rows if row.startswith("M2")).split() == ["M2", "A", expected, source[0]]


def test_a_source_of_another_rate_keeps_its_timecode_label() -> None:
    start = parse_timecode("10:00:00:12", Fraction(25))
    rows = events(lines((clip("a", 0, 48),), media("a", rate=Fraction(25), start_timecode=start)))
    assert rows[0].split()[4] == "10:00:00:11"
    start = parse_timecode("01:00:00:00", Fraction(24000, 1001))
    rows = events(lines((clip("a", 0, 48),), media("a", rate=Fraction(24000, 1001), start_timecode=start)))
    assert rows[0].split()[4] == "01:00:00:00"


def test_nothing_in_a_list_is_beyond_ascii_or_splits_a_line() -> None:
    strange = replace(clip("a", 0, 24), name="Größe {number} {0}\nM2 船 🚢")
    text = "\n".join(lines((strange,), media("a"), name="Ä {x}"))
    assert text.isascii()
    assert "* FROM CLIP NAME:  Grosse {number} {0} M2 _ _" in text
    assert len(list(pycmx.parse_cmx3600(io.StringIO(text)).unrecognized_statements)) == 0


def test_an_empty_sequence_gives_an_empty_list_and_a_fast_one_is_refused() -> None:
    assert lines(()) == ["TITLE:   Main cut", "FCM: NON-DROP FRAME"]
    with pytest.raises(InterchangeError, match="at most 100 frames"):
        lines((clip("a", 0, 24),), media("a"), rate=Fraction(120))


def test_three_sound_tracks_are_two_and_a_note() -> None:
    tracks = tuple(Track(TrackKind.AUDIO, (clip("a", 0, 24, id=f"c{n}"),), name=f"S{n}") for n in range(3))
    result = edl.write(Project(), Library().with_media(media("a")), Sequence(tracks=tracks), media_path)
    assert [row.split()[2] for row in events(result.text.splitlines())] == ["A", "A2"]
    assert [(note.level, note.track) for note in result.notes] == [("lost", "S2")]


@settings(max_examples=120, deadline=None)
@given(rows=st.lists(tracks(), max_size=3))
def test_any_cut_gives_a_list_without_holes_that_pycmx_reads(rows: list[Track]) -> None:
    sequence = Sequence(tracks=tuple(rows))
    text = edl.write(Project(), Library().with_media(FILM), sequence, media_path).text
    parsed = pycmx.parse_cmx3600(io.StringIO(text))
    assert all(one.content.startswith("M2") for one in parsed.unrecognized_statements)
    main = main_picture_track(sequence)
    if main is None:
        return
    at = ZERO
    for event in parsed.events:
        for edit in (edit for edit in event.edits if edit.channels.video):
            start, end = (parse_timecode(text, P24) for text in (edit.record_in, edit.record_out))
            source = parse_timecode(edit.source_out, P24) - parse_timecode(edit.source_in, P24)
            assert start == at
            assert source >= ZERO
            at = end
    assert at == main.duration


def test_markers_are_locators_of_the_event_they_stand_in() -> None:
    inside = Marker(RationalTime(30), "look & see", colour="green")
    marked = replace(clip("a", 24 * 29, 48), markers=(inside, Marker(RationalTime(999), "out of sight")))
    over = Marker(RationalTime(3), "Größe", "too loud", "orange", RationalTime(1))
    beyond = Marker(RationalTime(50), "late")
    track = Track(TrackKind.VIDEO, (marked, clip("b", 0, 48)))
    sequence = Sequence(rate=Fraction(24), tracks=(track,), markers=(over, beyond))
    written = edl.write(Project(), Library().with_media(media("film")), sequence, media_path)
    rows = written.text.splitlines()
    found = [row for row in rows if "LOC:" in row]
    assert found == ["* LOC: 00:00:01:00 GREEN   look & see", "* LOC: 00:00:03:00 YELLOW  Grosse - too loud"]
    assert (
        rows.index(found[0]) < next(at for at, row in enumerate(rows) if row.startswith("002")) < rows.index(found[1])
    )
    sentences = [note.sentence for note in written.notes]
    assert "A marker over a range is written as its start." in sentences
    assert "Markers out of sight, or of other tracks, are left out." in sentences
    assert "Markers beyond the picture are left out." in sentences

"""Nested sequences, frozen pictures and groups in the formats of other programs: where they stand and what is told of them."""

from __future__ import annotations

import io
import subprocess
import sys
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import opentimelineio as otio
import pycmx
import pytest
from lxml import etree

from tests.timeline.interchange.rich import media_path
from tests.timeline.interchange.test_matrix import DTD, SHARED, needs_checks, needs_dtd, validated
from timeline.interchange.base import Delivered, format_for, formats
from timeline.items import Clip, Gap, MediaSource, SequenceSource, Transition
from timeline.media import Library, Media, MediaKind
from timeline.project import Project, Saved
from timeline.project_file import load, save
from timeline.sequence import Sequence
from timeline.time import RationalTime, TimeRange
from timeline.track import Track, TrackKind

RATE, INNER_RATE = Fraction(25), Fraction(24)
FILM = Media(
    "/m/film.mov",
    MediaKind.VIDEO,
    "film",
    RationalTime(40),
    1920,
    1080,
    INNER_RATE,
    has_video=True,
    has_audio=True,
    sample_rate=48000,
    channels=2,
    start_timecode=RationalTime(3600),
    id="film",
)


def span(first: int, count: int, rate: Fraction = RATE) -> TimeRange:
    return TimeRange.from_frames(first, count, rate)


def nested() -> tuple[Project, Sequence]:
    """A cut of 25 frames a second with a nest of 24 (shown twice, once reversed at double speed), and a frozen clip."""
    inner = Sequence(
        id="inner",
        name="Scene & one",
        rate=INNER_RATE,
        start_timecode=RationalTime(7200),
        tracks=(
            Track(TrackKind.VIDEO, (Clip(MediaSource("film"), span(48, 240, INNER_RATE), "in it", id="i1"),)),
            Track(TrackKind.AUDIO, (Clip(MediaSource("film"), span(48, 240, INNER_RATE), id="i2"),)),
        ),
    )
    nest = Clip(SequenceSource("inner"), TimeRange(RationalTime(2), RationalTime(4)), id="n1", link="l", group="g")
    fast = replace(
        nest, source_range=TimeRange(RationalTime(1), RationalTime(4)), speed=Fraction(-2), id="n2", link=None
    )
    frozen = Clip(MediaSource("film"), span(0, 50), "held", freeze=RationalTime.from_frames(72, INNER_RATE), id="f")
    outer = Sequence(
        id="outer",
        name="Cut",
        rate=RATE,
        start_timecode=RationalTime(3600),
        tracks=(
            Track(TrackKind.VIDEO, (nest, Gap(RationalTime(1)), fast, frozen)),
            Track(TrackKind.AUDIO, (replace(nest, id="s1"),)),
        ),
    )
    return Project(sequences=(outer, inner)), outer


def delivered(suffix: str) -> Delivered:
    project, outer = nested()
    return format_for(suffix).write(project, Library({"film": FILM}), outer, media_path)


def seconds(element: etree._Element, name: str) -> Fraction:
    return Fraction(str(element.get(name)).removesuffix("s"))


@needs_dtd
def test_fcpxml_writes_a_nest_as_a_compound_clip_of_one_medium() -> None:
    root = validated(delivered(".fcpxml").text)
    (compound,) = root.iter("media")
    assert compound.get("name") == "Scene & one"
    inside = compound.find("sequence/spine/asset-clip")
    assert inside is not None
    assert (seconds(inside, "offset"), seconds(inside, "start")) == (7200, 3602)
    clips = list(root.iter("ref-clip"))
    assert {one.get("ref") for one in clips} == {compound.get("id")}
    whole, sound, fast = clips
    assert [(seconds(one, "start"), seconds(one, "duration")) for one in (whole, sound)] == [(7202, 4)] * 2
    assert [one.get("srcEnable") for one in clips] == ["video", "audio", "video"]
    assert (seconds(fast, "offset"), seconds(fast, "start")) == (3605, Fraction(10 - 5, 2))
    points = [(seconds(one, "time"), seconds(one, "value")) for one in fast.iter("timept")]
    assert points == [(0, 7210), (5, 7200)]


@needs_dtd
@needs_checks
def test_the_strict_linter_passes_the_compound_clips(tmp_path: Path) -> None:
    path = tmp_path / "cut.fcpxml"
    path.write_text(delivered(".fcpxml").text, encoding="utf-8")
    words = [sys.executable, str(SHARED / "checks" / "fcpxml_lint.py"), str(DTD.parent), str(path)]
    result = subprocess.run(words, capture_output=True, text=True, check=False)
    assert "   E" not in result.stdout.replace("xmllint", ""), result.stdout


@needs_dtd
def test_fcpxml_holds_a_frozen_frame_by_a_level_time_map() -> None:
    root = validated(delivered(".fcpxml").text)
    held = next(one for one in root.iter("asset-clip") if one.get("name") == "held")
    assert {seconds(one, "value") for one in held.iter("timept")} == {3603}
    first, last = (seconds(one, "time") for one in held.iter("timept"))
    assert first < seconds(held, "start")
    assert seconds(held, "start") + seconds(held, "duration") < last


def test_otio_writes_a_nest_as_a_stack_and_a_frozen_clip_as_a_freeze_frame() -> None:
    timeline = otio.adapters.read_from_string(delivered(".otio").text, adapter_name="otio_json")
    first, gap, fast, held = timeline.tracks[0]
    assert isinstance(gap, otio.schema.Gap)
    assert isinstance(first, otio.schema.Stack)
    assert [track.kind for track in first] == ["Video", "Audio"]
    assert (first.name, first.source_range.start_time.value, first.source_range.duration.value) == (
        "Scene & one",
        48,
        100,
    )
    assert fast.effects[0].time_scalar == -2.0
    assert isinstance(held.effects[0], otio.schema.FreezeFrame)
    assert held.source_range.start_time == otio.opentime.RationalTime(86400 + 72, 24)
    assert first[0][0].range_in_parent().duration.value == 240
    assert timeline.duration().to_seconds() == 9
    assert first.metadata["starcut"]["group"] == "g"


@needs_checks
def test_an_edl_has_one_event_for_a_nest_and_a_speed_of_nought_for_a_frozen_clip(tmp_path: Path) -> None:
    text = delivered(".edl").text
    path = tmp_path / "cut.edl"
    path.write_text(text, encoding="ascii")
    words = [sys.executable, str(SHARED / "checks" / "edl_lint.py"), "--fps", "25", "--start", "01:00:00:00", str(path)]
    assert subprocess.run(words, capture_output=True, text=True, check=False).returncode == 0
    edits = [one for event in pycmx.parse_cmx3600(io.StringIO(text)).events for one in event.edits]
    rows = [(one.source, one.source_in, one.source_out, one.record_in) for one in edits if one.channels.video]
    assert rows == [
        ("AX", "02:00:02:00", "02:00:06:00", "01:00:00:00"),
        ("BL", "00:00:00:00", "00:00:01:00", "01:00:04:00"),
        ("AX", "02:00:01:00", "02:00:05:00", "01:00:05:00"),
        ("FILM", "01:00:03:00", "01:00:05:00", "01:00:07:00"),
    ]
    assert "* NESTED SEQUENCE: Scene & one" in text
    assert "* FROM CLIP NAME:  Scene & one" in text
    assert "M2   FILM           000.0                01:00:03:00" in text


@pytest.mark.parametrize("suffix", [".edl", ".fcpxml", ".xml"])
def test_what_becomes_of_groups_and_frozen_pictures_is_told(suffix: str) -> None:
    sentences = [note.sentence for note in delivered(suffix).notes]
    assert "Groups of clips are not carried." in sentences
    assert any(sentence.startswith("A frozen picture is written as") for sentence in sentences)


@pytest.mark.parametrize("suffix", [one.suffix for one in formats()])
def test_a_damaged_file_in_which_two_sequences_show_each_other_is_written_all_the_same(suffix: str) -> None:
    def shows(name: str, other: str) -> Sequence:
        item = Clip(SequenceSource(other), span(0, 50), name=other)
        return Sequence(id=name, name=name, rate=RATE, tracks=(Track(TrackKind.VIDEO, (item,)),))

    one, other = shows("one", "other"), shows("other", "one")
    written = format_for(suffix).write(Project(sequences=(one, other)), Library(), one, media_path)
    assert written.text


def test_a_transition_over_nests_is_shortened_to_what_they_have() -> None:
    project, outer = nested()
    a = Clip(SequenceSource("inner"), TimeRange(RationalTime(2), RationalTime(8)), id="a")
    b = Clip(SequenceSource("inner"), TimeRange(RationalTime(1), RationalTime(5)), id="b")
    over = Transition("dissolve", "a", "b", RationalTime(2), RationalTime(2))
    cut = replace(outer, tracks=(Track(TrackKind.VIDEO, (a, b), (over,)),))
    whole = replace(project, sequences=(cut, project.sequences[1]))
    written = format_for(".otio").write(whole, Library({"film": FILM}), cut, media_path)
    passage = otio.adapters.read_from_string(written.text, adapter_name="otio_json").tracks[0][1]
    assert (passage.in_offset.value, passage.out_offset.value) == (25, 0)


def test_nests_groups_and_frozen_clips_survive_a_project_file(tmp_path: Path) -> None:
    project, _ = nested()
    save(tmp_path / "cut.starcut", Saved(project, Library()))
    assert load(tmp_path / "cut.starcut").project == project

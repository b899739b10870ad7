"""Every format at every rate: judged by other people's readers (pycmx, OTIO), Apple's DTD and the strict linters."""

from __future__ import annotations

import importlib.util
import io
import subprocess
import sys
from fractions import Fraction
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import opentimelineio as otio
import pycmx
import pytest
from lxml import etree

from tests.timeline.interchange.rich import CASES, HARD_NAME, media_path, rich
from timeline.interchange.base import Delivered, format_for, formats
from timeline.items import Clip
from timeline.time import FrameRate, RationalTime
from timeline.timecode import parse_timecode

SHARED = Path(__file__).resolve().parents[4] / "shared"
DTD = SHARED / "fcpxml-dtd" / "FCPXMLv1_10.dtd"
rates = pytest.mark.parametrize(("name", "rate", "drop"), CASES, ids=[case[0] for case in CASES])
needs_dtd = pytest.mark.skipif(not DTD.is_file(), reason="Apple's DTD is not part of the project; it lies in ../shared")
needs_checks = pytest.mark.skipif(not (SHARED / "checks").is_dir(), reason="the linters lie in ../shared/checks")

# Record in and out, source in and out (frames of the list), kind, frames of the transition: the same at every rate.
PICTURE = [
    ("BL", 0, 0, 0, 0, "C", None),
    ("A_B_C_Q", 0, 42, 100, 142, "D", 12),
    ("A_B_C_Q", 42, 42, 142, 142, "C", None),
    ("A_B_C_Q2", 42, 108, 44, 110, "D", 13),
    ("BL", 108, 132, 0, 24, "C", None),
    ("A_B_C_Q", 132, 175, 400, 486, "C", None),
    ("A_B_C_Q", 175, 175, 486, 486, "C", None),
    ("A_B_C_Q", 175, 220, 600, 645, "W", 10),
    ("LOGO", 220, 250, 0, 30, "C", None),
    ("BL", 250, 274, 0, 24, "C", None),
    ("AX", 274, 310, 12, 48, "C", None),
    ("A_B_C_Q2", 310, 350, 200, 240, "C", None),
    ("A_B_C_Q2", 350, 350, 240, 240, "C", None),
    ("BL", 350, 360, 0, 10, "D", 10),
]
SOUND = [("A_B_C_Q", 0, 48, 100, 148, "C", None), ("BED", 0, 240, 0, 240, "C", None)]


def delivered(suffix: str, rate: FrameRate, drop: bool) -> Delivered:
    project, library, sequence = rich(rate, drop)
    return format_for(suffix).write(project, library, sequence, media_path)


def loaded(script: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(script, SHARED / "checks" / f"{script}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def validated(text: str) -> etree._Element:
    """The document, valid by Apple's DTD."""
    root = etree.fromstring(text.encode())
    with DTD.open("rb") as file:
        dtd = etree.DTD(file)
    assert dtd.validate(root), dtd.error_log.filter_from_errors()
    return root


@rates
def test_pycmx_reads_the_same_events(name: str, rate: FrameRate, drop: bool) -> None:
    text = delivered(".edl", rate, drop).text
    start = parse_timecode("01:00:00:00", rate, drop).nearest_frame(rate)
    hour = {"A_B_C_Q": start, "LOGO": start, "AX": start}

    def frame(timecode: str) -> int:
        return parse_timecode(timecode, rate).nearest_frame(rate)

    found: dict[bool, list[Any]] = {True: [], False: []}
    for event in pycmx.parse_cmx3600(io.StringIO(text)).events:
        for edit in event.edits:
            base = hour.get(edit.source, 0)
            operand = edit.transition.effect_duration if edit.transition.operand else None
            row = (
                edit.source,
                frame(edit.record_in) - start,
                frame(edit.record_out) - start,
                frame(edit.source_in) - base,
                frame(edit.source_out) - base,
                edit.transition.kind,
                operand,
            )
            found[edit.channels.video].append(row)
    assert found[True] == PICTURE
    assert found[False] == SOUND


@rates
@needs_checks
def test_the_edl_passes_the_linter(name: str, rate: FrameRate, drop: bool, tmp_path: Path) -> None:
    path = tmp_path / "film.edl"
    path.write_text(delivered(".edl", rate, drop).text, encoding="ascii")
    start = "01:00:00;00" if drop else "01:00:00:00"
    fps = f"{float(rate):.3f}"
    words = [
        sys.executable,
        str(SHARED / "checks" / "edl_lint.py"),
        "--fps",
        fps,
        "--start",
        start,
        *(["--drop"] if drop else []),
    ]
    result = subprocess.run([*words, str(path)], capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout
    assert "   W" not in result.stdout


@rates
@needs_dtd
def test_the_fcpxml_is_valid_by_apples_dtd_and_the_linter(
    name: str, rate: FrameRate, drop: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = delivered(".fcpxml", rate, drop).text
    validated(text)
    path = tmp_path / "film.fcpxml"
    path.write_text(text, encoding="utf-8")
    lint = loaded("fcpxml_lint")
    # The DTD is checked above by lxml; xmllint may not be installed.
    monkeypatch.setattr(lint.subprocess, "run", lambda *_, **__: SimpleNamespace(returncode=0, stderr=""))
    errors, warnings = lint.lint(str(path), str(SHARED / "fcpxml-dtd"))
    assert errors == []
    assert warnings == []


@rates
def test_the_fcpxml_stands_where_the_sequence_stands(name: str, rate: FrameRate, drop: bool) -> None:
    _, _, sequence = rich(rate, drop)
    root = etree.fromstring(delivered(".fcpxml", rate, drop).text.encode())
    spine = root.find(".//sequence/spine")
    assert spine is not None

    def time(element: etree._Element, name: str) -> RationalTime:
        return RationalTime(Fraction(str(element.get(name)).removesuffix("s")))

    items = [element for element in spine if element.tag != "transition"]
    places = [place for _, place, _ in sequence.tracks[0].placed()]
    assert [time(item, "offset") - sequence.start_timecode for item in items] == [place.start for place in places]
    assert [time(item, "duration") for item in items] == [place.duration for place in places]
    by_name = {str(item.get("name")): item for item in items}
    start = sequence.start_timecode  # the film's own timecode is the same
    assert time(by_name[HARD_NAME], "start") == start + RationalTime.from_frames(100, rate)
    assert time(by_name["double"], "start") == (start + RationalTime.from_frames(400, rate)) / 2
    assert time(by_name["backwards"], "start") == RationalTime.from_frames(2000 - 640, rate)
    assert by_name["hidden"].get("enabled") == "0"
    transitions = [(time(one, "offset") - start, time(one, "duration")) for one in spine.iter("transition")]
    assert transitions == [
        (RationalTime.from_frames(at, rate), RationalTime.from_frames(length, rate))
        for at, length in ((0, 12), (42, 13), (175, 10), (350, 10))
    ]
    title = next(spine.iter("title"))
    parent = title.getparent()
    assert parent is not None
    place = time(parent, "offset") + time(title, "offset") - time(parent, "start") - start
    assert place == RationalTime.from_frames(10, rate)
    assert [one.get("lane") for one in spine.iter("asset-clip", "title") if one.get("lane")] == ["1", "-1", "-2"]


@rates
def test_otio_reads_the_same_places_and_sources(name: str, rate: FrameRate, drop: bool) -> None:
    _, _, sequence = rich(rate, drop)
    timeline = otio.adapters.read_from_string(delivered(".otio", rate, drop).text, adapter_name="otio_json")
    fps = float(rate)
    assert timeline.duration() == otio.opentime.RationalTime(360, fps)
    assert timeline.global_start_time == otio.opentime.RationalTime(sequence.start_timecode.nearest_frame(rate), fps)
    for ours, theirs in zip(sequence.tracks, timeline.tracks, strict=True):
        items = [one for one in theirs if not isinstance(one, otio.schema.Transition)]
        for (item, place, _), other in zip(ours.placed(), items, strict=True):
            span = other.range_in_parent()
            assert (span.start_time.value, span.duration.value) == (
                place.start.nearest_frame(rate),
                place.duration.nearest_frame(rate),
            )
            assert isinstance(item, Clip) == isinstance(other, otio.schema.Clip)
    start = sequence.start_timecode.nearest_frame(rate)
    clips = {clip.name: clip for clip in timeline.find_clips()}
    assert clips["double"].source_range.start_time.value == start + 400
    assert clips["double"].effects[0].time_scalar == 2.0
    assert clips["backwards"].effects[0].time_scalar == -1.0
    assert clips["hidden"].enabled is False
    assert clips["double"].media_reference.available_range.start_time.value == start
    assert clips["b"].metadata["starcut"]["opacity"] == 0.5
    offsets = [
        (one.in_offset.value, one.out_offset.value)
        for one in timeline.tracks[0]
        if isinstance(one, otio.schema.Transition)
    ]
    assert offsets == [(0, 12), (6, 7), (5, 5), (10, 0)]


@pytest.mark.parametrize("suffix", [one.suffix for one in formats()])
def test_the_same_sequence_gives_the_same_text(suffix: str) -> None:
    assert delivered(suffix, Fraction(24), False) == delivered(suffix, Fraction(24), False)


def test_every_loss_is_told_once() -> None:
    for one in formats():
        notes = delivered(one.suffix, Fraction(24), False).notes
        assert notes
        assert len({note.sentence for note in notes}) == len(notes)
        assert all(note.sentence.endswith(".") and note.count >= 1 for note in notes)

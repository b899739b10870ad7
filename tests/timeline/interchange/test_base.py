"""The registry of formats, and the notes."""

from __future__ import annotations

import pytest

from timeline.errors import InterchangeError
from timeline.interchange.base import Notes, format_for, formats, main_picture_track
from timeline.items import Clip, Placeholder
from timeline.sequence import Sequence
from timeline.time import ZERO, RationalTime, TimeRange
from timeline.track import Track, TrackKind


def test_every_file_with_a_suffix_is_a_format() -> None:
    known = [("edl", ".edl"), ("fcpxml", ".fcpxml"), ("otio", ".otio"), ("xmeml", ".xml")]
    assert [(one.id, one.suffix) for one in formats()] == known
    assert format_for(".EDL").id == "edl"
    with pytest.raises(InterchangeError, match=r'"\.aaf"; these can be written: \.edl, \.fcpxml, \.otio'):
        format_for(".aaf")


def test_equal_notes_are_told_once_and_counted() -> None:
    notes = Notes()
    notes.lost("Gone.", RationalTime(1))
    notes.lost("Gone.", RationalTime(2))
    notes.changed("Gone.")
    assert [(note.level, note.count, note.time) for note in notes.all()] == [
        ("lost", 2, RationalTime(1)),
        ("changed", 1, None),
    ]


def test_the_main_picture_is_the_lowest_video_track_that_is_seen() -> None:
    row = (Clip(Placeholder("s"), TimeRange(ZERO, RationalTime(1))),)
    overlay, muted = Track(TrackKind.OVERLAY, row), Track(TrackKind.VIDEO, row, muted=True)
    empty, upper = Track(TrackKind.VIDEO), Track(TrackKind.VIDEO, row)
    grade, sound = Track(TrackKind.EFFECTS, row), Track(TrackKind.AUDIO, row)
    assert main_picture_track(Sequence(tracks=(overlay, muted, empty, upper, sound))) is upper
    assert main_picture_track(Sequence(tracks=(overlay, muted, empty))) is overlay
    assert main_picture_track(Sequence(tracks=(muted, grade, sound))) is muted
    assert main_picture_track(Sequence(tracks=(grade, sound))) is None

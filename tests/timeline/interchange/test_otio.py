"""OTIO: what its own library makes of our file, and that nothing of ours is lost on the way."""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction

import opentimelineio as otio
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.timeline.interchange.rich import media_path, rich
from tests.timeline.interchange.test_fcpxml import clip, document, tracks
from timeline.interchange import otio as ours
from timeline.items import Clip, GeneratorSource, Marker, MediaSource, Transition, UnknownSource
from timeline.media import Library, Media, MediaKind
from timeline.project import Project
from timeline.sequence import Sequence
from timeline.time import ZERO, RationalTime, TimeRange
from timeline.track import Track, TrackKind


def read(sequence: Sequence, *media: Media) -> otio.schema.Timeline:
    text = ours.write(Project(), Library().with_media(*media), sequence, media_path).text
    return otio.adapters.read_from_string(text, adapter_name="otio_json")


def test_markers_volume_links_and_effect_values_come_back() -> None:
    _, library, sequence = rich(Fraction(24), False)
    timeline = read(sequence, *library.media.values())
    marker = timeline.tracks.markers[0]
    assert (marker.name, marker.comment, marker.color, marker.marked_range.start_time.value) == (
        "check & fix",
        "a <note>",
        "RED",
        70,
    )
    clips = {one.metadata["starcut"]["id"]: one for one in timeline.find_clips()}
    assert clips["m"].metadata["starcut"]["volume"] == 0.5
    assert clips["m"].metadata["starcut"]["fade_in"] == "1"
    assert clips["a"].metadata["starcut"]["link"] == "pair"
    assert clips["a"].markers[0].marked_range.start_time.value == 86400 + 110
    assert dict(clips["b"].effects[0].metadata["starcut"]["values"]) == {"strength": 0.4}
    assert clips["t"].media_reference.generator_kind == "title"
    assert clips["t"].media_reference.parameters["text"].startswith("Größe & <船>")
    assert clips["p"].media_reference.metadata["starcut"]["shot_id"] == "shot-7"
    assert timeline.tracks[1].metadata["starcut"]["kind"] == "text"


def test_a_source_of_another_rate_is_counted_at_its_own_rate() -> None:
    film = Media("/m/f.mov", MediaKind.VIDEO, "f", RationalTime(60), rate=Fraction(25), has_video=True, id="f")
    one = Clip(MediaSource("f"), TimeRange(RationalTime(2), RationalTime(1)))
    found = next(iter(read(Sequence(tracks=(Track(TrackKind.VIDEO, (one,)),)), film).find_clips()))
    assert (found.source_range.start_time.value, found.source_range.start_time.rate) == (50, 25)
    assert (found.source_range.duration.value, found.source_range.duration.rate) == (24, 24)


def test_muted_tracks_are_disabled_and_unknown_things_survive() -> None:
    strange = Clip(UnknownSource("hologram", {"depth": 3}), TimeRange(ZERO, RationalTime(1)), name="x\x00")
    curve_free = Clip(GeneratorSource("solid", {"colour": "#fff"}), TimeRange(ZERO, RationalTime(1)))
    timeline = read(Sequence(tracks=(Track(TrackKind.VIDEO, (strange, curve_free), muted=True),)))
    assert timeline.tracks[0].enabled is False
    first = timeline.tracks[0][0]
    assert first.name == "x"
    assert first.media_reference.metadata["starcut"]["depth"] == 3


def test_two_transitions_at_one_cut_are_one_and_a_note() -> None:
    items = (clip("a"), clip("b"))
    fades = (Transition("fade", "a", None, RationalTime(1), ZERO), Transition("fade", None, "b", ZERO, RationalTime(1)))
    result = ours.write(Project(), Library(), Sequence(tracks=(Track(TrackKind.VIDEO, items, fades),)), media_path)
    assert result.text.count('"Transition.1"') == 1
    assert any("Two transitions" in note.sentence for note in result.notes)


def test_the_text_is_json_with_the_names_as_they_are() -> None:
    sequence = replace(Sequence(name="Größe 船"), markers=(Marker(ZERO, "🚢"),))
    text = ours.write(Project(), Library(), sequence, media_path).text
    assert json.loads(text)["name"] == "Größe 船"
    assert json.loads(text)["tracks"]["markers"][0]["name"] == "🚢"


@settings(max_examples=60, deadline=None)
@given(rows=st.lists(tracks(), max_size=4))
def test_any_cut_has_the_same_length_for_otio(rows: list[Track]) -> None:
    sequence = Sequence(tracks=tuple(rows))
    timeline = read(sequence)
    for ours_, theirs in zip(sequence.tracks, timeline.tracks, strict=True):
        if ours_.items:
            assert theirs.duration().value == ours_.duration.frames(sequence.rate)
    assert document(*rows)[0] is not None

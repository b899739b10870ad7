"""The pool without a face: what is listed, searched, filtered and sorted, and the actions on it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from engines.play.audio_sink import WallClockSink
from studio_app.actions.registry import Actions
from studio_app.services.paths import user_paths
from studio_app.session.browsing import Filters
from studio_app.session.pool_items import Listing, PoolItem, places_of
from studio_app.session.session import Session
from tests.timeline.notation import f
from timeline.commands.add_bin import AddBin
from timeline.commands.add_subclip import AddSubclip
from timeline.commands.set_pool_entry import SetPoolEntry
from timeline.items import Clip, Gap, MediaSource
from timeline.media import Library, Lineage, Media, MediaKind, Take
from timeline.pool import Bin, Subclip
from timeline.project import Project, Saved
from timeline.sequence import Sequence
from timeline.time import RationalTime, TimeRange
from timeline.track import Track, TrackKind

FILMS = (
    Media(
        "/card/gulls.mov",
        MediaKind.VIDEO,
        "Gulls",
        RationalTime(9),
        3840,
        2160,
        Fraction(25),
        has_video=True,
        id="gulls",
    ),
    Media(
        "/card/pier.mov", MediaKind.VIDEO, "Pier", RationalTime(4), 1920, 1080, Fraction(24), has_video=True, id="pier"
    ),
    Media(
        "/sound/rain.wav",
        MediaKind.AUDIO,
        "Rain",
        RationalTime(60),
        has_audio=True,
        channels=2,
        sample_rate=48000,
        id="rain",
    ),
    Media("/card/map.png", MediaKind.IMAGE, "Map", width=640, height=480, has_video=True, id="map"),
)


@pytest.fixture
def session() -> Iterator[Session]:
    """`Gulls` is used twice (once with its sound), in a folder lies `Pier`."""
    made = Session(user_paths(), WallClockSink())
    day = TimeRange(f(0), f(24))
    picture = Clip(MediaSource("gulls"), day, id="V1gulls", link="pair")
    again = Clip(MediaSource("gulls"), day, id="V1gulls2")
    tracks = (
        Track(TrackKind.VIDEO, (picture, Gap(f(24)), again)),
        Track(TrackKind.AUDIO, (replace(picture, id="A1gulls"),)),
    )
    library = Library().with_media(*FILMS)
    made.document.replace(Saved(Project(sequences=(Sequence(tracks=tracks),)), library), None)
    made.document.do(AddBin(Bin("Day", id="day")))
    made.document.do(AddBin(Bin("Deep", "day", id="deep")))
    made.document.do(
        SetPoolEntry(("pier",), {"bin_id": "deep", "label": "red", "rating": 4, "note": "Wind on the mic"})
    )
    yield made
    made.close()


@pytest.fixture
def actions(session: Session) -> Actions:
    return Actions(session)


@pytest.fixture
def told(session: Session) -> list[str]:
    sentences: list[str] = []
    session.told.connect(lambda message, _error: sentences.append(message))
    return sentences


def listed(session: Session, sort: str = "", *, descending: bool = False) -> list[str]:
    listing = Listing(session.document.project, session.document.library, session.presence.missing)
    return [one.name for one in listing.shown(session.browsing, sort, descending)]


def test_a_folder_lists_its_folders_first_then_its_clips(session: Session) -> None:
    assert listed(session) == ["Day", "Gulls", "Rain", "Map"]
    session.browsing.open("day")
    assert listed(session) == ["Deep"]
    session.browsing.open("deep")
    assert listed(session) == ["Pier"]
    listing = Listing(session.document.project, session.document.library, frozenset())
    assert [(one.name, one.amount) for one in listing.bins] == [("Day", 1), ("Deep", 1)]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("gul", ["Gulls"]),
        ("CARD mov", ["Gulls", "Pier"]),
        ("wind", ["Pier"]),
        ("nothing like it", []),
        ("  ", ["Day", "Gulls", "Rain", "Map"]),
    ],
)
def test_words_are_looked_for_in_name_note_and_path_of_all_folders_below(
    session: Session, words: str, found: list[str]
) -> None:
    session.browsing.find(words)
    assert listed(session) == found


def test_a_search_stays_below_the_open_folder(session: Session) -> None:
    session.browsing.open("day")
    session.browsing.find("mov")
    assert listed(session) == ["Pier"]


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        (Filters(kinds=frozenset({"Sound", "Picture"})), ["Rain", "Map"]),
        (Filters(sizes=frozenset({"UHD"})), ["Gulls"]),
        (Filters(sizes=frozenset({"SD", "Full HD"})), ["Pier", "Map"]),
        (Filters(rates=frozenset({"24"})), ["Pier"]),
        (Filters(labels=frozenset({"red"})), ["Pier"]),
        (Filters(rating=3), ["Pier"]),
        (Filters(rating=5), []),
        (Filters(states=frozenset({"used"})), ["Gulls"]),
        (Filters(states=frozenset({"unused"})), ["Pier", "Rain", "Map"]),
        (Filters(states=frozenset({"offline", "used"})), ["Gulls"]),
        (Filters(states=frozenset({"generated"})), ["Rain"]),
        (Filters(kinds=frozenset({"Video"}), rating=1), ["Pier"]),
    ],
)
def test_filters_leave_what_passes_all_of_them(session: Session, filters: Filters, found: list[str]) -> None:
    session.document.add_take(Take("rain", Lineage("procedural")), FILMS[2])
    session.browsing.filter(filters)
    assert listed(session) == found


def test_a_filter_is_chosen_and_let_go_and_used_rules_out_unused() -> None:
    filters = Filters().toggled("states", "used").toggled("states", "unused")
    assert filters.states == {"unused"}
    filters = filters.toggled("rating", 3).toggled("labels", "red")
    assert filters.count == 3
    assert filters.toggled("rating", 3).toggled("labels", "red").toggled("states", "unused") == Filters()


@pytest.mark.parametrize(
    ("column", "order"),
    [
        ("name", ["Gulls", "Map", "Pier", "Rain"]),
        ("length", ["Map", "Pier", "Gulls", "Rain"]),
        ("rate", ["Rain", "Map", "Pier", "Gulls"]),
        ("size", ["Rain", "Map", "Pier", "Gulls"]),
        ("rating", ["Gulls", "Rain", "Map", "Pier"]),
        ("label", ["Pier", "Gulls", "Rain", "Map"]),
        ("used", ["Pier", "Rain", "Map", "Gulls"]),
        ("path", ["Gulls", "Map", "Pier", "Rain"]),
        ("sound", ["Gulls", "Pier", "Map", "Rain"]),
        ("codec", ["Gulls", "Pier", "Rain", "Map"]),
        ("date", ["Gulls", "Pier", "Rain", "Map"]),
    ],
)
def test_every_column_sorts(session: Session, column: str, order: list[str]) -> None:
    session.document.do(SetPoolEntry(("pier",), {"bin_id": None}))
    assert listed(session, column)[1:] == order
    if column == "name":
        assert listed(session, column, descending=True) == ["Day", *reversed(order)]


def test_linked_picture_and_sound_are_one_use_and_each_can_be_jumped_to(session: Session, actions: Actions) -> None:
    uses = places_of(session.document.project, "gulls")
    assert [use.start for use in uses] == [f(0), f(48)]
    session.selection.media.set(["gulls"])
    assert actions.run("media.next_use")
    assert session.transport.time == f(0)
    assert actions.run("media.next_use")
    assert (session.transport.time, session.selection.item_ids) == (f(48), ("V1gulls2",))
    actions.run("media.next_use")
    assert session.transport.time == f(0)


def test_jumping_to_the_use_of_what_is_not_used_is_a_sentence(
    session: Session, actions: Actions, told: list[str]
) -> None:
    session.selection.media.set(["pier"])
    assert not actions.run("media.next_use")
    assert told == ["This clip is not used in any sequence."]


def test_stars_and_labels_are_given_to_all_that_is_chosen(session: Session, actions: Actions) -> None:
    pool = session.document.project.pool
    session.document.do(AddSubclip(Subclip("gulls", TimeRange(f(0), f(24)), "Two gulls", id="two")))
    session.selection.media.set(["rain", "two"])
    actions.run("media.rate_3")
    pool = session.document.project.pool
    assert (pool.entry("rain").rating, pool.subclips[0].rating) == (3, 3)
    actions.run("media.rate_3")
    assert session.document.project.pool.entry("rain").rating == 0
    actions.run("media.label_next")
    assert session.document.project.pool.subclips[0].label == "red"
    assert session.document.undo_label == "Change clips in pool"


def test_each_press_of_a_key_that_does_not_repeat_is_a_step_of_its_own(session: Session, actions: Actions) -> None:
    session.selection.media.set(["rain"])
    for stars in (3, 4, 5):
        actions.run(f"media.rate_{stars}")
    ratings = []
    while session.document.undo():
        ratings.append(session.document.project.pool.entry("rain").rating)
    assert ratings[:3] == [4, 3, 0]


def test_what_is_used_cannot_be_removed_and_the_rest_stays_in_the_library(
    session: Session, actions: Actions, told: list[str]
) -> None:
    session.selection.media.set(["gulls", "rain"])
    actions.run("media.remove")
    assert "“Gulls” is used in a sequence" in told[-1]
    session.selection.media.set(["rain"])
    actions.run("media.remove")
    assert listed(session) == ["Day", "Gulls", "Map"]
    assert "rain" in session.document.library.media
    session.document.undo()
    assert "Rain" in listed(session)
    actions.run("media.remove_unused")
    assert told[-1] == "3 clips were taken out of the pool. The files stay where they are."
    assert listed(session) == ["Day", "Gulls"]
    assert not actions.run("media.remove_unused")
    assert told[-1] == "Every clip in the pool is used."


def test_a_folder_is_made_in_the_open_one_and_its_clips_come_up_when_it_goes(
    session: Session, actions: Actions
) -> None:
    asked: list[str] = []
    session.browsing.asked.connect(asked.append)
    session.browsing.open("deep")
    actions.run("media.new_bin")
    assert asked == ["rename"]
    assert listed(session) == ["Folder 1", "Pier"]
    actions.run("media.up")
    assert (session.browsing.bin_id, session.browsing.bins.ids) == ("day", ("deep",))
    actions.run("media.remove")
    assert listed(session) == ["Folder 1", "Pier"]
    session.browsing.open("deep")
    assert session.browsing.bin_id is None, "the folder is gone: the top is shown"


def test_a_subclip_is_the_part_between_the_marks(session: Session, actions: Actions, told: list[str]) -> None:
    session.selection.media.set(["pier"])
    assert not actions.run("media.make_subclip")
    assert "Mark an in and an out point" in told[-1]
    session.document.do(SetPoolEntry(("pier",), {"mark_in": RationalTime(1), "mark_out": RationalTime(3)}))
    actions.run("media.make_subclip")
    (made,) = session.document.project.pool.subclips
    assert (made.name, made.bin_id) == ("Pier 1", "deep")
    assert made.range == TimeRange.between(RationalTime(1), RationalTime(3))
    assert session.selection.media.ids == (made.id,)
    session.browsing.open("deep")
    assert listed(session) == ["Pier", "Pier 1"]
    session.browsing.filter(Filters(kinds=frozenset({"Subclip"})))
    assert listed(session) == ["Pier 1"]


def test_a_sequence_is_made_of_a_clip_in_its_own_size_and_rate(session: Session, actions: Actions) -> None:
    session.selection.media.set(["gulls"])
    actions.run("media.new_sequence")
    made = session.sequence
    assert (made.name, made.width, made.height, made.rate) == ("Gulls cut", 3840, 2160, Fraction(25))
    assert made.duration == RationalTime(9)
    session.document.undo()
    assert len(session.document.project.sequences) == 1


def test_a_clip_opens_in_the_source_viewer_and_a_folder_opens(session: Session, actions: Actions) -> None:
    session.browsing.bins.set(["day"])
    actions.run("media.show_source")
    assert session.browsing.bin_id == "day"
    session.selection.media.set(["rain"])
    actions.run("media.show_source")
    assert session.source.media_id == "rain"


def test_watched_folders_are_chosen_once_and_let_go(
    session: Session, actions: Actions, told: list[str], tmp_path: Path
) -> None:
    class Chooses:
        def ask_open_files(self, _title: str, _kinds: str) -> list[object]:
            return [tmp_path]

    session.face = Chooses()  # type: ignore[assignment]
    assert actions.run("media.watch_folder")
    assert session.watch.folders == (str(tmp_path),)
    assert not actions.run("media.watch_folder")
    assert "watched already" in told[-1]
    assert actions.run("media.stop_watching")
    assert session.watch.folders == ()


def test_an_item_says_what_it_is() -> None:
    film = PoolItem("gulls", "Gulls", FILMS[0])
    assert (film.kind, film.size, film.rate, film.marked) == ("Video", "UHD", "25", None)
    assert (PoolItem("day", "Day", bin=Bin("Day")).kind, PoolItem("map", "Map", FILMS[3]).size) == ("Folder", "SD")

"""Sequences in the media pool: listed, cut in as nests, copied, named, removed."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import pytest

from studio_app.session.browsing import Filters
from studio_app.session.cutting_in import VERBS, incoming_of
from studio_app.session.pool_items import Listing, PoolItem, nests_in, places_of
from tests.studio_app.session.desk import Desk
from tests.timeline.notation import f
from timeline.commands.add_bin import AddBin
from timeline.commands.set_pool_entry import SetPoolEntry
from timeline.errors import EditRefused
from timeline.items import Clip, SequenceSource
from timeline.pool import Bin
from timeline.sequence import Sequence


@pytest.fixture
def desk() -> Iterator[Desk]:
    """A main cut, and a sequence of 100 frames beside it that nothing shows."""
    one = Desk(V1="A:0-48", A1="a:0-48")
    session = one.session
    one.run("sequence.new")
    main, inner = main_and_inner(one)
    session.transport.set_sequence(inner)
    session.selection.media.set(["B"])
    assert one.run("clip.overwrite")
    session.transport.set_sequence(main)
    session.selection.media.clear()
    yield one
    session.close()


def main_and_inner(desk: Desk) -> tuple[str, str]:
    main, inner = (one.id for one in desk.session.document.project.sequences)
    return main, inner


def listing(desk: Desk) -> Listing:
    document = desk.session.document
    return Listing(document.project, document.library, frozenset())


def sequences(desk: Desk) -> list[PoolItem]:
    return [one for one in listing(desk).clips if one.sequence is not None]


def nests(sequence: Sequence) -> list[Clip]:
    return [c for track in sequence.tracks for c, _ in track.clips() if isinstance(c.source, SequenceSource)]


def test_an_only_sequence_is_not_listed() -> None:
    desk = Desk(V1="A:0-48")
    try:
        assert sequences(desk) == []
        desk.run("sequence.new")
        assert [one.kind for one in sequences(desk)] == ["Sequence", "Sequence"]
    finally:
        desk.session.close()


def test_a_sequence_is_listed_with_its_length_size_and_rate(desk: Desk) -> None:
    _, inner = sequences(desk)
    assert inner.range.duration == f(100)
    assert (inner.size, inner.kind) == ("Full HD", "Sequence")
    assert listing(desk).shown(desk.session.browsing)[:2] == sequences(desk)
    desk.session.browsing.filter(Filters(kinds=frozenset({"Sequence"})))
    assert listing(desk).shown(desk.session.browsing) == sequences(desk)


@pytest.mark.parametrize("verb", ["clip.insert", "clip.overwrite", "clip.append"])
def test_a_chosen_sequence_is_cut_in_as_a_nest_with_picture_and_sound(desk: Desk, verb: str) -> None:
    main, inner = main_and_inner(desk)
    desk.session.selection.media.set([inner])
    assert desk.run(verb)
    made = nests(desk.session.sequence)
    assert {one.source for one in made} == {SequenceSource(inner)}
    assert all(one.duration == f(100) for one in made)
    assert len(made) == 2
    assert made[0].link == made[1].link != None  # noqa: E711 - one link for both
    assert nests_in(desk.session.document.project) == {inner: 1}
    assert [use.sequence_id for use in places_of(desk.session.document.project, inner)] == [main]


def test_a_sequence_cannot_be_cut_into_itself_however_deep(desk: Desk) -> None:
    main, inner = main_and_inner(desk)
    before = desk.session.document.project
    desk.session.selection.media.set([main])
    desk.run("clip.insert")
    assert desk.said[-1].endswith("cannot stand within itself.")
    assert desk.session.document.project is before
    desk.session.selection.media.set([inner])
    desk.run("clip.append")
    desk.session.transport.set_sequence(inner)
    desk.session.selection.media.set([main])
    before = desk.session.document.project
    desk.run("clip.insert")
    assert "a sequence cannot stand within itself" in desk.said[-1]
    assert desk.session.document.project is before


def test_an_empty_sequence_has_nothing_to_cut_in(desk: Desk) -> None:
    desk.run("sequence.new")
    empty = desk.session.document.project.sequences[-1]
    assert incoming_of(desk.session, [empty.id]) == ()


@pytest.mark.parametrize("verb", ["replace", "add_take"])
def test_a_sequence_is_no_take_and_replaces_no_clip(desk: Desk, verb: str) -> None:
    _, inner = main_and_inner(desk)
    desk.go(0)
    with pytest.raises(EditRefused):
        VERBS[verb](desk.session, incoming_of(desk.session, [inner]))


def test_fit_to_fill_changes_the_speed_of_a_nest(desk: Desk) -> None:
    _, inner = main_and_inner(desk)
    desk.session.transport.set_marks(f(0), f(50))
    desk.session.selection.media.set([inner])
    desk.run("clip.fit_to_fill")
    made = nests(desk.session.sequence)
    assert {(one.duration, one.speed) for one in made} == {(f(50), Fraction(2))}


def test_a_shown_sequence_is_not_removed_and_an_unused_one_is(desk: Desk) -> None:
    _, inner = main_and_inner(desk)
    desk.session.selection.media.set([inner])
    desk.run("clip.append")
    before = desk.session.document.project
    desk.run("media.remove")
    assert "is shown in" in desk.said[-1]
    assert desk.session.document.project is before
    desk.session.document.undo()
    desk.run("media.remove")
    assert desk.session.document.project.sequence(inner) is None
    desk.session.document.undo()
    assert desk.session.document.project.sequence(inner) is not None


def test_chosen_sequences_are_copied_as_one_step(desk: Desk) -> None:
    main, inner = main_and_inner(desk)
    desk.session.selection.media.set([main, inner])
    desk.run("media.duplicate_sequence")
    project = desk.session.document.project
    assert len(project.sequences) == 4
    assert len({one.name for one in project.sequences}) == 4
    assert project.sequences[3].duration == f(100)
    assert desk.session.selection.media.ids == tuple(one.id for one in project.sequences[2:])


def test_a_chosen_sequence_is_opened(desk: Desk) -> None:
    main, inner = main_and_inner(desk)
    desk.session.selection.media.set([main, inner])
    desk.run("media.show_source")
    assert desk.session.sequence_id == inner


def test_sequences_have_folders_labels_and_stars_but_no_marks(desk: Desk) -> None:
    _, inner = main_and_inner(desk)
    document = desk.session.document
    document.do(AddBin(Bin("Reels", id="reels")))
    desk.session.selection.media.set([inner])
    desk.run("media.rate_3")
    desk.run("media.label_next")
    assert document.do(SetPoolEntry((inner,), {"bin_id": "reels"}))
    desk.session.browsing.open("reels")
    (shown,) = listing(desk).shown(desk.session.browsing)
    assert (shown.id, shown.rating, shown.label) == (inner, 3, "red")
    assert not document.do(SetPoolEntry((inner,), {"mark_in": f(3)}))
    assert not document.do(SetPoolEntry((inner,), {"hidden": True}))

"""What the Lineage panel does: choosing, using, making gone files again, branches once more from elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from engines.play.audio_sink import WallClockSink
from studio_app.actions.registry import Actions
from studio_app.services.paths import user_paths
from studio_app.session.session import Session
from tests.studio_app.test_rebuilding import NIGHT, SHARP, same, shown
from tests.studio_app.test_session import Loop, slate_board
from timeline.errors import EditRefused
from timeline.items import MediaSource
from timeline.media import Lineage, Take
from timeline.query import all_clips

pytestmark = pytest.mark.media


@pytest.fixture
def loop() -> Loop:
    return Loop()


@pytest.fixture
def session(loop: Loop) -> Iterator[Session]:
    session = Session(user_paths(), WallClockSink(), loop.post)
    session.files.new("Film", 160, 90)
    slate_board(session, "One", "Two")
    Actions(session).run("shot.generate_all")
    loop.run_until(lambda: idle(session))
    yield session
    session.close()


def idle(session: Session) -> bool:
    return all(job.is_over for job in session.jobs.all)


def done(session: Session, loop: Loop) -> None:
    """Wait for all jobs, and those that follow from them."""
    while not (idle(session) and not session.lineage.again.running):
        loop.calls.get(timeout=30)()


def media_ids(session: Session) -> list[str]:
    return list(session.document.library.media)


def grow(session: Session, loop: Loop, parent: str, *steps: object) -> str:
    """One child of a clip, made by the workspace Evolve."""
    before = set(media_ids(session))
    session.evolving.work_on(parent)
    session.evolving.take_over(steps)  # type: ignore[arg-type]
    session.evolving.make()
    done(session, loop)
    (new,) = set(media_ids(session)) - before
    return new


def used(session: Session) -> set[str]:
    return {
        one.source.media_id for _, _, one in all_clips(session.document.project) if isinstance(one.source, MediaSource)
    }


def test_what_is_chosen_anywhere_is_chosen_in_the_family_and_back(session: Session) -> None:
    one, two = media_ids(session)[:2]
    heard: list[str | None] = []
    session.lineage.changed.connect(lambda: heard.append(session.lineage.current))
    clips = [clip for _, _, clip in all_clips(session.document.project)]
    session.selection.items.set([clips[0].id])
    assert session.lineage.chosen == (one,)
    session.lineage.choose(two)
    assert (session.lineage.current, session.selection.media.ids) == (two, (two,))
    session.lineage.choose(one, also=True)
    assert session.lineage.pair == (two, one)
    session.lineage.choose(two, also=True)
    assert session.lineage.chosen == (one,)
    session.selection.items.set([clips[1].id])
    session.lineage.choose(one)
    assert session.lineage.chosen == (one,), "though the pool had it chosen all along"
    session.lineage.choose("nobody")
    assert session.lineage.chosen == (one,)
    assert heard[-1] == one


def test_a_branch_grows_again_from_another_source_child_after_child(session: Session, loop: Loop) -> None:
    one, two = media_ids(session)[:2]
    sharp = grow(session, loop, one, SHARP)
    night = grow(session, loop, sharp, NIGHT)
    paid = replace(session.document.library.media[sharp], id="paid")
    bought = Lineage("runway", relationship="variation", input_media_ids=(sharp,), generation=2)
    session.document.add_take(Take("paid", bought), paid)
    before = set(media_ids(session))
    shown: list[Callable[[], object]] = []
    session.offered.connect(lambda _, verb, do: shown.append(do))
    run = session.lineage.again.from_source(one, two)
    assert (run.whole, run.left_out) == (2, 1), "what a service made is not paid for again"
    done(session, loop)
    new = session.lineage.graph.in_order(set(media_ids(session)) - before)
    graph = session.lineage.graph
    assert [graph.parents(key) for key in new] == [(two,), (new[0],)]
    assert [graph.nodes[key].method for key in new] == [graph.nodes[key].method for key in (sharp, night)]
    assert [graph.nodes[key].parameters for key in new] == [graph.nodes[key].parameters for key in (sharp, night)]
    assert [graph.nodes[key].seed for key in new] == [graph.nodes[key].seed for key in (sharp, night)]
    assert {sharp, night} <= graph.nodes.keys(), "the old branch stays"
    shown[-1]()
    assert session.lineage.current == new[-1], "what says that it stands shows it"
    with pytest.raises(EditRefused, match="cannot grow from itself"):
        session.lineage.again.from_source(one, night)
    with pytest.raises(EditRefused, match="Nothing was made"):
        session.lineage.again.from_source(night, one)


def test_a_branch_grows_again_from_what_another_engine_makes(session: Session, loop: Loop) -> None:
    one = media_ids(session)[0]
    sharp = grow(session, loop, one, SHARP)
    before = set(media_ids(session))
    session.lineage.again.from_engine(one, "procedural")
    done(session, loop)
    graph = session.lineage.graph
    first, second = graph.in_order(set(media_ids(session)) - before)
    assert (graph.nodes[first].engine, graph.parents(second)) == ("procedural", (first,))
    assert graph.nodes[first].shot_id == graph.nodes[one].shot_id
    with pytest.raises(EditRefused, match="words"):
        session.lineage.again.again_by(sharp, "procedural")


def test_a_branch_that_cannot_go_on_says_where_it_ends(session: Session, loop: Loop) -> None:
    one, two = media_ids(session)[:2]
    night = grow(session, loop, grow(session, loop, one, SHARP), NIGHT)
    told: list[str] = []
    session.told.connect(lambda message, _: told.append(message))
    Path(session.document.library.media[two].path).unlink()
    session.presence.look_again()
    loop.run_until(lambda: two in session.presence.missing)
    run = session.lineage.again.from_source(one, two)
    assert run not in session.lineage.again.running
    assert "is gone" in told[-1]
    assert "0 of 2" in told[-1]
    assert night in session.lineage.graph.nodes


def test_a_file_that_is_gone_is_made_again_where_it_was(session: Session, loop: Loop) -> None:
    one = media_ids(session)[0]
    sharp = grow(session, loop, one, SHARP)
    path = Path(session.document.library.media[sharp].path)
    was = shown(path)
    assert session.lineage.why_not_rebuilt(sharp) == "Its file is there."
    for key in (one, sharp):
        Path(session.document.library.media[key].path).unlink()
    session.presence.look_again()
    loop.run_until(lambda: session.presence.missing == {one, sharp})
    assert not session.lineage.graph.nodes[sharp].is_present
    job = session.lineage.rebuild(sharp)
    assert session.lineage.rebuild(sharp) is job, "once is enough"
    loop.run_until(lambda: session.presence.missing == {one})
    assert same(shown(path), was)
    assert session.lineage.graph.nodes[sharp].is_present
    assert not session.lineage.graph.nodes[one].is_present, "its parent was made on the way and is gone again"


def test_a_take_is_used_where_its_shot_or_its_ancestor_stands(session: Session, loop: Loop) -> None:
    one = media_ids(session)[0]
    sharp = grow(session, loop, one, SHARP)
    assert one in session.lineage.graph.lit
    session.lineage.use(sharp)
    assert sharp in used(session)
    assert one not in used(session)
    assert {one, sharp} <= session.lineage.graph.lit
    session.document.undo()
    assert one in used(session)


def test_another_seed_makes_a_sibling_of_the_same_parents_and_values(session: Session, loop: Loop) -> None:
    one = media_ids(session)[0]
    sharp = grow(session, loop, one, SHARP)
    before = set(media_ids(session))
    session.lineage.choose(sharp)
    assert Actions(session).run("lineage.reseed")
    done(session, loop)
    (new,) = set(media_ids(session)) - before
    nodes = session.lineage.graph.nodes
    assert session.lineage.graph.parents(new) == (one,)
    assert nodes[new].parameters == nodes[sharp].parameters
    assert nodes[new].seed != nodes[sharp].seed
    with pytest.raises(EditRefused, match="Only what operations made"):
        session.lineage.again.with_another_seed(one)


def test_a_branch_that_is_cancelled_makes_no_more(session: Session, loop: Loop) -> None:
    one, two = media_ids(session)[:2]
    grow(session, loop, grow(session, loop, one, SHARP), NIGHT)
    before = set(media_ids(session))
    run = session.lineage.again.from_source(one, two)
    session.lineage.again.cancel(run)
    done(session, loop)
    assert set(media_ids(session)) == before
    assert not session.lineage.again.running

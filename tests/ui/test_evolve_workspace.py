"""The workspace Evolve without its window: picking, making, variants, looks, and what a result leaves behind."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from engines.evolve.run import Step
from engines.media.reader import open_video
from studio_app.services.evolve_store import EvolveStore
from studio_app.session.evolve_attempts import Landing
from studio_app.session.evolving import Evolving
from studio_app.session.session import Session
from tests.ui.evolve_desk import RATE, few_operations, ready, stand, until
from timeline.commands.edit_shot import EditShot
from timeline.errors import EditRefused
from timeline.items import MediaSource
from timeline.media import Media
from timeline.time import ZERO, RationalTime, TimeRange

pytestmark = [pytest.mark.qt, pytest.mark.media]


@pytest.fixture(autouse=True)
def _tiny() -> Iterator[None]:
    yield from few_operations()


@pytest.fixture
def evolving(session: Session) -> Evolving:
    stand(session)
    session.selection.items.set(["clip a"])
    session.evolving.choose("vary.lift")
    return session.evolving


def brightness(media: Media) -> float:
    reader = open_video(media)
    try:
        return float(reader.frame_at(ZERO).planes[0].mean())
    finally:
        reader.close()


def test_a_result_is_a_take_of_the_clips_shot_and_knows_its_parent(session: Session, evolving: Evolving) -> None:
    evolving.set_values({"strength": 0.4})
    evolving.make()
    ready(session)
    library = session.document.library
    (variant,) = evolving.results()
    take = library.take_of_media(variant.media_id)
    assert take is not None
    assert (variant.name, variant.state) == ("Lift 40 %", "ready")
    assert take.lineage.relationship == "variation"
    assert take.lineage.input_media_ids == ("a",)
    assert take.lineage.generation == 1
    assert take.lineage.request["values"] == {"strength": 0.4}
    clip = session.sequence.clip("clip a")
    assert clip is not None
    assert clip.source == MediaSource("a"), "the accepted cut stays as it is"
    assert [one.media_id for one in library.takes_of(clip.shot_id or "")] == ["a", variant.media_id]
    assert brightness(library.media[variant.media_id]) > brightness(library.media["a"]) + 30


def test_using_a_variant_is_one_step_and_can_be_taken_back(session: Session, evolving: Evolving) -> None:
    evolving.make()
    ready(session)
    (variant,) = evolving.results()
    before = session.document.project
    evolving.makers.use(variant.media_id, evolving.lead)
    clip = session.sequence.clip("clip a")
    assert clip is not None
    assert clip.source == MediaSource(variant.media_id)
    assert clip.source_range == TimeRange(ZERO, RationalTime(1, 2))
    session.document.undo()
    assert session.document.project is before


def test_a_variant_carried_to_the_timeline_leaves_the_strip_as_it_was(session: Session, evolving: Evolving) -> None:
    evolving.make()
    ready(session)
    (variant,) = evolving.results()
    lead = evolving.lead
    with evolving.staying():
        session.selection.media.set([variant.media_id])
    assert evolving.lead == lead
    session.selection.media.set([variant.media_id, "other"])
    assert evolving.lead != lead, "what is chosen by hand is followed again"


def test_a_clip_taken_from_the_pool_becomes_the_second_source_though_taking_it_chose_it(
    session: Session, evolving: Evolving
) -> None:
    evolving.make()
    ready(session)
    (variant,) = evolving.results()
    first = evolving.lead
    assert first is not None
    session.selection.media.set([variant.media_id])
    evolving.add_source(variant.media_id)
    assert evolving.lead == first
    assert evolving.more == (variant.media_id,)


def test_steps_before_a_remix_are_refused_before_anything_is_made(evolving: Evolving) -> None:
    evolving.add_to_chain()
    evolving.choose("remix.pair")
    assert "nothing can come before it" in evolving.missing()


def test_four_variants_are_four_different_films_with_seeds_of_their_own(session: Session, evolving: Evolving) -> None:
    evolving.make_four()
    ready(session)
    library = session.document.library
    variants = evolving.results()
    films = [library.media[one.media_id] for one in variants]
    assert len({one.content_hash for one in films}) == 4
    assert len({one.seed for one in variants}) == 4
    assert [brightness(one) for one in films] == sorted(brightness(one) for one in films), "from weak to strong"
    assert all(Path(one.path).parent == session.files.take_folder for one in films)


def test_several_chosen_clips_are_made_one_by_one(session: Session, evolving: Evolving) -> None:
    session.selection.items.set(["clip a", "clip b"])
    made = evolving.make()
    ready(session)
    parents = [session.document.library.take_of_media(one.media_id) for one in made]
    assert [one.lineage.input_media_ids for one in parents if one is not None] == [("a",), ("b",)]


def test_a_kept_look_outlives_the_session_and_is_made_of_every_chosen_clip(
    session: Session, evolving: Evolving
) -> None:
    evolving.set_values({"strength": 0.3})
    evolving.add_to_chain()
    evolving.set_values({"strength": 0.1})
    look = evolving.keep_look("Twice lighter")
    assert look is not None
    again = EvolveStore(session.paths.evolving)
    assert [one.name for one in again.looks] == ["Twice lighter"]
    session.selection.items.set(["clip a", "clip b"])
    made = evolving.make_look(again.looks[0])
    ready(session)
    for one in made:
        take = session.document.library.take_of_media(one.media_id)
        assert take is not None
        assert [step["values"]["strength"] for step in take.lineage.request["chain"]] == [0.3, 0.1]
        assert take.name == "Twice lighter"


def test_a_cancelled_result_leaves_nothing(session: Session, evolving: Evolving) -> None:
    evolving.choose("mutate.slow")
    (attempt,) = evolving.make()
    until(lambda: attempt.state == "running")
    takes = len(session.document.library.takes)
    evolving.makers.cancel(attempt.id)
    until(lambda: attempt.job is not None and attempt.job.is_over)
    assert evolving.results() == ()
    assert len(session.document.library.takes) == takes
    assert list(session.files.take_folder.glob("*")) == []


def test_what_failed_keeps_its_place_and_is_made_again_there(session: Session, evolving: Evolving) -> None:
    there = session.document.library.media["a"]
    session.document.add_media([replace(there, path="/nowhere/gone.mp4")])
    session.presence.missing = frozenset()  # it goes in this moment
    (attempt,) = evolving.make()
    until(lambda: attempt.state == "failed")
    (variant,) = evolving.results()
    assert "is gone" in variant.message
    session.document.add_media([there])
    until(lambda: not session.presence.missing)
    evolving.make()
    evolving.makers.retry(attempt.id)
    ready(session)
    assert [one.state for one in evolving.results()] == ["ready", "ready"]
    assert evolving.results()[0].media_id == attempt.media_id
    stand(session)
    assert evolving.results() == (), "another project begins with nothing"


def test_a_remix_of_one_clip_says_what_is_missing_and_two_make_one_film(session: Session, evolving: Evolving) -> None:
    evolving.choose("remix.pair")
    with pytest.raises(EditRefused, match="needs a second clip"):
        evolving.make()
    evolving.add_source("b")
    (attempt,) = evolving.make()
    ready(session)
    take = session.document.library.take_of_media(attempt.media_id)
    assert take is not None
    assert take.lineage.relationship == "remix"
    assert take.lineage.input_media_ids == ("a", "b")
    assert session.document.library.media[attempt.media_id].duration == RationalTime(1)


def test_an_edit_lands_as_clips_on_tracks_of_their_own_in_one_step(session: Session, evolving: Evolving) -> None:
    evolving.choose("remix.pair")
    evolving.add_source("b")
    evolving.set_landing(Landing.EDIT)
    before, takes = session.document.project, len(session.document.library.takes)
    session.transport.set_time(RationalTime(1))
    evolving.make()
    until(lambda: session.document.project is not before)
    new = [one for one in session.sequence.tracks if one.name == "Pair" and not one.is_audio]
    assert [clip.source for one in new for clip, _ in one.clips()] == [MediaSource("a"), MediaSource("b")]
    assert session.sequence.tracks[0] is before.sequences[0].tracks[0], "nothing that stood there was touched"
    assert len(session.document.library.takes) == takes
    session.document.undo()
    assert session.document.project is before


def test_closing_the_project_while_a_job_runs_loses_nothing(
    session: Session, evolving: Evolving, tmp_path: Path
) -> None:
    evolving.make()
    ready(session)
    evolving.choose("mutate.slow")
    (attempt,) = evolving.make()
    until(lambda: attempt.state == "running")
    path = tmp_path / "kept.starcut"
    session.files.save(path)
    until(lambda: session.document.is_saved)
    kept = dict(session.document.library.takes)
    session.files.new("Another", 96, 54, RATE)
    until(lambda: attempt.job is not None and attempt.job.is_over)
    assert session.document.library.takes == {}, "nothing lands in a project that did not ask for it"
    session.files.open(path)
    until(lambda: len(session.document.library.takes) == len(kept))
    assert session.document.library.takes.keys() == kept.keys()
    assert not list(session.files.take_folder.rglob("*.part"))


def test_values_of_a_step_that_is_not_here_leave_the_form_as_it_was(session: Session, evolving: Evolving) -> None:
    evolving.take_over((Step("vary.unknown", {}), Step("vary.lift", {"strength": 0.2})), 9)
    assert evolving.chain == ()
    assert evolving.steps() == (Step("vary.lift", {"strength": 0.2}),)
    assert evolving.seed == 9


def test_a_marked_part_is_made_alone_and_covers_just_that_part(session: Session, evolving: Evolving) -> None:
    evolving.set_part_only(True)
    assert "Nothing is marked" in evolving.missing()
    session.transport.set_marks(RationalTime(1, 8), RationalTime(3, 8))
    (attempt,) = evolving.make()
    ready(session)
    media = session.document.library.media[attempt.media_id]
    assert media.duration == RationalTime(1, 4)
    evolving.makers.use(media.id, evolving.lead)
    sources = [clip.source for clip, _ in session.sequence.tracks[0].clips()]
    assert sources == [MediaSource("a"), MediaSource(media.id), MediaSource("a"), MediaSource("b")]
    assert list(session.sequence.tracks[0].starts[:4]) == [
        ZERO,
        RationalTime(1, 8),
        RationalTime(3, 8),
        RationalTime(1, 2),
    ]


def test_clips_are_picked_from_the_pool_and_shots_from_the_storyboard(session: Session, evolving: Evolving) -> None:
    session.selection.media.set(["b"])
    assert [one.media_id for one in evolving.picks] == ["b"]
    board = session.document.project.storyboards[0]
    session.document.do(EditShot(board.id, "s1", {"media_id": "a"}))
    session.selection.shots.set(["s1"])
    assert [(one.media_id, one.shot_id) for one in evolving.picks] == [("a", "s1")]
    session.selection.shots.clear()
    assert evolving.lead is not None, "what was worked on stays when nothing is chosen"


def test_a_take_whose_folder_is_gone_is_rebuilt_among_the_projects_own_takes(
    session: Session, evolving: Evolving, tmp_path: Path
) -> None:
    evolving.set_landing(Landing.CLIP)
    (attempt,) = evolving.make()
    ready(session)
    made = session.document.library.media[attempt.media_id]
    before = Path(made.path).read_bytes()
    elsewhere = tmp_path / "a folder that is no more" / Path(made.path).name
    session.document.add_media([replace(made, path=str(elsewhere))])
    Path(made.path).unlink()
    session.presence.look_again()
    until(lambda: made.id in session.presence.missing)
    session.lineage.rebuild(made.id)
    until(lambda: made.id not in session.presence.missing)
    found = Path(session.document.library.media[made.id].path)
    assert found.parent == session.files.take_folder
    assert found.read_bytes() == before
    assert not elsewhere.parent.exists(), "what was a place of somebody else's is not made anew"

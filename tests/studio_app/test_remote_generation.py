"""Shots made by a service: placed, filled, kept over a restart, paid once; refused, capped and fallen back as the user wants it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from engines.generate.fallback import Finish
from studio_app.actions.registry import Actions
from studio_app.planning.lineage_words import made_by, shown_cost
from studio_app.services.keys import Keys
from studio_app.session.dry_run import dry_run
from studio_app.session.engine_options import option_specs, with_option
from studio_app.session.evolve_attempts import Landing
from studio_app.session.restylers import restylers
from studio_app.session.session import Session
from tests.fakes.providers import FakeProviders
from tests.studio_app.remote_desk import board, loop, open_session, over, session
from tests.studio_app.test_session import Loop, picture_clips
from timeline.commands.add_effect import AddEffect
from timeline.commands.edit_shot import EditShot
from timeline.commands.remove_shot import RemoveShot
from timeline.errors import EditRefused
from timeline.items import Clip, EffectUse, MediaSource, Placeholder
from timeline.library_lineage import asked_of, method_of, steps_of

__all__ = ["loop", "session"]
pytestmark = pytest.mark.media


def test_a_shot_of_a_service_fills_its_place_and_its_lineage_says_all(
    session: Session, fakes: FakeProviders, loop: Loop
) -> None:
    (shot,) = board(session, "A lake #quick")
    Actions(session).run("shot.generate_all")
    loop.run_until(lambda: over(session))
    (clip,) = picture_clips(session)
    assert isinstance(clip.source, MediaSource)
    (take,) = session.document.library.takes_of(shot)
    assert (take.lineage.engine, take.lineage.cost) == ("runway", "0.24")
    assert take.lineage.extra["facts"]["model"] == "gen4.5"
    assert session.desk.book.spent(session.document.project.id).billed == fakes.ledger.billed() == Decimal("0.24")


def test_what_runs_when_the_window_closes_lands_in_its_clip_with_the_edits_made_meanwhile(
    fakes: FakeProviders, loop: Loop, tmp_path: object
) -> None:
    session = open_session(fakes, loop)
    session.files.new("Film", 320, 180)
    path = session.paths.data / "film.starcut"
    (shot,) = board(session, "A lake #stuck")
    Actions(session).run("shot.generate_all")
    loop.run_until(lambda: session.generation.state_of(shot).state == "running" and fakes.ledger.count() == 1)
    (clip,) = picture_clips(session)
    assert session.document.do(AddEffect(session.sequence_id, clip.id, EffectUse("sepia", {})))
    session.files.save(path)
    loop.run_until(lambda: session.document.is_saved)
    session.close()
    (job,) = fakes.ledger.jobs.values()
    assert not job.cancelled
    job.prompt = "A lake #quick"  # it finishes while nobody looks

    other = Loop()
    again = open_session(fakes, other)
    again.files.open(path)
    other.run_until(lambda: bool(again.document.library.takes_of(shot)))
    (landed,) = picture_clips(again)
    assert isinstance(landed.source, MediaSource)
    assert [use.effect for use in landed.effects] == ["sepia"]
    assert (landed.id, landed.duration) == (clip.id, clip.duration)
    assert fakes.ledger.count() == 1
    again.close()


def test_jobs_over_the_hard_cap_are_not_sent_and_each_cap_is_told_of_once(
    session: Session, fakes: FakeProviders, loop: Loop
) -> None:
    said: list[str] = []
    session.told.connect(lambda text, _error: said.append(text))
    session.settings.values.cap_project_soft, session.settings.values.cap_project_hard = 0.30, 0.50
    shots = board(session, *(f"Lake {number} #quick" for number in range(20)))
    Actions(session).run("shot.generate_all")
    assert [one.split(".")[0] for one in said] == [
        "Lake 1 #quick goes over what you wanted to be told of", "18 shots would go over the budget",
    ]  # fmt: skip
    loop.run_until(lambda: over(session))
    states = [session.generation.state_of(one).state for one in shots]
    assert (states.count("ready"), states.count("over_budget")) == (2, 18)
    assert fakes.ledger.billed() == session.desk.book.spent().billed == Decimal("0.48")


def test_a_dry_run_says_what_goes_and_what_the_caps_would_hold_and_sends_nothing(
    session: Session, fakes: FakeProviders
) -> None:
    session.settings.values.cap_project_soft, session.settings.values.cap_project_hard = 0.30, 0.50
    shots = board(session, "A lake", "A hill", "A sea", "")
    found = dry_run(session, session.document.project.storyboards[0], shots)
    assert [(one.cost, one.goes, one.is_told, one.is_held) for one in found.rows[:3]] == [
        (Decimal("0.24"), True, False, False), (Decimal("0.24"), True, True, False), (Decimal("0.24"), False, False, True),
    ]  # fmt: skip
    assert "no description" in found.rows[3].fault
    assert (found.going, found.cost, found.held, found.faults) == (tuple(shots[:2]), Decimal("0.48"), 1, 1)
    assert "lake" in found.rows[0].words
    assert fakes.ledger.count() == len(session.desk.book.all()) == 0
    session.generation.generate(shots[:3])
    states = [session.generation.state_of(one).state for one in shots[:3]]
    assert states[2] == "over_budget", "as it was said"
    assert "over_budget" not in states[:2]
    again = dry_run(session, session.document.project.storyboards[0], shots[:2])
    assert again.going == (), "what is under way is not sent once more"


def test_what_a_cap_held_stays_held_over_a_restart_and_goes_on_once_it_is_raised(
    session: Session, fakes: FakeProviders, loop: Loop
) -> None:
    session.settings.values.cap_project_hard = 0.50
    session.settings_changed.emit()
    shots = board(session, *(f"Lake {number} #quick" for number in range(9)))
    Actions(session).run("shot.generate_all")
    loop.run_until(lambda: over(session))
    session.document.replace(session.document.saved, None)  # closed and opened
    assert [session.generation.state_of(one).state for one in shots].count("over_budget") == 7
    assert fakes.ledger.count() == 2
    found = session.document.project.storyboards[0]
    session.document.do(RemoveShot(found.id, shots[2]))
    session.settings.values.cap_project_hard = 0.40
    session.settings_changed.emit()
    assert all(job.is_over for job in session.jobs.all)
    session.settings.values.cap_project_hard = 1.10  # four of them; one that is held is gone
    session.settings_changed.emit()
    loop.run_until(lambda: over(session))
    states = {one: session.generation.state_of(one).state for one in shots if one != shots[2]}
    assert [states[one] for one in shots if one in states] == ["ready"] * 4 + ["over_budget"] * 4
    session.generation.generate([shots[8]])  # asked for anew, and held once more: wanted once
    session.settings.values.cap_project_hard = 0.0
    session.settings_changed.emit()
    loop.run_until(lambda: over(session))
    assert fakes.ledger.count() == 8
    assert fakes.ledger.billed() == session.desk.book.spent().billed == Decimal("1.92")


def test_what_was_held_is_sent_when_it_fits_by_now_and_somebody_asks_for_it(
    session: Session, fakes: FakeProviders, loop: Loop
) -> None:
    session.settings.values.cap_month_hard = 0.10
    (shot,) = board(session, "A lake #quick")
    session.generation.generate([shot])
    assert not session.held.go_on(shot)
    session.settings.values.cap_month_hard = 0.50  # by another window
    assert session.held.go_on(shot)
    loop.run_until(lambda: over(session))
    assert (session.generation.state_of(shot).state, fakes.ledger.count()) == ("ready", 1)


def test_a_take_that_was_paid_for_is_in_the_project_though_that_was_not_saved_after_it(
    session: Session, fakes: FakeProviders, loop: Loop
) -> None:
    path = session.paths.data / "film.starcut"
    shots = board(session, "A lake #quick", "A hill #quick")
    session.files.save(path)
    loop.run_until(lambda: session.document.is_saved)
    session.generation.generate(shots)
    loop.run_until(lambda: over(session))
    (kept,) = session.document.library.takes_of(shots[1])
    session.files.open(path)  # killed before it was saved, or the last save was wanted
    before = len(session.jobs.all)
    loop.run_until(lambda: session.document.path == path and not session.document.library.takes)
    loop.run_until(lambda: all(session.generation.state_of(one).state == "ready" for one in shots))
    (again,) = session.document.library.takes_of(shots[1])
    assert (again.lineage.engine, again.lineage.cost, again.lineage.seed) == ("runway", "0.24", kept.lineage.seed)
    assert (fakes.ledger.count(), fakes.ledger.billed()) == (2, Decimal("0.48"))
    assert {job.label for job in session.jobs.all[before:] if job.kind == "draft"} <= {
        "Draft: A lake #quick",
        "Draft: A hill #quick",
    }
    session.generation.resume()
    assert over(session)
    assert len(session.document.library.takes) == 2


def test_a_failure_stands_on_the_card_and_a_retry_works(session: Session, fakes: FakeProviders, loop: Loop) -> None:
    (shot,) = board(session, "A lake #fails #quick")
    session.generation.generate([shot])
    loop.run_until(lambda: over(session))
    state = session.generation.state_of(shot)
    assert (state.state, "could not make it" in state.message) == ("failed", True)
    found = session.document.project.storyboards[0]
    session.document.do(EditShot(found.id, shot, {"description": "A lake #quick"}))
    session.generation.retry(shot)
    loop.run_until(lambda: over(session))
    assert session.generation.state_of(shot).state == "ready"


def test_always_finishing_ends_with_the_embedded_engine_and_says_the_chain(
    session: Session, fakes: FakeProviders, loop: Loop
) -> None:
    session.settings.values.engine_finish = Finish.ALWAYS
    (shot,) = board(session, "A lake #fails #quick")
    session.generation.generate([shot])
    loop.run_until(lambda: over(session), 120)
    (take,) = session.document.library.takes_of(shot)
    assert take.lineage.engine == "procedural"
    assert take.lineage.extra["facts"]["chain"][0][:2] == ["runway", "failed"]
    assert [one.state.value for one in session.desk.book.all()] == ["failed", "done"]


def test_an_answer_that_got_lost_is_asked_about_after_a_restart_and_not_sent(
    session: Session, fakes: FakeProviders, loop: Loop
) -> None:
    (shot,) = board(session, "A lake #cut")
    session.generation.generate([shot])
    loop.run_until(lambda: over(session))
    assert "does not send it again by itself" in session.generation.state_of(shot).message
    assert session.generation.state_of(shot).state == "unknown"
    assert session.generation.state_of(shot).message.count("sen") == 2  # sent, and not sent again: each said once
    assert session.generation.missing(session.document.project.storyboards[0]) == ()
    Actions(session).run("shot.generate_every")
    assert fakes.ledger.count() == 1
    session.generation.look_again(shot)
    loop.run_until(lambda: over(session))
    assert (session.generation.state_of(shot).state, fakes.ledger.count()) == ("unknown", 1)
    saved = session.document.saved
    session.document.replace(saved, None)
    assert session.generation.state_of(shot).state == "unknown"
    assert fakes.ledger.count() == 1


def test_no_file_anywhere_holds_the_key(session: Session, fakes: FakeProviders, loop: Loop) -> None:
    board(session, "A lake #quick", "A hill #no-credits", "A sea #fails #quick")
    Actions(session).run("shot.generate_all")
    loop.run_until(lambda: over(session))
    path = session.paths.data / "film.starcut"
    session.files.save(path)
    loop.run_until(lambda: session.document.is_saved)
    session.settings.save()
    root = session.paths.data.parent
    session.close()  # nothing is written while it is looked at
    files = [one for one in root.rglob("*") if one.is_file()]
    assert any(one.suffix == ".starcut" for one in files)
    assert not [one for one in files if b"good-key" in one.read_bytes()]


def test_a_placeholder_stays_one_when_nobody_can_make_it(session: Session, loop: Loop) -> None:
    (shot,) = board(session, "A lake", engine="no-such-engine")
    Actions(session).run("shot.generate_all")
    assert "There is no engine" in session.generation.state_of(shot).message
    assert all(isinstance(one, Clip) and isinstance(one.source, Placeholder) for one in picture_clips(session))


def test_an_operation_can_be_sent_to_a_service_with_the_clip_itself(
    session: Session, fakes: FakeProviders, loop: Loop
) -> None:
    (shot,) = board(session, "A lake", engine="slate")
    Actions(session).run("shot.generate_all")
    loop.run_until(lambda: over(session))
    (take,) = session.document.library.takes_of(shot)
    evolving = session.evolving
    evolving.work_on(take.media_id)
    evolving.choose("vary.weather")
    evolving.set_values({"weather": "snowy"})
    evolving.run_on(next(one for one in restylers(session.desk.access) if one.engine_id == "runway" and not one.reason))
    assert "snowy weather" in evolving.asked_words
    evolving.make()
    (card,) = evolving.results()
    assert (card.name, card.state) in (("Snowy", "queued"), ("Snowy", "running"))
    loop.run_until(lambda: over(session))
    (job,) = fakes.ledger.jobs.values()
    assert (job.model, job.prompt) == ("aleph2", evolving.asked_words.rstrip("."))
    first, second = session.document.library.takes_of(shot)
    assert (second.lineage.relationship, second.lineage.input_media_ids) == ("variation", (first.media_id,))
    assert second.lineage.generation == 1
    assert asked_of(second.lineage)[0] == method_of(second.lineage) == "vary.weather"
    assert asked_of(second.lineage)[1]["weather"] == "snowy"
    assert steps_of(second.lineage) == ()  # nobody takes it for something that can be made again here
    assert Decimal(second.lineage.cost) == fakes.ledger.billed() > 0
    (variant,) = evolving.results()
    assert (variant.name, variant.state, variant.steps) == ("Snowy", "ready", ())
    node = session.lineage.graph.nodes[second.media_id]
    assert node.label == "Snowy"
    assert made_by(node) == ("Weather", "snowy", "Runway", shown_cost(second.lineage.cost))


def test_what_a_service_cannot_be_asked_for_is_a_sentence_and_nothing_is_sent(
    session: Session, fakes: FakeProviders, loop: Loop
) -> None:
    (shot,) = board(session, "A lake", engine="slate")
    Actions(session).run("shot.generate_all")
    loop.run_until(lambda: over(session))
    (take,) = session.document.library.takes_of(shot)
    evolving = session.evolving
    evolving.work_on(take.media_id)
    evolving.choose("mutate.glitch")
    evolving.add_to_chain()
    evolving.choose("vary.weather")
    evolving.run_on(next(one for one in restylers(session.desk.access) if one.engine_id == "runway" and not one.reason))
    with pytest.raises(EditRefused, match="one step"):
        evolving.make()
    assert evolving.missing(here=True) == "", "four more are made on this computer, whoever is chosen"
    evolving.set_chain(())
    evolving.set_part_only(True)
    assert "the whole clip" in evolving.missing(), "told before anybody marks a part for nothing"
    evolving.set_part_only(False)
    evolving.set_landing(Landing.EDIT)
    assert evolving.missing() == "", "weather makes no clips and cuts: what pacing was to land as counts for pacing"
    evolving.set_landing(Landing.CLIP)
    evolving.make()
    loop.run_until(lambda: over(session))
    assert len(fakes.ledger.jobs) == 1
    assert len(session.document.library.takes_of(shot)) == 1  # as a clip of its own
    made = next(one for one in session.document.library.takes.values() if one.shot_id != shot)
    assert made.lineage.input_media_ids == (take.media_id,)
    evolving.choose("evolve.upscale")
    assert evolving.asked_words == ""  # a service changes a film, it does not enlarge it


def test_a_clip_that_a_service_failed_with_keeps_its_card_and_is_sent_again_as_it_was(
    session: Session, fakes: FakeProviders, loop: Loop
) -> None:
    (shot,) = board(session, "A lake", engine="slate")
    Actions(session).run("shot.generate_all")
    loop.run_until(lambda: over(session))
    (take,) = session.document.library.takes_of(shot)
    evolving = session.evolving
    evolving.work_on(take.media_id)
    session.generation.restyle(session.document.library.media[take.media_id], "Snow #fail-moderation", "runway/aleph2")
    loop.run_until(lambda: over(session))
    (card,) = evolving.results()
    assert card.state == "failed"
    assert card.message
    evolving.retry(card.id)
    loop.run_until(lambda: over(session))
    first, second = (one.request for one in session.desk.book.all() if one.engine == "runway")
    assert (first["prompt"], first["source_video"]) == (second["prompt"], second["source_video"])
    (again,) = evolving.results()
    assert again.id != card.id
    evolving.cancel(again.id)
    assert evolving.results() == ()


def test_what_must_not_be_seen_and_a_loop_reach_the_services_that_take_them(session: Session) -> None:
    (shot_id,) = board(session, "A lake", engine="pika")
    assert [one.name for one in option_specs("pika")] == ["negative_prompt"]
    assert "loop" in [one.name for one in option_specs("luma_legacy")]
    assert {"negative_prompt", "loop"}.isdisjoint(one.name for one in option_specs("runway"))
    access = session.desk.access
    own = (
        'id = "gen5"\nprovider = "runway"\nlabel = "gen 5"\nkinds = ["text_to_video"]\nseconds = [2, 10]\nloop = true\n'
    )
    access.add_own(f'[[model]]\n{own}checked = 2026-11-21\nprice = {{ "" = 0.1 }}\n')
    assert "loop" in [one.name for one in option_specs("runway", access.models)], "the user's own list counts"
    shot = session.document.project.shot(shot_id)
    assert shot is not None
    of_board = session.document.project.storyboards[0].id
    session.document.do(EditShot(of_board, shot_id, {"extra": with_option(shot, "negative_prompt", "people")}))
    session.desk.access.keys = Keys(environment={"FAL_KEY": "good-key"})
    plan = session.generation.plan_of(shot_id)
    assert plan is not None
    assert (plan.request.negative_prompt, plan.request.options) == ("people", {})

"""What comes after an engine that failed: others by the table, asked first where that was not agreed to; by shot or as it is usual."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from engines.generate.fallback import Finish
from engines.generate.routing import Policy
from studio_app.planning.finishing import with_finish
from studio_app.services.keys import Keys
from studio_app.services.metrics import as_prometheus, metrics
from studio_app.session.generation_work import Offer
from studio_app.session.session import Session
from tests.fakes.providers import FakeProviders
from tests.studio_app.remote_desk import RUNWAY, board, loop, open_session, over
from tests.studio_app.test_cli import starcut
from tests.studio_app.test_session import Loop
from timeline.commands.edit_shot import EditShot
from timeline.commands.set_never_sent import SetNeverSent
from timeline.commands.set_storyboard import SetStoryboard
from timeline.project_file import load, save

__all__ = ["loop"]
pytestmark = pytest.mark.media

NOWHERE = "http://127.0.0.1:9"


@pytest.fixture
def session(fakes: FakeProviders, loop: Loop) -> Iterator[Session]:
    """Runway, which is cheap, and Luma, which is dearer, both ready; always finish."""
    keys = {**RUNWAY, "LUMA_API_KEY": "good-key"}
    one = open_session(fakes, loop, keys, ("runway", "luma", "luma_legacy"))
    one.settings.values.engine_finish = Finish.ALWAYS
    one.files.new("Film", 320, 180)
    yield one
    one.close()


def break_runway(session: Session) -> None:
    session.settings.values.engine_addresses = {**session.settings.values.engine_addresses, "runway": NOWHERE}


def made(session: Session, loop: Loop, shot: str) -> str:
    session.generation.generate([shot])
    loop.run_until(lambda: over(session))
    return session.generation.state_of(shot).state


def test_a_dearer_engine_is_asked_about_on_the_card_also_after_a_restart_and_makes_it_once_the_user_says_so(
    session: Session, fakes: FakeProviders, loop: Loop
) -> None:
    break_runway(session)
    (shot,) = board(session, "A lake #quick")
    assert made(session, loop, shot) == "failed"
    state = session.generation.state_of(shot)
    assert state.offer is not None
    assert (state.offer.engine, state.offer.label) == ("luma", "Luma")
    assert f"Luma could make it for $ {state.offer.cost:.2f}, $ " in state.message
    assert fakes.ledger.count() == 0
    session.document.replace(session.document.saved, None)  # closed and opened: nobody answered yet
    assert session.generation.state_of(shot).offer == state.offer
    assert session.generation.accept(shot) is not None
    loop.run_until(lambda: over(session))
    (take,) = session.document.library.takes_of(shot)
    assert (take.lineage.engine, Decimal(take.lineage.cost)) == ("luma", state.offer.cost)
    assert take.lineage.extra["facts"]["chain"][0][:2] == ["runway", "unreachable"]
    assert take.lineage.extra["facts"]["route"] == "Runway failed, and it was sent to Luma by hand."
    assert session.generation.state_of(shot).offer is None
    assert session.generation.accept(shot) is None
    assert fakes.ledger.count() == 1
    assert fakes.ledger.billed() == session.desk.book.spent().billed == state.offer.cost


@pytest.mark.parametrize("fault", ["auth", "credits"])
def test_a_key_or_an_account_that_fails_is_no_reason_to_pay_another_unasked(
    session: Session, fakes: FakeProviders, loop: Loop, fault: str
) -> None:
    session.settings.values.engine_dearer = True
    if fault == "auth":
        session.desk.access.keys = Keys(environment={"RUNWAYML_API_SECRET": "bad", "LUMA_API_KEY": "good-key"})
    (shot,) = board(session, "A lake #no-credits" if fault == "credits" else "A lake #quick")
    assert made(session, loop, shot) == "failed"
    offer = session.generation.state_of(shot).offer
    assert isinstance(offer, Offer)
    assert offer.engine == "luma"
    assert not [one for one in fakes.ledger.jobs.values() if one.provider == "luma"]


def test_an_engine_that_was_chosen_with_its_model_has_the_others_after_it(session: Session) -> None:
    (shot,) = board(session, "A lake", engine="runway/gen4.5")
    plan = session.generation.plan_of(shot)
    assert plan is not None
    assert plan.route.then == ("luma", "luma_legacy", "procedural")


def test_services_only_does_not_end_at_the_engine_of_this_computer(session: Session, loop: Loop) -> None:
    session.settings.values.engine_policy = Policy.API_ONLY
    session.settings.values.engine_dearer = True
    (shot,) = board(session, "A lake #fails #quick")
    assert made(session, loop, shot) == "failed"
    assert {one.engine for one in session.desk.book.all()} == {"runway", "luma", "luma_legacy"}


def test_a_shot_may_be_strict_where_others_always_finish_and_the_other_way_round(session: Session, loop: Loop) -> None:
    shots = board(session, "A lake #fails #quick", "A hill")
    found = [one for one in map(session.document.project.shot, shots) if one is not None]
    of_board = session.document.project.storyboards[0].id
    for shot, value in zip(found, ("strict", "always_finish"), strict=True):
        assert session.document.do(EditShot(of_board, shot.id, {"extra": with_finish(shot, value)}))
    assert made(session, loop, shots[0]) == "failed"
    assert session.generation.state_of(shots[0]).offer is None
    assert len(session.desk.book.all()) == 1
    session.settings.values.engine_finish = Finish.STRICT
    now = [one for one in map(session.document.project.shot, shots) if one is not None]
    assert [session.desk.allowed(one).finish for one in now] == [Finish.STRICT, Finish.ALWAYS]
    assert session.desk.allowed(replace(now[1], extra=with_finish(now[1], ""))).finish is Finish.STRICT


def test_words_beside_punctuation_choose_the_engine(session: Session) -> None:
    (shot,) = board(session, "An unboxed product.", engine="auto")
    plan = session.generation.plan_of(shot)
    assert plan is not None
    assert (plan.engine, plan.route.rule) == ("luma", "words")


def test_scenes_of_a_reel_and_presets_go_by_their_tables_and_who_was_not_asked_is_told(
    session: Session, tmp_path: Path
) -> None:
    picture = tmp_path / "boat.png"
    picture.write_bytes(b"")
    first, second = board(session, "A boat", "A hill", engine="auto")
    of_board = session.document.project.storyboards[0].id

    def route_of(shot: str) -> tuple[str, str]:
        plan = session.generation.plan_of(shot)
        assert plan is not None
        return plan.engine, plan.route.rule

    assert session.document.do(EditShot(of_board, first, {"image_reference": str(picture)}))
    assert [route_of(one) for one in (first, second)] == [("runway", "first ready")] * 2
    assert session.document.do(SetStoryboard(of_board, {"extra": {"kind": "reel"}}))
    assert [route_of(one) for one in (first, second)] == [("procedural", "still"), ("runway", "usual")]
    assert session.document.do(SetStoryboard(of_board, {"extra": {"preset": "product_hero_clean"}}))
    assert [route_of(one) for one in (first, second)] == [("luma", "preset")] * 2
    assert session.document.do(EditShot(of_board, second, {"extra": {"preset": "cinematic_story"}}))
    assert route_of(second) == ("runway", "preset")
    session.desk.health.note("luma", went_well=False)
    for _ in range(3):
        session.desk.health.note("luma", went_well=False)
    plan = session.generation.plan_of(second)
    assert plan is not None
    told = session.bills.passed_over(plan)
    assert "Luma (4 of its last 4 jobs failed within 5 minutes)" in told
    assert "without a key: " in told
    assert "Pika" in told


def test_words_that_are_softened_fit_and_are_told(session: Session, fakes: FakeProviders, loop: Loop) -> None:
    session.settings.values.engine_softens = True
    words = "naked " * 160 + "#fail-moderation"
    (shot,) = board(session, words)
    found = session.document.project.shot(shot)
    assert found is not None
    changed = {"extra": {**found.extra, "notes": "KEEP THIS"}}
    session.document.do(EditShot(session.document.project.storyboards[0].id, shot, changed))
    made(session, loop, shot)
    sent = [one.request["prompt"] for one in session.desk.book.all() if one.engine == "runway"]
    assert len(sent) == 2
    assert "family friendly, no violence" not in sent[0]
    assert sent[1].endswith("KEEP THIS, family friendly, no violence")
    assert "plainly dressed" in sent[1]
    assert max(map(len, sent)) <= 1000
    text = as_prometheus(metrics(session.desk.book))
    flags = 'starcut_moderation_flags_total{engine="runway",strictness="'
    assert f'{flags}off",trigger="refused there"}} 1' in text
    assert f'{flags}strict",trigger="milder word"}} 1' in text
    assert 'starcut_rephrases_total{engine="runway"} 1' in text
    assert text.count("starcut_rephrases_total{") == 1


def test_words_that_a_project_never_sends_are_kept_in_its_file(session: Session, tmp_path: Path) -> None:
    (shot,) = board(session, "A can of Fizzo on a table, Fizzo-free")
    assert session.document.do(SetNeverSent((" Fizzo ", "Big  Cola", "", "Fizzo")))
    assert session.document.project.never_sent == ("Fizzo", "Big Cola")
    plan = session.generation.plan_of(shot)
    assert plan is not None
    assert plan.request.prompt == "A can of on a table, Fizzo-free"
    assert "“Fizzo” was taken out (the project's list)." in plan.notes
    saved = session.document.saved
    path = tmp_path / "film.starcut"
    save(path, saved)
    assert load(path).project.never_sent == ("Fizzo", "Big Cola")
    session.document.undo()
    again = session.generation.plan_of(shot)
    assert again is not None
    assert "Fizzo" in again.request.prompt


def test_the_command_line_can_name_words_that_are_never_sent(
    session: Session, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("RUNWAYML_API_SECRET", "good-key")
    words = ("generate", "A can of Fizzo", "--engine", "auto", "--never-sent", "Fizzo, Big Cola", "--dry-run", "--json")
    assert starcut(*words) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["request"]["prompt"] == "A can of"
    assert "pika" in told["passed_over"]

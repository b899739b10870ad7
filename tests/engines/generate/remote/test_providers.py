"""Every remote engine against its fake: each model of the list makes its film, and each fault is taken as what it is."""

import inspect
import json
import time
from decimal import Decimal
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from engines.generate.base import GenerationRequest
from engines.generate.registry import engine, engines
from engines.generate.remote.faults import Fault, ProviderError
from engines.generate.remote.models import Model, shipped
from engines.generate.remote.provider import Access, RemoteEngine, kind_of
from engines.generate.remote.running import Clock, Forgetful, run
from engines.media.probe import probe
from tests.fakes.providers import FakeProviders
from tests.fakes.providers.jobs import FakeJob
from timeline.errors import Cancelled
from timeline.time import RationalTime

REMOTE = [key for key, kind in engines().classes.items() if issubclass(kind, RemoteEngine)]
BEHIND = {"pika": "fal"}
"""Engines that stand behind another one's interface."""
FILMS = ("text_to_video", "image_to_video", "first_last", "video_to_video")
MODELS = [one for one in shipped().models.values() if not one.retired() and one.provider in REMOTE]
WITH_FILMS = [name for name in REMOTE if any(set(one.kinds) & set(FILMS) for one in MODELS if one.provider == name)]

SERVICES = [name for name in WITH_FILMS if engines().classes[name].needs_key]
WORKFLOW = {
    "1": {"class_type": "CLIPTextEncode", "_meta": {"title": "Prompt"}, "inputs": {"text": "", "clip": ["4", 1]}},
    "2": {"class_type": "INTConstant", "_meta": {"title": "frames"}, "inputs": {"value": 1}},
    "3": {"class_type": "FloatConstant", "_meta": {"title": "rate"}, "inputs": {"value": 1.0}},
}


@pytest.fixture(scope="session")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("pictures")
    for name in ("first", "last"):
        cv2.imwrite(str(folder / f"{name}.png"), np.full((90, 160, 3), 120, np.uint8))
    from tests.fakes.providers.films import film

    (folder / "source.mp4").write_bytes(film((160, 90), 5.0, "source"))
    (folder / "workflow.json").write_text(json.dumps(WORKFLOW))
    return {
        "first": f"{folder}/first.png",
        "last": f"{folder}/last.png",
        "film": f"{folder}/source.mp4",
        "workflow": f"{folder}/workflow.json",
    }


class Told:
    def __init__(self, stop_at: str = "") -> None:
        self._stop_at, self._stop = stop_at, False

    def check(self) -> None:
        if self._stop:
            raise Cancelled

    def progress(self, fraction: float, note: str = "") -> None:
        assert 0 <= fraction <= 1
        self._stop = self._stop or bool(self._stop_at and self._stop_at in note)


def instant() -> Clock:
    now = [1_000_000.0]
    return Clock(lambda: now[0], lambda seconds: now.__setitem__(0, now[0] + seconds))


def reached(fakes: FakeProviders, name: str, key: str = "good-key") -> RemoteEngine:
    bases = {one: fakes.base(BEHIND.get(one, one)) for one in REMOTE} | {"fal-files": fakes.base("fal")}
    made = engine(name, access=Access(key=lambda _: key, bases=bases))
    assert isinstance(made, RemoteEngine)
    return made


def request_for(model: Model, pictures: dict[str, str], words: str = "") -> GenerationRequest:
    """What the model can do, with as little as it needs."""
    kind = next((one for one in FILMS if one in model.kinds), model.kinds[0])
    more: dict[str, Any] = {}
    if kind in ("image_to_video", "first_last", "image_edit"):
        more["image_reference"] = pictures["first"]
    if kind == "first_last":
        more["last_image"] = pictures["last"]
    if kind == "video_to_video":
        more["source_video"] = pictures["film"]
    if model.provider == "comfyui":
        more["options"] = {"workflow": pictures["workflow"]}
    length = min(model.seconds, default=5.0)
    return GenerationRequest(
        prompt=f"a lake {words} #quick", duration=RationalTime.parse(f"{length:g}"), model=model.id, **more
    )


def first_of(name: str) -> Model:
    of_it = [one for one in MODELS if one.provider == name]
    return next((one for one in of_it if "text_to_video" in one.kinds), of_it[0])


@pytest.mark.parametrize("model", MODELS, ids=lambda one: f"{one.provider}/{one.id}")
def test_each_model_of_the_list_makes_its_film(
    model: Model, fakes: FakeProviders, pictures: dict[str, str], tmp_path: Path
) -> None:
    target, diary = tmp_path / "take.mp4", Forgetful()
    run(reached(fakes, model.provider), request_for(model, pictures), target, Told(), diary, instant())
    media = probe(target)
    if set(model.kinds) & set(FILMS):
        assert abs(media.duration.to_seconds() - (min(model.seconds, default=5.0))) < 0.1
    assert fakes.ledger.count() == 1
    assert diary.cost == fakes.ledger.billed()


@pytest.mark.parametrize("name", WITH_FILMS)
@pytest.mark.parametrize(
    "faults",
    [
        "#busyx2",
        "#concurrent #system-busy",
        "#downx2",
        "#poll-downx2",
        "#poll-cut",
        "#poll-busy",
        "#odd-word",
        "#breaks",
    ],
)
def test_what_passes_is_waited_out_and_billed_once(
    name: str, faults: str, fakes: FakeProviders, pictures: dict[str, str], tmp_path: Path
) -> None:
    run(
        reached(fakes, name), request_for(first_of(name), pictures, faults), tmp_path / "a.mp4", Told(), None, instant()
    )
    assert fakes.ledger.count() == 1


@pytest.mark.parametrize("name", SERVICES)
def test_a_refusal_of_the_content_is_one_wherever_it_comes(
    name: str, fakes: FakeProviders, pictures: dict[str, str], tmp_path: Path
) -> None:
    for words in ("#fail-moderation", "#late-moderation"):
        with pytest.raises(ProviderError) as caught:
            run(
                reached(fakes, name),
                request_for(first_of(name), pictures, words),
                tmp_path / "a",
                Told(),
                None,
                instant(),
            )
        assert caught.value.fault is Fault.MODERATED, words


@pytest.mark.parametrize("name", WITH_FILMS)
@pytest.mark.parametrize("faults", ["#cut", "#gateway"])
def test_a_lost_answer_is_found_again_or_asked_about_and_never_sent_twice(
    name: str, faults: str, fakes: FakeProviders, pictures: dict[str, str], tmp_path: Path
) -> None:
    if faults == "#gateway" and 504 in engines().classes[name].safe_statuses:  # type: ignore[attr-defined]
        pytest.skip("this provider's gateway refuses before anything is taken")
    target, ending = tmp_path / "a.mp4", None
    try:
        run(reached(fakes, name), request_for(first_of(name), pictures, faults), target, Told(), None, instant())
    except ProviderError as error:
        ending = error.fault
    assert (ending, target.exists()) in ((None, True), (Fault.OUTCOME_UNKNOWN, False))
    assert fakes.ledger.count() == 1


@pytest.mark.parametrize("name", ["replicate", "luma_legacy"])
def test_a_list_that_does_not_go_back_far_enough_proves_nothing(
    name: str, fakes: FakeProviders, pictures: dict[str, str], tmp_path: Path
) -> None:
    diary = Forgetful("our-name", time.time() - 3600)
    for number in range(100):  # others were busy in the same account since
        fakes.ledger.take(FakeJob(name, "m", f"other {number}", 5.0, (16, 16), Decimal(1)))
    with pytest.raises(ProviderError, match="latest 100 jobs only") as caught:
        run(reached(fakes, name), request_for(first_of(name), pictures), tmp_path / "a", Told(), diary, instant())
    assert caught.value.fault is Fault.OUTCOME_UNKNOWN
    assert fakes.ledger.count() == 100
    for job in fakes.ledger.jobs.values():  # here the list tells: the oldest is older than ours
        job.created -= 7200
    run(reached(fakes, name), request_for(first_of(name), pictures), tmp_path / "a", Told(), diary, instant())
    assert fakes.ledger.count() == 101


@pytest.mark.parametrize("name", SERVICES)
def test_failures_keys_and_money_are_told_apart(
    name: str, fakes: FakeProviders, pictures: dict[str, str], tmp_path: Path
) -> None:
    for words, fault in (("#fails", Fault.FAILED), ("#no-credits", Fault.CREDITS), ("#empty", Fault.BAD_RESULT)):
        with pytest.raises(ProviderError) as caught:
            run(
                reached(fakes, name),
                request_for(first_of(name), pictures, words),
                tmp_path / "a",
                Told(),
                None,
                instant(),
            )
        assert caught.value.fault is fault, words
    one = reached(fakes, name, "wrong-key-1")
    if one.key_names:
        with pytest.raises(ProviderError) as refused:
            run(one, request_for(first_of(name), pictures), tmp_path / "a", Told(), None, instant())
        assert refused.value.fault is Fault.AUTH
        assert "wrong-key-1" not in f"{refused.value} {refused.value.detail}"
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", WITH_FILMS)
def test_cancelling_what_waits_ends_it_and_costs_what_the_ledger_says(
    name: str, fakes: FakeProviders, pictures: dict[str, str], tmp_path: Path
) -> None:
    asked = request_for(first_of(name), pictures)
    asked = asked.model_copy(update={"prompt": "a lake"})
    with pytest.raises(Cancelled):
        run(reached(fakes, name), asked, tmp_path / "a.mp4", Told("Waiting"), None, instant())
    (job,) = fakes.ledger.jobs.values()
    assert job.cancelled or "cancel" not in vars(type(reached(fakes, name)))
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", REMOTE)
def test_an_engine_says_what_it_needs_and_tests_its_key(name: str, fakes: FakeProviders) -> None:
    one = reached(fakes, name)
    assert one.test().endswith(".")
    assert one.available() is None
    assert inspect.getdoc(type(one))
    if one.key_names:
        bare = engine(name)
        assert one.key_names[0] in str(bare.available())
        with pytest.raises(ProviderError):
            reached(fakes, name, "wrong-key-1").test()


def test_every_model_of_the_list_belongs_to_an_engine_and_retired_ones_name_their_successor() -> None:
    for model in shipped().models.values():
        assert model.provider in REMOTE, model.id
        if model.retired():
            assert model.successor, model.id
    for target in shipped().renamed.values():
        found = shipped().find(target)
        assert found is not None, target
        assert not found.retired(), target


def test_comfyui_sets_the_nodes_that_bear_a_name_and_says_what_is_no_workflow(
    fakes: FakeProviders, pictures: dict[str, str], tmp_path: Path
) -> None:
    one = reached(fakes, "comfyui")
    asked = request_for(first_of("comfyui"), pictures)
    run(one, asked, tmp_path / "a.mp4", Told(), None, instant())
    (graph,) = fakes.providers["comfyui"].graphs.values()  # type: ignore[attr-defined]
    assert graph["1"]["inputs"] == {"text": asked.prompt, "clip": ["4", 1]}
    assert graph["2"]["inputs"]["value"] == 120
    for text, words in (("{", "cannot be read"), ('{"1": 2}', "no workflow in the API format")):
        (tmp_path / "bad.json").write_text(text)
        bad = asked.model_copy(update={"options": {"workflow": str(tmp_path / "bad.json")}})
        with pytest.raises(ProviderError, match=words):
            run(one, bad, tmp_path / "b.mp4", Told(), None, instant())


def test_a_restart_of_comfyui_that_forgets_the_job_is_told_and_nothing_hangs(
    fakes: FakeProviders, pictures: dict[str, str], tmp_path: Path
) -> None:
    one, diary = reached(fakes, "comfyui"), Forgetful()
    asked = request_for(first_of("comfyui"), pictures).model_copy(update={"prompt": "a lake"})
    with pytest.raises(Cancelled):
        run(one, asked, tmp_path / "a.mp4", Told("Waiting"), diary, instant())
    fakes.providers["comfyui"].forgets = True  # type: ignore[attr-defined]
    with pytest.raises(ProviderError, match="forgot the job") as caught:
        run(one, asked, tmp_path / "a.mp4", Told(), diary, instant())
    assert caught.value.fault is Fault.LOST


@pytest.mark.parametrize("name", ["luma", "luma_legacy"])
def test_a_film_of_lumas_goes_on_by_its_own_name_and_only_the_new_seconds_are_made(
    name: str, fakes: FakeProviders, pictures: dict[str, str], tmp_path: Path
) -> None:
    one, diary = reached(fakes, name), Forgetful()
    run(one, request_for(first_of(name), pictures), tmp_path / "a.mp4", Told(), diary, instant())
    assert diary.handle is not None
    more = GenerationRequest(prompt="it goes on #quick", duration=RationalTime(3), extends=diary.handle.id)
    assert kind_of(more) == "extend"
    run(
        one, more.model_copy(update={"image_reference": pictures["first"]}), tmp_path / "b.mp4", Told(), None, instant()
    )
    assert probe(tmp_path / "b.mp4").duration.to_seconds() == pytest.approx(5, abs=0.1)
    with pytest.raises(ProviderError) as caught:
        run(one, more.model_copy(update={"extends": "nothing"}), tmp_path / "c.mp4", Told(), None, instant())
    assert caught.value.fault is Fault.INVALID
    assert fakes.ledger.count() == 2


def test_luma_changes_films_of_eighteen_seconds_at_most_and_says_so_before_anything_is_sent(
    fakes: FakeProviders, pictures: dict[str, str]
) -> None:
    asked = GenerationRequest(prompt="snow", duration=RationalTime(19), source_video=pictures["film"])
    with pytest.raises(ProviderError, match="18 seconds at most"):
        reached(fakes, "luma").estimate(asked)

"""Segments by a service: words as they came, no retry, some there and some not, and nothing paid for twice."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from engines.generate.remote.provider import Alone
from studio_app.planning.planner.segments.groups import grouped
from studio_app.planning.planner.segments.making import Segments
from studio_app.planning.planner.segments.pictures import Pictures
from studio_app.planning.planner.segments.request import SegmentResponse, parsed_request
from studio_app.planning.remote_clip import RemoteClips
from studio_app.services.access import EngineAccess
from studio_app.services.job_book import BookState, JobBook
from studio_app.services.keys import Keys
from studio_app.services.settings import SettingsStore
from tests.fakes.providers import FakeProviders
from tests.planning.planner.segments.test_groups import asked

pytestmark = pytest.mark.media


@dataclass
class Desk:
    """What a run of the command has, and a new run has anew."""

    fakes: FakeProviders
    folder: Path

    def made(self, plain: dict[str, Any], engine: str = "runway", wait: float = 0.0) -> SegmentResponse:
        """One run: the book is opened, and closed at the end."""
        settings = SettingsStore(self.folder / "settings.json")
        settings.values.engine_addresses = {"runway": self.fakes.base("runway")}
        access = EngineAccess(
            Keys(environment={"RUNWAYML_API_SECRET": "good-key"}), settings, self.folder / "none.toml"
        )
        access.pace = 0.002
        request = parsed_request(json.dumps(plain))
        book = JobBook(self.folder / "jobs.db")
        try:
            work = Segments(
                request,
                access.engine(engine),
                "",
                self.folder / "out",
                Pictures(self.folder, self.folder / "out" / "frames"),
                lambda _: Alone(),
                RemoteClips(access, book),
                wait=wait,
            )
            return work.make(grouped(request))
        finally:
            book.close()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    cv2.imwrite(str(tmp_path / "a.png"), np.full((90, 160, 3), (40, 60, 200), np.uint8))
    with FakeProviders() as fakes:
        yield Desk(fakes, tmp_path)


def described(plain: dict[str, Any], *words: str) -> dict[str, Any]:
    for frame, text in zip(plain["storyboard_frames"], words, strict=True):
        frame["description"] = text
    return plain


def test_words_go_out_as_they_came_and_films_lie_by_project_and_episode(desk: Desk) -> None:
    plain = described(asked((1, 1), (1, 2)), "A boat; red_and_small", "It lands #quick")
    plain["storyboard_frames"][0] |= {"camera_notes": "slow_push IN", "lighting": "haze, 5600K", "prompt_seed": 4711}
    answer = desk.made(plain)
    (segment,) = answer.video_segments
    (job,) = desk.fakes.ledger.jobs.values()
    assert job.prompt == "A boat; red_and_small Then: It lands #quick. slow_push IN. haze, 5600K. 4711."
    assert segment.video_url == (desk.folder / "out/demo/e1/segment_1_1.mp4").as_uri()
    assert (segment.provider_metadata.provider, segment.provider_metadata.job_id) == ("runway", job.id)
    assert (segment.associated_frames, segment.duration_seconds) == (("SCENE_1_SHOT_1", "SCENE_1_SHOT_2"), 3.0)


def test_some_are_there_and_some_are_not_and_nothing_is_tried_again(desk: Desk) -> None:
    plain = described(asked((1, 1), (2, 1), (3, 1)), "A lake #quick", "A hill #down", "A sea #fail-moderation")
    answer = desk.made(plain)
    assert [one.segment_id for one in answer.video_segments] == ["SEGMENT_1"]
    assert [(one.segment_id, one.error) for one in answer.failed_segments] == [
        ("SEGMENT_2", "provider_error"),
        ("SEGMENT_3", "rejected_prompt"),
    ]
    assert desk.fakes.ledger.count() == 1
    again = desk.made(described(plain, "A lake #quick", "A hill #down", "A sea #quick"))
    assert [one.segment_id for one in again.video_segments] == ["SEGMENT_1", "SEGMENT_2", "SEGMENT_3"]  # #down was once
    assert desk.fakes.ledger.count(prompt="A lake") == 1  # it was there, and is not paid for again


def test_words_that_providers_refuse_are_never_sent(desk: Desk) -> None:
    answer = desk.made(described(asked((1, 1)), "A massacre at the lake"))
    assert [(one.error, "“massacre”" in one.message) for one in answer.failed_segments] == [("rejected_prompt", True)]
    assert desk.fakes.ledger.count() == 0


def test_what_is_pending_goes_on_with_the_next_run_and_is_paid_once(desk: Desk) -> None:
    plain = described(asked((1, 1)), "A lake #stuck")
    answer = desk.made(plain, wait=0.3)
    assert [one.error for one in answer.failed_segments] == ["provider_pending"]
    book = JobBook(desk.folder / "jobs.db")
    assert [one.state for one in book.all()] == [BookState.RUNNING]
    book.close()
    for job in desk.fakes.ledger.jobs.values():
        job.prompt = "A lake #quick"
    answer = desk.made(plain)
    assert len(answer.video_segments) == desk.fakes.ledger.count() == 1
    assert desk.fakes.ledger.billed() == Decimal("0.36")


def test_a_result_that_is_no_film_and_a_picture_that_is_gone_are_failed_downloads(desk: Desk) -> None:
    plain = described(asked((1, 1), (2, 1)), "A lake #no-film #quick", "A hill #quick")
    plain["generated_frames"][1]["image_url"] = f"{desk.fakes.url}/nowhere/a.png"
    assert [one.error for one in desk.made(plain).failed_segments] == ["failed_download"] * 2
    assert desk.fakes.ledger.count(prompt="hill") == 0


@pytest.mark.slow
def test_the_embedded_engine_makes_them_from_a_picture_in_the_request(desk: Desk) -> None:
    plain = asked((7, 2), duration_per_segment=2.0)
    raw = base64.b64encode((desk.folder / "a.png").read_bytes()).decode()
    plain["generated_frames"][0]["image_url"] = f"data:image/png;base64,{raw}"
    (segment,) = desk.made(plain, "procedural").video_segments
    assert (segment.duration_seconds, segment.video_url.endswith("segment_7_2.mp4")) == (2.0, True)

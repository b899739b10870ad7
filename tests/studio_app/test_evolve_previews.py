"""Small pictures of operations: one decode for all of them, the newest clip first, a fault is a sentence."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from fractions import Fraction

import numpy as np
import pytest

from engines.evolve import preview
from engines.evolve.base import Operation
from engines.evolve.run import Step
from studio_app.services.evolve_compare import Compared, ComparePictures, Wanted
from studio_app.services.evolve_previews import Asked, EvolvePreviews
from studio_app.services.jobs import plain_thread, run_now
from tests.engines.evolve.footage import camera_clip
from timeline.media import Media

pytestmark = pytest.mark.media


def clip(scene: str = "meadow") -> Media:
    return camera_clip((96, 54), Fraction(24), 0.5, noise=0, shake=0, scene=scene).media()


def asked(media: Media, operation: str = "evolve.sharpen", **values: object) -> Asked:
    return Asked((media,), 6, (Step(operation, values),), 1)


def until(done: Callable[[], object]) -> None:
    end = time.monotonic() + 20
    while not done():
        assert time.monotonic() < end, "it did not come to that in time"
        time.sleep(0.01)


def test_one_decode_serves_every_operation(monkeypatch: pytest.MonkeyPatch) -> None:
    decoded: list[str] = []
    decode = preview.strip_of

    def counted(media: Media, at: int) -> preview.Strip:
        decoded.append(media.name)
        return decode(media, at)

    monkeypatch.setattr(preview, "strip_of", counted)
    previews, media = EvolvePreviews(run_now, plain_thread), clip()
    wanted = [asked(media, one) for one in ("evolve.sharpen", "evolve.denoise", "mutate.pixelate", "vary.mood")]
    until(lambda: all([previews.get(one) is not None for one in wanted]))  # noqa: C419 - each is to be asked for
    assert len(decoded) == 1
    pictures = [made.pictures[0] for one in wanted if (made := previews.get(one)) is not None]
    assert {one.shape for one in pictures} == {(54, 96, 4)}
    previews.close()


def test_what_waits_of_a_clip_that_is_not_looked_at_any_more_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    gate, drawn = threading.Event(), []
    draw = preview.still

    def held(wanted: object, strips: list[preview.Strip], *rest: object) -> preview.Picture:
        gate.wait(10)
        drawn.append(strips[0].name)
        return draw(wanted, strips, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(preview, "still", held)
    previews, first, second = EvolvePreviews(run_now, plain_thread, workers=1), clip(), clip("street")
    for number in range(1, 9):
        previews.get(asked(first, strength=number / 10))
    until(lambda: previews.is_working)
    previews.get(asked(second))
    gate.set()
    until(lambda: previews.get(asked(second)) is not None)
    assert drawn.count(first.name) <= 1, "only what was at work already"
    previews.close()


def test_a_value_that_does_not_fit_is_a_sentence_and_no_picture() -> None:
    previews = EvolvePreviews(run_now, plain_thread)
    wrong = asked(clip(), "evolve.sharpen", strength=7)
    until(lambda: previews.get(wrong) is not None)
    made = previews.get(wrong)
    assert made is not None
    assert made.pictures == ()
    assert "strength" in made.why
    previews.close()


def test_a_preview_that_moves_is_about_a_second_of_the_clip() -> None:
    media = clip()
    strip = preview.strip_of(media, 6)
    pictures, rate = preview.moving([Step("evolve.sharpen").made()], [strip], 1)
    assert len(pictures) == len(strip.frames) == 12
    assert rate == media.rate
    assert preview.strip_of(media, 0).middle == 0


def test_what_is_looked_at_is_drawn_first_and_a_remix_beside_it_takes_nothing_away(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    gate, drawn = threading.Event(), []
    draw = preview.still

    def held(wanted: list[Operation], strips: list[preview.Strip], *rest: object) -> preview.Picture:
        gate.wait(10)
        drawn.append(type(wanted[0]).__name__)
        return draw(wanted, strips, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(preview, "still", held)
    previews, media = EvolvePreviews(run_now, plain_thread, workers=1), clip()
    at_work = asked(media, "mutate.glitch")
    others = [asked(media, one) for one in ("evolve.upscale", "evolve.sharpen", "vary.mood")]
    remix = Asked((media, clip("street")), 6, (Step("remix.transition", {}),), 1)
    previews.get(at_work)
    until(lambda: previews.is_working and not previews._waiting)
    for one in (*others, remix):
        previews.get(one)
    previews.want([others[2], remix])
    gate.set()
    until(lambda: all([previews.get(one) is not None for one in (*others, remix)]))  # noqa: C419 - each is to be asked for
    assert drawn == ["Glitch", "MoodChange", "Transition", "Upscale", "Sharpen"]
    previews.close()


def test_before_is_shown_at_once_and_what_would_come_of_it_follows() -> None:
    pictures, media = ComparePictures(run_now, plain_thread), clip()
    shown: list[Compared] = []
    pictures.ask(Wanted((media,), 6, (96, 54), None, (Step("evolve.sharpen", {}),), 1, 6), shown.append)
    until(lambda: len(shown) == 2)
    first, second = shown
    assert (first.is_half, second.is_half) == (True, False)
    assert first.after is None
    assert second.after is not None
    assert first.before is not None
    assert second.before is not None
    assert np.array_equal(first.before, second.before)
    pictures.close()

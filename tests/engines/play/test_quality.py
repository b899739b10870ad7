"""Quality while playing: it goes down when pictures come late again and again, and comes back."""

from __future__ import annotations

import pytest

from engines.play.player import Player
from engines.play.quality import Quality
from tests.engines.play.stage import HandSink, Stage
from timeline.time import RationalTime

FRAME = 1 / 25


def late(quality: Quality, *times: float) -> None:
    for at in times:
        quality.was_late(at)


def test_one_stall_changes_nothing() -> None:
    quality = Quality()
    late(quality, 1.0, 1.1)
    assert quality.share == 1


def test_being_late_again_and_again_halves_the_sides_twice() -> None:
    quality = Quality()
    late(quality, 1.0, 1.2, 1.4)
    assert quality.share == 0.5
    late(quality, 1.5, 1.6, 1.7)  # made before the change
    assert quality.share == 0.5
    late(quality, 2.2, 2.4, 2.6)
    assert quality.share == 0.25
    late(quality, 4.0, 4.1, 4.2, 4.3)
    assert quality.share == 0.25


def test_lateness_long_past_does_not_count() -> None:
    quality = Quality()
    late(quality, 1.0, 3.0, 5.0, 7.0)
    assert quality.share == 1


def test_it_goes_up_again_when_four_times_the_pixels_would_come_in_time() -> None:
    quality = Quality()
    late(quality, 1.0, 1.2, 1.4)
    for number in range(100):
        quality.made(FRAME * 0.1, FRAME, 2 + number * FRAME)
    assert quality.share == 1


def test_it_stays_down_where_more_pixels_would_be_late_again() -> None:
    quality = Quality()
    late(quality, 1.0, 1.2, 1.4)
    for number in range(200):
        quality.made(FRAME * 0.3, FRAME, 2 + number * FRAME)
    assert quality.share == 0.5


def test_a_choice_is_kept_to_and_a_rest_brings_all_pixels_back() -> None:
    quality = Quality()
    late(quality, 1.0, 1.2, 1.4)
    assert (quality.share, quality.resting_share) == (0.5, 1)
    quality.rest()
    assert quality.share == 1
    quality.choice = "quarter"
    assert (quality.share, quality.resting_share) == (0.25, 0.25)


def test_pictures_that_come_late_are_made_smaller_and_whole_when_the_playhead_rests() -> None:
    stage = Stage(delay=0.02).open()
    stage.player.set_size((640, 360))
    stage.until(lambda: stage.shown[-1].bgra.shape == (360, 640, 4))
    stage.start()
    quality = stage.player._deck.quality
    for _ in range(12):
        if quality.share < 1:
            break
        stage.sink.take(0.4)  # much faster than they can be made
    assert quality.share < 1
    stage.until(lambda: stage.renderer.sizes[-1] in ((320, 180), (160, 90)))
    stage.player.pause()
    stage.until(lambda: stage.shown[-1].bgra.shape == (360, 640, 4) and stage.shown[-1].time == stage.player.time)
    assert stage.player.measures.share == 1
    stage.player.close()


def test_a_chosen_quality_counts_at_rest_too() -> None:
    stage = Stage().open()
    stage.player.set_quality("half")
    stage.until(lambda: stage.shown[-1].bgra.shape == (18, 32, 4))
    with pytest.raises(ValueError, match="best"):
        stage.player.set_quality("best")
    stage.player.close()


def test_originals_follow_where_proxies_were_shown_once_the_playhead_rests() -> None:
    stage = Stage()
    stage.renderer.stood_in = True
    stage.open()
    for frame in (10, 11, 12):
        stage.player.seek(RationalTime.from_frames(frame, stage.sequence.rate))
    stage.until(lambda: stage.renderer.fulls != [])
    assert stage.renderer.fulls == [12]
    stage.player.close()


def test_a_player_closed_before_a_project_has_no_quality_to_lose() -> None:
    player = Player(HandSink(), lambda frame: None)
    player.set_quality("quarter")
    player.close()
    assert player.measures.share == 0.25

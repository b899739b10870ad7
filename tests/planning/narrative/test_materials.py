"""What is known of clips, shots and files, and of parts of them."""

from __future__ import annotations

from fractions import Fraction

import pytest

from engines.analyse.analysis import Analysis
from engines.analyse.measures.cuts import Cut as Found
from engines.analyse.measures.cuts import Cuts
from engines.analyse.measures.motion import Motion
from engines.analyse.measures.sound import Sound
from studio_app.planning.narrative.materials import (
    Material,
    measured_of,
    of_board,
    of_film,
    of_media,
    of_sequence,
    scene_of,
)
from tests.timeline.notation import Cut, clip
from timeline.items import Placeholder
from timeline.media import Library, Lineage, Media, MediaKind, Take
from timeline.project import Project
from timeline.sequence import Sequence
from timeline.storyboard import Shot, Storyboard
from timeline.time import RationalTime, TimeRange
from timeline.track import Track, TrackKind

TEN = RationalTime(10)
FILM = Media("/a/night_chase_02.mp4", MediaKind.VIDEO, duration=TEN, rate=Fraction(24), has_video=True, id="film")
MOTION = Motion.model_construct(level=0.2, curve=(0.0,) * 50 + (0.4,) * 50)
CUTS = Cuts(
    cuts=tuple(Found(frame=round(at * 24), seconds=at, strength=1) for at in (2.0, 6.0, 8.0)),
    count=3,
    per_minute=18,
    mean_shot=2.5,
    exact=True,
)
SOUND = Sound.model_construct(loudness=-20.0, curve=(-60.0,) * 50 + (-20.0,) * 50)
ANALYSIS = Analysis("film", seconds=10.0, figures={"motion": MOTION, "cuts": CUTS, "sound": SOUND})


def part(start: int, end: int) -> Material:
    where = TimeRange.between(RationalTime(start), RationalTime(end))
    return Material("m", "m", where.duration, media=FILM, range=where)


def test_of_a_part_of_a_film_its_own_figures_count() -> None:
    calm, wild = measured_of(part(0, 5), ANALYSIS), measured_of(part(5, 10), ANALYSIS)
    assert calm.motion == pytest.approx(0)
    assert wild.motion == pytest.approx(0.4)
    assert calm.cuts == pytest.approx(24)  # one cut within, so two shots in five seconds
    assert wild.cuts == pytest.approx(36)
    assert calm.loudness is not None
    assert wild.loudness is not None
    assert wild.loudness - calm.loudness == pytest.approx(40)
    assert scene_of(part(5, 10), ANALYSIS).tension.value > scene_of(part(0, 5), ANALYSIS).tension.value


def test_the_parts_of_a_film_are_its_shots_from_cut_to_cut() -> None:
    shots = of_film(FILM, ANALYSIS)
    assert [one.duration for one in shots] == [RationalTime(n) for n in (2, 4, 2, 2)]
    assert [one.place for one in shots] == ["00:00:00:00", "00:00:02:00", "00:00:06:00", "00:00:08:00"]


def test_a_faster_clip_moves_faster() -> None:
    material = Material("m", "m", RationalTime(5), media=FILM, range=TimeRange(RationalTime(0), TEN), speed=Fraction(2))
    assert measured_of(material, ANALYSIS).motion == pytest.approx(0.4)


def test_a_silent_film_is_silent_and_one_without_sound_is_not_judged_by_it() -> None:
    silent = Analysis("film", seconds=10.0, figures={"sound": Sound.model_construct(loudness=None, curve=())})
    assert measured_of(part(0, 5), silent).loudness == -70
    assert measured_of(part(0, 5), Analysis("film", seconds=10.0)).loudness is None


def test_a_shot_without_a_take_is_judged_by_its_words_and_its_plan() -> None:
    board = Storyboard(shots=(Shot("A man runs from an explosion", subject_motion="run"), Shot("A quiet lake")))
    wild, calm = (scene_of(one, None) for one in of_board(board))
    assert wild.tension.value > calm.tension.value + 0.2
    assert "as planned" in wild.tension.sentence


def test_clips_come_by_time_with_what_their_shot_says_and_without_what_is_switched_off() -> None:
    shot = Shot("A fight on the roof", id="s1")
    waiting = clip("x:0-48", source=Placeholder("s1"), name="", id="w")
    cut = Sequence(
        tracks=(
            Track(TrackKind.VIDEO, (clip("B:0-24", id="b"), clip("C:0-24", id="c", enabled=False))),
            Track(TrackKind.VIDEO, (waiting,)),
            Track(TrackKind.TEXT, (clip("t:0-24"),)),
        )
    )
    found = of_sequence(cut, Cut().library, Project(storyboards=(Storyboard(shots=(shot,)),)))
    assert [one.id for one in found] == ["b", "w"]
    assert "fight" in found[1].words


def test_a_file_is_told_by_its_name_and_by_what_it_was_asked_for() -> None:
    take = Take("film", Lineage("starcut", request={"prompt": "a harbour", "mood": "tense"}))
    found = of_media([FILM], Library().with_media(FILM).with_take(take), lambda _: "noted")
    assert "night chase" in found[0].words
    assert all(word in found[0].words for word in ("harbour", "tense", "noted"))

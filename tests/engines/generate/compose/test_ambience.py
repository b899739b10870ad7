"""Ambience, effects and pure noises: each is what its name says, by spectrum and time; scenes choose what fits them."""

from __future__ import annotations

import pkgutil
from dataclasses import replace

import numpy as np
import pytest

from engines.errors import EngineError
from engines.generate.base import GenerationRequest
from engines.generate.procedural.compose import ambience, effects
from engines.generate.procedural.compose.bed import ambiences, ambiences_for, bed_for
from engines.generate.procedural.compose.brief import Cue, Genre, MusicBrief, Picture, Presence, Tempo
from engines.generate.procedural.compose.cues import brief_of, picture_of
from engines.generate.procedural.compose.effect import effect_named, effect_sound
from engines.generate.procedural.compose.effect import effects as all_effects
from engines.generate.procedural.compose.noises import NOISES, noise_of
from engines.generate.procedural.compose.score import compose
from engines.generate.procedural.create import create
from engines.generate.procedural.draw.acting import Path, act_of, own_life
from engines.generate.procedural.draw.placing import members
from engines.generate.procedural.draw.stage import Stage
from engines.generate.procedural.draw.subject_kind import subject_kinds
from engines.generate.procedural.interpret import interpret
from engines.generate.procedural.scene.parts import Sound
from engines.generate.procedural.spec import SceneSpec, Subject

RATE = 48000


def centre(samples: np.ndarray) -> float:
    """Mean frequency of the power, in Hz."""
    power = np.abs(np.fft.rfft(samples.mean(axis=1))) ** 2
    return float((power * np.fft.rfftfreq(samples.shape[0], 1 / RATE)).sum() / power.sum())


def scene(prompt: str, seconds: float = 8.0) -> SceneSpec:
    request = GenerationRequest(prompt=prompt, duration=seconds)
    return create(interpret(request), request)


@pytest.mark.parametrize("name", sorted(info.name for info in pkgutil.iter_modules(ambience.__path__)))
def test_every_ambience_goes_round_without_a_seam_and_fills_both_sides(name: str) -> None:
    made = ambiences()[name].make(4 * RATE, RATE, np.random.default_rng(3))
    assert made.shape == (4 * RATE, 2)
    assert made.dtype == np.float32
    assert np.sqrt((made**2).mean()) == pytest.approx(1, abs=0.02)
    steps = np.abs(np.diff(made, axis=0)).max(axis=1)
    assert np.abs(made[0] - made[-1]).max() <= max(1.5 * steps[:200].max(), steps.max() * 0.6)
    assert np.abs(made.mean(axis=0)).max() < 0.01
    levels = np.sqrt((made**2).mean(axis=0))
    assert 0.4 < levels[0] / levels[1] < 2.5
    assert not np.array_equal(made, ambiences()[name].make(4 * RATE, RATE, np.random.default_rng(4)))


def test_ambiences_sound_as_they_are_called() -> None:
    heard = {name: centre(ambiences()[name].make(4 * RATE, RATE, np.random.default_rng(1))) for name in ambiences()}
    assert heard["underwater"] < heard["wind"] < heard["river"] < heard["rain"]
    assert heard["void"] < heard["city"] < heard["crowd"]
    assert heard["crickets"] > 2500
    assert heard["birds"] > 1500


@pytest.mark.parametrize(
    ("prompt", "wanted", "unwanted"),
    [
        ("waves on the sea in the evening", {"sea"}, {"city", "birds"}),
        ("a city street in the rain at night", {"city", "rain"}, {"sea", "birds"}),
        ("a forest in the morning", {"birds"}, {"crickets", "sea"}),
        ("a forest at night", {"crickets"}, {"birds"}),
        ("fish under water", {"underwater"}, {"sea", "birds"}),
        ("a cup on a table in a room", {"room"}, {"wind", "sea"}),
        ("a planet in space", {"void"}, {"wind", "birds"}),
    ],
)  # fmt: skip
def test_scenes_choose_their_ambience(prompt: str, wanted: set[str], unwanted: set[str]) -> None:
    chosen = set(ambiences_for(picture_of(scene(prompt))))
    assert wanted <= chosen
    assert not unwanted & chosen


def test_nowhere_is_silent_and_a_bed_repeats_exactly() -> None:
    assert ambiences_for(Picture(setting="somewhere unheard of")) == {"wind": 0.6}
    bed = bed_for(Picture(setting="sea", loops=True), 1, 3 * RATE, RATE)
    assert np.array_equal(bed.block(0, 1000), bed.block(3 * RATE, 1000))


@pytest.mark.parametrize("name", sorted(info.name for info in pkgutil.iter_modules(effects.__path__)))
def test_every_effect_begins_and_ends_at_nothing(name: str) -> None:
    made = effect_sound(name, RATE, 0)
    assert np.abs(made).max() == pytest.approx(1)
    assert np.abs(made[0]).max() < 1e-3
    assert np.abs(made[-1]).max() < 1e-3
    assert np.abs(made.mean(axis=0)).max() < 0.02
    assert all_effects()[name].leads < len(made) / RATE


def test_effects_are_heard_when_the_picture_says() -> None:
    cues = (Cue(1.5, "drip", 0.8, -1.0), Cue(4.0, "thump", 0.9, 1.0))
    score = compose(MusicBrief(presence=Presence.SFX), 6.0, Picture(cuts=(3.0,), cues=cues))
    energy = (score.samples**2).reshape(-1, 480, 2).sum(axis=1)
    assert np.argmax(energy[:250].sum(axis=1)) == pytest.approx(150, abs=3)
    assert energy[150:155, 0].sum() > 1.5 * energy[150:155, 1].sum()  # the room answers on both sides
    assert energy[400:410, 1].sum() > 1.5 * energy[400:410, 0].sum()
    assert energy[:140].sum() < 1e-6
    whoosh = energy[245:350].sum(axis=1)
    assert abs(np.argmax(whoosh) + 245 - 300) < 12


def test_an_unknown_effect_is_named() -> None:
    with pytest.raises(EngineError, match='"quack"'):
        compose(MusicBrief(presence=Presence.SFX), 2.0, Picture(cues=(Cue(1.0, "quack"),)))


def test_thunder_follows_lightning_and_steps_follow_the_gait() -> None:
    storm = picture_of(scene("a storm over the sea at night", 12.0))
    thunder = [cue for cue in storm.cues if cue.effect == "thunder"]
    assert len(thunder) >= 2
    assert all(cue.seconds < 12 for cue in thunder)
    assert not picture_of(scene("a calm sea")).cues


def test_steps_and_bounces_come_when_the_drawn_feet_and_balls_touch_the_ground() -> None:
    walk = scene("a person walking on a road")
    steps = [cue.seconds for cue in picture_of(walk).cues if cue.effect == "footstep"]
    cycle = subject_kinds()["person"].cycle("walk")
    assert len(steps) > 5
    assert np.diff(steps) == pytest.approx(0.5 * cycle.stride / (cycle.speed * walk.life * walk.subjects[0].speed))

    ball = replace(scene("a ball on a beach"), subject_motion="")
    ball = replace(ball, subjects=(Subject("ball", bounces=True),), life=1.0)
    stage = Stage(ball, 160, 90)
    kind = subject_kinds()["ball"]
    act = act_of(stage, ball.subjects[0], kind, 0.0)
    roll = members(stage, ball.subjects[0], kind, 0.1)[0].roll
    lift = own_life(act, kind, Path(0.0, 0.0, 0.1, 0.5, roll, 0.0, ball.seconds, -1.0, 1.0), 1.0)
    contacts = [cue.seconds for cue in picture_of(ball).cues if cue.effect == "bounce"]
    assert len(contacts) > 6
    assert all(abs(lift(at)[0]) < 0.02 for at in contacts)
    assert all(lift(at + 0.4)[0] > 1 for at in contacts)


def test_sounds_that_the_words_name_are_heard() -> None:
    spec = replace(scene("a calm sea"), sound=Sound(effects=("drip", "hum")))
    picture = picture_of(spec)
    assert [cue.effect for cue in picture.cues] == ["drip"] * 3
    assert "hum" in ambiences_for(picture)
    assert effect_named("swoosh") is all_effects()["whoosh"]


def test_a_scene_says_what_music_it_wants() -> None:
    spec = replace(scene("a calm sea"), sound=Sound("tense", "fast", "techno", "music", 126.0))
    assert brief_of(spec, "calm", 3) == MusicBrief(
        mood="tense", genre=Genre.TECHNO, tempo=Tempo.FAST, bpm=126, presence=Presence.MUSIC, seed=3
    )
    assert brief_of(scene("a calm sea"), "soft", 1).presence is Presence.FULL


def test_the_ten_noises_are_what_they_are_called() -> None:
    assert NOISES == ("silence", "rumble", "hum", "tone", "hiss", "rustle", "thump", "click", "whoosh", "drip")
    made = {name: noise_of(name, 2.0) for name in NOISES}
    assert all(one.shape == (2 * RATE, 2) and np.abs(one[-1]).max() < 1e-6 for one in made.values())
    assert not made["silence"].any()
    assert centre(made["tone"]) == pytest.approx(440, abs=2)
    assert centre(made["rumble"]) < 110 < centre(made["hum"]) < 300
    assert centre(made["hiss"]) > 4000
    assert centre(made["thump"]) < 300 < centre(made["drip"]) < centre(made["click"])
    for name in ("rustle", "thump", "click", "drip"):
        assert not made[name][RATE:].any()
    with pytest.raises(EngineError, match="quack"):
        noise_of("quack", 1.0)
    with pytest.raises(EngineError, match="10 minutes"):
        noise_of("hum", 1e6)
